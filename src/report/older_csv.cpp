// SPDX-License-Identifier: Apache-2.0
// Finds the older tool's columns in JUnit files, and prints them.
#include "opready/report/older_csv.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <iterator>
#include <limits>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/junit/reader.hpp"
#include "opready/report/junit_report.hpp"
#include "opready/report/table.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

constexpr std::string_view kTitle = "Windows Operational Summary";
constexpr std::array<const char*, 5> kColumns = {"#", "result", "category", "time", "conformance"};

std::vector<std::filesystem::path> xml_files(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().native().ends_with("xml") && !entry->is_directory(error)) {
      files.push_back(entry->path());
    }
  }
  if (error) {
    throw base::environment_error(
        fmt::format("cannot read the directory '{}': {}", directory.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string capitals(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string result_of(const junit::Case& row) {
  if (!row.status.empty()) {
    return capitals(one_line(row.status));
  }
  switch (row.kind) {
    case junit::CaseKind::passed:
      return "PASSED";
    case junit::CaseKind::failed:
    case junit::CaseKind::error:
      return "FAILED";
    case junit::CaseKind::skipped:
      return "SKIPPED";
  }
  return "FAILED";
}

bool has_failed(const junit::Case& row) {
  return row.kind == junit::CaseKind::failed || row.kind == junit::CaseKind::error;
}

std::string seconds_text(std::chrono::milliseconds duration) {
  return fmt::format("{:.2f}", static_cast<double>(duration.count()) / 1000);
}

std::string description_of(const junit::Case& row) {
  for (const junit::Property& property : row.properties) {
    if (property.name == "description") {
      return one_line(property.value);
    }
  }
  return one_line(row.name);
}

/// A file of the older tool, or of --junit per-case: it's about one case.
void add_case_file(std::vector<OlderRow>& rows, const junit::Report& report) {
  const std::string category = one_line(report.category);
  const std::string conformance = one_line(report.name);
  for (const junit::Suite& suite : report.suites) {
    const std::string number = one_line(suite.index);
    if (suite.cases.empty()) {
      rows.push_back({number, "FAILED", category, seconds_text(suite.duration), conformance, true});
    }
    for (const junit::Case& row : suite.cases) {
      rows.push_back({number, result_of(row), category, seconds_text(row.duration), conformance, has_failed(row)});
    }
  }
}

/// The merged report: rows of one case stand together and have its class name.
void add_merged_file(std::vector<OlderRow>& rows, const junit::Report& report) {
  for (const junit::Suite& suite : report.suites) {
    std::size_t number = 0;
    const std::string* classname = nullptr;
    for (const junit::Case& row : suite.cases) {
      if (classname == nullptr || *classname != row.classname) {
        ++number;
        classname = &row.classname;
      }
      rows.push_back({std::to_string(number), result_of(row), one_line(suite.name), seconds_text(row.duration),
                      description_of(row), has_failed(row)});
    }
  }
}

std::pair<std::string, std::string> footer(const std::vector<OlderRow>& rows) {
  const auto passed =
      std::count_if(rows.begin(), rows.end(), [](const OlderRow& row) { return row.result == "PASSED"; });
  const auto failed = std::count_if(rows.begin(), rows.end(), [](const OlderRow& row) { return row.failed; });
  return {fmt::format("passed: {}", passed), fmt::format("failed: {}", failed)};
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? std::string("\\\"") : std::string(1, c);
  }
  return quoted + '"';
}

}  // namespace

std::vector<junit::Report> read_older_directory(const std::filesystem::path& directory) {
  std::vector<junit::Report> reports;
  std::vector<junit::Report> merged;
  for (const std::filesystem::path& file : xml_files(directory)) {
    junit::Report report = junit::read_report(base::read_file(file), file.string());
    if (!report.fault.empty()) {
      throw base::environment_error(report.fault);
    }
    (file.filename() == kJUnitFileName ? merged : reports).push_back(std::move(report));
  }
  const bool has_case_files =
      std::any_of(reports.begin(), reports.end(), [](const junit::Report& report) { return !report.category.empty(); });
  if (!has_case_files) {
    std::move(merged.begin(), merged.end(), std::back_inserter(reports));
  }
  return reports;
}

std::vector<OlderRow> older_rows(const std::vector<junit::Report>& reports) {
  std::vector<OlderRow> rows;
  for (const junit::Report& report : reports) {
    if (report.category.empty()) {
      add_merged_file(rows, report);
    } else {
      add_case_file(rows, report);
    }
  }
  return rows;
}

std::string older_csv(const std::vector<OlderRow>& rows) {
  const auto [passed, failed] = footer(rows);
  std::string out = fmt::format("{}\n{}\n", kTitle, fmt::join(kColumns, ","));
  for (const OlderRow& row : rows) {
    out += fmt::format("{},{},{},{},{}\n", csv_cell(row.number), csv_cell(row.result), csv_cell(row.category),
                       csv_cell(row.time), csv_cell(row.conformance));
  }
  return out + fmt::format(",{},{},,\n", passed, failed);
}

std::string older_table(const std::vector<OlderRow>& rows) {
  Table table({{kColumns[0], Align::right}, {kColumns[1]}, {kColumns[2]}, {kColumns[3], Align::right}, {kColumns[4]}});
  for (const OlderRow& row : rows) {
    table.add_row({{row.number}, {row.result}, {row.category}, {row.time}, {row.conformance}});
  }
  const auto [passed, failed] = footer(rows);
  // Programs read this too: no line is cut.
  const Terminal wide{.columns = std::numeric_limits<int>::max()};
  return fmt::format("{}\n\n{}\n{}, {}\n", kTitle, table.text(wide), passed, failed);
}

}  // namespace opready::report
