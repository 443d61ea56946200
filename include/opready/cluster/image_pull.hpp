// SPDX-License-Identifier: Apache-2.0
// Pulls images on nodes before they're needed: cold ones take longer on Windows than e2e.test waits for a pod.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "opready/cluster/image_pods.hpp"
#include "opready/cluster/placer.hpp"

namespace opready::cluster {

/// How long things take. Tests make them shorter.
struct ImagePullTimes {
  std::chrono::milliseconds limit = std::chrono::minutes(30);  ///< From `start` to giving up on what isn't there.
  std::chrono::milliseconds poll{2'000};
  std::chrono::milliseconds heartbeat{20'000};
  std::chrono::milliseconds answer{15'000};     ///< One kubectl.
  std::chrono::milliseconds beginning{30'000};  ///< From `start` to the last try of making the namespace or a pod.
  std::chrono::milliseconds retry{500};         ///< From a failure to the next try.
  /// For so long nothing has been left but what fails: five of the kubelet's tries, which come ever more rarely.
  std::chrono::milliseconds futility = std::chrono::minutes(5);
  std::chrono::milliseconds ending{5'000};  ///< For the removal, from its first try to its last.
};

/// Each image gets a pod on each node, for only then the kubelet says of each when it's there: the containers of one
/// pod are all told of together, when the last has been pulled. The pods stand in a namespace of the run's own, which
/// holds its record, so that `repair` removes it if this process is killed.
class ImagePull {
 public:
  /// What there is to pull and how it stands, after each poll, changed or not.
  using OnPoll = std::function<void(const std::vector<ImageOnNode>&)>;
  /// Once, when the namespace is being removed. `trouble`: why nothing could be pulled, or why something stays.
  using OnEnd = std::function<void(const std::vector<ImageOnNode>&, const std::vector<std::string>& trouble)>;

  /// Neither list may be empty.
  ImagePull(const PlacerContext& context, const Owner& owner, const std::vector<std::string>& nodes,
            const std::vector<std::string>& images, const ImagePullTimes& times = {});
  ImagePull(const ImagePull&) = delete;
  ImagePull& operator=(const ImagePull&) = delete;
  /// Stops what is being asked; calls nothing back.
  ~ImagePull();

  /// Once. Keeps the loop running until `on_end` has been called.
  void start(OnPoll on_poll, OnEnd on_end);
  /// Removes what was made and ends, soon. Any number of times.
  void stop();

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace opready::cluster
