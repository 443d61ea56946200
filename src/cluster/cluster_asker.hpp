// SPDX-License-Identifier: Apache-2.0
// Asks a cluster by kubectl on the loop, with bodies from private files.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "opready/base/output_directory.hpp"
#include "opready/cluster/placer.hpp"
#include "opready/process/asker.hpp"

namespace opready::cluster {

struct ClusterAnswer {
  std::string text;
  std::string failure;  ///< Why there is no answer; empty where there is one.

  [[nodiscard]] bool ok() const { return failure.empty(); }
};

/// Destroying it ends what is being asked and calls nothing back, also inside an answer.
class ClusterAsker {
 public:
  using OnAnswer = std::function<void(const ClusterAnswer&)>;

  ClusterAsker(const PlacerContext& context, std::chrono::milliseconds timeout)
      : target_(context.target), timeout_(timeout), asker_(context.loop, context.starter) {}

  void ask(std::vector<std::string> arguments, OnAnswer on_answer);
  /// `kubectl VERB --raw PATH -f FILE`: one request, without questions about the server's API before it.
  void send(const std::string& verb, const std::string& path, const std::string& body, OnAnswer on_answer);
  /// Gives `object` ("node/x") and what follows it a merge patch.
  void patch(std::vector<std::string> object, const std::string& patch, OnAnswer on_answer);

 private:
  std::string file_with(const std::string& content);
  /// `on_answer` after the file has been removed.
  static OnAnswer removing(const std::string& file, OnAnswer on_answer);

  const Target& target_;
  std::chrono::milliseconds timeout_;
  base::TemporaryDirectory directory_{"op-readiness-placement-"};
  process::Asker asker_;
  std::uint64_t files_ = 0;
};

}  // namespace opready::cluster
