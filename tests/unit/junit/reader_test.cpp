// SPDX-License-Identifier: Apache-2.0
// Files that are whole, odd, broken and hostile.
#include "opready/junit/reader.hpp"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

namespace opready::junit {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kWhole = R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all" tests="4">
  <testsuite name="first" timestamp="2026-01-31T08:15:30" time="1,234.5">
    <properties><property name="seed" value="7"/><property name="long">text</property></properties>
    <testcase name="a" classname="c" status="passed" time="0.25"/>
    <testcase name="b" classname="c" status="failed" time="1,234.5">
      <failure message="m" type="t">one<![CDATA[ <two>]]></failure>
      <system-out>out</system-out>
      <system-err>err</system-err>
      <properties><property name="p" value="v"/></properties>
    </testcase>
    <testcase name="c"><skipped message="why"/></testcase>
    <testcase name="d"><error>bad</error></testcase>
    <system-out>of the suite</system-out>
  </testsuite>
</testsuites>
)";

Suite whole_suite() {
  Suite suite;
  suite.name = "first";
  suite.timestamp = "2026-01-31T08:15:30";
  suite.duration = milliseconds(1234500);
  suite.properties = {{"seed", "7"}, {"long", "text"}};
  Case a;
  a.name = "a";
  a.classname = "c";
  a.status = "passed";
  a.duration = milliseconds(250);
  Case b;
  b.name = "b";
  b.classname = "c";
  b.status = "failed";
  b.duration = milliseconds(1234500);
  b.kind = CaseKind::failed;
  b.message = "m";
  b.type = "t";
  b.body = "one <two>";
  b.system_out = "out";
  b.system_err = "err";
  b.properties = {{"p", "v"}};
  Case c;
  c.name = "c";
  c.kind = CaseKind::skipped;
  c.message = "why";
  Case d;
  d.name = "d";
  d.kind = CaseKind::error;
  d.body = "bad";
  suite.cases = {a, b, c, d};
  suite.system_out = "of the suite";
  return suite;
}

TEST(Reader, TakesEveryFieldOfAWholeFile) {
  const Report report = read_report(std::string(kWhole), "x.xml");
  EXPECT_EQ(report.fault, "");
  EXPECT_EQ(report.name, "all");
  ASSERT_EQ(report.suites.size(), 1U);
  EXPECT_EQ(report.suites.front(), whole_suite());
}

TEST(Reader, TakesASingleSuiteAsRoot) {
  const Report report = read_report(R"(<testsuite name="s"><testcase name="a"/></testsuite>)", "x.xml");
  EXPECT_EQ(report.fault, "");
  ASSERT_EQ(report.suites.size(), 1U);
  EXPECT_EQ(report.suites.front().name, "s");
  EXPECT_EQ(report.suites.front().cases.size(), 1U);
}

TEST(Reader, FlattensSuitesInsideSuitesAndJoinsTheirNames) {
  const Report report = read_report(R"(<testsuites name="file">
    <testcase name="stray"/>
    <testsuite name="a"><testsuite name="b"><testcase name="1"/></testsuite><testcase name="2"/></testsuite>
    <testsuite name="empty"/>
  </testsuites>)",
                                    "x.xml");
  ASSERT_EQ(report.suites.size(), 4U);
  EXPECT_EQ(report.suites[0].name, "file");
  EXPECT_EQ(report.suites[0].cases.at(0).name, "stray");
  EXPECT_EQ(report.suites[1].name, "a");
  EXPECT_EQ(report.suites[1].cases.at(0).name, "2");
  EXPECT_EQ(report.suites[2].name, "a.b");
  EXPECT_EQ(report.suites[2].cases.at(0).name, "1");
  EXPECT_EQ(report.suites[3].name, "empty");
}

TEST(Reader, KeepsWhatTheOlderToolAdds) {
  const Report report = read_report(
      R"(<testsuites category="Core.Network" name="Pods talk"><testsuite index="3" time="2"/></testsuites>)", "x.xml");
  EXPECT_EQ(report.category, "Core.Network");
  EXPECT_EQ(report.name, "Pods talk");
  ASSERT_EQ(report.suites.size(), 1U);
  EXPECT_EQ(report.suites.front().index, "3");
  EXPECT_EQ(report.suites.front().duration, milliseconds(2000));
}

