// SPDX-License-Identifier: Apache-2.0
// Where reports go, and what is written there.
#include "report_files.hpp"

#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/junit/writer.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/html_report.hpp"
#include "opready/report/junit_report.hpp"
#include "opready/report/results_csv.hpp"
#include "opready/report/summary_json.hpp"
#include "opready/report/summary_markdown.hpp"

namespace opready::cli {
namespace {

constexpr const char* kSummaryFileName = "summary.json";
constexpr const char* kMetadataFileName = "metadata.json";
constexpr const char* kCasesName = "cases";

/// `text` as a single path component that no shell and no file system minds.
std::string as_name(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_';
    name += plain ? c : '-';
  }
  return name;
}

/// The files of `--junit per-case`: dashboards would go on showing those of the run before.
std::vector<std::string> case_report_names(const std::filesystem::path& path) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("junit_") && name.ends_with(".xml") &&
        name.find_first_not_of("0123456789_", 6) == name.size() - 4) {
      names.push_back(name);
    }
  }
  return names;
}

/// All but its events.jsonl, whose lock keeps other runs away meanwhile.
void remove_old_run(const std::filesystem::path& path) {
  std::vector<std::string> names = case_report_names(path);
  names.insert(names.end(), {report::kJUnitFileName, kSummaryFileName, report::kSummaryMarkdownFileName,
                             report::kCsvFileName, kMetadataFileName, report::kHtmlFileName, kCasesName});
  for (const std::string& name : names) {
    std::error_code error;
    std::filesystem::remove_all(path / name, error);  // Doesn't follow links.
    if (error) {
      throw base::environment_error(
          fmt::format("cannot remove '{}': {}", (path / name).string(), base::errno_text(error.value())));
    }
  }
}

}  // namespace

std::filesystem::path choose_report_directory(const std::optional<std::filesystem::path>& asked,
                                              const std::string& context, base::Timestamp now,
                                              const std::optional<model::Shard>& shard) {
  if (asked) {
    return *asked;
  }
  const char* artifacts = std::getenv("ARTIFACTS");
  if (artifacts != nullptr && *artifacts != '\0') {
    return artifacts;
  }
  // Shards are often started in the same second.
  return fmt::format("op-readiness-{}-{}{}", as_name(context.empty() ? "in-cluster" : context), base::compact_utc(now),
                     shard ? fmt::format("-shard-{}-of-{}", shard->number, shard->count) : "");
}

ReportDirectory open_report_directory(const std::filesystem::path& path, bool overwrite) {
  base::OutputDirectory directory = base::OutputDirectory::create(path);
  base::OutputFile log = record::open_event_log(directory);
  if (log.size() > 0) {
    if (!overwrite) {
      throw base::environment_error(fmt::format(
          "'{}' holds a run already: name another --report-dir, or replace that run with --overwrite", path.string()));
    }
    remove_old_run(path);
    log.cut(0);
  }
  return {std::move(directory), std::move(log)};
}

base::OutputDirectory new_directory(const std::filesystem::path& path) {
  base::OutputDirectory directory = base::OutputDirectory::create(path);
  if (!std::filesystem::is_empty(path)) {
    throw base::environment_error(fmt::format("'{}' is not empty: name a new directory", path.string()));
  }
  return directory;
}

void write_report_files(const model::RunRecord& record, const base::OutputDirectory& directory, std::string_view shown,
                        const JunitOptions& junit) {
  directory.write_atomically(report::kJUnitFileName, junit::to_xml(report::junit_report(record, junit.attempts)));
  directory.write_atomically(kSummaryFileName, report::summary_json(record));
  directory.write_atomically(report::kSummaryMarkdownFileName, report::summary_markdown(record, shown));
  directory.write_atomically(report::kCsvFileName, report::results_csv(record));
  directory.write_atomically(kMetadataFileName, report::metadata_json(record));
  if (junit.files == JunitFiles::per_case) {
    for (const report::CaseReport& one : report::case_reports(record, junit.attempts)) {
      directory.write_atomically(one.file_name, junit::to_xml(one.report));
    }
  }
  directory.write_atomically(report::kHtmlFileName, report::html_report(record, shown));
}

}  // namespace opready::cli
