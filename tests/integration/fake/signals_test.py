# SPDX-License-Identifier: Apache-2.0
"""However a run is stopped, its reports are whole within ten seconds, and it exits with 128 + n."""

import re
import signal
import time
import unittest

from opready import OpreadyTest

SECONDS_ALLOWED = 10
REPORTS = ("junit_op-readiness.xml", "summary.json", "metadata.json")


class Signals(OpreadyTest):
    def stop(self, case, *steps, grace="6s"):
        """Runs `case`, then `descriptors`, sends each signal after its pause, and returns the exit status."""
        arguments = self.run_arguments(case, "descriptors", more=["--jobs", "1", "--grace-period", grace])
        with open(self.directory / "out", "wb") as out, self.started(*arguments, stdout=out) as child:
            self.wait_for_log(case, "STEP: ")
            first = time.time()
            for pause, number in steps:
                time.sleep(pause)
                child.send_signal(number)
            status = child.wait(60)
        # What a cut-off case left in the cluster may be removed after that.
        self.took = max((self.report.path / name).stat().st_mtime for name in REPORTS) - first
        self.out = (self.directory / "out").read_text()
        self.assertLess(self.took, SECONDS_ALLOWED)
        self.assert_whole_reports()
        self.assert_nothing_left()
        return status

    def test_a_hangup_that_was_to_be_ignored_is_ignored(self):
        arguments = self.run_arguments("interrupted", more=["--jobs", "1"])
        with open(self.directory / "out", "wb") as out, \
                self.started(*arguments, stdout=out, before=["nohup"]) as child:
            self.wait_for_log("interrupted", "STEP: ")
            child.send_signal(signal.SIGHUP)
            child.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, child.wait(60))

    def test_a_signal_before_the_start_leaves_no_private_file(self):
        self.script("kubectl", f"touch {self.directory}/asked; sleep 600")
        path = f"{self.directory}:{self.environment['PATH']}"
        with self.started(*self.run_arguments("passes"), environment={"PATH": path}) as child:
            self.wait_for((self.directory / "asked").exists, "kubectl to be asked")
            child.send_signal(signal.SIGTERM)
            self.assertEqual(128 + signal.SIGTERM, child.wait(20))
        self.assert_nothing_left()

    def assert_cancelled(self, case, number, reason):
        name = signal.Signals(number).name
        self.assertEqual(name, self.report.summary()["stopped_by"])
        stopped, waiting = self.report.case(case), self.report.case("descriptors")
        self.assertEqual(("cancelled", reason), (stopped["outcome"], stopped["reason"]))
        self.assertEqual(["cancelled"], [spec["status"] for spec in stopped["attempts"][0]["specs"]])
        self.assertEqual("not_run", waiting["outcome"])
        self.assertEqual([], waiting["attempts"])
        row, = self.report.rows("descriptors")
        self.assertEqual(f"not run: stopped by {name}", row.find("skipped").get("message"))
        self.assertIn(f"stopping on {name}: ", self.out)
        self.assertRegex(self.out, rf"(?m)^CANCELLED {case} in [0-9ms.]+: {re.escape(reason)}$")
        self.assertRegex(self.out, rf"(?m)^Took [0-9ms.]+, stopped by {name}; report: ")
        self.assertEqual([number], [event["signal"] for event in self.report.events()
                                    if event["event"] == "stop_requested"])

    def test_one_sigint_lets_the_child_finish_its_clean_up(self):
        status = self.stop("interrupted", (0, signal.SIGINT))
        self.assertEqual(128 + signal.SIGINT, status)
        self.assert_cancelled("interrupted", signal.SIGINT, "stopped in the middle")
        self.assertIn("[INTERRUPTED] Interrupted by User", self.report.text("junit_op-readiness.xml"))

    def test_sigterm_and_sighup_stop_alike(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number.name):
                self.report.path = self.directory / number.name
                self.assertEqual(128 + number, self.stop("interrupted", (0, number)))
                self.assert_cancelled("interrupted", number, "stopped in the middle")

    def test_a_second_signal_at_once_is_the_same_one(self):
        """Prow sends SIGINT and SIGTERM together; the child must still get its grace period."""
        status = self.stop("slow-cleanup", (0, signal.SIGINT), (0.05, signal.SIGTERM), grace="3s")
        self.assertEqual(128 + signal.SIGINT, status)
        self.assert_cancelled("slow-cleanup", signal.SIGINT, "stopped in the middle")
        self.assertGreater(self.took, 3.9)

    def test_a_second_signal_while_the_reports_are_written_does_no_harm(self):
        for pause in [step * 0.004 for step in range(16)]:
            with self.subTest(pause):
                self.report.path = self.directory / f"after-{pause}"
                status = self.stop("interrupted", (0, signal.SIGINT), (pause, signal.SIGTERM))
                self.assertEqual(128 + signal.SIGINT, status)

    def test_a_second_signal_later_hastens_the_end(self):
        status = self.stop("slow-cleanup", (0, signal.SIGINT), (4, signal.SIGINT), grace="20s")
        self.assertEqual(128 + signal.SIGINT, status)
        self.assert_cancelled("slow-cleanup", signal.SIGINT, "stopped in the middle")
        self.assertLess(self.took, 6)

    def test_a_child_that_ignores_everything_is_killed(self):
        status = self.stop("hangs", (0, signal.SIGINT))
        self.assertEqual(128 + signal.SIGINT, status)
        self.assert_cancelled("hangs", signal.SIGINT, "stopped before it wrote a report (killed by SIGKILL)")

    def test_three_signals_end_it_at_once(self):
        status = self.stop("hangs", (0, signal.SIGINT), (1.1, signal.SIGINT), (1.1, signal.SIGINT), grace="20s")
        self.assertEqual(128 + signal.SIGINT, status)
        self.assertLess(self.took, 5)

    def test_a_killed_run_takes_its_child_with_it_and_can_be_reported(self):
        with self.started(*self.run_arguments("interrupted", "descriptors", more=["--jobs", "1"])) as child:
            self.wait_for_log("interrupted", "STEP: ")
            child.kill()
            child.wait()
        self.wait_for(lambda: not self.processes(), "the child's end")
        done = self.opready("report", self.report.path)
        self.assertIn("The run was ended before it finished; ", done.out)
        self.assertEqual("cancelled", self.report.case("interrupted")["outcome"])


if __name__ == "__main__":
    unittest.main()
