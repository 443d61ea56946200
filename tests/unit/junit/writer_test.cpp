// SPDX-License-Identifier: Apache-2.0
// Whole files, and that what was written reads back the same.
#include "opready/junit/writer.hpp"

#include <string>

#include <gtest/gtest.h>

#include "opready/junit/reader.hpp"

namespace opready::junit {
namespace {

using std::chrono::milliseconds;

Case make_case(std::string name, CaseKind kind, std::string body) {
  Case made;
  made.name = std::move(name);
  made.classname = "Core.Network.dns";
  made.kind = kind;
  made.body = std::move(body);
  return made;
}

Report sample() {
  Suite suite;
  suite.name = "Core.Network";
  suite.timestamp = "2026-01-31T08:15:30Z";
  suite.properties = {{"kubernetes", "v1.36.3"}};
  Case passed = make_case("dns: works", CaseKind::passed, "");
  passed.status = "passed";
  passed.duration = milliseconds(1234567);
  Case failed = make_case("dns: fails", CaseKind::failed, "[FAILED] timed out\n\tin \"x\"");
  failed.type = "failed";
  failed.duration = milliseconds(1);
  failed.properties = {{"description", "Names <resolve>"}};
  Case error = make_case("dns: errs", CaseKind::error, "broke");
  Case skipped = make_case("dns: skips", CaseKind::skipped, "");
  skipped.message = "Only for \"gce\"\nand azure";
  suite.cases = {passed, failed, error, skipped};
  Suite empty;
  empty.name = "Core.Storage";
  Report report;
  report.suites = {suite, empty};
  return report;
}

TEST(Writer, WritesTheWholePicture) {
  EXPECT_EQ(to_xml(sample()), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" errors="1" skipped="1" disabled="0" time="1234.568">
  <testsuite name="Core.Network" tests="4" failures="1" errors="1" skipped="1" disabled="0" time="1234.568" timestamp="2026-01-31T08:15:30Z">
    <properties>
      <property name="kubernetes" value="v1.36.3"/>
    </properties>
    <testcase name="dns: works" classname="Core.Network.dns" status="passed" time="1234.567"/>
    <testcase name="dns: fails" classname="Core.Network.dns" time="0.001">
      <properties>
        <property name="description" value="Names &lt;resolve&gt;"/>
      </properties>
      <failure type="failed">[FAILED] timed out
	in "x"</failure>
    </testcase>
    <testcase name="dns: errs" classname="Core.Network.dns" time="0.000">
      <error>broke</error>
    </testcase>
    <testcase name="dns: skips" classname="Core.Network.dns" time="0.000">
      <skipped message="Only for &quot;gce&quot;&#10;and azure"/>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(Writer, ReadsBackTheSame) {
  Report report = sample();
  report.name = "Pods talk";
  report.category = "Core.Network";
  report.suites.pop_back();
  Suite& suite = report.suites.front();
  suite.index = "3";
  suite.system_out = "a ]]> b";
  suite.system_err = "c & d";
  suite.cases.front().system_out = "out";
  suite.cases.front().system_err = "err";
  suite.cases.front().properties = {{"a\tb\nc", "'\"<>&"}};
  suite.duration = milliseconds(1234568);
  EXPECT_EQ(read_report(to_xml(report), "x.xml"), report);
}

TEST(Writer, MakesForeignTextLegalAndHidesSecrets) {
  Suite suite;
  suite.name = "s\x01";
  Case foreign =
      make_case("n\xff", CaseKind::failed, "\x1b[31mred\x1b[0m ]]> \x02 Authorization: Bearer abcdefghijklmnop");
  foreign.system_err = "token: abcdefghijklmnop\r\nnext";
  suite.cases = {foreign};
  Report report;
  report.suites = {suite};
  const std::string xml = to_xml(report);
  EXPECT_NE(xml.find("<testsuite name=\"s\xEF\xBF\xBD\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<testcase name=\"n\xEF\xBF\xBD\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<failure>red ]]&gt; \xEF\xBF\xBD Authorization: Bearer [redacted]</failure>"), std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<system-err>token: [redacted]\nnext</system-err>"), std::string::npos) << xml;
}

TEST(Writer, NeverLeavesAFailureWithoutText) {
  Suite suite;
  suite.cases = {make_case("a", CaseKind::failed, " \n"), make_case("b", CaseKind::error, "")};
  suite.cases.back().message = "the message";
  Report report;
  report.suites = {suite};
  const std::string xml = to_xml(report);
  EXPECT_NE(xml.find("<failure>failed without a word about why</failure>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<error message=\"the message\">the message</error>"), std::string::npos) << xml;
}

TEST(Writer, WritesAnEmptyReportThatIsStillJUnit) {
  EXPECT_EQ(to_xml(Report{}), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="0" failures="0" errors="0" skipped="0" disabled="0" time="0.000">
</testsuites>
)");
}

}  // namespace
}  // namespace opready::junit
