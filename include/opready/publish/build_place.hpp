// SPDX-License-Identifier: Apache-2.0
// Where a job's builds lie below ROOT, as Prow lays them out.
#pragma once

#include <functional>
#include <string>

namespace opready::publish {

/// What CI says of the job that this is part of, in Prow's variables; empty where it says nothing.
struct CiJob {
  std::string type;         ///< JOB_TYPE: "periodic", "postsubmit", "presubmit" or "batch".
  std::string name;         ///< JOB_NAME
  std::string build;        ///< BUILD_ID
  std::string owner;        ///< REPO_OWNER
  std::string repository;   ///< REPO_NAME
  std::string pull_number;  ///< PULL_NUMBER
  std::string refs;         ///< PULL_REFS: "main:<commit>,12:<commit>".
  std::string commit;       ///< The one under test: PULL_PULL_SHA, else PULL_BASE_SHA.
};

/// `variable` gives the value of an environment variable, empty where it isn't set.
[[nodiscard]] CiJob read_ci_job(const std::function<std::string(const char* name)>& variable);

/// Paths below ROOT; directories of a job.
struct BuildPlace {
  std::string builds;     ///< Holds a directory a build, and latest-build.txt.
  std::string directory;  ///< Of a job of pull requests: latest-build.txt of all of them. Else empty.
  bool pointers = false;  ///< In `directory` there is a <build>.txt with the build's path for each build.
};

/// "<job>"; of a presubmit "pr-logs/pull/<org>_<repo>/<number>/<job>", of a batch "pr-logs/pull/batch/<job>". Throws
/// Error where `job` is no name of a directory (exit code 2), or a presubmit's variables lack something (exit code 3).
[[nodiscard]] BuildPlace place_of(const std::string& job, const CiJob& ci);

}  // namespace opready::publish
