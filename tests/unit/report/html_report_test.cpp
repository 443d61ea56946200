// SPDX-License-Identifier: Apache-2.0
// A run's page: what it says, how large it gets, that it's well formed.
#include "opready/report/html_report.hpp"

#include <chrono>
#include <regex>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "opready/model/kep.hpp"
#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostBytes = 2'000'000;

/// What is between the frame's style sheet and script.
std::string body_of(const std::string& page) {
  const std::size_t begin = page.find("<body>") + 6;
  return page.substr(begin, page.rfind("<script>") - begin);
}

std::string drawn(const model::RunRecord& record) {
  return html_report(record, "out/my run");
}

/// An element a line, which is how people can compare it.
std::string in_lines(const std::string& markup) {
  return std::regex_replace(markup, std::regex("><"), ">\n<");
}

bool has(const std::string& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

model::CaseRecord large_case(int number, bool failed, const std::string& text) {
  model::CaseRecord item;
  item.planned = testing::sample_case("Core.Network", fmt::format("core-network-number-{:05}", number), 1);
  item.planned.test.description += text.substr(0, 500);
  model::AttemptRecord attempt;
  attempt.started = testing::started(item.planned.test.id);
  attempt.started.time += number * 3s;
  attempt.started.slot = number % 4;
  model::CaseResult result;
  result.outcome = failed ? model::Outcome::failed : model::Outcome::passed;
  result.reason = failed ? "its spec failed" : "";
  result.specs = {{item.planned.specs[0], failed ? model::SpecStatus::failed : model::SpecStatus::passed, 3s, "",
                   failed ? text : "", std::nullopt, std::nullopt}};
  attempt.finished = testing::finished(item.planned.test.id, 12s, result);
  item.attempts = {attempt};
  return item;
}

/// `count` cases, of which one in `every` fails with `text`.
model::RunRecord large_record(int count, const std::string& text, int every) {
  model::RunRecord record;
  record.started = testing::sample_start();
  record.started.plan.cases.clear();
  for (int number = 0; number < count; ++number) {
    record.cases.push_back(large_case(number, number % every == 0, text));
  }
  record.finished = model::RunFinished{testing::sample_time() + 9h, 9h, std::nullopt};
  return record;
}

TEST(HtmlReport, ShowsAnEventfulRun) {
  opready::testing::expect_matches_golden("report/report.html", in_lines(body_of(drawn(testing::sample_record()))));
}

TEST(HtmlReport, ShowsWherePodsRan) {
  model::RunRecord record = testing::evidence_record();
  record.started.cluster.uid = "5f1c0a2e";
  record.started.cluster.cni = "Calico (by its DaemonSet calico-node)";
  record.started.cluster.nodes = {{"win-0", "windows", "10.0.20348"}};
  record.started.cluster.node_kinds = {
      {"windows", "10.0.20348", "Windows Server 2022", "containerd://1.7.27", "v1.36.3", 2}};
  record.started.labels = {{"pool", "ltsc2022"}};
  record.started.arguments = {"--category", "Core.*", "--", "--storage_driver_password=hunter2"};
  opready::testing::expect_matches_golden("report/report_evidence.html", in_lines(body_of(drawn(record))));
}

TEST(HtmlReport, LoadsNothingAndAdmitsOnlyItsOwnScript) {
  const std::string page = drawn(testing::sample_record());
  const std::regex policy(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
      "&#39;sha256-[A-Za-z0-9+/]{43}=&#39;; script-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;; "
      "img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;; "
      "require-trusted-types-for &#39;script&#39;\"/>");
  EXPECT_TRUE(std::regex_search(page, policy)) << page.substr(0, 600);
  EXPECT_FALSE(has(body_of(page), " style=")) << "the policy would refuse it";
  EXPECT_FALSE(has(body_of(page), " src="));
}

TEST(HtmlReport, IsWellFormedWhateverStandsInARun) {
  const std::string hostile = "\"'><script>alert(1)</script><!-- ]]> & \x1b[31m \xff \u202E javascript:alert(1)";
  model::RunRecord record = large_record(200, hostile, 2);
  model::RunStarted& started = record.started;
  started.cluster = {hostile,
                     hostile,
                     hostile,
                     2,
                     2,
                     2,
                     {{hostile, "windows", hostile}},
                     {hostile},
                     hostile,
                     {{hostile, hostile, hostile, hostile, hostile, 1}},
                     hostile};
  started.labels = {{hostile, hostile}};
  started.arguments = {hostile};
  started.plan.notes = {hostile};
  record.evidence_lacks = {hostile};
  record.cases[0].planned.test.id = hostile;
  record.cases[1].planned.test.category = hostile;
  pugi::xml_document document;
  const std::string page = drawn(record);
  const auto parsed = document.load_string(("<body>" + body_of(page) + "</body>").c_str());
  EXPECT_TRUE(parsed) << parsed.description() << " at " << parsed.offset;
  EXPECT_FALSE(has(body_of(page), "<script"));
  EXPECT_FALSE(has(body_of(page), "<!--"));
}

TEST(HtmlReport, StaysBelowTwoMegabytesWithTenThousandCasesAndNamesThemAll) {
  const std::string page = drawn(large_record(10'000, std::string(16'384, '<'), 100));
  EXPECT_LT(page.size(), kMostBytes);
  EXPECT_TRUE(has(page, "core-network-number-00001<"));
  EXPECT_TRUE(has(page, "core-network-number-09999<"));
  EXPECT_TRUE(has(page, "Of cases that passed this tells little"));
  EXPECT_FALSE(has(page, "more cases found no room"));
  EXPECT_FALSE(has(page, "told here: see the table of cases"));
  EXPECT_TRUE(has(page, "more of this text: see the log"));
}

