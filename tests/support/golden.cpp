// SPDX-License-Identifier: Apache-2.0
// Golden files and the difference of two texts.
#include "opready/testing/golden.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"

namespace opready::testing {

namespace {

constexpr std::size_t kContext = 3;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    lines.push_back(text.substr(0, newline));
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  }
  return lines;
}

struct DiffLine {
  char mark;  // ' ', '-' or '+'
  std::string_view text;
};

/// By the longest common subsequence of lines.
std::vector<DiffLine> diff(const std::vector<std::string_view>& expected, const std::vector<std::string_view>& actual) {
  // common[i][j]: how many lines expected[i..] and actual[j..] have in common.
  std::vector<std::vector<std::size_t>> common(expected.size() + 1, std::vector<std::size_t>(actual.size() + 1));
  for (std::size_t i = expected.size(); i-- > 0;) {
    for (std::size_t j = actual.size(); j-- > 0;) {
      common[i][j] = expected[i] == actual[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::vector<DiffLine> lines;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < expected.size() || j < actual.size()) {
    if (i < expected.size() && j < actual.size() && expected[i] == actual[j]) {
      lines.push_back({' ', expected[i]});
      ++i;
      ++j;
    } else if (j == actual.size() || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
      lines.push_back({'-', expected[i++]});
    } else {
      lines.push_back({'+', actual[j++]});
    }
  }
  return lines;
}

bool near_a_change(const std::vector<DiffLine>& lines, std::size_t index) {
  const std::size_t from = index - std::min(index, kContext);
  const std::size_t to = std::min(index + kContext + 1, lines.size());
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.begin() + static_cast<std::ptrdiff_t>(to),
                     [](const DiffLine& line) { return line.mark != ' '; });
}

bool ends_in_newline(std::string_view text) {
  return text.empty() || text.ends_with('\n');
}

void write_golden(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  EXPECT_TRUE(file) << "cannot write " << path;
}

}  // namespace

std::string line_diff(std::string_view expected, std::string_view actual) {
  const std::vector<DiffLine> lines = diff(lines_of(expected), lines_of(actual));
  std::string text;
  bool left_out = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (near_a_change(lines, i)) {
      text.append(1, lines[i].mark).append(lines[i].text).append("\n");
    } else if (!left_out) {
      text += "...\n";
    }
    left_out = !near_a_change(lines, i);
  }
  if (ends_in_newline(expected) != ends_in_newline(actual)) {
    text += ends_in_newline(actual) ? "(expected no newline at the end)\n" : "(no newline at the end)\n";
  }
  return text;
}

void expect_matches_golden(std::string_view name, std::string_view actual) {
  const std::filesystem::path path = std::filesystem::path(OPREADY_SOURCE_DIR) / "tests" / "golden" / name;
  const char* const update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    write_golden(path, actual);
    return;
  }
  if (!std::filesystem::exists(path)) {
    ADD_FAILURE() << "tests/golden/" << name << " doesn't exist; UPDATE_GOLDEN=1 writes it:\n" << actual;
    return;
  }
  const std::string expected = base::read_file(path);
  if (expected != actual) {
    ADD_FAILURE() << "differs from tests/golden/" << name << " (UPDATE_GOLDEN=1 rewrites it):\n"
                  << line_diff(expected, actual);
  }
}

}  // namespace opready::testing
