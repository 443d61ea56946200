// SPDX-License-Identifier: Apache-2.0
// A stand-in for e2e.test v1.36.3: the same flags, output and JUnit file, and specs that misbehave in every known way.
//
// The specs that --ginkgo.focus and --ginkgo.skip select decide what it does. Each start adds its arguments as a line
// to the file that $FAKE_E2E_STARTS names, so that tests can count starts. Where $FAKE_E2E_SUITE is set it's another
// suite of the same framework, of that description, that knows no --version, as e2e_node.test is; $FAKE_E2E_VERSION is
// the release that it says it is, $FAKE_E2E_REGISTRY where it has its images from.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <re2/re2.h>

#include "fake_specs.hpp"

namespace opready::fake {
namespace {

constexpr int kLastLineOfTruncatedReport = 25;
constexpr std::string_view kRule = "------------------------------\n";

/// Flags that take a value, and flags that don't: what --help names.
constexpr std::array kValueFlags = {"allowed-not-ready-nodes",
                                    "context",
                                    "kubeconfig",
                                    "node-os-distro",
                                    "provider",
                                    "report-dir",
                                    "report-prefix",
                                    "ginkgo.focus",
                                    "ginkgo.json-report",
                                    "ginkgo.skip",
                                    "ginkgo.timeout",
                                    "ginkgo.grace-period",
                                    "ginkgo.flake-attempts",
                                    "non-blocking-taints",
                                    "storage_driver_password"};
constexpr std::array kSwitches = {"delete-namespace",
                                  "delete-namespace-on-failure",
                                  "help",
                                  "list-images",
                                  "list-tests",
                                  "version",
                                  "ginkgo.dry-run",
                                  "ginkgo.no-color",
                                  "ginkgo.trace",
                                  "ginkgo.v"};

using Flags = std::multimap<std::string, std::string>;

std::string variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

std::string suite() {
  return variable("FAKE_E2E_SUITE", "Kubernetes e2e suite");
}

bool knows(std::string_view flag) {
  return flag != "version" || std::getenv("FAKE_E2E_SUITE") == nullptr;
}

std::string joined_patterns(const Flags& flags, const std::string& name) {
  std::string joined;
  const auto [begin, end] = flags.equal_range(name);
  for (auto flag = begin; flag != end; ++flag) {
    joined += (flag == begin ? "" : "|") + flag->second;
  }
  return joined;
}

/// As Ginkgo's ApplyFocusToSpecs: the suite's name and the spec's text, skip wins.
std::vector<bool> selection(const Flags& flags) {
  const RE2 focus(joined_patterns(flags, "ginkgo.focus"));
  const RE2 skip(joined_patterns(flags, "ginkgo.skip"));
  std::vector<bool> selected;
  for (const Spec& spec : specs()) {
    const std::string subject = fmt::format("{} {}", suite(), full_name(spec));
    selected.push_back(RE2::PartialMatch(subject, focus) &&
                       (skip.pattern().empty() || !RE2::PartialMatch(subject, skip)));
  }
  return selected;
}

/// As Go's encoding/xml writes text, but for invalid UTF-8, which stays: a report from elsewhere may hold it.
std::string escaped(std::string_view text) {
  static const std::map<char, std::string_view> replacements = {{'<', "&lt;"},     {'>', "&gt;"},   {'&', "&amp;"},
                                                                {'"', "&#34;"},    {'\'', "&#39;"}, {'\n', "&#xA;"},
                                                                {'\x1b', "\uFFFD"}};
  std::string out;
  for (const char c : text) {
    const auto replacement = replacements.find(c);
    if (replacement == replacements.end()) {
      out += c;
    } else {
      out += replacement->second;
    }
  }
  return out;
}

std::string case_element(std::string_view name, const Result& result) {
  std::string child;
  if (result.status == "skipped") {
    child = fmt::format("<skipped message=\"{}\"></skipped>",
                        escaped(result.failure.empty() ? "skipped" : "skipped - " + result.failure));
  } else if (result.status == "pending") {
    child = "<skipped message=\"pending\"></skipped>";
  } else if (result.status == "interrupted" || result.status == "panicked") {
    child = fmt::format("<error message=\"\" type=\"{}\">{}</error>", result.status, escaped(result.failure));
  } else if (result.status != "passed") {
    child = fmt::format("<failure message=\"\" type=\"{}\">{}</failure>", result.status, escaped(result.failure));
  }
  return fmt::format("          <testcase name=\"{}\" classname=\"{}\" status=\"{}\" time=\"0.012\">{}</testcase>\n",
                     escaped(name), suite(), result.status, child);
}

std::string report_text(const Session& session, const std::vector<Result>& results) {
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "  <testsuites tests=\"{0}\" disabled=\"0\" errors=\"0\" failures=\"0\" time=\"1.5\">\n"
      "      <testsuite name=\"{1}\" package=\"/fake\" tests=\"{0}\" time=\"1.5\" timestamp=\"2026-01-31T08:15:30\">\n"
      "          <properties>\n"
      "              <property name=\"SpecialSuiteFailureReason\" value=\"{2}\"></property>\n"
      "          </properties>\n",
      results.size(), suite(), session.special_reason);
  text += case_element("[SynchronizedBeforeSuite]",
                       session.before_suite_failed ? Result{"failed", "[FAILED] no node is schedulable"} : Result{});
  for (std::size_t i = 0; i < results.size() && !session.before_suite_failed; ++i) {
    if (!specs()[i].quiet || results[i].status != "skipped") {
      text += case_element("[It] " + full_name(specs()[i]), results[i]);
    }
  }
  if (session.report == ReportKind::truncated) {
    std::size_t end = 0;
    for (int line = 1; line < kLastLineOfTruncatedReport; ++line) {
      end = text.find('\n', end) + 1;
    }
    return text.substr(0, end + 20);
  }
  for (int i = 0; i < 100'000 && session.report == ReportKind::of_100000_cases; ++i) {
    text += case_element(fmt::format("[It] [fake] one of very many, number {}", i), {});
  }
  return text + case_element("[SynchronizedAfterSuite]", {}) + "      </testsuite>\n  </testsuites>";
}

std::string value_of(const Flags& flags, const std::string& name) {
  const auto found = flags.find(name);
  return found == flags.end() ? "" : found->second;
}

void write_report(const Flags& flags, const Session& session, const std::vector<Result>& results) {
  const std::filesystem::path directory = value_of(flags, "report-dir");
  if (session.report == ReportKind::none || directory.empty()) {
    return;
  }
  std::filesystem::create_directories(directory);
  std::ofstream(directory / ("junit_" + value_of(flags, "report-prefix") + "01.xml")) << report_text(session, results);
}

/// What of Ginkgo's JSON report anybody asks for.
void write_json_report(const std::string& path) {
  std::string specs;
  for (const Spec& spec : fake::specs()) {
    specs +=
        fmt::format(R"({}{{"ContainerHierarchyTexts":["[fake]"],"LeafNodeText":"{}"{}}})", specs.empty() ? "" : ",",
                    escaped(spec.name), spec.ordered ? R"(,"IsInOrderedContainer":true)" : "");
  }
  std::ofstream(path) << R"([{"SpecReports":[)" << specs << "]}]";
}

/// The selected spec's part of the verbose output.
void run_spec(const Spec& spec, Session& session) {
  print(kRule);
  print(fmt::format("{} [fake]\n{}:{}\n", full_name(spec), kFile, 1));
  session.result = {};
  spec.act(session);
  const bool passed = session.result.status == "passed";
  print(passed ? "• [0.012 seconds]\n"
               : fmt::format("• [{}] [0.012 seconds]\n{}\n\n  {}\n", session.result.status, full_name(spec),
                             session.result.failure));
}

int run(const Flags& flags) {
  const std::vector<bool> selected = selection(flags);
  const bool dry = flags.contains("ginkgo.dry-run");
  print(
      fmt::format("  I0131 08:15:30.123456    4711 e2e.go:109] Starting e2e run \"a81f9650-b385-4afb-aa6b-{:012}\" on "
                  "Ginkgo node 1\nRunning Suite: {} - /fake\n=====================================\n\n"
                  "Will run {} of {} specs\n",
                  ::getpid(), suite(), std::count(selected.begin(), selected.end(), true), selected.size()));
  Session session;
  std::vector<Result> results(selected.size(), Result{"skipped", ""});
  bool succeeded = true;
  for (std::size_t i = 0; i < selected.size(); ++i) {
    if (selected[i] && dry) {
      results[i] = {};
    } else if (selected[i] && session.special_reason.empty()) {
      run_spec(specs()[i], session);
      results[i] = session.result;
      succeeded = succeeded && (session.result.status == "passed" || session.result.status == "skipped" ||
                                session.result.status == "pending");
    }
  }
  write_report(flags, session, results);
  if (const std::string path = value_of(flags, "ginkgo.json-report"); !path.empty()) {
    write_json_report(path);
  }
  print(fmt::format("{}\nRan {} of {} Specs in 1.500 seconds\n{}\n", kRule,
                    std::count(selected.begin(), selected.end(), true), selected.size(),
                    succeeded ? "SUCCESS!" : "FAIL!"));
  return session.exit_status.value_or(succeeded ? 0 : 1);
}

int list_tests() {
  print("The following spec names can be used with 'ginkgo run --focus/skip':\n");
  for (std::size_t i = 0; i < specs().size(); ++i) {
    print(fmt::format("    {}:{}: {}\n", kFile, i + 1, full_name(specs()[i])));
  }
  print("\n");
  return 0;
}

/// In no order, as the real one does.
int list_images() {
  const std::string registry = variable("FAKE_E2E_REGISTRY", "registry.example");
  for (const char* image : {"e2e/agnhost:2.55", "private/agnhost:2.6", "e2e/agnhost:2.63.0", "pause:3.10.2"}) {
    print(fmt::format("{}/{}\n", registry, image));
  }
  return 0;
}

int help() {
  print("\x1b[38;5;10m\x1b[1m\x1b[4mControlling Test Order\x1b[0m\n");
  for (const char* name : kValueFlags) {
    print(fmt::format("  \x1b[38;5;10m--{}\x1b[0m [string]\n    \x1b[38;5;246mA flag.\x1b[0m\n", name));
  }
  for (const char* name : kSwitches) {
    if (!knows(name)) {
      continue;
    }
    print(fmt::format("  -{}\n    \tA switch.\n", name));
  }
  return 0;
}

/// As Go's flag package: one dash or two, a value behind "=" or in the next argument.
Flags parse(const std::vector<std::string>& arguments) {
  Flags flags;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const std::size_t equals = argument.find('=');
    const std::string name =
        argument.substr(0, equals).substr(std::min<std::size_t>(argument.find_first_not_of('-'), argument.size()));
    const bool takes_value = std::find(kValueFlags.begin(), kValueFlags.end(), name) != kValueFlags.end();
    const bool is_switch = knows(name) && std::find(kSwitches.begin(), kSwitches.end(), name) != kSwitches.end();
    if (!takes_value && !is_switch) {
      fmt::print(stderr, "flag provided but not defined: -{}\n", name);
      std::exit(2);
    }
    const bool separate = takes_value && equals == std::string::npos && i + 1 < arguments.size();
    flags.emplace(name, separate ? arguments[++i] : equals == std::string::npos ? "" : argument.substr(equals + 1));
  }
  return flags;
}

void note_start(const std::vector<std::string>& arguments) {
  if (const char* file = std::getenv("FAKE_E2E_STARTS")) {
    std::ofstream(file, std::ios::app) << fmt::format("{}\n", fmt::join(arguments, " "));
  }
}

void block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
}

int act(const std::vector<std::string>& arguments) {
  block_signals();
  ::alarm(kLongestLife);
  note_start(arguments);
  const Flags flags = parse(arguments);
  if (flags.contains("version")) {
    print(variable("FAKE_E2E_VERSION", "v1.36.3") + '\n');
    return 0;
  }
  if (flags.contains("help")) {
    return help();
  }
  if (flags.contains("list-images")) {
    return list_images();
  }
  return flags.contains("list-tests") ? list_tests() : run(flags);
}

}  // namespace
}  // namespace opready::fake

int main(int argc, char** argv) {
  return opready::fake::act(std::vector<std::string>(argv + 1, argv + argc));
}
