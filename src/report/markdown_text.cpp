// SPDX-License-Identifier: Apache-2.0
// Quotes foreign text as code, and keeps pages within their limit.
//
// On GitHub a backslash doesn't keep "@name", "#1" or a URL from becoming a link: these are looked for in what was
// rendered, but never in code.
#include "opready/report/markdown_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

constexpr std::size_t kMaxColumns = 300;
/// The longest path that Linux takes, and a command around it.
constexpr std::size_t kMaxLineColumns = 5000;
/// Marks of no width could make a line of few columns very long.
constexpr std::size_t kBytesPerColumn = 4;
constexpr std::size_t kMaxBlockLine = 2000;
constexpr std::size_t kMaxBlock = 12UL * 1024;
/// Kept free for remarks on what was left out.
constexpr std::size_t kReserve = 1024;

std::string cut(std::string_view text, std::size_t max_columns) {
  return std::string(base::utf8_prefix(base::elided(text, max_columns), max_columns * kBytesPerColumn));
}

/// Longer by one than any row of backticks in `text`, and no shorter than `least`.
std::string backticks_around(std::string_view text, std::size_t least) {
  std::size_t longest = 0;
  std::size_t row = 0;
  for (const char c : text) {
    row = c == '`' ? row + 1 : 0;
    longest = std::max(longest, row);
  }
  std::string backticks(std::max(longest + 1, least), '`');
  return backticks;
}

std::string span(const std::string& text) {
  if (text.empty()) {
    return "";
  }
  const std::string backticks = backticks_around(text, 1);
  // A reader takes one space off each end where both have one.
  const bool padded = text.front() == '`' || text.back() == '`' || (text.front() == ' ' && text.back() == ' ');
  const std::string_view pad = padded ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", backticks, pad, text);
}

}  // namespace

std::string code_span(std::string_view foreign) {
  return span(cut(one_line(foreign), kMaxColumns));
}

std::string code_cell(std::string_view foreign) {
  std::string text = cut(one_line(foreign), kMaxColumns);
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at)) {
    text.replace(at, 1, "¦");
  }
  return span(text);
}

std::string code_line(std::string_view foreign) {
  return span(cut(one_line(foreign), kMaxLineColumns));
}

std::string code_block(std::string_view foreign) {
  const std::string clean = base::sanitized(foreign);
  std::string lines;
  for (std::size_t begin = 0; begin < clean.size();) {
    const std::size_t end = std::min(clean.find('\n', begin), clean.size());
    const std::string_view line = base::utf8_prefix(std::string_view(clean).substr(begin, end - begin), kMaxBlockLine);
    if (lines.size() + line.size() > kMaxBlock) {
      lines += "...\n";
      break;
    }
    lines.append(line).append("\n");
    begin = end + 1;
  }
  const std::string fence = backticks_around(lines, 3);
  return fmt::format("{0}text\n{1}{0}\n", fence, lines);
}

bool MarkdownPage::add(std::string_view block) {
  if (text_.size() + block.size() + kReserve > max_bytes_) {
    return false;
  }
  text_ += block;
  return true;
}

void MarkdownPage::add_section(std::string_view heading, const std::vector<std::string>& items,
                               std::string_view singular, std::string_view has_all) {
  std::size_t shown = 0;
  if (items.empty() || !add(heading)) {
    return;
  }
  while (shown < items.size() && add(items[shown])) {
    ++shown;
  }
  const std::string remark =
      fmt::format("\n*{} left out here; {} has all.*\n", base::counted(items.size() - shown, singular), has_all);
  if (shown < items.size() && text_.size() + remark.size() <= max_bytes_) {
    text_ += remark;
  }
}

}  // namespace opready::report
