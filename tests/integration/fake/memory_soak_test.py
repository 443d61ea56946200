# SPDX-License-Identifier: Apache-2.0
"""A gibibyte of log in less than 30 MiB of memory."""

import unittest

from opready import MEBIBYTE, OpreadyTest


class Memory(OpreadyTest):
    def test_a_gibibyte_of_log_needs_no_more_memory_than_a_line(self):
        self.assertLess(self.peak_memory("log-1g"), 30 * MEBIBYTE)
        self.assert_whole_reports()
        log = self.report.path / "cases/log-1g/attempt-1/e2e.log"
        self.assertGreater(log.stat().st_size, 1024 * MEBIBYTE)


if __name__ == "__main__":
    unittest.main()
