// SPDX-License-Identifier: Apache-2.0
// Walks directories of results and reads what each build says of itself.
#include "opready/publish/builds.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/junit/reader.hpp"
#include "opready/record/event_log.hpp"

#include "build_listing.hpp"

namespace opready::publish {
namespace {

using Json = nlohmann::json;

constexpr const char* kMetadataFile = "metadata.json";
/// "pr-logs/pull/<org>_<repo>/<number>/<job>/<build>" in a bucket with a prefix of its own.
constexpr int kMaxDepth = 10;

Json read_object(const std::filesystem::path& path) {
  Json json = Json::parse(base::read_file(path), nullptr, false);
  if (!json.is_object()) {
    throw base::environment_error(fmt::format("'{}' is no JSON object", path.string()));
  }
  return json;
}

void add_facts(PastBuild& build, const Json& metadata) {
  for (const auto& [name, value] : metadata.items()) {
    if (value.is_string()) {
      build.facts.emplace(name, value.get<std::string>());
    }
  }
}

/// Prow's times are whole seconds since 1970; what is no such number tells nothing.
std::optional<base::Timestamp> time_in(const Json& json) {
  const auto found = json.find("timestamp");
  constexpr std::int64_t kYear10000 = 253402300800;
  if (found == json.end() || !found->is_number_integer() || found->get<std::int64_t>() < 0 ||
      found->get<std::int64_t>() >= kYear10000) {
    return std::nullopt;
  }
  return base::Timestamp(std::chrono::seconds(found->get<std::int64_t>()));
}

std::optional<bool> passed_in(const Json& finished) {
  if (const auto passed = finished.find("passed"); passed != finished.end() && passed->is_boolean()) {
    return passed->get<bool>();
  }
  const auto result = finished.find("result");
  return result != finished.end() && result->is_string() ? std::optional(*result == "SUCCESS") : std::nullopt;
}

base::Timestamp time_of_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  return error ? base::Timestamp()
               : std::chrono::floor<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(time));
}

base::Timestamp begin_of(const PastBuild& build, std::optional<base::Timestamp> started) {
  if (started) {
    return *started;
  }
  const auto fact = build.facts.find("started");
  const auto told = fact == build.facts.end() ? std::nullopt : base::parse_rfc3339(fact->second);
  return told ? *told : time_of_file(build.path);
}

bool is_published(const Listing& listing) {
  return listing.has_file(kStartedFile) || listing.has_file(kFinishedFile) ||
         listing.has_directory(kArtifactsDirectory);
}

bool holds_published(const std::filesystem::path& directory, const Listing& listing, int depth) {
  return depth < kMaxDepth && std::any_of(
                                  listing.directories.begin(), listing.directories.end(),
                                  [&](const std::string& name) {
                                    const Listing inside = listing_of(directory / name);
                                    return is_published(inside) || holds_published(directory / name, inside, depth + 1);
                                  });
}

class Finder {
 public:
  explicit Finder(std::string job) : job_(std::move(job)) {}

  void visit(const std::filesystem::path& directory, int depth) {
    if (!visited_.insert(directory).second) {
      return;  // Roots may lie in one another.
    }
    const Listing listing = listing_of(directory);
    PastBuild build{.path = directory, .id = directory.filename().string()};
    if (is_published(listing)) {
      build.job = directory.parent_path().filename().string();
      jobs_.insert(build.job);
      if (job_.empty() || build.job == job_) {
        keep([&] { return read_published(std::move(build), listing); });
      }
    } else if (listing.has_file(record::kEventLogName) ||
               (!listing.junit_files().empty() && !holds_published(directory, listing, depth))) {
      if (job_.empty()) {
        add_metadata_file(build, directory, listing);
        build.time = begin_of(build, std::nullopt);
        found_.builds.push_back(std::move(build));
      }
    } else if (listing.directories.empty() && is_number(build.id)) {
      found_.skipped.push_back(fmt::format("'{}' holds no results", directory.string()));
    } else if (depth < kMaxDepth) {
      descend(directory, listing, depth);
    }
  }

  [[nodiscard]] FoundBuilds take() {
    found_.jobs.assign(jobs_.begin(), jobs_.end());
    return std::move(found_);
  }

 private:
  PastBuild read_published(PastBuild build, const Listing& listing) {
    if (!listing.has_file(kFinishedFile)) {
      throw base::environment_error(
          fmt::format("'{}' has no {}: it's under way, or was cut off", build.path.string(), kFinishedFile));
    }
    const Json finished = read_object(build.path / kFinishedFile);
    build.passed = passed_in(finished);
    if (const auto metadata = finished.find("metadata"); metadata != finished.end() && metadata->is_object()) {
      add_facts(build, *metadata);
    }
    if (listing.has_directory(kArtifactsDirectory)) {
      const std::filesystem::path artifacts = build.path / kArtifactsDirectory;
      add_metadata_file(build, artifacts, listing_of(artifacts));
    }
    const auto started =
        listing.has_file(kStartedFile) ? time_in(read_object(build.path / kStartedFile)) : std::nullopt;
    build.time = begin_of(build, started);
    return build;
  }

  /// It only labels a build: one that's broken costs no results.
  void add_metadata_file(PastBuild& build, const std::filesystem::path& directory, const Listing& listing) {
    if (!listing.has_file(kMetadataFile)) {
      return;
    }
    try {
      add_facts(build, read_object(directory / kMetadataFile));
    } catch (const base::Error& error) {
      found_.ignored.emplace_back(error.what());
    }
  }

  template <typename Read>
  void keep(const Read& read) {
    try {
      found_.builds.push_back(read());
    } catch (const base::Error& error) {
      found_.skipped.emplace_back(error.what());
    }
  }

  void descend(const std::filesystem::path& directory, const Listing& listing, int depth) {
    for (const std::string& name : listing.directories) {
      try {
        visit(directory / name, depth + 1);
      } catch (const base::Error& error) {
        found_.skipped.emplace_back(error.what());
      }
    }
  }

  std::string job_;
  FoundBuilds found_;
  std::set<std::string> jobs_;
  std::set<std::filesystem::path> visited_;
};

}  // namespace

FoundBuilds find_builds(const std::vector<std::filesystem::path>& roots, const std::string& job) {
  Finder finder(job);
  for (const std::filesystem::path& root : roots) {
    // "logs/nightly/" is called "nightly", and "." by its name, too.
    std::filesystem::path path = std::filesystem::absolute(root).lexically_normal();
    finder.visit(path.has_filename() ? path : path.parent_path(), 0);
  }
  return finder.take();
}

BuildResults read_results(const PastBuild& build) {
  const std::filesystem::path artifacts = build.path / kArtifactsDirectory;
  const bool belongs_to_job = !build.job.empty();
  const bool has_artifacts = !belongs_to_job || listing_of(build.path).has_directory(kArtifactsDirectory);
  BuildResults results;
  std::vector<std::filesystem::path> files;
  if (has_artifacts) {
    files = junit_files_below(belongs_to_job ? artifacts : build.path);
  }
  for (const std::filesystem::path& file : files) {
    const junit::Report report = junit::read_report(base::read_file(file), file.string());
    if (!report.fault.empty()) {
      throw base::environment_error(report.fault);
    }
    add_results(results, report);
  }
  if (files.empty() && !build.passed) {
    throw base::environment_error(fmt::format(
        "'{0}' has no junit*.xml; a run of ours gets its reports by 'op-readiness report {0}'", build.path.string()));
  }
  return results;
}

}  // namespace opready::publish
