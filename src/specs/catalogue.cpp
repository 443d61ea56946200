// SPDX-License-Identifier: Apache-2.0
// Choosing, unpacking and reading of catalogues.
#include "opready/specs/catalogue.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <zstd.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/specs/embedded.hpp"

namespace opready::specs {
namespace {

using model::Version;

constexpr std::string_view kVersionKey = "kubernetes ";
constexpr std::string_view kFlagsKey = "flags ";

std::string unpacked(std::string_view compressed) {
  const unsigned long long size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    throw std::runtime_error("an embedded catalogue is no zstd frame of known size");
  }
  std::string text(size, '\0');
  const std::size_t got = ZSTD_decompress(text.data(), text.size(), compressed.data(), compressed.size());
  if (got != size) {
    throw std::runtime_error("an embedded catalogue can't be unpacked");
  }
  return text;
}

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

/// The rest of the next line, which begins with `key`.
std::string_view take_value(std::string_view& text, std::string_view key) {
  const std::string_view line = take_line(text);
  if (!line.starts_with(key)) {
    throw std::runtime_error(fmt::format("a catalogue has '{}' where '{}...' belongs", line, key));
  }
  return line.substr(key.size());
}

Version version_of(const EmbeddedCatalogue& catalogue) {
  return Version::parse(catalogue.version).value();
}

bool is_of_newer_minor(const EmbeddedCatalogue& catalogue, const Version& version) {
  return version_of(catalogue).minor_release() > version.minor_release();
}

}  // namespace

std::vector<Version> catalogue_versions() {
  std::vector<Version> versions;
  versions.reserve(embedded_catalogues().size());
  for (const EmbeddedCatalogue& catalogue : embedded_catalogues()) {
    versions.push_back(version_of(catalogue));
  }
  return versions;
}

Catalogue load_catalogue(const Version& version) {
  const auto all = embedded_catalogues();
  const auto above =
      std::find_if(all.begin(), all.end(), [&](const auto& other) { return is_of_newer_minor(other, version); });
  if (above == all.begin()) {
    throw base::environment_error(fmt::format(
        "the spec names of Kubernetes {} are not known: op-readiness carries those of {} and newer; pass --e2e-binary "
        "with that release's e2e.test",
        version.minor_text(), version_of(all.front()).minor_text()));
  }
  return parse_catalogue(unpacked(std::prev(above)->compressed));
}

Catalogue parse_catalogue(std::string_view text) {
  Catalogue catalogue;
  catalogue.version = take_value(text, kVersionKey);
  std::string_view flags = take_value(text, kFlagsKey);
  while (!flags.empty()) {
    const std::string_view flag = flags.substr(0, flags.find(' '));
    flags.remove_prefix(std::min(flags.size(), flag.size() + 1));
    catalogue.flags.emplace(flag);
  }
  catalogue.specs.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    auto spec = model::parse_listed_spec(line);
    if (!spec) {
      throw std::runtime_error(fmt::format("a catalogue has '{}' where a spec belongs", line));
    }
    catalogue.specs.push_back(*std::move(spec));
  }
  return catalogue;
}

}  // namespace opready::specs
