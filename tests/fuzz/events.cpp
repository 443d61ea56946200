// SPDX-License-Identifier: Apache-2.0
// A log of events is refused with a reason, or every report can be drawn of it; each event can be written again.
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"
#include "opready/record/event_json.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/junit_report.hpp"
#include "opready/report/summary_json.hpp"

#include "target.hpp"

namespace opready::fuzz {
namespace {

std::optional<model::Event> read_event(std::string_view line) {
  try {
    return record::parse_event(line);
  } catch (const base::Error& error) {
    require(error.code() == base::ExitCode::cannot_run && *error.what() != '\0', "a refusal has a reason");
    return std::nullopt;
  }
}

/// What is read once may be written with secrets masked; from then on nothing changes.
void check_event(std::string_view line) {
  const std::optional<model::Event> event = read_event(line);
  if (!event) {
    return;
  }
  const std::string written = record::to_json_line(*event);
  require(written.find('\n') == written.size() - 1, "an event is one line");
  std::optional<model::Event> again;
  try {
    again = record::parse_event(written);
  } catch (const base::Error& error) {
    throw Broken("what is written can be read: " + std::string(error.what()) + " in " + written);
  }
  require(again.has_value(), "what is written is an event");
  require(record::to_json_line(*again) == written, "what is read is what was written");
}

void check_reports(const model::RunRecord& run) {
  (void)report::console_summary(run, "report", {});
  require(nlohmann::json::accept(report::summary_json(run)), "summary.json is JSON");
  require(nlohmann::json::accept(report::metadata_json(run)), "metadata.json is JSON");
  const std::string xml = junit::to_xml(report::junit_report(run, report::JUnitAttempts::all));
  const junit::Report read = junit::read_report(xml, "junit.xml");
  require(read.fault.empty(), "the JUnit report is one: " + read.fault);
}

}  // namespace

void events(std::string_view input) {
  for (std::string_view rest = input; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    check_event(line);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  std::optional<model::RunRecord> run;
  try {
    run = record::parse_event_log(input, "events.jsonl");
  } catch (const base::Error& error) {
    require(std::string_view(error.what()).starts_with("events.jsonl:"), "a refusal names the file");
    return;
  }
  check_reports(*run);
}

}  // namespace opready::fuzz
