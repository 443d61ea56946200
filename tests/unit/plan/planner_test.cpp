// SPDX-License-Identifier: Apache-2.0
// Whole plans: what is decided about each case.
#include "opready/plan/planner.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::plan {
namespace {

using namespace std::chrono_literals;
using model::NotRun;

const std::vector<model::Spec> kSpecs = {
    {"[sig-network] DNS should provide DNS for services", "test/e2e/network/dns.go", 50},
    {"[sig-windows] Density [Serial] [Slow] create a batch of pods", "test/e2e/windows/density.go", 60},
    {"[sig-windows] RebootHost containers [Serial] [Disruptive] should run", "test/e2e/windows/reboot_node.go", 55},
    {"[sig-windows] Eviction [Disruptive] should evict", "test/e2e/windows/eviction.go", 7},
};

suite::Suite a_suite() {
  return suite::Suite({.name = "e2e",
                       .path = "./e2e.test",
                       .description = "Kubernetes e2e suite",
                       .version = "v1.36.3",
                       .flags = {"report-prefix", "ginkgo.focus"},
                       .specs = kSpecs});
}

suite::Suite open_suite(const std::string& /*name*/) {
  return a_suite();
}

model::TestCase a_case(const std::string& focus) {
  model::TestCase test;
  test.id = "case";
  test.focus = {focus};
  return test;
}

model::PlannedCase planned(const model::TestCase& test, const PlanOptions& options = {}) {
  return make_plan({test}, open_suite, options).cases.at(0);
}

TEST(MakePlan, PlansACase) {
  model::TestCase other = a_case("Density");
  other.id = "other";
  const model::Plan plan = make_plan({a_case("for services"), other}, open_suite, {});
  ASSERT_EQ(plan.suites.size(), 1U);
  EXPECT_EQ(plan.suites[0].name, "e2e");
  EXPECT_EQ(plan.suites[0].path, "./e2e.test");
  EXPECT_EQ(plan.suites[0].version, "v1.36.3");
  ASSERT_EQ(plan.cases.size(), 2U);
  const model::PlannedCase& first = plan.cases[0];
  EXPECT_EQ(first.test.id, "case");
  EXPECT_EQ(first.specs, std::vector{kSpecs[0]});
  EXPECT_EQ(first.timeout, 1h);
  EXPECT_FALSE(first.serial);
  EXPECT_EQ(first.not_run, std::nullopt);
  EXPECT_EQ(first.not_run_detail, "");
  EXPECT_EQ(first.command,
            (std::vector<std::string>{"./e2e.test", "--report-prefix", "case", "--ginkgo.focus=for services"}));
  EXPECT_EQ(plan.cases[1].specs, std::vector{kSpecs[1]});
}

TEST(MakePlan, PrefersTheCasesOwnTimeout) {
  model::TestCase test = a_case("DNS");
  EXPECT_EQ(planned(test, {.case_timeout = 5min}).timeout, 5min);
  test.timeout = 3h;
  EXPECT_EQ(planned(test, {.case_timeout = 5min}).timeout, 3h);
}

TEST(MakePlan, RunsAloneWhatIsSerial) {
  model::TestCase declared = a_case("DNS");
  declared.serial = true;
  EXPECT_TRUE(planned(declared).serial);
  EXPECT_TRUE(planned(a_case("Density")).serial);
  EXPECT_TRUE(planned(a_case("Eviction")).serial);
  EXPECT_FALSE(planned(a_case("DNS")).serial);
}

struct Reason {
  model::TestCase test;
  NotRun not_run;
  std::string detail;
};

TEST(MakePlan, SaysWhyACaseWillNotRun) {
  model::TestCase unproven = a_case("");
  unproven.focus.clear();
  unproven.proves = model::Proves::none;
  model::TestCase explained = unproven;
  explained.missing = "nobody tests it upstream";
  model::TestCase newer = a_case("DNS");
  newer.kubernetes_versions = {{.major = 1, .minor = 37, .patch = 0, .prerelease = ""}};
  model::TestCase shunned = a_case("DNS");
  shunned.skip_providers = {"aws", "local"};
  model::TestCase starving = a_case("DNS");
  starving.impact = model::Impact::starves;
  model::TestCase rebooting = a_case("RebootHost");
  rebooting.impact = model::Impact::reboots;
  model::TestCase nothing = a_case("written by nobody");
  nothing.impact = model::Impact::reboots;
  const std::vector<Reason> reasons = {
      {unproven, NotRun::no_upstream_spec, "no upstream spec proves it"},
      {explained, NotRun::no_upstream_spec, "nobody tests it upstream"},
      {newer, NotRun::other_version, "only for Kubernetes 1.37 and newer"},
      {shunned, NotRun::provider, "not for provider 'local'"},
      {starving, NotRun::disruptive, "takes nearly all memory or CPU of a node; needs --allow-disruptive"},
      {rebooting, NotRun::disruptive, "reboots nodes; needs --allow-disruptive"},
      {a_case("Eviction"), NotRun::disruptive,
       "selects '[sig-windows] Eviction [Disruptive] should evict'; needs --allow-disruptive"},
      {nothing, NotRun::selects_nothing, "its focus and skip select none of the 4 specs of e2e.test v1.36.3"},
  };
  for (const Reason& reason : reasons) {
    const model::PlannedCase result = planned(reason.test);
    EXPECT_EQ(result.not_run, reason.not_run) << reason.detail;
    EXPECT_EQ(result.not_run_detail, reason.detail);
  }
}

TEST(MakePlan, ShowsSpecsAndCommandOfWhatOnlyLacksConsent) {
  const model::PlannedCase result = planned(a_case("Eviction"));
  EXPECT_EQ(result.specs, std::vector{kSpecs[3]});
  EXPECT_EQ(result.command.size(), 4U);
}

TEST(MakePlan, RunsDisruptiveCasesWithConsent) {
  model::TestCase starving = a_case("DNS");
  starving.impact = model::Impact::starves;
  EXPECT_EQ(planned(starving, {.allow_disruptive = true}).not_run, std::nullopt);
  EXPECT_EQ(planned(a_case("Eviction"), {.allow_disruptive = true}).not_run, std::nullopt);
}

TEST(MakePlan, RunsWhatMerelyLoadsNodes) {
  model::TestCase loading = a_case("DNS");
  loading.impact = model::Impact::load;
  EXPECT_EQ(planned(loading).not_run, std::nullopt);
}

TEST(MakePlan, TakesTheVersionAskedForBeforeTheSuites) {
  model::TestCase newer = a_case("DNS");
  newer.kubernetes_versions = {{.major = 1, .minor = 37, .patch = 0, .prerelease = ""}};
  EXPECT_EQ(planned(newer, {.kubernetes_version = model::Version::parse("1.37")}).not_run, std::nullopt);
}

TEST(MakePlan, AsksForAVersionWhereTheSuiteHasNone) {
  const OpenSuite open = [](const std::string&) {
    return suite::Suite({.path = "./e2e.test", .version = "devel", .flags = {}, .specs = kSpecs});
  };
  try {
    (void)make_plan({a_case("DNS")}, open, {});
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    EXPECT_STREQ(error.what(),
                 "'./e2e.test' calls its version 'devel', which is no Kubernetes version; pass one with "
                 "--kubernetes-version");
  }
}

TEST(MakePlan, RefusesExtraArgumentsThatChangeIt) {
  EXPECT_THROW((void)planned(a_case("DNS"), {.command = {.extra_args = {"--ginkgo.focus=x"}}}), base::Error);
}

/// A binary that answers once: a second plan must come from the cache.
TEST(MakePlan, NeedsNoChildForAPlanSeenBefore) {
  const testing::TempDir directory;
  const std::string path = directory.write("e2e.test", "binary");
  int asked = 0;
  const process::Capture capture = [&](const auto& commands, std::chrono::milliseconds) {
    ++asked;
    std::vector<process::Captured> answers(commands.size());
    for (auto& answer : answers) {
      answer.exit.code = 0;
    }
    answers.at(0).out = "v1.36.3\n";
    answers.at(1).err = "  --ginkgo.focus\n  -list-tests\n";
    answers.at(2).out = "    /test/e2e/a.go:1: a\n    /test/e2e/b.go:2: b\n";
    return answers;
  };
  std::vector<model::Plan> plans;
  for (int i = 0; i < 2; ++i) {
    const OpenSuite open = [&](const std::string& name) {
      return suite::Suite(name, path, directory.path() / "cache", suite::SpecSource::best, capture);
    };
    plans.push_back(make_plan({a_case(" b$")}, open, {}));
  }
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(plans[0].cases[0].specs, (std::vector<model::Spec>{{"b", "test/e2e/b.go", 2}}));
  EXPECT_EQ(plans[1].cases[0].specs, plans[0].cases[0].specs);
  EXPECT_EQ(plans[1].cases[0].command, plans[0].cases[0].command);
}

}  // namespace
}  // namespace opready::plan
