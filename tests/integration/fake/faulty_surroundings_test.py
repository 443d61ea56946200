# SPDX-License-Identifier: Apache-2.0
"""A terminal that goes, a clock that jumps, a kubeconfig that changes. docs/faults.md names these tests."""

import os
import shutil
import signal
import unittest

from opready import BINARY, OpreadyTest

FAKETIME = next((path for path in ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                                   "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1") if os.path.exists(path)), None)


class FaultySurroundings(OpreadyTest):
    def test_a_closed_output_ends_a_listing_quietly_and_no_run(self):
        def through(*arguments):
            command = " ".join(f"'{word}'" for word in [BINARY, *map(str, arguments)])
            script = self.script("through", f"{{ {command}; echo $? > status; }} | head -n 1\n")
            with self.started(before=[script]) as child:
                child.communicate(timeout=60)
            return int((self.directory / "status").read_text())
        self.assertIn(through("list", *self.arguments()), (0, 141))
        self.assertEqual(1, through(*self.run_arguments("passes", "fails")))
        self.assert_whole_reports()

    def test_a_full_output_is_told_by_the_exit_status(self):
        for arguments in (["list", *self.arguments()], ["validate"], ["coverage"]):
            with self.subTest(arguments[0]), open("/dev/full", "wb") as full, \
                    self.started(*arguments, stdout=full) as child:
                self.assertEqual(3, child.wait(60))

    def test_a_terminal_that_goes_stops_the_run_in_order(self):
        with self.started(*self.run_arguments("interrupted")) as run:
            self.wait_for_log("interrupted", "STEP: ")
            run.send_signal(signal.SIGHUP)
            self.assertEqual(128 + signal.SIGHUP, run.wait(30))
        self.assert_whole_reports()
        self.assertEqual("cancelled", self.report.case("interrupted")["outcome"])
        self.assert_nothing_left()

    def test_a_context_that_changes_in_the_middle_changes_nothing(self):
        with self.started(*self.run_arguments("interrupted", "passes", more=["--jobs", "1"])) as run:
            self.wait_for(lambda: self.started_children()[3:], "the first child")
            self.kubeconfig.write_text(self.kubeconfig.read_text().replace("current-context: dead",
                                                                           "current-context: other"))
            self.wait_for_log("interrupted", "STEP: ")
            os.kill(next(event["pid"] for event in self.report.events()
                         if event["event"] == "case_started" and event["id"] == "interrupted"), signal.SIGINT)
            run.communicate(timeout=60)
        for start in self.started_children()[3:]:
            self.assertIn("--context dead", start)

    @unittest.skipIf(FAKETIME is None, "the package faketime isn't installed")
    def test_a_clock_that_is_set_costs_no_result_and_no_sense(self):
        clock = self.directory / "clock"
        clock.write_text("+0")
        environment = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
                       "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                       "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        for jump in ("-2h", "+3d"):
            with self.subTest(jump):
                clock.write_text("+0")
                arguments = self.run_arguments("interrupted", "passes", more=["--jobs", "1", "--overwrite"])
                with self.started(*arguments, environment=environment) as run:
                    self.wait_for_log("interrupted", "STEP: ")
                    clock.write_text(jump)
                    os.kill(next(event["pid"] for event in self.report.events()
                                 if event["event"] == "case_started" and event["id"] == "interrupted"), signal.SIGINT)
                    out, _ = run.communicate(timeout=60)
                self.assert_whole_reports()
                self.assertEqual("passed", self.report.case("passes")["outcome"])
                for case in self.report.summary()["cases"]:
                    self.assertTrue(0 <= case["duration_seconds"] < 60, case)
                self.assertRegex(out.decode(), r"\nTook \d")
                shutil.rmtree(self.report.path)


if __name__ == "__main__":
    unittest.main()
