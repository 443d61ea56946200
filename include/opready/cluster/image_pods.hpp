// SPDX-License-Identifier: Apache-2.0
// The pods by which images are pulled on nodes, as JSON, and what the API server says of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace opready::cluster {

enum class PullState {
  waiting,   ///< The kubelet hasn't said anything yet, or is pulling.
  failing,   ///< It could not pull the image, and tries again.
  hopeless,  ///< Nobody will try again.
  pulled,
};

/// One image on one node.
struct ImageOnNode {
  std::string node;
  std::string image;
  PullState state = PullState::waiting;
  std::string message;  ///< Of `failing` and `hopeless`: what the kubelet, or the API server, last said.

  friend bool operator==(const ImageOnNode&, const ImageOnNode&) = default;
};

[[nodiscard]] std::size_t count_of(const std::vector<ImageOnNode>& images, PullState state);

/// "3 of 8 pulled on 2 Windows nodes, 45s".
[[nodiscard]] std::string progress_text(const std::vector<ImageOnNode>& images, std::chrono::milliseconds elapsed);

/// Of the namespace of a run's pulling pods, and the value of its label `e2e-run`. Not the name that placement uses:
/// its namespace is made while this one may still be going.
[[nodiscard]] std::string image_pull_namespace(const std::string& run);

/// The pod that pulls the `index`th of a list of images on nodes. It goes to its node whatever taints that has.
[[nodiscard]] std::string image_pod_manifest(std::size_t index, const ImageOnNode& image);

/// Brings `images` up to date with a PodList of the pods that were made for all that are waiting or failing. False
/// where that's none.
[[nodiscard]] bool read_image_pods(std::string_view pod_list, std::vector<ImageOnNode>& images);

}  // namespace opready::cluster
