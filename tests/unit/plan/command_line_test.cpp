// SPDX-License-Identifier: Apache-2.0
// Whole command lines, and extra arguments that are refused.
#include "opready/plan/command_line.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/shell_quote.hpp"

namespace opready::plan {
namespace {

using namespace std::chrono_literals;

const suite::Flags kAllFlags = {"provider",
                                "kubeconfig",
                                "context",
                                "report-dir",
                                "report-prefix",
                                "node-os-distro",
                                "ginkgo.focus",
                                "ginkgo.skip",
                                "ginkgo.flake-attempts",
                                "ginkgo.no-color",
                                "ginkgo.v",
                                "ginkgo.trace",
                                "ginkgo.timeout",
                                "ginkgo.grace-period",
                                "non-blocking-taints",
                                "delete-namespace-on-failure"};

suite::Suite suite_with(suite::Flags flags) {
  return suite::Suite({.path = "./e2e.test", .version = "v1.36.3", .flags = std::move(flags), .specs = {}});
}

model::TestCase dns_case() {
  model::TestCase test;
  test.id = "dns";
  test.focus = {"should provide DNS for services", "\\[sig-windows\\] DNS"};
  test.skip = {"\\[Slow\\]"};
  return test;
}

std::string line(const CommandOptions& options, const suite::Flags& flags = kAllFlags) {
  return base::shell_joined(command_line(dns_case(), 90min, suite_with(flags), options));
}

constexpr const char* kNodeFlags =
    " --node-os-distro windows"
    " --non-blocking-taints os,node-role.kubernetes.io/master,node-role.kubernetes.io/control-plane";
constexpr const char* kFilters =
    " '--ginkgo.focus=should provide DNS for services' '--ginkgo.focus=\\[sig-windows\\] DNS'"
    " '--ginkgo.skip=\\[Slow\\]'";

TEST(CommandLine, HasTheFlagsInTheirOrder) {
  EXPECT_EQ(line({.kubeconfig = "/home/u/.kube/config", .context = "practice"}),
            std::string("./e2e.test --provider local --kubeconfig /home/u/.kube/config --context practice"
                        " --report-prefix dns") +
                kNodeFlags +
                " --ginkgo.flake-attempts=1 --ginkgo.no-color --ginkgo.v --ginkgo.timeout=1h30m"
                " --ginkgo.grace-period=6s" +
                kFilters);
}

TEST(CommandLine, LeavesOutTheClusterInAPodAndTakesEveryOption) {
  EXPECT_EQ(line({.provider = "gke",
                  .node_os_distro = "custom",
                  .non_blocking_taints = "a,b",
                  .grace_period = 1500ms,
                  .verbose = true,
                  .extra_args = {"--num-nodes=2", "-v=4"}}),
            std::string("./e2e.test --provider local --report-prefix dns --node-os-distro custom --non-blocking-taints "
                        "os,node-role.kubernetes.io/master,node-role.kubernetes.io/control-plane,a,b"
                        " --ginkgo.flake-attempts=1 --ginkgo.no-color --ginkgo.v --ginkgo.trace --ginkgo.timeout=1h30m"
                        " --ginkgo.grace-period=1.5s") +
                kFilters + " --num-nodes=2 -v=4");
}

TEST(CommandLine, LeavesOutFlagsThatTheBinaryLacks) {
  suite::Flags flags = kAllFlags;
  flags.erase("ginkgo.grace-period");
  flags.erase("ginkgo.flake-attempts");
  flags.erase("non-blocking-taints");
  EXPECT_EQ(line({}, flags), std::string("./e2e.test --provider local --report-prefix dns --node-os-distro windows"
                                         " --ginkgo.no-color --ginkgo.v --ginkgo.timeout=1h30m") +
                                 kFilters);
}

TEST(CommandLine, KeepsNamespacesOfFailuresWhereTheBinaryCan) {
  suite::Flags flags = {"node-os-distro", "delete-namespace-on-failure"};
  EXPECT_EQ(line({.keep_failed_namespaces = true}, flags),
            "./e2e.test --node-os-distro windows --delete-namespace-on-failure=false");
  EXPECT_EQ(line({.keep_failed_namespaces = false}, flags), "./e2e.test --node-os-distro windows");
  flags.erase("delete-namespace-on-failure");
  EXPECT_EQ(line({.keep_failed_namespaces = true}, flags), "./e2e.test --node-os-distro windows");
}

TEST(CommandLine, CanBeToldOfMoreTaints) {
  std::vector<std::string> command = {"./e2e.test", "--non-blocking-taints", "os", "--ginkgo.v"};
  add_non_blocking_taints(command, {"dedicated", "example.com/pool"});
  EXPECT_EQ(command, (std::vector<std::string>{"./e2e.test", "--non-blocking-taints", "os,dedicated,example.com/pool",
                                               "--ginkgo.v"}));
  std::vector<std::string> older = {"./e2e.test", "--ginkgo.v"};
  add_non_blocking_taints(older, {"dedicated"});
  EXPECT_EQ(older, (std::vector<std::string>{"./e2e.test", "--ginkgo.v"}));
}

TEST(CommandLine, PassesOnOnlyProvidersThatE2eTestKnows) {
  for (const char* known : {"local", "skeleton", "aws", "azure", "gce", "kubemark", "openstack", "vsphere"}) {
    EXPECT_EQ(command_line(dns_case(), 1h, suite_with(kAllFlags), {.provider = known}).at(2), known);
  }
  for (const char* unknown : {"gke", "Azure", "", "kind"}) {
    EXPECT_EQ(command_line(dns_case(), 1h, suite_with(kAllFlags), {.provider = unknown}).at(2), "local");
  }
}

TEST(WithReportDir, PutsItBeforeThePrefix) {
  EXPECT_EQ(with_report_dir({"./e2e.test", "--provider", "local", "--report-prefix", "dns", "--ginkgo.v"}, "/tmp/x"),
            (std::vector<std::string>{"./e2e.test", "--provider", "local", "--report-dir", "/tmp/x", "--report-prefix",
                                      "dns", "--ginkgo.v"}));
  EXPECT_EQ(with_report_dir({"./e2e.test", "--ginkgo.v"}, "/tmp/x"),
            (std::vector<std::string>{"./e2e.test", "--report-dir", "/tmp/x", "--ginkgo.v"}));
}

std::string refusal(const std::string& argument) {
  try {
    check_extra_args({"--num-nodes=2", argument});
    return "";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::usage);
    return error.what();
  }
}

TEST(CheckExtraArgs, RefusesWhatWouldChangeThePlan) {
  for (const std::string argument : {"--ginkgo.focus=x",
                                     "-ginkgo.focus=x",
                                     "--focus=x",
                                     "--ginkgo.skip=x",
                                     "--ginkgo.label-filter=x",
                                     "--ginkgo.labelFilter=x",
                                     "--ginkgo.focus-file=x",
                                     "--ginkgo.skipFile=x",
                                     "--ginkgo.sem-ver-filter=x",
                                     "--ginkgo.dry-run",
                                     "--ginkgo.dryRun",
                                     "-dry-run=true",
                                     "--ginkgo.timeout=1s",
                                     "--test.timeout=1s",
                                     "--ginkgo.grace-period=1s",
                                     "--report-dir=x",
                                     "--report-prefix=x",
                                     "--report-complete-junit",
                                     "--ginkgo.junit-report=x",
                                     "--ginkgo.reportFile=x",
                                     "--ginkgo.json-report=x",
                                     "--ginkgo.parallel.total=2",
                                     "--ginkgo.parallel.process=1",
                                     "--ginkgo.parallel.host=x",
                                     "--ginkgo.parallel.node=1",
                                     "--test.parallel=2",
                                     "--kubeconfig=x",
                                     "--context=x",
                                     "--host=x"}) {
    EXPECT_EQ(refusal(argument),
              "'" + argument + "' can't be given to e2e.test after --: op-readiness sets that flag itself");
  }
}

TEST(CheckExtraArgs, RefusesWhatIsNoFlag) {
  for (const std::string argument : {"true", "", "-", "--", "ginkgo.focus=x"}) {
    EXPECT_EQ(refusal(argument),
              "'" + argument + "' after -- is not a flag of e2e.test; give values as in --flag=value");
  }
}

TEST(CheckExtraArgs, LetsOthersPass) {
  for (const char* argument : {"--num-nodes=2", "-v=4", "--ginkgo.seed=1", "--dump-logs-on-failure=false",
                               "--delete-namespace=false", "--ginkgo.poll-progress-after=60s", "--focused=1"}) {
    EXPECT_EQ(refusal(argument), "") << argument;
  }
}

TEST(OnlySpecs, NamesThemExactlyInPlaceOfTheFocus) {
  model::PlannedCase planned;
  planned.specs = {{.name = "[sig-x] a (b) costs 1.5$ [Slow]"}, {.name = "[sig-x] other"}, {.name = "two  spaces"}};
  planned.command = {"./e2e.test", "--ginkgo.v", "--ginkgo.focus=x", "--ginkgo.focus=y", "--ginkgo.skip=z", "--more"};
  const model::PlannedCase part =
      only_specs(planned, {"two  spaces", "[sig-x] a (b) costs 1.5$ [Slow]"}, "Kubernetes e2e suite");
  EXPECT_EQ(part.command, (std::vector<std::string>{
                              "./e2e.test", "--ginkgo.v",
                              R"(--ginkgo.focus=^Kubernetes e2e suite \[sig-x\] a \(b\) costs 1\.5\$ \[Slow\]$)",
                              "--ginkgo.focus=^Kubernetes e2e suite two +spaces$", "--ginkgo.skip=z", "--more"}));
  ASSERT_EQ(part.specs.size(), 2U);
  EXPECT_EQ(part.specs[1].name, "two  spaces");
  EXPECT_TRUE(part.part);
}

// Spec names were made fit to be shown when they were read, but Ginkgo matches them as they are.
TEST(OnlySpecs, FindsASpecOfWhoseNameSomeCharactersAreNotKnown) {
  model::PlannedCase planned;
  planned.specs = {{.name = "a\uFFFDb \uFFFD\uFFFD"}};
  planned.command = {"./e2e.test", "--ginkgo.focus=x"};
  EXPECT_EQ(only_specs(planned, {"a\uFFFDb \uFFFD\uFFFD"}, "suite").command,
            (std::vector<std::string>{"./e2e.test", "--ginkgo.focus=^suite a.+b .+.+$"}));
}

}  // namespace
}  // namespace opready::plan
