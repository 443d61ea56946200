// SPDX-License-Identifier: Apache-2.0
// Makes and reads numbers of builds.
#include "opready/publish/build_id.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace opready::publish {
namespace {

constexpr std::size_t kMostDigits = 19;  // All of these fit into 64 bits.

}  // namespace

std::optional<BuildId> parse_build_id(std::string_view text) {
  BuildId id = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || rest != end || text.front() == '0' || text.size() > kMostDigits) {
    return std::nullopt;
  }
  return id;
}

BuildId next_build_id(base::Timestamp started, std::optional<BuildId> latest) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(started.time_since_epoch()).count();
  const BuildId by_time = seconds > 0 ? static_cast<BuildId>(seconds) : 1;
  return latest ? std::max(by_time, *latest + 1) : by_time;
}

BuildId store_build_id(base::Timestamp now, std::string_view run_id) {
  BuildId digits = 0;
  for (const char c : run_id) {
    digits = (digits * 31 + static_cast<unsigned char>(c)) % 1000;
  }
  return static_cast<BuildId>(now.time_since_epoch().count()) * 1000 + digits;
}

}  // namespace opready::publish
