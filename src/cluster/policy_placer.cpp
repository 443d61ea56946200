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

  void make_record(Told done) override {
    asker().put(record_request(), false, [this, done = std::move(done)](const ClusterAnswer& answer) {
      done(failure_of(answer, fmt::format("make the namespace '{}'", name_)));
    });
  }

  void write_state(bool changed, Told done) override {
    const Told all = joined(changed ? 2 : 1, std::move(done));
    asker().put(record_request(), true,
                [all](const ClusterAnswer& answer) { all(failure_of(answer, "write the run's record")); });
    if (changed && rules_.change_pods()) {
      write_policy(all);
    } else if (changed) {
      // The next cases have other ids, so that nobody has to wait until the API server acts on it.
      remove_policy(all);
    }
  }

  void on_written() override {
    if (up_to_date()) {
      end_begin("");
    }
    pause_ = times_.first_pause;
    rules_.change_pods() ? probe() : admissions_.admit_up_to(written_);
  }

  void undo(Told done) override {
    // The record goes last: as long as it stands, `repair` knows what there may be.
    remove_policy([this, done = std::move(done)](const Failure& failure) {
      if (!failure.none()) {
        done(failure);
        return;
      }
      remove({"namespace/" + name_}, [this, done](const ClusterAnswer& answer) {
        done(failure_of(answer, fmt::format("remove the namespace '{}'", name_)));
      });
    });
  }

  void write_policy(const Told& done) {
    const PutRequest request = {.path = std::string(kPolicyPaths) + "mutatingadmissionpolicies",
                                .manifest = policy_manifest(record_, rules_, {live_, generation_}),
                                .object = {"mutatingadmissionpolicy", name_},
                                .patch = policy_patch(run(), rules_, {live_, generation_})};
    const bool expected = std::exchange(may_have_policy_, true);
    asker().put(request, expected, [this, expected, done](const ClusterAnswer& answer) {
      has_binding_ = has_binding_ && !answer.created;  // Who removed the one has removed the other.
      // Who may not make it may not remove it either, most likely; and there is none.
      may_have_policy_ = expected || answer.objection != Objection::forbidden;
      if (answer.ok() && !has_binding_) {
        write_binding(done);
      } else {
        done(failure_of(answer, "set up the admission policy"));
      }
    });
  }

  void write_binding(const Told& done) {
    const std::string manifest = binding_manifest(record_);
    const PutRequest request = {.path = std::string(kPolicyPaths) + "mutatingadmissionpolicybindings",
                                .manifest = manifest,
                                .object = {"mutatingadmissionpolicybinding", name_},
                                .patch = manifest};
    asker().put(request, false, [this, done](const ClusterAnswer& answer) {
      has_binding_ = answer.ok();
      done(failure_of(answer, "bind the admission policy"));
    });
  }

  void remove_policy(const Told& done) {
    if (!may_have_policy_) {
      done({});
      return;
    }
    has_binding_ = false;
    remove({"mutatingadmissionpolicybinding/" + name_, "mutatingadmissionpolicy/" + name_},
           [this, done](const ClusterAnswer& answer) {
             may_have_policy_ = !answer.ok();
             done(failure_of(answer, "remove the admission policy"));
           });
  }

  void remove(std::vector<std::string> objects, ClusterAsker::OnAnswer on_answer) {
    objects.insert(objects.begin(), "delete");
    objects.insert(objects.end(), {"--ignore-not-found", "--wait=false", "-o", "name"});
    asker().ask(std::move(objects), std::move(on_answer));
  }

  PutRequest record_request() {
    const OwnerRecord& record = fresh_record();
    return {.path = "/api/v1/namespaces",
            .manifest = probe_namespace_manifest(record),
            .object = {"namespace", name_},
            .patch = record_patch(record)};
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

  PolicyGround ground_;
  std::string name_;
  PlacementRules rules_;
  bool may_have_policy_ = false;  ///< It may be there, if only because an answer was lost.
  bool has_binding_ = false;
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
