// SPDX-License-Identifier: Apache-2.0
// Draws the listing of a plan for people.
#include "opready/report/listing_text.hpp"

#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/report/plan_findings.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

std::string title(const model::PlannedCase& planned, const Terminal& terminal) {
  const std::string item = planned.test.kep.empty() ? "" : " (KEP-2578 item " + one_line(planned.test.kep) + ")";
  return painted(planned.test.id, Tone::bold, terminal) + item + '\n';
}

/// "proves part (missing: ...); needs gmsa; placement windows; impact load; runs alone; timeout 2h".
std::string properties(const model::PlannedCase& planned) {
  const model::TestCase& test = planned.test;
  std::vector<std::string> found;
  if (test.proves) {
    // Where it proves nothing, `missing` is why, and stands in the reason for not running it.
    const bool partly = *test.proves == model::Proves::part && !test.missing.empty();
    const std::string missing = partly ? fmt::format(" (missing: {})", one_line(test.missing)) : "";
    found.push_back(fmt::format("proves {}{}", model::to_string(*test.proves), missing));
  }
  if (!test.needs.empty()) {
    found.push_back(one_line(fmt::format("needs {}", fmt::join(test.needs, ", "))));
  }
  if (test.placement) {
    found.push_back(fmt::format("placement {}", model::to_string(*test.placement)));
  }
  if (test.impact != model::Impact::none) {
    found.push_back(fmt::format("impact {}", model::to_string(test.impact)));
  }
  if (planned.serial) {
    found.emplace_back("runs alone");
  }
  if (test.timeout) {
    found.push_back("timeout " + base::go_duration(*test.timeout));
  }
  return found.empty() ? "" : fmt::format("  {}\n", fmt::join(found, "; "));
}

std::string verdict_on_selection(const model::PlannedCase& planned, const Terminal& terminal) {
  if (planned.not_run == model::NotRun::other_shard) {
    return "  not run here: " + planned.not_run_detail + '\n';
  }
  if (planned.not_run) {
    const bool fault = *planned.not_run == model::NotRun::selects_nothing;
    const std::string detail = planned.not_run_detail.empty() ? "" : " (" + one_line(planned.not_run_detail) + ")";
    const std::string text = (fault ? "" : "not run: ") + std::string(heading(*planned.not_run));
    return "  " + painted(text, fault ? Tone::bad : Tone::doubtful, terminal) + detail + '\n';
  }
  return planned.same_as.empty() ? "" : "  runs as " + planned.same_as + ", which selects the same specs\n";
}

void append_specs(std::string& out, const model::PlannedCase& planned, const Terminal& terminal) {
  if (planned.specs.empty()) {
    return;
  }
  out += "  " + base::counted(planned.specs.size(), "spec");
  if (selects_unexpected(planned)) {
    out += ", " + painted(fmt::format("expected {}", planned.test.expect.value_or(0)), Tone::doubtful, terminal);
  }
  out += ":\n";
  for (const model::Spec& spec : planned.specs) {
    out += "    ";
    out += one_line(spec.name);
    if (const std::string place = place_text(spec); !place.empty()) {
      out += "  ";
      out += place;
    }
    out += '\n';
  }
}

void append_case(std::string& out, const model::PlannedCase& planned, const Terminal& terminal) {
  out += '\n' + title(planned, terminal);
  out += "  " + one_line(planned.test.description) + '\n';
  out += properties(planned);
  out += verdict_on_selection(planned, terminal);
  if (!planned.command.empty()) {
    out += "  " + base::shell_joined(base::redacted_command(planned.command)) + '\n';
  }
  append_specs(out, planned, terminal);
}

std::string totals_text(const model::Plan& plan, const Terminal& terminal) {
  const PlanTotals totals = totals_of(plan);
  std::string out = fmt::format("\n{} in {}: {} to run with {}", base::counted(totals.cases, "case"),
                                base::counted(totals.categories, "category", "categories"), totals.to_run,
                                base::counted(totals.specs_to_run, "spec"));
  out += totals.credited > 0 ? fmt::format(", {} as another with the same specs", totals.credited) : "";
  out += totals.in_other_shards > 0 ? fmt::format(", {} in other shards", totals.in_other_shards) : "";
  out += totals.not_run > 0 ? fmt::format(", {} not run", totals.not_run) : "";
  out += totals.select_nothing > 0 ? fmt::format(", {} selecting nothing", totals.select_nothing) : "";
  out += totals.unexpected > 0 ? fmt::format(", {} selecting another number than expected", totals.unexpected) : "";
  out += '\n';
  for (const std::string& finding : findings(plan)) {
    out += painted("warning:", Tone::doubtful, terminal) + ' ' + finding + '\n';
  }
  return out;
}

}  // namespace

std::string listing_text(const model::Plan& plan, const model::ClusterFacts& cluster, const Terminal& terminal) {
  std::string out;
  if (!cluster.server.empty()) {
    // A listing need not have asked the cluster.
    const bool asked = !cluster.kubernetes_version.empty() || cluster.windows_nodes_ready;
    out += (asked ? cluster_line(cluster) : server_text(cluster)) + '\n';
  }
  out += suite_lines(plan);
  for (const std::string& notice : notices(plan, cluster)) {
    out += painted("warning:", Tone::doubtful, terminal) + ' ' + notice + '\n';
  }
  const std::string* category = nullptr;
  for (const model::PlannedCase& planned : plan.cases) {
    if (category == nullptr || *category != planned.test.category) {
      category = &planned.test.category;
      out += '\n' + painted(fmt::format("== {} ==", *category), Tone::bold, terminal) + '\n';
    }
    append_case(out, planned, terminal);
  }
  return out + totals_text(plan, terminal);
}

}  // namespace opready::report
