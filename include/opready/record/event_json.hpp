// SPDX-License-Identifier: Apache-2.0
// Events as lines of JSON, the form in which a run is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "opready/model/event.hpp"

namespace opready::record {

/// One JSON object and a newline. "event" says which event it is; the other keys are the fields of its struct, with
/// times as RFC 3339 text, durations in milliseconds and enumerators by name. run_started also has "version".
[[nodiscard]] std::string to_json_line(const model::Event& event);

/// Reads one line. Unknown keys are ignored and absent ones leave their default; an unknown kind of event gives
/// nothing, since a later version may have written it. Throws Error (exit code 3) for anything else.
[[nodiscard]] std::optional<model::Event> parse_event(std::string_view line);

}  // namespace opready::record
