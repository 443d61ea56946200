# SPDX-License-Identifier: Apache-2.0
"""Where pods land: as the scheduler likes, and with --place where their case means them to."""

import unittest

from placing import POLICIES, Evidence, PlacingTest, is_windows, nodes_of

TAINT = "os=windows:NoSchedule"
WINDOWS = {"win-0", "win-1"}
# What lives shorter may be gone before anybody looks.
SECONDS_TO_BE_SEEN = 1


class Placement(PlacingTest):
    def setUp(self):
        super().setUp()
        self.wait_until_nothing_is_left()

    def assert_own_pods_only(self, report, seen):
        """The evidence holds all pods of the run that could be seen, and no others."""
        evidence = Evidence(report)
        runs = evidence.e2e_runs.values()
        counted = evidence.nodes()
        self.assertGreater(sum(counted.values()), 0)
        # What the difference of two Counters leaves is what the first has too much of.
        self.assertEqual({}, counted - seen.nodes_of(runs), report.path.name)
        self.assertEqual({}, seen.nodes_of(runs, SECONDS_TO_BE_SEEN) - counted, report.path.name)

    def assert_all_on_windows(self, report):
        evidence = Evidence(report)
        for case, spec in evidence.specs():
            self.assertEqual("passed", spec["status"], f"{case}: {spec}")
            self.assertTrue(nodes_of(spec), case)
            self.assertLessEqual(set(nodes_of(spec)), WINDOWS, case)

    def assert_judged_by_where_they_ran(self, report):
        """Returns how many specs passed that prove nothing."""
        unproven = 0
        for case, spec in Evidence(report).specs():
            elsewhere = [node for node in nodes_of(spec) if not is_windows(node)]
            self.assertEqual("unproven" if elsewhere else "passed", spec["status"], f"{case}: {spec}")
            if elsewhere:
                self.assertRegex(spec["message"], r"a pod ran on linux-[01] \(linux\), not on Windows")
                unproven += 1
        return unproven

    def test_runs_side_by_side_place_and_see_their_own_pods_only(self):
        """Two with --place, one without, and an e2e.test of somebody else."""
        seen = self.seen_pods()
        apps, others = self.category(apps="windows"), self.category(endpoints="windows", brief="windows")
        one, one_started = self.run_of("one", apps, "--place")
        two, two_started = self.run_of("two", others, "--place")
        unplaced, unplaced_started = self.run_of("unplaced", apps)
        foreign = self.foreign_e2e_test("apps")
        with self.writing(one, one_started) as first, self.writing(two, two_started) as second, \
                self.writing(unplaced, unplaced_started) as third:
            statuses = [child.wait(300) for child in (first, second, third)]
            self.assertEqual(0, foreign.wait(300))
        self.assertEqual([0, 0, 1], statuses, self.output_of(one) + self.output_of(two))
        self.assertEqual([], self.objects_of_ours(*POLICIES))
        self.wait_until_nothing_is_left()
        seen.stop()
        for report in (one, two, unplaced):
            self.assert_own_pods_only(report, seen)
        self.assert_all_on_windows(one)
        self.assert_all_on_windows(two)
        self.assertGreater(self.assert_judged_by_where_they_ran(unplaced), 0)
        foreign_nodes = set(seen.nodes_of([self.foreign_run()]))
        self.assertTrue(foreign_nodes - WINDOWS, foreign_nodes)
        print("foreign pods on", *sorted(foreign_nodes))

    def test_the_policy_stands_while_cases_mean_windows_and_a_mixed_case_sees_both(self):
        self.change_nodes("label", "pool=tests", "win-1")
        policies = self.watching("mutatingadmissionpolicies", "--output-watch-events", "--no-headers")
        pods = self.watching("pods", "-A", "-o", 'jsonpath={.metadata.namespace}{"\\n"}')
        file = self.category(brief="windows", open=("apps", "mixed"))
        report, arguments = self.run_of("report", file, "--place", "--node-selector", "pool=tests", "--jobs", "2")
        with self.writing(report, arguments) as child:
            # A mixed spec whose pods happen to be on one kind of node only is unproven.
            self.assertIn(child.wait(300), (0, 1), self.output_of(report))
        evidence = Evidence(report)
        self.assertEqual({"win-1"}, set(evidence.nodes("brief")))
        both = set(evidence.nodes("open"))
        self.assertTrue(both & WINDOWS and both - WINDOWS, both)
        for _, spec in evidence.specs():
            self.assertIn(spec["status"], ("passed", "unproven"))
        (made, added), (removed, deleted) = [
            (now, line) for now, line in policies.lines if line.startswith(("ADDED", "DELETED"))]
        self.assertEqual(["ADDED", "DELETED"], [added.split()[0], deleted.split()[0]])
        first_pod = min(now for now, line in pods.lines if line)
        self.assertLess(made, first_pod)
        self.assertLess(evidence.time_of("case_finished", "brief"), removed + 0.5)
        self.assertLess(removed, evidence.time_of("case_started", "open") + 0.5)
        self.assertEqual([], self.objects_of_ours(*POLICIES))
        self.wait_until_nothing_is_left()

    def test_a_taint_of_windows_nodes_blocks_pods_until_placement_adds_tolerations(self):
        self.change_nodes("taint", TAINT, *WINDOWS)
        placed, placed_started = self.run_of("placed", self.category(density="own", brief="windows"), "--place")
        blocked, blocked_started = self.run_of("blocked", self.category(density="own"), "--case-timeout", "15s",
                                               "--grace-period", "2s")
        with self.writing(placed, placed_started) as first, self.writing(blocked, blocked_started) as second:
            self.assertEqual([0, 1], [first.wait(300), second.wait(300)],
                             self.output_of(placed) + self.output_of(blocked))
        self.assert_all_on_windows(placed)
        evidence = Evidence(blocked)
        self.assertEqual({}, evidence.nodes())
        self.assertEqual([10], [spec["pods"]["unscheduled"] for _, spec in evidence.specs()])
        reasons = {warning["reason"]: warning["message"] for warning in evidence.warnings("density")}
        self.assertRegex(reasons["FailedScheduling"], "had untolerated taint")
        shown = self.output_of(blocked)
        self.assertIn(f"warning: Windows nodes have the taint {TAINT}, which few specs tolerate", shown)
        self.assertRegex(shown, r"kept waiting: FailedScheduling pod/\S+: .*had untolerated taint")
        self.assertNotIn(f"warning: Windows nodes have", self.output_of(placed))


if __name__ == "__main__":
    unittest.main()