TEST(HtmlReport, StaysBelowTwoMegabytesAndCountsWhatFoundNoRoom) {
  const std::string page = drawn(large_record(2'500, std::string(16'384, '&'), 1));
  EXPECT_LT(page.size(), kMostBytes);
  EXPECT_TRUE(has(page, "more failures aren&#39;t told here: see the table of cases and summary.json."));
  EXPECT_TRUE(has(page, "more cases found no room here: see summary.json."));
  EXPECT_TRUE(has(page, "more specs found no room here: see summary.json."));
  for (const std::string kind : {"case", "spec"}) {
    const std::regex left_out("data-rows=\"" + kind + "\" data-left-out=\"[1-9][0-9]*\"");
    EXPECT_TRUE(std::regex_search(page, left_out)) << "the script tells it who searches";
  }
}

TEST(HtmlReport, SaysThatARunGaveNoVerdictOrWasKilled) {
  model::RunRecord record = testing::sample_record();
  record.finished.reset();
  EXPECT_TRUE(has(drawn(record), "did not finish"));
  EXPECT_TRUE(has(drawn(record), "The run was killed: what it hadn&#39;t come to stands below as not run."));
  record.cases.clear();
  EXPECT_TRUE(has(drawn(record), ">NO VERDICT</h1>"));
}

