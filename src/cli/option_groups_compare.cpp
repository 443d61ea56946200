// SPDX-License-Identifier: Apache-2.0
// Options of `compare`, with the words of --help.
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "option_groups.hpp"
#include "option_kinds.hpp"

namespace opready::cli {

CLI::App* add_compare(CLI::App& app, CompareOptions& options) {
  CLI::App* compare = app.add_subcommand("compare", "Show what changed from one run to another");
  compare->add_option("BASE", options.base, "The run before: its report directory, or a published build")->required();
  compare->add_option("NEW", options.newer, "The run that is judged")->required();
  add_choice<ComparisonFormat>(
      *compare, "--format", options.format,
      {{"text", ComparisonFormat::text}, {"markdown", ComparisonFormat::markdown}, {"json", ComparisonFormat::json}},
      "For a terminal, a web page, or programs (default text)");
  compare
      ->add_option_function<std::string>(
          "--slower",
          [&options](const std::string& text) {
            if (!CLI::detail::lexical_cast(text, options.slower_factor) || !(options.slower_factor > 1)) {
              throw CLI::ValidationError("--slower", fmt::format("'{}' is no number above 1", text));
            }
          },
          "What takes so many times as long, and 5s longer, is named (default 2)")
      ->type_name("FACTOR");
  add_colour(*compare, options.colour);
  compare->footer(
      "Exit code 1 on a regression: something is newly failing, or passed and now is skipped, not run or unproven.\n"
      "Examples:\n"
      "  op-readiness compare nightly-1 nightly-2\n"
      "  op-readiness compare v1.35 v1.36 --format markdown >> \"$GITHUB_STEP_SUMMARY\"\n");
  return compare;
}

}  // namespace opready::cli
