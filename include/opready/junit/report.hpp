// SPDX-License-Identifier: Apache-2.0
// A JUnit file as plain data.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace opready::junit {

struct Property {
  std::string name;
  std::string value;

  friend bool operator==(const Property&, const Property&) = default;
};

/// Which of <failure>, <error> and <skipped> a test case has; `passed` for none of them.
enum class CaseKind { passed, failed, error, skipped };

struct Case {
  std::string name;
  std::string classname;
  std::string status;  ///< Ginkgo's attribute of that name; empty where the file has none.
  std::chrono::milliseconds duration{};
  CaseKind kind = CaseKind::passed;
  std::string message;  ///< Attributes and text of the element that `kind` names.
  std::string type;
  std::string body;
  std::string system_out;
  std::string system_err;
  std::vector<Property> properties;

  friend bool operator==(const Case&, const Case&) = default;
};

struct Suite {
  std::string name;
  std::string timestamp;  ///< As the file has it; by custom "2026-01-31T08:15:30" with or without a zone.
  std::string index;      ///< The older tool's attribute: the number of the case inside its category.
  std::chrono::milliseconds duration{};  ///< As the file claims; the writer computes its own.
  std::vector<Property> properties;
  std::vector<Case> cases;
  std::string system_out;
  std::string system_err;

  friend bool operator==(const Suite&, const Suite&) = default;
};

struct Report {
  std::string name;      ///< In files of the older tool: the case's description.
  std::string category;  ///< In files of the older tool only.
  std::vector<Suite> suites;
  std::string fault;  ///< Why the file could not be read to its end, as a sentence that names it; empty where it could.

  friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace opready::junit
