// SPDX-License-Identifier: Apache-2.0
// What the user's terminal can do, decided once, and colours that are readable on light and dark backgrounds.
#pragma once

#include <string>
#include <string_view>

namespace opready::report {

constexpr int kDefaultColumns = 80;

/// What producers of text are told of the place where it's shown.
struct Terminal {
  bool colour = false;
  bool live = false;  ///< It takes cursor movement, so a line can be drawn over.
  int columns = kDefaultColumns;
};

/// --color auto|always|never.
enum class ColourChoice { automatic, always, never };

/// All that the decision rests on; texts are values of environment variables, empty where unset.
struct TerminalFacts {
  bool is_terminal = false;
  int columns = 0;  ///< 0: unknown.
  std::string term;
  std::string no_color;
  std::string clicolor_force;
  std::string force_color;
};

/// Asks the system about `fd`, the descriptor that will be written to, and reads the environment.
[[nodiscard]] TerminalFacts terminal_facts(int fd);

/// The option decides first, then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then whether it's a terminal that
/// isn't dumb.
[[nodiscard]] Terminal decide_terminal(ColourChoice choice, const TerminalFacts& facts);

/// What a piece of text means; colours follow from it.
enum class Tone { plain, bold, good, bad, doubtful };

/// `text` with its tone's colour around it; unchanged without colour, and where it's empty.
[[nodiscard]] std::string painted(std::string_view text, Tone tone, const Terminal& terminal);

}  // namespace opready::report
