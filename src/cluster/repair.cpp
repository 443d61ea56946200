// SPDX-License-Identifier: Apache-2.0
// Reads what is in the cluster, and undoes what is decided.
#include "opready/cluster/repair.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "opready/base/output_directory.hpp"
#include "opready/cluster/kubectl.hpp"
#include "opready/cluster/namespaces.hpp"
#include "opready/cluster/taint_placer.hpp"

#include "placement_spec.hpp"

namespace opready::cluster {
namespace {

constexpr std::chrono::seconds kTimeout{15};
constexpr int kRounds = 3;
constexpr std::size_t kActionsAtOnce = 8;

struct Reading {
  ClusterObjects objects;
  std::vector<std::string> unread;
};

Reading read_objects(const Target& target, const process::Capture& capture) {
  const std::string ours = "?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dop-readiness";
  const std::string policies = kPolicyPaths;
  const auto raw = [&](const std::string& path) { return kubectl(target, {"get", "--raw", path}); };
  const std::vector<process::Captured> answers =
      capture({raw(std::string("/api/v1/namespaces?labelSelector=") + kE2eRunLabel), raw("/api/v1/nodes"),
               raw(fmt::format("/apis/coordination.k8s.io/v1/namespaces/{}/leases{}", kPlacementLeaseNamespace, ours)),
               raw(policies), raw(policies + "mutatingadmissionpolicies" + ours),
               raw(policies + "mutatingadmissionpolicybindings" + ours)},
              kTimeout);
  Reading reading;
  const auto list = [&](std::size_t i) { return answers.at(i).succeeded() ? answers.at(i).out : ""; };
  reading.objects = {
      .policies = list(4), .bindings = list(5), .leases = list(2), .namespaces = list(0), .nodes = list(1)};
  // An older API server has no such policies, and so none of ours.
  const bool serves_policies =
      !answers.at(3).succeeded() || answers.at(3).out.find("\"mutatingadmissionpolicies\"") != std::string::npos;
  constexpr std::array<const char*, 6> kNames = {
      "the namespaces of e2e.test",   "the nodes", "the Leases", "the served resources", "the admission policies",
      "the admission policy bindings"};
  for (std::size_t i = 0; i < (serves_policies ? kNames.size() : 4); ++i) {
    if (!answers.at(i).succeeded()) {
      reading.unread.push_back(fmt::format("cannot read {}: {}", kNames.at(i), failure_text(answers.at(i))));
    }
  }
  return reading;
}

class Executor {
 public:
  Executor(const Target& target, const process::Capture& capture, RepairReport& report)
      : target_(target), capture_(capture), report_(report) {}

  /// Records stay where `all_read` is false: they say what else there may be.
  void execute(const std::vector<RepairAction>& actions, bool all_read) {
    const auto records =
        std::partition_point(actions.begin(), actions.end(), [](const auto& action) { return !action.is_record; });
    std::vector<RepairAction> trials;
    std::copy_if(records, actions.end(), std::back_inserter(trials),
                 [](const RepairAction& action) { return !action.trial.empty(); });
    // A heart that beats changes nothing but the record: so this tells of the rest whether it may go.
    run_all(Step::trial, trials);
    run_all(Step::removal, unhindered({actions.begin(), records}));
    if (all_read) {
      run_all(Step::removal, unhindered({records, actions.end()}));
    }
  }

 private:
  enum class Step { trial, removal };

  [[nodiscard]] std::vector<RepairAction> unhindered(std::vector<RepairAction> actions) const {
    std::erase_if(actions, [&](const RepairAction& action) { return unfinished_.contains(action.run); });
    return actions;
  }

  void run_all(Step step, const std::vector<RepairAction>& actions) {
    for (std::size_t first = 0; first < actions.size(); first += kActionsAtOnce) {
      const std::size_t count = std::min(kActionsAtOnce, actions.size() - first);
      std::vector<std::vector<std::string>> commands;
      for (std::size_t i = first; i < first + count; ++i) {
        commands.push_back(command_of(step, actions[i]));
      }
      const std::vector<process::Captured> answers = capture_(commands, kTimeout);
      for (std::size_t i = 0; i < count; ++i) {
        note(step, actions[first + i], answers.at(i));
      }
    }
  }

  [[nodiscard]] std::vector<std::string> command_of(Step step, const RepairAction& action) {
    const std::string name = std::to_string(++files_) + ".json";
    const std::string& body = step == Step::trial ? action.trial : action.body;
    base::OutputDirectory::create(directory_.path()).create_file(name).append(body);
    const std::string file = (directory_.path() / name).string();
    return action.path.empty()
               ? kubectl(target_, {"patch", "node", action.node, "--type", "merge", "--patch-file", file, "-o", "name"})
               : kubectl(target_, {"delete", "--raw", action.path, "-f", file});
  }

  void note(Step step, const RepairAction& action, const process::Captured& answer) {
    if (!answer.succeeded()) {
      unfinished_.insert(action.run);
      report_.failed.push_back(fmt::format("cannot remove {}: {}", action.what, failure_text(answer)));
    } else if (step == Step::removal) {
      report_.done.push_back("removed " + action.what);
    }
  }

  const Target& target_;
  const process::Capture& capture_;
  RepairReport& report_;
  base::TemporaryDirectory directory_{"op-readiness-repair-"};
  std::size_t files_ = 0;
  std::set<std::string> unfinished_;
};

}  // namespace

RepairPlan find_leftovers(const Target& target, const process::Capture& capture, const Liveness& liveness,
                          const std::optional<OwnerRecord>& only) {
  Reading reading = read_objects(target, capture);
  RepairPlan plan = plan_repair(reading.objects, liveness, only);
  plan.unread = std::move(reading.unread);
  return plan;
}

RepairReport repair(const Target& target, const process::Capture& capture, const Liveness& liveness,
                    const std::optional<OwnerRecord>& only) {
  RepairReport report;
  for (int round = 0; round < kRounds; ++round) {
    RepairPlan plan = find_leftovers(target, capture, liveness, only);
    report.left = std::move(plan.left);
    report.unread = std::move(plan.unread);
    report.failed.clear();
    if (plan.actions.empty()) {
      break;
    }
    Executor(target, capture, report).execute(plan.actions, report.unread.empty());
    if (report.failed.empty()) {
      break;
    }
  }
  return report;
}

}  // namespace opready::cluster
