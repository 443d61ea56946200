// SPDX-License-Identifier: Apache-2.0
// The sections of a run's page, each of bounded size whatever the run's. Those that have nothing to tell write nothing.
#pragma once

#include <cstddef>

#include "opready/report/html_writer.hpp"

#include "html/run_view.hpp"

namespace opready::report {

/// The answer, what it's about, and what a reader of any part should know.
void write_verdict(HtmlWriter& out, const RunView& run);
/// Every case that makes the run fail, with the texts of its specs. Notes in `run` which were told: it comes first.
void write_failures(HtmlWriter& out, RunView& run);
/// What failed and then passed, attempt by attempt.
void write_flakes(HtmlWriter& out, const RunView& run);
/// Categories, and the state of each KEP item in them.
void write_categories(HtmlWriter& out, const RunView& run);
/// All cases, in at most about `room` bytes.
void write_case_rows(HtmlWriter& out, const RunView& run, std::size_t room);
/// Specs with their places in Kubernetes, and where their pods ran. In at most about `room` bytes.
void write_spec_rows(HtmlWriter& out, const RunView& run, std::size_t room);
/// What ran when on which job slot.
void write_timeline(HtmlWriter& out, const RunView& run);
void write_slowest(HtmlWriter& out, const RunView& run);
void write_environment(HtmlWriter& out, const RunView& run);

}  // namespace opready::report
