// SPDX-License-Identifier: Apache-2.0
// One place for all temporary files of a run, children's included.
#pragma once

#include <cstdlib>

#include "opready/base/output_directory.hpp"

namespace opready::cli {

/// Makes a private directory and names it in $TMPDIR, for this process and its children; removed with all its content.
/// Every start of e2e.test leaves an empty `test-kuberc*` directory behind (Kubernetes' test/e2e/kubectl/kuberc.go),
/// and one that is killed leaves more.
class ScratchDirectory {
 public:
  ScratchDirectory() : directory_("op-readiness-") { ::setenv("TMPDIR", directory_.path().c_str(), 1); }

 private:
  base::TemporaryDirectory directory_;
};

}  // namespace opready::cli
