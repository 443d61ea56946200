// SPDX-License-Identifier: Apache-2.0
// Options of `compare` and `history`, with the words of --help.
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "option_groups.hpp"
#include "option_kinds.hpp"

namespace opready::cli {

CLI::App* add_compare(CLI::App& app, CompareOptions& options) {
  CLI::App* compare = app.add_subcommand("compare", "Show what changed from one run to another");
  compare
      ->add_option(
          "BASE", options.base,
          "The run before: its report directory, a directory of those of its shards and\nreruns, or a published build")
      ->required();
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
      "Exit code 1 on a regression: something is newly failing, or passed and now is skipped, not run, cut off,\n"
      "unproven or could not be tested; where NEW ran with --flaky fails, also what is newly flaky and didn't fail\n"
      "before. What is gone is named, but no regression.\n"
      "Examples:\n"
      "  op-readiness compare before-upgrade after-upgrade\n"
      "  op-readiness compare v1.35 v1.36 --format markdown >> \"$GITHUB_STEP_SUMMARY\"\n");
  return compare;
}

CLI::App* add_history(CLI::App& app, HistoryOptions& options) {
  CLI::App* history = app.add_subcommand("history", "Show the results of many runs as a grid of tests and builds");
  history
      ->add_option("ROOT|DIR", options.roots,
                   "Directories of jobs in Prow's layout (<job>/<build>/...), of any tool; or report directories")
      ->required();
  history->add_option("--html", options.html, "Write the grid as a web page, too")->type_name("FILE");
  history
      ->add_option("--by", options.by,
                   "A column for each value of this label of the runs; also job, context, kubernetes_version,\n"
                   "windows_builds and what else metadata.json names")
      ->type_name("LABEL");
  history->add_option("--job", options.job, "Only the builds of this job")->type_name("NAME");
  history->add_option("--builds", options.builds, "The newest N of each job, or of each value of --by (default 500)")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  add_colour(*history, options.colour);
  history->footer(
      "Builds that can't be read are named and left out. Examples:\n"
      "  op-readiness history /srv/results --job nightly-windows --html nightly.html\n"
      "  op-readiness history run-1 run-2 run-3\n"
      "  op-readiness history /srv/results --by pool\n");
  return history;
}

}  // namespace opready::cli
