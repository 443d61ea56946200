// SPDX-License-Identifier: Apache-2.0
// Speaks to CI systems, and keeps others from it.
#include "opready/report/ci_log.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace opready::report {
namespace {

constexpr std::string_view kCommand = "::";
constexpr std::string_view kOlderCommand = "##[";

/// GitHub decodes what looks like an escaped character.
std::string escaped(std::string_view title) {
  std::string out;
  for (const char c : title) {
    out += c == '%' ? "%25" : std::string(1, c);
  }
  return out;
}

std::string section_mark(std::string_view what, base::Timestamp time, std::string_view name) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  return fmt::format("\x1b[0Ksection_{}:{}:{}\r\x1b[0K", what, seconds, name);
}

/// What may stand in front of a command: the runner skips whatever Unicode calls white space.
bool is_blank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte >= 0x7F;
}

void append_without_commands(std::string& out, std::string_view line) {
  const std::size_t text =
      static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_blank) - line.begin());
  if (line.substr(text).starts_with(kCommand)) {
    out += line.substr(0, text + 1);
    out += ' ';
    line.remove_prefix(text + 1);
  }
  for (std::size_t at = line.find(kOlderCommand); at != std::string_view::npos; at = line.find(kOlderCommand)) {
    out += line.substr(0, at + 2);
    out += ' ';
    line.remove_prefix(at + 2);
  }
  out += line;
}

}  // namespace

std::string group_start(CiLog log, const LogGroup& group, base::Timestamp time) {
  switch (log) {
    case CiLog::none:
      return group.title + '\n';
    case CiLog::github:
      return fmt::format("::group::{}\n", escaped(group.title));
    case CiLog::gitlab:
      return section_mark("start", time, group.name + "[collapsed=true]") + group.title + '\n';
  }
  return "";
}

std::string group_end(CiLog log, const LogGroup& group, base::Timestamp time) {
  switch (log) {
    case CiLog::none:
      return "";
    case CiLog::github:
      return "::endgroup::\n";
    case CiLog::gitlab:
      return section_mark("end", time, group.name) + '\n';
  }
  return "";
}

std::string without_commands(CiLog log, std::string_view lines) {
  if (log != CiLog::github) {
    return std::string(lines);
  }
  std::string out;
  out.reserve(lines.size());
  while (!lines.empty()) {
    const std::size_t length = std::min(lines.find('\n'), lines.size() - 1) + 1;
    append_without_commands(out, lines.substr(0, length));
    lines.remove_prefix(length);
  }
  return out;
}

void CiLogOutput::write(std::string_view text) {
  out_.write(without_commands(log_, text));
}

}  // namespace opready::report
