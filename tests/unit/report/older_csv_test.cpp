// SPDX-License-Identifier: Apache-2.0
// The older tool's table, from its files and from ours.
#include "opready/report/older_csv.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"
#include "opready/report/junit_report.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

/// As the older tool leaves its files: no XML declaration, counters of the whole suite.
junit::Report older_report(const std::string& description, const std::string& index, const std::string& cases) {
  return junit::read_report("  <testsuites category=\"Core.Network\" name=\"" + description +
                                "\" tests=\"7391\" failures=\"1\" time=\"36.5\">\n"
                                "      <testsuite index=\"" +
                                index + "\" name=\"Kubernetes e2e suite\" tests=\"7391\" time=\"2.25\">" + cases +
                                "</testsuite>\n  </testsuites>",
                            "junit_1101.xml");
}

std::vector<junit::Report> older_reports() {
  return {older_report("Pods talk, &quot;mostly&quot;", "1",
                       R"(<testcase name="[It] a" status="passed" time="36.523"></testcase>
                          <testcase name="[It] b" status="timedout" time="1"><failure>late</failure></testcase>)"),
          older_report("Names resolve", "2", "")};
}

TEST(OlderCsv, ShowsTheOlderToolsFiles) {
  EXPECT_EQ(older_csv(older_rows(older_reports())),
            "Windows Operational Summary\n"
            "#,result,category,time,conformance\n"
            "1,PASSED,Core.Network,36.52,\"Pods talk, \\\"mostly\\\"\"\n"
            "1,TIMEDOUT,Core.Network,1.00,\"Pods talk, \\\"mostly\\\"\"\n"
            "2,FAILED,Core.Network,2.25,Names resolve\n"
            ",passed: 1,failed: 2,,\n");
}

TEST(OlderCsv, ShowsOurMergedReport) {
  EXPECT_EQ(older_csv(older_rows({junit_report(testing::sample_record(), JUnitAttempts::last)})),
            "Windows Operational Summary\n"
            "#,result,category,time,conformance\n"
            "1,FAILED,Core.Network,3.00,What core-network-dns is about\n"
            "1,PASSED,Core.Network,3.00,What core-network-dns is about\n"
            "2,PASSED,Core.Network,3.00,What core-network-pods is about\n"
            "2,PASSED,Core.Network,3.00,What core-network-pods is about\n"
            "2,PASSED,Core.Network,3.00,What core-network-pods is about\n"
            "3,FAILED,Core.Network,0.00,What core-network-recreated is about\n"
            "4,FAILED,Core.Network,1.20,What core-network-crash is about\n"
            "1,SKIPPED,Core.Scheduling,3.00,What core-scheduling-gpu is about\n"
            "2,SKIPPED,Core.Scheduling,0.00,What core-scheduling-reboot is about\n"
            "3,PASSED,Core.Scheduling,3.00,What core-scheduling-flaky is about\n"
            "1,SKIPPED,Extend.HostProcess,0.00,What extend-hostprocess-new is about\n"
            "2,SKIPPED,Extend.HostProcess,0.00,What extend-hostprocess-none is about\n"
            ",passed: 5,failed: 3,,\n");
}

// The older tool's readers know no other word for what is no pass.
TEST(OlderRows, CallUnprovenAndUntestedCasesFailed) {
  std::vector<std::string> results;
  for (const OlderRow& row : older_rows({junit_report(testing::evidence_record(), JUnitAttempts::all)})) {
    results.push_back(row.result + (row.failed ? " failed" : ""));
  }
  EXPECT_EQ(results, (std::vector<std::string>{"PASSED", "FAILED failed", "FAILED failed", "FAILED failed", "PASSED"}));
}

TEST(OlderTable, AlignsTheSameRows) {
  EXPECT_EQ(older_table(older_rows(older_reports())),
            "Windows Operational Summary\n"
            "\n"
            "#  result    category       time  conformance\n"
            "1  PASSED    Core.Network  36.52  Pods talk, \"mostly\"\n"
            "1  TIMEDOUT  Core.Network   1.00  Pods talk, \"mostly\"\n"
            "2  FAILED    Core.Network   2.25  Names resolve\n"
            "\n"
            "passed: 1, failed: 2\n");
}

class OlderDirectory : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) { directory_.write_atomically(name, text); }

  base::TemporaryDirectory place_{"opready-older"};
  base::OutputDirectory directory_ = base::OutputDirectory::create(place_.path());
};

TEST_F(OlderDirectory, IsReadInTheOrderOfNames) {
  write("junit_1201.xml", junit::to_xml(older_reports()[1]) + "\n");
  write("junit_1101.xml", junit::to_xml(older_reports()[0]));
  write("summary.json", "{}");
  (void)directory_.subdirectory("cases").create_file("specs.xml");
  const std::vector<junit::Report> reports = read_older_directory(place_.path());
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].name, "Pods talk, \"mostly\"");
  EXPECT_EQ(reports[1].name, "Names resolve");
}

TEST_F(OlderDirectory, DoesNotShowWhatIsInTwoFilesTwice) {
  const model::RunRecord run = testing::sample_record();
  write(kJUnitFileName, junit::to_xml(junit_report(run, JUnitAttempts::all)));
  const std::vector<OlderRow> merged_rows = older_rows(read_older_directory(place_.path()));
  EXPECT_FALSE(merged_rows.empty());
  for (const CaseReport& file : case_reports(run, JUnitAttempts::all)) {
    write(file.file_name, junit::to_xml(file.report));
  }
  EXPECT_EQ(older_rows(read_older_directory(place_.path())), merged_rows);
}

TEST_F(OlderDirectory, FailsOnAFileThatIsBroken) {
  write("junit_1101.xml", "<testsuites");
  try {
    (void)read_older_directory(place_.path());
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.what(), (place_.path() / "junit_1101.xml").string() + " ends in the middle, at line 1");
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
  }
}

TEST_F(OlderDirectory, FailsWhereThereIsNone) {
  try {
    (void)read_older_directory(place_.path() / "none");
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.what(),
              "cannot read the directory '" + (place_.path() / "none").string() + "': No such file or directory");
  }
}

}  // namespace
}  // namespace opready::report
