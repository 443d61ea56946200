// SPDX-License-Identifier: Apache-2.0
// Splits a command into words, and fills in what it's about.
#include "opready/publish/command_words.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "opready/base/error.hpp"

namespace opready::publish {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::string_view kSource = "{src}";
constexpr std::string_view kDestination = "{dst}";

class Splitter {
 public:
  explicit Splitter(std::string_view text) : rest_(text) {}

  std::vector<std::string> words() {
    while (!rest_.empty()) {
      const char c = take();
      if (c == '\'') {
        take_single_quoted();
      } else if (c == '"') {
        take_double_quoted();
      } else if (c == '\\') {
        add(take_escaped());
      } else if (kWhiteSpace.find(c) != std::string_view::npos) {
        end_word();
      } else {
        add(c);
      }
    }
    end_word();
    return std::move(words_);
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  char take_escaped() {
    if (rest_.empty()) {
      throw base::usage_error("it ends with a backslash");
    }
    return take();
  }

  char take_quoted() {
    if (rest_.empty()) {
      throw base::usage_error("a quote isn't closed");
    }
    return take();
  }

  void add(char c) { word_ = word_.value_or("") + c; }

  void take_single_quoted() {
    word_ = word_.value_or("");  // Quotes make a word even if there is nothing between them.
    for (char c = take_quoted(); c != '\''; c = take_quoted()) {
      add(c);
    }
  }

  void take_double_quoted() {
    word_ = word_.value_or("");
    for (char c = take_quoted(); c != '"'; c = take_quoted()) {
      const bool escapes = c == '\\' && (rest_.starts_with('"') || rest_.starts_with('\\'));
      add(escapes ? take() : c);
    }
  }

  void end_word() {
    if (word_) {
      words_.push_back(std::move(*word_));
      word_.reset();
    }
  }

  std::string_view rest_;
  std::optional<std::string> word_;  ///< The one under way.
  std::vector<std::string> words_;
};

/// In one pass, since what is filled in may hold braces of its own.
std::string filled(std::string_view word, const std::string& source, const std::string& destination) {
  std::string result;
  while (!word.empty()) {
    if (word.starts_with(kSource)) {
      result += source;
      word.remove_prefix(kSource.size());
    } else if (word.starts_with(kDestination)) {
      result += destination;
      word.remove_prefix(kDestination.size());
    } else {
      result += word.front();
      word.remove_prefix(1);
    }
  }
  return result;
}

void require_placeholder(const std::vector<std::string>& words, std::string_view placeholder) {
  const auto holds = [&](const std::string& word) { return word.find(placeholder) != std::string::npos; };
  if (std::none_of(words.begin(), words.end(), holds)) {
    throw base::usage_error(fmt::format(
        "it lacks {}: it must say what is copied and where, as in 'gsutil -m cp -r {{src}} {{dst}}'", placeholder));
  }
}

}  // namespace

std::vector<std::string> command_words(std::string_view text) {
  return Splitter(text).words();
}

std::vector<std::string> upload_command(const std::vector<std::string>& words, const std::string& source,
                                        const std::string& destination) {
  std::vector<std::string> command;
  command.reserve(words.size());
  for (const std::string& word : words) {
    command.push_back(filled(word, source, destination));
  }
  return command;
}

std::vector<std::string> parse_upload_command(std::string_view text) {
  try {
    std::vector<std::string> words = command_words(text);
    if (words.empty() || words.front().empty()) {
      throw base::usage_error("it names no program");
    }
    require_placeholder(words, kSource);
    require_placeholder(words, kDestination);
    return words;
  } catch (const base::Error& error) {
    throw error.within("--upload-command");
  }
}

}  // namespace opready::publish
