// SPDX-License-Identifier: Apache-2.0
// Chooses between a binary and a catalogue.
#include "suites.hpp"

#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/model/test_case.hpp"
#include "opready/process/capture.hpp"
#include "opready/suite/suite_binary.hpp"

namespace opready::cli {
namespace {

using model::Version;

/// The value of a variable; empty where it isn't set.
std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Version newest_known() {
  return specs::catalogue_versions().back();
}

/// Its minor release is above all that op-readiness has a catalogue of.
bool is_newer_than_known(const Version& version) {
  return version.minor_release() > newest_known().minor_release();
}

}  // namespace

std::optional<Version> kubernetes_version(const std::string& text) {
  if (text.empty()) {
    return std::nullopt;
  }
  auto version = Version::parse(text);
  if (!version) {
    throw base::usage_error(fmt::format("--kubernetes-version: '{}' is no version such as 1.36 or v1.36.3", text));
  }
  return version;
}

std::string note_on_substitute(const Version& asked, const Version& known) {
  if (is_newer_than_known(asked)) {
    return fmt::format(
        "Kubernetes {} is newer than any release that op-readiness knows: these are the specs of {}, and some may have "
        "been renamed since; only that release's own e2e.test tells (--e2e-binary of list)",
        asked.minor_text(), known.minor_text());
  }
  if (known.minor_text() != asked.minor_text()) {
    return fmt::format(
        "op-readiness has no spec names of Kubernetes {}: these are the specs of {}, the closest release below it that "
        "it knows",
        asked.minor_text(), known.minor_text());
  }
  return "";
}

suite::SuiteInfo suite_of(specs::Catalogue catalogue) {
  return {.name = std::string(model::kE2eSuite),
          .path = "",
          .description = std::string(suite::kE2eDescription),
          .version = std::move(catalogue.version),
          .flags = std::move(catalogue.flags),
          .specs = std::move(catalogue.specs)};
}

suite::Suite Suites::open(const std::string& name) {
  const bool named = options_.suite_binaries.contains(name);
  if (purpose_ == Purpose::listing && name == model::kE2eSuite && !named) {
    return open_for_listing();
  }
  return open_binary(name);
}

suite::Suite Suites::open_for_listing() {
  const std::string name(model::kE2eSuite);
  const std::optional<Version> asked = kubernetes_version(options_.kubernetes_version);
  if (!suite::has_default_binary(name, environment("PATH"))) {
    if (!asked) {
      notes_.emplace_back(
          "there is no e2e.test here and none in PATH: the newest release that op-readiness knows is listed; "
          "--kubernetes-version takes another");
    }
    return open_catalogue(asked.value_or(newest_known()));
  }
  suite::Suite binary = open_binary(name);
  const auto own = Version::parse(binary.version());
  if (!asked || !own || own->minor_text() == asked->minor_text()) {
    return binary;
  }
  notes_.push_back(
      fmt::format("'{}' is {}: to list its specs instead, leave out --kubernetes-version or pass --e2e-binary",
                  binary.path(), binary.version()));
  return open_catalogue(*asked);
}

suite::Suite Suites::open_catalogue(const Version& version) {
  suite::Suite suite(suite_of(specs::load_catalogue(version)));
  const Version known = Version::parse(suite.version()).value();
  if (std::string note = note_on_substitute(version, known); !note.empty()) {
    notes_.push_back(std::move(note));
  }
  return suite;
}

suite::Suite Suites::open_binary(const std::string& name) {
  const auto asked = options_.suite_binaries.find(name);
  const std::string path = suite::locate(
      name, asked == options_.suite_binaries.end() ? std::nullopt : std::optional(asked->second), environment("PATH"));
  const bool dry_run = environment("OPREADY_SPECS_FROM_DRY_RUN") == "1";
  suite::Suite suite(name, path, suite::cache_root(std::getenv("XDG_CACHE_HOME"), std::getenv("HOME")),
                     dry_run ? suite::SpecSource::dry_run : suite::SpecSource::best, process::stoppable_capture);
  const auto version = Version::parse(suite.version());
  if (name == model::kE2eSuite && options_.source.test_paths.empty() && version && is_newer_than_known(*version)) {
    notes_.push_back(
        fmt::format("e2e.test {} is newer than any release that the categories were checked with (the newest is {}): a "
                    "case that selects nothing, or more than it means, may be a spec that was renamed",
                    suite.version(), newest_known().minor_text()));
  }
  return suite;
}

}  // namespace opready::cli
