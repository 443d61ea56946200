// SPDX-License-Identifier: Apache-2.0
// Turns as Leases.
#include "opready/cluster/turns.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/log.hpp"
#include "opready/cluster/kubectl.hpp"
#include "opready/cluster/taint_placer.hpp"

#include "cluster_asker.hpp"
#include "ownership_json.hpp"
#include "timers.hpp"
#include "turn_lease.hpp"

namespace opready::cluster {
namespace {

constexpr const char* kGiveBackLater = "; `op-readiness doctor --repair` gives it back later";

std::string sentence_on(Turn wanted, const std::vector<TurnLease>& obstacles) {
  std::vector<std::string> others;
  others.reserve(obstacles.size());
  for (const TurnLease& other : obstacles) {
    others.push_back(fmt::format("shard {}, {}", other.shard, describe(other.record.owner)));
  }
  const std::string all = fmt::format("{}", fmt::join(others, "; "));
  return wanted == Turn::shared ? "waiting for the end of cases that must run alone: " + all
                                : "cases that must run alone wait for the end of all others: " + all;
}

class LeaseTurns final : public Turns {
 public:
  LeaseTurns(const PlacerContext& context, TurnTaker taker, std::function<void(const std::string&)> on_waiting,
             const TurnTimes& times)
      : context_(context),
        times_(times),
        taker_(std::move(taker)),
        on_waiting_(std::move(on_waiting)),
        timers_(context.loop),
        asker_(std::in_place, context.access(), times.answer) {}

  void take(Turn turn, Done done) override {
    start_anew(turn, std::move(done));
    give_up_at_ = context_.clock.steady() + times_.patience;
    beat_later();
    look();
  }

  void end(Done done) override {
    start_anew(std::nullopt, std::move(done));
    give_up_at_ = context_.clock.steady() + times_.ending;
    may_have_lease_ ? look() : later(std::chrono::milliseconds(0), [this] { finish(""); });
  }

 private:
  void start_anew(std::optional<Turn> wanted, Done done) {
    timers_.cancel_all();
    // What is being asked is of no use any more.
    asker_.emplace(context_.access(), times_.answer);
    wanted_ = wanted;
    done_ = std::move(done);
    own_uid_.clear();
    told_.clear();
  }

  void look() {
    asker_->ask({"get", "--raw", turn_leases_path_of(taker_.plan)}, [this](const ClusterAnswer& answer) {
      const auto leases = read_turn_leases(answer.text);
      if (!leases) {
        fail(answer, "read the Leases of the plan's shards");
        return;
      }
      if (wanted_) {
        give_up_at_ = context_.clock.steady() + times_.patience;
      }
      decide(*leases);
    });
  }

  /// One step nearer to what is wanted; each is followed by another look.
  void decide(const std::vector<TurnLease>& leases) {
    const TurnLease* own = nullptr;
    for (const TurnLease& lease : leases) {
      const bool ours = lease.record.owner == taker_.owner;
      const bool fits = wanted_ && lease.turn == wanted_;
      if (ours && fits) {
        own = &lease;
      } else if (ours || (fits && lease.name == turn_lease_name(*wanted_, taker_) && is_dead(lease))) {
        remove(lease);
        return;
      }
    }
    if (!wanted_) {
      finish("");
      return;
    }
    own_uid_ = own == nullptr ? "" : own->uid;
    const std::vector<TurnLease> obstacles = obstacles_among(leases, own != nullptr);
    if (obstacles.empty()) {
      own != nullptr ? finish("") : announce();
      return;
    }
    tell_waiting(obstacles);
    if (own != nullptr && *wanted_ == Turn::shared) {
      remove(*own);  // Who waits for the exclusive turn may have it.
    } else {
      later(times_.poll, [this] { look(); });
    }
  }

  /// A run makes its own Lease before it looks for the others' last: of two that do so at once, one sees the other's.
  [[nodiscard]] std::vector<TurnLease> obstacles_among(const std::vector<TurnLease>& leases, bool announced) const {
    const Turn hindering = *wanted_ == Turn::exclusive && announced ? Turn::shared : Turn::exclusive;
    std::vector<TurnLease> obstacles;
    std::copy_if(leases.begin(), leases.end(), std::back_inserter(obstacles), [&](const TurnLease& lease) {
      return lease.record.owner != taker_.owner && lease.turn == hindering && !is_dead(lease);
    });
    return obstacles;
  }

  void announce() {
    may_have_lease_ = true;
    asker_->send("create", turn_leases_path(), manifest(), [this](const ClusterAnswer& answer) {
      // Another run may have been quicker, or an answer lost: the next look tells.
      answer.ok() ? look() : fail(answer, "take a turn among the plan's shards");
    });
  }

