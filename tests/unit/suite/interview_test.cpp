// SPDX-License-Identifier: Apache-2.0
// Binaries of every temper, asked about themselves.
#include "opready/suite/interview.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

#include "scripted_binary.hpp"

namespace opready::suite {
namespace {

std::string error_of(ScriptedBinary& binary, SpecSource source = SpecSource::best) {
  try {
    (void)interview("e2e", "./e2e.test", source, binary.capture());
    return "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    return error.what();
  }
}

void write_report(const std::string& directory, const std::string& cases) {
  std::ofstream(directory + "/junit_01.xml")
      << "<testsuites><testsuite name=\"Kubernetes e2e suite\">" << cases << "</testsuite></testsuites>";
}

TEST(Interview, AsksEverythingAtOnce) {
  ScriptedBinary binary;
  const SuiteInfo info = interview("e2e", "./e2e.test", SpecSource::best, binary.capture());
  EXPECT_EQ(info.path, "./e2e.test");
  EXPECT_EQ(info.description, "Kubernetes e2e suite");
  EXPECT_EQ(info.version, "v1.36.3");
  EXPECT_EQ(info.flags, (Flags{"ginkgo.focus", "list-tests", "provider", "report-dir", "version"}));
  EXPECT_EQ(info.specs, (std::vector<model::Spec>{{"[sig-network] DNS one", "test/e2e/network/dns.go", 50},
                                                  {"[sig-windows] DNS two [Serial]", "test/e2e/windows/dns.go", 7}}));
  EXPECT_EQ(binary.asked, (std::vector<std::vector<std::string>>{{"--version"}, {"--help"}, {"--list-tests"}}));
}

TEST(Interview, AcceptsHelpThatEndsWithAnError) {
  ScriptedBinary binary;
  binary.answers["--help"].exit.code = 2;
  EXPECT_EQ(interview("e2e", "./e2e.test", SpecSource::best, binary.capture()).specs.size(), 2U);
}

TEST(Interview, DryRunsABinaryWithoutAList) {
  ScriptedBinary binary;
  binary.answers["--help"] = exited(2, "", "  --ginkgo.focus\n  -provider string\n  -report-dir string\n");
  binary.answers["--list-tests"] = exited(2, "", "flag provided but not defined: -list-tests\n");
  binary.answers["--provider"] = exited(0, "PASS\n");
  std::string report_dir;
  binary.on_dry_run = [&](const std::string& directory) {
    report_dir = directory;
    write_report(directory,
                 R"(<testcase name="[It] one"/><testcase name="[It] two"><skipped message="pending"/></testcase>)");
  };
  const SuiteInfo info = interview("e2e", "./e2e.test", SpecSource::best, binary.capture());
  EXPECT_EQ(info.specs, (std::vector<model::Spec>{{"one", "", 0}}));
  EXPECT_EQ(binary.asked.back(), (std::vector<std::string>{"--provider", "local", "--report-dir", report_dir,
                                                           "--ginkgo.dry-run", "--ginkgo.focus=."}));
  EXPECT_FALSE(std::filesystem::exists(report_dir));
}

TEST(Interview, DryRunsWhereThatIsAskedFor) {
  ScriptedBinary binary;
  binary.answers["--provider"] = exited(0, "PASS\n");
  binary.on_dry_run = [](const std::string& directory) { write_report(directory, R"(<testcase name="[It] one"/>)"); };
  EXPECT_EQ(interview("e2e", "./e2e.test", SpecSource::dry_run, binary.capture()).specs,
            (std::vector<model::Spec>{{"one", "", 0}}));
  EXPECT_EQ(binary.asked.size(), 3U);
}

/// As e2e_node.test: a suite of the same framework, but with no --version and a name of its own.
TEST(Interview, AsksAnotherSuiteWhatItCallsItself) {
  ScriptedBinary binary;
  binary.answers["--help"] = exited(2, "", "  --ginkgo.focus\n  --list-tests\n  --report-dir string\n");
  binary.answers["--version"] = exited(2, "", "unknown flag: --version\n");
  binary.answers["--report-dir"] = exited(0, "PASS\n");
  binary.on_dry_run = [](const std::string& directory) {
    std::ofstream(directory + "/junit_01.xml") << R"(<testsuites><testsuite name="E2eNode Suite"/></testsuites>)";
  };
  const SuiteInfo info = interview("e2e_node", "./e2e_node.test", SpecSource::best, binary.capture());
  EXPECT_EQ(info.name, "e2e_node");
  EXPECT_EQ(info.description, "E2eNode Suite");
  EXPECT_EQ(info.version, "");
  EXPECT_EQ(info.specs.size(), 2U);
  EXPECT_EQ(binary.asked.back().back(), "--ginkgo.focus=^$");
}

TEST(Interview, RefusesWhatIsNoSuite) {
  ScriptedBinary binary;
  binary.answers["--help"] = exited(0, "");
  EXPECT_EQ(error_of(binary), "'./e2e.test' is no usable e2e.test: --help names no --ginkgo.focus; it printed nothing");
  binary.answers["--help"] = exited(1, "", "usage: ls\ntry \x1b[1mls --help\x1b[0m\n\n");
  EXPECT_EQ(error_of(binary),
            "'./e2e.test' is no usable e2e.test: --help names no --ginkgo.focus; its last line: try ls --help");
}

TEST(Interview, RefusesABinaryThatCannotBeStarted) {
  ScriptedBinary binary;
  for (auto& [option, answer] : binary.answers) {
    answer = {};
    answer.start_error = "cannot start './e2e.test': exec format error";
  }
  EXPECT_EQ(error_of(binary), "cannot start './e2e.test': exec format error");
}

TEST(Interview, RefusesCrashesAndHangs) {
  ScriptedBinary binary;
  binary.answers["--list-tests"] = killed(SIGSEGV, "panic: oops\n");
  EXPECT_EQ(error_of(binary),
            "'./e2e.test' is no usable e2e.test: --list-tests was killed by SIGSEGV; its last line: panic: oops");
  binary.answers["--list-tests"] = killed(SIGKILL, "");
  binary.answers["--list-tests"].timed_out = true;
  EXPECT_EQ(error_of(binary),
            "'./e2e.test' is no usable e2e.test: --list-tests gave no answer within 60 s; it printed nothing");
}

TEST(Interview, RefusesAnswersWithoutContent) {
  ScriptedBinary binary;
  binary.answers["--list-tests"] = exited(1, "ERROR: E2E suite initialization was faulty\n");
  EXPECT_EQ(
      error_of(binary),
      "'./e2e.test' is no usable e2e.test: --list-tests ended with exit status 1; its last line: ERROR: E2E suite "
      "initialization was faulty");
  binary.answers["--list-tests"] = exited(0, "\n");
  EXPECT_EQ(error_of(binary), "'./e2e.test' is no usable e2e.test: --list-tests names no specs; it printed nothing");
  binary.answers["--version"] = exited(0, "");
  EXPECT_EQ(error_of(binary), "'./e2e.test' is no usable e2e.test: --version gave no version; it printed nothing");
}

TEST(Interview, RefusesADryRunWithoutAWholeReport) {
  ScriptedBinary binary;
  binary.answers["--provider"] = exited(0, "PASS\n");
  EXPECT_EQ(error_of(binary, SpecSource::dry_run),
            "'./e2e.test' is no usable e2e.test: --ginkgo.dry-run left no junit_01.xml in its --report-dir; its last "
            "line: PASS");
  binary.on_dry_run = [](const std::string& directory) { write_report(directory, ""); };
  EXPECT_EQ(error_of(binary, SpecSource::dry_run),
            "'./e2e.test' is no usable e2e.test: --ginkgo.dry-run shows no specs");
  binary.on_dry_run = [](const std::string& directory) {
    std::ofstream(directory + "/junit_01.xml") << "<testsuites>";
  };
  EXPECT_EQ(error_of(binary, SpecSource::dry_run)
                .find("'./e2e.test' is no usable e2e.test: --ginkgo.dry-run left a broken report: junit_01.xml "),
            0U);
}

}  // namespace
}  // namespace opready::suite
