// SPDX-License-Identifier: Apache-2.0
// --redact-hosts: which machines a run knows, and its events and logs without them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "opready/base/host_mask.hpp"
#include "opready/model/run_record.hpp"

namespace opready::publish {

/// Masks the cluster's nodes, its server and the machine that op-readiness ran on. Throws Error (exit code 3) where the
/// run knows of no node: those in its logs could not be told from other words.
[[nodiscard]] std::unique_ptr<base::HostMask> mask_of(const model::RunRecord& record);

/// The lines of an events.jsonl with every text in them masked, but for what programs compare: ids, outcomes and the
/// like. Of labels and node selectors, keys are masked too. Offsets into logs, which masks move, are left out, and so
/// is a torn last line.
[[nodiscard]] std::string masked_events(std::string_view text, base::HostMask& mask);

/// A path relative to the report directory, with each name in it masked but for a case's directory, which is its id.
[[nodiscard]] std::string masked_path(const std::string& file, base::HostMask& mask);

/// Copies text of any size: `feed` each chunk of it, then `finish`.
class MaskedText {
 public:
  using Sink = std::function<void(std::string_view)>;

  MaskedText(base::HostMask& mask, Sink sink);
  MaskedText(const MaskedText&) = delete;
  MaskedText& operator=(const MaskedText&) = delete;
  ~MaskedText();

  void feed(std::string_view chunk);
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace opready::publish
