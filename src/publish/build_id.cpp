// SPDX-License-Identifier: Apache-2.0
// Makes and reads numbers of builds.
#include "opready/publish/build_id.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "opready/base/error.hpp"

namespace opready::publish {
namespace {

constexpr std::size_t kMostDigits = 19;  // All of these fit into 64 bits.
constexpr BuildId kGreatest = 9999999999999999999U;

}  // namespace

std::optional<BuildId> parse_build_id(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || text.front() == '0' || text.size() > kMostDigits ||
      !std::all_of(text.begin(), text.end(), is_digit)) {
    return std::nullopt;
  }
  BuildId id = 0;
  for (const char c : text) {
    id = id * 10 + static_cast<BuildId>(c - '0');
  }
  return id;
}

BuildId next_build_id(base::Timestamp started, std::optional<BuildId> latest) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(started.time_since_epoch()).count();
  const BuildId by_time = seconds > 0 ? static_cast<BuildId>(seconds) : 1;
  if (latest && *latest >= kGreatest) {
    throw base::environment_error(fmt::format(
        "build {} is there, above which there are no numbers of 19 digits: name one with --build", *latest));
  }
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
