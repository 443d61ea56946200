// SPDX-License-Identifier: Apache-2.0
// Requests to a cluster as kubectl children.
#include "cluster_asker.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "opready/cluster/kubectl.hpp"

namespace opready::cluster {

void ClusterAsker::ask(std::vector<std::string> arguments, OnAnswer on_answer) {
  asker_.ask(
      kubectl(target_, std::move(arguments)), timeout_,
      [on_answer = std::move(on_answer)](const process::Captured& captured) {
        on_answer(captured.succeeded() ? ClusterAnswer{captured.out, ""} : ClusterAnswer{"", failure_text(captured)});
      });
}

void ClusterAsker::send(const std::string& verb, const std::string& path, const std::string& body, OnAnswer on_answer) {
  const std::string file = file_with(body);
  ask({verb, "--raw", path, "-f", file}, removing(file, std::move(on_answer)));
}

void ClusterAsker::patch(std::vector<std::string> object, const std::string& patch, OnAnswer on_answer) {
  const std::string file = file_with(patch);
  std::vector<std::string> arguments = std::move(object);
  arguments.insert(arguments.begin(), "patch");
  arguments.insert(arguments.end(), {"--type", "merge", "--patch-file", file, "-o", "name"});
  ask(std::move(arguments), removing(file, std::move(on_answer)));
}

std::string ClusterAsker::file_with(const std::string& content) {
  const std::string name = std::to_string(++files_) + ".json";
  base::OutputDirectory::create(directory_.path()).create_file(name).append(content);
  return (directory_.path() / name).string();
}

ClusterAsker::OnAnswer ClusterAsker::removing(const std::string& file, OnAnswer on_answer) {
  return [file, on_answer = std::move(on_answer)](const ClusterAnswer& answer) {
    std::error_code gone_already;
    std::filesystem::remove(file, gone_already);
    on_answer(answer);
  };
}

}  // namespace opready::cluster
