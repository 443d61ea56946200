// SPDX-License-Identifier: Apache-2.0
// Layout, reading, writing and pruning of the cache.
#include "opready/suite/cache.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/base/read_file.hpp"

namespace opready::suite {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Raise it whenever a file's content, or how a selection is computed, changes.
constexpr int kFormat = 2;
constexpr std::size_t kBinariesKept = 8;
constexpr std::size_t kSelectionsKept = 8;
constexpr std::string_view kSummaryFile = "suite.json";
constexpr std::string_view kSpecsFile = "specs.txt";
constexpr std::string_view kOrderedFile = "ordered.json";
constexpr std::string_view kSelectionPrefix = "selection-";

/// FNV-1a as hex digits: names files alike in each build of ours. What a file holds is compared in full.
std::string name_for(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return fmt::format("{:016x}", hash);
}

/// A path may hold bytes that JSON can't: they're replaced, and then the entry is never found again.
std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json head(const BinaryIdentity& binary) {
  return {{"format", kFormat}, {"suite", binary.suite}, {"path", binary.path}, {"build", binary.build}};
}

bool is_headed_by(const json& file, const BinaryIdentity& binary) {
  return file.at("format") == kFormat && file.at("suite") == binary.suite && file.at("path") == binary.path &&
         file.at("build") == binary.build;
}

json to_json(const std::vector<SpecFilter>& filters) {
  json list = json::array();
  for (const SpecFilter& filter : filters) {
    list.push_back({{"focus", filter.focus}, {"skip", filter.skip}});
  }
  return list;
}

std::string selection_file(const json& filters) {
  return fmt::format("{}{}.json", kSelectionPrefix, name_for(dumped(filters)));
}

/// What `read` makes of the JSON file; nothing where the file is absent or `read` finds it damaged.
template <typename Value>
std::optional<Value> load_json(const fs::path& path, const std::function<std::optional<Value>(const json&)>& read) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return std::nullopt;
  }
  try {
    return read(json::parse(base::read_file(path)));
  } catch (const json::exception& fault) {
    base::log_debug(fmt::format("cache file '{}' is damaged: {}", path.string(), fault.what()));
  } catch (const base::Error& fault) {
    base::log_debug(fault.what());
  }
  return std::nullopt;
}

/// First line of the file of specs.
std::string specs_head(const BinaryIdentity& binary) {
  return dumped(head(binary));
}

/// "file<tab>line<tab>name"; nothing for any other text.
std::optional<model::Spec> parse_spec(std::string_view text) {
  const std::size_t first = text.find('\t');
  const std::size_t second = first == std::string_view::npos ? first : text.find('\t', first + 1);
  if (second == std::string_view::npos) {
    return std::nullopt;
  }
  model::Spec spec{.name = std::string(text.substr(second + 1)), .file = std::string(text.substr(0, first))};
  const auto [end, error] = std::from_chars(text.data() + first + 1, text.data() + second, spec.line);
  if (error != std::errc() || end != text.data() + second) {
    return std::nullopt;
  }
  return spec;
}

std::optional<std::vector<model::Spec>> parse_specs(std::string_view text, std::string_view expected_head) {
  std::vector<model::Spec> specs;
  bool at_head = true;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (std::exchange(at_head, false)) {
      if (line != expected_head) {
        return std::nullopt;
      }
      continue;
    }
    auto spec = parse_spec(line);
    if (!spec) {
      return std::nullopt;
    }
    specs.push_back(*std::move(spec));
  }
  return at_head ? std::nullopt : std::optional(std::move(specs));
}

/// Removes all but the `count` newest entries of `directory` whose names begin with `prefix`.
void keep_newest(const fs::path& directory, std::string_view prefix, std::size_t count) {
  std::error_code error;
  std::vector<std::pair<fs::file_time_type, fs::path>> entries;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().filename().string().starts_with(prefix)) {
      entries.emplace_back(entry.last_write_time(error), entry.path());
    }
  }
  std::sort(entries.begin(), entries.end(), std::greater<>());
  for (std::size_t i = count; i < entries.size(); ++i) {
    fs::remove_all(entries[i].second, error);
  }
}

}  // namespace

fs::path cache_root(const char* xdg_cache_home, const char* home) {
  // The XDG specification wants relative paths ignored.
  if (xdg_cache_home != nullptr && fs::path(xdg_cache_home).is_absolute()) {
    return xdg_cache_home;
  }
  return home != nullptr && fs::path(home).is_absolute() ? fs::path(home) / ".cache" : fs::path();
}

