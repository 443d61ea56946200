// SPDX-License-Identifier: Apache-2.0
// What a binary prints of itself: specs that can be listed again, and flags that are words.
#include <string>

#include "opready/suite/answers.hpp"

#include "target.hpp"

namespace opready::fuzz {
namespace {

std::string listing(const std::vector<model::Spec>& specs) {
  std::string text;
  for (const model::Spec& spec : specs) {
    // Files that were cut get back what shows where to cut them.
    const bool was_cut = spec.file.starts_with("test/e2e");
    text += "    " + std::string(was_cut ? "/" : "") + spec.file + ":" + std::to_string(spec.line) + ": " + spec.name +
            "\n";
  }
  return text;
}

void check_specs(std::string_view text) {
  const std::vector<model::Spec> specs = suite::parse_spec_list(text);
  for (const model::Spec& spec : specs) {
    require(spec.name.find('\n') == std::string::npos, "a spec's name is one line");
    require_showable(spec.name, "a spec's name");
  }
  require(suite::parse_spec_list(listing(specs)) == specs, "specs that are listed again are the same");
}

void check_flags(std::string_view text) {
  for (const std::string& flag : suite::parse_flags(text)) {
    require(!flag.empty() && flag.front() != '-', "a flag is named without its dashes");
    require(flag.find_first_of(" \t,=\n") == std::string::npos, "a flag is a word");
  }
}

}  // namespace

void list_tests(std::string_view input) {
  const std::string text = base::sanitized(input);
  check_specs(text);
  check_flags(text);
  const std::string_view last = suite::last_line(text);
  require(last.find('\n') == std::string_view::npos, "the last line is one");
}

}  // namespace opready::fuzz
