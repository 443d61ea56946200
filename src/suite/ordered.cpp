// SPDX-License-Identifier: Apache-2.0
// Reads the JSON report of a dry run: some 12 MB, of which next to nothing is kept.
#include "opready/suite/ordered.hpp"

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/base/read_file.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::suite {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kTimeout{60};
constexpr const char* kReportFlag = "ginkgo.json-report";
constexpr const char* kSpecs = "SpecReports";
constexpr const char* kOrdered = "IsInOrderedContainer";
constexpr const char* kContainers = "ContainerHierarchyTexts";
constexpr const char* kLeaf = "LeafNodeText";

/// Drops all keys that aren't asked for as they're read.
bool is_wanted(int /*depth*/, json::parse_event_t event, json& parsed) {
  return event != json::parse_event_t::key || parsed == kSpecs || parsed == kOrdered || parsed == kContainers ||
         parsed == kLeaf;
}

/// As Ginkgo's FullText: texts of the containers, outermost first, then the spec's own.
std::string full_text(const json& spec) {
  std::string text;
  if (const auto containers = spec.find(kContainers); containers != spec.end() && containers->is_array()) {
    for (const json& container : *containers) {
      text += container.get<std::string>() + ' ';
    }
  }
  return base::sanitized(text + spec.value(kLeaf, ""));
}

}  // namespace

SpecNames parse_ordered_specs(std::string_view report) {
  SpecNames names;
  try {
    for (const json& suite : json::parse(report, is_wanted)) {
      for (const json& spec : suite.at(kSpecs)) {
        if (spec.value(kOrdered, false)) {
          names.insert(full_text(spec));
        }
      }
    }
  } catch (const json::exception& error) {
    throw std::invalid_argument(error.what());
  }
  return names;
}

SpecNames ask_ordered_specs(const SuiteInfo& info, const process::Capture& capture) {
  if (!info.flags.contains(kReportFlag)) {
    return {};
  }
  const base::TemporaryDirectory directory("op-readiness-");
  const std::filesystem::path file = directory.path() / "report.json";
  std::vector<std::string> command = {info.path, "--ginkgo.dry-run", "--ginkgo.focus=.",
                                      fmt::format("--{}={}", kReportFlag, file.string())};
  if (info.flags.contains("provider")) {
    command.insert(command.begin() + 1, {"--provider", "local"});
  }
  const process::Captured captured = capture({command}, kTimeout).at(0);
  std::string why = captured.start_error.empty() ? model::describe(captured.exit) : captured.start_error;
  if (captured.succeeded()) {
    try {
      return parse_ordered_specs(base::read_file(file));
    } catch (const std::invalid_argument& error) {
      why = error.what();
    }
  }
  throw base::environment_error(fmt::format(
      "'{}' doesn't tell which of its specs are Ordered, which --retries needs to know: {}", info.path, why));
}

}  // namespace opready::suite
