// SPDX-License-Identifier: Apache-2.0
// Reads durations, pairs and the like.
#include "option_kinds.hpp"

#include <charconv>
#include <cstdlib>
#include <utility>

#include "opready/base/duration.hpp"

namespace opready::cli {
namespace {

/// Splits "key=value" for `option`.
std::pair<std::string, std::string> split_pair(const std::string& option, const std::string& pair) {
  const std::size_t equals = pair.find('=');
  if (equals == 0 || equals == std::string::npos) {
    throw CLI::ValidationError(option, fmt::format("'{}' is not of the form key=value", pair));
  }
  return {pair.substr(0, equals), pair.substr(equals + 1)};
}

/// Throws for what is no duration or shorter than `least`.
std::chrono::milliseconds read_duration(const std::string& option, const std::string& text,
                                        std::chrono::milliseconds least) {
  const auto duration = base::parse_duration(text);
  if (!duration || *duration < least) {
    throw CLI::ValidationError(option, fmt::format("'{}' is no duration such as 90s, 20m or 1h30m", text));
  }
  return *duration;
}

std::string with_default(const std::string& description, std::chrono::milliseconds value) {
  return fmt::format("{} (default {})", description, base::go_duration(value));
}

/// A number written in digits alone.
std::optional<int> whole_number(const std::string& text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end && number >= 0 ? std::optional(number) : std::nullopt;
}

/// The shard that a Kubernetes Job gave this pod, from 1.
int shard_of_job(const std::string& option, int count) {
  const char* const index = std::getenv("JOB_COMPLETION_INDEX");
  if (index == nullptr || *index == '\0') {
    throw CLI::ValidationError(option,
                               fmt::format("'/{}' takes its number from $JOB_COMPLETION_INDEX, which isn't set; "
                                           "say which one, as in 1/{}",
                                           count, count));
  }
  const std::optional<int> number = whole_number(index);
  if (!number || *number >= count) {
    throw CLI::ValidationError(
        option, fmt::format("$JOB_COMPLETION_INDEX is '{}', which is no number from 0 to {}", index, count - 1));
  }
  return *number + 1;
}

model::Shard parse_shard(const std::string& option, const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto count = slash == std::string::npos ? std::nullopt : whole_number(text.substr(slash + 1));
  if (!count || *count < 1) {
    throw CLI::ValidationError(option, fmt::format("'{}' is not of the form K/N, or /N in a Kubernetes Job", text));
  }
  if (slash == 0) {
    return {shard_of_job(option, *count), *count};
  }
  const std::optional<int> number = whole_number(text.substr(0, slash));
  if (!number || *number < 1 || *number > *count) {
    throw CLI::ValidationError(
        option, fmt::format("'{}' is none of the shards from 1/{} to {}/{}", text, *count, *count, *count));
  }
  return {*number, *count};
}

}  // namespace

CLI::Option* add_duration(CLI::App& app, const std::string& name, std::chrono::milliseconds& target,
                          const std::string& description) {
  const auto read = [&target, name](const std::string& text) {
    target = read_duration(name, text, std::chrono::milliseconds(1));
  };
  return app.add_option_function<std::string>(name, read, with_default(description, target))->type_name("DURATION");
}

CLI::Option* add_duration_or_zero(CLI::App& app, const std::string& name, std::chrono::milliseconds& target,
                                  const std::string& description) {
  const auto read = [&target, name](const std::string& text) {
    target = read_duration(name, text, std::chrono::milliseconds(0));
  };
  return app.add_option_function<std::string>(name, read, with_default(description, target))->type_name("DURATION");
}

CLI::Option* add_pairs(CLI::App& app, const std::string& name, std::map<std::string, std::string>& target,
                       const std::string& description) {
  return app
      .add_option_function<std::vector<std::string>>(
          name,
          [&target, name](const std::vector<std::string>& pairs) {
            for (const std::string& pair : pairs) {
              auto [key, value] = split_pair(name, pair);
              target.insert_or_assign(std::move(key), std::move(value));
            }
          },
          description)
      ->allow_extra_args(false);
}

CLI::Option* add_shard(CLI::App& app, std::optional<model::Shard>& shard) {
  return app
      .add_option_function<std::string>(
          "--shard",
          [&shard](const std::string& text) {
            const model::Shard parsed = parse_shard("--shard", text);
            if (parsed.count > 1) {
              shard = parsed;
            }
          },
          "Only the Kth of N parts, for runs that share the work; /N: K is $JOB_COMPLETION_INDEX + 1")
      ->type_name("K/N");
}

CLI::Option* add_colour(CLI::App& app, report::ColourChoice& colour) {
  return add_choice<report::ColourChoice>(app, "--color", colour,
                                          {{"auto", report::ColourChoice::automatic},
                                           {"always", report::ColourChoice::always},
                                           {"never", report::ColourChoice::never}},
                                          "Colours; auto: on a terminal, unless NO_COLOR is set");
}

void add_target(CLI::App& app, TargetOptions& target) {
  app.add_option("--kubeconfig", target.kubeconfig,
                 "Default: $KUBECONFIG, the pod's account where it runs in one, ~/.kube/config")
      ->type_name("PATH")
      ->group(kWhere);
  app.add_option("--context", target.context, "Default: the kubeconfig's current one")
      ->type_name("NAME")
      ->group(kWhere);
}

void add_prepull(CLI::App& app, PrepullOptions& options) {
  CLI::Option* wanted = app.add_flag_callback(
      "--prepull", [&options] { options.wanted = true; },
      "Pull the images of the chosen cases on every Windows node before the first case (default: with several jobs)");
  CLI::Option* unwanted = app.add_flag_callback(
      "--no-prepull", [&options] { options.wanted = false; }, "Leave each case to pull its images itself");
  CLI::Option* timeout = add_duration(app, "--prepull-timeout", options.timeout, "The longest wait for images");
  wanted->excludes(unwanted);
  for (CLI::Option* option : {wanted, unwanted, timeout}) {
    option->group(kHow);
  }
}

CLI::Option* add_node_selector(CLI::App& app, std::map<std::string, std::string>& selector) {
  return add_pairs(app, "--node-selector", selector,
                   "Send pods to Windows nodes with this label, a pool for instance; repeatable")
      ->type_name("KEY=VALUE");
}

}  // namespace opready::cli
