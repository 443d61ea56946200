// SPDX-License-Identifier: Apache-2.0
// Decides what the terminal can do, and colours text.
#include "opready/report/style.hpp"

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

/// Only colours of the 16-colour set, which users' themes keep readable.
std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::bold:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[31m";
    case Tone::doubtful:
      return "\x1b[33m";
  }
  return "";
}

}  // namespace

TerminalFacts terminal_facts(int fd) {
  TerminalFacts facts;
  facts.is_terminal = ::isatty(fd) == 1;
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0) {
    facts.columns = size.ws_col;
  }
  facts.term = environment("TERM");
  facts.no_color = environment("NO_COLOR");
  facts.clicolor_force = environment("CLICOLOR_FORCE");
  facts.force_color = environment("FORCE_COLOR");
  return facts;
}

Terminal decide_terminal(ColourChoice choice, const TerminalFacts& facts) {
  const bool smart = facts.is_terminal && !facts.term.empty() && facts.term != "dumb";
  Terminal terminal;
  terminal.colour = decide_colour(choice, facts, smart);
  terminal.live = smart;
  terminal.columns = facts.columns > 0 ? facts.columns : kDefaultColumns;
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
