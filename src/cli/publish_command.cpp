// SPDX-License-Identifier: Apache-2.0
// `publish`: a run in the layout in which CI's dashboards find it.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "opready/base/clock.hpp"
#include "opready/base/error.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/junit/writer.hpp"
#include "opready/process/identity.hpp"
#include "opready/publish/build_files.hpp"
#include "opready/publish/build_tree.hpp"
#include "opready/publish/command_words.hpp"
#include "opready/publish/job_directory.hpp"
#include "opready/publish/masked_run.hpp"
#include "opready/publish/open_to_readers.hpp"
#include "opready/publish/upload.hpp"
#include "opready/record/event_log.hpp"

#include "commands.hpp"
#include "leftovers.hpp"
#include "report_files.hpp"
#include "standard_output.hpp"
#include "stoppable_loop.hpp"

namespace opready::cli {
namespace {

/// What is asked for, with CI's variables where options say nothing.
struct Destination {
  publish::CiJob ci;
  std::string job;
  publish::BuildPlace place;
  std::optional<publish::BuildId> id;  ///< Absent: to be chosen.
};

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::optional<publish::BuildId> build_id(const PublishOptions& options, const publish::CiJob& ci) {
  // A store isn't looked into: a number that CI gave once may be there since an earlier attempt.
  const std::string text = options.build.value_or(options.upload_command ? "" : ci.build);
  if (text.empty() && !options.build) {
    return std::nullopt;
  }
  const auto id = publish::parse_build_id(text);
  if (!id) {
    throw base::usage_error(fmt::format("{} is '{}', but dashboards need a number of at most 19 digits{}",
                                        options.build ? "--build" : "$BUILD_ID", base::sanitized(text),
                                        options.build ? "" : ": name one with --build"));
  }
  return id;
}

Destination destination_of(const PublishOptions& options) {
  const publish::CiJob ci = publish::read_ci_job(variable);
  const std::string job = options.job.value_or(ci.name);
  if (job.empty() && !options.job) {
    throw base::usage_error("which job is this? name it with --job, or in $JOB_NAME as Prow does");
  }
  return {.ci = ci, .job = job, .place = publish::place_of(job, ci), .id = build_id(options, ci)};
}

/// Of this machine, where the file system knows no locks.
void require_end(const model::RunRecord& run) {
  const cluster::Owner owner = last_owner_of(run);
  if (!run.finished && process::life_of(owner.process) == process::Life::alive) {
    throw base::environment_error(
        fmt::format("{} is still under way: wait for its end or stop it", cluster::describe(owner)));
  }
}

/// How the reports in the directory were drawn, which no event tells.
JunitOptions drawn_as(const model::RunRecord& run, const publish::ReportSource& source) {
  const auto holds = [&](const std::string& file) {
    return std::binary_search(source.files().begin(), source.files().end(), file);
  };
  JunitOptions junit;
  const auto last = report::JUnitAttempts::last;
  if (holds(report::kJUnitFileName) &&
      source.text_of(report::kJUnitFileName) == junit::to_xml(report::junit_report(run, last))) {
    junit.attempts = last;
  }
  const auto cases = report::case_reports(run, junit.attempts);
  junit.files = !cases.empty() && holds(cases.front().file_name) ? JunitFiles::per_case : JunitFiles::one;
  return junit;
}

void write(const publish::Build& build, const base::OutputDirectory& into) {
  for (const std::string& file : publish::write_build(build, into)) {
    tell_warning(fmt::format("'{}' is left out: it's no text, in which names could be masked",
                             (build.source.path() / file).string()));
  }
}

/// The run's build, if there is one; throws where that isn't what is asked for.
std::optional<publish::BuildId> published_before(const publish::JobDirectory& job, const publish::Build& build,
                                                 const Destination& destination) {
  const publish::FinishedRun run = publish::finished_run(build.record);
  publish::Hosts hosts = publish::Hosts::named;
  const auto there = job.find([&](std::string_view finished) {
    const auto published = publish::published_run(finished);
    hosts = published ? published->hosts : hosts;
    return published && published->run == run;
  });
  if (there && build.mask != nullptr && hosts == publish::Hosts::named) {
    throw base::environment_error(
        fmt::format("the run is there already with its hosts' names, as build {} of job '{}': remove '{}' first",
                    *there, destination.job, job.path_of(*there).string()));
  }
  if (there && destination.id && destination.id != there) {
    throw base::environment_error(fmt::format("the run is there already, as build {} of job '{}', not as {}", *there,
                                              destination.job, *destination.id));
  }
  return there;
}

void publish_in_directory(const publish::Build& build, const Destination& destination, const std::string& root) {
  publish::JobDirectory job(root, destination.place, [&] {
    tell_warning(fmt::format("waiting for another publisher of job '{}'", destination.job));
  });
  if (const auto there = published_before(job, build, destination)) {
    job.settle();
    answer(fmt::format("already there: {}\n", job.path_of(*there).string()));
    return;
  }
  const publish::BuildId id =
      destination.id ? *destination.id : publish::next_build_id(build.record.started.time, job.latest());
  if (job.contains(id)) {
    throw base::environment_error(fmt::format(
        "build {} of job '{}' is there already, and of another run: name another --build", id, destination.job));
  }
  write(build, job.stage());
  job.publish(id);
  job.settle();
  answer(fmt::format("published: {}\n", job.path_of(id).string()));
}

void publish_in_store(const publish::Build& build, const Destination& destination, const PublishOptions& options) {
  StoppableLoop loop("stopped; publishing the run again makes another build");
  const publish::Store store{options.root, publish::parse_upload_command(*options.upload_command), loop.capture()};
  const publish::BuildId id =
      destination.id.value_or(publish::store_build_id(base::SystemClock().wall(), build.record.started.run_id));
  const base::TemporaryDirectory scratch("op-readiness-publish-");
  const base::OutputDirectory directory = base::OutputDirectory::create(scratch.path());
  const base::OutputDirectory tree = directory.subdirectory(std::to_string(id));
  write(build, tree);
  publish::open_to_readers(tree.path());
  publish::upload(store, destination.place, id, tree.path(), directory);
  answer(fmt::format("published: {}\n", publish::build_name(store, destination.place, id)));
}

}  // namespace

int perform(const PublishOptions& options) {
  if (options.root.empty()) {
    throw base::usage_error("--to is empty: name a directory, or a place in a store");
  }
  if (!options.upload_command && options.root.find("://") != std::string::npos) {
    throw base::usage_error(
        fmt::format("'{}' is no directory: say what copies there, as in --upload-command 'gsutil -m cp -r {{src}} "
                    "{{dst}}'",
                    options.root));
  }
  const Destination destination = destination_of(options);
  const publish::ReportSource source(options.directory);
  model::RunRecord run = record::parse_event_log(source.text_of(record::kEventLogName),
                                                 (options.directory / record::kEventLogName).string());
  require_end(run);
  for (const std::string& path : source.left_out()) {
    tell_warning(fmt::format("'{}' is left out: it's no file", (options.directory / path).string()));
  }
  const auto mask = options.redact_hosts ? publish::mask_of(run) : nullptr;
  const JunitOptions junit = drawn_as(run, source);
  const publish::Build build{.source = source,
                             .ci = destination.ci,
                             .record = std::move(run),
                             .draw =
                                 [&](const model::RunRecord& record, const base::OutputDirectory& directory) {
                                   // As its readers see it who stand in the build's directory, wherever they have it.
                                   write_report_files(record, directory, directory.path().filename().native(), junit);
                                 },
                             .mask = mask.get()};
  if (options.upload_command) {
    publish_in_store(build, destination, options);
  } else {
    publish_in_directory(build, destination, options.root);
  }
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
