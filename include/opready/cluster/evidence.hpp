// SPDX-License-Identifier: Apache-2.0
// Sorts the rows of a cluster's watches by the run of e2e.test that they belong to.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "opready/cluster/watch_rows.hpp"
#include "opready/model/evidence.hpp"

namespace opready::cluster {

/// A pure fold: rows in, evidence out. The three watches race each other and e2e.test's output, so any order is right:
/// a row may come before that of its namespace, and a namespace before its run is known. Memory grows with the pods of
/// known runs alone: rows of namespaces without a run are dropped, and all else is kept in small numbers.
class Evidence {
 public:
  /// Warnings kept of a namespace.
  static constexpr std::size_t kMaxWarnings = 5;
  /// Pods kept of a namespace.
  static constexpr std::size_t kMaxPods = 1000;
  /// Namespaces kept of runs that nobody has told of (yet): another e2e.test's, mostly.
  static constexpr std::size_t kMaxUnclaimed = 32;
  /// Rows kept of namespaces that no row has told of yet.
  static constexpr std::size_t kMaxEarly = 1000;
  /// Namespaces remembered as nobody's.
  static constexpr std::size_t kMaxForeign = 10'000;

  /// A child of ours has printed this id. What was seen of the run before counts as well.
  void run_started(const std::string& e2e_run);
  /// Namespaces of that run that are first seen from now on get this spec.
  void spec_began(const std::string& e2e_run, const std::string& spec);

  void add(const NamespaceRow& row);
  void add(PodRow row);
  void add(WarningRow row);

  /// What was seen of a run, by namespace in the order in which they were first seen; its rows are dropped from now on.
  [[nodiscard]] std::vector<model::NamespaceEvidence> take(const std::string& e2e_run);

 private:
  using Row = std::variant<PodRow, WarningRow>;

  [[nodiscard]] model::NamespaceEvidence* find(std::string_view name_space);
  void add_to(std::string_view name_space, Row row);
  void keep(std::string name, std::string e2e_run);
  void drop(const std::string& name);
  void erase_early(std::string_view name_space);
  void forget_oldest_unclaimed();

  std::set<std::string> started_;
  std::map<std::string, std::string> under_way_;  ///< By run: its spec.
  std::set<std::string> taken_;
  std::vector<model::NamespaceEvidence> namespaces_;  ///< Those with a run that wasn't taken, known or not.
  std::deque<Row> early_;
  std::set<std::string, std::less<>> foreign_;
  std::deque<std::string> foreign_order_;  ///< The same, oldest first.
};

}  // namespace opready::cluster
