// SPDX-License-Identifier: Apache-2.0
// Runs that become one, by tables of what each of them did.
#include "opready/model/join.hpp"

#include <csignal>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/model/attempts.hpp"

namespace opready::model {
namespace {

using std::chrono::seconds;

base::Timestamp at(int second) {
  return base::Timestamp(seconds(second));
}

/// A run in the directory of the same name, begun at that second; its cases are finished at once.
class ARun {
 public:
  ARun(const std::string& name, int second) : second_(second) {
    started_.time = at(second);
    started_.run_id = name;
    started_.cluster.server = "https://a";
    started_.cluster.uid = "uid-a";
    joined_.directory = name;
  }

  ARun& shard(int number, int count) {
    started_.shard = {number, count};
    return *this;
  }
  ARun& cluster(const std::string& server, const std::string& uid) {
    started_.cluster.server = server;
    started_.cluster.uid = uid;
    return *this;
  }
  ARun& part() {
    started_.whole_categories = false;
    return *this;
  }
  ARun& planned(const std::string& id, std::optional<NotRun> not_run = {}, const std::string& category = "") {
    PlannedCase& planned = started_.plan.cases.emplace_back();
    planned.test.id = id;
    planned.test.category = category;
    planned.specs = {{id + " a"}, {id + " b"}};
    planned.not_run = not_run;
    return *this;
  }
  ARun& came_to(const std::string& id, Outcome outcome) {
    planned(id);
    results_.emplace_back(id, outcome);
    return *this;
  }
  ARun& stopped() {
    stopped_ = true;
    return *this;
  }

  /// After `took` seconds; killed where that is 0.
  [[nodiscard]] JoinedRun ended(int took) {
    apply(joined_.record, started_);
    for (const auto& [id, outcome] : results_) {
      apply(joined_.record, CaseStarted{.time = at(second_), .id = id});
      CaseFinished finished{.time = at(second_), .id = id, .attempt = 1, .duration = seconds(1)};
      finished.result.outcome = outcome;
      apply(joined_.record, finished);
    }
    if (stopped_) {
      apply(joined_.record, StopRequested{.time = at(second_ + took), .signal = SIGINT});
    }
    if (took > 0) {
      apply(joined_.record, RunFinished{.time = at(second_ + took),
                                        .duration = seconds(took),
                                        .stopped_by = stopped_ ? std::optional(SIGINT) : std::nullopt});
    }
    return joined_;
  }

 private:
  int second_;
  RunStarted started_;
  std::vector<std::pair<std::string, Outcome>> results_;
  bool stopped_ = false;
  JoinedRun joined_;
};

/// "x passed (a b), y failed (a); 3s" with the directories of the attempts.
std::string text(const RunRecord& record) {
  std::string text;
  for (const CaseRecord& item : record.cases) {
    std::string directories;
    for (const AttemptRecord& attempt : item.attempts) {
      directories += (directories.empty() ? "" : " ") + attempt.directory;
    }
    text += fmt::format("{}{} {} ({})", text.empty() ? "" : ", ", item.planned.test.id,
                        to_string(result_of(item).outcome), directories);
  }
  if (!record.finished) {
    return text + "; killed";
  }
  return text + fmt::format("; {}s{}{}", record.finished->duration / seconds(1),
                            record.finished->stopped_by ? " by a signal" : "", record.stop ? ", stopped" : "");
}

std::string fault(std::vector<JoinedRun> runs, base::ExitCode code) {
  try {
    (void)join(std::move(runs));
    return "(nothing was thrown)";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), code);
    return error.what();
  }
}

TEST(Join, LetsTheLaterAttemptCount) {
  std::vector<JoinedRun> runs;
  runs.push_back(ARun("b", 100).came_to("y", Outcome::passed).part().ended(2));
  runs.push_back(ARun("a", 0).came_to("x", Outcome::passed).came_to("y", Outcome::failed).ended(10));
  const RunRecord record = join(std::move(runs));
  EXPECT_EQ(text(record), "x passed (a), y passed (a b); 12s");
  EXPECT_TRUE(is_flaky(record.cases.back()));
  EXPECT_TRUE(record.started.whole_categories);
  EXPECT_EQ(record.joined, (std::vector<std::string>{"a", "b"}));
}

TEST(Join, LaysSpecsThatWereRunAgainOverTheRest) {
  JoinedRun first = ARun("a", 0).came_to("x", Outcome::failed).ended(1);
  first.record.cases[0].attempts[0].finished->result.specs = {{.spec = {"x a"}, .status = SpecStatus::passed},
                                                              {.spec = {"x b"}, .status = SpecStatus::failed}};
  JoinedRun again = ARun("b", 10).came_to("x", Outcome::passed).part().ended(1);
  again.record.cases[0].planned.specs.erase(again.record.cases[0].planned.specs.begin());
  again.record.cases[0].attempts[0].started.specs = {"x b"};
  again.record.cases[0].attempts[0].finished->result.specs = {{.spec = {"x b"}, .status = SpecStatus::passed}};
  const RunRecord record = join({first, again});
  EXPECT_EQ(text(record), "x passed (a b); 2s");
  EXPECT_EQ(record.cases[0].planned.specs.size(), 2U);
  EXPECT_EQ(result_of(record.cases[0]).specs.size(), 2U);
}

TEST(Join, TakesCasesThatOnlyOneHas) {
  const RunRecord record = join({ARun("a", 0).came_to("x", Outcome::passed).ended(1),
                                 ARun("b", 5).came_to("y", Outcome::failed).part().ended(1)});
  EXPECT_EQ(text(record), "x passed (a), y failed (b); 2s");
  EXPECT_FALSE(record.started.whole_categories);
}

