// SPDX-License-Identifier: Apache-2.0
// Requests to a cluster as kubectl children.
#include "cluster_asker.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "opready/base/error.hpp"
#include "opready/cluster/kubectl.hpp"

namespace opready::cluster {
namespace {

/// kubectl names the API's reason: "Error from server (NotFound): ...".
Objection objection_of(const std::string& failure) {
  const auto names = [&](const char* reason) { return failure.find(reason) != std::string::npos; };
  if (names("(Forbidden)")) {
    return Objection::forbidden;
  }
  if (names("(NotFound)")) {
    return Objection::not_found;
  }
  return names("(AlreadyExists)") ? Objection::already_exists : Objection::other;
}

ClusterAnswer answer_of(const process::Captured& captured) {
  if (captured.succeeded()) {
    return {.text = captured.out};
  }
  const std::string failure = failure_text(captured);
  return {.failure = failure, .objection = objection_of(failure)};
}

}  // namespace

void ClusterAsker::ask(std::vector<std::string> arguments, OnAnswer on_answer) {
  asker_.ask(kubectl(target_, std::move(arguments)), timeout_,
             [on_answer = std::move(on_answer)](const process::Captured& captured) { on_answer(answer_of(captured)); });
}

void ClusterAsker::send(const std::string& verb, const std::string& path, const std::string& body, OnAnswer on_answer) {
  const std::optional<std::string> file = file_with(body, on_answer);
  if (file) {
    ask({verb, "--raw", path, "-f", *file}, removing(*file, std::move(on_answer)));
  }
}

void ClusterAsker::patch(std::vector<std::string> object, const std::string& patch, OnAnswer on_answer) {
  const std::optional<std::string> file = file_with(patch, on_answer);
  if (!file) {
    return;
  }
  std::vector<std::string> arguments = std::move(object);
  arguments.insert(arguments.begin(), "patch");
  arguments.insert(arguments.end(), {"--type", "merge", "--patch-file", *file, "-o", "name"});
  ask(std::move(arguments), removing(*file, std::move(on_answer)));
}

void ClusterAsker::put(const PutRequest& request, bool expected, OnAnswer on_answer) {
  if (expected) {
    patch(request.object, request.patch,
          [this, request, on_answer = std::move(on_answer)](const ClusterAnswer& answer) {
            answer.objection == Objection::not_found ? create(request, on_answer) : on_answer(answer);
          });
    return;
  }
  create(request, [this, request, on_answer = std::move(on_answer)](const ClusterAnswer& answer) {
    answer.objection == Objection::already_exists ? patch(request.object, request.patch, on_answer) : on_answer(answer);
  });
}

void ClusterAsker::create(const PutRequest& request, OnAnswer on_answer) {
  send("create", request.path, request.manifest, [on_answer = std::move(on_answer)](ClusterAnswer answer) {
    answer.created = answer.ok();
    on_answer(answer);
  });
}

/// A full disk must not end the run: it's told as any other failure is, by the loop.
std::optional<std::string> ClusterAsker::file_with(const std::string& content, const OnAnswer& on_answer) {
  const std::string name = std::to_string(++files_) + ".json";
  try {
    base::OutputDirectory::create(directory_.path()).create_file(name).append(content);
  } catch (const base::Error& error) {
    asker_.fail(error.what(), [on_answer](const process::Captured& captured) { on_answer(answer_of(captured)); });
    return std::nullopt;
  }
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
