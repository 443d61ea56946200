// SPDX-License-Identifier: Apache-2.0
// Where the suites of a plan come from: binaries, or the catalogues shipped with op-readiness.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/cli/options.hpp"
#include "opready/model/version.hpp"
#include "opready/specs/catalogue.hpp"
#include "opready/suite/suite.hpp"

namespace opready::cli {

/// `text` of --kubernetes-version; nothing where it's empty. Throws a usage Error.
[[nodiscard]] std::optional<model::Version> kubernetes_version(const std::string& text);

/// The catalogue as the e2e suite, without a path.
[[nodiscard]] suite::SuiteInfo suite_of(specs::Catalogue catalogue);

/// What to say where the catalogue of `known` stands for `asked`; empty where that is its release.
[[nodiscard]] std::string note_on_substitute(const model::Version& asked, const model::Version& known);

/// For a run every suite is a binary. A listing does without e2e.test where nobody names one and none is at hand, or
/// where another release is asked for than the one at hand.
enum class Purpose { run, listing };

/// Opens suites and notes what the user should know of them.
class Suites {
 public:
  Suites(const SelectionOptions& options, Purpose purpose) : options_(options), purpose_(purpose) {}

  /// Throws Error where the suite isn't to be had.
  [[nodiscard]] suite::Suite open(const std::string& name);
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  [[nodiscard]] suite::Suite open_binary(const std::string& name);
  [[nodiscard]] suite::Suite open_for_listing();
  [[nodiscard]] suite::Suite open_catalogue(const model::Version& version);

  const SelectionOptions& options_;
  Purpose purpose_;
  std::vector<std::string> notes_;
};

}  // namespace opready::cli
