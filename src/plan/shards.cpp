// SPDX-License-Identifier: Apache-2.0
// Divides a plan among runs.
#include "opready/plan/shards.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace opready::plan {
namespace {

using model::PlannedCase;
using std::chrono::milliseconds;

/// Of all cases that must run alone, so that they are together whichever they are.
constexpr std::string_view kSerialKey = "[Serial]";

/// FNV-1a: the same on every machine, and of every version of op-readiness.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) {
      add_byte(static_cast<unsigned char>(c));
    }
    add_byte(0);
  }

  /// Its last bytes alone would hardly change the first bits.
  [[nodiscard]] std::uint64_t mixed() const {
    std::uint64_t value = value_;
    for (const std::uint64_t factor : {0xff51afd7ed558ccdULL, 0xc4ceb9fe1a85ec53ULL}) {
      value ^= value >> 33U;
      value *= factor;
    }
    return value ^ (value >> 33U);
  }

 private:
  void add_byte(std::uint64_t byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }

  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

/// Rendezvous hashing: each shard bids for each key, so that one shard more takes its keys from all others alike.
int bid_winner(std::string_view key, int count) {
  int winner = 1;
  std::uint64_t highest = 0;
  for (int shard = 1; shard <= count; ++shard) {
    Hash bid;
    bid.add(key);
    bid.add(std::to_string(shard));
    if (bid.mixed() > highest) {
      highest = bid.mixed();
      winner = shard;
    }
  }
  return winner;
}

/// Cases that must be in one shard.
struct Bundle {
  std::string key;  ///< The first id of theirs by the alphabet.
  std::vector<std::size_t> members;
  milliseconds duration{};
};

bool runs_with_others(const PlannedCase& planned) {
  return !planned.not_run && !planned.serial;
}

/// For each case the number of another one that it's tied to by a common spec, or its own; following them leads to one
/// that stands for all.
class Ties {
 public:
  explicit Ties(const std::vector<PlannedCase>& cases) : leaders_(cases.size()) {
    std::iota(leaders_.begin(), leaders_.end(), 0U);
    std::map<std::string_view, std::size_t> first_with;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      for (const model::Spec& spec : cases[i].specs) {
        if (runs_with_others(cases[i])) {
          leaders_[leader_of(i)] = leader_of(first_with.try_emplace(spec.name, i).first->second);
        }
      }
    }
  }

  [[nodiscard]] std::size_t leader_of(std::size_t index) const {
    while (leaders_[index] != index) {
      index = leaders_[index];
    }
    return index;
  }

 private:
  std::vector<std::size_t> leaders_;
};

std::vector<Bundle> bundles_of(const std::vector<PlannedCase>& cases) {
  const Ties ties(cases);
  std::map<std::size_t, Bundle> by_leader;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (runs_with_others(cases[i])) {
      Bundle& bundle = by_leader[ties.leader_of(i)];
      bundle.members.push_back(i);
      bundle.key = bundle.key.empty() ? cases[i].test.id : std::min(bundle.key, cases[i].test.id);
    }
  }
  std::vector<Bundle> bundles;
  std::transform(by_leader.begin(), by_leader.end(), std::back_inserter(bundles),
                 [](auto& entry) { return std::move(entry.second); });
  return bundles;
}

/// Of those cases whose duration is known; any will do where none is.
milliseconds mean_duration(const std::vector<PlannedCase>& cases, const Durations& durations) {
  milliseconds sum{};
  int known = 0;
  for (const PlannedCase& planned : cases) {
    const auto found = durations.find(planned.test.id);
    if (found != durations.end() && runs_with_others(planned)) {
      sum += found->second;
      ++known;
    }
  }
  return known == 0 ? milliseconds(1) : sum / known;
}

void estimate(std::vector<Bundle>& bundles, const std::vector<PlannedCase>& cases, const Durations& durations) {
  const milliseconds mean = mean_duration(cases, durations);
  for (Bundle& bundle : bundles) {
    for (const std::size_t member : bundle.members) {
      const auto found = durations.find(cases[member].test.id);
      if (cases[member].same_as.empty()) {
        bundle.duration += found == durations.end() ? mean : found->second;
      }
    }
  }
}

/// Calls `put` with each bundle and its shard, the longest first.
template <typename Put>
void spread_by_duration(std::vector<Bundle> bundles, int count, const Put& put) {
  std::sort(bundles.begin(), bundles.end(), [](const Bundle& left, const Bundle& right) {
    return std::pair(-left.duration, left.key) < std::pair(-right.duration, right.key);
  });
  std::vector<milliseconds> loads(static_cast<std::size_t>(count));
  for (const Bundle& bundle : bundles) {
    const auto least = std::min_element(loads.begin(), loads.end());
    *least += bundle.duration;
    put(bundle, static_cast<int>(least - loads.begin()) + 1);
  }
}

}  // namespace

std::vector<int> shards_of(const std::vector<PlannedCase>& cases, int count, const Durations& durations) {
  std::vector<int> shards(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    shards[i] = bid_winner(cases[i].not_run ? cases[i].test.id : kSerialKey, count);
  }
  std::vector<Bundle> bundles = bundles_of(cases);
  const auto put = [&](const Bundle& bundle, int shard) {
    for (const std::size_t member : bundle.members) {
      shards[member] = shard;
    }
  };
  if (durations.empty()) {
    for (const Bundle& bundle : bundles) {
      put(bundle, bid_winner(bundle.key, count));
    }
  } else {
    estimate(bundles, cases, durations);
    spread_by_duration(std::move(bundles), count, put);
  }
  return shards;
}

void take_shard(std::vector<PlannedCase>& cases, const model::Shard& shard, const Durations& durations) {
  const std::vector<int> shards = shards_of(cases, shard.count, durations);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (shards[i] != shard.number) {
      cases[i].not_run = model::NotRun::other_shard;
      cases[i].not_run_detail = "in shard " + model::to_string({shards[i], shard.count});
    }
  }
}

bool has_serial_cases(const std::vector<PlannedCase>& cases) {
  return std::any_of(cases.begin(), cases.end(),
                     [](const PlannedCase& planned) { return !planned.not_run && planned.serial; });
}

std::string plan_id(const std::vector<PlannedCase>& cases, int count) {
  Hash hash;
  hash.add(std::to_string(count));
  for (const PlannedCase& planned : cases) {
    hash.add(planned.test.id);
    hash.add(planned.not_run ? model::to_string(*planned.not_run) : "");
    for (const model::Spec& spec : planned.specs) {
      hash.add(spec.name);
    }
  }
  return fmt::format("{:016x}", hash.mixed());
}

}  // namespace opready::plan
