// SPDX-License-Identifier: Apache-2.0
// What becomes of suites of one name, repeated cases and broken files.
#include "opready/junit/merge.hpp"

#include <gtest/gtest.h>

#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"

namespace opready::junit {
namespace {

Source source(const std::string& file, std::string text) {
  return {file, read_report(std::move(text), file)};
}

TEST(Merge, JoinsSuitesOfOneNameAndKeepsRepeatedCases) {
  std::vector<Source> sources;
  sources.push_back(source("a.xml", R"(<testsuites>
    <testsuite name="net" timestamp="2026-01-02T00:00:00"><properties><property name="k" value="1"/></properties>
      <testcase name="x" time="1"><failure>first try</failure></testcase></testsuite>
    <testsuite name="disk"><testcase name="d" time="4"/></testsuite></testsuites>)"));
  sources.push_back(source("b.xml", R"(<testsuite name="net" timestamp="2026-01-01T00:00:00">
    <properties><property name="k" value="1"/><property name="k" value="2"/></properties>
    <testcase name="x" time="2"/><testcase name="y"><skipped message="no"/></testcase></testsuite>)"));
  EXPECT_EQ(to_xml(merged(std::move(sources))), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" errors="0" skipped="1" disabled="0" time="7.000">
  <testsuite name="net" tests="3" failures="1" errors="0" skipped="1" disabled="0" time="3.000" timestamp="2026-01-01T00:00:00">
    <properties>
      <property name="k" value="1"/>
      <property name="k" value="2"/>
    </properties>
    <testcase name="x" classname="" time="1.000">
      <failure>first try</failure>
    </testcase>
    <testcase name="x" classname="" time="2.000"/>
    <testcase name="y" classname="" time="0.000">
      <skipped message="no"/>
    </testcase>
  </testsuite>
  <testsuite name="disk" tests="1" failures="0" errors="0" skipped="0" disabled="0" time="4.000">
    <testcase name="d" classname="" time="4.000"/>
  </testsuite>
</testsuites>
)");
}

TEST(Merge, TurnsABrokenFileIntoAFailingCaseAndKeepsWhatItHeld) {
  std::vector<Source> sources;
  sources.push_back(source("cut.xml", "<testsuite name='s'>\n<testcase name='a'/>\n<testcase name='b"));
  sources.push_back(source("empty.xml", ""));
  sources.push_back(source("good.xml", "<testsuite name='s'><testcase name='c'/></testsuite>"));
  EXPECT_EQ(to_xml(merged(std::move(sources))), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="2" errors="0" skipped="0" disabled="0" time="0.000">
  <testsuite name="s" tests="2" failures="0" errors="0" skipped="0" disabled="0" time="0.000">
    <testcase name="a" classname="" time="0.000"/>
    <testcase name="c" classname="" time="0.000"/>
  </testsuite>
  <testsuite name="op-readiness merge" tests="2" failures="2" errors="0" skipped="0" disabled="0" time="0.000">
    <testcase name="cut.xml" classname="op-readiness merge" status="failed" time="0.000">
      <failure type="broken_file">cut.xml ends in the middle, at line 3</failure>
    </testcase>
    <testcase name="empty.xml" classname="op-readiness merge" status="failed" time="0.000">
      <failure type="broken_file">empty.xml is empty</failure>
    </testcase>
  </testsuite>
</testsuites>
)");
}

}  // namespace
}  // namespace opready::junit
