// SPDX-License-Identifier: Apache-2.0
// One event of each kind, no field of which has its default.
#pragma once

#include "opready/model/event.hpp"

namespace opready::record {

inline base::Timestamp sample_time(int seconds) {
  return base::Timestamp(std::chrono::milliseconds(1769847330123)) + std::chrono::seconds(seconds);
}

inline model::RunStarted sample_run_started() {
  model::TestCase test;
  test.id = "core-network-dns";
  test.category = "Core.Network";
  test.description = "Names resolve";
  test.kep = "Core.Network.3";
  test.proves = model::Proves::part;
  test.missing = "headless services";
  test.focus = {"should provide DNS", "\\[sig-network\\]"};
  test.skip = {"IPv6"};
  test.expect = 2;
  test.needs = {"internet"};
  test.images = {"agnhost"};
  test.placement = model::Placement::mixed;
  test.impact = model::Impact::starves;
  test.timeout = std::chrono::minutes(5);
  test.serial = true;
  test.suite = "e2e_node";
  test.kubernetes_versions = {{1, 36, 3, "alpha.1"}};
  test.skip_providers = {"gce"};
  test.place = {"spec.yaml", 3, 5};

  model::PlannedCase planned;
  planned.test = test;
  planned.specs = {{"[sig-network] DNS should work", "test/e2e/network/dns.go", 152, true}};
  planned.timeout = std::chrono::hours(1);
  planned.serial = true;
  planned.not_run = model::NotRun::disruptive;
  planned.not_run_detail = "needs --allow-disruptive";
  planned.command = {"./e2e.test", "--ginkgo.focus=a b"};
  planned.same_as = "core-network-names";
  planned.part = true;

  model::RunStarted event;
  event.time = sample_time(0);
  event.run_id = "0123456789abcdef";
  event.process = {"build-7", "b00t", "pid:[4026531836]", 4711, 99};
  event.tool_version = "0.1.0";
  event.cluster = {"practice",
                   "https://127.0.0.1:6443",
                   "v1.36.3",
                   2,
                   3,
                   1,
                   {{"win-0", "windows", "10.0.20348"}},
                   {"os=windows:NoSchedule"},
                   "5f1c0a2e-kube-system",
                   {{"windows", "10.0.20348", "Windows Server 2022", "containerd://1.7.27", "v1.36.3", 2}},
                   "Calico"};
  event.plan = {{{.name = "e2e",
                  .path = "./e2e.test",
                  .version = "v1.36.3",
                  .description = "Kubernetes e2e suite",
                  .build = "17:4.5"}},
                {"a note"},
                {planned}};
  event.jobs = 4;
  event.provider = "azure";
  event.labels = {{"build", "20348"}};
  event.categories = {"Core.Network"};
  event.whole_categories = false;
  event.evidence_lacks = {"--no-evidence was given"};
  event.placement = "policy";
  event.node_selector = {{"pool", "win"}};
  event.shard = {2, 4};
  event.flaky_fails = true;
  event.arguments = {"--category", "Core.Network"};
  return event;
}

inline model::RunResumed sample_run_resumed() {
  return {sample_time(1), {"build-7", "b00t", "pid:[4026531836]", 4712, 100}, "0.1.1", 3, {{"pool", "b"}}, true};
}

inline model::CaseStarted sample_case_started() {
  return {sample_time(1), "core-network-dns", 2, 3, 4711, 999999999999999, {"[sig-network] DNS should work"}};
}

inline model::E2eRunStarted sample_e2e_run_started() {
  return {sample_time(2), "core-network-dns", 2, "0b7e4f7e-5f0c-4f43-9f0e-0d8c1c1f0a11"};
}

inline model::CaseFinished sample_case_finished() {
  model::SpecResult spec;
  spec.spec = {"[sig-network] DNS should work", "test/e2e/network/dns.go", 152};
  spec.status = model::SpecStatus::timed_out;
  spec.duration = std::chrono::milliseconds(1500);
  spec.message = "[TIMEDOUT] too slow";
  spec.failure = "[TIMEDOUT] too slow\n\tin \"dns.go\" \xC3\xA4";
  spec.log_offset = 99;
  spec.pods = model::SpecPods{.nodes = {{{"win-0", "windows", "10.0.20348"}, 2}},
                              .unscheduled = 1,
                              .incomplete = true,
                              .warnings = {{"FailedScheduling", "pod/x", "0/4 nodes are available"}}};
  model::CaseFinished event;
  event.time = sample_time(9);
  event.id = "core-network-dns";
  event.attempt = 2;
  event.duration = std::chrono::milliseconds(8001);
  event.result = {.outcome = model::Outcome::timed_out,
                  .reason = "its time was up",
                  .detail = "last lines",
                  .exit = {1, 15},
                  .leaked = true,
                  .e2e_run = "0b7e4f7e-5f0c-4f43-9f0e-0d8c1c1f0a11",
                  .namespaces = {"dns-4711"},
                  .specs = {spec}};
  return event;
}

inline model::StopRequested sample_stop() {
  return {sample_time(10), 15, model::StopReason::time_limit, "its time, 2h, is up"};
}

inline model::RunFinished sample_run_finished() {
  return {sample_time(11), std::chrono::milliseconds(11000), 15};
}

inline model::EvidenceLacks sample_evidence_lacks() {
  return {sample_time(5), "pods could not be watched: forbidden"};
}

inline model::NamespacesLeft sample_namespaces_left() {
  return {sample_time(12), {{"dns-4711", "core-network-dns"}}};
}

}  // namespace opready::record
