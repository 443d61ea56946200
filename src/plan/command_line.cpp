// SPDX-License-Identifier: Apache-2.0
// Flags of e2e.test and their order.
#include "opready/plan/command_line.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <re2/re2.h>

#include "opready/base/duration.hpp"
#include "opready/base/error.hpp"
#include "opready/suite/suite_binary.hpp"

namespace opready::plan {
namespace {

constexpr std::string_view kTaints = "os,node-role.kubernetes.io/master,node-role.kubernetes.io/control-plane";
constexpr std::string_view kTaintsFlag = "--non-blocking-taints";
constexpr std::string_view kReportPrefix = "--report-prefix";
constexpr std::string_view kFocus = "--ginkgo.focus=";

/// All that e2e.test v1.36.3 knows; it ends with an error for any other.
constexpr std::array<std::string_view, 8> kProviders = {"local", "skeleton", "aws",       "azure",
                                                        "gce",   "kubemark", "openstack", "vsphere"};

/// Flags that are ours to set, as `plain_name` gives them. Those for reports and parallel runs are known by their
/// names' beginnings and ends.
constexpr std::array<std::string_view, 12> kOurs = {"context",      "dryrun", "focus",      "focusfile",
                                                    "graceperiod",  "host",   "kubeconfig", "labelfilter",
                                                    "semverfilter", "skip",   "skipfile",   "timeout"};

std::string provider_for(const std::string& provider) {
  return std::find(kProviders.begin(), kProviders.end(), provider) != kProviders.end() ? provider : "local";
}

/// A pattern that finds nothing but the spec `name` of a suite of that description. Ginkgo before 2.25.1 may list a
/// name with two spaces where its focus sees one. U+FFFD stands for what was not fit to be shown (`base::sanitized`).
std::string exact_focus(std::string_view description, std::string_view name) {
  constexpr std::string_view kSpecial = R"(\.+*?()|[]{}^$)";
  std::string pattern = "^";
  for (const char c : fmt::format("{} {}", description, name)) {
    pattern += kSpecial.find(c) == std::string_view::npos ? "" : "\\";
    pattern += c;
  }
  RE2::GlobalReplace(&pattern, "  +", " +");
  RE2::GlobalReplace(&pattern, "\uFFFD", ".+");
  return pattern + '$';
}

/// Collects flags that a binary knows.
class ArgumentList {
 public:
  explicit ArgumentList(const suite::Suite& suite)
      : suite_(suite), argv_{suite.path().empty() ? suite::default_binary(suite.name()) : suite.path()} {}

  void add(std::string_view flag) {
    if (suite_.knows(flag)) {
      argv_.push_back(fmt::format("--{}", flag));
    }
  }

  /// As two arguments, as people know e2e.test's own flags.
  void add_separate(std::string_view flag, const std::string& value) {
    if (suite_.knows(flag)) {
      argv_.push_back(fmt::format("--{}", flag));
      argv_.push_back(value);
    }
  }

  void add_joined(std::string_view flag, std::string_view value) {
    if (suite_.knows(flag)) {
      argv_.push_back(fmt::format("--{}={}", flag, value));
    }
  }

  [[nodiscard]] std::vector<std::string> take() && { return std::move(argv_); }

