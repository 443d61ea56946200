// SPDX-License-Identifier: Apache-2.0
// Options of every subcommand, in groups, with the words of --help.
#include "option_groups.hpp"

#include <map>

#include "option_kinds.hpp"

namespace opready::cli {
namespace {

constexpr const char* kWhich = "Which cases";
constexpr const char* kPlacement = "Where pods run";
constexpr const char* kOutput = "Output";
constexpr const char* kEarlier = "An earlier run";

void add_source(CLI::App& app, SourceOptions& source) {
  app.add_option("--test-directory,--test-dir", source.test_paths,
                 "Category files: a file, or a directory of them; default: those built in")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->group(kWhich);
  app.add_option("--default-category", source.default_category, "For files of cases that name no category")
      ->type_name("NAME")
      ->group(kWhich);
}

void add_which(CLI::App& app, SelectionOptions& selection) {
  app.add_option("--category", selection.categories,
                 "Categories to take, in any letter case; globs such as 'Core.*'; repeatable; default: all but Extra.*")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->group(kWhich);
  app.add_option("--case", selection.cases, "Cases to take, by id; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->group(kWhich);
  app.add_option("--exclude", selection.excludes, "Cases to leave out, by id; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->group(kWhich);
  app.add_option("--filter", selection.filter,
                 "Cases whose id, category, description or KEP item matches this regular expression")
      ->type_name("RE2")
      ->group(kWhich);
  add_source(app, selection.source);
  app.add_option("--kubernetes-version", selection.kubernetes_version,
                 "Choose entries for this release; default: that of e2e.test")
      ->type_name("VERSION")
      ->group(kWhich);
  app.add_flag("--allow-disruptive", selection.allow_disruptive,
               "Also run what reboots nodes, takes nearly all of their memory or CPU, or is tagged [Disruptive]")
      ->group(kWhich);
  app.add_option("--without", selection.without,
                 "Leave out what needs this (gmsa, dual-stack, ...): the verdict is INCOMPLETE; repeatable")
      ->type_name("NEED")
      ->allow_extra_args(false)
      ->group(kWhich);
  app.add_flag("--air-gapped", selection.air_gapped,
               "The KEP's item on the internet doesn't apply; what else needs it is left out")
      ->group(kWhich);
  add_shard(app, selection.shard)->group(kWhich);
  app.add_option("--durations", selection.durations,
                 "An earlier run (directory, events.jsonl or summary.json): the time left, and equal shards, by it")
      ->type_name("DIR|FILE")
      ->group(kWhich);
  app.add_flag("--strict", selection.strict,
               "Start nothing where a case selects no spec (exit 4) or its pods may miss Windows nodes (exit 3)")
      ->group(kWhich);
}

void add_where(CLI::App& app, SelectionOptions& selection) {
  add_target(app, selection.target);
  add_pairs(app, "--suite-binary", selection.suite_binaries,
            "The binary of a suite that category files name; default: NAME.test here, then in PATH; repeatable")
      ->type_name("NAME=PATH")
      ->group(kWhere);
  app.add_option_function<std::string>(
         "--e2e-binary",
         [&selection](const std::string& path) {
           if (!selection.suite_binaries.try_emplace("e2e", path).second) {
             throw CLI::ValidationError("--e2e-binary", "is the same as --suite-binary e2e=PATH; give one of them");
           }
         },
         "Default: ./e2e.test, then e2e.test of PATH")
      ->type_name("PATH")
      ->group(kWhere);
  app.add_option("--provider", selection.provider, "Cloud provider, for skipProviders and e2e.test (default local)")
      ->type_name("NAME")
      ->group(kWhere);
}

void add_how(CLI::App& app, SelectionOptions& selection) {
  add_duration(app, "--case-timeout", selection.case_timeout, "Time limit of a case that declares none")->group(kHow);
  add_duration(app, "--grace-period", selection.grace_period, "What a stopped spec gets to clean up after itself")
      ->group(kHow);
  app.add_option("--node-os-distro", selection.node_os_distro, "What e2e.test is told of the nodes (default windows)")
      ->type_name("NAME")
      ->group(kHow);
  app.add_option("--non-blocking-taints", selection.non_blocking_taints,
                 "Taints of nodes that e2e.test need not wait for, beside the usual ones; comma-separated")
      ->type_name("LIST")
      ->group(kHow);
  app.add_flag("--verbose", selection.verbose, "Full stack traces from e2e.test")->group(kHow);
  add_colour(app, selection.colour)->group(kOutput);
}

void add_selection(CLI::App& app, SelectionOptions& selection) {
  app.positionals_at_end(false);
  add_which(app, selection);
  add_where(app, selection);
  add_how(app, selection);
}

void add_jobs(CLI::App& app, std::optional<int>& jobs) {
  app.add_option_function<std::string>(
         "--jobs",
         [&jobs](const std::string& text) {
           if (text == "auto") {
             return;
           }
           int number = 0;
           if (!CLI::detail::lexical_cast(text, number) || number < 1) {
             throw CLI::ValidationError("--jobs", fmt::format("'{}' is neither 'auto' nor a positive number", text));
           }
           jobs = number;
         },
         "Cases at a time; auto: two a ready Windows node, at most 4 (default auto)")
      ->type_name("N|auto")
      ->group(kHow);
}

void add_labels(CLI::App& app, std::map<std::string, std::string>& labels) {
  add_pairs(app, "--label", labels, "Stands in every report; repeatable")->type_name("KEY=VALUE")->group(kOutput);
}

void add_placement(CLI::App& app, RunOptions& options) {
  CLI::Option* place =
      app.add_option_function<std::vector<std::string>>(
             "--place",
             [&options](const std::vector<std::string>& way) {
               const std::string& word = way.empty() || way.front().empty() ? "policy" : way.front();
               if (word != "policy" && word != "taint") {
                 throw CLI::ValidationError("--place", fmt::format("'{}' is none of policy|taint", word));
               }
               options.selection.placing = word == "policy" ? Placing::policy : Placing::taint;
             },
             "Send pods of cases that mean Windows there, by an admission policy or by a taint on Linux nodes")
          ->type_name("[policy|taint]")
          ->expected(0, 1)
          ->group(kPlacement);
  add_node_selector(app, options.node_selector)->needs(place)->group(kPlacement);
  app.add_flag("--dedicated-cluster", options.dedicated_cluster,
               "With --place=taint: nobody else's pods on Linux nodes matter")
      ->needs(place)
      ->group(kPlacement);
  app.add_flag_callback(
         "--no-evidence", [&options] { options.evidence = false; },
         "Don't watch where pods run; what passes is taken for proven")
      ->group(kPlacement);
}

void add_junit(CLI::App& app, JunitOptions& junit, const std::string& group) {
  add_choice<JunitFiles>(app, "--junit", junit.files, {{"one", JunitFiles::one}, {"per-case", JunitFiles::per_case}},
                         "per-case: also the older tool's file for each case")
      ->group(group);
  add_choice<report::JUnitAttempts>(app, "--junit-attempts", junit.attempts,
                                    {{"all", report::JUnitAttempts::all}, {"last", report::JUnitAttempts::last}},
                                    "last: a row a spec, for readers that count each attempt (default all)")
      ->group(group);
}

/// To be called when `run` has all other options.
void add_earlier(CLI::App& run, RunOptions& options) {
  CLI::Option* resume = run.add_option("--resume", options.resume,
                                       "Go on with the run in this report directory, told what that was told; further "
                                       "options change it")
                            ->type_name("DIR")
                            ->group(kEarlier);
  run.add_flag("--resume-anyway", options.resume_anyway,
               "Even if binaries, the cluster or the chosen cases are not the same any more")
      ->needs(resume)
      ->group(kEarlier);
  CLI::Option* rerun = run.add_option("--rerun-failed", options.rerun_failed,
                                      "Run into a new directory what failed in the run in this one; `report DIR NEW` "
                                      "joins them")
                           ->type_name("DIR")
                           ->group(kEarlier);
  resume->excludes(rerun);
  for (const char* name : {"--report-dir", "--overwrite", "--dry-run"}) {
    resume->excludes(run.get_option(name));
  }
  rerun->excludes(run.get_option("--dry-run"));
  // What an earlier run was told stands in front of what this one is.
  const auto takes_one = [](const CLI::Option* option) { return option->get_expected_max() == 1; };
  for (CLI::Option* option : run.get_options(takes_one)) {
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
}

CLI::Option* add_require_ready(CLI::App& app, bool& require_ready) {
  return app.add_flag("--require-ready", require_ready, "Exit 5 where nothing failed but the verdict isn't READY");
}

}  // namespace

CLI::App* add_run(CLI::App& app, RunOptions& options, bool& dry_run) {
  CLI::App* run = app.add_subcommand("run", "Run the chosen cases (the default)");
  add_selection(*run, options.selection);
  add_jobs(*run, options.jobs);
  add_prepull(*run, options.prepull);
  run->add_flag("--dry-run", dry_run, "Show what would run, like `list`")->group(kHow);
  add_endurance(*run, options);
  run->add_flag("--keep-failed-namespaces", options.selection.keep_failed_namespaces,
                "Leave the namespaces of what fails in the cluster, to look at; `cleanup` removes them")
      ->group(kHow);
  add_placement(*run, options);
  add_labels(*run, options.labels);
  run->add_option("--report-dir", options.report_dir, "Default: $ARTIFACTS, else ./op-readiness-<context>-<UTC time>")
      ->type_name("DIR")
      ->group(kOutput);
  run->add_flag("--overwrite", options.overwrite, "Replace the run that the report directory holds already")
      ->group(kOutput);
  add_choice<report::OutputMode>(*run, "--output", options.output,
                                 {{"stream", report::OutputMode::stream},
                                  {"failures", report::OutputMode::failures},
                                  {"quiet", report::OutputMode::quiet}},
                                 "How much of the run is shown as it happens (default stream)")
      ->group(kOutput);
  add_duration(*run, "--slow-after", options.slow_after,
               "Name a case that runs longer, and its last step; again each time that has doubled")
      ->group(kOutput);
  add_junit(*run, options.junit, kOutput);
  run->add_flag("--keep-raw", options.keep_raw,
                "Keep e2e.test's own JUnit files as they are, unmasked, as raw.xml of each attempt")
      ->group(kOutput);
  add_require_ready(*run, options.require_ready)->group(kOutput);
  add_earlier(*run, options);
  run->footer(
      "What follows `--` goes to e2e.test as it stands. On GitHub Actions summary.md is also put on the step's page\n"
      "($GITHUB_STEP_SUMMARY). Examples:\n"
      "  op-readiness run --category Core.Network --jobs 2 --place\n"
      "  op-readiness run --case core-network-dns-cluster --report-dir out --keep-failed-namespaces\n"
      "  op-readiness run --category Core.Storage -- --dump-logs-on-failure=false\n"
      "  ARTIFACTS=/logs/artifacts op-readiness --category 'Core.*' --output failures\n"
      "  op-readiness --resume out --jobs 1\n");
  return run;
}

CLI::App* add_list(CLI::App& app, ListOptions& options) {
  CLI::App* list = app.add_subcommand("list", "Show the chosen cases, their specs and command lines; runs nothing");
  add_selection(*list, options.selection);
  list->get_option("--durations")
      ->description(
          "Deal cases so that shards take equally long by an earlier run (directory, events.jsonl or summary.json)")
      ->needs(list->get_option("--shard"));
  add_choice<ListFormat>(*list, "--format", options.format, {{"text", ListFormat::text}, {"json", ListFormat::json}},
                         "For people, or for programs (default text)")
      ->group(kOutput);
  list->footer(
      "Examples:\n"
      "  op-readiness list --category 'Core.*'\n"
      "  op-readiness list --format json | jq -r '.cases[].specs[].name'\n");
  return list;
}

CLI::App* add_validate(CLI::App& app, ValidateOptions& options) {
  CLI::App* validate = app.add_subcommand("validate", "Check category files; shows every fault at once");
  validate->add_option("PATH", options.source.test_paths, "Files and directories; default: those built in");
  validate->add_option("--default-category", options.source.default_category, "For files of cases that name none")
      ->type_name("NAME");
  validate->footer("Example:\n  op-readiness validate my-categories/\n");
  return validate;
}

CLI::App* add_coverage(CLI::App& app, CoverageOptions& options) {
  CLI::App* coverage = app.add_subcommand("coverage", "Show what proves each item of KEP-2578, and how far");
  add_source(*coverage, options.source);
  coverage
      ->add_option("--kubernetes-version", options.kubernetes_version,
                   "Only for this release; default: all that op-readiness carries spec names of")
      ->type_name("VERSION");
  add_choice<CoverageFormat>(
      *coverage, "--format", options.format,
      {{"text", CoverageFormat::text}, {"markdown", CoverageFormat::markdown}, {"json", CoverageFormat::json}},
      "For a terminal, a web page, or programs (default text)");
  add_colour(*coverage, options.colour);
  coverage->footer(
      "Examples:\n"
      "  op-readiness coverage --kubernetes-version 1.34\n"
      "  op-readiness coverage --format json | jq -r '.items[] | select(.proves != \"all\") | .id'\n");
  return coverage;
}

CLI::App* add_report(CLI::App& app, ReportOptions& options) {
  CLI::App* report = app.add_subcommand("report", "Draw the reports of a run again, or those of several as one");
  report
      ->add_option("DIR", options.directories,
                   "Report directories: of one run, of reruns (the later attempt counts), of all shards of a plan")
      ->required();
  report
      ->add_option(
          "--output-dir", options.output_dir,
          "A new directory for the reports; default: that of the one run; of several only the summary is shown")
      ->type_name("OUT")
      ->allow_extra_args(false);
  add_choice<ReportFormat>(*report, "--format", options.format,
                           {{"text", ReportFormat::text},
                            {"markdown", ReportFormat::markdown},
                            {"certification", ReportFormat::certification}},
                           "For people here, summary.md, or what an issue for certification asks for (default text)");
  add_junit(*report, options.junit, "Options");
  add_require_ready(*report, options.require_ready);
  add_colour(*report, options.colour);
  report->footer(
      "The exit code is the run's. Examples:\n"
      "  op-readiness report op-readiness-practice-20260131T081530Z\n"
      "  op-readiness report shard-1 shard-2 shard-3 --output-dir joined\n"
      "  op-readiness report nightly --format certification > issue.md\n");
  return report;
}

CLI::App* add_reporter(CLI::App& app, ReporterOptions& options) {
  CLI::App* reporter = app.add_subcommand("reporter", "The older tool's table of a directory of JUnit files");
  reporter->add_option("--dir", options.directory, "Where the JUnit files are")->type_name("DIR")->required();
  reporter
      ->add_option_function<std::vector<std::string>>(
          "--csv",
          [&options](const std::vector<std::string>& file) {
            options.csv = true;
            if (!file.empty() && !file.front().empty()) {
              options.csv_file = file.front();
            }
          },
          "As CSV, into a file where one is named")
      ->type_name("[FILE]")
      ->expected(0, 1);
  reporter->footer("Example:\n  op-readiness reporter --dir out --csv > out.csv\n");
  return reporter;
}

CLI::App* add_merge(CLI::App& app, MergeOptions& options) {
  CLI::App* merge = app.add_subcommand("merge", "Join JUnit files of any origin into one");
  merge->add_option("-o,--output", options.output, "The file to write")->type_name("OUT")->required();
  merge->add_option("FILE", options.inputs, "JUnit files")->required();
  merge->footer(
      "A file that can't be read becomes a failing test case. Example:\n  op-readiness merge -o all.xml a.xml b.xml\n");
  return merge;
}

}  // namespace opready::cli
