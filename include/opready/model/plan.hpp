// SPDX-License-Identifier: Apache-2.0
// What a run will do, decided before anything starts.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/spec.hpp"
#include "opready/model/test_case.hpp"

namespace opready::model {

/// Why a chosen case will not be started.
enum class NotRun {
  disruptive,        ///< Needs --allow-disruptive: its impact, or a [Disruptive] spec.
  provider,          ///< skipProviders names the provider.
  other_version,     ///< No variant of it is for this Kubernetes version.
  no_upstream_spec,  ///< `proves: none`: the KEP item that nobody wrote a spec for.
  selects_nothing,   ///< Focus and skip select no spec of the binary; counts as a failure.
  without_need,      ///< It needs what --without says the cluster lacks.
  not_applicable,    ///< The KEP doesn't ask it of such a cluster (--air-gapped); never held against it.
  other_shard,       ///< Another run of the same plan performs it.
};

[[nodiscard]] std::string_view to_string(NotRun reason);
[[nodiscard]] std::optional<NotRun> parse_not_run(std::string_view text);

/// One chosen case, with all that was decided about it.
struct PlannedCase {
  TestCase test;
  std::vector<Spec> specs;  ///< What it selects, in the order of `--list-tests`.
  std::chrono::milliseconds timeout{};
  bool serial = false;               ///< Runs alone: declared so, or a selected spec is [Serial] or [Disruptive].
  std::optional<NotRun> not_run;     ///< Empty: it will be started.
  std::string not_run_detail;        ///< The reason in words, such as "only for Kubernetes 1.34 and newer".
  std::vector<std::string> command;  ///< As it will be started, but for the private report directory.
  /// The case that runs in its stead, since it selects the same specs and means the same by them; empty: itself.
  std::string same_as;
  bool part = false;  ///< `specs` are some of those that its patterns select: what --rerun-failed found wanting.
};

/// It is started itself: it's neither left out nor does another one run in its stead.
[[nodiscard]] bool is_to_start(const PlannedCase& planned);

/// A Ginkgo binary that the plan was made for.
struct SuiteIdentity {
  std::string name;         ///< What cases call it in `suite`.
  std::string path;         ///< As the user gave it or PATH resolved it; empty where a shipped catalogue stands for it.
  std::string version;      ///< "v1.36.3", as `--version` prints it; empty for a suite that tells none.
  std::string description;  ///< What it calls itself, in front of each name that its focus is matched with.
  std::string build;        ///< Tells its file from another in its place; empty for a catalogue.
};

/// Chosen cases in the order in which category files name them.
struct Plan {
  std::vector<SuiteIdentity> suites;  ///< In the order in which cases first name them.
  std::vector<std::string> notes;     ///< What whoever reads the plan should know of how it came about, in sentences.
  std::vector<PlannedCase> cases;
};

/// The suite called `name`; null where no case names it.
[[nodiscard]] const SuiteIdentity* find_suite(const Plan& plan, std::string_view name);

/// How many cases to start mean Windows nodes (`placement: windows`), though nothing in their specs sends pods there.
[[nodiscard]] std::size_t left_to_scheduler(const Plan& plan);

}  // namespace opready::model
