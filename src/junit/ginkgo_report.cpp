// SPDX-License-Identifier: Apache-2.0
// Interprets Ginkgo's use of JUnit: node types in names, states in attributes.
#include "opready/junit/ginkgo_report.hpp"

#include <charconv>
#include <string_view>
#include <utility>

#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::junit {
namespace {

constexpr std::string_view kSpecPrefix = "[It] ";
constexpr std::string_view kSkipPrefix = "skipped - ";

/// Without the constraints that Ginkgo (2.28) puts behind a name in its reports, as in "name [kubelet: [>=1.36]]":
/// they're no part of what focus and skip are matched with.
std::string_view without_constraints(std::string_view name) {
  if (!name.ends_with("]]")) {
    return name;
  }
  std::size_t begin = name.size();
  int open = 0;
  do {
    --begin;
    open += name[begin] == ']' ? 1 : name[begin] == '[' ? -1 : 0;
  } while (open > 0 && begin > 0);
  const bool apart = begin > 0 && name[begin - 1] == ' ';
  const bool constraints = open == 0 && name.substr(begin).find(": [") != std::string_view::npos;
  return apart && constraints ? name.substr(0, begin - 1) : name;
}

bool has_failed(const Case& reported) {
  return reported.kind == CaseKind::failed || reported.kind == CaseKind::error;
}

bool is_unselected(const Case& reported) {
  return reported.kind == CaseKind::skipped && (reported.message == "skipped" || reported.message == "pending");
}

model::SpecStatus status_of(const Case& reported) {
  if (reported.kind == CaseKind::skipped) {
    return model::SpecStatus::skipped;
  }
  if (reported.status == "panicked") {
    return model::SpecStatus::panicked;
  }
  if (reported.status == "timedout") {
    return model::SpecStatus::timed_out;
  }
  if (reported.status == "interrupted") {
    return model::SpecStatus::cancelled;
  }
  // An element that says failure counts for more than an attribute that says nothing new, or "aborted".
  return has_failed(reported) || reported.status == "failed" || reported.status == "aborted"
             ? model::SpecStatus::failed
             : model::SpecStatus::passed;
}

std::string without_margins(std::string text) {
  constexpr std::string_view kSpace = " \t\n";
  text.erase(text.find_last_not_of(kSpace) + 1);
  // The first line keeps its indentation.
  const std::size_t first = text.find_first_not_of(kSpace);
  if (const std::size_t line_end = text.rfind('\n', first);
      first != std::string::npos && line_end != std::string::npos) {
    text.erase(0, line_end + 1);
  }
  return text;
}

std::string failure_text(const Case& reported) {
  std::string text = without_margins(base::redacted(base::sanitized(reported.body)));
  if (text.empty()) {
    text = without_margins(base::redacted(base::sanitized(reported.message)));
  }
  if (text.empty()) {
    return "the report doesn't say why it failed";
  }
  return std::string(base::utf8_prefix(text, model::kMaxFailureText));
}

std::string skip_reason(const Case& reported) {
  std::string_view reason = reported.message;
  if (reason.starts_with(kSkipPrefix)) {
    reason.remove_prefix(kSkipPrefix.size());
  }
  return base::redacted(base::sanitized(reason));
}

/// Takes the place from "> Enter [It] <text> - k8s.io/kubernetes@v1.36.3/test/e2e/network/dns.go:152 @ <time>".
void add_place(model::Spec& spec, std::string_view timeline) {
  const std::size_t enter = timeline.find("> Enter [It] ");
  if (enter == std::string_view::npos) {
    return;
  }
  timeline.remove_prefix(enter);
  const std::string_view line = timeline.substr(0, timeline.find('\n'));
  const std::string_view head = line.substr(0, line.rfind(" @ "));
  const std::size_t path = head.rfind("test/e2e");
  const std::size_t colon = head.rfind(':');
  if (path == std::string_view::npos || colon == std::string_view::npos || colon < path) {
    return;
  }
  int number = 0;
  const auto [end, error] = std::from_chars(head.data() + colon + 1, head.data() + head.size(), number);
  if (error == std::errc() && end == head.data() + head.size()) {
    spec.file = base::sanitized(head.substr(path, colon - path));
    spec.line = number;
  }
}

model::SpecResult spec_result(std::string name, const Case& reported) {
  model::SpecResult result;
  result.spec.name = std::move(name);
  result.status = status_of(reported);
  result.duration = reported.duration;
  if (result.status == model::SpecStatus::skipped) {
    result.message = skip_reason(reported);
  } else if (result.status != model::SpecStatus::passed) {
    result.failure = failure_text(reported);
    result.message = result.failure.substr(0, result.failure.find('\n'));
    add_place(result.spec, reported.system_err);
  }
  return result;
}

std::string special_reason(const Suite& suite) {
  for (const Property& property : suite.properties) {
    if (property.name == "SpecialSuiteFailureReason") {
      return base::sanitized(property.value);
    }
  }
  return {};
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> spec_name(const Case& reported) {
  if (!reported.name.starts_with(kSpecPrefix)) {
    return std::nullopt;
  }
  const std::string name = base::sanitized(std::string_view(reported.name).substr(kSpecPrefix.size()));
  return std::string(without_constraints(name));
}

GinkgoReport ginkgo_report(const Report& report) {
  GinkgoReport result;
  result.fault = report.fault;
  for (const Suite& suite : report.suites) {
    if (std::string reason = special_reason(suite); !reason.empty()) {
      result.special_failure_reason = std::move(reason);
    }
    for (const Case& reported : suite.cases) {
      if (auto name = spec_name(reported); !name) {
        if (has_failed(reported)) {
          result.node_failures.push_back({base::sanitized(reported.name), failure_text(reported)});
        }
      } else if (!is_unselected(reported)) {
        result.specs.push_back(spec_result(*std::move(name), reported));
      }
    }
  }
  // Ginkgo before 2.3 calls its timeout an interruption.
  result.timed_out = contains(result.special_failure_reason, "Suite Timeout Elapsed") ||
                     contains(result.special_failure_reason, "Interrupted by Timeout");
  result.interrupted = contains(result.special_failure_reason, "Interrupted by User");
  return result;
}

Report reduced(Report report) {
  for (Suite& suite : report.suites) {
    std::erase_if(suite.cases, is_unselected);
  }
  return report;
}

}  // namespace opready::junit
