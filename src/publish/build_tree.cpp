// SPDX-License-Identifier: Apache-2.0
// Copies a report directory, masked where that's asked for, and writes what Prow has beside it.
#include "opready/publish/build_tree.hpp"

#include <filesystem>
#include <string>

#include "opready/publish/build_files.hpp"
#include "opready/publish/masked_run.hpp"
#include "opready/record/event_log.hpp"

namespace opready::publish {
namespace {

base::OutputFile create_below(const base::OutputDirectory& directory, const std::filesystem::path& file) {
  const auto first = file.begin();
  if (std::next(first) == file.end()) {
    return directory.create_file(file.string());
  }
  return create_below(directory.subdirectory(first->string()), file.lexically_relative(*first));
}

void copy(const Build& build, const std::string& file, base::OutputFile target) {
  if (build.mask == nullptr) {
    build.source.read(file, [&target](std::string_view chunk) { target.append(chunk); });
    return;
  }
  MaskedText text(*build.mask, [&target](std::string_view masked) { target.append(masked); });
  build.source.read(file, [&text](std::string_view chunk) { text.feed(chunk); });
  text.finish();
}

/// The run as its readers are to see it.
model::RunRecord write_events(const Build& build, const base::OutputDirectory& artifacts) {
  if (build.mask == nullptr) {
    copy(build, record::kEventLogName, artifacts.create_file(record::kEventLogName));
    return build.record;
  }
  const std::string masked = masked_events(build.source.text_of(record::kEventLogName), *build.mask);
  artifacts.create_file(record::kEventLogName).append(masked);
  return record::parse_event_log(masked, record::kEventLogName);
}

}  // namespace

void write_build(const Build& build, const base::OutputDirectory& into) {
  const base::OutputDirectory artifacts = into.subdirectory("artifacts");
  const model::RunRecord record = write_events(build, artifacts);
  for (const std::string& file : build.source.files()) {
    if (file != record::kEventLogName) {
      copy(build, file, create_below(artifacts, file));
    }
  }
  build.draw(record, artifacts);
  into.write_atomically("build-log.txt", build_log(record));
  into.write_atomically("started.json", started_json(record, build.ci));
  into.write_atomically("finished.json", finished_json(record));
}

}  // namespace opready::publish
