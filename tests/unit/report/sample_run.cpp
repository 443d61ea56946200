// SPDX-License-Identifier: Apache-2.0
// Builds the sample run.
#include "sample_run.hpp"

#include <chrono>
#include <utility>

namespace opready::report::testing {
namespace {

using namespace std::chrono_literals;
using model::NotRun;
using model::Outcome;
using model::SpecStatus;

void set_not_run(model::PlannedCase& planned, NotRun reason, const std::string& detail) {
  planned.not_run = reason;
  planned.not_run_detail = detail;
}

model::PlannedCase dns() {
  model::PlannedCase planned = sample_case("Core.Network", "core-network-dns", 2);
  planned.test.kep = "Core.Network.3";
  planned.test.proves = model::Proves::part;
  planned.test.missing = "names of headless services";
  planned.test.placement = model::Placement::windows;
  planned.test.needs = {"internet"};
  planned.test.images = {"agnhost"};
  planned.test.expect = 2;
  planned.specs = {{"[sig-network] DNS should provide DNS for services [Conformance]", "test/e2e/network/dns.go", 152},
                   {"[sig-network] DNS should resolve \xC3\xBC\x1b[31mber", "", 0}};
  return planned;
}

model::PlannedCase reboot() {
  model::PlannedCase planned = sample_case("Core.Scheduling", "core-scheduling-reboot", 1);
  planned.test.impact = model::Impact::reboots;
  planned.serial = true;
  planned.test.timeout = 2h;
  set_not_run(planned, NotRun::disruptive, "it reboots nodes");
  return planned;
}

model::PlannedCase dead() {
  model::PlannedCase planned = sample_case("Core.Network", "core-network-recreated", 0);
  planned.test.focus = {"delete and recreate services"};
  planned.test.skip = {"\\[LinuxOnly\\]"};
  planned.command.clear();
  set_not_run(planned, NotRun::selects_nothing, "its focus and skip select none of the 7407 specs of e2e.test v1.36.3");
  return planned;
}

model::PlannedCase without_specs(const std::string& id, NotRun reason, const std::string& detail) {
  model::PlannedCase planned = sample_case("Extend.HostProcess", id, 0);
  planned.command.clear();
  set_not_run(planned, reason, detail);
  return planned;
}

model::SpecResult spec_result(const model::Spec& spec, SpecStatus status, const std::string& failure = "") {
  return {spec, status, 3s, failure.substr(0, failure.find('\n')), failure, std::nullopt};
}

model::CaseResult passed(const model::PlannedCase& planned) {
  model::CaseResult result;
  result.outcome = Outcome::passed;
  for (const model::Spec& spec : planned.specs) {
    result.specs.push_back(spec_result(spec, SpecStatus::passed));
  }
  return result;
}

model::CaseResult dns_failed(const model::PlannedCase& planned) {
  model::CaseResult result;
  result.outcome = Outcome::failed;
  result.reason = "1 of 2 specs failed";
  result.leaked = true;
  result.specs = {spec_result(planned.specs[0], SpecStatus::failed,
                              "[FAILED] timed out waiting for the pod to run\n\nline 2\nline 3\nline 4\nline 5\nline "
                              "6\nline 7\nline 8\n"),
                  spec_result(planned.specs[1], SpecStatus::passed)};
  return result;
}

model::CaseResult crashed() {
  model::CaseResult result;
  result.outcome = Outcome::crashed;
  result.reason = "e2e.test was killed by SIGSEGV";
  result.detail = "early\nline 1\nline 2\nline 3\nline 4\nline 5\nSIGSEGV: segmentation violation\n";
  result.exit.signal = 11;
  return result;
}

model::CaseResult skipped(const model::PlannedCase& planned) {
  model::CaseResult result;
  result.outcome = Outcome::skipped;
  result.reason = "every spec skipped itself: needs a GPU";
  result.specs = {spec_result(planned.specs[0], SpecStatus::skipped)};
  return result;
}

model::PlannedCase placed_case(const std::string& category, const std::string& id, model::Placement placement) {
  model::PlannedCase planned = sample_case(category, id, 1);
  planned.test.placement = placement;
  return planned;
}

model::PodsOnNode pods_on(const std::string& node, const std::string& os, int pods) {
  return {{node, os, os == "windows" ? "10.0.20348" : ""}, pods};
}

/// The result of a case whose only spec ended with `status`.
model::CaseResult watched(Outcome outcome, const std::string& reason, SpecStatus status, const std::string& failure,
                          model::SpecPods pods) {
  model::CaseResult result;
  result.outcome = outcome;
  result.reason = reason;
  result.specs = {{{"[sig-x] a spec", "test/e2e/x.go", 7}, status, 3s, reason, failure, std::nullopt, std::move(pods)}};
  return result;
}

}  // namespace

base::Timestamp sample_time() {
  return std::chrono::sys_days{std::chrono::January / 31 / 2026} + 8h + 15min + 30s + 123ms;
}

model::PlannedCase sample_case(const std::string& category, const std::string& id, int specs) {
  model::PlannedCase planned;
  planned.test.id = id;
  planned.test.category = category;
  planned.test.description = "What " + id + " is about";
  planned.test.focus = {"\\[sig-x\\] " + id};
  planned.timeout = 1h;
  planned.command = {"e2e.test", "--kubeconfig", "/tmp/my config", "--ginkgo.focus=\\[sig-x\\] " + id};
  for (int number = 1; number <= specs; ++number) {
    planned.specs.push_back({"[sig-x] " + id + " spec " + std::to_string(number), "test/e2e/x.go", 10 * number});
  }
  return planned;
}

model::RunStarted sample_start() {
  model::RunStarted start;
  start.time = sample_time();
  start.run_id = "0123456789abcdef";
  start.tool_version = "0.1.0";
  start.cluster = {"practice", "https://127.0.0.1:6443", "v1.36.3", 2, 2, 2};
  start.provider = "local";
  start.jobs = 2;
  start.categories = {"Core.Network", "Core.Scheduling", "Extend.HostProcess"};
  start.plan.suites = {{.name = "e2e", .path = "./e2e.test", .version = "v1.36.3"}};
  model::PlannedCase unexpected = sample_case("Core.Network", "core-network-pods", 3);
  unexpected.test.expect = 1;
  start.plan.cases = {
      dns(),
      unexpected,
      dead(),
      sample_case("Core.Network", "core-network-crash", 1),
      sample_case("Core.Scheduling", "core-scheduling-gpu", 1),
      reboot(),
      sample_case("Core.Scheduling", "core-scheduling-flaky", 1),
      without_specs("extend-hostprocess-new", NotRun::other_version, "only for Kubernetes 1.40 and newer"),
      without_specs("extend-hostprocess-none", NotRun::no_upstream_spec, "nobody tests joining a domain")};
  return start;
}

model::CaseStarted started(const std::string& id, int attempt) {
  model::CaseStarted event;
  event.time = sample_time();
  event.id = id;
  event.attempt = attempt;
  return event;
}

model::CaseFinished finished(const std::string& id, std::chrono::milliseconds duration, model::CaseResult result,
                             int attempt) {
  return {sample_time(), id, attempt, duration, std::move(result)};
}

model::RunRecord sample_record() {
  const model::RunStarted start = sample_start();
  const auto& cases = start.plan.cases;
  model::CaseResult flaked;
  flaked.outcome = Outcome::failed;
  flaked.reason = "its spec failed";
  flaked.specs = {spec_result(cases[6].specs[0], SpecStatus::failed, "[FAILED] no node had room")};
  model::RunRecord record;
  const std::vector<model::Event> events = {
      start,
      started("core-network-dns"),
      finished("core-network-dns", 42s, dns_failed(cases[0])),
      started("core-network-pods"),
      finished("core-network-pods", 3min, passed(cases[1])),
      started("core-network-crash"),
      finished("core-network-crash", 1200ms, crashed()),
      started("core-scheduling-gpu"),
      finished("core-scheduling-gpu", 5s, skipped(cases[4])),
      started("core-scheduling-flaky"),
      finished("core-scheduling-flaky", 10s, flaked),
      started("core-scheduling-flaky", 2),
      finished("core-scheduling-flaky", 12s, passed(cases[6]), 2),
      model::RunFinished{sample_time(), 185s, std::nullopt},
  };
  for (const model::Event& event : events) {
    model::apply(record, event);
  }
  return record;
}

model::RunRecord evidence_record() {
  using model::Placement;
  model::RunStarted start = sample_start();
  start.categories = {"Core.Network", "Core.Scheduling"};
  start.plan.cases = {placed_case("Core.Network", "core-network-dns", Placement::windows),
                      placed_case("Core.Network", "core-network-services", Placement::windows),
                      placed_case("Core.Scheduling", "core-scheduling-image", Placement::own),
                      placed_case("Core.Scheduling", "core-scheduling-taint", Placement::own),
                      placed_case("Core.Scheduling", "core-scheduling-quota", Placement::none)};
  model::RunRecord record;
  const std::vector<model::Event> events = {
      start,
      started("core-network-dns"),
      finished("core-network-dns", 42s,
               watched(Outcome::passed, "", SpecStatus::passed, "",
                       {.nodes = {pods_on("win-0", "windows", 1), pods_on("win-1", "windows", 1)}})),
      started("core-network-services"),
      finished("core-network-services", 20s,
               watched(Outcome::unproven, "it passed, but a pod ran on linux-0 (linux), not on Windows",
                       SpecStatus::unproven, "unproven: it passed, but a pod ran on linux-0 (linux), not on Windows",
                       {.nodes = {pods_on("linux-0", "linux", 2), pods_on("win-0", "windows", 1)}})),
      started("core-scheduling-image"),
      finished(
          "core-scheduling-image", 5min,
          watched(Outcome::could_not_test, "the image of its pod web-0 could not be had: ErrImagePull",
                  SpecStatus::could_not_test,
                  "could not test: the image of its pod web-0 could not be had: ErrImagePull\n\n[FAILED] timed out",
                  {.nodes = {pods_on("win-0", "windows", 1)},
                   .warnings = {{"Failed", "pod/web-0", "Failed to pull image \"agnhost\": no such host"}}})),
      started("core-scheduling-taint"),
      finished("core-scheduling-taint", 5min,
               watched(Outcome::failed, "1 of 1 specs failed", SpecStatus::failed, "[FAILED] timed out\nafter 5m",
                       {.unscheduled = 2,
                        .incomplete = true,
                        .warnings = {{"FailedScheduling", "pod/gmsa",
                                      "0/4 nodes are available: 2 node(s) had untolerated taint {os: windows}"}}})),
      started("core-scheduling-quota"),
      finished("core-scheduling-quota", 1s, watched(Outcome::passed, "", SpecStatus::passed, "", {})),
      model::EvidenceLacks{sample_time(), "events could not be watched: forbidden"},
      model::RunFinished{sample_time(), 185s, std::nullopt},
  };
  for (const model::Event& event : events) {
    model::apply(record, event);
  }
  return record;
}

}  // namespace opready::report::testing
