// SPDX-License-Identifier: Apache-2.0
// Reading of flags and specs.
#include "opready/suite/answers.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "opready/junit/ginkgo_report.hpp"

namespace opready::suite {
namespace {

template <typename Action>
void for_each_line(std::string_view text, Action action) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    action(line);
  }
}

/// `text` from the first character that's not in `characters`.
std::string_view without_leading(std::string_view text, std::string_view characters) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(characters)));
  return text;
}

/// Compilers leave the paths of the machine that built the binary.
std::string_view from_test_e2e(std::string_view file) {
  const std::size_t begin = file.find("/test/e2e");
  return begin == std::string_view::npos ? file : file.substr(begin + 1);
}

/// Nothing for a line that names no spec.
std::optional<model::Spec> parse_listed(std::string_view text) {
  constexpr std::string_view kIndent = "    ";
  if (!text.starts_with(kIndent)) {
    return std::nullopt;
  }
  auto spec = model::parse_listed_spec(text.substr(kIndent.size()));
  if (spec) {
    spec->file = std::string(from_test_e2e(spec->file));
  }
  return spec;
}

}  // namespace

Flags parse_flags(std::string_view help) {
  Flags flags;
  for_each_line(help, [&](std::string_view line) {
    line = without_leading(line, " \t");
    while (line.starts_with('-')) {
      line = without_leading(line, "-");
      const std::string_view name = line.substr(0, line.find_first_of(" \t,="));
      if (!name.empty()) {
        flags.emplace(name);
      }
      line = without_leading(line.substr(name.size()), ", ");
    }
  });
  return flags;
}

std::vector<model::Spec> parse_spec_list(std::string_view list) {
  std::vector<model::Spec> specs;
  for_each_line(list, [&](std::string_view line) {
    if (auto spec = parse_listed(line)) {
      specs.push_back(*std::move(spec));
    }
  });
  return specs;
}

std::vector<model::Spec> specs_of_dry_run(const junit::Report& report) {
  std::vector<model::Spec> specs;
  for (const junit::Suite& suite : report.suites) {
    for (const junit::Case& test : suite.cases) {
      const auto name = junit::spec_name(test);
      if (name && test.kind == junit::CaseKind::passed) {
        specs.push_back({.name = *name});
      }
    }
  }
  return specs;
}

std::string_view last_line(std::string_view text) {
  std::string_view last;
  for_each_line(text, [&](std::string_view line) {
    if (!without_leading(line, " \t").empty()) {
      last = line;
    }
  });
  return last;
}

}  // namespace opready::suite
