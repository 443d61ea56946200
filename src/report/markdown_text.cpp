// SPDX-License-Identifier: Apache-2.0
// Quotes foreign text as code, and keeps pages within their limit.
//
// On GitHub a backslash doesn't keep "@name", "#1" or a URL from becoming a link: these are looked for in what was
// rendered, but never in code.
#include "opready/report/markdown_text.hpp"

#include <algorithm>
#include <utility>

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
constexpr std::size_t kReserve = 2048;
/// Renderers know no longer rows of them: GitHub's takes 80 around a span, and 255 around a block.
constexpr std::size_t kMaxBackticks = 60;

std::string cut(std::string_view text, std::size_t max_columns) {
  return std::string(base::utf8_prefix(base::elided(text, max_columns), max_columns * kBytesPerColumn));
}

struct Fenced {
  std::string text;
  std::string fence;
};

/// `foreign` with long rows of backticks cut, and a row that is longer than any left in it, and no shorter than
/// `least`.
Fenced fenced(std::string_view foreign, std::size_t least) {
  std::string text;
  std::size_t longest = 0;
  std::size_t row = 0;
  for (const char c : foreign) {
    row = c == '`' ? row + 1 : 0;
    longest = std::max(longest, std::min(row, kMaxBackticks));
    if (row <= kMaxBackticks) {
      text += c;
    } else if (row == kMaxBackticks + 1) {
      text += "…";
    }
  }
  return {std::move(text), std::string(std::max(longest + 1, least), '`')};
}

std::string span(std::string_view foreign) {
  if (foreign.empty()) {
    return "";
  }
  const auto [text, fence] = fenced(foreign, 1);
  // A reader takes one space off each end where both have one.
  const bool padded = text.front() == '`' || text.back() == '`' || (text.front() == ' ' && text.back() == ' ');
  const std::string_view pad = padded ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, pad, text);
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
  const auto [text, fence] = fenced(lines, 3);
  return fmt::format("{0}text\n{1}{0}\n", fence, text);
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
  if (items.empty()) {
    return;
  }
  const bool begun = add(heading);
  std::size_t shown = 0;
  while (begun && shown < items.size() && add(items[shown])) {
    ++shown;
  }
  const std::string_view title = begun ? "" : heading.substr(0, heading.find('\n', 1) + 1);
  const std::string remark = fmt::format("{}\n*{} left out here; {} has all.*\n", title,
                                         base::counted(items.size() - shown, singular), has_all);
  if (shown < items.size() && text_.size() + remark.size() <= max_bytes_) {
    text_ += remark;
  }
}

}  // namespace opready::report
