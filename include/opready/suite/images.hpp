// SPDX-License-Identifier: Apache-2.0
// Which container images the pods of a plan's cases will want.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/plan.hpp"
#include "opready/process/capture.hpp"

namespace opready::suite {

/// What an entry of a case's `images` means among the references that a binary lists:
/// - a reference ("registry.example/tool:1.0") itself, whether or not it's listed;
/// - "agnhost" the newest version of the image of that name, whatever registry it comes from;
/// - "agnhost-prev" the version before that, in the same repository;
/// - "httpd|agnhost" the first of these that is listed.
/// Nothing where the list holds none.
[[nodiscard]] std::optional<std::string> find_image(std::string_view entry, const std::vector<std::string>& listed);

struct WantedImages {
  std::vector<std::string> references;  ///< Each once, in the order in which cases name them.
  std::vector<std::string> faults;      ///< Why some aren't known, naming the cases: in sentences, without a period.
};

/// For the cases that will be started. Asks each binary that has to be asked for its `--list-images`: that answer
/// depends on the environment (KUBE_TEST_REPO_LIST), so it's not remembered.
[[nodiscard]] WantedImages wanted_images(const model::Plan& plan, const process::Capture& capture);

}  // namespace opready::suite
