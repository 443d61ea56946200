// SPDX-License-Identifier: Apache-2.0
// What pulling pods look like, and what their statuses mean.
#include "opready/cluster/image_pods.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

ImageOnNode image_on(const std::string& node) {
  return {.node = node, .image = "registry.example/agnhost:2.63.0", .message = ""};
}

TEST(ImagePodManifest, BindsOneImageToItsNodeWhateverTaintsThatHas) {
  EXPECT_EQ(Json::parse(image_pod_manifest(7, image_on("win-0"))), Json::parse(R"({
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "image-7"},
    "spec": {
      "nodeName": "win-0",
      "os": {"name": "windows"},
      "containers": [
        {"name": "image", "image": "registry.example/agnhost:2.63.0", "imagePullPolicy": "IfNotPresent"}
      ],
      "restartPolicy": "Never",
      "terminationGracePeriodSeconds": 0,
      "automountServiceAccountToken": false,
      "tolerations": [{"operator": "Exists"}]
    }
  })"));
}

std::string list_of(const std::string& status) {
  return fmt::format(R"({{"items": [{{"metadata": {{"name": "other"}}}},
                                    {{"metadata": {{"name": "image-0"}}, "status": {}}}]}})",
                     status);
}

std::string container(const std::string& state, const std::string& image_id = "") {
  return list_of(fmt::format(R"({{"phase": "Pending", "containerStatuses": [{{"state": {}, "imageID": "{}"}}]}})",
                             state, image_id));
}

std::string waiting(const std::string& reason, const std::string& message = "") {
  return container(fmt::format(R"({{"waiting": {{"reason": "{}", "message": "{}"}}}})", reason, message));
}

/// What becomes of an image on a node whose pod was seen so, one after the other.
std::pair<PullState, std::string> after(const std::vector<std::string>& lists) {
  std::vector<ImageOnNode> images = {image_on("win-0")};
  for (const std::string& list : lists) {
    EXPECT_TRUE(read_image_pods(list, images)) << list;
  }
  return {images[0].state, images[0].message};
}

using Seen = std::pair<PullState, std::string>;

TEST(ReadImagePods, WaitsForTheKubeletsWord) {
  const Seen still_waiting{PullState::waiting, ""};
  EXPECT_EQ(after({list_of("{}")}), still_waiting);
  EXPECT_EQ(after({list_of(R"({"phase": "Pending"})")}), still_waiting);
  EXPECT_EQ(after({waiting("ContainerCreating")}), still_waiting);
}

TEST(ReadImagePods, TakesAnImageForPulledThatIsThereOrRan) {
  const Seen pulled{PullState::pulled, ""};
  EXPECT_EQ(after({container(R"({"running": {}})")}), pulled);
  EXPECT_EQ(after({container(R"({"terminated": {"exitCode": 1}})")}), pulled);
  EXPECT_EQ(after({container(R"({"waiting": {"reason": "ContainerCreating"}})", "sha256:1")}), pulled);
  EXPECT_EQ(after({waiting("CreateContainerError", "the operating systems do not match")}), pulled);
  EXPECT_EQ(after({waiting("ErrImagePull", "EOF"), container(R"({"running": {}})")}), pulled);
  EXPECT_EQ(after({container(R"({"running": {}})"), list_of(R"({"phase": "Failed", "reason": "Evicted"})")}), pulled);
}

TEST(ReadImagePods, KeepsWhyAPullFailedWhileTheKubeletWaits) {
  EXPECT_EQ(after({waiting("ErrImagePull", "not found")}), Seen(PullState::failing, "ErrImagePull: not found"));
  EXPECT_EQ(after({waiting("ErrImagePull", "not found"), waiting("ImagePullBackOff", "Back-off")}),
            Seen(PullState::failing, "ErrImagePull: not found"));
  EXPECT_EQ(after({waiting("ImagePullBackOff", "Back-off"), waiting("ErrImagePull", "EOF")}),
            Seen(PullState::failing, "ErrImagePull: EOF"));
  EXPECT_EQ(after({waiting("RegistryUnavailable")}), Seen(PullState::failing, "RegistryUnavailable"));
}

TEST(ReadImagePods, GivesUpWhereNobodyTriesAgain) {
  const Seen bad_name{PullState::hopeless, "InvalidImageName: no reference"};
  EXPECT_EQ(after({waiting("InvalidImageName", "no reference")}), bad_name);
  EXPECT_EQ(after({waiting("InvalidImageName", "no reference"), waiting("ErrImagePull", "x")}), bad_name);
  EXPECT_EQ(after({list_of(R"({"phase": "Failed", "reason": "OutOfpods", "message": "the node has 110"})")}),
            Seen(PullState::hopeless, "OutOfpods: the node has 110"));
  EXPECT_EQ(after({list_of(R"({"phase": "Failed", "reason": "Evicted",
                               "containerStatuses": [{"state": {"terminated": {"reason": "ContainerStatusUnknown"}}}]})")}),
            Seen(PullState::hopeless, "Evicted"));
  EXPECT_EQ(after({R"({"items": []})"}), Seen(PullState::hopeless, "its pod was removed"));
}

TEST(ReadImagePods, LeavesEverythingAsItIsWhereThatIsNoList) {
  std::vector<ImageOnNode> images = {image_on("win-0")};
  for (const char* text : {"", "{}", R"({"items": 5})", "not JSON"}) {
    EXPECT_FALSE(read_image_pods(text, images)) << text;
  }
  EXPECT_EQ(images, std::vector{image_on("win-0")});
}

TEST(ProgressText, CountsImagesOnNodes) {
  using std::chrono::seconds;
  std::vector<ImageOnNode> images = {image_on("win-0")};
  EXPECT_EQ(progress_text(images, seconds(60)), "0 of 1 pulled on 1 Windows node, 1m00s");
  images = {image_on("win-0"), image_on("win-1"), image_on("win-0")};
  images[1].state = PullState::pulled;
  images[2].state = PullState::failing;
  EXPECT_EQ(progress_text(images, seconds(45)), "1 of 3 pulled on 2 Windows nodes, 45s");
}

}  // namespace
}  // namespace opready::cluster
