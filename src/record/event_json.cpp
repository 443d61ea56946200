// SPDX-License-Identifier: Apache-2.0
// Writes and reads single events.
#include "opready/record/event_json.hpp"

#include <cstdint>
#include <type_traits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/base/redact.hpp"

#include "model_json.hpp"

namespace opready::record {
namespace {

using nlohmann::json;

/// Rises when older programs would misread what is written, not when a key is added.
constexpr int kVersion = 1;

template <typename Event>
constexpr std::string_view kName;
template <>
constexpr std::string_view kName<model::RunStarted> = "run_started";
template <>
constexpr std::string_view kName<model::RunResumed> = "run_resumed";
template <>
constexpr std::string_view kName<model::CaseStarted> = "case_started";
template <>
constexpr std::string_view kName<model::E2eRunStarted> = "e2e_run_started";
template <>
constexpr std::string_view kName<model::CaseFinished> = "case_finished";
template <>
constexpr std::string_view kName<model::StopRequested> = "stop_requested";
template <>
constexpr std::string_view kName<model::RunFinished> = "run_finished";
template <>
constexpr std::string_view kName<model::EvidenceLacks> = "evidence_lacks";
template <>
constexpr std::string_view kName<model::NamespacesLeft> = "namespaces_left";

/// Far more than any number that we write; sums of numbers that are read fit into 64 bits.
constexpr std::int64_t kLargestNumber = 1'000'000'000'000'000;

/// False for a number that isn't whole, or that is out of reason.
bool is_sane(const json& value) {
  if (value.is_number_unsigned()) {
    return value.get<std::uint64_t>() <= kLargestNumber;
  }
  if (value.is_number_integer()) {
    return value.get<std::int64_t>() >= -kLargestNumber;
  }
  return !value.is_number_float();
}

void require_known_version(const json& object) {
  if (const int version = object.value("version", 0); version != kVersion) {
    throw base::environment_error(
        fmt::format("written in version {} of the format; this op-readiness reads version {}", version, kVersion));
  }
}

/// Tries each kind of event by its name; nothing for one that a later version added.
template <typename... Kinds>
std::optional<model::Event> event_from(const json& object, const std::variant<Kinds...>* /*kinds*/) {
  const auto name = object.at("event").get<std::string>();
  std::optional<model::Event> event;
  const auto read = [&]<typename Kind>(const Kind* /*kind*/) {
    if (name == kName<Kind>) {
      event = object.get<Kind>();
    }
  };
  if (name == kName<model::RunStarted>) {
    require_known_version(object);
  }
  (read(static_cast<const Kinds*>(nullptr)), ...);
  return event;
}

}  // namespace

std::string to_json_line(const model::Event& event) {
  json object = std::visit(
      [](const auto& happened) {
        using Happened = std::decay_t<decltype(happened)>;
        json fields = happened;
        fields["event"] = kName<Happened>;
        if constexpr (std::is_same_v<Happened, model::RunStarted>) {
          fields["version"] = kVersion;
          for (json& planned : fields["plan"]["cases"]) {
            planned["command"] = base::redacted_command(planned["command"]);
          }
        }
        return fields;
      },
      event);
  // Paths and labels may hold any bytes; the line must be written all the same.
  return object.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

std::optional<model::Event> parse_event(std::string_view line) {
  bool sane = true;
  const auto look = [&sane](int /*depth*/, json::parse_event_t /*event*/, const json& value) {
    sane = sane && is_sane(value);
    return true;
  };
  const json object = json::parse(line, look, false);
  if (!object.is_object()) {
    throw base::environment_error("not a JSON object");
  }
  if (!sane) {
    throw base::environment_error("not an event: a number that isn't whole, or is above 10^15");
  }
  try {
    return event_from(object, static_cast<const model::Event*>(nullptr));
  } catch (const json::exception& error) {
    // nlohmann-json begins with its own number: "[json.exception.type_error.302] type must be string, but is number".
    const std::string_view what = error.what();
    throw base::environment_error(fmt::format("not an event: {}", what.substr(what.find("] ") + 2)));
  } catch (const std::invalid_argument& error) {
    throw base::environment_error(fmt::format("not an event: {}", error.what()));
  }
}

}  // namespace opready::record
