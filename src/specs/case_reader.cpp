// SPDX-License-Identifier: Apache-2.0
// Reads what test cases of several schemas have in common.
#include "case_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/duration.hpp"
#include "opready/base/suggestion.hpp"
#include "opready/model/kep.hpp"

#include "identity.hpp"

namespace opready::specs {

namespace {

constexpr std::array kProves{model::Proves::all, model::Proves::part, model::Proves::none};
constexpr std::array kPlacements{model::Placement::own, model::Placement::windows, model::Placement::mixed,
                                 model::Placement::none};
constexpr std::array kImpacts{model::Impact::none, model::Impact::load, model::Impact::starves, model::Impact::reboots};

/// One of the values of an enumeration.
template <typename Enum>
std::optional<Enum> read_choice(const MappingReader& mapping, std::string_view key, std::span<const Enum> values,
                                const SchemaContext& context) {
  const std::optional<PlacedText> text = mapping.scalar(key);
  if (!text) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const Enum value : values) {
    if (text->text == to_string(value)) {
      return value;
    }
    names.emplace_back(to_string(value));
  }
  context.faults.add(text->at, fmt::format("'{}': '{}' is none of {}{}", key, text->text, fmt::join(names, ", "),
                                           base::did_you_mean(text->text, names)));
  return std::nullopt;
}

bool read_flag(const MappingReader& mapping, std::string_view key, const SchemaContext& context) {
  const std::optional<PlacedText> text = mapping.scalar(key);
  if (text && text->text != "true" && text->text != "false") {
    context.faults.add(text->at, fmt::format("'{}': expected true or false, got '{}'", key, text->text));
  }
  return text && text->text == "true";
}

std::optional<int> read_count(const MappingReader& mapping, std::string_view key, const SchemaContext& context) {
  const std::optional<PlacedText> text = mapping.scalar(key);
  if (!text) {
    return std::nullopt;
  }
  int count = 0;
  const char* const end = text->text.data() + text->text.size();
  const auto [parsed, error] = std::from_chars(text->text.data(), end, count);
  if (error != std::errc() || parsed != end || count < 1) {
    context.faults.add(text->at, fmt::format("'{}': expected a whole number from 1, got '{}'", key, text->text));
    return std::nullopt;
  }
  return count;
}

std::optional<std::chrono::milliseconds> read_duration(const MappingReader& mapping, std::string_view key,
                                                       const SchemaContext& context) {
  const std::optional<PlacedText> text = mapping.scalar(key);
  if (!text) {
    return std::nullopt;
  }
  const std::optional<std::chrono::milliseconds> duration = base::parse_duration(text->text);
  if (!duration || *duration <= std::chrono::milliseconds::zero()) {
    context.faults.add(text->at, fmt::format("'{}': '{}' is no time such as 90s or 1h30m", key, text->text));
    return std::nullopt;
  }
  return duration;
}

std::string optional_text(const MappingReader& mapping, std::string_view key) {
  std::optional<PlacedText> text = mapping.text(key);
  return text ? std::move(text->text) : std::string();
}

std::vector<std::string> plain_texts(const MappingReader& mapping, std::string_view key) {
  std::vector<std::string> texts;
  for (PlacedText& text : mapping.texts(key)) {
    texts.push_back(std::move(text.text));
  }
  return texts;
}

std::string read_id(const MappingReader& mapping, const SchemaContext& context) {
  std::optional<PlacedText> id = mapping.text("id");
  if (id && !is_case_id(id->text)) {
    context.faults.add(id->at, fmt::format("'id': '{}' must begin with one of a-z or 0-9 and hold only these, '.' and "
                                           "'-', at most 63 of them",
                                           id->text));
    return {};
  }
  return id ? std::move(id->text) : std::string();
}

std::string read_kep(const MappingReader& mapping, const SchemaContext& context) {
  std::optional<PlacedText> item = mapping.text("kep");
  if (!item) {
    return "";
  }
  std::vector<std::string> known;
  for (const model::KepItem& each : model::kep_items()) {
    known.emplace_back(each.id);
  }
  if (std::find(known.begin(), known.end(), item->text) == known.end()) {
    context.faults.add(
        item->at, fmt::format("'kep': KEP-2578 has no item '{}'{}", item->text, base::did_you_mean(item->text, known)));
  }
  return std::move(item->text);
}

/// Becomes part of file names, options and keys of reports.
std::string read_suite(const MappingReader& mapping, const SchemaContext& context) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  std::optional<PlacedText> suite = mapping.text("suite");
  if (!suite) {
    return std::string(model::kE2eSuite);
  }
  if (suite->text.find_first_not_of(kAllowed) != std::string::npos || suite->text.starts_with('-')) {
    context.faults.add(suite->at, fmt::format("'suite': '{}' must hold only a-z, 0-9, '_' and '-'", suite->text));
  }
  return std::move(suite->text);
}

