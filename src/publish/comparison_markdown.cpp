// SPDX-License-Identifier: Apache-2.0
// Draws a comparison for a web page.
#include <string_view>

#include <fmt/format.h>

#include "opready/publish/comparison_report.hpp"
#include "opready/report/wording.hpp"

#include "comparison_wording.hpp"

namespace opready::publish {
namespace {

/// Foreign text as one line that Markdown shows as it stands, also in a table's cell. '@' and '#' would notify people
/// and link issues.
std::string escaped(std::string_view foreign) {
  std::string out;
  for (const char c : report::one_line(foreign)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '@':
        out += "&#64;";
        break;
      case '#':
        out += "&#35;";
        break;
      default:
        out += std::string_view("\\`*_[]()|~!").find(c) == std::string_view::npos ? std::string() : std::string("\\");
        out += c;
    }
  }
  return out;
}

void append_row(std::string& out, const Difference& difference) {
  out += fmt::format("| {} | {} | {} | {} | {} |\n", escaped(difference.case_id), escaped(difference.kep),
                     escaped(spec_text(difference)), escaped(base_text(difference)), escaped(newer_text(difference)));
}

}  // namespace

std::string comparison_markdown(const Comparison& comparison) {
  std::string out = fmt::format("## {}\n\n| | Base | New |\n| --- | --- | --- |\n", escaped(closing(comparison)));
  for (const Fact& fact : facts(comparison)) {
    out += fmt::format("| {} | {} | {} |\n", fact.name, escaped(fact.base), escaped(fact.newer));
  }
  for (const ChangeGroup& group : groups(comparison)) {
    out += fmt::format("\n### {}\n\n| Case | KEP item | Spec | Base | New |\n| --- | --- | --- | --- | --- |\n",
                       group.heading);
    for (const Difference& difference : group.differences) {
      append_row(out, difference);
    }
  }
  return out;
}

}  // namespace opready::publish
