// SPDX-License-Identifier: Apache-2.0
// Draws what is pasted into an issue that asks for certification.
#include <map>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/kep_items.hpp"
#include "opready/report/markdown_text.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/summary_markdown.hpp"

namespace opready::report {
namespace {

/// GitHub takes so many characters in an issue; a code point is never more than its bytes.
constexpr std::size_t kMaxIssue = 65536;

std::string fact(std::string_view name, const std::string& value) {
  return value.empty() ? "" : fmt::format("| {} | {} |\n", name, value);
}

/// "`10.0.20348` (2 nodes)", build by build.
std::string windows_builds(const model::ClusterFacts& cluster) {
  std::map<std::string, std::size_t> nodes;
  for (const model::NodeFacts& node : cluster.nodes) {
    if (node.os == "windows" && !node.build.empty()) {
      ++nodes[node.build];
    }
  }
  std::vector<std::string> builds;
  builds.reserve(nodes.size());
  for (const auto& [build, count] : nodes) {
    builds.push_back(fmt::format("{} ({})", code_cell(build), base::counted(count, "node")));
  }
  return fmt::format("{}", fmt::join(builds, ", "));
}

std::string nodes_ready(const model::ClusterFacts& cluster) {
  return cluster.windows_nodes_ready && cluster.linux_nodes_ready
             ? fmt::format("{} Windows, {} Linux", *cluster.windows_nodes_ready, *cluster.linux_nodes_ready)
             : "";
}

std::string suites(const model::Plan& plan) {
  std::vector<std::string> names;
  names.reserve(plan.suites.size());
  for (const model::SuiteIdentity& suite : plan.suites) {
    names.push_back(code_cell(fmt::format("{}.test {}", suite.name, suite.version)));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string counts_text(const model::Counts& counts) {
  return fmt::format("{}: {} passed, {} failed, {} unproven, {} not testable, {} skipped, {} not run; {} flaky",
                     base::counted(static_cast<std::size_t>(counts.total), "case"), counts.passed, counts.failed,
                     counts.unproven, counts.could_not_test, counts.skipped, counts.not_run, counts.flaky);
}

std::string facts(const model::RunRecord& record, const model::Verdict& verdict) {
  const model::RunStarted& started = record.started;
  std::string out = "| | |\n| --- | --- |\n";
  out += fact("Verdict", fmt::format("**{}**", model::to_string(verdict.readiness)));
  out += fact("About", verdict.whole_core ? "all Core categories of KEP-2578" : code_cell(verdict.scope));
  for (const auto& [name, value] : started.labels) {
    out += fact(code_cell(name), code_cell(base::redacted(value)));
  }
  out += fact("Kubernetes", code_cell(started.cluster.kubernetes_version));
  out += fact("Specs", suites(started.plan));
  out += fact("Windows builds", windows_builds(started.cluster));
  out += fact("Nodes ready", nodes_ready(started.cluster));
  out += fact("Placement of pods", placement_text(started.placement));
  out += fact("Provider", code_cell(started.provider));
  out += fact("Result", counts_text(verdict.counts));
  out += fact("op-readiness", code_cell(started.tool_version));
  return out + fact("Run", fmt::format("{}, {}", code_cell(started.run_id), base::rfc3339(started.time)));
}

std::string item_row(const ItemResult& result) {
  std::vector<std::string> cases;
  cases.reserve(result.cases.size());
  for (const model::CaseRecord* record : result.cases) {
    cases.push_back(code_cell(record->planned.test.id));
  }
  return fmt::format("| {} | {} | {} | {} |\n", result.item.id, result.item.statement, to_string(result.state),
                     fmt::join(cases, ", "));
}

void add_items(MarkdownPage& page, const model::RunRecord& record) {
  std::vector<std::string> rows;
  for (const ItemResult& result : item_results(record)) {
    rows.push_back(item_row(result));
  }
  page.add_section("\n### KEP-2578, item by item\n\n| Item | It asks | State | Cases |\n| --- | --- | --- | --- |\n",
                   rows, "item");
}

/// `record` without what was said of the places of pods: it names nodes, and servers that didn't answer.
model::RunRecord without_places(model::RunRecord record) {
  const std::string elsewhere = "summary.json says why";
  for (model::CaseRecord& item : record.cases) {
    for (model::AttemptRecord& attempt : item.attempts) {
      if (!attempt.finished) {
        continue;
      }
      model::CaseResult& result = attempt.finished->result;
      if (result.outcome == model::Outcome::unproven || result.outcome == model::Outcome::could_not_test) {
        result.reason = elsewhere;
      }
      for (model::SpecResult& spec : result.specs) {
        if (spec.status == model::SpecStatus::unproven || spec.status == model::SpecStatus::could_not_test) {
          spec.message = elsewhere;
        }
      }
    }
  }
  if (!record.evidence_lacks.empty()) {
    record.evidence_lacks = {elsewhere};
  }
  return record;
}

void add_exceptions(MarkdownPage& page, const model::RunRecord& record, const model::Verdict& verdict) {
  std::vector<std::string> items;
  items.reserve(verdict.reasons.size());
  for (const std::string& reason : verdict.reasons) {
    items.push_back("- " + code_span(reason) + '\n');
  }
  for (const model::CategoryVerdict& category : verdict.categories) {
    for (const std::string& reason : category.reasons) {
      items.push_back("- " + code_span(reason) + '\n');
    }
  }
  for (const std::string& why : record.evidence_lacks) {
    items.push_back("- " + code_span(fmt::format("{}: {}", kEvidenceLacks, why)) + '\n');
  }
  page.add_section("\n### Exceptions\n\n", items, "exception");
}

std::string reproduction(const model::RunStarted& started) {
  std::vector<std::string> command = {"op-readiness"};
  command.insert(command.end(), started.arguments.begin(), started.arguments.end());
  return "\n### How to do it again\n\nWith these binaries in the current directory or in `PATH`:\n\n" +
         code_block(base::shell_joined(command));
}

}  // namespace

std::string certification_markdown(const model::RunRecord& run) {
  const model::RunRecord record = without_places(run);
  const model::Verdict verdict = model::judge(record);
  MarkdownPage page(kMaxIssue);
  page.add(fmt::format("## Windows operational readiness: {}\n\n", model::to_string(verdict.readiness)));
  page.add(facts(record, verdict));
  page.add(reproduction(record.started));
  add_items(page, record);
  add_exceptions(page, record, verdict);
  return page.text();
}

}  // namespace opready::report
