// SPDX-License-Identifier: Apache-2.0
// The items of KEP-2578, "Specification of Windows Operational Readiness (Kubernetes 1.24)" and its sub-specifications.
#pragma once

#include <span>
#include <string_view>

namespace opready::model {

/// One thing that the KEP asks of a cluster. Items have no names there: ours are the category's and the place in its
/// list.
struct KepItem {
  std::string_view id;         ///< "Core.Network.3"
  std::string_view statement;  ///< What the cluster is to be able to do, in our words.
};

/// All of them, in the KEP's order.
[[nodiscard]] std::span<const KepItem> kep_items();

/// "Core.Network" of "Core.Network.3".
[[nodiscard]] std::string_view category_of(const KepItem& item);

/// The item that the KEP asks only of clusters that aren't air-gapped.
constexpr std::string_view kInternetItem = "Core.Network.11";
/// What cases declare in `needs` that reach beyond the cluster.
constexpr std::string_view kInternetNeed = "internet";

}  // namespace opready::model
