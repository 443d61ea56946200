// SPDX-License-Identifier: Apache-2.0
// Writes XML as text: the few elements of JUnit need no tree.
#include "opready/junit/writer.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "opready/base/duration.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::junit {
namespace {

/// Every '>' is escaped, so that no text can hold "]]>"; newlines and tabs too where `in_attribute`, since readers turn
/// plain ones into spaces.
std::string escaped(std::string_view text, bool in_attribute) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"' && in_attribute) {
      out += "&quot;";
    } else if (c == '\n' && in_attribute) {
      out += "&#10;";
    } else if (c == '\t' && in_attribute) {
      out += "&#9;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string clean(std::string_view text) {
  return base::redacted(base::sanitized(text));
}

/// ` name="value"`, or nothing where there is no value.
std::string optional_attribute(std::string_view name, const std::string& value) {
  return value.empty() ? std::string() : fmt::format(" {}=\"{}\"", name, escaped(value, true));
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, escaped(value, true));
}

class Writer {
 public:
  std::string write(const Report& report);

 private:
  void line(int level, std::string_view text);
  void text_element(int level, std::string_view element, const std::string& text);
  void properties(int level, const std::vector<Property>& properties);
  void suite(const Suite& suite);
  void test_case(const Case& written);
  void result(const Case& written);

  std::string out_;
};

void Writer::line(int level, std::string_view text) {
  out_.append(static_cast<std::size_t>(level) * 2, ' ');
  out_ += text;
  out_ += '\n';
}

void Writer::text_element(int level, std::string_view element, const std::string& text) {
  if (!text.empty()) {
    line(level, fmt::format("<{0}>{1}</{0}>", element, escaped(clean(text), false)));
  }
}

void Writer::properties(int level, const std::vector<Property>& properties) {
  if (properties.empty()) {
    return;
  }
  line(level, "<properties>");
  for (const Property& property : properties) {
    line(level + 1, fmt::format("<property{}{}/>", attribute("name", base::sanitized(property.name)),
                                attribute("value", clean(property.value))));
  }
  line(level, "</properties>");
}

std::string counter_attributes(const Counters& counters) {
  return fmt::format(R"( tests="{}" failures="{}" errors="{}" skipped="{}" disabled="0" time="{}")", counters.tests,
                     counters.failures, counters.errors, counters.skipped, base::seconds_text(counters.duration));
}

std::string Writer::write(const Report& report) {
  Counters total;
  for (const Suite& suite : report.suites) {
    const Counters counters = count(suite.cases);
    total.tests += counters.tests;
    total.failures += counters.failures;
    total.errors += counters.errors;
    total.skipped += counters.skipped;
    total.duration += counters.duration;
  }
  line(0, R"(<?xml version="1.0" encoding="UTF-8"?>)");
  line(0, fmt::format("<testsuites{}{}{}>", optional_attribute("category", base::sanitized(report.category)),
                      optional_attribute("name", base::sanitized(report.name)), counter_attributes(total)));
  for (const Suite& written : report.suites) {
    if (!written.cases.empty()) {
      suite(written);
    }
  }
  line(0, "</testsuites>");
  return std::move(out_);
}

void Writer::suite(const Suite& suite) {
  line(1, fmt::format("<testsuite{}{}{}{}>", optional_attribute("index", base::sanitized(suite.index)),
                      attribute("name", base::sanitized(suite.name)), counter_attributes(count(suite.cases)),
                      optional_attribute("timestamp", base::sanitized(suite.timestamp))));
  properties(2, suite.properties);
  for (const Case& written : suite.cases) {
    test_case(written);
  }
  text_element(2, "system-out", suite.system_out);
  text_element(2, "system-err", suite.system_err);
  line(1, "</testsuite>");
}

void Writer::test_case(const Case& written) {
  const bool has_children = written.kind != CaseKind::passed || !written.properties.empty() ||
                            !written.system_out.empty() || !written.system_err.empty();
  line(2, fmt::format("<testcase{}{}{}{}{}>", attribute("name", base::sanitized(written.name)),
                      attribute("classname", base::sanitized(written.classname)),
                      optional_attribute("status", base::sanitized(written.status)),
                      attribute("time", base::seconds_text(written.duration)), has_children ? "" : "/"));
  if (!has_children) {
    return;
  }
  properties(3, written.properties);
  result(written);
  text_element(3, "system-out", written.system_out);
  text_element(3, "system-err", written.system_err);
  line(2, "</testcase>");
}

void Writer::result(const Case& written) {
  const std::string message = clean(written.message);
  const std::string attributes =
      optional_attribute("message", message) + optional_attribute("type", base::sanitized(written.type));
  std::string body = clean(written.body);
  switch (written.kind) {
    case CaseKind::passed:
      return;
    case CaseKind::skipped:
      line(3, body.empty() ? fmt::format("<skipped{}/>", attributes)
                           : fmt::format("<skipped{}>{}</skipped>", attributes, escaped(body, false)));
      return;
    case CaseKind::failed:
    case CaseKind::error:
      if (body.find_first_not_of(" \t\n") == std::string::npos) {
        body = message.empty() ? "failed without a word about why" : message;
      }
      line(3, fmt::format("<{0}{1}>{2}</{0}>", written.kind == CaseKind::failed ? "failure" : "error", attributes,
                          escaped(body, false)));
      return;
  }
}

}  // namespace

Counters count(const std::vector<Case>& cases) {
  Counters counters;
  counters.tests = cases.size();
  for (const Case& counted : cases) {
    counters.duration += counted.duration;
    switch (counted.kind) {
      case CaseKind::passed:
        break;
      case CaseKind::failed:
        ++counters.failures;
        break;
      case CaseKind::error:
        ++counters.errors;
        break;
      case CaseKind::skipped:
        ++counters.skipped;
        break;
    }
  }
  return counters;
}

std::string to_xml(const Report& report) {
  return Writer().write(report);
}

}  // namespace opready::junit
