// SPDX-License-Identifier: Apache-2.0
// A build directory's whole content.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "opready/base/host_mask.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/model/run_record.hpp"
#include "opready/publish/build_place.hpp"
#include "opready/publish/report_source.hpp"

namespace opready::publish {

/// What is published. Everything referred to must outlive it.
struct Build {
  const ReportSource& source;
  const CiJob& ci;
  model::RunRecord record;  ///< Of `source`.
  /// Draws the reports of a record anew: a run that was killed has none, and masks change them.
  std::function<void(const model::RunRecord& record, const base::OutputDirectory& directory)> draw;
  base::HostMask* mask = nullptr;  ///< Null: machines keep their names.
};

/// Writes it into the empty directory `into`: artifacts/ as the report directory has them, then build-log.txt,
/// started.json and finished.json. Returns the files that it left out: no text, in which machines could be masked.
[[nodiscard]] std::vector<std::string> write_build(const Build& build, const base::OutputDirectory& into);

}  // namespace opready::publish
