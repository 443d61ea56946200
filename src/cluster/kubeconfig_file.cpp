// SPDX-License-Identifier: Apache-2.0
// Reads contexts and servers from a kubeconfig.
#include "kubeconfig_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <map>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/base/suggestion.hpp"

namespace opready::cluster {

namespace {

namespace fs = std::filesystem;

base::Error unreadable(const fs::path& path, const std::string& source, std::string_view why) {
  return base::environment_error(fmt::format("cannot read kubeconfig '{}' (from {}): {}", path.native(), source, why));
}

std::string read(const fs::path& path, const std::string& source) {
  std::error_code error;
  if (::access(path.c_str(), R_OK) != 0) {
    throw unreadable(path, source, base::errno_text(errno));
  }
  if (fs::is_directory(path, error)) {
    throw unreadable(path, source, base::errno_text(EISDIR));
  }
  return base::read_file(path);
}

std::string text(const YAML::Node& node) {
  return node.IsScalar() ? base::sanitized(node.Scalar()) : std::string();
}

/// The entries of `list` by name, each reduced to `field` of its `part`: kubeconfigs are lists of named things.
std::map<std::string, std::string> named(const YAML::Node& list, const char* part, const char* field) {
  std::map<std::string, std::string> result;
  if (!list || !list.IsSequence()) {
    return result;
  }
  for (const YAML::Node& entry : list) {
    if (entry.IsMap() && entry["name"] && entry[part] && entry[part].IsMap()) {
      const YAML::Node value = entry[part][field];
      result.emplace(text(entry["name"]), value ? text(value) : std::string());
    }
  }
  return result;
}

struct Kubeconfig {
  std::string current_context;
  std::map<std::string, std::string> cluster_of;  ///< By context.
  std::map<std::string, std::string> server_of;   ///< By cluster.
};

Kubeconfig parse(const fs::path& path, const std::string& source) {
  const std::string content = read(path, source);
  try {
    const YAML::Node root = YAML::Load(content);
    if (!root.IsMap()) {
      throw unreadable(path, source, "it holds no kubeconfig");
    }
    const YAML::Node current = root["current-context"];
    return {current ? text(current) : std::string(), named(root["contexts"], "context", "cluster"),
            named(root["clusters"], "cluster", "server")};
  } catch (const YAML::Exception& error) {
    throw unreadable(path, source, fmt::format("line {}: {}", error.mark.line + 1, error.msg));
  }
}

std::vector<std::string> contexts_of(const Kubeconfig& kubeconfig) {
  std::vector<std::string> names;
  names.reserve(kubeconfig.cluster_of.size());
  for (const auto& [name, cluster] : kubeconfig.cluster_of) {
    names.push_back(name);
  }
  return names;
}

/// " (its contexts: a, b)", cut where they would fill the screen.
std::string list_of(const std::vector<std::string>& contexts) {
  constexpr std::size_t kMostShown = 20;
  if (contexts.empty()) {
    return " (it has no contexts)";
  }
  const auto shown_end = contexts.begin() + static_cast<std::ptrdiff_t>(std::min(contexts.size(), kMostShown));
  return fmt::format(" (its contexts: {}{})", fmt::join(contexts.begin(), shown_end, ", "),
                     shown_end == contexts.end() ? "" : ", ...");
}

}  // namespace

ContextChoice choose_context(const fs::path& path, const std::string& source, const std::string& wanted) {
  const Kubeconfig kubeconfig = parse(path, source);
  const std::vector<std::string> contexts = contexts_of(kubeconfig);
  const std::string context = wanted.empty() ? kubeconfig.current_context : wanted;
  const std::string named_file = fmt::format("kubeconfig '{}' (from {})", path.native(), source);
  if (context.empty()) {
    throw base::environment_error(
        fmt::format("{} has no current-context: give --context{}", named_file, list_of(contexts)));
  }
  const auto cluster = kubeconfig.cluster_of.find(context);
  if (cluster == kubeconfig.cluster_of.end()) {
    throw base::environment_error(fmt::format("no context '{}' in {}{}{}", context, named_file,
                                              base::did_you_mean(context, contexts), list_of(contexts)));
  }
  const auto server = kubeconfig.server_of.find(cluster->second);
  if (server == kubeconfig.server_of.end() || server->second.empty()) {
    throw base::environment_error(fmt::format("context '{}' in {} means the cluster '{}', which {}", context,
                                              named_file, cluster->second,
                                              server == kubeconfig.server_of.end() ? "isn't there" : "has no server"));
  }
  return {context, base::redacted(server->second)};
}

}  // namespace opready::cluster
