// SPDX-License-Identifier: Apache-2.0
// From `--place` to who places a run's pods.
#pragma once

#include <memory>
#include <string>

#include "opready/cli/options.hpp"
#include "opready/cluster/placer.hpp"
#include "opready/cluster/policy_placer.hpp"
#include "opready/report/text_output.hpp"

#include "preparation.hpp"

namespace opready::cli {

/// A way of placing pods that the cluster was asked about.
struct ReadyPlacement {
  Placing way = Placing::scheduler;
  cluster::PolicyGround ground;  ///< For Placing::policy.
};

/// Asks the cluster whether it can be done. Changes nothing. Says what a taint would do to other people's pods. Throws
/// Error (exit code 3) that names the other ways.
[[nodiscard]] ReadyPlacement ready_placement(const RunOptions& options, const Prepared& prepared,
                                             report::TextOutput& out);

/// Null where the scheduler is left alone.
[[nodiscard]] std::unique_ptr<cluster::Placer> make_placer(const ReadyPlacement& placement,
                                                           const cluster::PlacerContext& context,
                                                           const cluster::Owner& owner);

/// As reports name it; empty for the scheduler.
[[nodiscard]] std::string name_of(Placing way);

}  // namespace opready::cli