Cache::Cache(const fs::path& root, BinaryIdentity binary) : binary_(std::move(binary)) {
  if (!root.empty()) {
    directory_ = root / "op-readiness" / "suites" / name_for(fmt::format("{} {}", binary_.suite, binary_.path));
  }
}

std::optional<Cache::Summary> Cache::load_summary() const {
  return load_json<Summary>(directory_ / kSummaryFile, [&](const json& file) -> std::optional<Summary> {
    if (!is_headed_by(file, binary_)) {
      return std::nullopt;
    }
    return Summary{.description = file.at("description").get<std::string>(),
                   .version = file.at("version").get<std::string>(),
                   .flags = file.at("flags").get<Flags>(),
                   .spec_count = file.at("spec_count").get<std::size_t>()};
  });
}

std::optional<std::vector<model::Spec>> Cache::load_specs() const {
  const fs::path path = directory_ / kSpecsFile;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return std::nullopt;
  }
  try {
    return parse_specs(base::read_file(path), specs_head(binary_));
  } catch (const base::Error& fault) {
    base::log_debug(fault.what());
    return std::nullopt;
  }
}

std::optional<Selection> Cache::load_selection(const std::vector<SpecFilter>& filters) const {
  const json wanted = to_json(filters);
  return load_json<Selection>(directory_ / selection_file(wanted), [&](const json& file) -> std::optional<Selection> {
    if (!is_headed_by(file, binary_) || file.at("filters") != wanted) {
      return std::nullopt;
    }
    Selection selection;
    for (const json& specs : file.at("selected")) {
      auto& selected = selection.emplace_back();
      for (const json& spec : specs) {
        selected.push_back({.name = spec.at("name"), .file = spec.at("file"), .line = spec.at("line")});
      }
    }
    return selection.size() == filters.size() ? std::optional(std::move(selection)) : std::nullopt;
  });
}

std::optional<SpecNames> Cache::load_ordered() const {
  return load_json<SpecNames>(directory_ / kOrderedFile, [&](const json& file) {
    return is_headed_by(file, binary_) ? std::optional(file.at("specs").get<SpecNames>()) : std::nullopt;
  });
}

void Cache::store(const SuiteInfo& info) const {
  if (directory_.empty()) {
    return;
  }
  json summary = head(binary_);
  summary["description"] = info.description;
  summary["version"] = info.version;
  summary["flags"] = info.flags;
  summary["spec_count"] = info.specs.size();
  std::string specs = specs_head(binary_) + '\n';
  for (const model::Spec& spec : info.specs) {
    fmt::format_to(std::back_inserter(specs), "{}\t{}\t{}\n", spec.file, spec.line, spec.name);
  }
  std::error_code error;
  fs::remove_all(directory_, error);
  try {
    const auto directory = base::OutputDirectory::create(directory_);
    directory.write_atomically(kSpecsFile, specs);
    directory.write_atomically(kSummaryFile, dumped(summary));
  } catch (const base::Error& fault) {
    base::log_debug(fault.what());
  }
  keep_newest(directory_.parent_path(), "", kBinariesKept);
}

void Cache::store_ordered(const SpecNames& names) const {
  if (directory_.empty()) {
    return;
  }
  json file = head(binary_);
  file["specs"] = names;
  try {
    base::OutputDirectory::create(directory_).write_atomically(kOrderedFile, dumped(file));
  } catch (const base::Error& fault) {
    base::log_debug(fault.what());
  }
}

void Cache::store_selection(const std::vector<SpecFilter>& filters, const Selection& selection) const {
  if (directory_.empty()) {
    return;
  }
  json file = head(binary_);
  file["filters"] = to_json(filters);
  file["selected"] = json::array();
  for (const auto& specs : selection) {
    json list = json::array();
    for (const model::Spec& spec : specs) {
      list.push_back({{"name", spec.name}, {"file", spec.file}, {"line", spec.line}});
    }
    file["selected"].push_back(std::move(list));
  }
  try {
    base::OutputDirectory::create(directory_).write_atomically(selection_file(file["filters"]), dumped(file));
  } catch (const base::Error& fault) {
    base::log_debug(fault.what());
  }
  keep_newest(directory_, kSelectionPrefix, kSelectionsKept);
}

}  // namespace opready::suite
