// SPDX-License-Identifier: Apache-2.0
// Keeps a policy in the cluster that acts on the runs of e2e.test which are under way.
#include "opready/cluster/policy_placer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/cluster/placement_policy.hpp"

#include "placement_spec.hpp"
#include "placer_base.hpp"

namespace opready::cluster {
namespace {

PlacementRules rules_for(model::Placement placement, const PolicyGround& ground) {
  PlacementRules rules;
  rules.to_windows = placement == model::Placement::windows;
  rules.node_selector = ground.node_selector;
  const std::vector<Node> nodes = windows_nodes(ground.nodes, ground.node_selector);
  if (placement != model::Placement::none) {
    rules.tolerated = lasting_taints(nodes);
  }
  for (const Node& node : nodes) {
    rules.windows_nodes.push_back(node.name);
    const auto host = node.labels.find("kubernetes.io/hostname");
    if (host != node.labels.end() && host->second != node.name) {
      rules.windows_nodes.push_back(host->second);
    }
  }
  return rules;
}

/// The API server acts by a policy about a second after it was stored. So a probe pod is created as a dry run until
/// the policy that acts on it has the generation that is waited for.
class PolicyPlacer final : public PlacerBase {
 public:
  PolicyPlacer(const PlacerContext& context, const Owner& owner, PolicyGround ground, const PlacerTimes& times)
      : PlacerBase(context, owner, times), ground_(std::move(ground)), name_(placement_name(owner.run)) {}

 private:
  void prepare(model::Placement placement) override { rules_ = rules_for(placement, ground_); }

  void make_record(Done done) override {
    asker().send("create", "/api/v1/namespaces", probe_namespace_manifest(fresh_record()),
                 [this, done = std::move(done)](const ClusterAnswer& answer) {
                   done(answer.ok() ? "" : fmt::format("cannot make the namespace '{}': {}", name_, answer.failure));
                 });
  }

  void write_state(bool changed, Done done) override {
    const bool make = changed && rules_.change_pods() && !has_policy_;
    const bool change = changed && rules_.change_pods() && has_policy_;
    const bool remove = changed && !rules_.change_pods() && has_policy_;
    const auto all = joined(make               ? 3
                            : change || remove ? 2
                                               : 1,
                            [this, remove, done](const std::string& failure) {
                              has_policy_ = has_policy_ && !(remove && failure.empty());
                              done(failure.empty() ? "" : "cannot set up the admission policy: " + failure);
                            });
    asker().patch({"namespace", name_}, record_patch(fresh_record()), all);
    if (make) {
      // Also where it's only about to be made: `undo` must think of it.
      has_policy_ = true;
      const std::string paths = kPolicyPaths;
      asker().send("create", paths + "mutatingadmissionpolicies",
                   policy_manifest(record_, rules_, {live_, generation_}), all);
      asker().send("create", paths + "mutatingadmissionpolicybindings", binding_manifest(record_), all);
    } else if (change) {
      asker().patch({"mutatingadmissionpolicy", name_}, policy_patch(run(), rules_, {live_, generation_}), all);
    } else if (remove) {
      // The next cases have other ids, so that nobody has to wait until the API server acts on it.
      asker().ask(deletion(policy_objects()), all);
    }
  }

  void on_written() override {
    if (up_to_date()) {
      end_begin("");
    }
    pause_ = times_.first_pause;
    has_policy_ ? probe() : admissions_.admit_up_to(written_);
  }

  void undo(Done done) override {
    // The record goes last: as long as it stands, `repair` knows what there may be.
    std::vector<std::string> objects = has_policy_ ? policy_objects() : std::vector<std::string>();
    objects.push_back("namespace/" + name_);
    asker().ask(deletion(objects), [done = std::move(done)](const ClusterAnswer& answer) {
      done(answer.ok() ? "" : "cannot remove the admission policy: " + answer.failure);
    });
  }

  void probe() {
    if (probing_ || written_ <= seen_ || !admissions_.awaits_up_to(written_)) {
      return;
    }
    probing_ = true;
    asker().send("create", fmt::format("/api/v1/namespaces/{}/pods?dryRun=All", name_), probe_pod_manifest(),
                 [this](const ClusterAnswer& answer) {
                   probing_ = false;
                   judge_probe(answer);
                 });
  }

  void judge_probe(const ClusterAnswer& answer) {
    timers_.cancel(probe_timer_);
    probe_timer_ = timers_.after(pause_, [this] { probe(); });
    pause_ = std::min(2 * pause_, times_.longest_pause);
    const ProbeAnswer pod = read_probe(answer.text);
    if (!answer.ok()) {
      admissions_.set_obstacle("cannot try the admission policy: " + answer.failure);
    } else if (pod.generation < written_) {
      admissions_.set_obstacle("the API server doesn't act by the admission policy yet");
    } else if (rules_.to_windows && !pod.to_windows) {
      admissions_.set_obstacle("the admission policy acts, but something else keeps pods from being sent to Windows");
      return;
    }
    if (pod.generation > seen_) {
      seen_ = pod.generation;
      ground_.api_servers == 1 ? admissions_.admit_up_to(seen_) : admit_after_settling(seen_);
    }
  }

  /// The other API servers act by it then, too.
  void admit_after_settling(std::uint64_t generation) {
    timers_.after(times_.settling, [this, generation] { admissions_.admit_up_to(generation); });
  }

  [[nodiscard]] std::vector<std::string> policy_objects() const {
    return {"mutatingadmissionpolicybinding/" + name_, "mutatingadmissionpolicy/" + name_};
  }

  static std::vector<std::string> deletion(std::vector<std::string> objects) {
    objects.insert(objects.begin(), "delete");
    objects.insert(objects.end(), {"--ignore-not-found", "--wait=false", "-o", "name"});
    return objects;
  }

  PolicyGround ground_;
  std::string name_;
  PlacementRules rules_;
  bool has_policy_ = false;
  bool probing_ = false;
  process::EventLoop::TimerId probe_timer_ = 0;
  std::chrono::milliseconds pause_{};
  std::uint64_t seen_ = 0;  ///< Of the policy by which the API server was seen to act.
};

}  // namespace

std::unique_ptr<Placer> make_policy_placer(const PlacerContext& context, const Owner& owner, PolicyGround ground,
                                           const PlacerTimes& times) {
  return std::make_unique<PolicyPlacer>(context, owner, std::move(ground), times);
}

}  // namespace opready::cluster
