# SPDX-License-Identifier: Apache-2.0
"""A gibibyte of log in less than 30 MiB of memory; a quarter of it unless OPREADY_SOAK=1."""

import os
import unittest

from opready import MEBIBYTE, OpreadyTest

CASE, SIZE = ("log-1g", 1024 * MEBIBYTE) if os.environ.get("OPREADY_SOAK") else ("log-256m", 256 * MEBIBYTE)


class Memory(OpreadyTest):
    def test_a_long_log_needs_no_more_memory_than_a_line(self):
        self.assertLess(self.peak_memory(CASE), 30 * MEBIBYTE)
        self.assert_whole_reports()
        log = self.report.path / f"cases/{CASE}/attempt-1/e2e.log"
        self.assertGreater(log.stat().st_size, SIZE)


if __name__ == "__main__":
    unittest.main()
