// SPDX-License-Identifier: Apache-2.0
// Joins the watches with the evidence that they feed.
#include "opready/cluster/observer.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "opready/cluster/cluster_watch.hpp"
#include "opready/cluster/evidence.hpp"

namespace opready::cluster {
namespace {

/// A server that doesn't answer by then leaves the run without evidence, but doesn't keep it from starting.
constexpr std::chrono::seconds kLongestWait{10};
/// The watches in the order of `ClusterWatch::health`: without the first two no pod is known to be ours.
constexpr std::size_t kNeeded = 2;

class WatchingObserver final : public Observer {
 public:
  WatchingObserver(process::EventLoop& loop, process::ChildStarter& starter, const Target& target)
      : loop_(loop), watch_(loop, starter, target, evidence_) {}

  void start(std::function<void()> on_ready) override {
    on_ready_ = std::move(on_ready);
    waiting_ = loop_.after(kLongestWait, [this] { ready(); });
    watch_.start([this] { ready(); });
  }

  void stop() override {
    if (waiting_) {
      loop_.cancel(*waiting_);
    }
    watch_.stop();
  }

  void run_started(const std::string& e2e_run) override { evidence_.run_started(e2e_run); }
  void spec_began(const std::string& e2e_run, const std::string& spec) override { evidence_.spec_began(e2e_run, spec); }

  [[nodiscard]] std::vector<model::NamespaceEvidence> take(const std::string& e2e_run) override {
    return evidence_.take(e2e_run);
  }

  [[nodiscard]] bool sees_pods() const override {
    const std::vector<StreamHealth> health = watch_.health();
    return std::all_of(health.begin(), health.begin() + kNeeded,
                       [](const StreamHealth& stream) { return stream.answered && !stream.given_up; });
  }

  [[nodiscard]] std::optional<int> continuity() const override {
    const std::vector<StreamHealth> health = watch_.health();
    const auto needed = health.begin() + kNeeded;
    if (!std::all_of(health.begin(), needed, [](const StreamHealth& stream) { return stream.up; })) {
      return std::nullopt;
    }
    return std::accumulate(health.begin(), needed, 0,
                           [](int sum, const StreamHealth& stream) { return sum + stream.starts; });
  }

  [[nodiscard]] bool api_answers() const override {
    const std::vector<StreamHealth> health = watch_.health();
    const auto answered = [](const StreamHealth& stream) { return stream.answered; };
    return std::none_of(health.begin(), health.end(), answered) ||
           std::any_of(health.begin(), health.end(), [](const StreamHealth& stream) { return stream.up; });
  }

  [[nodiscard]] std::vector<std::string> lacks() const override {
    std::vector<std::string> all;
    for (const StreamHealth& stream : watch_.health()) {
      if (stream.given_up || !stream.answered) {
        all.push_back(fmt::format("{} could not be watched: {}", stream.name,
                                  stream.failure.empty() ? "the server did not answer in time" : stream.failure));
      }
    }
    return all;
  }

 private:
  void ready() {
    if (waiting_) {
      loop_.cancel(*std::exchange(waiting_, std::nullopt));
      on_ready_();
    }
  }

  process::EventLoop& loop_;
  Evidence evidence_;
  ClusterWatch watch_;
  std::function<void()> on_ready_;
  std::optional<process::EventLoop::TimerId> waiting_;
};

}  // namespace

std::unique_ptr<Observer> make_observer(process::EventLoop& loop, process::ChildStarter& starter,
                                        const Target& target) {
  return std::make_unique<WatchingObserver>(loop, starter, target);
}

}  // namespace opready::cluster
