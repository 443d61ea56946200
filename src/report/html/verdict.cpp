// SPDX-License-Identifier: Apache-2.0
// The head of the page: is the cluster ready?
#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/wording.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

using model::Readiness;

constexpr std::size_t kReasons = 8;
constexpr std::size_t kNotices = 20;

/// A verdict by colour and by shape: `path` draws the sign within a circle, a triangle or an octagon.
struct Look {
  std::string_view css_class;
  std::string_view outline;
  std::string_view sign;
};

constexpr std::string_view kCircle = "M24 3a21 21 0 1 1 0 42a21 21 0 1 1 0-42z";
constexpr std::string_view kTick = "M14 25l7 7l13-15";

Look look_of(Readiness readiness) {
  switch (readiness) {
    case Readiness::ready:
      return {"good", kCircle, kTick};
    case Readiness::ready_except:
      return {"doubt", kCircle, kTick};
    case Readiness::incomplete:
      return {"doubt", "M24 4l21 38h-42z", "M24 18v12M24 35v2"};
    case Readiness::not_ready:
      return {"bad", "M15 3h18l12 12v18l-12 12h-18l-12-12v-18z", "M16 16l16 16M32 16l-16 16"};
  }
  return {};
}

bool is_given(const model::Verdict& verdict) {
  return std::any_of(verdict.categories.begin(), verdict.categories.end(),
                     [](const model::CategoryVerdict& category) { return category.gates; });
}

void write_sign(HtmlWriter& out, const Look& look) {
  const auto sign = out.element("svg", {{"viewBox", "0 0 48 48"}, {"class", "sign"}, {"aria-hidden", "true"}});
  out.single("path", {{"class", "outline"}, {"d", look.outline}});
  out.single("path", {{"class", "stroke"}, {"d", look.sign}});
}

void write_facts(HtmlWriter& out, const model::RunRecord& record) {
  const model::ClusterFacts& cluster = record.started.cluster;
  const auto facts = out.element("p", {{"class", "meta"}});
  if (!cluster.context.empty()) {
    out.leaf("b", shown(cluster.context));
    out.text(" at ");
  }
  out.text(shown(base::redacted(cluster.server)));
  if (!cluster.kubernetes_version.empty()) {
    out.text(" · Kubernetes " + shown(cluster.kubernetes_version));
  }
  out.text(" · ");
  out.leaf("time", when(record.started.time), {{"datetime", base::rfc3339(record.started.time)}});
  if (!record.resumed.empty()) {
    out.text(" · resumed ");
    const base::Timestamp resumed = record.resumed.back().time;
    out.leaf("time", when(resumed), {{"datetime", base::rfc3339(resumed)}});
  }
  out.text(record.finished ? " · took " + base::human_duration(record.finished->duration) : " · did not finish");
  out.text(record.finished && !record.resumed.empty() ? " since then" : "");
}

struct StateCount {
  State state;
  int count;
};

std::vector<StateCount> counts_of(const model::Counts& counts, bool flaky_fails) {
  const int flaky = flaky_fails ? 0 : counts.flaky;
  std::vector<StateCount> all = {{State::passed, counts.passed - flaky},   {State::flaky, flaky},
                                 {State::failed, counts.failed},           {State::unproven, counts.unproven},
                                 {State::untested, counts.could_not_test}, {State::skipped, counts.skipped},
                                 {State::not_run, counts.not_run}};
  std::erase_if(all, [](const StateCount& item) { return item.count <= 0; });
  return all;
}

/// The cases as one bar, and below it what its parts stand for.
void write_counts(HtmlWriter& out, const RunView& run) {
  const auto counts = counts_of(run.verdict.counts, run.record->started.flaky_fails);
  if (counts.empty()) {
    return;
  }
  {
    const auto bar = out.element(
        "svg",
        {{"class", "share"}, {"viewBox", "0 0 1000 10"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
    double x = 0;
    for (const auto& [state, count] : counts) {
      const double width = 1000.0 * count / run.verdict.counts.total;
      out.single("rect", {{"class", class_of(state)},
                          {"x", fmt::format("{:.1f}", x)},
                          {"width", fmt::format("{:.1f}", std::max(width - 2, 1.0))},
                          {"height", "10"}});
      x += width;
    }
  }
  const auto list = out.element("ul", {{"class", "counts"}, {"aria-label", "Cases by result"}});
  for (const auto& [state, count] : counts) {
    const auto item = out.element("li");
    out.leaf("b", grouped(static_cast<std::size_t>(count)));
    out.text(" ");
    write_state(out, state, name_of(state));
  }
}

/// What stands against a better verdict, first of the categories that count.
std::vector<std::string> reasons_of(const model::Verdict& verdict) {
  std::vector<std::string> reasons = verdict.reasons;
  for (const model::CategoryVerdict& category : verdict.categories) {
    if (category.gates) {
      reasons.insert(reasons.end(), category.reasons.begin(), category.reasons.end());
    }
  }
  return reasons;
}

void write_list(HtmlWriter& out, const std::vector<std::string>& lines, std::size_t most) {
  const auto list = out.element("ul");
  for (std::size_t index = 0; index < std::min(lines.size(), most); ++index) {
    out.leaf("li", shown(lines[index]));
  }
  if (lines.size() > most) {
    out.leaf("li", fmt::format("and {} more", grouped(lines.size() - most)));
  }
}

std::vector<std::string> notices_of(const model::RunRecord& record) {
  std::vector<std::string> notices;
  if (record.stop) {
    notices.push_back("The run was " + stop_text(*record.stop) + '.');
  } else if (!record.finished) {
    notices.emplace_back("The run was killed: what it hadn't come to stands below as not run.");
  }
  if (record.started.shard) {
    notices.push_back(fmt::format("This is shard {}; others performed {}.", model::to_string(*record.started.shard),
                                  base::counted(record.in_other_shards.size(), "case")));
  }
  for (const std::string& why : record.evidence_lacks) {
    notices.push_back(fmt::format("{}: {}", kEvidenceLacks, why));
  }
  notices.insert(notices.end(), record.started.plan.notes.begin(), record.started.plan.notes.end());
  for (const model::NamespaceLeft& left : record.namespaces_left) {
    notices.push_back(fmt::format("namespace {} of {} was left in the cluster", left.name, left.case_id));
  }
  return notices;
}

}  // namespace

void write_verdict(HtmlWriter& out, const RunView& run) {
  const bool given = is_given(run.verdict);
  const Look look = given ? look_of(run.verdict.readiness) : look_of(Readiness::incomplete);
  const auto section =
      out.element("section", {{"class", fmt::format("verdict {}", look.css_class)}, {"aria-labelledby", "verdict"}});
  write_sign(out, look);
  {
    const auto answer = out.element("div");
    out.leaf("h1", given ? model::to_string(run.verdict.readiness) : "NO VERDICT", {{"id", "verdict"}});
    out.leaf("p", shown(model::sentence(run.verdict), 600), {{"class", "sentence"}});
    write_facts(out, *run.record);
  }
  const auto more = out.element("div", {{"class", "more"}});
  write_counts(out, run);
  if (const auto reasons = reasons_of(run.verdict); !reasons.empty()) {
    const auto block = out.element("div", {{"class", "reasons"}});
    out.leaf("h2", "What stands against it");
    write_list(out, reasons, kReasons);
  }
  if (const auto notices = notices_of(*run.record); !notices.empty()) {
    const auto block = out.element("div", {{"class", "notices"}});
    out.leaf("h2", "To be known");
    write_list(out, notices, kNotices);
  }
}

}  // namespace opready::report
