// SPDX-License-Identifier: Apache-2.0
// Rows of the tables that `kubectl get --watch --no-headers --output-watch-events` prints, as values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace opready::cluster {

/// Of `get namespaces -L e2e-run`.
struct NamespaceRow {
  std::string name;
  std::string e2e_run;  ///< Empty: it has no such label.

  friend bool operator==(const NamespaceRow&, const NamespaceRow&) = default;
};

/// Of `get pods -A -o wide`.
struct PodRow {
  std::string name_space;
  std::string name;
  std::string status;  ///< "Running", "ErrImagePull", "Terminating"
  std::string node;    ///< Empty: it isn't scheduled.

  friend bool operator==(const PodRow&, const PodRow&) = default;
};

/// Of `get events -A --field-selector type=Warning`.
struct WarningRow {
  std::string name_space;
  std::string reason;
  std::string object;   ///< "pod/web-0"
  std::string message;  ///< One line, redacted, cut after 512 bytes.

  friend bool operator==(const WarningRow&, const WarningRow&) = default;
};

/// Nothing for a line that is no such row. Whether something was added, modified or deleted makes no difference to
/// evidence, so it's only checked; a BOOKMARK tells nothing. All text in the result is fit to be shown.
[[nodiscard]] std::optional<NamespaceRow> parse_namespace_row(std::string_view line);
[[nodiscard]] std::optional<PodRow> parse_pod_row(std::string_view line);
[[nodiscard]] std::optional<WarningRow> parse_warning_row(std::string_view line);

}  // namespace opready::cluster
