// SPDX-License-Identifier: Apache-2.0
// Our schema: what is read from it, and every fault that one case can have.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "load_text.hpp"

namespace opready::specs {
namespace {

using Messages = std::vector<std::string>;

TEST(NativeSchema, ReadsEveryKey) {
  const Loaded loaded = load_text(R"(
category: Core.Network
aliases: [Core.Net]
testCases:
- id: core-network-pod-to-pod
  description: >-
    Pods reach
    each other
  kep: Core.Network.1
  proves: part
  missing: UDP
  focus: ['\[sig-windows\] Hybrid .*$', "DNS"]
  skip: ['\[Slow\]']
  expect: 2
  needs: [internet]
  images: [agnhost, 'httpd-prev|agnhost-prev', 'registry.example:5000/own/tool:1.0']
  placement: mixed
  impact: load
  timeout: 1h30m
  serial: true
  suite: e2e_node
  kubernetesVersions: [1.30, "1.31", v1.32.2]
  skipProviders: [gce]
)");
  EXPECT_EQ(render(loaded.diagnostics), "");
  ASSERT_EQ(loaded.categories.size(), 1U);
  const model::Category& category = loaded.categories[0];
  EXPECT_EQ(category.name, "Core.Network");
  EXPECT_EQ(category.aliases, Messages{"Core.Net"});
  ASSERT_EQ(category.cases.size(), 1U);
  const model::TestCase& test = category.cases[0];
  EXPECT_EQ(test.id, "core-network-pod-to-pod");
  EXPECT_EQ(test.category, "Core.Network");
  EXPECT_EQ(test.description, "Pods reach each other");
  EXPECT_EQ(test.kep, "Core.Network.1");
  EXPECT_EQ(test.proves, model::Proves::part);
  EXPECT_EQ(test.missing, "UDP");
  EXPECT_EQ(test.focus, (Messages{R"(\[sig-windows\] Hybrid .*$)", "DNS"}));
  EXPECT_EQ(test.skip, Messages{R"(\[Slow\])"});
  EXPECT_EQ(test.expect, 2);
  EXPECT_EQ(test.needs, Messages{"internet"});
  EXPECT_EQ(test.images, (Messages{"agnhost", "httpd-prev|agnhost-prev", "registry.example:5000/own/tool:1.0"}));
  EXPECT_EQ(test.placement, model::Placement::mixed);
  EXPECT_EQ(test.impact, model::Impact::load);
  EXPECT_EQ(test.timeout, std::chrono::minutes(90));
  EXPECT_TRUE(test.serial);
  EXPECT_EQ(test.suite, "e2e_node");
  ASSERT_EQ(test.kubernetes_versions.size(), 3U);
  EXPECT_EQ(test.kubernetes_versions[0].text(), "v1.30.0");
  EXPECT_EQ(test.kubernetes_versions[1].text(), "v1.31.0");
  EXPECT_EQ(test.kubernetes_versions[2].text(), "v1.32.2");
  EXPECT_EQ(test.skip_providers, Messages{"gce"});
  EXPECT_EQ(test.place, (model::SourcePlace{"f.yaml", 5, 3}));
}

TEST(NativeSchema, ReadsACaseOfTheOlderTool) {
  const Loaded loaded = load_text("category: A\ntestCases:\n- description: d\n  focus:\n  - f\n  skip:\n  - ''\n  -\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  ASSERT_EQ(loaded.categories.at(0).cases.size(), 1U);
  const model::TestCase& test = loaded.categories[0].cases[0];
  EXPECT_EQ(test.focus, Messages{"f"});
  EXPECT_EQ(test.skip, Messages{});
  EXPECT_EQ(test.proves, std::nullopt);
  EXPECT_EQ(test.expect, std::nullopt);
  EXPECT_EQ(test.placement, std::nullopt);
  EXPECT_EQ(test.impact, model::Impact::none);
  EXPECT_EQ(test.timeout, std::nullopt);
  EXPECT_FALSE(test.serial);
  EXPECT_EQ(test.suite, "e2e");
}

TEST(NativeSchema, ReadsACategoryWithoutCases) {
  const Loaded loaded = load_text("category: Extend.Worker\ntestCases:\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  ASSERT_EQ(loaded.categories.size(), 1U);
  EXPECT_TRUE(loaded.categories[0].cases.empty());
}

TEST(NativeSchema, TakesAnItemThatNothingProvesWithoutFocus) {
  const Loaded loaded =
      load_text("category: A\ntestCases:\n- description: d\n  proves: none\n  missing: nobody wrote it\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(loaded.categories.at(0).cases.at(0).proves, model::Proves::none);
}

TEST(NativeSchema, FollowsAliases) {
  const Loaded loaded = load_text(
      "category: A\ntestCases:\n- description: d\n  focus: &f ['x']\n"
      "- description: e\n  focus: *f\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(loaded.categories.at(0).cases.at(1).focus, Messages{"x"});
}

struct FaultyFile {
  std::string text;
  Messages messages;
};

TEST(NativeSchema, NamesFaultsOfTheFile) {
  const std::vector<FaultyFile> table{
      {"- x\n", {"1:1: not a category file: it needs 'category' and 'testCases' at its top level"}},
      {"name: x\n", {"1:1: not a category file: it needs 'category' and 'testCases' at its top level"}},
      {"category: A\n", {"1:1: missing key 'testCases'"}},
      {"testCases: []\n", {"1:1: missing key 'category'"}},
      {"category: 5\ntestCases: []\n", {"1:11: 'category': a number where a text belongs: write it in quotes"}},
      {"category: true\ntestCases: []\n", {"1:11: 'category': true or false where a text belongs: write it in quotes"}},
      {"category:\ntestCases: []\n", {"1:1: 'category' has no value: give it one or remove the line"}},
      {"category: ' '\ntestCases: []\n", {"1:11: 'category' is empty"}},
      {"category: [A]\ntestCases: []\n", {"1:11: 'category': expected text, got a list"}},
      {"category: A\ntestCases: x\n", {"2:12: 'testCases': expected a list, got text: begin each entry with '- '"}},
      {"category: A\ntestCases:\n  x: y\n",
       {"3:3: 'testCases': expected a list, got a mapping: begin each entry with '- '"}},
      {"category: A\ntestCases:\n- x\n", {"3:3: expected a mapping ('key: value' lines), got text"}},
      {"category: A\ncategory: B\ntestCases: []\n", {"2:1: duplicate key 'category': the first is in line 1"}},
      {"category: A\ntestcases: []\n",
       {"2:1: unknown key 'testcases', did you mean 'testCases'?", "1:1: missing key 'testCases'"}},
      {"category: A\ntestCases: []\n? [x]\n: y\n", {"3:3: expected a key, got a list"}},
      {"category: A\ntestCases: []\n? " + std::string(101, 'k') + "\n: y\n", {"3:3: expected a key, got a long text"}},
  };
  for (const FaultyFile& file : table) {
    EXPECT_EQ(messages(load_text(file.text)), file.messages) << file.text;
  }
}

/// A line of a case, at line 5, whose text begins in column 3.
struct FaultyLine {
  std::string_view line;
  Messages messages;
};

TEST(NativeSchema, NamesFaultsOfACase) {
  const std::vector<FaultyLine> table{
      {"descripton: x", {"5:3: unknown key 'descripton', did you mean 'description'?"}},
      {"colour: x", {"5:3: unknown key 'colour'"}},
      {"focus: [x]", {"5:3: duplicate key 'focus': the first is in line 4"}},
      {"id: Core_1",
       {"5:7: 'id': 'Core_1' must begin with one of a-z or 0-9 and hold only these, '.' and '-', at most 63 of them"}},
      {"id: 5", {"5:7: 'id': a number where a text belongs: write it in quotes"}},
      {"kep: -1.5", {"5:8: 'kep': a number where a text belongs: write it in quotes"}},
      {"suite: ../x", {"5:10: 'suite': '../x' must hold only a-z, 0-9, '_' and '-'"}},
      {"kep: {}", {"5:8: 'kep': expected text, got a mapping"}},
      {"proves: al", {"5:11: 'proves': 'al' is none of all, part, none, did you mean 'all'?"}},
      {"proves: part", {"5:3: 'proves: part' needs 'missing': say what isn't proven and why"}},
      {"missing:", {"5:3: 'missing' has no value: give it one or remove the line"}},
      {"skip: x", {"5:9: 'skip': expected a list, got text: begin each entry with '- '"}},
      {"skip: [x, 5]", {"5:13: 'skip': a number where a text belongs: write it in quotes"}},
      {"skip: [x, [y]]", {"5:13: 'skip': expected text, got a list"}},
      {"skip: [x, '+y', '+z']",
       {"5:13: 'skip': invalid regular expression: nothing to repeat: +",
        "5:19: 'skip': invalid regular expression: nothing to repeat: +"}},
      {"expect: 0", {"5:11: 'expect': expected a whole number from 1, got '0'"}},
      {"expect: 1.5", {"5:11: 'expect': expected a whole number from 1, got '1.5'"}},
      {"needs: gmsa", {"5:10: 'needs': expected a list, got text: begin each entry with '- '"}},
      {"images: agnhost", {"5:11: 'images': expected a list, got text: begin each entry with '- '"}},
      {"images: [Agnhost, 'registry.example/my tool', 'x/y|z']",
       {"5:12: 'images': 'Agnhost' is neither a name such as agnhost nor a reference such as registry.example/tool:1.0",
        "5:21: 'images': 'registry.example/my tool' is neither a name such as agnhost nor a reference such as "
        "registry.example/tool:1.0",
        "5:49: 'images': 'x/y|z' is neither a name such as agnhost nor a reference such as registry.example/tool:1.0"}},
      {"placement: linux", {"5:14: 'placement': 'linux' is none of own, windows, mixed, none"}},
      {"impact: reboot", {"5:11: 'impact': 'reboot' is none of none, load, starves, reboots, did you mean 'reboots'?"}},
      {"timeout: 5", {"5:12: 'timeout': '5' is no time such as 90s or 1h30m"}},
      {"timeout: 0s", {"5:12: 'timeout': '0s' is no time such as 90s or 1h30m"}},
      {"serial: yes", {"5:11: 'serial': expected true or false, got 'yes'"}},
      {"suite: ''", {"5:10: 'suite' is empty"}},
      {"kubernetesVersions: [1.x]", {"5:24: '1.x' is no Kubernetes version such as 1.30"}},
      {"kubernetesVersions: 1.30",
       {"5:23: 'kubernetesVersions': expected a list, got text: begin each entry with '- '"}},
      {"skipProviders: [{}]", {"5:19: 'skipProviders': expected text, got a mapping"}},
  };
  for (const FaultyLine& each : table) {
    const std::string text =
        "category: A\ntestCases:\n- description: d\n  focus: [f]\n  " + std::string(each.line) + "\n";
    EXPECT_EQ(messages(load_text(text)), each.messages) << each.line;
  }
}

TEST(NativeSchema, NeedsADescriptionAndAFocus) {
  EXPECT_EQ(messages(load_text("category: A\ntestCases:\n- kep: Core.Network.1\n")),
            (Messages{"3:3: missing key 'description'", "3:3: missing key 'focus'"}));
  EXPECT_EQ(messages(load_text("category: A\ntestCases:\n- description: 5\n  focus: ['']\n")),
            (Messages{"3:16: 'description': a number where a text belongs: write it in quotes",
                      "4:3: 'focus' holds no pattern: a case must choose its specs"}));
  EXPECT_EQ(messages(load_text("category: A\ntestCases:\n- description: d\n  focus:\n")),
            Messages{"4:3: 'focus' holds no pattern: a case must choose its specs"});
  EXPECT_EQ(messages(load_text("category: A\ntestCases:\n- description: d\n  focus: f\n")),
            Messages{"4:10: 'focus': expected a list, got text: begin each entry with '- '"});
}

TEST(NativeSchema, ChecksPatternsAlsoAsGinkgoJoinsThem) {
  LoadOptions options;
  options.regexp_fault = [](const std::string& pattern) -> std::optional<std::string> {
    return pattern == "a|b" ? std::optional<std::string>("too large") : std::nullopt;
  };
  const std::string text = "category: A\ntestCases:\n- description: d\n  focus: ['a', '', 'b']\n";
  EXPECT_EQ(messages(load_texts({{"f.yaml", text}}, options)),
            Messages{"4:3: 'focus': invalid regular expression: too large"});
}

TEST(NativeSchema, TakesQuotedNumbersAsText) {
  const Loaded loaded = load_text("category: '5'\ntestCases:\n- description: \"7.0\"\n  focus: ['1']\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(loaded.categories.at(0).name, "5");
}

}  // namespace
}  // namespace opready::specs
