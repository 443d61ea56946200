// SPDX-License-Identifier: Apache-2.0
// Options of `run` that say how it copes with failures and time, with the words of --help.
#include <chrono>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "opready/base/duration.hpp"

#include "option_groups.hpp"
#include "option_kinds.hpp"

namespace opready::cli {
namespace {

constexpr const char* kGroup = "When cases fail or take long";

int positive_number(const std::string& option, const std::string& text) {
  int number = 0;
  if (!CLI::detail::lexical_cast(text, number) || number < 1) {
    throw CLI::ValidationError(option, fmt::format("'{}' is no positive number", text));
  }
  return number;
}

}  // namespace

void add_endurance(CLI::App& run, RunOptions& options) {
  EnduranceOptions& endurance = options.endurance;
  run.add_option(
         "--retries", options.selection.retries,
         "How often a case that failed is tried again, its failed specs alone where that's possible (default 0)")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->group(kGroup);
  add_duration(run, "--retry-delay", endurance.retry_delay, "Before the first retry of a case; doubled for each more")
      ->group(kGroup);
  add_choice<bool>(run, "--flaky", endurance.flaky_fails, {{"passes", false}, {"fails", true}},
                   "What a case counts as that failed and then passed (default passes)")
      ->group(kGroup);
  run.add_option_function<std::vector<std::string>>(
         "--fail-fast",
         [&endurance](const std::vector<std::string>& count) {
           endurance.fail_fast =
               count.empty() || count.front().empty() ? 1 : positive_number("--fail-fast", count.front());
         },
         "Start no more cases after N have failed (default 1)")
      ->type_name("[N]")
      ->expected(0, 1)
      ->group(kGroup);
  run.add_option_function<std::string>(
         "--timeout",
         [&endurance](const std::string& text) {
           endurance.timeout = base::parse_duration(text);
           if (!endurance.timeout || endurance.timeout->count() <= 0) {
             throw CLI::ValidationError("--timeout",
                                        fmt::format("'{}' is no duration such as 90s, 20m or 1h30m", text));
           }
         },
         "Time limit of the whole run; what runs then is given time to clean up (default none)")
      ->type_name("DURATION")
      ->group(kGroup);
}

}  // namespace opready::cli
