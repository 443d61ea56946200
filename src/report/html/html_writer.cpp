// SPDX-License-Identifier: Apache-2.0
// Escapes text and encodes links.
#include "opready/report/html_writer.hpp"

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"

namespace opready::report {
namespace {

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return "";
  }
}

/// `text` as a part of a URL that ends no part of it but paths ('/').
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

void append_escaped(std::string& out, std::string_view foreign) {
  for (const char c : base::sanitized(foreign)) {
    if (const std::string_view replacement = entity(c); !replacement.empty()) {
      out += replacement;
    } else {
      out += c;
    }
  }
}

}  // namespace

std::string html_escaped(std::string_view foreign) {
  std::string out;
  append_escaped(out, foreign);
  return out;
}

HtmlLink HtmlLink::to_id(std::string_view id) {
  return HtmlLink('#' + percent_encoded(id));
}

HtmlLink HtmlLink::to_file(std::string_view path) {
  return HtmlLink((path.starts_with('/') ? "file://" : "./") + percent_encoded(path));
}

HtmlLink HtmlLink::to_kubernetes(std::string_view version, std::string_view place, int line) {
  return HtmlLink(fmt::format("https://github.com/kubernetes/kubernetes/blob/{}/{}#L{}", percent_encoded(version),
                              percent_encoded(place), line));
}

HtmlWriter::Element::~Element() {
  writer_.markup_ += fmt::format("</{}>", name_.text());
}

void HtmlWriter::begin(HtmlName name, HtmlAttributes attributes) {
  markup_ += '<';
  markup_ += name.text();
  for (const HtmlAttribute& attribute : attributes) {
    markup_ += ' ';
    markup_ += attribute.name();
    markup_ += "=\"";
    append_escaped(markup_, attribute.value());
    markup_ += '"';
  }
}

HtmlWriter::Element HtmlWriter::element(HtmlName name, HtmlAttributes attributes) {
  begin(name, attributes);
  markup_ += '>';
  return {*this, name};
}

void HtmlWriter::leaf(HtmlName name, std::string_view text, HtmlAttributes attributes) {
  const Element whole = element(name, attributes);
  append_escaped(markup_, text);
}

void HtmlWriter::single(HtmlName name, HtmlAttributes attributes) {
  begin(name, attributes);
  markup_ += "/>";
}

void HtmlWriter::text(std::string_view text) {
  append_escaped(markup_, text);
}

void HtmlWriter::line_break() {
  markup_ += '\n';
}

void HtmlWriter::append(const HtmlWriter& part) {
  markup_ += part.markup_;
}

}  // namespace opready::report
