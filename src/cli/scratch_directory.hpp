// SPDX-License-Identifier: Apache-2.0
// One place for all temporary files of a run, children's included.
#pragma once

#include "opready/base/output_directory.hpp"

namespace opready::cli {

/// Makes a private directory and names it in $TMPDIR, for this process and its children; removed with all its content.
/// Every start of e2e.test leaves an empty `test-kuberc*` directory behind (Kubernetes' test/e2e/kubectl/kuberc.go),
/// and one that is killed leaves more. What a run that was killed couldn't remove, a copy of a kubeconfig perhaps, the
/// next one does: such a directory is locked for as long as its run lives.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory();

 private:
  base::TemporaryDirectory directory_;
  int lock_;
};

}  // namespace opready::cli