  void remove(const TurnLease& lease) {
    const bool ours = lease.record.owner == taker_.owner;
    own_uid_.clear();
    // A heart that beats after all changes the version.
    asker_->send("delete", fmt::format("{}/{}", turn_leases_path(), lease.name),
                 deletion_of(lease.uid, ours ? "" : lease.version), [this](const ClusterAnswer& answer) {
                   answer.ok() ? look() : fail(answer, "give back a turn among the plan's shards");
                 });
  }

  void fail(const ClusterAnswer& answer, const std::string& what) {
    const std::string failure = fmt::format("cannot {}: {}", what, answer.failure);
    base::log_debug(failure);
    const bool forbidden = answer.objection == Objection::forbidden && !has_had_turn_;
    if (forbidden || context_.clock.steady() >= give_up_at_) {
      finish(wanted_ ? failure : failure + kGiveBackLater);
    } else {
      later(times_.poll, [this] { look(); });
    }
  }

  void finish(const std::string& failure) {
    if (!wanted_) {
      timers_.cancel_all();
      may_have_lease_ = !failure.empty();
    }
    has_had_turn_ = has_had_turn_ || failure.empty();
    std::exchange(done_, nullptr)(failure);
  }

  void tell_waiting(const std::vector<TurnLease>& obstacles) {
    const std::string sentence = sentence_on(*wanted_, obstacles);
    if (std::exchange(told_, sentence) != sentence) {
      on_waiting_(sentence);
    }
  }

  void beat_later() {
    timers_.after(times_.heartbeat, [this] {
      if (!own_uid_.empty()) {
        beat();
      }
      beat_later();
    });
  }

  void beat() {
    asker_->put({.path = turn_leases_path(),
                 .manifest = manifest(),
                 .object = {"lease", turn_lease_name(*wanted_, taker_), "--namespace", kPlacementLeaseNamespace},
                 .patch = turn_lease_heartbeat(own_uid_, taker_, context_.clock.wall())},
                true, [](const ClusterAnswer& answer) {
                  if (!answer.ok()) {
                    base::log_debug("cannot keep a turn among the plan's shards: " + answer.failure);
                  }
                });
  }

  [[nodiscard]] std::string manifest() const { return turn_lease_manifest(*wanted_, taker_, context_.clock.wall()); }

  [[nodiscard]] bool is_dead(const TurnLease& lease) const {
    return cluster::is_dead(lease.record, {.now = context_.clock.wall()});
  }

  void later(std::chrono::milliseconds delay, std::function<void()> act) { timers_.after(delay, std::move(act)); }

  PlacerContext context_;
  TurnTimes times_;
  TurnTaker taker_;
  std::function<void(const std::string&)> on_waiting_;
  Timers timers_;
  std::optional<ClusterAsker> asker_;
  std::optional<Turn> wanted_;  ///< Nothing: what it has is to be given back.
  Done done_;
  base::SteadyTime give_up_at_;
  std::string own_uid_;          ///< Of the Lease that is wanted, where it was seen; its heart beats then.
  std::string told_;             ///< What it's waiting for, as it was last told.
  bool may_have_lease_ = false;  ///< The cluster may hold one, if only because an answer was lost.
  bool has_had_turn_ = false;    ///< So an API server that forbids it was only just started.
};

}  // namespace

std::unique_ptr<Turns> make_turns(const PlacerContext& context, TurnTaker taker,
                                  std::function<void(const std::string&)> on_waiting, const TurnTimes& times) {
  return std::make_unique<LeaseTurns>(context, std::move(taker), std::move(on_waiting), times);
}

std::string turns_obstacle(const Target& target, const process::Capture& capture) {
  constexpr std::chrono::seconds kTimeout{15};
  constexpr std::array<const char*, 4> kVerbs = {"create", "delete", "list", "patch"};
  std::vector<std::vector<std::string>> questions;
  questions.reserve(kVerbs.size());
  for (const char* verb : kVerbs) {
    questions.push_back(kubectl(
        target, {"auth", "can-i", verb, "leases.coordination.k8s.io", "--namespace", kPlacementLeaseNamespace}));
  }
  const std::vector<process::Captured> answers = capture(questions, kTimeout);
  for (std::size_t i = 0; i < kVerbs.size(); ++i) {
    const process::Captured& answer = answers.at(i);
    if (!answer.succeeded()) {
      return answer.out.starts_with("no")
                 ? fmt::format("the account may not {} Leases in {}", kVerbs.at(i), kPlacementLeaseNamespace)
                 : failure_text(answer);
    }
  }
  return "";
}

}  // namespace opready::cluster
