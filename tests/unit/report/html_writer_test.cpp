// SPDX-License-Identifier: Apache-2.0
// That nothing foreign becomes markup, script or a harmful link.
#include "opready/report/html_writer.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace opready::report {
namespace {

using namespace std::string_literals;

std::string as_text(std::string_view text) {
  HtmlWriter out;
  out.text(text);
  return out.markup();
}

TEST(HtmlWriter, EscapesWhatMeansSomethingInHtml) {
  EXPECT_EQ(as_text("<script>alert('1' & \"2\")</script> ]]> &amp;"),
            "&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt; ]]&gt; &amp;amp;");
}

TEST(HtmlWriter, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(as_text("a\0b\x1b[31mred\x1b[0m\xff"s), "a\uFFFDbred\uFFFD");
  EXPECT_EQ(as_text("abc\u202Edcba\u2069\u200F\u061C ü €"), "abc\uFFFDdcba\uFFFD\uFFFD\uFFFD ü €");
}

TEST(HtmlWriter, KeepsValuesWithinTheirAttributes) {
  HtmlWriter out;
  out.leaf("td", "x", {{"class", "a\" onclick=\"alert(1)"}, {"title", "<b>\n"}});
  EXPECT_EQ(out.markup(), "<td class=\"a&quot; onclick=&quot;alert(1)\" title=\"&lt;b&gt;\n\">x</td>");
}

TEST(HtmlWriter, ClosesElementsAtTheEndOfTheirBlocks) {
  HtmlWriter out;
  {
    const auto list = out.element("ul", {{"class", "x"}});
    const auto item = out.element("li");
    out.text("1");
    out.single("input", {{"hidden", ""}});
  }
  EXPECT_EQ(out.markup(), "<ul class=\"x\"><li>1<input hidden=\"\"/></li></ul>");
}

TEST(HtmlWriter, LinksToFilesAndFragmentsOnly) {
  const std::vector<std::pair<HtmlLink, std::string>> table = {
      {HtmlLink::to_file("cases/a b/attempt-1/e2e.log"), "./cases/a%20b/attempt-1/e2e.log"},
      {HtmlLink::to_file("javascript:alert(1)"), "./javascript%3Aalert%281%29"},
      {HtmlLink::to_file("//host/x?y#z"), "file:////host/x%3Fy%23z"},
      {HtmlLink::to_file("/a/report/\"x\""), "file:///a/report/%22x%22"},
      {HtmlLink::to_id("failure-\"><script>"), "#failure-%22%3E%3Cscript%3E"},
      {HtmlLink::to_kubernetes("v1.36.3", "test/e2e/network/dns.go", 152),
       "https://github.com/kubernetes/kubernetes/blob/v1.36.3/test/e2e/network/dns.go#L152"},
      {HtmlLink::to_kubernetes("v1?x", "test/a b", 1),
       "https://github.com/kubernetes/kubernetes/blob/v1%3Fx/test/a%20b#L1"},
  };
  for (const auto& [link, url] : table) {
    EXPECT_EQ(link.url(), url);
  }
}

}  // namespace
}  // namespace opready::report
