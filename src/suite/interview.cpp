// SPDX-License-Identifier: Apache-2.0
// The questions to a Ginkgo binary, and what is said where it gives no usable answer.
#include "opready/suite/interview.hpp"

#include <chrono>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/base/read_file.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/junit/reader.hpp"
#include "opready/model/test_case.hpp"
#include "opready/suite/answers.hpp"
#include "opready/suite/suite_binary.hpp"

namespace opready::suite {
namespace {

using process::Captured;

constexpr std::chrono::seconds kTimeout{60};
constexpr std::size_t kColumnsOfLastLine = 200;

/// Matches no spec: each is matched behind the suite's description.
constexpr std::string_view kNoSpec = "^$";

/// One question to one binary and its answer.
struct Answer {
  const std::string& suite;
  const std::string& path;
  std::string_view option;
  const Captured& captured;
};

[[noreturn]] void refuse(const Answer& answer, const std::string& why) {
  const std::string text = base::sanitized(answer.captured.out + '\n' + answer.captured.err);
  const std::string last = base::elided(last_line(text), kColumnsOfLastLine);
  throw base::environment_error(fmt::format("'{}' is no usable {}: {} {}; {}", answer.path,
                                            default_binary(answer.suite), answer.option, why,
                                            last.empty() ? "it printed nothing" : "its last line: " + last));
}

/// Returns where the child was started and ended by itself, however that was.
void require_end(const Answer& answer) {
  const Captured& captured = answer.captured;
  if (!captured.start_error.empty()) {
    throw base::environment_error(captured.start_error);
  }
  if (captured.timed_out) {
    refuse(answer, fmt::format("gave no answer within {} s", kTimeout.count()));
  }
  if (captured.exit.signal) {
    refuse(answer, "was " + model::describe(captured.exit));
  }
}

void require_success(const Answer& answer) {
  require_end(answer);
  if (!answer.captured.succeeded()) {
    refuse(answer, "ended with " + model::describe(answer.captured.exit));
  }
}

std::string read_version(const Answer& answer) {
  require_success(answer);
  const std::string text = base::sanitized(answer.captured.out);
  const std::string_view version = last_line(text);
  if (version.empty()) {
    refuse(answer, "gave no version");
  }
  return std::string(version);
}

Flags read_flags(const Answer& answer) {
  // Its exit status says nothing: 0 or 2, depending on the flag package.
  require_end(answer);
  Flags flags = parse_flags(base::sanitized(answer.captured.err + '\n' + answer.captured.out));
  if (!flags.contains("ginkgo.focus")) {
    refuse(answer, "names no --ginkgo.focus");
  }
  return flags;
}

std::vector<model::Spec> read_list(const Answer& answer) {
  require_success(answer);
  auto specs = parse_spec_list(base::sanitized(answer.captured.out));
  if (specs.empty()) {
    refuse(answer, "names no specs");
  }
  return specs;
}

/// What a dry run that is to select `focus` reports.
junit::Report dry_run(const SuiteInfo& info, std::string_view focus, const process::Capture& capture) {
  const base::TemporaryDirectory directory("op-readiness-");
  std::vector<std::string> command = {info.path, "--report-dir", directory.path().string(), "--ginkgo.dry-run",
                                      fmt::format("--ginkgo.focus={}", focus)};
  if (info.flags.contains("provider")) {
    command.insert(command.begin() + 1, {"--provider", "local"});
  }
  const auto captured = capture({command}, kTimeout);
  const Answer answer{info.name, info.path, "--ginkgo.dry-run", captured.at(0)};
  require_success(answer);
  const std::filesystem::path file = directory.path() / "junit_01.xml";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    refuse(answer, "left no junit_01.xml in its --report-dir");
  }
  junit::Report report = junit::read_report(base::read_file(file), "junit_01.xml");
  if (!report.fault.empty()) {
    refuse(answer, "left a broken report: " + report.fault);
  }
  return report;
}

/// What the suite calls itself: without that nothing can be matched as Ginkgo matches it.
std::string description_in(const junit::Report& report, const SuiteInfo& info) {
  if (report.suites.empty() || report.suites.front().name.empty()) {
    throw base::environment_error(fmt::format("'{}' is no usable {}: the report of --ginkgo.dry-run names no suite",
                                              info.path, default_binary(info.name)));
  }
  return report.suites.front().name;
}

void ask_by_dry_run(SuiteInfo& info, const process::Capture& capture) {
  // Some focus is needed: without one e2e.test skips what is flaky or tests a feature.
  const junit::Report report = dry_run(info, ".", capture);
  info.description = description_in(report, info);
  info.specs = specs_of_dry_run(report);
  if (info.specs.empty()) {
    throw base::environment_error(
        fmt::format("'{}' is no usable {}: --ginkgo.dry-run shows no specs", info.path, default_binary(info.name)));
  }
}

}  // namespace

SuiteInfo interview(const std::string& name, const std::string& path, SpecSource source,
                    const process::Capture& capture) {
  std::vector<std::vector<std::string>> commands = {{path, "--version"}, {path, "--help"}};
  if (source == SpecSource::best) {
    commands.push_back({path, "--list-tests"});
  }
  const auto captured = capture(commands, kTimeout);
  SuiteInfo info{.name = name, .path = path};
  info.flags = read_flags({name, path, "--help", captured.at(1)});
  if (name == model::kE2eSuite || info.flags.contains("version")) {
    info.version = read_version({name, path, "--version", captured.at(0)});
  }
  if (source != SpecSource::best || !info.flags.contains("list-tests")) {
    ask_by_dry_run(info, capture);
    return info;
  }
  info.specs = read_list({name, path, "--list-tests", captured.at(2)});
  info.description = name == model::kE2eSuite ? kE2eDescription : description_in(dry_run(info, kNoSpec, capture), info);
  return info;
}

}  // namespace opready::suite
