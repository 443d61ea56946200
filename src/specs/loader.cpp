// SPDX-License-Identifier: Apache-2.0
// From category files to categories.
#include "opready/specs/loader.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/specs/embedded.hpp"

#include "identity.hpp"
#include "schema.hpp"

namespace opready::specs {

namespace {

namespace fs = std::filesystem;

// Ours have a few KiB; whatever is larger was named by mistake.
constexpr std::uintmax_t kLargestFile = 1'048'576;

/// Without the byte order mark that some editors write.
std::string_view content(const SourceText& source) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view text = source.text;
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  return text;
}

std::vector<model::Category> read_source(const SourceText& source, const LoadOptions& options, Faults& faults) {
  const std::variant<YamlNodePtr, YamlFault> parsed = parse_yaml(content(source));
  if (const auto* fault = std::get_if<YamlFault>(&parsed)) {
    faults.add(fault->at, fault->message);
    return {};
  }
  const YamlNodePtr& root = std::get<YamlNodePtr>(parsed);
  if (!root) {
    faults.add({}, "an empty file: a category file needs 'category' and 'testCases' at its top level");
    return {};
  }
  return read_document(*root, fs::path(source.name).stem().string(), {options, faults});
}

/// Adds `category` to the one of the same name, or at the end.
void join(std::vector<model::Category>& categories, model::Category category) {
  const auto same = std::find_if(categories.begin(), categories.end(),
                                 [&](const model::Category& each) { return each.name == category.name; });
  if (same == categories.end()) {
    categories.push_back(std::move(category));
    return;
  }
  std::ranges::move(category.aliases, std::back_inserter(same->aliases));
  std::ranges::move(category.cases, std::back_inserter(same->cases));
}

std::string_view line_of(std::string_view text, int number) {
  for (; number > 1 && !text.empty(); --number) {
    text.remove_prefix(std::min(text.size(), text.substr(0, text.find('\n')).size() + 1));
  }
  text = text.substr(0, text.find('\n'));
  return text.substr(0, text.find('\r'));
}

void add_source_lines(std::vector<Diagnostic>& diagnostics, const std::vector<SourceText>& sources) {
  for (Diagnostic& diagnostic : diagnostics) {
    const auto source = std::find_if(sources.begin(), sources.end(),
                                     [&](const SourceText& each) { return each.name == diagnostic.place.file; });
    diagnostic.source_line = line_of(content(*source), diagnostic.place.line);
  }
}

std::vector<fs::path> files_of_directory(const fs::path& directory) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  if (error) {
    throw base::usage_error(fmt::format("cannot read '{}': {}", directory.native(), base::errno_text(error.value())));
  }
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : entries) {
    const fs::path extension = entry.path().extension();
    // A mounted ConfigMap holds its files a second time below `..data`.
    if (entry.path().filename().native().starts_with('.')) {
      continue;
    }
    if (entry.is_directory(error)) {
      if (const fs::path spec = entry.path() / "spec.yaml"; fs::exists(spec, error)) {
        files.push_back(spec);
      }
    } else if (extension == ".yaml" || extension == ".yml") {
      files.push_back(entry.path());
    }
  }
  if (files.empty()) {
    throw base::usage_error(
        fmt::format("no category files in '{}': there is no *.yaml, *.yml or */spec.yaml", directory.native()));
  }
  std::ranges::sort(files);
  return files;
}

std::vector<fs::path> files_of(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    throw base::usage_error(fmt::format("cannot read '{}': {}", path.native(), base::errno_text(error.value())));
  }
  return fs::is_directory(status) ? files_of_directory(path) : std::vector{path};
}

SourceText read(const fs::path& file) {
  std::error_code error;
  // Of a pipe the size isn't known beforehand.
  if (const std::uintmax_t size = fs::file_size(file, error); !error && size > kLargestFile) {
    throw base::usage_error(fmt::format("'{}' is larger than 1 MiB: that is no category file", file.native()));
  }
  return {file.string(), base::read_file(file)};
}

}  // namespace

Loaded load_texts(const std::vector<SourceText>& sources, const LoadOptions& options) {
  Loaded loaded;
  for (const SourceText& source : sources) {
    Faults faults(source.name);
    for (model::Category& category : read_source(source, options, faults)) {
      join(loaded.categories, std::move(category));
    }
    std::ranges::copy(faults.diagnostics(), std::back_inserter(loaded.diagnostics));
  }
  assign_ids(loaded.categories, loaded.diagnostics);
  add_source_lines(loaded.diagnostics, sources);
  return loaded;
}

Loaded load(const std::vector<fs::path>& paths, const LoadOptions& options) {
  std::vector<SourceText> sources;
  for (const fs::path& path : paths) {
    for (const fs::path& file : files_of(path)) {
      sources.push_back(read(file));
    }
  }
  return load_texts(sources, options);
}

Loaded load_embedded(const LoadOptions& options) {
  std::vector<SourceText> sources;
  for (const EmbeddedFile& file : embedded_files()) {
    sources.push_back({fmt::format("specs/{}", file.name), std::string(file.text)});
  }
  return load_texts(sources, options);
}

}  // namespace opready::specs
