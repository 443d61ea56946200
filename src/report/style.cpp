// SPDX-License-Identifier: Apache-2.0
// Decides what the terminal can do, and colours text.
#include "opready/report/style.hpp"

#include <charconv>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

namespace opready::report {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool says_yes(const std::string& value) {
  return !value.empty() && value != "0";
}

bool decide_colour(ColourChoice choice, const TerminalFacts& facts, bool smart) {
  switch (choice) {
    case ColourChoice::always:
      return true;
    case ColourChoice::never:
      return false;
    case ColourChoice::automatic:
      break;
  }
  if (!facts.no_color.empty()) {
    return false;
  }
  return smart || says_yes(facts.clicolor_force) || says_yes(facts.force_color);
}

int decide_columns(const TerminalFacts& facts) {
  if (facts.size.columns > 0) {
    return facts.size.columns;
  }
  int columns = 0;
  std::from_chars(facts.columns.data(), facts.columns.data() + facts.columns.size(), columns);
  return columns > 0 ? columns : kDefaultColumns;
}

/// Colours of the 6x6x6 cube, which look the same everywhere; what themes make of the first 16 may be unreadable, as
/// yellow on white is. Each has a contrast of about 4 : 1 or more with white and with black. One of the first 16 stands
/// before it for who knows no others, such as procps' watch.
std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::bold:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[32;38;5;28m";
    case Tone::bad:
      return "\x1b[31;38;5;160m";
    case Tone::doubtful:
      return "\x1b[33;38;5;130m";
  }
  return "";
}

}  // namespace

ScreenSize screen_size(int fd) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? ScreenSize{size.ws_col, size.ws_row} : ScreenSize{};
}

TerminalFacts terminal_facts(int fd) {
  TerminalFacts facts;
  facts.is_terminal = ::isatty(fd) == 1;
  facts.size = screen_size(fd);
  facts.columns = environment("COLUMNS");
  facts.term = environment("TERM");
  facts.no_color = environment("NO_COLOR");
  facts.clicolor_force = environment("CLICOLOR_FORCE");
  facts.force_color = environment("FORCE_COLOR");
  facts.github_actions = environment("GITHUB_ACTIONS");
  facts.gitlab_ci = environment("GITLAB_CI");
  return facts;
}

CiLog decide_log(const TerminalFacts& facts) {
  if (facts.github_actions == "true") {
    return CiLog::github;
  }
  return facts.gitlab_ci == "true" ? CiLog::gitlab : CiLog::none;
}

Terminal decide_terminal(ColourChoice choice, const TerminalFacts& facts) {
  const bool smart = facts.is_terminal && !facts.term.empty() && facts.term != "dumb";
  Terminal terminal;
  terminal.colour = decide_colour(choice, facts, smart);
  terminal.log = decide_log(facts);
  terminal.live = smart && terminal.log == CiLog::none;
  terminal.columns = decide_columns(facts);
  terminal.rows = facts.size.rows > 0 ? facts.size.rows : kDefaultRows;
  return terminal;
}

std::string painted(std::string_view text, Tone tone, const Terminal& terminal) {
  std::string out;
  if (!terminal.colour || text.empty() || tone == Tone::plain) {
    out = text;
    return out;
  }
  out += escape_of(tone);
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace opready::report
