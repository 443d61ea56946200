// SPDX-License-Identifier: Apache-2.0
// Asks a cluster by kubectl on the loop, with bodies from private files.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "opready/base/output_directory.hpp"
#include "opready/cluster/cluster_access.hpp"
#include "opready/process/asker.hpp"

namespace opready::cluster {

/// What an API server has against a request, where that makes a difference here.
enum class Objection { none, forbidden, not_found, already_exists, other };

struct ClusterAnswer {
  std::string text;
  std::string failure;  ///< Why there is no answer; empty where there is one.
  Objection objection = Objection::none;
  bool created = false;  ///< By `put`, which otherwise found the object there.

  [[nodiscard]] bool ok() const { return objection == Objection::none; }
};

/// How an object is made, and how it's brought up to date where it's there already.
struct PutRequest {
  std::string path;  ///< Of the collection.
  std::string manifest;
  std::vector<std::string> object;  ///< As for `patch`.
  std::string patch;
};

/// Destroying it ends what is being asked and calls nothing back, also inside an answer.
class ClusterAsker {
 public:
  using OnAnswer = std::function<void(const ClusterAnswer&)>;

  ClusterAsker(const ClusterAccess& access, std::chrono::milliseconds timeout)
      : target_(access.target), timeout_(timeout), asker_(access.loop, access.starter) {}

  void ask(std::vector<std::string> arguments, OnAnswer on_answer);
  /// `kubectl VERB --raw PATH -f FILE`: one request, without questions about the server's API before it.
  void send(const std::string& verb, const std::string& path, const std::string& body, OnAnswer on_answer);
  /// Gives `object` ("node/x") and what follows it a merge patch.
  void patch(std::vector<std::string> object, const std::string& patch, OnAnswer on_answer);
  /// Makes an object or patches it, whatever it takes; what's `expected` to be there is patched first.
  void put(const PutRequest& request, bool expected, OnAnswer on_answer);

 private:
  void create(const PutRequest& request, OnAnswer on_answer);
  std::optional<std::string> file_with(const std::string& content, const OnAnswer& on_answer);
  /// `on_answer` after the file has been removed.
  static OnAnswer removing(const std::string& file, OnAnswer on_answer);

  const Target& target_;
  std::chrono::milliseconds timeout_;
  base::TemporaryDirectory directory_{"op-readiness-kubectl-"};
  process::Asker asker_;
  std::uint64_t files_ = 0;
};

}  // namespace opready::cluster
