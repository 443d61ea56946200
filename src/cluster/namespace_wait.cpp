// SPDX-License-Identifier: Apache-2.0
// Looks at namespaces until they're gone, and reads why they aren't.
#include "opready/cluster/namespace_wait.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "cluster_asker.hpp"
#include "json_text.hpp"
#include "timers.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

/// Conditions of a namespace that keep it, in the order in which they matter: without discovery nothing is deleted.
constexpr std::array<const char*, 5> kObstacles = {
    "NamespaceDeletionDiscoveryFailure", "NamespaceDeletionGroupVersionParsingFailure",
    "NamespaceDeletionContentFailure", "NamespaceContentRemaining", "NamespaceFinalizersRemaining"};

std::vector<Json> array_at(const Json& object, const char* path) {
  const Json::json_pointer pointer(path);
  return object.contains(pointer) && object.at(pointer).is_array() ? object.at(pointer).get<std::vector<Json>>()
                                                                   : std::vector<Json>();
}

std::string obstacles_of(const Json& item) {
  std::vector<std::string> messages;
  for (const char* obstacle : kObstacles) {
    for (const Json& condition : array_at(item, "/status/conditions")) {
      if (text_at(condition, "/type") == obstacle && text_at(condition, "/status") == "True") {
        messages.push_back(fmt::format("{}: {}", obstacle, text_at(condition, "/message")));
      }
    }
  }
  return fmt::format("{}", fmt::join(messages, "; "));
}

std::string why_of(const Json& item) {
  std::string why = obstacles_of(item);
  if (why.empty()) {
    std::vector<std::string> finalizers;
    for (const Json& finalizer : array_at(item, "/metadata/finalizers")) {
      finalizers.push_back(text_at(finalizer, ""));
    }
    why = finalizers.empty() ? "the API server doesn't say why"
                             : fmt::format("nobody has removed its finalizers {}", fmt::join(finalizers, ", "));
  }
  return why;
}

}  // namespace

class NamespaceWait::Impl {
 public:
  Impl(const ClusterAccess& access, std::set<std::string> names, const WaitTimes& times, WaitCallbacks callbacks)
      : names_(std::move(names)),
        times_(times),
        callbacks_(std::move(callbacks)),
        timers_(access.loop),
        asker_(access, times.answer) {
    timers_.after(times_.limit, [this] { end(); });
    tell_later();
    look();
  }

 private:
  void look() {
    asker_.ask({"get", "--raw", "/api/v1/namespaces"}, [this](const ClusterAnswer& answer) {
      take(answer);
      if (now_.unknown.empty() && now_.lingering.empty()) {
        end();
      } else if (!ended_) {
        timers_.after(times_.pause, [this] { look(); });
      }
    });
  }

  void take(const ClusterAnswer& answer) {
    const Json list = Json::parse(answer.text, nullptr, false);
    if (!answer.ok() || !list.is_object() || !list.contains("items")) {
      now_.unknown = answer.ok() ? "kubectl printed no list of namespaces" : answer.failure;
      return;
    }
    now_ = {};
    for (const Json& item : array_at(list, "/items")) {
      const std::string name = text_at(item, "/metadata/name");
      if (names_.contains(name) && item.contains(Json::json_pointer("/metadata/deletionTimestamp"))) {
        now_.lingering.push_back({name, why_of(item)});
      }
    }
  }

  void tell_later() {
    timers_.after(times_.progress, [this] {
      std::vector<std::string> names;
      names.reserve(now_.lingering.size());
      for (const LingeringNamespace& item : now_.lingering) {
        names.push_back(item.name);
      }
      callbacks_.on_progress(names);
      tell_later();
    });
  }

  void end() {
    if (!std::exchange(ended_, true)) {
      timers_.cancel_all();
      callbacks_.on_end(now_);
    }
  }

  std::set<std::string> names_;
  WaitTimes times_;
  WaitCallbacks callbacks_;
  Timers timers_;
  ClusterAsker asker_;
  WaitEnd now_{.lingering = {}, .unknown = "it has not answered"};
  bool ended_ = false;
};

NamespaceWait::NamespaceWait(const ClusterAccess& access, std::set<std::string> names, const WaitTimes& times,
                             WaitCallbacks callbacks)
    : impl_(std::make_unique<Impl>(access, std::move(names), times, std::move(callbacks))) {}

NamespaceWait::~NamespaceWait() = default;

}  // namespace opready::cluster
