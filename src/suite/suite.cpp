// SPDX-License-Identifier: Apache-2.0
// Chooses between the cache and the binary itself.
#include "opready/suite/suite.hpp"

#include <utility>

namespace opready::suite {
namespace {

/// A dry run knows less than a list does, so that one must not be taken for the other.
BinaryIdentity identity_for(const std::string& name, const std::string& path, SpecSource source) {
  BinaryIdentity identity = identify(name, path);
  if (source == SpecSource::dry_run) {
    identity.build += ":dry-run";
  }
  return identity;
}

}  // namespace

Suite::Suite(SuiteInfo info) : info_(std::move(info)), spec_count_(info_.specs.size()), has_specs_(true) {}

Suite::Suite(const std::string& name, const std::string& path, const std::filesystem::path& cache_root,
             SpecSource source, process::Capture capture)
    : build_(build_of(path)),
      source_(source),
      capture_(std::move(capture)),
      cache_(std::in_place, cache_root, identity_for(name, path, source)) {
  info_.name = name;
  info_.path = path;
  if (auto known = cache_->load_summary()) {
    info_.description = std::move(known->description);
    info_.version = std::move(known->version);
    info_.flags = std::move(known->flags);
    spec_count_ = known->spec_count;
  } else {
    ask();
  }
}

void Suite::ask() {
  info_ = interview(info_.name, info_.path, source_, capture_);
  spec_count_ = info_.specs.size();
  has_specs_ = true;
  cache_->store(info_);
}

const std::vector<model::Spec>& Suite::specs() {
  if (!has_specs_) {
    auto known = cache_->load_specs();
    if (known && known->size() == spec_count_) {
      info_.specs = *std::move(known);
      has_specs_ = true;
    } else {
      ask();
    }
  }
  return info_.specs;
}

SpecNames Suite::ordered_specs() const {
  if (!cache_) {
    return {};
  }
  if (auto known = cache_->load_ordered()) {
    return *std::move(known);
  }
  SpecNames names = ask_ordered_specs(info_, capture_);
  cache_->store_ordered(names);
  return names;
}

std::optional<Selection> Suite::remembered(const std::vector<SpecFilter>& filters) const {
  return cache_ ? cache_->load_selection(filters) : std::nullopt;
}

void Suite::remember(const std::vector<SpecFilter>& filters, const Selection& selection) const {
  if (cache_) {
    cache_->store_selection(filters, selection);
  }
}

}  // namespace opready::suite
