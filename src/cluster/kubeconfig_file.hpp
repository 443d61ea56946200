// SPDX-License-Identifier: Apache-2.0
// The little of a kubeconfig that is ours to know: which contexts there are and which servers they mean.
#pragma once

#include <filesystem>
#include <string>

namespace opready::cluster {

struct ContextChoice {
  std::string context;
  std::string server;
};

/// The context `wanted`, or the file's current one where that is empty. `source` says in messages where the file's name
/// comes from ("--kubeconfig"). Throws base::Error (exit code 3), whose text holds nothing but names.
[[nodiscard]] ContextChoice choose_context(const std::filesystem::path& path, const std::string& source,
                                           const std::string& wanted);

}  // namespace opready::cluster
