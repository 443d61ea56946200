// SPDX-License-Identifier: Apache-2.0
// Words for what events name.
#include "opready/model/event.hpp"

#include <fmt/format.h>

#include "opready/model/names.hpp"

namespace opready::model {
namespace {

constexpr Names<4> kStopReasons = {"signal", "time_limit", "failures", "write_failure"};

}  // namespace

std::string to_string(const Shard& shard) {
  return fmt::format("{} of {}", shard.number, shard.count);
}

std::string_view to_string(StopReason reason) {
  return name_of(kStopReasons, reason);
}
std::optional<StopReason> parse_stop_reason(std::string_view text) {
  return value_named<StopReason>(kStopReasons, text);
}

}  // namespace opready::model
