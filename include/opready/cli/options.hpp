// SPDX-License-Identifier: Apache-2.0
// What the command line says, as plain data: one struct a subcommand.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "opready/cluster/admission_policy_text.hpp"
#include "opready/model/event.hpp"
#include "opready/publish/comparison.hpp"
#include "opready/report/junit_report.hpp"
#include "opready/report/stream_printer.hpp"
#include "opready/report/style.hpp"

namespace opready::cli {

/// Where categories come from: files and directories, or, where none is named, the binary itself.
struct SourceOptions {
  std::vector<std::filesystem::path> test_paths;
  std::string default_category;
};

/// Which cluster.
struct TargetOptions {
  std::optional<std::string> kubeconfig;
  std::optional<std::string> context;
};

/// How pods are sent to the nodes that cases mean.
enum class Placing { scheduler, policy, taint };

/// Which cases, and how each is started: what `run` and `list` have in common.
struct SelectionOptions {
  SourceOptions source;
  std::vector<std::string> categories;
  std::vector<std::string> cases;
  std::vector<std::string> excludes;
  std::string filter;
  std::string kubernetes_version;
  bool allow_disruptive = false;
  std::vector<std::string> without;
  bool air_gapped = false;
  std::optional<model::Shard> shard;               ///< Absent: the whole plan.
  std::optional<std::filesystem::path> durations;  ///< Of an earlier run: for equal shards, and estimates.

  TargetOptions target;
  std::map<std::string, std::string> suite_binaries;  ///< By the suite's name, as --suite-binary says.
  std::string provider = "local";
  std::string node_os_distro = "windows";
  std::string non_blocking_taints;
  std::chrono::milliseconds case_timeout = std::chrono::hours(1);
  std::chrono::milliseconds grace_period = std::chrono::seconds(6);
  bool mark_ordered = false;  ///< The plan is to know which specs are in Ordered containers.
  int retries = 0;            ///< More attempts of a case that failed; the plan must then know more of its specs.
  bool keep_failed_namespaces = false;
  bool verbose = false;
  bool strict = false;
  Placing placing = Placing::scheduler;  ///< It shows in command lines.
  std::vector<std::string> extra_args;

