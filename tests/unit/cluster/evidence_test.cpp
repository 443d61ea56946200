// SPDX-License-Identifier: Apache-2.0
// What becomes of rows, in whatever order they come.
#include "opready/cluster/evidence.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace opready::cluster {
namespace {

using model::NamespaceEvidence;
using model::PodEvidence;
using model::WarningEvidence;

using Input = std::variant<std::string, NamespaceRow, PodRow, WarningRow>;  // A text is the id of a run.

void feed(Evidence& evidence, const Input& input) {
  if (const auto* run = std::get_if<std::string>(&input)) {
    evidence.run_started(*run);
  } else if (const auto* space = std::get_if<NamespaceRow>(&input)) {
    evidence.add(*space);
  } else if (const auto* pod = std::get_if<PodRow>(&input)) {
    evidence.add(*pod);
  } else {
    evidence.add(std::get<WarningRow>(input));
  }
}

std::vector<NamespaceEvidence> of_run(Evidence& evidence, const std::vector<Input>& inputs,
                                      const std::string& run = "run-a") {
  for (const Input& input : inputs) {
    feed(evidence, input);
  }
  return evidence.take(run);
}

std::vector<NamespaceEvidence> of_run(const std::vector<Input>& inputs) {
  Evidence evidence;
  return of_run(evidence, inputs);
}

NamespaceEvidence space(std::vector<PodEvidence> pods, std::vector<WarningEvidence> warnings = {},
                        const std::string& name = "web-1", const std::string& run = "run-a") {
  return {.name = name, .e2e_run = run, .pods = std::move(pods), .more_pods = false, .warnings = std::move(warnings)};
}

const std::string kRun = "run-a";
const NamespaceRow kSpace{"web-1", "run-a"};

TEST(Evidence, IsTheSameInWhateverOrderTheWatchesAreRead) {
  std::vector<Input> inputs{kRun, kSpace, PodRow{"web-1", "p", "Running", "win-0"},
                            WarningRow{"web-1", "FailedMount", "pod/p", "why"}};
  std::vector<std::size_t> order{0, 1, 2, 3};
  do {
    std::vector<Input> shuffled;
    for (const std::size_t at : order) {
      shuffled.push_back(inputs[at]);
    }
    EXPECT_EQ(of_run(shuffled), (std::vector{space({{"p", {"win-0"}, "Running"}}, {{"FailedMount", "pod/p", "why"}})}))
        << testing::PrintToString(order);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Evidence, NotesWhichSpecWasUnderWayWhenANamespaceCame) {
  Evidence evidence;
  evidence.run_started("run-a");
  evidence.add(NamespaceRow{"before", "run-a"});
  evidence.spec_began("run-a", "first");
  evidence.spec_began("run-b", "another");
  evidence.add(NamespaceRow{"one", "run-a"});
  evidence.spec_began("run-a", "second");
  evidence.add(NamespaceRow{"one", "run-a"});
  evidence.add(NamespaceRow{"two", "run-a"});
  std::string told;
  for (const NamespaceEvidence& seen : evidence.take("run-a")) {
    told += seen.name + " is of '" + seen.spec + "';";
  }
  EXPECT_EQ(told, "before is of '';one is of 'first';two is of 'second';");
}

TEST(Evidence, FollowsEachPodToItsEnd) {
  EXPECT_EQ(of_run({kRun, kSpace, PodRow{"web-1", "a", "Pending", ""}, PodRow{"web-1", "b", "Pending", ""},
                    PodRow{"web-1", "a", "ContainerCreating", "win-0"}, PodRow{"web-1", "a", "Running", "win-0"},
                    PodRow{"web-1", "a", "Terminating", "win-0"}, PodRow{"web-1", "a", "Terminating", "win-0"}}),
            (std::vector{space({{"a", {"win-0"}, "Running"}, {"b", {}, "Pending"}})}));
}

TEST(Evidence, KeepsWhatAPodWaitedForWhenItIsDeleted) {
  EXPECT_EQ(of_run({kRun, kSpace, PodRow{"web-1", "a", "ErrImagePull", "win-0"},
                    PodRow{"web-1", "a", "Terminating", "win-0"}, PodRow{"web-1", "b", "Terminating", "win-1"}}),
            (std::vector{space({{"a", {"win-0"}, "ErrImagePull"}, {"b", {"win-1"}, "Terminating"}})}));
}

TEST(Evidence, CountsEveryNodeOfAPodThatWasMadeAgain) {
  EXPECT_EQ(of_run({kRun, kSpace, PodRow{"web-1", "ss-0", "Running", "linux-0"}, PodRow{"web-1", "ss-0", "Pending", ""},
                    PodRow{"web-1", "ss-0", "Running", "win-0"}, PodRow{"web-1", "ss-0", "Running", "win-0"}}),
            (std::vector{space({{"ss-0", {"linux-0", "win-0"}, "Running"}})}));
}

TEST(Evidence, IsGivenByNamespaceInTheOrderOfTheirFirstRows) {
  Evidence evidence;
  const std::vector<Input> inputs{kRun,
                                  std::string("run-b"),
                                  NamespaceRow{"z-1", "run-a"},
                                  NamespaceRow{"m-1", "run-b"},
                                  NamespaceRow{"a-1", "run-a"},
                                  PodRow{"m-1", "p", "Running", "win-1"},
                                  PodRow{"a-1", "p", "Running", "win-0"}};
  EXPECT_EQ(of_run(evidence, inputs),
            (std::vector{space({}, {}, "z-1"), space({{"p", {"win-0"}, "Running"}}, {}, "a-1")}));
  EXPECT_EQ(evidence.take("run-b"), (std::vector{space({{"p", {"win-1"}, "Running"}}, {}, "m-1", "run-b")}));
}

TEST(Evidence, KeepsTheFirstWarningsThatDiffer) {
  std::vector<Input> inputs{kRun, kSpace, WarningRow{"web-1", "Failed", "pod/0", "first"},
                            WarningRow{"web-1", "Failed", "pod/0", "again"}};
  for (int i = 1; i < 9; ++i) {
    inputs.emplace_back(WarningRow{"web-1", "Failed", "pod/" + std::to_string(i), "m"});
  }
  EXPECT_EQ(of_run(inputs), (std::vector{space({}, {{"Failed", "pod/0", "first"},
                                                    {"Failed", "pod/1", "m"},
                                                    {"Failed", "pod/2", "m"},
                                                    {"Failed", "pod/3", "m"},
                                                    {"Failed", "pod/4", "m"}})}));
}

TEST(Evidence, SaysWhenANamespaceHadMorePodsThanAreKept) {
  std::vector<Input> inputs{kRun, kSpace};
  for (std::size_t i = 0; i <= Evidence::kMaxPods; ++i) {
    inputs.emplace_back(PodRow{"web-1", "p-" + std::to_string(i), "Running", "win-0"});
  }
  const auto found = of_run(inputs);
  EXPECT_EQ(found.at(0).pods.size(), Evidence::kMaxPods);
  EXPECT_TRUE(found.at(0).more_pods);
}

TEST(Evidence, LeavesOutNamespacesWithoutARun) {
  EXPECT_TRUE(of_run({kRun, PodRow{"shop", "a", "Running", "linux-0"}, NamespaceRow{"shop", ""},
                      PodRow{"shop", "b", "Running", "linux-0"}})
                  .empty());
}

TEST(Evidence, CountsANamespaceFromWhenItGetsItsLabel) {
  EXPECT_EQ(of_run({kRun, NamespaceRow{"web-1", ""}, PodRow{"web-1", "a", "Running", "win-0"}, kSpace,
                    PodRow{"web-1", "b", "Running", "win-0"}}),
            (std::vector{space({{"b", {"win-0"}, "Running"}})}));
}

TEST(Evidence, OfAKnownRunIsNotTakenAwayByALabelThatChanges) {
  EXPECT_EQ(of_run({kRun, kSpace, PodRow{"web-1", "a", "Running", "win-0"}, NamespaceRow{"web-1", "other"},
                    NamespaceRow{"web-1", ""}, PodRow{"web-1", "b", "Running", "win-0"}}),
            (std::vector{space({{"a", {"win-0"}, "Running"}, {"b", {"win-0"}, "Running"}})}));
}

TEST(Evidence, IsGoneOnceTaken) {
  Evidence evidence;
  EXPECT_EQ(of_run(evidence, {kRun, kSpace, PodRow{"web-1", "a", "Running", "win-0"}}).size(), 1U);
  EXPECT_TRUE(of_run(evidence, {PodRow{"web-1", "a", "Terminating", "win-0"}, kSpace}).empty());
}

TEST(Evidence, OfARunThatNobodyHasToldOfIsKeptForAWhile) {
  Evidence evidence;
  std::vector<Input> inputs{kSpace, PodRow{"web-1", "a", "Running", "win-0"}};
  for (std::size_t i = 1; i < Evidence::kMaxUnclaimed; ++i) {
    inputs.emplace_back(NamespaceRow{"other-" + std::to_string(i), "foreign"});
  }
  inputs.emplace_back(kRun);
  for (std::size_t i = 0; i < 3 * Evidence::kMaxUnclaimed; ++i) {  // Now that it's claimed, nothing pushes it out.
    inputs.emplace_back(NamespaceRow{"more-" + std::to_string(i), "foreign"});
  }
  EXPECT_EQ(of_run(evidence, inputs), (std::vector{space({{"a", {"win-0"}, "Running"}})}));
  const auto foreign = evidence.take("foreign");
  EXPECT_EQ(foreign.size(), Evidence::kMaxUnclaimed);
  EXPECT_EQ(foreign.back().name, "more-" + std::to_string(3 * Evidence::kMaxUnclaimed - 1));
}

TEST(Evidence, KeepsTheLastRowsOfNamespacesThatNoRowHasToldOf) {
  std::vector<Input> inputs{kRun, PodRow{"web-1", "pushed-out", "Running", "win-0"}};
  for (std::size_t i = 1; i < Evidence::kMaxEarly; ++i) {
    inputs.emplace_back(PodRow{"unknown", "p-" + std::to_string(i), "Running", "linux-0"});
  }
  inputs.emplace_back(PodRow{"web-1", "kept", "Running", "win-0"});
  inputs.emplace_back(kSpace);
  EXPECT_EQ(of_run(inputs), (std::vector{space({{"kept", {"win-0"}, "Running"}})}));
}

TEST(Evidence, IsNotPushedOutByPodsOfNamespacesThatAreKnownToBeNobodys) {
  std::vector<Input> inputs{kRun, NamespaceRow{"shop", ""}, PodRow{"web-1", "early", "Running", "win-0"}};
  for (std::size_t i = 0; i < 2 * Evidence::kMaxEarly; ++i) {
    inputs.emplace_back(PodRow{"shop", "p-" + std::to_string(i), "Running", "linux-0"});
  }
  inputs.emplace_back(kSpace);
  EXPECT_EQ(of_run(inputs), (std::vector{space({{"early", {"win-0"}, "Running"}})}));
}

TEST(Evidence, ForgetsTheOldestOfVeryManyForeignNamespaces) {
  std::vector<Input> inputs{kRun, NamespaceRow{"web-1", ""}};
  for (std::size_t i = 0; i < Evidence::kMaxForeign; ++i) {
    inputs.emplace_back(NamespaceRow{"shop-" + std::to_string(i), ""});
  }
  inputs.emplace_back(PodRow{"web-1", "early", "Running", "win-0"});  // Not dropped: it's nobody's no longer.
  inputs.emplace_back(kSpace);
  EXPECT_EQ(of_run(inputs), (std::vector{space({{"early", {"win-0"}, "Running"}})}));
}

}  // namespace
}  // namespace opready::cluster
