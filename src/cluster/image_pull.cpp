// SPDX-License-Identifier: Apache-2.0
// Makes pods, looks at them until their images are there, and removes them.
#include "opready/cluster/image_pull.hpp"

#include <cstddef>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "opready/base/log.hpp"
#include "opready/cluster/placement_policy.hpp"

#include "cluster_asker.hpp"
#include "ownership_json.hpp"
#include "timers.hpp"

namespace opready::cluster {
namespace {

/// An image that all nodes pull before the next one: the first cases have what they want soonest.
std::vector<ImageOnNode> all_pairs(const std::vector<std::string>& nodes, const std::vector<std::string>& images) {
  std::vector<ImageOnNode> result;
  for (const std::string& image : images) {
    for (const std::string& node : nodes) {
      result.push_back({.node = node, .image = image, .message = ""});
    }
  }
  return result;
}

}  // namespace

class ImagePull::Worker {
 public:
  Worker(const PlacerContext& context, Owner owner, std::vector<ImageOnNode> images, const ImagePullTimes& times)
      : context_(context),
        times_(times),
        timers_(context.loop),
        asker_(std::in_place, context.access(), times.answer),
        images_(std::move(images)),
        namespace_(image_pull_namespace(owner.run)),
        pods_path_("/api/v1/namespaces/" + namespace_ + "/pods") {
    record_.owner = std::move(owner);
  }

  void start(OnPoll on_poll, OnEnd on_end) {
    on_poll_ = std::move(on_poll);
    on_end_ = std::move(on_end);
    timers_.after(times_.limit, [this] { finish(); });
    timers_.after(times_.beginning, [this] { is_late_ = true; });
    make_namespace();
  }

  void finish() {
    if (std::exchange(ending_, true)) {
      return;
    }
    timers_.cancel_all();
    is_late_ = false;
    asker_.emplace(context_.access(), times_.ending);
    if (!may_have_namespace_) {
      timers_.after(std::chrono::milliseconds(0), [this] { end(); });
      return;
    }
    timers_.after(times_.ending, [this] { is_late_ = true; });
    remove_namespace();
  }

 private:
  void make_namespace() {
    const bool might_be_there = std::exchange(may_have_namespace_, true);
    asker_->send("create", "/api/v1/namespaces", owned_namespace(namespace_, fresh_record()).dump(),
                 [this, might_be_there](const ClusterAnswer& answer) {
                   if (answer.ok() || answer.objection == Objection::already_exists) {
                     beat_later();
                     make_pods();
                     return;
                   }
                   const bool is_forbidden = answer.objection == Objection::forbidden;
                   may_have_namespace_ = might_be_there || !is_forbidden;
                   if (is_late_ || is_forbidden) {
                     trouble_.push_back(fmt::format("cannot make the namespace '{}': {}", namespace_, answer.failure));
                     finish();
                   } else {
                     timers_.after(times_.retry, [this] { make_namespace(); });
                   }
                 });
  }

  /// One after the other. In a namespace that was just made they're forbidden until its service account is there.
  void make_pods() {
    if (next_ == images_.size()) {
      poll();
      return;
    }
    asker_->send("create", pods_path_, image_pod_manifest(next_, images_[next_]), [this](const ClusterAnswer& answer) {
      const bool is_there = answer.ok() || answer.objection == Objection::already_exists;
      if (!is_there && !is_late_) {
        timers_.after(times_.retry, [this] { make_pods(); });
        return;
      }
      if (!is_there) {
        images_[next_].state = PullState::hopeless;
        images_[next_].message = answer.failure;
      }
      ++next_;
      make_pods();
    });
  }

  void poll() {
    asker_->ask({"get", "--raw", pods_path_}, [this](const ClusterAnswer& answer) {
      if (!answer.ok() || !read_image_pods(answer.text, images_)) {
        base::log_debug("the pods that pull images were not shown: " + answer.failure);
      }
      on_poll_(images_);
      if (ending_) {
        return;
      }
      is_over() ? finish() : void(timers_.after(times_.poll, [this] { poll(); }));
    });
  }

  /// Nothing is left that could still come to a good end in reasonable time.
  [[nodiscard]] bool is_over() {
    const std::size_t pulled = count_of(images_, PullState::pulled);
    const bool is_moving = count_of(images_, PullState::waiting) > 0 || std::exchange(pulled_, pulled) != pulled;
    if (is_moving || !failing_since_) {
      failing_since_ = context_.clock.steady();
    }
    return count_of(images_, PullState::waiting) + count_of(images_, PullState::failing) == 0 ||
           context_.clock.steady() - *failing_since_ >= times_.futility;
  }

  void beat_later() {
    timers_.after(times_.heartbeat, [this] {
      asker_->patch({"namespace", namespace_}, record_patch(fresh_record()), [](const ClusterAnswer& answer) {
        if (!answer.ok()) {
          base::log_debug("the record of the pulling run was not written: " + answer.failure);
        }
      });
      beat_later();
    });
  }

  void remove_namespace() {
    asker_->ask({"delete", "namespace/" + namespace_, "--ignore-not-found", "--wait=false", "-o", "name"},
                [this](const ClusterAnswer& answer) {
                  if (!answer.ok() && !is_late_) {
                    timers_.after(times_.retry, [this] { remove_namespace(); });
                    return;
                  }
                  if (!answer.ok()) {
                    trouble_.push_back(fmt::format(
                        "cannot remove the namespace '{}': {}; `op-readiness doctor --repair` does it later",
                        namespace_, answer.failure));
                  }
                  end();
                });
  }

  void end() {
    timers_.cancel_all();
    on_end_(images_, trouble_);
  }

  const OwnerRecord& fresh_record() {
    record_.heartbeat = context_.clock.wall();
    return record_;
  }

  PlacerContext context_;
  ImagePullTimes times_;
  Timers timers_;
  std::optional<ClusterAsker> asker_;
  OwnerRecord record_;
  std::vector<ImageOnNode> images_;
  std::string namespace_;
  std::string pods_path_;
  std::size_t next_ = 0;             ///< Of `images_`: whose pod is to be made.
  bool may_have_namespace_ = false;  ///< It may be there, if only because an answer was lost.
  bool is_late_ = false;             ///< What fails now isn't tried again.
  bool ending_ = false;
  std::size_t pulled_ = 0;
  std::optional<base::SteadyTime> failing_since_;
  std::vector<std::string> trouble_;
  OnPoll on_poll_;
  OnEnd on_end_;
};

ImagePull::ImagePull(const PlacerContext& context, const Owner& owner, const std::vector<std::string>& nodes,
                     const std::vector<std::string>& images, const ImagePullTimes& times)
    : worker_(std::make_unique<Worker>(context, owner, all_pairs(nodes, images), times)) {}

ImagePull::~ImagePull() = default;

void ImagePull::start(OnPoll on_poll, OnEnd on_end) {
  worker_->start(std::move(on_poll), std::move(on_end));
}

void ImagePull::stop() {
  worker_->finish();
}

}  // namespace opready::cluster
