// SPDX-License-Identifier: Apache-2.0
// Keeps a taint on the Linux nodes while cases run that mean Windows.
#include "opready/cluster/taint_placer.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "json_text.hpp"
#include "ownership_json.hpp"
#include "placer_base.hpp"
#include "taint_patch.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

/// A node that changes while it's patched is read and patched again, in the next round.
constexpr int kRounds = 5;
constexpr std::size_t kPatchesAtOnce = 4;

struct NodePatch {
  std::string node;
  std::string patch;
};

std::string lease_path() {
  return fmt::format("/apis/coordination.k8s.io/v1/namespaces/{}/leases", kPlacementLeaseNamespace);
}

class TaintPlacer final : public PlacerBase {
 public:
  TaintPlacer(const PlacerContext& context, const Owner& owner, const PlacerTimes& times)
      : PlacerBase(context, owner, times) {}

 private:
  void prepare(model::Placement placement) override {
    taints_wanted_ = placement == model::Placement::windows;
    phase_ = Phase::recording;
  }

  /// Whoever creates the Lease has it: only one can.
  void make_record(Done done) override {
    const Json lease = {{"apiVersion", "coordination.k8s.io/v1"},
                        {"kind", "Lease"},
                        {"metadata", owned_metadata(kPlacementLease, fresh_record())},
                        {"spec", {{"holderIdentity", describe(record_.owner)}}}};
    asker().send("create", lease_path(), lease.dump(), [this, done = std::move(done)](const ClusterAnswer& answer) {
      if (answer.ok()) {
        lease_uid_ = text_at(Json::parse(answer.text, nullptr, false), "/metadata/uid");
        done("");
      } else {
        name_holder(answer.failure, done);
      }
    });
  }

  void name_holder(const std::string& failure, const Done& done) {
    get_lease([failure, done](const ClusterAnswer& answer) {
      const auto holder = read_record(Json::parse(answer.text, nullptr, false));
      done(holder ? fmt::format("another run of op-readiness has tainted this cluster's Linux nodes: {}, last heard of "
                                "at {}",
                                describe(holder->owner), base::rfc3339(holder->heartbeat))
                  : fmt::format("cannot make the Lease '{}' in {}: {}", kPlacementLease, kPlacementLeaseNamespace,
                                failure));
    });
  }

  void write_state(bool /*changed*/, Done done) override {
    Json patch = {{"metadata", {{"annotations", changing_annotations(fresh_record())}}}};
    patch["metadata"]["uid"] = lease_uid_;  // Fails where the Lease is somebody else's by now.
    asker().patch({"lease", kPlacementLease, "--namespace", kPlacementLeaseNamespace}, patch.dump(),
                  [done = std::move(done)](const ClusterAnswer& answer) {
                    done(answer.ok() ? "" : "cannot write the run's Lease: " + answer.failure);
                  });
  }

  void on_written() override {
    admissions_.admit_up_to(written_);
    if (!is_beginning() || !up_to_date()) {
      return;
    }
    if (phase_ == Phase::recording) {
      phase_ = Phase::tainting;
      change_nodes(kRounds, [this](const std::string& failure) { end_begin(failure); });
    } else if (recorded_) {
      std::exchange(recorded_, nullptr)();
    }
  }

  void undo(Done done) override {
    taints_wanted_ = false;
    change_nodes(kRounds, [this, done = std::move(done)](const std::string& failure) {
      failure.empty() ? remove_lease(done) : done(failure);
    });
  }

  /// Reads the nodes and changes those that aren't as they should be, until all are.
  void change_nodes(int rounds, Done done) {
    if (!taints_wanted_ && record_.nodes.empty()) {
      timers_.after(std::chrono::milliseconds(0), [done = std::move(done)] { done(""); });
      return;
    }
    asker().ask({"get", "nodes", "-o", "json"}, [this, rounds, done = std::move(done)](const ClusterAnswer& answer) {
      const Json list = Json::parse(answer.text, nullptr, false);
      if (!answer.ok() || !list.is_object() || !list.contains("items")) {
        done("cannot read the nodes: " + (answer.ok() ? "kubectl printed no list" : answer.failure));
        return;
      }
      queue_.clear();
      for (const Json& node : list.at("items")) {
        if (const auto patch = taints_wanted_ ? tainting_patch(node, run()) : untainting_patch(node, run())) {
          queue_.push_back({text_at(node, "/metadata/name"), *patch});
        }
      }
      change_queued(rounds, done);
    });
  }

  void change_queued(int rounds, const Done& done) {
    if (queue_.empty()) {
      if (!taints_wanted_) {
        record_.nodes.clear();
      }
      done("");
    } else if (rounds == 0) {
      done(fmt::format("cannot change the taints of node '{}': {}", queue_.front().node, patch_failure_));
    } else if (taints_wanted_) {
      for (const NodePatch& patch : queue_) {
        if (std::find(record_.nodes.begin(), record_.nodes.end(), patch.node) == record_.nodes.end()) {
          record_.nodes.push_back(patch.node);
        }
      }
      recorded_ = [this, rounds, done] { patch_queued(rounds, done); };
      ++generation_;
      write();
    } else {
      patch_queued(rounds, done);
    }
  }

  void patch_queued(int rounds, const Done& done) {
    next_ = 0;
    patching_ = std::min(queue_.size(), kPatchesAtOnce);
    for (std::size_t i = patching_; i > 0; --i) {
      patch_next(rounds, done);
    }
  }

  void patch_next(int rounds, const Done& done) {
    if (next_ == queue_.size()) {
      if (--patching_ == 0) {
        change_nodes(rounds - 1, done);
      }
      return;
    }
    const NodePatch& change = queue_[next_++];
    asker().patch({"node", change.node}, change.patch, [this, rounds, done](const ClusterAnswer& answer) {
      patch_failure_ = answer.ok() ? patch_failure_ : answer.failure;
      patch_next(rounds, done);
    });
  }

  void get_lease(ClusterAsker::OnAnswer on_answer) {
    asker().ask(
        {"get", "lease", kPlacementLease, "--namespace", kPlacementLeaseNamespace, "--ignore-not-found", "-o", "json"},
        std::move(on_answer));
  }

  /// Only if it's this run's: it may have been repaired away, and be another's now.
  void remove_lease(const Done& done) {
    get_lease([this, done](const ClusterAnswer& answer) {
      const Json lease = Json::parse(answer.text, nullptr, false);
      const auto holder = read_record(lease);
      if (!answer.ok() || !holder || holder->owner.run != run()) {
        done(answer.ok() ? "" : "cannot read the run's Lease: " + answer.failure);
        return;
      }
      asker().send("delete", fmt::format("{}/{}", lease_path(), kPlacementLease),
                   deletion_of(text_at(lease, "/metadata/uid")), [done](const ClusterAnswer& deleted) {
                     done(deleted.ok() ? "" : "cannot remove the run's Lease: " + deleted.failure);
                   });
    });
  }

  enum class Phase { recording, tainting };

  bool taints_wanted_ = false;
  Phase phase_ = Phase::recording;
  std::string lease_uid_;
  std::vector<NodePatch> queue_;
  std::size_t next_ = 0;      ///< Of `queue_`.
  std::size_t patching_ = 0;  ///< How many are being patched.
  std::string patch_failure_;
  std::function<void()> recorded_;  ///< What follows when the names of the nodes are written down.
};

}  // namespace

std::unique_ptr<Placer> make_taint_placer(const PlacerContext& context, const Owner& owner, const PlacerTimes& times) {
  return std::make_unique<TaintPlacer>(context, owner, times);
}

}  // namespace opready::cluster
