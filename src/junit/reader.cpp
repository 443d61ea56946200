// SPDX-License-Identifier: Apache-2.0
// Turns pugixml's tree, which it keeps up to a fault, into a Report.
#include "opready/junit/reader.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace opready::junit {
namespace {

/// Bounds the recursion over suites inside suites; real files have two levels.
constexpr int kMaxNesting = 32;

/// What must be known of the text before the parser overwrites it.
class TextShape {
 public:
  explicit TextShape(std::string_view text) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      newlines_.push_back(at);
    }
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    const std::string_view trimmed = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    blank_ = trimmed.empty();
    last_line_ = line_of(trimmed.size());
    tail_ = trimmed.substr(trimmed.size() - std::min<std::size_t>(trimmed.size(), 64));
  }

  [[nodiscard]] std::size_t line_of(std::size_t offset) const {
    return static_cast<std::size_t>(std::lower_bound(newlines_.begin(), newlines_.end(), offset) - newlines_.begin()) +
           1;
  }
  [[nodiscard]] bool blank() const { return blank_; }
  [[nodiscard]] std::size_t last_line() const { return last_line_; }
  [[nodiscard]] bool ends_with(std::string_view end) const { return tail_.ends_with(end); }

 private:
  std::vector<std::size_t> newlines_;
  bool blank_ = false;
  std::size_t last_line_ = 1;
  std::string tail_;
};

std::chrono::milliseconds parse_seconds(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ',');
  double seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  constexpr double kYear = 366.0 * 24 * 3600;
  if (error != std::errc() || !(seconds >= 0 && seconds < kYear)) {
    return {};
  }
  return std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
}

std::string text_of(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return text;
}

void append_properties(std::vector<Property>& properties, const pugi::xml_node& node) {
  for (const pugi::xml_node& property : node.children("property")) {
    // JUnit 5 and pytest put long values into the element's text.
    const pugi::xml_attribute value = property.attribute("value");
    properties.push_back({property.attribute("name").value(), value ? value.value() : text_of(property)});
  }
}

CaseKind kind_named(std::string_view element) {
  if (element == "failure") {
    return CaseKind::failed;
  }
  if (element == "error") {
    return CaseKind::error;
  }
  return element == "skipped" ? CaseKind::skipped : CaseKind::passed;
}

/// Of several result elements a failing one wins over <skipped>; the texts of those that fail are joined.
void add_result(Case& result, CaseKind kind, const pugi::xml_node& node) {
  const bool have_failure = result.kind == CaseKind::failed || result.kind == CaseKind::error;
  if (have_failure && kind == CaseKind::skipped) {
    return;
  }
  if (have_failure) {
    result.body += '\n' + text_of(node);
    return;
  }
  result.kind = kind;
  result.message = node.attribute("message").value();
  result.type = node.attribute("type").value();
  result.body = text_of(node);
}

Case read_case(const pugi::xml_node& node) {
  Case result;
  result.name = node.attribute("name").value();
  result.classname = node.attribute("classname").value();
  result.status = node.attribute("status").value();
  result.duration = parse_seconds(node.attribute("time").value());
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view element = child.name();
    if (const CaseKind kind = kind_named(element); kind != CaseKind::passed) {
      add_result(result, kind, child);
    } else if (element == "system-out") {
      result.system_out += text_of(child);
    } else if (element == "system-err") {
      result.system_err += text_of(child);
    } else if (element == "properties") {
      append_properties(result.properties, child);
    }
  }
  return result;
}

class SuiteReader {
 public:
  /// Reads `node`, a <testsuite> or <testsuites>, into one suite and those inside it into others.
  void read(const pugi::xml_node& node, std::string name, int depth) {
    const std::size_t own = suites_.size();
    suites_.push_back(read_attributes(node));
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view element = child.name();
      if (element == "testcase") {
        suites_[own].cases.push_back(read_case(child));
      } else if (element == "properties") {
        append_properties(suites_[own].properties, child);
      } else if (element == "system-out") {
        suites_[own].system_out += text_of(child);
      } else if (element == "system-err") {
        suites_[own].system_err += text_of(child);
      } else if (element == "testsuite") {
        read_inner(child, name, depth);
      }
    }
    suites_[own].name = std::move(name);
    // A suite that only holds others stands for nothing of its own; a leaf without cases does.
    if (suites_[own].cases.empty() && (suites_.size() > own + 1 || depth == 0)) {
      suites_.erase(suites_.begin() + static_cast<std::ptrdiff_t>(own));
    }
  }

  [[nodiscard]] bool too_deep() const { return too_deep_; }
  [[nodiscard]] std::vector<Suite> take() { return std::move(suites_); }

 private:
  static Suite read_attributes(const pugi::xml_node& node) {
    Suite suite;
    suite.timestamp = node.attribute("timestamp").value();
    suite.index = node.attribute("index").value();
    suite.duration = parse_seconds(node.attribute("time").value());
    return suite;
  }

  void read_inner(const pugi::xml_node& node, const std::string& outer, int depth) {
    if (depth == kMaxNesting) {
      too_deep_ = true;
      return;
    }
    // <testsuites> names the file, not its suites.
    const bool nested = depth > 0 && !outer.empty();
    const std::string name = node.attribute("name").value();
    read(node, nested ? fmt::format("{}.{}", outer, name) : name, depth + 1);
  }

  std::vector<Suite> suites_;
  bool too_deep_ = false;
};

/// Hides the case at which the file was cut, unless it has failed: it would look as if it had passed. It's the one on
/// the way to the last node that the parser made.
void hide_doubtful_case(pugi::xml_node node) {
  for (; node; node = node.last_child()) {
    if (std::string_view(node.name()) == "testcase") {
      if (!node.child("failure") && !node.child("error")) {
        node.set_name("cut-off");
      }
      return;
    }
  }
}

std::string syntax_fault(const pugi::xml_parse_result& parsed, const std::string& root, const TextShape& shape) {
  if (shape.blank()) {
    return "is empty";
  }
  if (root.empty() && parsed.status == pugi::status_no_document_element) {
    return "is not XML";
  }
  if (root.empty() || !shape.ends_with(fmt::format("</{}>", root))) {
    return fmt::format("ends in the middle, at line {}", shape.last_line());
  }
  std::string what = parsed.description();
  what.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(what.front())));
  return fmt::format("is not well-formed at line {}: {}", shape.line_of(static_cast<std::size_t>(parsed.offset)), what);
}

}  // namespace

Report read_report(std::string text, std::string_view name) {
  const TextShape shape(text);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer_inplace(text.data(), text.size());
  const pugi::xml_node top = document.document_element();
  const std::string root = top.name();

  if (!parsed) {
    hide_doubtful_case(top);
  }

  Report report;
  SuiteReader reader;
  if (root == "testsuites") {
    report.name = top.attribute("name").value();
    report.category = top.attribute("category").value();
    reader.read(top, report.name, 0);
  } else if (root == "testsuite") {
    reader.read(top, top.attribute("name").value(), 1);
  }
  report.suites = reader.take();

  if (!parsed) {
    report.fault = fmt::format("{} {}", name, syntax_fault(parsed, root, shape));
  } else if (root != "testsuites" && root != "testsuite") {
    report.fault = fmt::format("{} is not a JUnit report: its root element is <{}>", name, root);
  } else if (reader.too_deep()) {
    report.fault = fmt::format("{} has suites nested more than {} deep", name, kMaxNesting);
  }
  return report;
}

}  // namespace opready::junit
