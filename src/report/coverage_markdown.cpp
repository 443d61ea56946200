// SPDX-License-Identifier: Apache-2.0
// Draws the coverage as a page of documentation.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/report/coverage.hpp"
#include "opready/report/wording.hpp"

#include "coverage_wording.hpp"

namespace opready::report {
namespace {

/// Text that Markdown is to show as it stands, also in a table's cell.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|").find(c) != std::string_view::npos) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

void append_overview(std::string& out, const model::Coverage& coverage) {
  out += fmt::format("| item | asks | {} |\n", fmt::join(coverage.releases, " | "));
  out += "| --- | --- |";
  for (std::size_t release = 0; release < coverage.releases.size(); ++release) {
    out += " --- |";
  }
  out += '\n';
  for (const model::ItemCoverage& item : coverage.items) {
    out += fmt::format("| {} | {} |", item.item.id, escaped(item.item.statement));
    for (const model::Proves level : item.levels) {
      out += fmt::format(" {} |", model::to_string(level));
    }
    out += '\n';
  }
}

void append_proof(std::string& out, const model::Proof& proof, const model::Coverage& coverage) {
  const std::string releases = only_in(proof, coverage);
  out += fmt::format("- `{}`{} proves {}", proof.test.id, releases.empty() ? "" : fmt::format(" ({} only)", releases),
                     escaped(worth(proof)));
  const std::string taken = demands(proof.test);
  out += taken.empty() || proof.specs.empty() ? "\n" : fmt::format(" ({})\n", escaped(taken));
  for (const model::Spec& spec : proof.specs) {
    out += fmt::format("  - {}, `{}`\n", escaped(one_line(spec.name)), place_text(spec));
  }
}

}  // namespace

std::string coverage_markdown(const model::Coverage& coverage) {
  std::string out = fmt::format(
      "# What proves KEP-2578\n\n"
      "Made by `op-readiness coverage --format markdown`; a test keeps it equal to what that prints.\n\n"
      "Of the {} items upstream's specs of Kubernetes {} {}. *all*: a spec shows the whole item;\n"
      "*part*: it shows some of it, and what is missing stands below; *none*: no spec of that release shows it on\n"
      "Windows.\n\n",
      coverage.items.size(), coverage.releases.back(), amounts(coverage));
  for (const std::string& note : coverage.notes) {
    out += fmt::format("> {}\n\n", escaped(note));
  }
  append_overview(out, coverage);
  std::string_view category;
  for (const model::ItemCoverage& item : coverage.items) {
    if (model::category_of(item.item) != category) {
      category = model::category_of(item.item);
      out += fmt::format("\n## {}\n", category);
    }
    out += fmt::format("\n**{}** {}\n\n", item.item.id, escaped(item.item.statement));
    for (const model::Proof& proof : item.proofs) {
      append_proof(out, proof, coverage);
    }
    if (item.proofs.empty()) {
      out += "- no case\n";
    }
  }
  out += "\n## Beyond the KEP\n\n";
  for (const BeyondTheKep& beyond : beyond_the_kep()) {
    out += fmt::format("- {}: {}\n", beyond.subject, escaped(beyond.statement));
  }
  return out;
}

}  // namespace opready::report
