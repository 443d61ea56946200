// SPDX-License-Identifier: Apache-2.0
// `coverage`: the KEP's items against the specs that exist.
#include <unistd.h>

#include "opready/base/exit_code.hpp"
#include "opready/plan/coverage.hpp"
#include "opready/report/coverage.hpp"
#include "opready/report/text_output.hpp"
#include "opready/specs/catalogue.hpp"

#include "commands.hpp"
#include "preparation.hpp"
#include "suites.hpp"

namespace opready::cli {
namespace {

std::vector<suite::SuiteInfo> releases_of(const CoverageOptions& options) {
  std::vector<model::Version> versions = specs::catalogue_versions();
  if (const auto asked = kubernetes_version(options.kubernetes_version)) {
    versions = {*asked};
  }
  std::vector<suite::SuiteInfo> releases;
  releases.reserve(versions.size());
  for (const model::Version& version : versions) {
    releases.push_back(suite_of(specs::load_catalogue(version)));
  }
  return releases;
}

std::string drawn(const model::Coverage& coverage, const CoverageOptions& options) {
  switch (options.format) {
    case CoverageFormat::text:
      return report::coverage_text(coverage,
                                   report::decide_terminal(options.colour, report::terminal_facts(STDOUT_FILENO)));
    case CoverageFormat::markdown:
      return report::coverage_markdown(coverage);
    case CoverageFormat::json:
      return report::coverage_json(coverage);
  }
  return "";
}

}  // namespace

int perform(const CoverageOptions& options) {
  const std::vector<model::Category> categories = load_categories(options.source);
  const model::Coverage coverage = plan::coverage(categories, releases_of(options));
  report::DescriptorOutput(STDOUT_FILENO).write(drawn(coverage, options));
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