TEST(Reader, LetsAFailureWinOverASkipAndJoinsFailures) {
  const Report report = read_report(
      R"(<testsuite><testcase name="a"><skipped/><failure>one</failure><error>two</error></testcase></testsuite>)",
      "x.xml");
  const Case& read = report.suites.at(0).cases.at(0);
  EXPECT_EQ(read.kind, CaseKind::failed);
  EXPECT_EQ(read.body, "one\ntwo");
}

TEST(Reader, TakesUnusableTimesForZero) {
  for (const char* time : {"", "soon", "-1", "nan", "1e300"}) {
    const Report report =
        read_report(std::string(R"(<testsuite><testcase name="a" time=")") + time + "\"/></testsuite>", "x.xml");
    EXPECT_EQ(report.suites.at(0).cases.at(0).duration, milliseconds(0)) << time;
  }
}

struct BrokenFile {
  const char* text;
  const char* fault;
  std::string cases;  ///< Names of those that were read.
};

std::ostream& operator<<(std::ostream& out, const BrokenFile& file) {
  return out << file.text;
}

class BrokenFiles : public testing::TestWithParam<BrokenFile> {};

TEST_P(BrokenFiles, GiveWhatWasReadAndTheFault) {
  const Report report = read_report(GetParam().text, "x.xml");
  EXPECT_EQ(report.fault, GetParam().fault);
  std::string cases;
  for (const Suite& suite : report.suites) {
    for (const Case& read : suite.cases) {
      cases += read.name;
    }
  }
  EXPECT_EQ(cases, GetParam().cases);
}

INSTANTIATE_TEST_SUITE_P(
    Reader, BrokenFiles,
    testing::Values(BrokenFile{"", "x.xml is empty", ""}, BrokenFile{" \n\n", "x.xml is empty", ""},
                    BrokenFile{"hello", "x.xml is not XML", ""},
                    BrokenFile{"<html></html>", "x.xml is not a JUnit report: its root element is <html>", ""},
                    BrokenFile{"<?xml version", "x.xml ends in the middle, at line 1", ""},
                    BrokenFile{"<testsuites>\n<testsuite>\n<testcase name='a'/>\n<testcase name='b",
                               "x.xml ends in the middle, at line 4", "a"},
                    BrokenFile{"<testsuites>\n<testsuite>\n<testcase name='a'/>\n<testcase name='b'><fail",
                               "x.xml ends in the middle, at line 4", "a"},
                    BrokenFile{"<testsuites>\n<testsuite>\n<testcase name='a'/>\n<testcase name='b'><failure>tex",
                               "x.xml ends in the middle, at line 4", "ab"},
                    BrokenFile{"<testsuite>\n<testcase name='a'/>\n<testcase name='b'><skipped message='skipp",
                               "x.xml ends in the middle, at line 3", "a"},
                    BrokenFile{"<testsuite>\n<testcase name='a'/>\n<b></c>\n</testsuite>\n",
                               "x.xml is not well-formed at line 3: start-end tags mismatch", "a"},
                    BrokenFile{"<testsuite>\n<testcase name='a'/>\n<testcase name='b'/>\n< </testsuite>",
                               "x.xml is not well-formed at line 4: could not determine tag type", "a"}));

TEST(Reader, SurvivesEveryTruncation) {
  for (std::size_t size = 0; size + 2 < kWhole.size(); ++size) {
    const Report report = read_report(std::string(kWhole.substr(0, size)), "x.xml");
    EXPECT_NE(report.fault, "") << size;
  }
}

TEST(Reader, EndsAtAFixedDepthOfSuites) {
  std::string text;
  for (int depth = 0; depth < 100'000; ++depth) {
    text += "<testsuite name='s'>";
  }
  for (int depth = 0; depth < 100'000; ++depth) {
    text += "</testsuite>";
  }
  EXPECT_EQ(read_report(std::move(text), "x.xml").fault, "x.xml has suites nested more than 32 deep");
}

TEST(Reader, TakesAHundredThousandCases) {
  std::string text = "<testsuite name='s'>\n";
  for (int number = 0; number < 100'000; ++number) {
    text += "<testcase name='[It] a spec of some length' status='skipped'><skipped message='skipped'/></testcase>\n";
  }
  text += "</testsuite>";
  const Report report = read_report(std::move(text), "x.xml");
  EXPECT_EQ(report.fault, "");
  EXPECT_EQ(report.suites.at(0).cases.size(), 100'000U);
}

}  // namespace
}  // namespace opready::junit