  report::ColourChoice colour = report::ColourChoice::automatic;
};

enum class ListFormat { text, json };

struct ListOptions {
  SelectionOptions selection;
  ListFormat format = ListFormat::text;
};

enum class JunitFiles { one, per_case };

/// What becomes of a run when cases fail or take long.
struct EnduranceOptions {
  std::chrono::milliseconds retry_delay = std::chrono::seconds(10);
  bool flaky_fails = false;
  std::optional<int> fail_fast;
  std::optional<std::chrono::milliseconds> timeout;
};

/// What JUnit files hold.
struct JunitOptions {
  JunitFiles files = JunitFiles::one;
  report::JUnitAttempts attempts = report::JUnitAttempts::all;
};

/// Whether images are pulled before the first case, and for how long at most.
struct PrepullOptions {
  std::optional<bool> wanted;  ///< Absent: with more than one job.
  std::chrono::milliseconds timeout = std::chrono::minutes(30);
};

struct RunOptions {
  SelectionOptions selection;
  EnduranceOptions endurance;
  std::optional<int> jobs;  ///< Absent: auto.
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> node_selector;  ///< Of the Windows nodes to place pods on.
  bool dedicated_cluster = false;
  bool evidence = true;
  PrepullOptions prepull;
  std::optional<std::filesystem::path> report_dir;
  bool overwrite = false;
  report::OutputMode output = report::OutputMode::stream;
  std::chrono::milliseconds slow_after = std::chrono::minutes(5);
  JunitOptions junit;
  bool keep_raw = false;
  bool require_ready = false;
  std::optional<std::filesystem::path> resume;  ///< The report directory of a run to go on with.
  bool resume_anyway = false;
  std::optional<std::filesystem::path> rerun_failed;  ///< The report directory of a run whose failures to run.
  std::vector<std::string> arguments;                 ///< All of these as they were given.
};

struct ValidateOptions {
  SourceOptions source;
};

enum class CoverageFormat { text, markdown, json };

struct CoverageOptions {
  SourceOptions source;
  std::string kubernetes_version;  ///< Empty: every release that op-readiness has a catalogue of.
  CoverageFormat format = CoverageFormat::text;
  report::ColourChoice colour = report::ColourChoice::automatic;
};

/// What `report` prints: for people here, for a CI run's page, for an issue.
enum class ReportFormat { text, markdown, certification };

struct ReportOptions {
  std::vector<std::filesystem::path> directories;   ///< Of runs that are joined; at least one.
  std::optional<std::filesystem::path> output_dir;  ///< Absent: the one directory; of several nothing is written.
  JunitOptions junit;
  ReportFormat format = ReportFormat::text;
  bool require_ready = false;
  report::ColourChoice colour = report::ColourChoice::automatic;
};

struct ReporterOptions {
  std::filesystem::path directory;
  bool csv = false;
  std::optional<std::filesystem::path> csv_file;  ///< Absent: standard output.
};

struct MergeOptions {
  std::filesystem::path output;
  std::vector<std::filesystem::path> inputs;
};

enum class ComparisonFormat { text, markdown, json };

struct CompareOptions {
  std::filesystem::path base;  ///< A report directory, one that holds several, a published build, or an events.jsonl.
  std::filesystem::path newer;
  ComparisonFormat format = ComparisonFormat::text;
  double slower_factor = publish::kSlowerFactor;
  report::ColourChoice colour = report::ColourChoice::automatic;
};

struct HistoryOptions {
  std::vector<std::filesystem::path> roots;  ///< Of published jobs, or report directories; at least one.
  std::optional<std::filesystem::path> html;
  std::string by;   ///< A label; empty: a column for each build.
  std::string job;  ///< Empty: all of them.
  std::size_t builds = 500;
  report::ColourChoice colour = report::ColourChoice::automatic;
};

struct PublishOptions {
  std::filesystem::path directory;            ///< The report directory of a run.
  std::string root;                           ///< A directory, or a store's name for one.
  std::optional<std::string> job;             ///< Absent: $JOB_NAME.
  std::optional<std::string> build;           ///< Absent: $BUILD_ID, or else the next number.
  std::optional<std::string> upload_command;  ///< Of a store.
  bool redact_hosts = false;
};

struct DoctorOptions {
  TargetOptions target;
  bool repair = false;
};

struct CleanupOptions {
  TargetOptions target;
  std::filesystem::path directory;
  bool assume_ended = false;
  bool dry_run = false;
  std::chrono::milliseconds wait = std::chrono::minutes(5);  ///< For namespaces to be gone; 0: not at all.
};

/// `generate admission-policy`
struct AdmissionPolicyOptions {
  TargetOptions target;
  cluster::PolicyForm form = cluster::PolicyForm::native;
  std::map<std::string, std::string> node_selector;
  std::vector<cluster::Taint> taints;  ///< Of the Windows nodes; empty: those of the cluster.
};

using Options = std::variant<RunOptions, ListOptions, ValidateOptions, CoverageOptions, ReportOptions, ReporterOptions,
                             MergeOptions, CompareOptions, HistoryOptions, PublishOptions, DoctorOptions,
                             CleanupOptions, AdmissionPolicyOptions>;

/// Help and version texts are asked for with options too; then there is nothing to run.
struct Parsed {
  std::optional<Options> options;
  std::string text;  ///< To print on standard output where `options` is absent.
};

/// `arguments` without the program's name. Without a subcommand it is `run`; what follows "--" is for e2e.test.
/// Throws base::Error (exit code 2).
[[nodiscard]] Parsed parse_command_line(const std::vector<std::string>& arguments);

}  // namespace opready::cli
