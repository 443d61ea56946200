// SPDX-License-Identifier: Apache-2.0
// Says what is watched, and where its rows go.
#include "opready/cluster/cluster_watch.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "opready/cluster/kubectl.hpp"
#include "opready/cluster/namespaces.hpp"
#include "opready/cluster/watch_rows.hpp"

#include "watch_stream.hpp"

namespace opready::cluster {
namespace {

std::vector<std::string> watching(const Target& target, std::vector<std::string> what) {
  std::vector<std::string> arguments{"get"};
  arguments.insert(arguments.end(), what.begin(), what.end());
  arguments.insert(arguments.end(),
                   {"--watch", "--no-headers", "--output-watch-events", "--request-timeout=0", "-v=6"});
  return kubectl(target, std::move(arguments));
}

/// Passes on what `parse` makes of a line.
template <typename Row>
std::function<bool(std::string_view)> rows_into(Evidence& evidence,
                                                std::optional<Row> (*parse)(std::string_view line)) {
  return [&evidence, parse](std::string_view line) {
    std::optional<Row> row = parse(line);
    if (row) {
      evidence.add(std::move(*row));
    }
    return row.has_value();
  };
}

}  // namespace

ClusterWatch::ClusterWatch(process::EventLoop& loop, process::ChildStarter& starter, const Target& target,
                           Evidence& evidence, WatchDelays delays)
    : loop_(loop) {
  const auto add = [&](std::string name, std::vector<std::string> what, std::function<bool(std::string_view)> on_line) {
    streams_.push_back(std::make_unique<WatchStream>(loop, starter,
                                                     WatchRequest{std::move(name), watching(target, std::move(what)),
                                                                  std::move(on_line), [this] { tell_when_synced(); }},
                                                     delays));
  };
  add("namespaces", {"namespaces", "-L", kE2eRunLabel}, rows_into(evidence, parse_namespace_row));
  add("pods", {"pods", "-A", "-o", "wide"}, rows_into(evidence, parse_pod_row));
  add("events", {"events", "-A", "--field-selector", "type=Warning"}, rows_into(evidence, parse_warning_row));
}

ClusterWatch::~ClusterWatch() {
  stop();
}

void ClusterWatch::start(std::function<void()> on_synced) {
  on_synced_ = std::move(on_synced);
  for (const auto& stream : streams_) {
    stream->start();
  }
}

void ClusterWatch::stop() {
  for (const auto& stream : streams_) {
    stream->stop();
  }
  if (telling_) {
    loop_.cancel(*std::exchange(telling_, std::nullopt));
  }
}

bool ClusterWatch::synced() const {
  return std::all_of(streams_.begin(), streams_.end(),
                     [](const auto& stream) { return stream->health().up || stream->health().given_up; });
}

std::vector<StreamHealth> ClusterWatch::health() const {
  std::vector<StreamHealth> result;
  result.reserve(streams_.size());
  for (const auto& stream : streams_) {
    result.push_back(stream->health());
  }
  return result;
}

/// By way of a timer, since this is called from within a stream, which mustn't be destroyed there.
void ClusterWatch::tell_when_synced() {
  if (!on_synced_ || !synced()) {
    return;
  }
  telling_ = loop_.after(std::chrono::milliseconds(0), [this, on_synced = std::exchange(on_synced_, nullptr)] {
    telling_.reset();
    on_synced();
  });
}

}  // namespace opready::cluster
