// SPDX-License-Identifier: Apache-2.0
// Writes HTML into which nothing foreign can bring markup, script or a harmful link.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace opready::report {

/// `foreign` sanitised, as text that can't become markup, in elements and in quoted attributes. For who can't use
/// HtmlWriter, which escapes by itself.
[[nodiscard]] std::string html_escaped(std::string_view foreign);

/// The name of an element or attribute: a literal, and none that takes code or an address.
class HtmlName {
 public:
  consteval HtmlName(const char* literal) : text_(literal) {
    const bool takes_code = text_ == "script" || text_ == "style" || text_ == "srcdoc" || text_.starts_with("on");
    if (text_.empty() || takes_code || text_ == "href" || text_ == "src") {
      throw "this name is HtmlLink's or html_page's";  // No constant expression: the compiler refuses it.
    }
    for (const char c : text_) {
      if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-') {
        throw "no name of HTML or SVG";
      }
    }
  }

  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Where a link leads. Foreign text becomes a part of a path or a fragment, never a scheme or a host.
class HtmlLink {
 public:
  /// To the element of this page that has the id `id`.
  [[nodiscard]] static HtmlLink to_id(std::string_view id);
  /// To a file; a relative `path` is meant from the page's directory.
  [[nodiscard]] static HtmlLink to_file(std::string_view path);
  /// To a file of Kubernetes' sources at the tag `version`. `place` is a path in its repository.
  [[nodiscard]] static HtmlLink to_kubernetes(std::string_view version, std::string_view place, int line);

  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  explicit HtmlLink(std::string url) : url_(std::move(url)) {}

  std::string url_;
};

class HtmlAttribute {
 public:
  HtmlAttribute(HtmlName name, std::string_view value) : name_(name.text()), value_(value) {}
  HtmlAttribute(const HtmlLink& link) : name_("href"), value_(link.url()) {}

  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] std::string_view value() const { return value_; }

 private:
  std::string_view name_;
  std::string value_;
};

using HtmlAttributes = std::initializer_list<HtmlAttribute>;

/// Markup in the making. All text and all values are sanitised and escaped.
class HtmlWriter {
 public:
  /// An element that is open until the end of its block.
  class Element {
   public:
    Element(HtmlWriter& writer, HtmlName name) : writer_(writer), name_(name) {}
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;
    ~Element();

   private:
    HtmlWriter& writer_;
    HtmlName name_;
  };

  [[nodiscard]] Element element(HtmlName name, HtmlAttributes attributes = {});
  /// An element that holds text only.
  void leaf(HtmlName name, std::string_view text, HtmlAttributes attributes = {});
  /// An element that holds nothing.
  void single(HtmlName name, HtmlAttributes attributes = {});
  void text(std::string_view text);
  void line_break();  ///< In the source, for who reads that; it's never shown.
  void append(const HtmlWriter& part);

  [[nodiscard]] std::size_t size() const { return markup_.size(); }
  [[nodiscard]] const std::string& markup() const { return markup_; }

 private:
  void begin(HtmlName name, HtmlAttributes attributes);

  std::string markup_;
};

}  // namespace opready::report