TEST(Join, KeepsCategoriesTogether) {
  const RunRecord record = join({ARun("a", 0).planned("x", {}, "First").planned("y", {}, "Second").ended(1),
                                 ARun("b", 5).planned("z", {}, "First").planned("w", {}, "Third").ended(1)});
  EXPECT_EQ(text(record), "x not_run (), z not_run (), y not_run (), w not_run (); 2s");
}

TEST(Join, PrefersAPlanThatRunsTheCase) {
  const RunRecord record = join(
      {ARun("a", 0).planned("x", NotRun::disruptive).ended(1), ARun("b", 5).came_to("x", Outcome::passed).ended(1)});
  EXPECT_EQ(text(record), "x passed (b); 2s");
  EXPECT_FALSE(record.cases.front().planned.not_run.has_value());
}

TEST(Join, MakesAStopGoodWhereTheRestWasDoneLater) {
  EXPECT_EQ(text(join({ARun("a", 0).came_to("x", Outcome::passed).came_to("y", Outcome::cancelled).stopped().ended(3),
                       ARun("b", 5).came_to("y", Outcome::passed).part().ended(1)})),
            "x passed (a), y passed (a b); 4s");
  EXPECT_EQ(text(join({ARun("a", 0).came_to("x", Outcome::passed).planned("y").ended(0),
                       ARun("b", 5).came_to("y", Outcome::passed).part().ended(1)})),
            "x passed (a), y passed (b); 1s");
}

TEST(Join, TellsWhatIsStillUndone) {
  EXPECT_EQ(text(join({ARun("a", 0).came_to("x", Outcome::passed).planned("y").stopped().ended(3),
                       ARun("b", 5).came_to("x", Outcome::passed).ended(1)})),
            "x passed (a b), y not_run (); 4s by a signal, stopped");
  EXPECT_EQ(text(join({ARun("a", 0).came_to("x", Outcome::passed).planned("y").ended(0),
                       ARun("b", 5).came_to("x", Outcome::passed).ended(1)})),
            "x passed (a b), y not_run (); killed");
}

TEST(Join, RefusesAnotherCluster) {
  const auto other = [](const std::string& server, const std::string& uid) {
    return ARun("b", 5).cluster(server, uid).ended(1);
  };
  EXPECT_EQ(fault({ARun("a", 0).ended(1), other("https://b", "uid-b")}, base::ExitCode::usage),
            "the run in 'b' was against https://b, and that in 'a' against https://a: these are not one");
  EXPECT_EQ(fault({ARun("a", 0).ended(1), other("https://b", "")}, base::ExitCode::usage),
            "the run in 'b' was against https://b, and that in 'a' against https://a: these are not one");
  EXPECT_EQ(text(join({ARun("a", 0).ended(1), other("https://b", "uid-a")})), "; 2s");
}

TEST(Join, RefusesTheSameRunTwice) {
  JoinedRun copy = ARun("a", 0).ended(1);
  copy.directory = "copy";
  EXPECT_EQ(fault({ARun("a", 0).ended(1), copy}, base::ExitCode::usage), "'a' and 'copy' hold the same run");
}

TEST(JoinOfShards, IsTheWholePlan) {
  const RunRecord record =
      join({ARun("1", 0).shard(1, 2).came_to("x", Outcome::passed).planned("y", NotRun::other_shard).ended(4),
            ARun("2", 1).shard(2, 2).planned("x", NotRun::other_shard).came_to("y", Outcome::failed).ended(5)});
  EXPECT_EQ(text(record), "x passed (1), y failed (2); 6s");
  EXPECT_FALSE(record.started.shard.has_value());
  EXPECT_TRUE(record.in_other_shards.empty());
}

TEST(JoinOfShards, HasRerunsOfThem) {
  EXPECT_EQ(text(join({ARun("1", 0).shard(1, 2).came_to("x", Outcome::failed).ended(1),
                       ARun("2", 0).shard(2, 2).came_to("y", Outcome::passed).ended(1),
                       ARun("1b", 9).shard(1, 2).came_to("x", Outcome::passed).part().ended(1)})),
            "x passed (1 1b), y passed (2); 2s");
}

TEST(JoinOfShards, NamesThoseThatAreMissing) {
  const auto shard = [](int number) { return ARun(std::to_string(number), 0).shard(number, 4).ended(1); };
  EXPECT_EQ(fault({shard(1), shard(2), shard(4)}, base::ExitCode::cannot_run), "shard 3 of 4 is missing");
  EXPECT_EQ(fault({shard(4), shard(2)}, base::ExitCode::cannot_run), "shards 1, 3 of 4 are missing");
}

TEST(JoinOfShards, RefusesThoseOfDifferentPlans) {
  EXPECT_EQ(fault({ARun("1", 0).shard(1, 2).ended(1), ARun("2", 0).shard(2, 3).ended(1)}, base::ExitCode::cannot_run),
            "'2' is one of 3 shards, but '1' is one of 2");
  EXPECT_EQ(
      fault({ARun("1", 0).shard(1, 2).planned("x", NotRun::other_shard).ended(1), ARun("2", 0).shard(2, 2).ended(1)},
            base::ExitCode::cannot_run),
      "case x, which '1' leaves to another shard, is in none: these are shards of different plans");
}

}  // namespace
}  // namespace opready::model
