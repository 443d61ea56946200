// SPDX-License-Identifier: Apache-2.0
// Images first: pulled on every Windows node before the first case.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "opready/cli/options.hpp"
#include "opready/cluster/ownership.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/report/text_output.hpp"

#include "preparation.hpp"

namespace opready::cli {

/// What is to be pulled, and where; nothing where one of the lists is empty.
struct ImagesFirst {
  std::vector<std::string> images;
  std::vector<std::string> nodes;
  std::vector<std::string> faults;  ///< Why some images aren't among them, in sentences.
  std::chrono::milliseconds timeout{};
  bool shows_progress = true;
};

/// Asks e2e.test for the images of the cases, where the options and `jobs` say that they're pulled. Throws Error (exit
/// code 3) where the user asks for it and there is no Windows node.
[[nodiscard]] ImagesFirst images_first(const RunOptions& options, const Prepared& prepared, int jobs);

/// Pulls them for `owner`, and leaves nothing in the cluster. Whatever isn't there in the end is a warning.
/// Returns the signal by which the user ended it, which is blocked then; otherwise 0.
[[nodiscard]] int pull_images(const ImagesFirst& first, const cluster::Target& target, const cluster::Owner& owner,
                              report::TextOutput& out);

/// Tells of a run that `signal` ended before its first case.
void tell_unstarted(const model::RunStarted& started, int signal, model::EventSink& sink);

}  // namespace opready::cli
