// SPDX-License-Identifier: Apache-2.0
// Takes command lines apart, without knowing what their options mean.
#include "opready/cli/recorded_arguments.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/redact.hpp"

namespace opready::cli {
namespace {

/// An option of the earlier run that doesn't hold for the next, or not always.
struct Passing {
  bool takes_value;
  /// What it answers: who answers that anew replaces the old answer, though the two would add up or contradict each
  /// other in one command line. Empty: it was about that run alone.
  std::string_view question;
};

const std::map<std::string_view, Passing> kPassing = {{"--report-dir", {true, ""}},
                                                      {"--overwrite", {false, ""}},
                                                      {"--resume", {true, ""}},
                                                      {"--resume-anyway", {false, ""}},
                                                      {"--rerun-failed", {true, ""}},
                                                      {"--category", {true, "which categories"}},
                                                      {"--case", {true, "which cases"}},
                                                      {"--test-directory", {true, "whose cases"}},
                                                      {"--test-dir", {true, "whose cases"}},
                                                      {"--prepull", {false, "images first"}},
                                                      {"--no-prepull", {false, "images first"}}};

struct CommandLine {
  std::vector<std::string> own;
  std::vector<std::string> for_e2e_test;  ///< What follows "--".
};

CommandLine split(const std::vector<std::string>& arguments) {
  const auto separator = std::find(arguments.begin(), arguments.end(), "--");
  CommandLine line{{arguments.begin(), separator}, {}};
  if (separator != arguments.end()) {
    line.for_e2e_test.assign(separator + 1, arguments.end());
  }
  if (!line.own.empty() && line.own.front() == "run") {
    line.own.erase(line.own.begin());
  }
  return line;
}

/// "--label" of "--label=a=b"; empty for what is no option.
std::string name_of(const std::string& argument) {
  return argument.starts_with("-") ? argument.substr(0, argument.find('=')) : "";
}

bool names(const std::vector<std::string>& arguments, std::string_view option) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const std::string& argument) { return name_of(argument) == option; });
}

std::set<std::string_view> questions_of(const std::vector<std::string>& arguments) {
  std::set<std::string_view> questions = {""};
  for (const std::string& argument : arguments) {
    const auto known = kPassing.find(name_of(argument));
    if (known != kPassing.end()) {
      questions.insert(known->second.question);
    }
  }
  return questions;
}

std::vector<std::string> without_passed(const std::vector<std::string>& recorded,
                                        const std::vector<std::string>& given) {
  const std::set<std::string_view> answered = questions_of(given);
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    const auto known = kPassing.find(name_of(recorded[i]));
    if (known == kPassing.end() || !answered.contains(known->second.question)) {
      kept.push_back(recorded[i]);
    } else if (known->second.takes_value && recorded[i].find('=') == std::string::npos) {
      ++i;
    }
  }
  return kept;
}

/// Drops what is masked, with its option.
std::vector<std::string> without_masked(const std::vector<std::string>& recorded,
                                        const std::vector<std::string>& given) {
  std::vector<std::string> kept;
  for (const std::string& argument : recorded) {
    if (argument.find(base::kMask) == std::string::npos) {
      kept.push_back(argument);
      continue;
    }
    std::string option = name_of(argument);
    if (option.empty() && !kept.empty()) {
      option = name_of(kept.back());
      kept.pop_back();
    }
    if (!names(given, option)) {
      throw base::usage_error(fmt::format(
          "the earlier run was given a secret as '{}', which its record doesn't hold: give it again", option));
    }
  }
  return kept;
}

void append(std::vector<std::string>& arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
}

}  // namespace

std::vector<std::string> completed_arguments(const std::vector<std::string>& recorded,
                                             const std::vector<std::string>& given) {
  const CommandLine before = split(recorded);
  const CommandLine after = split(given);
  std::vector<std::string> arguments = without_masked(without_passed(before.own, after.own), after.own);
  append(arguments, after.own);
  std::vector<std::string> for_e2e_test = without_masked(before.for_e2e_test, after.for_e2e_test);
  append(for_e2e_test, after.for_e2e_test);
  if (!for_e2e_test.empty()) {
    arguments.emplace_back("--");
    append(arguments, for_e2e_test);
  }
  return arguments;
}

bool holds_option(const std::vector<std::string>& arguments, std::string_view option) {
  return names(split(arguments).own, option);
}

}  // namespace opready::cli
