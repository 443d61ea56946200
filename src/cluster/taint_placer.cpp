// SPDX-License-Identifier: Apache-2.0
// Keeps a taint on the Linux nodes while cases run that mean Windows.
#include "opready/cluster/taint_placer.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

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

/// One way through all nodes, which are read again after each round of patches.
struct Passage {
  bool taint = false;
  std::function<void(const Failure&)> done;
  int rounds_left = kRounds;
  std::vector<NodePatch> queue;
  std::size_t next = 0;      ///< Of `queue`.
  std::size_t patching = 0;  ///< How many are being patched.
  bool recording = false;    ///< It waits until the names of the nodes are written down.
  ClusterAnswer refusal{.failure = "something else changes it back", .objection = Objection::other};  ///< The last.
  bool was_refused = false;
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
    passage_.reset();
  }

  /// Whoever creates the Lease has it: only one can.
  void make_record(Told done) override {
    const Json lease = {{"apiVersion", "coordination.k8s.io/v1"},
                        {"kind", "Lease"},
                        {"metadata", owned_metadata(kPlacementLease, fresh_record())},
                        {"spec", {{"holderIdentity", describe(record_.owner)}}}};
    asker().send("create", lease_path(), lease.dump(), [this, done = std::move(done)](const ClusterAnswer& answer) {
      answer.ok() ? take_lease(answer, done) : find_holder(answer, done);
    });
  }

  void take_lease(const ClusterAnswer& answer, const Told& done) {
    lease_uid_ = text_at(Json::parse(answer.text, nullptr, false), "/metadata/uid");
    done({});
  }

  /// It may be this run's own: then the answer to its creation was lost.
  void find_holder(const ClusterAnswer& refusal, const Told& done) {
    get_lease([this, refusal, done](const ClusterAnswer& answer) {
      const auto holder = read_record(Json::parse(answer.text, nullptr, false));
      if (!holder) {
        done(failure_of(refusal, fmt::format("make the Lease '{}' in {}", kPlacementLease, kPlacementLeaseNamespace)));
      } else if (holder->owner == record_.owner) {
        take_lease(answer, done);
      } else {
        done({fmt::format("another run of op-readiness has tainted this cluster's Linux nodes: {}, last heard of at {}",
                          describe(holder->owner), base::rfc3339(holder->heartbeat)),
              true});
      }
    });
  }

  void write_state(bool /*changed*/, Told done) override {
    Json patch = {{"metadata", {{"annotations", changing_annotations(fresh_record())}}}};
    patch["metadata"]["uid"] = lease_uid_;  // Fails where the Lease is somebody else's by now.
    asker().patch(
        {"lease", kPlacementLease, "--namespace", kPlacementLeaseNamespace}, patch.dump(),
        [done = std::move(done)](const ClusterAnswer& answer) { done(failure_of(answer, "write the run's Lease")); });
  }

  void on_written() override {
    admissions_.admit_up_to(written_);
    go_on();
  }

  void go_on() {
    if (!is_beginning() || !up_to_date()) {
      return;
    }
    if (!passage_) {
      change_nodes(taints_wanted_, [this](const Failure& failure) {
        failure.none() ? end_begin("") : fail_begin(failure, [this] { go_on(); });
      });
    } else if (std::exchange(passage_->recording, false)) {
      patch_queued(passage_);
    }
  }

  void undo(Told done) override {
    change_nodes(false, [this, done = std::move(done)](const Failure& failure) {
      failure.none() ? remove_lease(done) : done(failure);
    });
  }

  using Current = std::shared_ptr<Passage>;

  /// Changes those nodes that aren't as they should be, until all are. Another passage that is under way goes no
  /// further.
  void change_nodes(bool taint, Told done) {
    passage_ = std::make_shared<Passage>(Passage{.taint = taint, .done = std::move(done)});
    read_nodes(passage_);
  }

  void finish(const Current& passage, const Failure& failure) {
    if (passage == passage_) {
      passage_.reset();
      passage->done(failure);
    }
  }

  void read_nodes(const Current& passage) {
    if (!passage->taint && record_.nodes.empty()) {
      timers_.after(std::chrono::milliseconds(0), [this, passage] { finish(passage, {}); });
      return;
    }
    asker().ask({"get", "nodes", "-o", "json"}, [this, passage](const ClusterAnswer& answer) {
      const Json list = Json::parse(answer.text, nullptr, false);
      if (!answer.ok() || !list.is_object() || !list.contains("items")) {
        finish(passage, answer.ok() ? Failure{"cannot read the nodes: kubectl printed no list"}
                                    : failure_of(answer, "read the nodes"));
      } else if (passage == passage_) {
        queue_nodes(passage, list.at("items"));
      }
    });
  }

  void queue_nodes(const Current& passage, const Json& nodes) {
    passage->queue.clear();
    for (const Json& node : nodes) {
      if (const auto patch = passage->taint ? tainting_patch(node, run()) : untainting_patch(node, run())) {
        passage->queue.push_back({text_at(node, "/metadata/name"), *patch});
      }
    }
    if (passage->queue.empty()) {
      if (!passage->taint) {
        record_.nodes.clear();
      }
      finish(passage, {});
    } else if (is_hopeless(*passage) || passage->rounds_left-- == 0) {
      finish(passage,
             failure_of(passage->refusal, fmt::format("change the taints of node '{}'", passage->queue.front().node)));
    } else if (passage->taint) {
      record_queued(passage);
    } else {
      patch_queued(passage);
    }
  }

  /// Another round won't help, or isn't in time.
  [[nodiscard]] bool is_hopeless(const Passage& passage) const {
    return passage.refusal.objection == Objection::forbidden || (is_late() && passage.was_refused);
  }

  void record_queued(const Current& passage) {
    for (const NodePatch& patch : passage->queue) {
      if (std::find(record_.nodes.begin(), record_.nodes.end(), patch.node) == record_.nodes.end()) {
        record_.nodes.push_back(patch.node);
      }
    }
    passage->recording = true;
    ++generation_;
    write();
  }

  void patch_queued(const Current& passage) {
    passage->next = 0;
    passage->patching = std::min(passage->queue.size(), kPatchesAtOnce);
    for (std::size_t i = passage->patching; i > 0; --i) {
      patch_next(passage);
    }
  }

  void patch_next(const Current& passage) {
    if (passage != passage_) {
      return;
    }
    if (is_hopeless(*passage) || passage->next == passage->queue.size()) {
      if (--passage->patching == 0) {
        read_nodes(passage);
      }
      return;
    }
    const NodePatch& change = passage->queue[passage->next++];
    asker().patch({"node", change.node}, change.patch, [this, passage](const ClusterAnswer& answer) {
      if (!answer.ok()) {
        passage->refusal = answer;
        passage->was_refused = true;
      }
      patch_next(passage);
    });
  }

  void get_lease(ClusterAsker::OnAnswer on_answer) {
    asker().ask(
        {"get", "lease", kPlacementLease, "--namespace", kPlacementLeaseNamespace, "--ignore-not-found", "-o", "json"},
        std::move(on_answer));
  }

  /// Only if it's this run's: it may have been repaired away, and be another's now.
  void remove_lease(const Told& done) {
    get_lease([this, done](const ClusterAnswer& answer) {
      const Json lease = Json::parse(answer.text, nullptr, false);
      const auto holder = read_record(lease);
      if (!answer.ok() || !holder || holder->owner.run != run()) {
        done(failure_of(answer, "read the run's Lease"));
        return;
      }
      asker().send("delete", fmt::format("{}/{}", lease_path(), kPlacementLease),
                   deletion_of(text_at(lease, "/metadata/uid")),
                   [done](const ClusterAnswer& deleted) { done(failure_of(deleted, "remove the run's Lease")); });
    });
  }

  bool taints_wanted_ = false;
  std::string lease_uid_;
  Current passage_;  ///< The one under way.
};

}  // namespace

std::unique_ptr<Placer> make_taint_placer(const PlacerContext& context, const Owner& owner, const PlacerTimes& times) {
  return std::make_unique<TaintPlacer>(context, owner, times);
}

}  // namespace opready::cluster
