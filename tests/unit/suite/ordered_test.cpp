// SPDX-License-Identifier: Apache-2.0
// Ginkgo's JSON report, and which of its specs are Ordered.
#include "opready/suite/ordered.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::suite {
namespace {

// As Ginkgo 2.28 writes it; false fields are left out.
constexpr const char* kReport = R"([{"SuitePath":"/x","SpecReports":[
  {"ContainerHierarchyTexts":null,"LeafNodeText":"","LeafNodeType":"SynchronizedBeforeSuite"},
  {"ContainerHierarchyTexts":["[sig-x] A","in order"],"LeafNodeText":"first","IsInOrderedContainer":true,
   "LeafNodeLocation":{"FileName":"/a.go","LineNumber":7}},
  {"ContainerHierarchyTexts":["[sig-x] A"],"LeafNodeText":"alone","State":"passed"}]}])";

TEST(OrderedSpecs, AreThoseThatTheReportMarks) {
  EXPECT_EQ(parse_ordered_specs(kReport), SpecNames{"[sig-x] A in order first"});
}

TEST(OrderedSpecs, CannotBeReadFromAnythingElse) {
  for (const char* text : {"", "{", "[1]", "[{}]", R"([{"SpecReports":[{"IsInOrderedContainer":3}]}])"}) {
    EXPECT_THROW(static_cast<void>(parse_ordered_specs(text)), std::invalid_argument) << text;
  }
}

TEST(OrderedSpecs, AreNotAskedForOfABinaryThatWritesNoSuchReport) {
  const auto capture = [](const auto&, auto) -> std::vector<process::Captured> { throw std::logic_error("started"); };
  EXPECT_EQ(ask_ordered_specs({.path = "./x"}, capture), SpecNames{});
}

TEST(OrderedSpecs, NameTheBinaryThatDoesNotTell) {
  const auto capture = [](const auto&, auto) {
    return std::vector<process::Captured>{{.exit = {.code = 2, .signal = {}}}};
  };
  try {
    static_cast<void>(ask_ordered_specs({.path = "./x", .flags = {"ginkgo.json-report"}}, capture));
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_STREQ(error.what(),
                 "'./x' doesn't tell which of its specs are Ordered, which --retries needs to know: exit status 2");
  }
}

}  // namespace
}  // namespace opready::suite
