// SPDX-License-Identifier: Apache-2.0
// Tests of runs without their machines' names.
#include "opready/publish/masked_run.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

#include "sample.hpp"

namespace opready::publish {
namespace {

using namespace testing;

TEST(MaskOf, KnowsTheClustersNodesItsServerAndTheMachineOfTheRun) {
  model::RunRecord record = sample_record(sample_events() + sample_end());
  record.resumed.push_back({.time = sample_time(3), .process = {.host = "build-8"}});
  EXPECT_EQ(mask_of(record)->masked("win-0 lin-0 api.example.com build-7 build-8"),
            "node-1 node-2 host-1 host-2 host-3");
}

TEST(MaskOf, KnowsNodesThatOnlyPodsWereSeenOn) {
  model::RunRecord record = sample_record(sample_events());
  record.started.cluster.nodes.clear();
  record.cases[0].attempts[0].finished->result.specs[0].pods =
      model::SpecPods{.nodes = {{{"win-9", "windows", ""}, 1}}};
  EXPECT_EQ(mask_of(record)->masked("win-9"), "node-1");
}

TEST(MaskOf, KnowsTheServerInAContextAndTheMachineByItsShortName) {
  model::RunRecord record = sample_record(sample_events());
  record.started.process.host = "build-7.example.com";
  EXPECT_EQ(mask_of(record)->masked("default/api-example-com:6443/me build-7 api"),
            "default/host-1:6443/me host-2 api");
}

TEST(MaskOf, FindsTheHostInAServersUrl) {
  for (const auto& [url, host] : std::vector<std::pair<std::string, std::string>>{
           {"https://api.example.com:6443", "api.example.com"},
           {"https://me:secret@api.example.com/path:1@x", "api.example.com"},
           {"api.example.com", "api.example.com"}}) {
    model::RunRecord record = sample_record(sample_events());
    record.started.cluster.server = url;
    EXPECT_EQ(mask_of(record)->masked(host), "host-1") << url;
  }
  model::RunRecord record = sample_record(sample_events());
  record.started.cluster.server = "https://[fd00::1]:6443";
  EXPECT_EQ(mask_of(record)->masked("https://[fd00::1]:6443"), "https://[host-1]:6443");
  record.started.cluster.server = "https://localhost:6443";
  EXPECT_EQ(mask_of(record)->masked("localhost"), "localhost");
}

TEST(MaskOf, RefusesARunThatKnowsNoNode) {
  model::RunRecord record = sample_record(sample_events());
  record.started.cluster.nodes.clear();
  try {
    const auto mask = mask_of(record);
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    EXPECT_STREQ(error.what(),
                 "--redact-hosts: the run doesn't know the names of the cluster's nodes, which it could not list, and "
                 "so they can't be masked in its logs");
  }
}

TEST(MaskedEvents, TellOfTheSameRunOnOtherMachines) {
  const std::string events = sample_events(model::Outcome::failed) + sample_end();
  const auto mask = mask_of(sample_record(events));
  const std::string masked = masked_events(events + "torn", *mask);
  for (const std::string name : {"win-0", "lin-0", "api.example.com", "build-7", "10.0.0.1", "log_offset", "torn"}) {
    EXPECT_EQ(masked.find(name), std::string::npos) << name;
  }
  const model::RunRecord record = sample_record(masked);
  EXPECT_EQ(record.started.cluster.nodes[0], (model::NodeFacts{"node-1", "windows", "10.0.20348"}));
  EXPECT_EQ(record.started.cluster.server, "https://host-1:6443");
  const model::SpecResult& spec = record.cases[1].attempts[0].finished->result.specs[0];
  EXPECT_EQ(spec.failure, "no answer from address-1\nnode-1 was asked");
  EXPECT_EQ(spec.log_offset, std::nullopt);
}

TEST(MaskedEvents, KeepWhatProgramsCompareEvenWhereANodeIsCalledSo) {
  model::RunStarted start = sample_start();
  start.cluster.nodes = {{"windows", "windows", "10.0.20348"}, {"dns", "linux", ""}, {"passed", "linux", ""}};
  const std::string events = record::to_json_line(start) + record::to_json_line(sample_case_start("dns", 1)) +
                             record::to_json_line(sample_case_end("dns", 4, model::Outcome::passed));
  const auto mask = mask_of(sample_record(events));
  const model::RunRecord record = sample_record(masked_events(events, *mask));
  EXPECT_EQ(record.started.cluster.nodes[0], (model::NodeFacts{"node-1", "windows", "10.0.20348"}));
  EXPECT_EQ(record.cases[0].planned.test.id, "dns");
  EXPECT_EQ(record.cases[0].attempts[0].finished->result.outcome, model::Outcome::passed);
}

TEST(MaskedEvents, MaskLabelsAndNodeSelectorsWithTheirKeys) {
  model::RunStarted start = sample_start();
  start.labels = {{"os", "win-0"}, {"lin-0/suite", "x"}};
  start.node_selector = {{"kubernetes.io/hostname", "win-0"}, {"id", "win-0"}};
  const std::string events = record::to_json_line(start);
  const auto mask = mask_of(sample_record(events));
  const model::RunStarted masked = sample_record(masked_events(events, *mask)).started;
  using Texts = std::map<std::string, std::string>;
  EXPECT_EQ(masked.labels, (Texts{{"os", "node-1"}, {"node-2/suite", "x"}}));
  EXPECT_EQ(masked.node_selector, (Texts{{"kubernetes.io/hostname", "node-1"}, {"id", "node-1"}}));
}

TEST(MaskedText, MasksEachLineHoweverItIsFed) {
  base::HostMask mask({"win-0"}, {});
  std::string out;
  MaskedText text(mask, [&out](std::string_view masked) { out += masked; });
  for (const char c : std::string("at wi") + "n-0\n\nand 10.0.0.1") {
    text.feed({&c, 1});
  }
  text.finish();
  EXPECT_EQ(out, "at node-1\n\nand address-1");
}

}  // namespace
}  // namespace opready::publish
