# SPDX-License-Identifier: Apache-2.0
"""What a run is to the system: one thread, no leaks, little memory, quick answers."""

import pathlib
import subprocess
import time
import unittest

from opready import MEASURED_BINARY, MEBIBYTE, OpreadyTest, proc_status


class Process(OpreadyTest):
    def test_it_has_one_thread(self):
        with self.started(*self.run_arguments("interrupted", "hangs", more=["--jobs", "2"])) as child:
            self.wait_for_log("interrupted", "STEP: ")
            self.wait_for_log("hangs", "STEP: ")
            self.assertEqual("1", proc_status(child.pid)["Threads"])

    def test_nothing_is_inherited_and_nothing_left(self):
        done = self.run_cases("descriptors", "passes", "log-64m", "grandchild", more=["--jobs", "4"])
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn(b"descriptors beyond stderr: none\n", self.report.log("descriptors"))
        self.assert_nothing_left()

    def test_a_child_leads_a_group_of_its_own_and_reads_nothing(self):
        with self.started(*self.run_arguments("interrupted")) as run:
            self.wait_for_log("interrupted", "STEP: ")
            pid = next(event["pid"] for event in self.report.events() if event["event"] == "case_started")
            stat = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            self.assertEqual([str(run.pid), str(pid)], stat[1:3])
            self.assertEqual("/dev/null", str(pathlib.Path(f"/proc/{pid}/fd/0").readlink()))

    def test_memory_does_not_grow_with_the_log(self):
        self.assertLess(self.peak_memory("log-64m"), 30 * MEBIBYTE)
        self.assertLess(self.peak_memory("long-line"), 30 * MEBIBYTE)

    def test_help_is_quick(self):
        times = []
        for _ in range(10):
            begin = time.monotonic()
            subprocess.run([MEASURED_BINARY, "--help"], stdout=subprocess.DEVNULL, check=True)
            times.append(time.monotonic() - begin)
        # A few milliseconds are what is promised; the rest is for a busy machine.
        self.assertLess(min(times), 0.1)


if __name__ == "__main__":
    unittest.main()
