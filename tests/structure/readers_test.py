#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds tests/readers/build.sh to its word: a download that fails is named, with what Go says of it."""

import os
import pathlib
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(__file__).resolve().parents[1] / "readers" / "build.sh"
GO = '#!/bin/sh\n[ "$1" = version ] && exit 0\necho \'{"Error": "no such host"}\'\nexit 1\n'


def main():
    with tempfile.TemporaryDirectory() as name:
        go = pathlib.Path(name) / "go"
        go.write_text(GO)
        go.chmod(0o755)
        done = subprocess.run(["bash", str(BUILD)], capture_output=True, text=True, check=False, timeout=50,
                              env={**os.environ, "PATH": f"{name}:{os.environ['PATH']}",
                                   "OPREADY_READERS": f"{name}/readers"})
    said = done.stderr
    if done.returncode != 3 or "cannot download sigs.k8s.io/prow v" not in said or "no such host" not in said:
        sys.exit(f"{BUILD} ended with {done.returncode} and said: {said}")


if __name__ == "__main__":
    main()
