// SPDX-License-Identifier: Apache-2.0
// Reads durations out of what a run left.
#include "opready/record/durations.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/model/attempts.hpp"
#include "opready/record/event_log.hpp"

namespace opready::record {
namespace {

using std::chrono::milliseconds;
using Durations = std::map<std::string, milliseconds>;

constexpr const char* kSummaryName = "summary.json";

Durations durations_of(const model::RunRecord& record) {
  Durations durations;
  for (const model::CaseRecord& item : record.cases) {
    const milliseconds duration = model::duration_of(item);
    if (duration > milliseconds(0) && model::result_of(item).outcome != model::Outcome::cancelled) {
      durations.emplace(item.planned.test.id, duration);
    }
  }
  return durations;
}

/// Those of summary.json, as `report` writes it.
Durations durations_of(const nlohmann::json& summary) {
  Durations durations;
  for (const auto& item : summary.at("cases")) {
    const std::chrono::duration<double> seconds(item.at("duration_seconds").get<double>());
    if (seconds.count() > 0 && item.at("outcome") != "cancelled") {
      durations.emplace(item.at("id"), std::chrono::duration_cast<milliseconds>(seconds));
    }
  }
  return durations;
}

std::filesystem::path file_of(const std::filesystem::path& path) {
  std::error_code error;  // What can't be looked at can't be read either, which is told then.
  if (!std::filesystem::is_directory(path, error)) {
    return path;
  }
  return std::filesystem::exists(path / kEventLogName, error) ? path / kEventLogName : path / kSummaryName;
}

}  // namespace

Durations read_durations(const std::filesystem::path& path) {
  const std::filesystem::path file = file_of(path);
  const std::string text = base::read_file(file);
  const auto summary = nlohmann::json::parse(text, nullptr, false);
  if (!summary.is_object() || !summary.contains("cases")) {
    return durations_of(parse_event_log(text, file.string()));
  }
  try {
    return durations_of(summary);
  } catch (const nlohmann::json::exception&) {
    throw base::environment_error(
        fmt::format("'{}' is neither the summary.json nor the events.jsonl of a run", file.string()));
  }
}

}  // namespace opready::record