 private:
  const suite::Suite& suite_;
  std::vector<std::string> argv_;
};

void add_cluster_flags(ArgumentList& arguments, const CommandOptions& options) {
  arguments.add_separate("provider", provider_for(options.provider));
  if (!options.kubeconfig.empty()) {
    arguments.add_separate("kubeconfig", options.kubeconfig);
  }
  if (!options.context.empty()) {
    arguments.add_separate("context", options.context);
  }
}

void add_node_flags(ArgumentList& arguments, const CommandOptions& options) {
  arguments.add_separate("node-os-distro", options.node_os_distro);
  const bool more = !options.non_blocking_taints.empty();
  arguments.add_separate(kTaintsFlag.substr(2),
                         fmt::format("{}{}{}", kTaints, more ? "," : "", options.non_blocking_taints));
}

void add_namespace_flags(ArgumentList& arguments, const CommandOptions& options) {
  if (options.keep_failed_namespaces) {
    arguments.add_joined("delete-namespace-on-failure", "false");
  }
}

void add_ginkgo_flags(ArgumentList& arguments, std::chrono::milliseconds timeout, const CommandOptions& options) {
  arguments.add_joined("ginkgo.flake-attempts", "1");
  arguments.add("ginkgo.no-color");
  arguments.add("ginkgo.v");
  if (options.verbose) {
    arguments.add("ginkgo.trace");
  }
  arguments.add_joined("ginkgo.timeout", base::go_duration(timeout));
  arguments.add_joined("ginkgo.grace-period", base::go_duration(options.grace_period));
}

/// The name of the flag in `argument`, so that all its spellings are one: "--ginkgo.dryRun=true" and "-dry-run" become
/// "dryrun".
std::string plain_name(std::string_view argument) {
  argument.remove_prefix(std::min(argument.size(), argument.find_first_not_of('-')));
  argument = argument.substr(0, argument.find('='));
  for (const std::string_view prefix : {"ginkgo.", "test."}) {
    if (argument.starts_with(prefix)) {
      argument.remove_prefix(prefix.size());
    }
  }
  std::string name;
  for (const char c : argument) {
    if (c != '-' && c != '_' && c != '.') {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return name;
}

bool is_ours(std::string_view name) {
  return name.starts_with("report") || name.ends_with("report") || name.starts_with("parallel") ||
         std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end();
}

}  // namespace

std::vector<std::string> command_line(const model::TestCase& test, std::chrono::milliseconds timeout,
                                      const suite::Suite& suite, const CommandOptions& options) {
  ArgumentList arguments(suite);
  add_cluster_flags(arguments, options);
  arguments.add_separate(kReportPrefix.substr(2), test.id);
  add_node_flags(arguments, options);
  add_namespace_flags(arguments, options);
  add_ginkgo_flags(arguments, timeout, options);
  for (const std::string& pattern : test.focus) {
    arguments.add_joined("ginkgo.focus", pattern);
  }
  for (const std::string& pattern : test.skip) {
    arguments.add_joined("ginkgo.skip", pattern);
  }
  std::vector<std::string> argv = std::move(arguments).take();
  argv.insert(argv.end(), options.extra_args.begin(), options.extra_args.end());
  return argv;
}

std::vector<std::string> with_report_dir(std::vector<std::string> command, const std::string& directory) {
  const auto prefix = std::find(command.begin(), command.end(), kReportPrefix);
  const auto place = prefix == command.end() ? command.begin() + 1 : prefix;
  command.insert(place, {"--report-dir", directory});
  return command;
}

model::PlannedCase only_specs(model::PlannedCase planned, const std::vector<std::string>& names,
                              std::string_view description) {
  std::erase_if(planned.specs, [&](const model::Spec& spec) {
    return std::find(names.begin(), names.end(), spec.name) == names.end();
  });
  std::vector<std::string>& argv = planned.command;
  const auto is_focus = [](const std::string& argument) { return argument.starts_with(kFocus); };
  const auto place = std::distance(argv.begin(), std::find_if(argv.begin(), argv.end(), is_focus));
  std::erase_if(argv, is_focus);
  std::vector<std::string> focus;
  focus.reserve(planned.specs.size());
  for (const model::Spec& spec : planned.specs) {
    focus.push_back(fmt::format("{}{}", kFocus, exact_focus(description, spec.name)));
  }
  argv.insert(argv.begin() + std::min(place, std::ssize(argv)), focus.begin(), focus.end());
  planned.part = true;
  return planned;
}

void add_non_blocking_taints(std::vector<std::string>& command, const std::vector<std::string>& keys) {
  const auto flag = std::find(command.begin(), command.end(), kTaintsFlag);
  if (flag == command.end() || flag + 1 == command.end()) {
    return;
  }
  for (const std::string& key : keys) {
    *(flag + 1) += ',' + key;
  }
}

void check_extra_args(const std::vector<std::string>& extra_args) {
  for (const std::string& argument : extra_args) {
    if (argument.find_first_not_of('-') == std::string::npos || !argument.starts_with('-')) {
      throw base::usage_error(
          fmt::format("'{}' after -- is not a flag of e2e.test; give values as in --flag=value", argument));
    }
    if (is_ours(plain_name(argument))) {
      throw base::usage_error(
          fmt::format("'{}' can't be given to e2e.test after --: op-readiness sets that flag itself", argument));
    }
  }
}

}  // namespace opready::plan
