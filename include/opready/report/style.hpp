// SPDX-License-Identifier: Apache-2.0
// What the place can do where text is shown, decided once, and colours that are readable on light and dark backgrounds.
#pragma once

#include <string>
#include <string_view>

namespace opready::report {

constexpr int kDefaultColumns = 80;
constexpr int kDefaultRows = 24;

/// Whose log the text ends in, where that one folds lines and acts on some of them.
enum class CiLog { none, github, gitlab };

/// What producers of text are told of the place where it's shown.
struct Terminal {
  bool colour = false;
  bool live = false;  ///< It takes cursor movement, so a line can be drawn over.
  int columns = kDefaultColumns;
  int rows = kDefaultRows;
  CiLog log = CiLog::none;
};

/// 0: unknown.
struct ScreenSize {
  int columns = 0;
  int rows = 0;
};

/// --color auto|always|never.
enum class ColourChoice { automatic, always, never };

/// All that the decision rests on; texts are values of environment variables, empty where unset.
struct TerminalFacts {
  bool is_terminal = false;
  ScreenSize size;
  std::string term;
  std::string columns;  ///< What `watch` tells those that it starts.
  std::string no_color;
  std::string clicolor_force;
  std::string force_color;
  std::string github_actions;
  std::string gitlab_ci;
};

/// Of the terminal that `fd` is; unknown where it's none.
[[nodiscard]] ScreenSize screen_size(int fd);

/// Asks the system about `fd`, the descriptor that will be written to, and reads the environment.
[[nodiscard]] TerminalFacts terminal_facts(int fd);

/// The option decides first, then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then whether it's a terminal that
/// isn't dumb. In the log of a CI system nothing is drawn over, even where jobs are given a terminal there.
[[nodiscard]] Terminal decide_terminal(ColourChoice choice, const TerminalFacts& facts);

/// Which CI system's log is written to, whatever the descriptor.
[[nodiscard]] CiLog decide_log(const TerminalFacts& facts);

/// What a piece of text means; colours follow from it.
enum class Tone { plain, bold, good, bad, doubtful };

/// `text` with its tone's colour around it; unchanged without colour, and where it's empty.
[[nodiscard]] std::string painted(std::string_view text, Tone tone, const Terminal& terminal);

}  // namespace opready::report
