// SPDX-License-Identifier: Apache-2.0
// Prow's paths (its pkg/pod-utils/gcs/target.go), without the "logs" that ROOT may end with.
#include "opready/publish/build_place.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::publish {
namespace {

/// One path component, visible, and the same in a URL.
bool is_plain_name(const std::string& text) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
           c == '-' || c == '+';
  };
  return !text.empty() && text.front() != '.' && text.front() != '-' && std::all_of(text.begin(), text.end(), is_plain);
}

/// Gerrit's owners are URLs, and its repositories have slashes.
std::string repository_name(const CiJob& ci) {
  std::string name = fmt::format("{}_{}", ci.owner, ci.repository);
  for (const std::string scheme : {"https://", "http://"}) {
    if (name.starts_with(scheme)) {
      name.erase(0, scheme.size());
    }
  }
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

void require_presubmit(const CiJob& ci, const std::string& repository) {
  if (ci.owner.empty() || ci.repository.empty() || ci.pull_number.empty()) {
    throw base::environment_error(
        "JOB_TYPE is 'presubmit', but REPO_OWNER, REPO_NAME and PULL_NUMBER aren't all set: set them, or unset "
        "JOB_TYPE");
  }
  for (const std::string& name : {repository, ci.pull_number}) {
    if (!is_plain_name(name)) {
      throw base::environment_error(fmt::format(
          "'{}' of REPO_OWNER, REPO_NAME and PULL_NUMBER is no name of a directory", base::sanitized(name)));
    }
  }
}

}  // namespace

CiJob read_ci_job(const std::function<std::string(const char* name)>& variable) {
  const std::string pull_commit = variable("PULL_PULL_SHA");
  return {.type = variable("JOB_TYPE"),
          .name = variable("JOB_NAME"),
          .build = variable("BUILD_ID"),
          .owner = variable("REPO_OWNER"),
          .repository = variable("REPO_NAME"),
          .pull_number = variable("PULL_NUMBER"),
          .refs = variable("PULL_REFS"),
          .commit = pull_commit.empty() ? variable("PULL_BASE_SHA") : pull_commit};
}

BuildPlace place_of(const std::string& job, const CiJob& ci) {
  if (!is_plain_name(job)) {
    throw base::usage_error(
        fmt::format("'{}' is no job's name: letters, digits and '.', '_', '-', '+', not beginning with '.' or '-'",
                    base::sanitized(job)));
  }
  const std::string directory = "pr-logs/directory/" + job;
  if (ci.type == "batch") {
    return {.builds = "pr-logs/pull/batch/" + job, .directory = directory, .pointers = false};
  }
  if (ci.type != "presubmit") {
    return {.builds = job, .directory = "", .pointers = false};
  }
  const std::string repository = repository_name(ci);
  require_presubmit(ci, repository);
  return {.builds = fmt::format("pr-logs/pull/{}/{}/{}", repository, ci.pull_number, job),
          .directory = directory,
          .pointers = true};
}

}  // namespace opready::publish
