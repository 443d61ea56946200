// SPDX-License-Identifier: Apache-2.0
// Escapes text and encodes links.
#include "opready/report/html_writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"

namespace opready::report {
namespace {

using DirectionMark = std::pair<std::string_view, std::string_view>;

/// By these text can be made to look like other text; in names and logs none of them is of use.
constexpr std::array<DirectionMark, 12> kDirectionMarks = {{{"\u061C", "[U+061C]"},
                                                            {"\u200E", "[U+200E]"},
                                                            {"\u200F", "[U+200F]"},
                                                            {"\u202A", "[U+202A]"},
                                                            {"\u202B", "[U+202B]"},
                                                            {"\u202C", "[U+202C]"},
                                                            {"\u202D", "[U+202D]"},
                                                            {"\u202E", "[U+202E]"},
                                                            {"\u2066", "[U+2066]"},
                                                            {"\u2067", "[U+2067]"},
                                                            {"\u2068", "[U+2068]"},
                                                            {"\u2069", "[U+2069]"}}};

/// The one that `text` begins with; null where it begins otherwise.
const DirectionMark* direction_mark(std::string_view text) {
  if (!text.starts_with('\xE2') && !text.starts_with('\xD8')) {
    return nullptr;
  }
  const auto* const found = std::find_if(kDirectionMarks.begin(), kDirectionMarks.end(),
                                         [&](const DirectionMark& mark) { return text.starts_with(mark.first); });
  return found == kDirectionMarks.end() ? nullptr : found;
}

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

void append_escaped(std::string& out, std::string_view foreign) {
  const std::string clean = base::sanitized(foreign);
  for (std::size_t at = 0; at < clean.size(); ++at) {
    if (const std::string_view replacement = entity(clean[at]); !replacement.empty()) {
      out += replacement;
    } else if (const DirectionMark* mark = direction_mark(std::string_view(clean).substr(at))) {
      out += mark->second;
      at += mark->first.size() - 1;
    } else {
      out += clean[at];
    }
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

}  // namespace

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
