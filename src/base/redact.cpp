// SPDX-License-Identifier: Apache-2.0
// The patterns of secrets, and one quick look that tells most lines hold none.
#include "opready/base/redact.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <re2/re2.h>

namespace opready::base {

namespace {

/// A secret and what it stands between, which is kept.
struct Rule {
  std::string before;
  std::string secret;
  std::string after;
};

// Names of fields in kubeconfig files and ExecCredentials.
constexpr std::string_view kField =
    "(?i:(?:(?:id|refresh|access)[-_]?)?token|password|client[-_]?(?:key|certificate)[-_]?data)";

constexpr std::string_view kOption = R"(--?[\w.-]*(?i:token|password|secret|key|credential)[\w.-]*)";
// Must stand before an option: without it the "-key" of "per-key" would be one.
constexpr std::string_view kOptionStart = R"((?:^|[\s"'=,(\[]))";
// A word, quoted or not, but not the next option.
constexpr std::string_view kOptionValue = R"re((?:"[^"]*"|'[^']*'|-?[^\s"'-][^\s"']*))re";

constexpr std::string_view kBeginKey = "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----";
constexpr std::string_view kEndKey = "-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----";
// Base64 that fills the line or ends it behind some program's prefix; the headers of an encrypted key; nothing.
constexpr std::string_view kInsideKey =
    R"re([ \t]*[A-Za-z0-9+/=]*\s*|.*[A-Za-z0-9+/=]{16}(?:\\[nr]|[\s"',+])*|\s*(?:Proc-Type|DEK-Info):.*)re";

std::vector<Rule> make_rules() {
  return {
      // A private key on one line, its newlines written as \n.
      {"", fmt::format("{}.*?{}", kBeginKey, kEndKey)},
      // A JSON Web Token: "eyJ" is base64 of `{"`.
      {"", R"(eyJ[\w-]{8,}(?:\.[\w-]*)+)"},
      // The header, in any of the ways in which programs print headers.
      {R"((?i:authorization)\\?["']?\s*[:=]\s*[\["'\\]*(?i:bearer|basic)\s+)", R"([^\s"'\\\],\[<][^\s"'\\\],]*)"},
      // Elsewhere "bearer" and "basic" are words of prose as well, so what follows must not look like one.
      {R"((?i:\bbearer)\s+)", R"((?:[\w.~+/=-]*[0-9][\w.~+/=-]*|[\w.~+/=-]{20,}))"},
      {R"((?i:\bbasic)\s+)", R"([A-Za-z0-9+/]{6,}={1,2})"},
      // Fields as JSON, and as JSON within a string, where each quote has a backslash.
      {fmt::format(R"re("{}"\s*:\s*")re", kField), R"re((?:[^"\\]|\\.)+)re"},
      {fmt::format(R"re(\\"{}\\"\s*:\s*\\")re", kField), R"re((?:[^"\\]|\\\\\\?.)+)re"},
      // Fields as YAML: on a line of their own, in braces, or in a string that shows its newlines as \n.
      {fmt::format(R"(^\s*(?:- +)?{}:\s+)", kField), R"(\S[^\r]*)"},
      {fmt::format(R"((?:[{{,]|\\n)\s*(?:- +)?{}:\s*)", kField), R"re((?:"[^"]*"|'[^']*'|[^\s"'\\{},\[][^\s\\},]*))re"},
      {"[A-Za-z][A-Za-z0-9+.-]*://", R"re([^\s/?#@"'<>]*:[^\s/?#"'<>]+)re", "@"},
      // Options: quoted as a whole, as one word or two, and as elements of a JSON list.
      {fmt::format(R"re("{}=)re", kOption), R"re([^"]+)re"},
      {fmt::format("'{}=", kOption), "[^']+"},
      {fmt::format(R"({}{}(?:=|\s+))", kOptionStart, kOption), std::string(kOptionValue)},
      {fmt::format(R"re("{}"\s*,\s*")re", kOption), R"re(-?[^"-][^"]*)re"},
  };
}

/// Of a line, in bytes.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Foreign output need not be UTF-8; Latin-1 takes each byte as a character.
RE2::Options options() {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return options;
}

/// Everything compiled, once and on first use: --help needs none of it.
class Patterns {
 public:
  static const Patterns& instance() {
    static const Patterns patterns;
    return patterns;
  }

  [[nodiscard]] bool suspect(const std::string& line) const { return RE2::PartialMatch(line, any_); }
  [[nodiscard]] bool begins_key(const std::string& line) const { return RE2::PartialMatch(line, begin_key_); }
  [[nodiscard]] bool ends_key(const std::string& line) const { return RE2::PartialMatch(line, end_key_); }
  [[nodiscard]] bool inside_key(const std::string& line) const { return RE2::FullMatch(line, inside_key_); }
  [[nodiscard]] bool secret_option(const std::string& name) const { return RE2::FullMatch(name, option_); }

  void mask(std::string& line) const {
    std::string masked;
    std::size_t told = 0;
    for (const Span& secret : secrets_in(line)) {
      masked.append(line, told, secret.begin - told).append(kMask);
      told = secret.end;
    }
    line = masked.append(line, told);
  }

 private:
  Patterns() : any_(any_of(make_rules()), options()) {
    for (const Rule& rule : make_rules()) {
      rules_.emplace_back(fmt::format("({}){}({})", rule.before, rule.secret, rule.after), options());
    }
  }

  /// Where `line` has secrets, in order and apart. All rules are asked about the line as it came: what one masks may be
  /// what another knows a secret by, as in "Authorization: Bearer --client-key <secret>".
  [[nodiscard]] std::vector<Span> secrets_in(const std::string& line) const {
    std::vector<Span> found;
    for (const RE2& rule : rules_) {
      add_matches(line, rule, found);
    }
    std::sort(found.begin(), found.end(), [](const Span& left, const Span& right) { return left.begin < right.begin; });
    std::vector<Span> apart;
    for (const Span& span : found) {
      if (apart.empty() || span.begin > apart.back().end) {
        apart.push_back(span);
      } else {
        apart.back().end = std::max(apart.back().end, span.end);
      }
    }
    return apart;
  }

  static void add_matches(const std::string& line, const RE2& rule, std::vector<Span>& found) {
    std::array<re2::StringPiece, 3> groups;  // The whole, and what stands before and after the secret.
    const auto place = [&](const char* at) { return static_cast<std::size_t>(at - line.data()); };
    for (std::size_t at = 0; rule.Match(line, at, line.size(), RE2::UNANCHORED, groups.data(), groups.size());
         at = place(groups[0].end())) {
      found.push_back({place(groups[1].end()), place(groups[2].begin())});
    }
  }

  static std::string any_of(const std::vector<Rule>& rules) {
    std::string pattern(kBeginKey);
    for (const Rule& rule : rules) {
      pattern += fmt::format("|{}{}{}", rule.before, rule.secret, rule.after);
    }
    return pattern;
  }

  // One automaton for all rules: a line without a secret costs one pass.
  RE2 any_;
  std::deque<RE2> rules_;  ///< Each with two groups, around the secret.
  RE2 begin_key_{std::string(kBeginKey), options()};
  RE2 end_key_{std::string(kEndKey), options()};
  RE2 inside_key_{std::string(kInsideKey), options()};
  RE2 option_{std::string(kOption), options()};
};

}  // namespace

bool Redactor::redact(std::string& line) {
  const Patterns& patterns = Patterns::instance();
  if (in_private_key_) {
    const bool last = patterns.ends_key(line);
    // A key that was cut off must not hide the rest of the stream.
    in_private_key_ = !last && patterns.inside_key(line);
    if (last || in_private_key_) {
      line = kMask;
      return true;
    }
  }
  if (!patterns.suspect(line)) {
    return false;
  }
  const std::string original = line;
  patterns.mask(line);
  if (patterns.begins_key(line)) {
    in_private_key_ = true;
    line = kMask;
  }
  return line != original;
}

std::string redacted(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  Redactor redactor;
  std::string line;
  while (true) {
    const std::size_t newline = text.find('\n');
    line = text.substr(0, newline);
    redactor.redact(line);
    result += line;
    if (newline == std::string_view::npos) {
      return result;
    }
    result += '\n';
    text.remove_prefix(newline + 1);
  }
}

namespace {

/// "password=x", the value of an option such as --label; any other text as `redacted` has it.
std::string redacted_value(const std::string& value) {
  const std::size_t equals = value.find('=');
  const bool secret = equals != std::string::npos && Patterns::instance().secret_option("--" + value.substr(0, equals));
  return secret ? value.substr(0, equals + 1).append(kMask) : redacted(value);
}

}  // namespace

std::vector<std::string> redacted_command(const std::vector<std::string>& argv) {
  const Patterns& patterns = Patterns::instance();
  std::vector<std::string> result;
  result.reserve(argv.size());
  bool value_follows = false;
  for (const std::string& argument : argv) {
    const std::size_t equals = argument.find('=');
    const bool secret_option = patterns.secret_option(argument.substr(0, equals));
    if (value_follows && !argument.starts_with("--")) {
      result.emplace_back(kMask);
      value_follows = false;
      continue;
    }
    value_follows = secret_option && equals == std::string::npos;
    if (secret_option && !value_follows) {
      result.push_back(argument.substr(0, equals + 1).append(kMask));
    } else if (argument.starts_with("--") && equals != std::string::npos) {
      result.push_back(argument.substr(0, equals + 1) + redacted_value(argument.substr(equals + 1)));
    } else {
      result.push_back(redacted_value(argument));
    }
  }
  return result;
}

}  // namespace opready::base
