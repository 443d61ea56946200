// SPDX-License-Identifier: Apache-2.0
// Copies a report directory, masked where that's asked for, and writes what Prow has beside it.
#include "opready/publish/build_tree.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "opready/publish/build_files.hpp"
#include "opready/publish/masked_run.hpp"
#include "opready/record/event_log.hpp"

namespace opready::publish {
namespace {

/// Two names may have one mask: the second file gets a number.
base::OutputFile create_file(const base::OutputDirectory& directory, const std::string& name) {
  std::string unused = name;
  for (int number = 2; directory.contains(unused); ++number) {
    unused = fmt::format("{}.{}", name, number);
  }
  return directory.create_file(unused);
}

base::OutputFile create_below(const base::OutputDirectory& directory, const std::filesystem::path& file) {
  const auto first = file.begin();
  if (std::next(first) == file.end()) {
    return create_file(directory, file.string());
  }
  return create_below(directory.subdirectory(first->string()), file.lexically_relative(*first));
}

/// UTF-16 has such bytes too.
bool is_text(std::string_view beginning) {
  return beginning.find('\0') == std::string_view::npos;
}

void copy(const Build& build, const std::string& file, base::OutputFile target) {
  build.source.read(file, [&target](std::string_view chunk) { target.append(chunk); });
}

/// False: it's left out.
bool copy_masked(const Build& build, const std::string& file, const base::OutputDirectory& artifacts) {
  std::optional<base::OutputFile> target;
  const auto open_target = [&] { target.emplace(create_below(artifacts, masked_path(file, *build.mask))); };
  MaskedText text(*build.mask, [&target](std::string_view masked) { target->append(masked); });
  bool begun = false;
  build.source.read(file, [&](std::string_view chunk) {
    if (!begun && is_text(chunk)) {
      open_target();
    }
    begun = true;
    if (target) {
      text.feed(chunk);
    }
  });
  if (!begun) {
    open_target();
  }
  if (target) {
    text.finish();
  }
  return target.has_value();
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

std::vector<std::string> write_build(const Build& build, const base::OutputDirectory& into) {
  const base::OutputDirectory artifacts = into.subdirectory("artifacts");
  const model::RunRecord record = write_events(build, artifacts);
  std::vector<std::string> left_out;
  for (const std::string& file : build.source.files()) {
    if (file == record::kEventLogName) {
      continue;
    }
    if (build.mask == nullptr) {
      copy(build, file, create_below(artifacts, file));
    } else if (!copy_masked(build, file, artifacts)) {
      left_out.push_back(file);
    }
  }
  build.draw(record, artifacts);
  into.write_atomically("build-log.txt", build_log(record));
  into.write_atomically("started.json", started_json(record, build.ci));
  into.write_atomically("finished.json", finished_json(record, build.mask == nullptr ? Hosts::named : Hosts::masked));
  return left_out;
}

}  // namespace opready::publish
