// SPDX-License-Identifier: Apache-2.0
// `coverage`: the KEP's items against the specs that exist.
#include <utility>

#include "opready/base/exit_code.hpp"
#include "opready/plan/coverage.hpp"
#include "opready/report/coverage.hpp"
#include "opready/specs/catalogue.hpp"

#include "commands.hpp"
#include "preparation.hpp"
#include "standard_output.hpp"
#include "suites.hpp"

namespace opready::cli {
namespace {

std::vector<suite::SuiteInfo> suites_of(const std::vector<model::Version>& versions) {
  std::vector<suite::SuiteInfo> releases;
  releases.reserve(versions.size());
  for (const model::Version& version : versions) {
    releases.push_back(suite_of(specs::load_catalogue(version)));
  }
  return releases;
}

model::Coverage coverage_of(const CoverageOptions& options) {
  const std::vector<model::Category> categories = load_categories(options.source);
  const auto asked = kubernetes_version(options.kubernetes_version);
  if (!asked) {
    return plan::coverage(categories, suites_of(specs::catalogue_versions()));
  }
  const std::vector<suite::SuiteInfo> release = suites_of({*asked});
  model::Coverage coverage = plan::coverage(categories, release);
  const auto known = model::Version::parse(release.front().version);
  if (std::string note = note_on_substitute(*asked, known.value()); !note.empty()) {
    coverage.notes.push_back(std::move(note));
  }
  return coverage;
}

std::string drawn(const model::Coverage& coverage, const CoverageOptions& options) {
  switch (options.format) {
    case CoverageFormat::text:
      return drawn_for_people(
          options.colour, [&](const report::Terminal& terminal) { return report::coverage_text(coverage, terminal); });
    case CoverageFormat::markdown:
      return report::coverage_markdown(coverage);
    case CoverageFormat::json:
      return report::coverage_json(coverage);
  }
  return "";
}

}  // namespace

int perform(const CoverageOptions& options) {
  answer(drawn(coverage_of(options), options));
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
