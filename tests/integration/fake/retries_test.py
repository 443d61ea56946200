# SPDX-License-Identifier: Apache-2.0
"""Cases that fail and are tried again, and runs that end before their plan is done."""

import os
import pathlib
import signal
import time
import unittest

from opready import OpreadyTest

FLAKY = "flaky.yaml"
RETRY = ("--retries", "2", "--retry-delay", "100ms")


class Retries(OpreadyTest):
    def setUp(self):
        super().setUp()
        memory = self.directory / "memory"
        memory.mkdir()
        self.environment["FAKE_E2E_MEMORY"] = str(memory)

    def run_flaky(self, *cases, more=RETRY):
        return self.run_cases(*cases, file=FLAKY, more=more)

    def starts_of(self, case_id):
        """The focus arguments of each start of the case's child."""
        return [[word for word in line.split(" --") if word.startswith("ginkgo.focus=")]
                for line in self.starts.read_text().splitlines() if f"--report-prefix {case_id}" in line]

    def story_of(self, case_id):
        return [(event["attempt"], event["result"]["outcome"], len(event["result"]["specs"]))
                for event in self.report.events() if event["event"] == "case_finished" and event["id"] == case_id]

    def test_only_the_failed_spec_of_a_case_is_tried_again(self):
        run = self.run_flaky("in-part")
        self.assertEqual(run.status, 0, run.out + run.err)
        self.assertEqual(self.story_of("in-part"), [(1, "failed", 3), (2, "passed", 1)])
        self.assertEqual(self.starts_of("in-part")[1],
                         [r"ginkgo.focus=^Kubernetes e2e suite \[fake\] fails at first$"])
        self.assertEqual(self.report.case("in-part")["outcome"], "passed")
        self.assertTrue((self.report.path / "cases/in-part/attempt-2/e2e.log").exists())

    def test_flaky_cases_fail_a_run_that_wants_it(self):
        run = self.run_flaky("in-part", more=(*RETRY, "--flaky", "fails"))
        self.assertEqual(run.status, 1, run.out)
        self.assertIn("NOT READY", run.out)
        self.assertEqual(self.opready("report", self.report.path).status, 1)

    def test_the_whole_case_is_tried_again_where_it_crashed(self):
        run = self.run_flaky("crash")
        self.assertEqual(run.status, 0, run.out + run.err)
        self.assertEqual(self.story_of("crash"), [(1, "crashed", 2), (2, "passed", 2)])
        first, second = self.starts_of("crash")
        self.assertEqual(first, second)

    def test_the_whole_case_is_tried_again_where_specs_need_those_before_them(self):
        run = self.run_flaky("ordered")
        self.assertEqual(run.status, 0, run.out + run.err)
        self.assertEqual(self.story_of("ordered"), [(1, "failed", 2), (2, "passed", 2)])

    def test_what_never_passes_is_given_up_after_its_retries(self):
        run = self.run_flaky("always")
        self.assertEqual(run.status, 1)
        self.assertEqual(self.story_of("always"), [(1, "failed", 2), (2, "failed", 1), (3, "failed", 1)])
        self.assertEqual(self.report.case("always")["reason"], "1 of 2 specs failed")

    def test_without_retries_nothing_is_tried_again(self):
        self.assertEqual(self.run_flaky("in-part", more=()).status, 1)
        self.assertEqual(len(self.starts_of("in-part")), 1)

    def test_fail_fast_leaves_the_rest_of_the_plan(self):
        run = self.run_flaky("always", "ordered", "crash", more=("--fail-fast", "--jobs", "1"))
        self.assertEqual(run.status, 1)
        self.assertIn("no more cases are started: 1 case failed (--fail-fast)\n", run.out)
        outcomes = [case["outcome"] for case in self.report.summary()["cases"]]
        self.assertEqual(outcomes.count("not_run"), 2, outcomes)
        self.assertEqual(len(self.starts.read_text().splitlines()),
                         len([line for line in self.starts.read_text().splitlines() if "--report-prefix" not in line])
                         + 1)

    def test_the_runs_time_limit_ends_it_in_order(self):
        began = time.monotonic()
        run = self.run_flaky("waits", "always", more=("--timeout", "2s", "--jobs", "1"))
        self.assertEqual(run.status, 1, run.out)
        self.assertLess(time.monotonic() - began, 30)
        self.assertIn("stopping: its time, 2s, is up; running cases are given time to clean up\n", run.out)
        cases = {case["id"]: case["outcome"] for case in self.report.summary()["cases"]}
        self.assertEqual(sorted(cases.values()), ["cancelled", "not_run"], cases)

    def test_bad_numbers_are_refused(self):
        for more, complaint in ((("--fail-fast=0",), "--fail-fast: '0' is no positive number"),
                                (("--timeout", "0"), "--timeout: '0' is no duration such as 90s, 20m or 1h30m"),
                                (("--flaky", "maybe"), "--flaky: 'maybe' is none of fails|passes")):
            with self.subTest(more=more):
                run = self.run_flaky("always", more=more)
                self.assertEqual(run.status, 2)
                self.assertIn(complaint, run.err)


class Suspension(OpreadyTest):
    def test_reaches_the_children_and_ends_with_sigcont(self):
        with self.started(*self.run_arguments("waits", file=FLAKY)) as run:
            child = self.wait_for_child(run.pid)
            os.kill(run.pid, signal.SIGTSTP)
            self.wait_for_state([run.pid, child], "T")
            os.kill(run.pid, signal.SIGCONT)
            self.wait_for_state([run.pid, child], "S")
            run.send_signal(signal.SIGINT)
            self.assertEqual(run.wait(30), 130)
        self.assertEqual(self.report.case("waits")["outcome"], "cancelled")

    def wait_for_child(self, pid):
        """The pid of the case's child, once its spec runs."""
        path = self.report.path / "cases/waits/attempt-1/e2e.log"
        for _ in range(600):
            if path.exists() and b"waiting to be interrupted" in path.read_bytes():
                return next(event["pid"] for event in self.report.events() if event["event"] == "case_started")
            time.sleep(0.05)
        self.fail("the case never began")

    def wait_for_state(self, pids, state):
        for _ in range(200):
            states = [pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] for pid in pids]
            if states == [state] * len(pids):
                return
            time.sleep(0.05)
        self.fail(f"states are {states}, not {state}")


if __name__ == "__main__":
    unittest.main()
