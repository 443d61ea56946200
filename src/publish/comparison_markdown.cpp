// SPDX-License-Identifier: Apache-2.0
// Draws a comparison for a web page.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "opready/publish/comparison_report.hpp"
#include "opready/report/markdown_text.hpp"

#include "comparison_wording.hpp"

namespace opready::publish {
namespace {

using report::code_cell;

std::string row(const Difference& difference) {
  return fmt::format("| {} | {} | {} | {} | {} |\n", code_cell(difference.case_id), code_cell(difference.kep),
                     code_cell(spec_text(difference)), code_cell(base_text(difference)),
                     code_cell(newer_text(difference)));
}

}  // namespace

std::string comparison_markdown(const Comparison& comparison, std::size_t max_bytes) {
  report::MarkdownPage page(max_bytes);
  page.add(fmt::format("## {}\n\n| | Base | New |\n| --- | --- | --- |\n", closing(comparison)));
  for (const Fact& fact : facts(comparison)) {
    page.add(fmt::format("| {} | {} | {} |\n", fact.name, code_cell(fact.base), code_cell(fact.newer)));
  }
  for (const ChangeGroup& group : groups(comparison)) {
    std::vector<std::string> rows;
    std::transform(group.differences.begin(), group.differences.end(), std::back_inserter(rows), row);
    page.add_section(
        fmt::format("\n### {}\n\n| Case | KEP item | Spec | Base | New |\n| --- | --- | --- | --- | --- |\n",
                    group.heading),
        rows, "difference", "`--format json`");
  }
  return page.text();
}

}  // namespace opready::publish
