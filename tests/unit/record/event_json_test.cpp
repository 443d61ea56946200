// SPDX-License-Identifier: Apache-2.0
// The exact form of each event, the way back, and what is tolerated.
#include "opready/record/event_json.hpp"

#include <ostream>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

#include "sample_events.hpp"

namespace opready::record {
namespace {

struct Form {
  model::Event event;
  const char* line;
};

std::ostream& operator<<(std::ostream& out, const Form& form) {
  return out << form.line;
}

class Forms : public testing::TestWithParam<Form> {};

TEST_P(Forms, AreWrittenExactlySo) {
  EXPECT_EQ(to_json_line(GetParam().event), std::string(GetParam().line) + "\n");
}

// Every field is in the line above, so that what reads back to the same line has lost nothing.
TEST_P(Forms, ReadBackTheSame) {
  const std::optional<model::Event> event = parse_event(GetParam().line);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->index(), GetParam().event.index());
  EXPECT_EQ(to_json_line(*event), std::string(GetParam().line) + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    EventJson, Forms,
    testing::Values(
        Form{
            sample_run_started(),
            R"({"arguments":["--category","Core.Network"],"categories":["Core.Network"],"cluster":{"cni":"Calico","context":"practice","kubernetes_version":"v1.36.3",)"
            R"("linux_nodes_open":1,"linux_nodes_ready":3,"node_kinds":[{"build":"10.0.20348","container_runtime":"containerd://1.7.27","kubelet":"v1.36.3","nodes":2,"os":"windows","os_image":"Windows Server 2022"}],"nodes":[{"build":"10.0.20348","name":"win-0","os":"windows"}],"server":"https://127.0.0.1:6443","uid":"5f1c0a2e-kube-system","windows_nodes_ready":2,"windows_taints":["os=windows:NoSchedule"]},"event":"run_started","evidence_lacks":["--no-evidence was given"],)"
            R"("flaky_fails":true,"jobs":4,"labels":{"build":"20348"},"node_selector":{"pool":"win"},"placement":"policy","plan":{"cases":[{"command":["./e2e.test","--ginkgo.focus=a b"],)"
            R"("not_run":"disruptive","not_run_detail":"needs --allow-disruptive","part":true,"same_as":"core-network-names","serial":true,)"
            R"("specs":[{"file":"test/e2e/network/dns.go","line":152,"name":"[sig-network] DNS should work","ordered":true}],)"
            R"("test":{"category":"Core.Network","description":"Names resolve","expect":2,)"
            R"("focus":["should provide DNS","\\[sig-network\\]"],"id":"core-network-dns","images":["agnhost"],)"
            R"("impact":"starves",)"
            R"("kep":"Core.Network.3","kubernetes_versions":["v1.36.3-alpha.1"],"missing":"headless services",)"
            R"("needs":["internet"],"place":{"column":5,"file":"spec.yaml","line":3},"placement":"mixed",)"
            R"("proves":"part","serial":true,"skip":["IPv6"],"skip_providers":["gce"],"suite":"e2e_node",)"
            R"("timeout":300000},"timeout":3600000}],"notes":["a note"],"suites":[{"build":"17:4.5","description":"Kubernetes e2e suite","name":"e2e","path":"./e2e.test","version":"v1.36.3"}]},)"
            R"("process":{"boot":"b00t","host":"build-7","pid":4711,"pid_namespace":"pid:[4026531836]","start_ticks":99},)"
            R"("provider":"azure","run_id":"0123456789abcdef","shard":{"count":4,"number":2},"time":"2026-01-31T08:15:30.123Z",)"
            R"("tool_version":"0.1.0","version":1,"whole_categories":false})"},
        Form{
            sample_case_started(),
            R"({"attempt":2,"event":"case_started","id":"core-network-dns","pid":4711,)"
            R"("pid_start":999999999999999,"slot":3,"specs":["[sig-network] DNS should work"],"time":"2026-01-31T08:15:31.123Z"})"},
        Form{
            sample_run_resumed(),
            R"({"event":"run_resumed","flaky_fails":true,"jobs":3,"labels":{"pool":"b"},"process":{"boot":"b00t","host":"build-7","pid":4712,)"
            R"("pid_namespace":"pid:[4026531836]","start_ticks":100},"time":"2026-01-31T08:15:31.123Z","tool_version":"0.1.1"})"},
        Form{sample_e2e_run_started(),
             R"({"attempt":2,"e2e_run":"0b7e4f7e-5f0c-4f43-9f0e-0d8c1c1f0a11","event":"e2e_run_started",)"
             R"("id":"core-network-dns","time":"2026-01-31T08:15:32.123Z"})"},
        Form{
            sample_case_finished(),
            R"({"attempt":2,"duration":8001,"event":"case_finished","id":"core-network-dns","result":{)"
            R"("detail":"last lines","e2e_run":"0b7e4f7e-5f0c-4f43-9f0e-0d8c1c1f0a11","exit":{"code":1,"signal":15},"leaked":true,"namespaces":["dns-4711"],"outcome":"timed_out",)"
            R"("reason":"its time was up","specs":[{"duration":1500,)"
            R"("failure":"[TIMEDOUT] too slow\n\tin \"dns.go\" ä","log_offset":99,"message":"[TIMEDOUT] too slow",)"
            R"("pods":{"incomplete":true,"nodes":[{"node":{"build":"10.0.20348","name":"win-0","os":"windows"},"pods":2}],)"
            R"("unscheduled":1,"warnings":[{"message":"0/4 nodes are available","object":"pod/x",)"
            R"("reason":"FailedScheduling"}]},)"
            R"("spec":{"file":"test/e2e/network/dns.go","line":152,"name":"[sig-network] DNS should work","ordered":false},)"
            R"("status":"timed_out"}]},"time":"2026-01-31T08:15:39.123Z"})"},
        Form{
            sample_stop(),
            R"({"detail":"its time, 2h, is up","event":"stop_requested","reason":"time_limit","signal":15,"time":"2026-01-31T08:15:40.123Z"})"},
        Form{sample_run_finished(),
             R"({"duration":11000,"event":"run_finished","stopped_by":15,"time":"2026-01-31T08:15:41.123Z"})"},
        Form{sample_evidence_lacks(), R"({"event":"evidence_lacks","time":"2026-01-31T08:15:35.123Z",)"
                                      R"("why":"pods could not be watched: forbidden"})"},
        Form{sample_namespaces_left(),
             R"({"event":"namespaces_left","namespaces":[{"case_id":"core-network-dns","name":"dns-4711"}],)"
             R"("time":"2026-01-31T08:15:42.123Z"})"}));

TEST(EventJson, ReadsEveryFieldOfAResult) {
  const auto event = parse_event(to_json_line(sample_case_finished()));
  EXPECT_EQ(std::get<model::CaseFinished>(event.value()).result, sample_case_finished().result);
}

TEST(EventJson, WritesAbsentValuesAsNull) {
  EXPECT_EQ(to_json_line(model::RunFinished{sample_time(0), {}, std::nullopt}),
            "{\"duration\":0,\"event\":\"run_finished\",\"stopped_by\":null,\"time\":\"2026-01-31T08:15:30.123Z\"}\n");
}

TEST(EventJson, ReplacesBytesThatAreNotUtf8) {
  model::RunStarted event;
  event.plan.suites = {{.name = "e2e", .path = "a\xff", .version = ""}};
  EXPECT_NE(to_json_line(event).find("\"path\":\"a\xEF\xBF\xBD\""), std::string::npos);
}

TEST(EventJson, IgnoresUnknownKeysAndLeavesDefaultsForAbsentOnes) {
  const auto event = parse_event(R"({"event":"case_started","id":"a","colour":"red"})");
  const auto& started = std::get<model::CaseStarted>(event.value());
  EXPECT_EQ(started.id, "a");
  EXPECT_EQ(started.attempt, 1);
}

TEST(EventJson, ReadsWhatWasWrittenBeforeAnybodyWatchedPods) {
  const auto start = parse_event(R"({"event":"run_started","version":1,"cluster":{"context":"practice"}})");
  const auto& started = std::get<model::RunStarted>(start.value());
  EXPECT_TRUE(started.evidence_lacks.empty());
  EXPECT_TRUE(started.cluster.nodes.empty());
  EXPECT_EQ(started.placement, "");
  const auto end = parse_event(
      R"({"event":"case_finished","result":{"outcome":"passed","specs":[{"spec":{"name":"s"},"status":"passed"}]}})");
  const auto& finished = std::get<model::CaseFinished>(end.value());
  EXPECT_EQ(finished.result.specs.at(0).pods, std::nullopt);
  EXPECT_EQ(finished.result.e2e_run, "");
}

TEST(EventJson, PassesOverUnknownKindsOfEvents) {
  EXPECT_FALSE(parse_event(R"({"event":"case_paused","id":"a"})").has_value());
}

struct BadLine {
  const char* line;
  const char* message;
};

std::ostream& operator<<(std::ostream& out, const BadLine& bad) {
  return out << bad.line;
}

class BadLines : public testing::TestWithParam<BadLine> {};

TEST_P(BadLines, AreRefused) {
  try {
    (void)parse_event(GetParam().line);
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_STREQ(error.what(), GetParam().message);
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
  }
}

INSTANTIATE_TEST_SUITE_P(
    EventJson, BadLines,
    testing::Values(
        BadLine{"", "not a JSON object"}, BadLine{"{\"event\":", "not a JSON object"},
        BadLine{"[]", "not a JSON object"}, BadLine{"{}", "not an event: key 'event' not found"},
        BadLine{R"({"event":7})", "not an event: type must be string, but is number"},
        BadLine{R"({"event":"stop_requested","signal":"x"})", "not an event: type must be number, but is string"},
        BadLine{R"({"event":"stop_requested","time":"noon"})", "not an event: unknown value 'noon'"},
        BadLine{R"({"event":"case_finished","result":{"outcome":"great"}})", "not an event: unknown value 'great'"},
        BadLine{R"({"event":"run_finished","duration":1e300})",
                "not an event: a number that isn't whole, or is above 10^15"},
        BadLine{R"({"event":"run_finished","duration":1.5})",
                "not an event: a number that isn't whole, or is above 10^15"},
        BadLine{R"({"event":"run_finished","duration":9223372036854775807})",
                "not an event: a number that isn't whole, or is above 10^15"},
        BadLine{R"({"event":"run_finished","duration":-1000000000000001})",
                "not an event: a number that isn't whole, or is above 10^15"},
        BadLine{R"({"event":"run_started","version":2})",
                "written in version 2 of the format; this op-readiness reads version 1"}));

}  // namespace
}  // namespace opready::record
