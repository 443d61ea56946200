// SPDX-License-Identifier: Apache-2.0
// Against what, and with what, the run was performed.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/redact.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/report/pods_wording.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

constexpr std::size_t kRows = 40;
constexpr std::size_t kLongestCommand = 4'000;
constexpr std::string_view kUnknown = "unknown";

void write_fact(HtmlWriter& out, std::string_view name, std::string_view value) {
  const auto pair = out.element("div");
  out.leaf("dt", name);
  out.leaf("dd", value.empty() ? kUnknown : value);
}

std::string windows_builds(const model::ClusterFacts& cluster) {
  std::set<std::string> builds;
  for (const model::NodeFacts& node : cluster.nodes) {
    if (node.os == "windows" && !node.build.empty()) {
      builds.insert(node.build);
    }
  }
  return fmt::format("{}", fmt::join(builds, ", "));
}

void write_cluster(HtmlWriter& out, const model::ClusterFacts& cluster) {
  write_fact(out, "Context", shown(cluster.context));
  write_fact(out, "Server", shown(base::redacted(cluster.server)));
  write_fact(out, "UID of kube-system", shown(cluster.uid));
  write_fact(out, "Kubernetes", shown(cluster.kubernetes_version));
  write_fact(out, "CNI", shown(cluster.cni));
  write_fact(out, "Windows builds", shown(windows_builds(cluster)));
  if (!cluster.windows_taints.empty()) {
    write_fact(out, "Taints of Windows nodes", shown(fmt::format("{}", fmt::join(cluster.windows_taints, ", "))));
  }
}

void write_run(HtmlWriter& out, const model::RunRecord& record) {
  const model::RunStarted& started = record.started;
  for (const model::SuiteIdentity& suite : started.plan.suites) {
    write_fact(out, shown(suite.name, 60) + ".test",
               shown(fmt::format("{}{}{}", suite.version, suite.version.empty() ? "" : " ",
                                 suite.path.empty() ? "(catalogue of names)" : suite.path)));
  }
  write_fact(out, "op-readiness", shown(started.tool_version));
  write_fact(out, "Run", shown(started.run_id));
  write_fact(out, "Provider", shown(started.provider));
  write_fact(out, "Jobs", std::to_string(started.jobs));
  const std::string placement = placement_text(started.placement);
  write_fact(out, "Placement", placement.empty() ? "left to the scheduler" : shown(placement));
  for (const model::RunResumed& resumed : record.resumed) {
    write_fact(out, "Resumed", base::rfc3339(resumed.time));
  }
}

/// By the numbers that the timeline gives them.
void write_joined(HtmlWriter& out, const std::vector<std::string>& directories) {
  if (directories.empty()) {
    return;
  }
  write_fact(out, "Joined",
             fmt::format("{} runs; version, command line, jobs and placement are those of run 1", directories.size()));
  for (std::size_t index = 0; index < std::min(directories.size(), kRows); ++index) {
    write_fact(out, fmt::format("Run {}", index + 1), shown(directories[index]));
  }
  if (directories.size() > kRows) {
    write_fact(out, "More runs", grouped(directories.size() - kRows));
  }
}

void write_labels(HtmlWriter& out, const model::RunStarted& started) {
  std::size_t told = 0;
  for (const auto& [name, value] : started.labels) {
    if (++told <= kRows) {
      write_fact(out, "Label " + shown(name, 100), shown(base::redacted(value)));
    }
  }
  if (told > kRows) {
    write_fact(out, "More labels", grouped(told - kRows));
  }
}

void write_flags(HtmlWriter& out, const model::RunStarted& started) {
  if (started.arguments.empty()) {
    return;
  }
  std::vector<std::string> command = {"op-readiness"};
  const std::vector<std::string> masked = base::redacted_command(started.arguments);
  command.insert(command.end(), masked.begin(), masked.end());
  out.leaf("h3", "Command line");
  out.leaf("pre", shown(base::shell_joined(command), kLongestCommand), {{"class", "command"}, {"tabindex", "0"}});
}

void write_nodes(HtmlWriter& out, const std::vector<model::NodeKind>& kinds) {
  if (kinds.empty()) {
    return;
  }
  {
    const auto scroll =
        out.element("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Nodes"}});
    const auto table = out.element("table");
    out.leaf("caption", "Nodes, those that are alike in one row");
    write_column_heads(out, {"#Nodes", "System", "Image", "Build", "Container runtime", "Kubelet"});
    const auto body = out.element("tbody");
    for (std::size_t index = 0; index < std::min(kinds.size(), kRows); ++index) {
      const model::NodeKind& kind = kinds[index];
      const auto row = out.element("tr");
      out.leaf("td", std::to_string(kind.nodes), {{"class", "number"}});
      for (const std::string* value : {&kind.os, &kind.os_image, &kind.build, &kind.container_runtime, &kind.kubelet}) {
        out.leaf("td", shown(*value, 100));
      }
    }
  }
  if (kinds.size() > kRows) {
    write_note(out, fmt::format("and {} more kinds", kinds.size() - kRows));
  }
}

}  // namespace

void write_environment(HtmlWriter& out, const RunView& run) {
  const model::RunRecord& record = *run.record;
  const auto section = out.element("section", {{"aria-labelledby", "environment"}});
  write_heading(out, "environment", "Environment");
  {
    const auto facts = out.element("dl");
    write_cluster(out, record.started.cluster);
    write_joined(out, run.joined);
    write_run(out, record);
    write_labels(out, record.started);
  }
  write_nodes(out, record.started.cluster.node_kinds);
  write_flags(out, record.started);
}

}  // namespace opready::report