/// Whole references are left to the kubelet's judgement.
bool is_image(std::string_view entry) {
  constexpr std::string_view kInNames = "abcdefghijklmnopqrstuvwxyz0123456789_.-|";
  const bool is_reference = entry.find_first_of("/:") != std::string_view::npos;
  return is_reference ? entry.find_first_of(" \t\n|") == std::string_view::npos
                      : entry.find_first_not_of(kInNames) == std::string_view::npos;
}

std::vector<std::string> read_images(const MappingReader& mapping, const SchemaContext& context) {
  std::vector<std::string> images;
  for (PlacedText& entry : mapping.texts("images")) {
    if (!is_image(entry.text)) {
      context.faults.add(entry.at,
                         fmt::format("'images': '{}' is neither a name such as agnhost nor a reference such as "
                                     "registry.example/tool:1.0",
                                     entry.text));
    }
    images.push_back(std::move(entry.text));
  }
  return images;
}

void read_proof(const MappingReader& mapping, model::TestCase& test, const SchemaContext& context) {
  test.proves = read_choice<model::Proves>(mapping, "proves", kProves, context);
  test.missing = optional_text(mapping, "missing");
  const bool incomplete = test.proves == model::Proves::part || test.proves == model::Proves::none;
  if (incomplete && !mapping.has("missing")) {
    context.faults.add(mapping.at("proves"), fmt::format("'proves: {}' needs 'missing': say what isn't proven and why",
                                                         to_string(*test.proves)));
  }
}

}  // namespace

const std::vector<std::string>& case_keys() {
  static const std::vector<std::string> keys{
      "id",           "description", "kep",       "proves", "missing", "focus",  "skip",  "expect",
      "needs",        "images",      "placement", "impact", "timeout", "serial", "suite", "kubernetesVersions",
      "skipProviders"};
  return keys;
}

std::vector<std::string> read_patterns(const MappingReader& mapping, std::string_view key,
                                       const SchemaContext& context) {
  std::vector<std::string> patterns;
  const auto check = [&](const std::string& pattern, Position at) {
    const auto& regexp_fault = context.options.regexp_fault;
    const std::optional<std::string> fault = regexp_fault ? regexp_fault(pattern) : std::nullopt;
    if (fault) {
      context.faults.add(at, fmt::format("'{}': invalid regular expression: {}", key, *fault));
    }
    return !fault;
  };
  bool all_valid = true;
  for (PlacedText& entry : mapping.texts(key)) {
    all_valid = check(entry.text, entry.at) && all_valid;
    patterns.push_back(std::move(entry.text));
  }
  // Ginkgo compiles them as one, which can be too large where each alone isn't.
  if (all_valid && patterns.size() > 1) {
    check(fmt::format("{}", fmt::join(patterns, "|")), mapping.at(key));
  }
  return patterns;
}

std::vector<std::string> read_required_patterns(const MappingReader& mapping, std::string_view key,
                                                const SchemaContext& context) {
  const std::size_t faults_before = context.faults.diagnostics().size();
  std::vector<std::string> patterns = read_patterns(mapping, key, context);
  const bool said_why = context.faults.diagnostics().size() != faults_before;
  if (mapping.require(key) && patterns.empty() && !said_why) {
    context.faults.add(mapping.at(key), fmt::format("'{}' holds no pattern: a case must choose its specs", key));
  }
  return patterns;
}

void add_version(std::vector<model::Version>& versions, const PlacedText& text, const SchemaContext& context) {
  if (const std::optional<model::Version> version = model::Version::parse(text.text)) {
    versions.push_back(*version);
  } else {
    context.faults.add(text.at, fmt::format("'{}' is no Kubernetes version such as 1.30", text.text));
  }
}

std::vector<model::Version> read_versions(const MappingReader& mapping, std::string_view key,
                                          const SchemaContext& context) {
  std::vector<model::Version> versions;
  for (const PlacedText& text : mapping.scalars(key)) {
    add_version(versions, text, context);
  }
  return versions;
}

model::TestCase read_case(const MappingReader& mapping, const SchemaContext& context) {
  model::TestCase test;
  test.place = context.faults.place(mapping.at());
  test.id = read_id(mapping, context);
  test.description = mapping.required_text("description");
  test.kep = read_kep(mapping, context);
  read_proof(mapping, test, context);
  test.focus = test.proves == model::Proves::none ? read_patterns(mapping, "focus", context)
                                                  : read_required_patterns(mapping, "focus", context);
  test.skip = read_patterns(mapping, "skip", context);
  test.expect = read_count(mapping, "expect", context);
  test.needs = plain_texts(mapping, "needs");
  test.images = read_images(mapping, context);
  test.placement = read_choice<model::Placement>(mapping, "placement", kPlacements, context);
  test.impact = read_choice<model::Impact>(mapping, "impact", kImpacts, context).value_or(model::Impact::none);
  test.timeout = read_duration(mapping, "timeout", context);
  test.serial = read_flag(mapping, "serial", context);
  test.suite = read_suite(mapping, context);
  test.kubernetes_versions = read_versions(mapping, "kubernetesVersions", context);
  test.skip_providers = plain_texts(mapping, "skipProviders");
  return test;
}

}  // namespace opready::specs
