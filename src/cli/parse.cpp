// SPDX-License-Identifier: Apache-2.0
// The command line: one CLI11 application, its subcommands, and errors in our own words.
#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/suggestion.hpp"
#include "opready/cli/build_info.hpp"
#include "opready/cli/options.hpp"

#include "option_groups.hpp"

namespace opready::cli {
namespace {

constexpr const char* kIntroduction =
    "Says whether a Kubernetes cluster is ready for Windows workloads, as KEP-2578 defines it: runs the upstream\n"
    "e2e.test by category and turns its results into one verdict.\n";

constexpr const char* kExamples =
    "Without a subcommand it is `run`. Examples:\n"
    "  op-readiness list --category 'Core.*'          what would run, and the exact command lines\n"
    "  op-readiness --category Core.Network           run one category against the current context\n"
    "  op-readiness report DIR                        draw the reports of a finished run again\n"
    "  op-readiness --category 'Core.*' --place        the same so that a pass proves Windows\n"
    "  op-readiness --resume DIR                      go on with a run that was ended before its time\n"
    "  op-readiness compare BASE NEW                  what changed between two runs; exit 1 on a regression\n"
    "  op-readiness publish DIR --to ROOT --job NAME   put a run where Prow's and TestGrid's readers look for it\n"
    "  op-readiness doctor --repair                   undo what killed runs left in the cluster\n"
    "\n"
    "Exit codes: 0 nothing failed and a case passed, 1 a case failed, 2 bad usage or category file, 3 could not run,\n"
    "4 nothing was selected or ran, 5 not READY (--require-ready), 70 a bug, 128+n stopped by signal n.\n";

/// A subcommand and what it makes of its options once they're parsed.
struct Subcommand {
  CLI::App* app = nullptr;
  std::function<Options()> options;
};

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

/// What CLI11 calls "extras": an unknown option, or a word that belongs nowhere.
base::Error unexpected_argument(const CLI::App& subcommand, const std::vector<std::string>& subcommands) {
  const std::string argument = subcommand.remaining().front();
  if (argument.starts_with("-")) {
    const std::string name = argument.substr(0, argument.find('='));
    return base::usage_error(fmt::format("unknown option '{}'{} (see 'op-readiness {} --help')", name,
                                         base::did_you_mean(name, option_names(subcommand)), subcommand.get_name()));
  }
  if (std::find(subcommands.begin(), subcommands.end(), argument) != subcommands.end()) {
    return base::usage_error(fmt::format("'{0}' must come first: op-readiness {0} [OPTIONS]", argument));
  }
  const std::string what = subcommand.get_name() == "run" ? "subcommand" : "argument";
  return base::usage_error(fmt::format("unknown {} '{}'{} (see 'op-readiness --help')", what, argument,
                                       base::did_you_mean(argument, subcommands)));
}

/// Splits off what is meant for e2e.test, and says "run" where no subcommand is named.
std::vector<std::string> complete_arguments(std::vector<std::string> arguments,
                                            const std::vector<std::string>& subcommands,
                                            std::vector<std::string>& extra_args) {
  const auto separator = std::find(arguments.begin(), arguments.end(), "--");
  if (separator != arguments.end()) {
    extra_args.assign(separator + 1, arguments.end());
    arguments.erase(separator, arguments.end());
  }
  constexpr std::array<std::string_view, 3> kOwnFlags = {"-h", "--help", "--version"};
  const bool named = !arguments.empty() &&
                     (std::find(subcommands.begin(), subcommands.end(), arguments.front()) != subcommands.end() ||
                      std::find(kOwnFlags.begin(), kOwnFlags.end(), arguments.front()) != kOwnFlags.end());
  if (!named) {
    arguments.insert(arguments.begin(), "run");
  }
  return arguments;
}

}  // namespace

Parsed parse_command_line(const std::vector<std::string>& arguments) {
  CLI::App app(kIntroduction, "op-readiness");
  app.footer(kExamples);
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);

  RunOptions run;
  ListOptions list;
  ValidateOptions validate;
  CoverageOptions coverage;
  ReportOptions report;
  ReporterOptions reporter;
  MergeOptions merge;
  CompareOptions compare;
  HistoryOptions history;
  PublishOptions publish;
  DoctorOptions doctor;
  CleanupOptions cleanup;
  AdmissionPolicyOptions policy;
  bool dry_run = false;
  const std::vector<Subcommand> known = {
      {add_run(app, run, dry_run),
       [&]() -> Options { return dry_run ? Options(ListOptions{run.selection, ListFormat::text}) : Options(run); }},
      {add_list(app, list), [&]() -> Options { return list; }},
      {add_validate(app, validate), [&]() -> Options { return validate; }},
      {add_coverage(app, coverage), [&]() -> Options { return coverage; }},
      {add_report(app, report), [&]() -> Options { return report; }},
      {add_reporter(app, reporter), [&]() -> Options { return reporter; }},
      {add_merge(app, merge), [&]() -> Options { return merge; }},
      {add_compare(app, compare), [&]() -> Options { return compare; }},
      {add_history(app, history), [&]() -> Options { return history; }},
      {add_publish(app, publish), [&]() -> Options { return publish; }},
      {add_doctor(app, doctor), [&]() -> Options { return doctor; }},
      {add_cleanup(app, cleanup), [&]() -> Options { return cleanup; }},
      {add_generate(app, policy), [&]() -> Options { return policy; }},
  };
  std::vector<std::string> names;
  for (const Subcommand& subcommand : known) {
    names.push_back(subcommand.app->get_name());
    subcommand.app->allow_extras();
  }

  std::vector<std::string> extra_args;
  std::vector<std::string> reversed = complete_arguments(arguments, names, extra_args);
  std::reverse(reversed.begin(), reversed.end());  // CLI11 takes them from the back.
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::Success&) {
    const auto asked = app.get_subcommands();
    return {std::nullopt, app.get_option("--version")->count() > 0 ? version_text()
                          : asked.empty()                          ? app.help()
                                                                   : asked.front()->help("op-readiness")};
  } catch (const CLI::ParseError& error) {
    throw base::usage_error(error.what());
  }
  const auto chosen =
      std::find_if(known.begin(), known.end(), [](const Subcommand& subcommand) { return subcommand.app->parsed(); });
  if (chosen->app->remaining_size() > 0) {
    throw unexpected_argument(*chosen->app, names);
  }
  run.selection.extra_args = extra_args;
  run.arguments = arguments;
  list.selection.extra_args = extra_args;
  const bool takes_extra_args = chosen->app->get_name() == "run" || chosen->app->get_name() == "list";
  if (!extra_args.empty() && !takes_extra_args) {
    throw base::usage_error(fmt::format("'{}' takes no arguments for e2e.test", chosen->app->get_name()));
  }
  return {chosen->options(), ""};
}

}  // namespace opready::cli
