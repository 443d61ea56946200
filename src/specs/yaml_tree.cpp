// SPDX-License-Identifier: Apache-2.0
// Reads a YAML text into a tree, and explains what makes it unreadable.
#include "yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "yaml_builder.hpp"

namespace opready::specs {

namespace {

// yaml-cpp takes a tab for one space, and then reads something else than people see.
std::optional<YamlFault> tab_in_indentation(std::string_view text) {
  int line = 0;
  while (!text.empty()) {
    ++line;
    const std::string_view content = text.substr(0, text.find('\n'));
    const std::size_t begin = content.find_first_not_of(" \t\r");
    const std::size_t tab = content.find('\t');
    if (begin != std::string_view::npos && tab < begin && content[begin] != '#') {
      return YamlFault{{line, static_cast<int>(tab) + 1},
                       "a tab in the indentation: use spaces, YAML allows nothing else there"};
    }
    text.remove_prefix(std::min(text.size(), content.size() + 1));
  }
  return std::nullopt;
}

struct Rewording {
  std::string_view begin;  ///< Of yaml-cpp's message.
  std::string_view message;
  int columns_back = 0;  ///< From where the parser stood to what is at fault.
};

const std::array kRewordings{
    Rewording{YAML::ErrorMsg::END_OF_MAP,
              "this line fits none of the indentations above: align it with its neighbours"},
    Rewording{YAML::ErrorMsg::END_OF_SEQ,
              "this line fits none of the indentations above: align it with its neighbours"},
    Rewording{YAML::ErrorMsg::MAP_VALUE,
              "a ':' that can't stand here: put a text that holds ': ' in quotes, or mend the line above"},
    Rewording{YAML::ErrorMsg::BLOCK_ENTRY, "a list entry ('- ') that can't stand here: begin it in a line of its own"},
    Rewording{YAML::ErrorMsg::FLOW_END,
              "a closing bracket without its opening one: put a text that holds it in quotes"},
    Rewording{YAML::ErrorMsg::UNKNOWN_TOKEN, "a text can't begin with this character: put it in quotes"},
    Rewording{YAML::ErrorMsg::INVALID_ESCAPE,
              "in double quotes '\\' begins an escape, and this is none: use single quotes for regular expressions", 2},
    Rewording{YAML::ErrorMsg::UNKNOWN_ANCHOR,
              "an alias to an anchor that isn't there: put a text that begins with '*' in quotes"},
    Rewording{YAML::ErrorMsg::DOC_IN_SCALAR, "a document marker inside quotes: is the closing quote missing above?"},
    Rewording{YAML::ErrorMsg::TAB_IN_INDENTATION,
              "a tab in the indentation: use spaces, YAML allows nothing else there"},
    Rewording{YAML::ErrorMsg::BAD_FILE, "too deeply nested for a category file"},
};

YamlFault not_closed(const YamlNode& flow, const YAML::ParserException& error) {
  const bool list = flow.kind == YamlNode::Kind::list;
  return {flow.at, fmt::format("this '{}' isn't closed by line {}: add the '{}', or the ',' that is missing",
                               list ? '[' : '{', error.mark.line + 1, list ? ']' : '}')};
}

// yaml-cpp has no error codes: its message constants are all that tells faults apart.
YamlFault explain(const YAML::ParserException& error, const YamlBuilder& builder) {
  const bool in_flow = error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW || error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW;
  if (const YamlNode* flow = builder.open_flow(); in_flow && flow != nullptr) {
    return not_closed(*flow, error);
  }
  const bool broken_off = error.msg == YAML::ErrorMsg::END_OF_MAP || error.msg == YAML::ErrorMsg::END_OF_SEQ;
  if (broken_off && builder.last_read().kind == LastRead::Kind::quoted) {
    return {builder.last_read().at,
            "text goes on after the closing quote: write '' for a ' in single quotes, \\\" for a \" in double quotes"};
  }
  if (broken_off && builder.last_read().kind == LastRead::Kind::flow) {
    return {builder.last_read().at,
            "text goes on after this bracket is closed: put a text that begins with it in quotes"};
  }
  for (const Rewording& rewording : kRewordings) {
    if (error.msg.starts_with(rewording.begin)) {
      Position at = position(error.mark);
      at.column -= rewording.columns_back;
      return {at, std::string(rewording.message)};
    }
  }
  return {position(error.mark), "not readable as YAML: " + error.msg};
}

}  // namespace

std::variant<YamlNodePtr, YamlFault> parse_yaml(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    return YamlFault{{}, "not a text in UTF-8: save it as such"};
  }
  if (std::optional<YamlFault> tab = tab_in_indentation(text)) {
    return *tab;
  }
  YamlBuilder builder(text);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YamlFault& fault) {
    return fault;
  } catch (const YAML::ParserException& error) {
    return explain(error, builder);
  }
  return builder.root();
}

}  // namespace opready::specs
