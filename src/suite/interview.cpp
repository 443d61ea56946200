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
#include "opready/suite/answers.hpp"

namespace opready::suite {
namespace {

using process::Captured;

constexpr std::chrono::seconds kTimeout{60};
constexpr std::size_t kColumnsOfLastLine = 200;

/// One question to one binary and its answer.
struct Answer {
  const std::string& path;
  std::string_view option;
  const Captured& captured;
};

[[noreturn]] void refuse(const Answer& answer, const std::string& why) {
  const std::string text = base::sanitized(answer.captured.out + '\n' + answer.captured.err);
  const std::string last = base::elided(last_line(text), kColumnsOfLastLine);
  throw base::environment_error(fmt::format("'{}' is no usable e2e.test: {} {}; {}", answer.path, answer.option, why,
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

std::vector<model::Spec> dry_run(const std::string& path, const process::Capture& capture) {
  const base::TemporaryDirectory directory("op-readiness-");
  // Some focus is needed: without one e2e.test skips what is flaky or tests a feature.
  const std::vector<std::string> command = {
      path, "--provider", "local", "--report-dir", directory.path().string(), "--ginkgo.dry-run", "--ginkgo.focus=."};
  const auto captured = capture({command}, kTimeout);
  const Answer answer{path, "--ginkgo.dry-run", captured.at(0)};
  require_success(answer);
  const std::filesystem::path file = directory.path() / "junit_01.xml";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    refuse(answer, "left no junit_01.xml in its --report-dir");
  }
  const junit::Report report = junit::read_report(base::read_file(file), "junit_01.xml");
  if (!report.fault.empty()) {
    refuse(answer, "left a broken report: " + report.fault);
  }
  auto specs = specs_of_dry_run(report);
  if (specs.empty()) {
    refuse(answer, "shows no specs");
  }
  return specs;
}

}  // namespace

SuiteInfo interview(const std::string& path, SpecSource source, const process::Capture& capture) {
  std::vector<std::vector<std::string>> commands = {{path, "--version"}, {path, "--help"}};
  if (source == SpecSource::best) {
    commands.push_back({path, "--list-tests"});
  }
  const auto captured = capture(commands, kTimeout);
  SuiteInfo info{.path = path};
  info.flags = read_flags({path, "--help", captured.at(1)});
  info.version = read_version({path, "--version", captured.at(0)});
  const bool lists = source == SpecSource::best && info.flags.contains("list-tests");
  info.specs = lists ? read_list({path, "--list-tests", captured.at(2)}) : dry_run(path, capture);
  return info;
}

}  // namespace opready::suite
