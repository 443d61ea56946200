# SPDX-License-Identifier: Apache-2.0
"""Stopping in the middle of a long spec of the real e2e.test: reports are whole within ten seconds, and namespaces are
removed, by the spec or by the run."""

import contextlib
import signal
import subprocess
import time
import unittest

from practice import BIN, ClusterTest

CASE = "core-network-services-up-and-down"
# Then it sleeps and asks again for minutes, whatever its context says.
IN_THE_MIDDLE = "Unable to reach the following endpoints of service"
SECONDS_ALLOWED = 10
SECONDS_OF_PROW = 15


class Signals(ClusterTest):
    @contextlib.contextmanager
    def in_the_middle(self, *more):
        """A run whose long spec is in its middle. Its output is in `self.out` afterwards."""
        with open(self.directory / "out", "wb") as out, self.started(
                "run", "--report-dir", self.report.path, "--case", CASE, "--case", "core-storage-shared-volume",
                "--jobs", "1", "--output", "failures", *more, stdout=out) as child:
            self.wait_for(self.is_in_the_middle, f"'{IN_THE_MIDDLE}' in the log", seconds=120)
            yield child
        self.out = (self.directory / "out").read_text()

    def stop(self, *steps, more=()):
        """Sends each signal after its pause; returns the exit status."""
        with self.in_the_middle(*more) as child:
            begin = time.monotonic()
            for pause, number in steps:
                time.sleep(pause)
                child.send_signal(number)
            self.wait_for(self.reports_are_written, "the reports", seconds=60)
            until_reports = time.monotonic() - begin
            status = child.wait(60)
            print(f"reports after {until_reports:.1f} s, end after {time.monotonic() - begin:.1f} s")
        self.assertLess(until_reports, SECONDS_ALLOWED)
        return status

    def stop_as_prow_does(self, before=lambda: None):
        """SIGINT, at once SIGTERM, and later SIGKILL to what's still there. Returns the exit status."""
        with self.in_the_middle() as child:
            before()
            child.send_signal(signal.SIGINT)
            child.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(SECONDS_OF_PROW)
            child.kill()
            return child.wait()

    def use_kubectl_that_can_be_slow(self):
        """When `make_cluster_slow` was called; not for e2e.test, which executes commands in pods by it."""
        self.script("kubectl", f"""\
            case "$*" in
              *" exec "*) ;;
              *) [ ! -e '{self.directory / "slow"}' ] || sleep 60 ;;
            esac
            exec '{BIN / "kubectl"}' "$@"
            """)
        self.environment["PATH"] = f"{self.directory}:{self.environment['PATH']}"

    def make_cluster_slow(self):
        (self.directory / "slow").touch()

    def is_in_the_middle(self):
        log = self.report.path / "cases" / CASE / "attempt-1" / "e2e.log"
        return log.exists() and IN_THE_MIDDLE in log.read_text()

    def reports_are_written(self):
        """The last of them is there."""
        return (self.report.path / "metadata.json").exists()

    def assert_cancelled(self, number):
        self.assert_nothing_left()
        self.assert_reported_as_cancelled(number)
        self.assertIn("INCOMPLETE", self.out)

    def assert_reported_as_cancelled(self, number):
        self.assert_whole_reports()
        summary = self.report.summary()
        self.assertEqual(signal.Signals(number).name, summary["stopped_by"])
        self.assertEqual({CASE: "cancelled", "core-storage-shared-volume": "not_run"},
                         {case["id"]: case["outcome"] for case in summary["cases"]})
        spec, = self.report.case(CASE)["attempts"][0]["specs"]
        self.assertEqual("cancelled", spec["status"])
        self.assertIn("Interrupted by User", spec["failure"])
        row, = self.report.rows(CASE)
        self.assertEqual("interrupted", row.get("status"))
        self.assertIn("Interrupted by User", row.find("failure").text)

    def assert_no_namespace_left(self):
        self.assertEqual([], self.namespaces_of(CASE))
        self.assertEqual([], self.report.summary()["namespaces_left"])

    def test_one_sigint(self):
        self.assertEqual(128 + signal.SIGINT, self.stop((0, signal.SIGINT)))
        self.assert_cancelled(signal.SIGINT)
        self.assert_no_namespace_left()

    def test_sigint_and_sigterm_at_once(self):
        self.assertEqual(128 + signal.SIGINT, self.stop((0, signal.SIGINT), (0.05, signal.SIGTERM)))
        self.assert_cancelled(signal.SIGINT)
        self.assert_no_namespace_left()

    def test_prow_stops_it(self):
        self.assertEqual(128 + signal.SIGINT, self.stop_as_prow_does())
        self.assert_cancelled(signal.SIGINT)
        self.assert_no_namespace_left()

    def test_prow_kills_it_while_it_still_cleans_up(self):
        self.use_kubectl_that_can_be_slow()
        self.assertEqual(-signal.SIGKILL, self.stop_as_prow_does(before=self.make_cluster_slow))
        self.assert_reported_as_cancelled(signal.SIGINT)

    def test_sighup(self):
        self.assertEqual(128 + signal.SIGHUP, self.stop((0, signal.SIGHUP)))
        self.assert_cancelled(signal.SIGHUP)
        self.assert_no_namespace_left()

    def test_a_second_sigint_cuts_the_grace_period_short_and_the_run_removes_what_is_left(self):
        self.assertEqual(128 + signal.SIGINT, self.stop((0, signal.SIGINT), (4, signal.SIGINT)))
        self.assert_cancelled(signal.SIGINT)
        self.assert_no_namespace_left()

    def test_what_is_to_be_kept_is_named(self):
        self.assertEqual(128 + signal.SIGINT, self.stop((0, signal.SIGINT), (4, signal.SIGINT),
                                                        more=["--keep-failed-namespaces"]))
        self.assert_cancelled(signal.SIGINT)
        name, = self.namespaces_of(CASE)
        self.addCleanup(self.kubectl, "delete", "namespace", "--wait=false", name)
        self.assertEqual([{"name": name, "case": CASE}], self.report.summary()["namespaces_left"])
        self.assertIn(f"namespace {name}, of {CASE}", self.out)


if __name__ == "__main__":
    unittest.main()
