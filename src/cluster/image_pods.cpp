// SPDX-License-Identifier: Apache-2.0
// Pods that pull one image each, and their statuses.
#include "opready/cluster/image_pods.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/cluster/placement_policy.hpp"

#include "json_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

std::string pod_name(std::size_t index) {
  return fmt::format("image-{}", index);
}

/// Reasons of a waiting container (pkg/kubelet/images/types.go). What isn't among these or `kStarting` comes after the
/// pull: "CreateContainerError" says that the image is there.
constexpr std::array<std::string_view, 7> kPullFailures = {
    "ErrImagePull",      "ImagePullBackOff",    "InvalidImageName",         "ErrImageNeverPull",
    "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed"};
constexpr std::array<std::string_view, 3> kStarting = {"", "ContainerCreating", "PodInitializing"};

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "ErrImagePull: not found".
std::string joined(const std::string& reason, const std::string& message) {
  return message.empty() || reason.empty() ? reason + message : reason + ": " + message;
}

/// A message that says no more than that it's tried again later mustn't hide why.
bool tells_more(const std::string& reason, const ImageOnNode& image) {
  return reason != "ImagePullBackOff" || image.message.empty();
}

/// A kubelet that evicts a pod calls containers terminated that never began.
bool has_run(const Json& status) {
  return status.contains(Json::json_pointer("/state/running")) ||
         (status.contains(Json::json_pointer("/state/terminated")) &&
          text_at(status, "/state/terminated/reason") != "ContainerStatusUnknown");
}

void judge_container(const Json& status, ImageOnNode& image) {
  const std::string reason = text_at(status, "/state/waiting/reason");
  const bool has_image = has_run(status) || !text_at(status, "/imageID").empty();
  if (has_image || (!holds(kPullFailures, reason) && !holds(kStarting, reason))) {
    image.state = PullState::pulled;
    image.message.clear();
  } else if (holds(kPullFailures, reason)) {
    image.state = reason == "InvalidImageName" ? PullState::hopeless : PullState::failing;
    if (tells_more(reason, image)) {
      image.message = joined(reason, text_at(status, "/state/waiting/message"));
    }
  }
}

void give_up(ImageOnNode& image, const std::string& why) {
  image.state = PullState::hopeless;
  image.message = why;
}

/// `pod` is null where there is none any more.
void judge_pod(const Json* pod, ImageOnNode& image) {
  const Json::json_pointer container("/status/containerStatuses/0");
  if (pod == nullptr) {
    give_up(image, "its pod was removed");
    return;
  }
  if (pod->contains(container)) {
    judge_container(pod->at(container), image);
  }
  if (image.state != PullState::pulled && text_at(*pod, "/status/phase") == "Failed") {  // Refused, or evicted.
    give_up(image, joined(text_at(*pod, "/status/reason"), text_at(*pod, "/status/message")));
  }
}

const Json* find_pod(const Json& items, const std::string& name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Json& pod) { return text_at(pod, "/metadata/name") == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::size_t count_of(const std::vector<ImageOnNode>& images, PullState state) {
  return static_cast<std::size_t>(
      std::count_if(images.begin(), images.end(), [&](const ImageOnNode& image) { return image.state == state; }));
}

std::string progress_text(const std::vector<ImageOnNode>& images, std::chrono::milliseconds elapsed) {
  std::set<std::string> nodes;
  for (const ImageOnNode& image : images) {
    nodes.insert(image.node);
  }
  return fmt::format("{} of {} pulled on {}, {}", count_of(images, PullState::pulled), images.size(),
                     base::counted(nodes.size(), "Windows node"), base::human_duration(elapsed));
}

std::string image_pull_namespace(const std::string& run) {
  return placement_name(run) + "-images";
}

std::string image_pod_manifest(std::size_t index, const ImageOnNode& image) {
  using Ordered = nlohmann::ordered_json;
  const Ordered container = {{"name", "image"}, {"image", image.image}, {"imagePullPolicy", "IfNotPresent"}};
  const Ordered tolerates_all = {{"operator", "Exists"}};
  const Ordered spec = {{"nodeName", image.node},
                        {"os", {{"name", "windows"}}},
                        {"containers", Ordered::array({container})},
                        {"restartPolicy", "Never"},
                        {"terminationGracePeriodSeconds", 0},
                        {"automountServiceAccountToken", false},
                        {"tolerations", Ordered::array({tolerates_all})}};
  return Ordered{{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"name", pod_name(index)}}}, {"spec", spec}}
      .dump();
}

bool read_image_pods(std::string_view pod_list, std::vector<ImageOnNode>& images) {
  const Json list = Json::parse(pod_list, nullptr, false);
  if (!list.is_object() || !list.contains("items") || !list.at("items").is_array()) {
    return false;
  }
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (images[i].state == PullState::waiting || images[i].state == PullState::failing) {
      judge_pod(find_pod(list.at("items"), pod_name(i)), images[i]);
    }
  }
  return true;
}

}  // namespace opready::cluster
