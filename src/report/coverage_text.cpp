// SPDX-License-Identifier: Apache-2.0
// Draws the coverage for a terminal.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/report/coverage.hpp"
#include "opready/report/wording.hpp"

#include "coverage_wording.hpp"

namespace opready::report {
namespace {

Tone tone(model::Proves level) {
  switch (level) {
    case model::Proves::all:
      return Tone::good;
    case model::Proves::part:
      return Tone::doubtful;
    case model::Proves::none:
      return Tone::bad;
  }
  return Tone::plain;
}

/// "part", or "1.34 part, 1.35 none" where releases differ.
std::string levels_text(const model::ItemCoverage& item, const model::Coverage& coverage, const Terminal& terminal) {
  const auto painted_level = [&](std::size_t release) {
    const model::Proves level = item.levels[release];
    return painted(model::to_string(level), tone(level), terminal);
  };
  std::string out;
  for (std::size_t release = 0; release < item.levels.size(); ++release) {
    if (release > 0 && item.levels[release] == item.levels[release - 1]) {
      continue;
    }
    const bool changes = item.levels != std::vector(item.levels.size(), item.levels.front());
    const std::string since = changes ? fmt::format("{}{} ", coverage.releases[release], release == 0 ? "" : "+") : "";
    out += (out.empty() ? "" : ", ") + since + painted_level(release);
  }
  return out;
}

void append_proof(std::string& out, const model::Proof& proof, const model::Coverage& coverage) {
  const std::string releases = only_in(proof, coverage);
  out += fmt::format("  {}{}\n", proof.test.id, releases.empty() ? "" : fmt::format(" ({} only)", releases));
  out += fmt::format("    proves {}\n", worth(proof));
  if (const std::string taken = demands(proof.test); !taken.empty() && !proof.specs.empty()) {
    out += fmt::format("    {}\n", taken);
  }
  for (const model::Spec& spec : proof.specs) {
    out += fmt::format("    {}  {}\n", one_line(spec.name), place_text(spec));
  }
}

}  // namespace

std::string coverage_text(const model::Coverage& coverage, const Terminal& terminal) {
  std::string out;
  for (const std::string& note : coverage.notes) {
    out += painted("warning:", Tone::doubtful, terminal) + ' ' + note + "\n\n";
  }
  std::string_view category;
  for (const model::ItemCoverage& item : coverage.items) {
    if (model::category_of(item.item) != category) {
      const bool first = category.empty();
      category = model::category_of(item.item);
      out += fmt::format("{}{}\n", first ? "" : "\n", painted(fmt::format("== {} ==", category), Tone::bold, terminal));
    }
    out += fmt::format("{}: {}: {}\n", painted(item.item.id, Tone::bold, terminal),
                       levels_text(item, coverage, terminal), item.item.statement);
    for (const model::Proof& proof : item.proofs) {
      append_proof(out, proof, coverage);
    }
    if (item.proofs.empty()) {
      out += "  no case\n";
    }
  }
  out += '\n';
  for (const BeyondTheKep& beyond : beyond_the_kep()) {
    out += fmt::format("{}: {}\n", beyond.subject, beyond.statement);
  }
  out += fmt::format("\nOf the KEP's {} items upstream's specs of Kubernetes {} {}", coverage.items.size(),
                     coverage.releases.back(), amounts(coverage));
  return out + (coverage.releases.size() > 1 ? fmt::format("; looked at: {}.\n", fmt::join(coverage.releases, ", "))
                                             : std::string(".\n"));
}

}  // namespace opready::report
