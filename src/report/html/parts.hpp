// SPDX-License-Identifier: Apache-2.0
// Pieces that several sections of a page are made of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "opready/base/timestamp.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/html_writer.hpp"

#include "html/run_view.hpp"

namespace opready::report {

/// `foreign` as one line of at most so many bytes, and "…" where something was cut.
[[nodiscard]] std::string shown(std::string_view foreign, std::size_t max_bytes = 300);

/// "10,000".
[[nodiscard]] std::string grouped(std::size_t number);

/// "2026-01-31 08:15:30 UTC".
[[nodiscard]] std::string when(base::Timestamp time);

/// `id` of the place on the page where the failure of the case `case_id` is told.
[[nodiscard]] std::string failure_id(std::string_view case_id);

/// The name of a case, linked to where its failure is told.
void write_case_name(HtmlWriter& out, const CaseView& item);

/// A state by shape, colour and word.
void write_state(HtmlWriter& out, State state, std::string_view word);

/// The heading of a section, with an id that the navigation and screen readers take.
void write_heading(HtmlWriter& out, std::string_view id, std::string_view title, std::string_view count = {});

/// What kept something from being shown in full.
void write_note(HtmlWriter& out, std::string_view text);

/// "test/e2e/network/dns.go:152", linked to Kubernetes' sources where the suite's release is known; nothing where a
/// spec has no place.
void write_place(HtmlWriter& out, const model::Plan& plan, std::string_view suite, const model::Spec& spec);

/// The log of an attempt, linked. `text` says which it is.
void write_log_link(HtmlWriter& out, const model::AttemptRecord& attempt, std::string_view text);

/// A bar as long as `share`, from 0 to 1, of the room for it.
void write_bar(HtmlWriter& out, double share, State state);

/// Heads of a table's columns; those that begin with '#' are of numbers.
void write_column_heads(HtmlWriter& out, std::initializer_list<std::string_view> titles);

}  // namespace opready::report
