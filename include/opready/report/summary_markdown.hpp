// SPDX-License-Identifier: Apache-2.0
// A run as GitHub flavoured Markdown: for the page of a CI run, and for an issue that asks for certification.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"

namespace opready::report {

constexpr const char* kSummaryMarkdownFileName = "summary.md";

/// A whole page: the verdict, a table by category, each failure with its excerpt, its log and the command that runs it
/// again, then what was flaky, skipped or not run. Never longer than `max_bytes`, at least some thousand: it says what
/// it left out. Foreign text stands in it as code, so that it means nothing else. `report_directory` is the run's, as
/// the user should see it.
[[nodiscard]] std::string summary_markdown(const model::RunRecord& record, std::string_view report_directory,
                                           std::size_t max_bytes = 1000UL * 1024);

/// What whoever asks for certification is asked for: the product as labels name it, versions, nodes and their Windows
/// builds, each KEP item with its state, exceptions, the command line. No server, context or node is named unless that
/// does. Fits an issue of GitHub (65,536 characters).
[[nodiscard]] std::string certification_markdown(const model::RunRecord& record);

}  // namespace opready::report
