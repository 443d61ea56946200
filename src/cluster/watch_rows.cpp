// SPDX-License-Identifier: Apache-2.0
// Takes kubectl's rows apart: cells stand at least three spaces from each other, and hold single ones, as "1 (5s ago)".
#include "opready/cluster/watch_rows.hpp"

#include <algorithm>
#include <cstddef>

#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::cluster {
namespace {

constexpr std::string_view kGap = "   ";
constexpr std::string_view kNone = "<none>";
constexpr std::size_t kMaxName = 253;
constexpr std::size_t kMaxLabelValue = 63;
constexpr std::size_t kMaxStatus = 64;
constexpr std::size_t kMaxMessage = 512;

/// A row whose cells are taken from its left.
class Cells {
 public:
  explicit Cells(std::string_view line) : rest_(line) {}

  /// Empty at the row's end.
  std::string_view next() {
    const std::string_view cell = rest_.substr(0, rest_.find(kGap));
    rest_.remove_prefix(cell.size());
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    return cell;
  }

  /// What is left of the row, whatever spaces it holds.
  [[nodiscard]] std::string_view rest() const { return rest_.substr(0, rest_.find_last_not_of(' ') + 1); }

 private:
  std::string_view rest_;
};

bool is_change(std::string_view cell) {
  return cell == "ADDED" || cell == "MODIFIED" || cell == "DELETED";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Letters, digits and whatever `others` has, as names and label values of Kubernetes are.
bool is_word(std::string_view cell, std::string_view others, std::size_t max_size) {
  return !cell.empty() && cell.size() <= max_size && std::all_of(cell.begin(), cell.end(), [&](char c) {
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_name(std::string_view cell) {
  return is_word(cell, "-.", kMaxName);
}

bool is_label_value(std::string_view cell) {
  return cell.empty() || is_word(cell, "-._", kMaxLabelValue);
}

std::string shown(std::string_view cell, std::size_t max_size) {
  std::string text = base::redacted(base::sanitized(cell));
  std::replace(text.begin(), text.end(), '\n', ' ');  // It was a carriage return.
  return std::string(base::utf8_prefix(text, max_size));
}

}  // namespace

std::optional<NamespaceRow> parse_namespace_row(std::string_view line) {
  Cells cells(line);
  const bool row = is_change(cells.next());
  const std::string_view name = cells.next();
  const std::string_view status = cells.next();
  const std::string_view age = cells.next();
  const std::string_view e2e_run = cells.next();
  if (!row || !is_name(name) || status.empty() || age.empty() || !is_label_value(e2e_run)) {
    return std::nullopt;
  }
  return NamespaceRow{std::string(name), std::string(e2e_run)};
}

std::optional<PodRow> parse_pod_row(std::string_view line) {
  Cells cells(line);
  const bool row = is_change(cells.next());
  const std::string_view name_space = cells.next();
  const std::string_view name = cells.next();
  const std::string_view ready = cells.next();
  const std::string_view status = cells.next();
  const std::string_view restarts = cells.next();
  const std::string_view age = cells.next();
  const std::string_view address = cells.next();
  const std::string_view node = cells.next();
  // READY and RESTARTS tell a row whose status has gaps of its own, which would pass another cell off as the node.
  const bool in_place = ready.find('/') != std::string_view::npos && !restarts.empty() && is_digit(restarts.front());
  if (!row || !is_name(name_space) || !is_name(name) || !in_place || age.empty() || address.empty() ||
      (node != kNone && !is_name(node))) {
    return std::nullopt;
  }
  return PodRow{std::string(name_space), std::string(name), shown(status, kMaxStatus),
                node == kNone ? std::string() : std::string(node)};
}

std::optional<WarningRow> parse_warning_row(std::string_view line) {
  Cells cells(line);
  const bool row = is_change(cells.next());
  const std::string_view name_space = cells.next();
  const std::string_view last_seen = cells.next();
  const std::string_view type = cells.next();
  const std::string_view reason = cells.next();
  const std::string_view object = cells.next();
  if (!row || !is_name(name_space) || last_seen.empty() || type != "Warning" || !is_word(reason, "-._", kMaxName) ||
      !is_word(object, "-./:", 2 * kMaxName) || object.find('/') == std::string_view::npos) {
    return std::nullopt;
  }
  return WarningRow{std::string(name_space), std::string(reason), std::string(object),
                    shown(cells.rest(), kMaxMessage)};
}

}  // namespace opready::cluster
