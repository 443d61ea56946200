// SPDX-License-Identifier: Apache-2.0
// Keeps what matters of the watches' rows, and no more of it than fits.
#include "opready/cluster/evidence.hpp"

#include <algorithm>
#include <utility>

namespace opready::cluster {
namespace {

using model::NamespaceEvidence;
using model::PodEvidence;
using model::WarningEvidence;

void apply(NamespaceEvidence& space, PodRow row) {
  auto pod = std::find_if(space.pods.begin(), space.pods.end(),
                          [&](const PodEvidence& known) { return known.name == row.name; });
  if (pod == space.pods.end()) {
    if (space.pods.size() == Evidence::kMaxPods) {
      space.more_pods = true;
      return;
    }
    pod = space.pods.insert(pod, PodEvidence{std::move(row.name), {}, {}});
  }
  if (!row.node.empty() && std::find(pod->nodes.begin(), pod->nodes.end(), row.node) == pod->nodes.end()) {
    pod->nodes.push_back(std::move(row.node));
  }
  if (pod->status.empty() || row.status != "Terminating") {
    pod->status = std::move(row.status);
  }
}

void apply(NamespaceEvidence& space, WarningRow row) {
  const bool known = std::any_of(space.warnings.begin(), space.warnings.end(), [&](const WarningEvidence& warning) {
    return warning.reason == row.reason && warning.object == row.object;
  });
  if (!known && space.warnings.size() < Evidence::kMaxWarnings) {
    space.warnings.push_back({std::move(row.reason), std::move(row.object), std::move(row.message)});
  }
}

std::string_view space_of(const std::variant<PodRow, WarningRow>& row) {
  return std::visit([](const auto& kind) -> std::string_view { return kind.name_space; }, row);
}

}  // namespace

void Evidence::run_started(const std::string& e2e_run) {
  started_.insert(e2e_run);
}

void Evidence::spec_began(const std::string& e2e_run, const std::string& spec) {
  under_way_[e2e_run] = spec;
}

void Evidence::add(const NamespaceRow& row) {
  if (const NamespaceEvidence* known = find(row.name)) {
    // What was begun as one run's stays so, whatever becomes of the label; but a guess about strangers doesn't bind.
    if (known->e2e_run == row.e2e_run || started_.contains(known->e2e_run)) {
      return;
    }
    std::erase_if(namespaces_, [&](const NamespaceEvidence& space) { return space.name == row.name; });
  }
  if (row.e2e_run.empty() || taken_.contains(row.e2e_run)) {
    drop(row.name);
  } else {
    keep(row.name, row.e2e_run);
  }
}

void Evidence::add(PodRow row) {
  const std::string name_space = row.name_space;
  add_to(name_space, std::move(row));
}

void Evidence::add(WarningRow row) {
  const std::string name_space = row.name_space;
  add_to(name_space, std::move(row));
}

std::vector<NamespaceEvidence> Evidence::take(const std::string& e2e_run) {
  const auto first = std::stable_partition(namespaces_.begin(), namespaces_.end(),
                                           [&](const NamespaceEvidence& space) { return space.e2e_run != e2e_run; });
  std::vector<NamespaceEvidence> result(std::make_move_iterator(first), std::make_move_iterator(namespaces_.end()));
  namespaces_.erase(first, namespaces_.end());
  started_.erase(e2e_run);
  under_way_.erase(e2e_run);
  taken_.insert(e2e_run);
  for (const NamespaceEvidence& space : result) {
    drop(space.name);
  }
  return result;
}

NamespaceEvidence* Evidence::find(std::string_view name_space) {
  const auto found = std::find_if(namespaces_.begin(), namespaces_.end(),
                                  [&](const NamespaceEvidence& space) { return space.name == name_space; });
  return found == namespaces_.end() ? nullptr : &*found;
}

void Evidence::add_to(std::string_view name_space, Row row) {
  if (foreign_.contains(name_space)) {
    return;
  }
  if (NamespaceEvidence* space = find(name_space)) {
    std::visit([&](auto& kind) { apply(*space, std::move(kind)); }, row);
    return;
  }
  if (early_.size() == kMaxEarly) {
    early_.pop_front();
  }
  early_.push_back(std::move(row));
}

void Evidence::keep(std::string name, std::string e2e_run) {
  if (foreign_.erase(name) > 0) {
    std::erase(foreign_order_, name);
  }
  NamespaceEvidence& space = namespaces_.emplace_back();
  space.name = std::move(name);
  space.e2e_run = std::move(e2e_run);
  if (const auto spec = under_way_.find(space.e2e_run); spec != under_way_.end()) {
    space.spec = spec->second;
  }
  for (const Row& row : early_) {
    if (space_of(row) == space.name) {
      std::visit([&](const auto& kind) { apply(space, kind); }, row);
    }
  }
  erase_early(space.name);
  forget_oldest_unclaimed();
}

void Evidence::drop(const std::string& name) {
  erase_early(name);
  if (!foreign_.insert(name).second) {
    return;
  }
  foreign_order_.push_back(name);
  if (foreign_order_.size() > kMaxForeign) {
    foreign_.erase(foreign_order_.front());
    foreign_order_.pop_front();
  }
}

void Evidence::erase_early(std::string_view name_space) {
  std::erase_if(early_, [&](const Row& row) { return space_of(row) == name_space; });
}

void Evidence::forget_oldest_unclaimed() {
  const auto unclaimed = [this](const NamespaceEvidence& space) { return !started_.contains(space.e2e_run); };
  if (std::count_if(namespaces_.begin(), namespaces_.end(), unclaimed) > static_cast<std::ptrdiff_t>(kMaxUnclaimed)) {
    const auto oldest = std::find_if(namespaces_.begin(), namespaces_.end(), unclaimed);
    const std::string name = oldest->name;
    namespaces_.erase(oldest);
    drop(name);
  }
}

}  // namespace opready::cluster
