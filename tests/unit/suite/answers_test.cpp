// SPDX-License-Identifier: Apache-2.0
// Output as real binaries print it, shortened.
#include "opready/suite/answers.hpp"

#include <string>

#include <gtest/gtest.h>

namespace opready::suite {
namespace {

TEST(ParseFlags, TakesEachNameThatBeginsALine) {
  const Flags expected = {"ginkgo.no-color", "ginkgo.v", "provider", "v", "h", "help", "kubeconfig"};
  EXPECT_EQ(parse_flags("Filtering Tests\n"
                        "  --ginkgo.no-color\n"
                        "    If set, suppress color output; see --ginkgo.vv and -not-a-flag.\n"
                        "  --ginkgo.v [bool]\n"
                        "  -provider string\n"
                        "    \tThe name of the provider\n"
                        "  -v value\n"
                        "  -h, --help\n"
                        "      --kubeconfig=path   Path\n"
                        "  --\n"),
            expected);
}

struct ListedCase {
  std::string line;
  model::Spec spec;
};

TEST(ParseSpecList, CutsFilesToTheSourceTree) {
  const std::vector<ListedCase> cases = {
      {"    k8s.io/kubernetes@v1.36.3/test/e2e/network/dns.go:50: [sig-network] DNS works",
       {"[sig-network] DNS works", "test/e2e/network/dns.go", 50}},
      {"    ../../build:er/test/e2e/apps/job.go:7: a: b:8: c", {"a: b:8: c", "test/e2e/apps/job.go", 7}},
      {"    _output/test/e2e_node/x.go:1: x", {"x", "test/e2e_node/x.go", 1}},
      {"    elsewhere/x_test.go:12: x", {"x", "elsewhere/x_test.go", 12}},
  };
  for (const ListedCase& row : cases) {
    EXPECT_EQ(parse_spec_list(row.line + "\n"), std::vector{row.spec}) << row.line;
  }
}

TEST(ParseSpecList, KeepsOrderAndRepeatedNamesAndPassesOverOtherLines) {
  const std::vector<model::Spec> expected = {{"b", "test/e2e/x.go", 2}, {"a", "test/e2e/x.go", 1}, {"b", "y.go", 3}};
  EXPECT_EQ(parse_spec_list("I1121 09:03:39 e2e.go:109] note: x\n"
                            "The following spec names can be used with 'ginkgo run --focus/skip':\n"
                            "    /test/e2e/x.go:2: b\n"
                            "    /test/e2e/x.go:1: a\n"
                            "    no place: here\n"
                            "    y.go:3: b\n"
                            "\n"),
            expected);
}

junit::Case dry_run_case(const std::string& name, junit::CaseKind kind = junit::CaseKind::passed) {
  junit::Case test;
  test.name = name;
  test.kind = kind;
  return test;
}

TEST(SpecsOfDryRun, TakesWhatWouldRun) {
  junit::Report report;
  report.suites.emplace_back().cases = {
      dry_run_case("[SynchronizedBeforeSuite]"),
      dry_run_case("[It] [sig-network] DNS works [kubelet: [>=1.35]]"),
      dry_run_case("[It] pending one", junit::CaseKind::skipped),
      dry_run_case("[ReportAfterSuite] Kubernetes e2e suite report"),
  };
  EXPECT_EQ(specs_of_dry_run(report), (std::vector<model::Spec>{{"[sig-network] DNS works", "", 0}}));
}

TEST(LastLine, PassesOverBlankLines) {
  EXPECT_EQ(last_line("one\ntwo\n \n\n"), "two");
  EXPECT_EQ(last_line("\n\n"), "");
}

}  // namespace
}  // namespace opready::suite
