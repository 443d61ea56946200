// SPDX-License-Identifier: Apache-2.0
// Puts a page together.
#include "opready/report/html_page.hpp"

#include <fmt/format.h>

#include "page_assets.hpp"

namespace opready::report {
namespace {

/// The policy of a page: nothing is loaded, and nothing runs that isn't ours. `data:` is the empty icon, for which
/// browsers would ask the server otherwise.
std::string policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; "
      "form-action 'none'; require-trusted-types-for 'script'",
      page_style().sha256, page_script().sha256);
}

HtmlWriter head(std::string_view title) {
  HtmlWriter head;
  head.single("meta", {{"charset", "utf-8"}});
  head.single("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy()}});
  head.single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  head.single("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  head.single("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  head.leaf("title", title);
  return head;
}

}  // namespace

std::string html_page(std::string_view title, const HtmlWriter& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>{}<link rel=\"icon\" href=\"data:,\"/>\n<style>{}</style>\n</head>\n"
      "<body>\n{}\n<script>{}</script>\n</body>\n</html>\n",
      head(title).markup(), page_style().text, body.markup(), page_script().text);
}

}  // namespace opready::report