TEST(HtmlReport, LinksOnlyToFailuresThatItTells) {
  const std::string page = drawn(large_record(10'000, "it went wrong", 1));
  ASSERT_TRUE(has(page, "told here: see the table of cases and summary.json."));
  const std::regex link("href=\"#([^\"]+)\"");
  for (std::sregex_iterator found(page.begin(), page.end(), link); found != std::sregex_iterator(); ++found) {
    EXPECT_TRUE(has(page, fmt::format("id=\"{}\"", (*found)[1].str()))) << (*found)[1];
  }
}

TEST(HtmlReport, CountsFlakyCasesOnce) {
  model::RunRecord record = testing::sample_record();
  std::erase_if(record.cases,
                [](const model::CaseRecord& item) { return item.planned.test.id != "core-scheduling-flaky"; });
  const std::string row = "</td><td class=\"number\">";
  EXPECT_TRUE(has(drawn(record), "<td class=\"number\">" + row + row + "1</td>")) << "it's not among those that passed";
  record.started.flaky_fails = true;
  EXPECT_TRUE(has(drawn(record), "<td class=\"number\">" + row + "1" + row + "1</td>"))
      << "it's among those that failed";
}

TEST(HtmlReport, TellsOfFlakyCasesAsFailuresWhereTheyCountAsSuch) {
  model::RunRecord record = testing::sample_record();
  EXPECT_FALSE(has(drawn(record), "id=\"failure-core-scheduling-flaky\""));
  record.started.flaky_fails = true;
  const std::string page = drawn(record);
  EXPECT_TRUE(has(page, "id=\"failure-core-scheduling-flaky\""));
  EXPECT_TRUE(has(page, "<p class=\"reason\">it passed after failing, which counts as failed here</p>"));
  EXPECT_TRUE(has(page, "op-readiness --rerun-failed &#39;out/my run&#39; --case core-scheduling-flaky"));
}

TEST(HtmlReport, CountsCategoriesThatFoundNoRoom) {
  model::RunRecord record = large_record(1'000, "", 2'000);
  for (std::size_t number = 0; number < record.cases.size(); ++number) {
    record.cases[number].planned.test.category = fmt::format("Own.{:04}", number);
  }
  EXPECT_TRUE(std::regex_search(drawn(record), std::regex("<p class=\"note\">and [0-9]+ more: see summary.json.</p>")));
}

TEST(HtmlReport, CountsKepItemsThatFoundNoRoom) {
  model::RunRecord record = large_record(1'000, "", 2'000);
  const auto& items = model::kep_items();
  for (std::size_t number = 0; number < record.cases.size(); ++number) {
    model::TestCase& test = record.cases[number].planned.test;
    test.id = fmt::format("{:03}-{}", number, std::string(290, '\''));
    test.kep = items[number % items.size()].id;
    test.category = model::category_of(items[number % items.size()]);
  }
  EXPECT_TRUE(std::regex_search(
      drawn(record), std::regex("<p class=\"note\">[0-9]+ more KEP items found no room here: see summary.json.</p>")));
  EXPECT_FALSE(has(drawn(testing::sample_record()), "more KEP item"));
}

TEST(HtmlReport, CallsNoItemProvedWhoseSpecsWereSkipped) {
  model::RunRecord record = large_record(1, "", 2);
  model::CaseRecord& item = record.cases[0];
  item = large_case(1, false, "");
  item.planned.test.kep = "Core.Network.3";
  item.planned.test.proves = model::Proves::all;
  EXPECT_TRUE(has(drawn(record), "<span class=\"state passed\">proved</span>"));
  item.attempts[0].finished->result.specs[0].status = model::SpecStatus::skipped;
  const std::string page = drawn(record);
  EXPECT_FALSE(has(page, ">proved</span>"));
  EXPECT_TRUE(has(page, "<span class=\"state skipped\">specs skipped</span>"));
}

TEST(HtmlReport, LinksSpecsOfTheKubernetesModuleToItsSources) {
  model::RunRecord record = large_record(1, "", 2);
  record.cases[0].attempts[0].finished->result.specs[0].spec.file =
      "/home/latest/test/go/pkg/mod/k8s.io/kubernetes@v1.36.3/test/e2e/x.go";
  EXPECT_TRUE(has(drawn(record), "/v1.36.3/test/e2e/x.go#L"));
}

TEST(HtmlReport, SaysOfAResumedRunSinceWhenItsTimeCounts) {
  model::RunRecord record = testing::sample_record();
  record.resumed.push_back({.time = testing::sample_time() + 24h, .process = {}, .tool_version = {}, .labels = {}});
  EXPECT_TRUE(has(drawn(record),
                  " · resumed <time datetime=\"2026-02-01T08:15:30.123Z\">2026-02-01 08:15:30 UTC</time>"
                  " · took 3m05s since then</p>"));
}

TEST(HtmlReport, MarksWhereARunWasResumedOnItsTimeline) {
  model::RunRecord record = large_record(2, "", 2);
  const base::Timestamp resumed = testing::sample_time() + 24h;
  record.resumed.push_back({.time = resumed, .process = {}, .tool_version = {}, .labels = {}});
  record.cases[1].attempts[0].started.time = resumed + 1s;
  const std::string page = drawn(record);
  EXPECT_TRUE(has(page,
                  "2 attempts on 2 job slots; 1 time resumed, as dashed lines show; 1 long pause left out, times "
                  "are UTC."));
  EXPECT_TRUE(has(page, "><title>resumed 2026-02-01 08:15:30 UTC</title></line>"));
  EXPECT_TRUE(has(page, ">01-31 08:15</text>"));
  EXPECT_TRUE(has(page, ">02-01 08:15</text>"));
}

TEST(HtmlReport, TellsTheSlotsOfJoinedRunsApartAndWhereTheRunsLie) {
  model::RunRecord record = large_record(3, "", 4);
  record.cases[0].attempts[0].directory = "/runs/z first";
  record.cases[1].attempts[0].directory = "/runs/b second";
  record.cases[2].attempts[0].directory = "/runs/z first";
  record.joined = {"/runs/z first", "/runs/b second"};
  const std::string page = drawn(record);
  EXPECT_TRUE(has(page, ">run 1 slot 1</text>"));
  EXPECT_TRUE(has(page, ">run 1 slot 3</text>"));
  EXPECT_TRUE(has(page, ">run 2 slot 2</text>"));
  EXPECT_TRUE(has(page, "<td>run 2 slot 2</td><td>2026-01-31 08:15:33 UTC</td>"));
  EXPECT_TRUE(has(page, "<dt>Run 1</dt><dd>/runs/z first</dd>"));
  EXPECT_TRUE(has(page, "<dt>Run 2</dt><dd>/runs/b second</dd>"));
  record.joined.pop_back();
  EXPECT_FALSE(has(drawn(record), "run 1 slot"));
}

TEST(HtmlReport, TellsTheTimelineAsATableToo) {
  const std::string page = drawn(large_record(400, "it failed", 2));
  EXPECT_TRUE(has(page, "<summary>The timeline as a table</summary>"));
  EXPECT_TRUE(has(page,
                  "<tr><th scope=\"row\">core-network-number-00002</th><td class=\"failed\">failed</td>"
                  "<td>slot 3</td><td>2026-01-31 08:15:36 UTC</td><td class=\"number\">12s</td></tr>"));
  EXPECT_TRUE(has(page, "250 more attempts found no room here: see events.jsonl."));
}

TEST(HtmlReport, LinksLogsOfJoinedRunsWhereTheyLie) {
  model::RunRecord record = testing::sample_record();
  record.cases[0].attempts[0].directory = "/runs/first one";
  const std::string page = drawn(record);
  EXPECT_TRUE(has(page, "href=\"file:///runs/first%20one/cases/core-network-dns/attempt-1/e2e.log\""));
  EXPECT_TRUE(has(page, "op-readiness --rerun-failed &#39;/runs/first one&#39; --case core-network-dns"));
}

}  // namespace
}  // namespace opready::report
