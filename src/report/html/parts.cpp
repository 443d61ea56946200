// SPDX-License-Identifier: Apache-2.0
// Writes pieces of sections.
#include "html/parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/model/version.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

/// "test/e2e/network/dns.go" of "k8s.io/kubernetes@v1.36.3/test/e2e/network/dns.go", which is how a binary built from
/// the Go module has it; empty for a file of somebody else.
std::string_view path_in_kubernetes(std::string_view file) {
  constexpr std::string_view kModule = "k8s.io/kubernetes";
  if (const std::size_t module = file.find(kModule); module != std::string_view::npos) {
    // A version may follow: "@v1.36.3".
    file.remove_prefix(module + kModule.size());
    file.remove_prefix(std::min(file.find("/test/"), file.size()));
    file.remove_prefix(std::min<std::size_t>(file.size(), 1));
  }
  return file.starts_with("test/") && file.find("..") == std::string_view::npos ? file : std::string_view();
}

}  // namespace

std::string shown(std::string_view foreign, std::size_t max_bytes) {
  const std::string line = one_line(foreign.substr(0, 4 * max_bytes));
  const std::string_view cut = base::utf8_prefix(line, max_bytes);
  const bool whole = cut.size() == line.size() && foreign.size() <= 4 * max_bytes;
  return std::string(cut) + (whole ? "" : "…");
}

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

std::string when(base::Timestamp time) {
  const std::string text = base::rfc3339(time);
  return text.substr(0, 10) + ' ' + text.substr(11, 8) + " UTC";
}

std::string failure_id(std::string_view case_id) {
  return fmt::format("failure-{}", case_id);
}

void write_case_name(HtmlWriter& out, const CaseView& item) {
  const std::string& id = item.record->planned.test.id;
  if (item.told) {
    out.leaf("a", shown(id), {HtmlLink::to_id(failure_id(id))});
  } else {
    out.text(shown(id));
  }
}

void write_state(HtmlWriter& out, State state, std::string_view word) {
  out.leaf("span", word, {{"class", fmt::format("state {}", class_of(state))}});
}

void write_heading(HtmlWriter& out, std::string_view id, std::string_view title, std::string_view count) {
  const auto heading = out.element("h2", {{"id", id}});
  out.text(title);
  if (!count.empty()) {
    out.text(" ");
    out.leaf("span", count, {{"class", "count"}});
  }
}

void write_note(HtmlWriter& out, std::string_view text) {
  out.leaf("p", text, {{"class", "note"}});
}

void write_place(HtmlWriter& out, const model::Plan& plan, std::string_view suite, const model::Spec& spec) {
  const std::string place = shown(place_text(spec));
  const model::SuiteIdentity* const binary = model::find_suite(plan, suite);
  const std::string_view path = path_in_kubernetes(spec.file);
  const auto release = binary == nullptr ? std::nullopt : model::Version::parse(binary->version);
  if (release && !path.empty()) {
    out.leaf("a", place, {HtmlLink::to_kubernetes(release->text(), path, spec.line), {"rel", "noreferrer"}});
  } else {
    out.text(place);
  }
}

void write_log_link(HtmlWriter& out, const model::AttemptRecord& attempt, std::string_view text) {
  out.leaf("a", text, {HtmlLink::to_file(log_path(attempt)), {"class", "log"}});
}

void write_bar(HtmlWriter& out, double share, State state) {
  const auto bar = out.element(
      "svg", {{"class", "bar"}, {"viewBox", "0 0 100 1"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  out.single("rect", {{"class", class_of(state)}, {"width", fmt::format("{:.1f}", 100 * share)}, {"height", "1"}});
}

void write_column_heads(HtmlWriter& out, std::initializer_list<std::string_view> titles) {
  const auto head = out.element("thead");
  const auto row = out.element("tr");
  for (const std::string_view title : titles) {
    const bool number = title.starts_with('#');
    if (number) {
      out.leaf("th", title.substr(1), {{"scope", "col"}, {"class", "number"}});
    } else {
      out.leaf("th", title, {{"scope", "col"}});
    }
  }
}

}  // namespace opready::report
