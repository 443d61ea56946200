// SPDX-License-Identifier: Apache-2.0
// Masks which machines a text speaks of, so that readers can still tell them apart.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace opready::base {

/// Replaces names that it's told by "node-1", "node-2", ... and "host-1", ..., in any letter case, where they stand as
/// words of their own, and what looks like an IPv4 (also as 10-0-0-1) or IPv6 address by "address-1", ... in the order
/// in which they come. The same machine always gets the same mask. Loopback and unspecified addresses tell nothing and
/// stay.
class HostMask {
 public:
  /// The first label of a node's dotted name ("win-0" of "win-0.example.com") means that node too. A name that is in
  /// both lists is a node's; empty ones are left out.
  HostMask(const std::vector<std::string>& nodes, const std::vector<std::string>& hosts);
  HostMask(const HostMask&) = delete;
  HostMask& operator=(const HostMask&) = delete;
  ~HostMask();

  /// `alias` gets the mask of `name` unless it has one already; nothing happens where `name` is unknown.
  void also_called(const std::string& alias, const std::string& name);

  /// `text` of any bytes, where possible a line as a whole: what stands around a name decides whether it is one.
  [[nodiscard]] std::string masked(std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace opready::base
