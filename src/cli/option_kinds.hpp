// SPDX-License-Identifier: Apache-2.0
// Kinds of options that several subcommands have, each with its own words for a wrong value.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "opready/cli/options.hpp"

namespace opready::cli {

inline constexpr const char* kWhere = "Against what";
inline constexpr const char* kHow = "How";

/// Binds `name` to a duration in Go's notation, longer than 0.
CLI::Option* add_duration(CLI::App& app, const std::string& name, std::chrono::milliseconds& target,
                          const std::string& description);
CLI::Option* add_duration_or_zero(CLI::App& app, const std::string& name, std::chrono::milliseconds& target,
                                  const std::string& description);

/// Binds `name` to one of a few words. Words are what users type: a contract.
template <typename Enum>
CLI::Option* add_choice(CLI::App& app, const std::string& name, Enum& target, const std::map<std::string, Enum>& words,
                        const std::string& description) {
  std::string names;
  for (const auto& [word, value] : words) {
    names += (names.empty() ? "" : "|") + word;
  }
  return app
      .add_option_function<std::string>(
          name,
          [&target, words, names, name](const std::string& text) {
            const auto found = words.find(text);
            if (found == words.end()) {
              throw CLI::ValidationError(name, fmt::format("'{}' is none of {}", text, names));
            }
            target = found->second;
          },
          description)
      ->type_name(names);
}

/// Binds a repeatable `name KEY=VALUE`; the last value of a key counts.
CLI::Option* add_pairs(CLI::App& app, const std::string& name, std::map<std::string, std::string>& target,
                       const std::string& description);

/// --shard K/N, or /N in a pod of an indexed Kubernetes Job, which names K in JOB_COMPLETION_INDEX.
CLI::Option* add_shard(CLI::App& app, std::optional<model::Shard>& shard);

CLI::Option* add_colour(CLI::App& app, report::ColourChoice& colour);

/// --kubeconfig and --context.
void add_target(CLI::App& app, TargetOptions& target);

/// --node-selector, a label of Windows nodes.
CLI::Option* add_node_selector(CLI::App& app, std::map<std::string, std::string>& selector);

/// --prepull, --no-prepull and --prepull-timeout.
void add_prepull(CLI::App& app, PrepullOptions& options);

}  // namespace opready::cli
