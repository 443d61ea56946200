// SPDX-License-Identifier: Apache-2.0
// A stream cut into lines is the stream again when they're joined, and each can be made safe to show. The input's first
// two bytes say how long a piece may be, and in which chunks the rest arrives.
#include "opready/process/line_splitter.hpp"

#include <string>

#include "opready/base/redact.hpp"

#include "target.hpp"

namespace opready::fuzz {
namespace {

/// Joins pieces again, and holds them to their contract.
class Joiner {
 public:
  explicit Joiner(std::size_t limit) : limit_(limit) {}

  void add(const process::LinePiece& piece) {
    require(piece.first == at_line_start_, "a piece is the first of its line exactly where a line begins");
    require(piece.text.size() <= limit_, "a piece is no longer than the limit");
    require(piece.last || !piece.text.empty(), "only a line's end may be empty");
    require(piece.text.find('\n') == std::string_view::npos, "a piece holds no newline");
    joined_.append(piece.text).append(piece.last ? "\n" : "");
    at_line_start_ = piece.last;
  }

  [[nodiscard]] const std::string& joined() const { return joined_; }

 private:
  std::size_t limit_;
  bool at_line_start_ = true;
  std::string joined_;
};

void check_split(std::string_view text, std::size_t limit, std::size_t chunk) {
  Joiner joiner(limit);
  process::LineSplitter splitter([&](const process::LinePiece& piece) { joiner.add(piece); }, limit);
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(chunk, rest.size()))) {
    splitter.feed(rest.substr(0, chunk));
  }
  splitter.finish();
  const bool unfinished = !text.empty() && text.back() != '\n';
  require(joiner.joined() == std::string(text) + (unfinished ? "\n" : ""), "pieces joined again are the stream");
}

void check_sanitized(std::string_view text) {
  const std::string clean = base::sanitized(text);
  require_showable(clean, "sanitised text");
  const std::string_view prefix = base::utf8_prefix(clean, clean.size() / 2);
  require(prefix.size() <= clean.size() / 2, "a prefix is as long as asked for at most");
  require_showable(prefix, "a prefix of sanitised text");
  require(base::display_width(base::elided(clean, 20)) <= 20, "elided text fits");
}

/// No text in front of a secret, in its line or in lines before, may give it away.
void check_redacted(std::string_view text) {
  constexpr std::string_view kSecret = "c2VjcmV0LTEyMzQ1Njc4OTA";
  const std::string line = base::sanitized(text);
  if (line.find(kSecret) != std::string::npos) {
    return;  // libFuzzer tries what we look for.
  }
  for (const std::string_view before : {" --token=", " --client-key ", " Authorization: Bearer ", "\ntoken: "}) {
    const std::string shown = base::redacted(line + std::string(before) + std::string(kSecret));
    require(shown.find(kSecret) == std::string::npos, "a secret is masked: " + shown);
  }
}

}  // namespace

void line_splitter(std::string_view input) {
  if (input.size() < 2) {
    return;
  }
  const auto number = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(input[at])); };
  const std::string_view text = input.substr(2);
  check_split(text, 1 + number(0), 1 + number(1));
  check_split(text, process::LineSplitter::kDefaultLimit, 1 + number(1));
  check_sanitized(text);
  check_redacted(text);
}

}  // namespace opready::fuzz
