# SPDX-License-Identifier: Apache-2.0
"""What a run says of where pods ran, and what it does where they can't be watched or placed."""

import shutil
import signal
import subprocess
import unittest

from opready import OpreadyTest

FORBIDDEN = 'Error from server (Forbidden): pods is forbidden: User "someone" cannot list resource "pods"'


class Placement(OpreadyTest):
    def run_placed(self, *cases, more=(), kubectl=""):
        return self.opready(*self.run_arguments(*cases, file="placed.yaml", more=more),
                            environment={"FAKE_KUBECTL": kubectl})

    def asked(self, file):
        path = self.cluster / file
        return path.read_text().splitlines() if path.exists() else []

    def assert_evidence_lacks(self, done, why):
        """Every report says so."""
        summary = self.report.summary()
        self.assertEqual([why], summary["evidence_lacks"])
        self.assertEqual(1, done.out.count(f"  {why}\n"), done.out)
        values = {prop.get("value") for prop in self.report.junit().iter("property")
                  if prop.get("name") == "evidence_lacks"}
        self.assertEqual({why}, values)
        again = self.opready("report", self.report.path)
        self.assertIn(why, again.out)

    def test_what_passed_unseen_on_windows_is_unproven(self):
        done = self.run_placed()
        self.assertEqual((1, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assertEqual(["events", "namespaces", "pods"], sorted(self.asked("watched")))
        self.assertEqual(["unproven", "passed", "failed"], [case["outcome"] for case in self.report.summary()["cases"]])
        self.assertIn("warning: 2 of 3 cases to run leave it to the scheduler where pods run, and 2 Linux nodes are open",
                      done.out)
        row, = self.report.rows("on-windows")
        self.assertTrue(row.find("failure").text.startswith(
            "unproven: it passed, but no pod of it was seen on any node"), row.find("failure").text)

    def test_without_evidence_a_pass_is_taken_for_proven(self):
        done = self.run_placed("on-windows", more=["--no-evidence"])
        self.assertEqual((0, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assertEqual([], self.asked("watched"))
        self.assert_evidence_lacks(done, "--no-evidence was given")

    def test_who_may_not_watch_pods_has_no_evidence(self):
        done = self.run_placed("on-windows", kubectl="no-pods")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assert_evidence_lacks(done, f"pods could not be watched: {FORBIDDEN}")

    def test_strict_starts_nothing_that_the_scheduler_may_send_to_linux(self):
        done = self.run_placed(more=["--strict"])
        self.assertEqual(3, done.status)
        self.assertIn("opready: error: --strict: 2 of 3 cases to run leave it to the scheduler where pods run", done.err)
        self.assertFalse(self.report.path.exists())
        self.assertEqual(0, self.run_placed("own-choice", more=["--strict"]).status)

    def test_pods_are_placed_and_nothing_stays(self):
        done = self.run_placed("on-windows", "own-choice", more=["--place", "--strict"])
        self.assertEqual((1, ""), (done.status, done.err))  # Nobody showed a pod.
        self.assert_whole_reports()
        self.assertIn("placement: an admission policy sends pods to Windows nodes\n", done.out)
        run = self.report.events()[0]["run_id"]
        changes = self.asked("changes")
        self.assertIn("create --raw /api/v1/namespaces ", changes[0])
        self.assertTrue(any("/mutatingadmissionpolicies " in change for change in changes), changes)
        self.assertTrue(changes[-1].startswith("delete "), changes[-1])
        for thing in ("mutatingadmissionpolicybinding", "mutatingadmissionpolicy", "namespace"):
            self.assertTrue(any(change.startswith("delete ") and f" {thing}/op-readiness-{run} " in change
                                for change in changes), changes)
        self.assert_undone()

    def assert_undone(self):
        """The namespace with the run's record was made, and is gone."""
        self.assertTrue([change for change in self.asked("changes") if change.startswith("create --raw /api/v1/namespaces ")])
        self.assertFalse((self.cluster / "namespace").exists())

    def start_slow(self):
        """A run of one case whose placement takes two seconds to be undone, when its reports are written."""
        child = self.started(*self.run_arguments("own-choice", file="placed.yaml", more=["--place"]),
                             environment={"FAKE_KUBECTL": "slow-delete"}, stdout=subprocess.DEVNULL)
        return child

    def test_a_signal_does_not_cut_short_what_undoes_the_placement(self):
        with self.start_slow() as child:
            self.wait_for(lambda: any(change.startswith("delete ") for change in self.asked("changes")), "the undo")
            self.assertTrue((self.report.path / "metadata.json").exists(), "reports come first")
            child.send_signal(signal.SIGINT)
            self.assertEqual(0, child.wait(30))
        self.assertGreaterEqual(len(self.asked("deleted")), 1)
        self.assertEqual("run_finished", self.report.events()[-1]["event"])
        self.assert_undone()

    def test_placement_is_undone_where_no_report_can_be_written(self):
        with self.started(*self.run_arguments("own-choice", file="placed.yaml", more=["--place"])) as child:
            self.wait_for(lambda: self.asked("changes"), "the placement")
            shutil.rmtree(self.report.path)
            self.assertEqual(3, child.wait(30))
        self.assert_undone()

    def test_what_could_not_be_placed_is_not_the_clusters_failure(self):
        done = self.run_placed("on-windows", "own-choice", more=["--place"], kubectl="read-only")
        self.assertEqual(1, done.status, done.out)
        self.assert_whole_reports()
        for case in self.report.summary()["cases"]:
            self.assertEqual("could_not_test", case["outcome"])
            self.assertRegex(case["reason"], r"^its pods could not be placed: cannot make the namespace 'op-readiness-\w+': "
                                             r".*User \"someone\" may change nothing$")
        self.assertEqual({0}, {event["pid"] for event in self.report.events() if event["event"] == "case_started"})

    def test_a_server_without_policies_is_told_of_the_other_ways(self):
        done = self.run_placed("on-windows", more=["--place"], kubectl="no-policies")
        self.assertEqual((3, ""), (done.status, done.out))
        for way in ("generate admission-policy --for kyverno|gatekeeper", "--place=taint"):
            self.assertIn(way, done.err)
        self.assertFalse(self.report.path.exists())

    def test_options_that_make_no_sense_are_refused(self):
        for arguments, text in ((["--node-selector", "pool=a"], "--node-selector requires --place"),
                                (["--dedicated-cluster"], "--dedicated-cluster requires --place"),
                                (["--place=magic"], "--place: 'magic' is none of policy|taint"),
                                (["--place=taint", "--node-selector", "pool=a"], "--node-selector needs --place=policy")):
            with self.subTest(arguments):
                done = self.run_placed("on-windows", more=arguments)
                self.assertEqual((2, ""), (done.status, done.out))
                self.assertIn(text, done.err)
        done = self.run_placed("on-windows", more=["--place", "--node-selector", "pool=a"])
        self.assertEqual((3, "opready: error: --node-selector: no Windows node has the labels pool=a\n"),
                         (done.status, done.err))

    def test_a_listing_shows_the_taint_that_e2e_test_need_not_wait_for(self):
        done = self.run_placed("on-windows", more=["--place=taint", "--dry-run"])
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn(",op-readiness/placement --ginkgo", done.out)


if __name__ == "__main__":
    unittest.main()
