# SPDX-License-Identifier: Apache-2.0
"""Children that are killed, replaced, or won't go. docs/faults.md names these tests."""

import contextlib
import pathlib
import shutil
import tempfile
import time
import unittest

from opready import FAKE_E2E, OpreadyTest

OUT_OF_MEMORY = "e2e.test was killed by SIGKILL and left no report; the kernel does that where memory runs out"
MEMORY_LIMIT = 96 * 1024 * 1024


@contextlib.contextmanager
def memory_group(limit):
    """The cgroup.procs file of a new cgroup with a memory limit; None where this machine lets nobody make one."""
    for root, name in (("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")):
        group = None
        try:
            group = pathlib.Path(tempfile.mkdtemp(prefix="opready-test-", dir=root))
            (group / name).write_text(str(limit))
        except OSError:
            if group is not None:
                group.rmdir()
            continue
        try:
            yield group / "cgroup.procs"
        finally:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    group.rmdir()
                    break
                time.sleep(0.05)
        return
    yield None


class FaultyChildren(OpreadyTest):
    def test_one_that_is_killed_crashed(self):
        run = self.run_cases("killed", "passes")
        self.assertEqual(1, run.status)
        self.assertEqual(("crashed", OUT_OF_MEMORY),
                         tuple(self.report.case("killed")[key] for key in ("outcome", "reason")))
        self.assertEqual("passed", self.report.case("passes")["outcome"])

    def test_one_that_the_kernel_kills_for_memory_crashed(self):
        with memory_group(MEMORY_LIMIT) as procs:
            if procs is None:
                self.skipTest("no memory cgroup can be made here")
            self.e2e = self.script("e2e.test", f"""\
                case "$*" in *'takes all memory'*) echo $$ > {procs} ;; esac
                exec {FAKE_E2E} "$@"
                """)
            run = self.run_cases("out-of-memory", "passes")
        self.assertEqual(1, run.status, run.out)
        self.assertEqual(("crashed", OUT_OF_MEMORY),
                         tuple(self.report.case("out-of-memory")[key] for key in ("outcome", "reason")))
        self.assertEqual("passed", self.report.case("passes")["outcome"])

    def test_one_that_is_replaced_during_the_run_is_not_started_again(self):
        self.e2e = self.directory / "e2e.test"
        shutil.copy(FAKE_E2E, self.e2e)
        arguments = self.run_arguments("interrupted", "passes", more=["--jobs", "1", "--case-timeout", "2s"])
        with self.started(*arguments) as run:
            self.wait_for(lambda: self.started_children()[3:], "the first child")
            (self.directory / "new").write_bytes(self.e2e.read_bytes() + b"\n")
            (self.directory / "new").chmod(0o755)
            (self.directory / "new").rename(self.e2e)
            self.assertEqual(1, run.wait(60))
        outcomes = {case["id"]: (case["outcome"], case["reason"]) for case in self.report.summary()["cases"]}
        self.assertIn(("not_started", f"'{self.e2e}' was replaced during the run"), outcomes.values(), outcomes)

    def test_a_daemon_does_not_hold_up_the_run(self):
        began = time.monotonic()
        run = self.run_cases("daemon", "passes")
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual(0, run.status, run.out)
        self.assertTrue(self.report.case("daemon")["attempts"][0]["left_processes_behind"])

    def test_processes_that_fork_on_and_on_are_ended_with_their_case(self):
        run = self.run_cases("forks")
        self.assertEqual(0, run.status, run.out)
        self.assertTrue(self.report.case("forks")["attempts"][0]["left_processes_behind"])
        self.assert_nothing_left()


if __name__ == "__main__":
    unittest.main()
