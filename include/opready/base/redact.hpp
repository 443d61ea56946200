// SPDX-License-Identifier: Apache-2.0
// Masks secrets in everything that op-readiness writes, children's output included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace opready::base {

/// What stands in a secret's place.
inline constexpr std::string_view kMask = "[redacted]";

/// Replaces, in one line of text, what looks like a secret by `kMask`: JSON Web Tokens, bearer and basic
/// credentials, values of kubeconfig's secret fields (token, client-key-data, client-certificate-data, password,
/// id-token, refresh-token; as YAML and as JSON), user:password in URLs, and the values of options whose name says
/// token, password, secret, key or credential. Lines of a PEM private key are masked whole, up to its end or
/// the first line that can't belong to it: this needs memory from line to line, hence an object for each stream.
class Redactor {
 public:
  /// True if `line` was changed. `line` holds no newline; a piece of a longer line is treated as a line.
  bool redact(std::string& line);

 private:
  bool in_private_key_ = false;
};

/// `text` of any number of lines, redacted.
[[nodiscard]] std::string redacted(std::string_view text);

/// `argv` with the values of secret-looking options replaced, in both forms: `--token=x` and `--token x`; likewise
/// those of pairs, `--label token=x`. The other arguments are redacted as text is.
[[nodiscard]] std::vector<std::string> redacted_command(const std::vector<std::string>& argv);

}  // namespace opready::base
