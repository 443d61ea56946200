# SPDX-License-Identifier: Apache-2.0
"""Runs that are killed in the middle: what they changed in the cluster is undone, and nothing else."""

import os
import random
import time
import unittest

from placing import POLICIES, Evidence, PlacingTest, e2e_tests_of, is_windows, state_of
from practice import SOAK

KILLS = 20 if SOAK else 3
TAINTING_KILLS = 5 if SOAK else 1
# From a run's first kubectl to its last, and a bit.
LONGEST_LIFE = 9
# A person's; it keeps no pod away.
THEIRS = "example.com/theirs=1:PreferNoSchedule"
# e2e.test's grace period, its start on a busy machine, and a bit.
SECONDS_TO_END = 30


class Killed(PlacingTest):
    def setUp(self):
        super().setUp()
        self.wait_until_nothing_is_left()
        self.seed = int(os.environ.get("OPREADY_SEED", time.time_ns() % 1000000))
        print(f"OPREADY_SEED={self.seed}")
        self.random = random.Random(self.seed)
        self.file = self.category(brief="windows", endpoints="windows")
        self.runs = 0
        self.addCleanup(self.opready, "doctor", "--repair")  # What fails here must not make other tests fail.

    def placed(self, *more):
        """(report, arguments) of another placed run."""
        self.runs += 1
        return self.run_of(f"run-{self.runs}", self.file, *(more or ["--place"]))

    def repair(self):
        done = self.opready("doctor", "--repair")
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        return done.out

    def run_next(self):
        """A run that has little to do itself. Returns what it says."""
        self.runs += 1
        _, arguments = self.run_of(f"run-{self.runs}", self.category(brief="windows"), "--place")
        done = self.opready(*arguments, timeout=120)
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        return done.out

    def kill(self, child):
        """Only op-readiness itself; its children must find their own end."""
        e2e_tests = e2e_tests_of(child.pid)
        child.kill()
        child.wait()
        return e2e_tests

    def assert_ended(self, e2e_tests):
        self.wait_for(lambda: not any(map(state_of, e2e_tests)), "the end of e2e.test", SECONDS_TO_END)

    def kill_at_random(self, number, *more):
        report, arguments = self.placed(*more)
        life = self.random.uniform(0.2, LONGEST_LIFE)
        with self.writing(report, arguments) as child:
            time.sleep(life)
            e2e_tests = self.kill(child)
            said = self.run_next() if number % 2 else self.repair()
            print(f"killed after {life:.2f} s with {len(e2e_tests)} cases: {said.splitlines()[:4]}")
            self.assert_ended(e2e_tests)
        # An e2e.test that was only asked for its specs takes a moment as well.
        self.wait_for(lambda: not self.processes(), "the end of all that the run started", SECONDS_TO_END)

    def test_nothing_of_killed_runs_is_left(self):
        self.change_nodes("taint", THEIRS, "linux-0")
        for number in range(KILLS):
            with self.subTest(number=number, seed=self.seed):
                self.kill_at_random(number)
                self.wait_until_nothing_is_left({"linux-0": [THEIRS]})

    def test_nothing_of_killed_runs_that_tainted_is_left(self):
        for number in range(TAINTING_KILLS):
            with self.subTest(number=number, seed=self.seed):
                report, arguments = self.placed("--place=taint")
                with self.writing(report, arguments) as child:
                    self.wait_for(lambda: len(self.taints()) == 2, "the taints of Linux nodes")
                    self.kubectl("taint", "nodes", "linux-0", THEIRS)
                    time.sleep(self.random.uniform(0, LONGEST_LIFE / 2))
                    self.assert_ended(self.kill(child))
                said = self.run_next() if number % 2 else self.repair()
                print(*said.splitlines()[:6], sep="\n")
                self.wait_until_nothing_is_left({"linux-0": [THEIRS]})
                self.kubectl("taint", "nodes", "linux-0", THEIRS.partition("=")[0] + "-")

    def test_a_case_that_was_held_ends_with_its_run(self):
        report, arguments = self.placed()
        with self.writing(report, arguments) as child:
            def held():
                return [pid for pid in e2e_tests_of(child.pid) if state_of(pid) == "T"]
            stopped = self.wait_for(held, "an e2e.test that waits for its placement", 60)
            e2e_tests = self.kill(child)
            self.assertLessEqual(set(stopped), set(e2e_tests))
            self.assert_ended(e2e_tests)
        self.repair()
        self.wait_until_nothing_is_left()

    def test_repair_leaves_a_living_run_alone_and_cleanup_takes_one_run_only(self):
        living, living_started = self.run_of("living", self.category(stateful="windows"), "--place")
        killed, killed_started = self.placed()
        with self.writing(living, living_started) as child:
            with self.writing(killed, killed_started) as victim:
                self.wait_for_e2e_run(killed, "endpoints")
                self.wait_for_e2e_run(living, "stateful")
                run = Evidence(killed).e2e_runs["endpoints"]
                self.wait_for(lambda: self.kubectl("get", "namespaces", "--selector", f"e2e-run={run}", "-o", "name"),
                              "its namespace")
                e2e_tests = self.kill(victim)
            self.assert_ended(e2e_tests)
            policies = self.wait_for(lambda: self.objects_of_ours(*POLICIES), "a policy")
            refused = self.opready("cleanup", living.path)
            self.assertEqual(3, refused.status, refused.out + refused.err)
            self.assertRegex(refused.err, "is still under way")
            run = living.events()[0]["run_id"]
            cleaned = self.opready("cleanup", killed.path)
            self.assertEqual((0, ""), (cleaned.status, cleaned.err))
            self.assertNotIn(run, cleaned.out)
            repaired = self.repair()
            self.assertRegex(repaired, rf"left admission policy op-readiness-{run}: run {run} .* is alive")
            kept = self.objects_of_ours(*POLICIES)
            self.assertEqual([name for name in policies if run in name], kept)
            self.assertEqual(2, len(kept))
            self.assertEqual(0, child.wait(120), self.output_of(living))
        nodes = Evidence(living).nodes()
        self.assertTrue(nodes and all(map(is_windows, nodes)), nodes)
        self.wait_until_nothing_is_left()


if __name__ == "__main__":
    unittest.main()
