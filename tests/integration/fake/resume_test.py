# SPDX-License-Identifier: Apache-2.0
"""A run that was ended before its time goes on where it was, and comes to what it would have come to."""

import os
import signal
import subprocess
import time
import unittest

from opready import FAKE_E2E, OpreadyTest

CANNOT_RUN, USAGE = 3, 2
CASES = ("passes", "passes-in-part", "fails", "skips", "panics", "pending", "crashes", "no-report", "false-success",
         "descriptors")
E2E_RUN = "a81f9650-b385-4afb-aa6b-000000004711"


class ResumeTest(OpreadyTest):
    def resume(self, *more, environment=None):
        return self.opready("--resume", self.report.path, *more, environment=environment)

    def outcomes(self):
        """What every case and spec came to."""
        return {case["id"]: (case["outcome"], sorted((spec["name"], spec["status"])
                                                     for spec in case["attempts"][-1]["specs"]))
                for case in self.report.summary()["cases"]}

    def finished(self):
        """Whole lines only: the last may be torn."""
        log = self.report.path / "events.jsonl"
        lines = log.read_text(encoding="utf-8").split("\n")[:-1] if log.exists() else []
        return [line.split('"id":"')[1].split('"')[0] for line in lines if '"event":"case_finished"' in line]

    def started_cases(self):
        return [start.split("--report-prefix ")[1].split()[0] for start in self.started_children()
                if "--report-prefix" in start]

    def slow_e2e(self, seconds):
        """An e2e.test that takes its time."""
        self.e2e = self.script("e2e.test", f'case "$*" in *report-dir*) sleep {seconds} ;; esac\n'
                                           f'exec {FAKE_E2E} "$@"\n')

    def run_until(self, condition, *cases, number=signal.SIGKILL, more=("--jobs", "2")):
        """Begins a run of `cases` and sends it the signal when `condition()` holds."""
        arguments = self.run_arguments(*cases, more=more)
        with self.started(*arguments, stdout=subprocess.DEVNULL) as run:
            self.wait_for(condition, "the moment to end the run")
            run.send_signal(number)
            return run.wait(60)


class Resume(ResumeTest):
    def test_a_run_killed_at_any_moment_comes_to_the_same(self):
        undisturbed = self.run_cases(*CASES)
        expected = self.outcomes()
        self.slow_e2e(0.1)
        for moment in (0.05, 0.3, 0.6, 0.9, 1.2):
            with self.subTest(moment):
                self.report.path = self.directory / f"killed-{moment}"
                self.starts.unlink()
                log = self.report.path / "events.jsonl"
                begun = []

                def is_time():
                    if not begun and log.exists() and log.stat().st_size > 0:
                        begun.append(time.monotonic())
                    return begun and time.monotonic() - begun[0] > moment
                self.run_until(is_time, *CASES)
                done_before = self.finished()
                done = self.resume()
                self.assertEqual((undisturbed.status, ""), (done.status, done.err))
                self.assertEqual(expected, self.outcomes())
                self.assertEqual(sorted(CASES), sorted(self.finished()))
                starts = self.started_cases()
                self.assertEqual([], [case for case in done_before if starts.count(case) != 1])
                self.assert_whole_reports()

    def test_temporary_files_of_a_run_that_was_killed_are_removed_by_the_next(self):
        def kept():
            return set((self.directory / "tmp").glob("op-readiness-run-*"))

        def run_another(name):
            self.report.path = self.directory / name
            self.assertEqual(0, self.run_cases("passes").status)

        self.run_until(lambda: "interrupted" in self.started_cases(), "interrupted", more=())
        dead = kept()
        self.assertEqual(1, len(dead))
        run_another("while-it-may-not-have-its-lock-yet")
        self.assertEqual(dead, kept())
        self.report.path = self.directory / "alive"
        with self.started(*self.run_arguments("interrupted"), stdout=subprocess.DEVNULL) as run:
            self.wait_for(lambda: self.started_cases().count("interrupted") == 2, "a run beside it")
            for directory in kept():
                os.utime(directory, (0, 0))
            run_another("later")
            self.assertEqual(1, len(kept() - dead))
            self.assertEqual(set(), kept() & dead)
            run.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, run.wait(60))

    def test_a_last_line_that_was_torn_is_cut_off(self):
        self.slow_e2e(0.2)
        self.run_until(lambda: len(self.finished()) > 1, *CASES)
        with open(self.report.path / "events.jsonl", "ab") as events:
            events.write(b'{"event": "case_fin')
        self.assertEqual(1, self.resume().status)
        self.assertEqual(sorted(CASES), sorted(self.finished()))
        self.assert_whole_reports()

    def test_a_run_that_was_stopped_goes_on(self):
        self.slow_e2e(0.2)
        status = self.run_until(lambda: len(self.finished()) > 1, *CASES,
                                number=signal.SIGTERM)
        self.assertEqual(128 + signal.SIGTERM, status)
        self.assertEqual("SIGTERM", self.report.summary()["stopped_by"])
        done = self.resume()
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertIsNone(self.report.summary()["stopped_by"])
        self.assertNotIn("cancelled", [outcome for outcome, _ in self.outcomes().values()])

    def test_a_run_that_is_complete_only_shows_its_reports_again(self):
        first = self.run_cases("passes", "fails")
        before, starts = self.report.text("events.jsonl"), self.started_children()
        (self.report.path / "summary.json").unlink()
        done = self.resume()
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertTrue(done.out.startswith(f"nothing is left to do: the run in '{self.report.path}' came to its end\n"))
        self.assertTrue(first.out.endswith(done.out.split("\n", 1)[1]))
        self.assertEqual((before, starts), (self.report.text("events.jsonl"), self.started_children()))
        self.assert_whole_reports()

    def test_only_one_goes_on_with_a_run(self):
        self.run_until(lambda: "interrupted" in self.started_cases(), "passes", "interrupted", more=())
        with self.started("--resume", self.report.path, stdout=subprocess.DEVNULL) as run:
            self.wait_for(lambda: self.started_cases().count("interrupted") == 2, "the run to go on")
            second = self.resume()
            self.assertEqual((CANNOT_RUN, f"opready: error: a run is under way in '{self.report.path}'\n"),
                             (second.status, second.err))
            run.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, run.wait(60))

    def test_of_a_directory_without_a_run(self):
        done = self.resume()
        self.assertEqual((CANNOT_RUN, f"opready: error: '{self.report.path}' holds no run\n"), (done.status, done.err))
        self.assertFalse(self.report.path.exists())

    def test_options_that_contradict_it(self):
        for more in (("--report-dir", "x"), ("--overwrite",), ("--rerun-failed", "x"), ("--dry-run",)):
            with self.subTest(more):
                done = self.resume(*more)
                self.assertEqual((USAGE, ""), (done.status, done.out))
                self.assertIn("excludes", done.err)


class Sameness(ResumeTest):
    """What must be as it was, and what need not."""

    def setUp(self):
        super().setUp()
        self.slow_e2e(0)
        self.run_until(lambda: "interrupted" in self.started_cases(), "passes", "interrupted", more=("--jobs", "1"))
        self.wait_for(lambda: not self.processes(), "the child's end")

    def assert_refused(self, done, *lines):
        differences = "".join(f"\n  {line}" for line in lines)
        self.assertEqual((CANNOT_RUN, f"opready: error: this is not what the run in '{self.report.path}' was "
                                      "(--resume-anyway: go on with its cases and specs all the same):"
                                      f"{differences}\n"), (done.status, done.err))

    def goes_on(self, *more):
        """Resumes and stops it when its second case runs."""
        with self.started("--resume", self.report.path, *more) as run:
            self.wait_for(lambda: self.started_cases().count("interrupted") == 2, "the run to go on")
            run.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, run.wait(60))
        self.assertEqual(1, self.started_cases().count("passes"))

    def test_jobs_time_limits_output_and_labels_may_differ(self):
        self.goes_on("--jobs", "2", "--case-timeout", "5m", "--grace-period", "5s", "--output", "quiet",
                     "--label", "a=b", "--flaky", "fails")
        self.assertIn("--ginkgo.timeout=5m ", self.started_children()[-1])
        self.assertEqual(({"a": "b"}, True), (self.report.summary()["labels"],
                                              self.report.summary()["options"]["flaky_fails"]))

    def test_another_binary_is_refused(self):
        self.slow_e2e(0.01)
        self.assert_refused(self.resume(), "e2e.test is another build of v1.36.3")
        self.goes_on("--resume-anyway")

    def test_another_cluster_is_refused(self):
        (self.cluster / "uid").write_text("another")
        self.assert_refused(self.resume(), "the cluster is another one: https://127.0.0.1:1, was https://127.0.0.1:1")
        self.goes_on("--resume-anyway")

    def test_other_cases_and_arguments_are_refused(self):
        self.assert_refused(self.resume("--case", "fails"), "case passes is no longer chosen",
                            "case interrupted is no longer chosen", "case fails was not chosen before")
        self.assert_refused(self.resume("--provider", "aws"), "--provider is aws, was local",
                            "case passes is started with other arguments",
                            "case interrupted is started with other arguments")
        self.assert_refused(self.resume("--", "--delete-namespace=false"),
                            "case passes is started with other arguments",
                            "case interrupted is started with other arguments")
        self.goes_on("--case", "fails", "--resume-anyway")
        self.assertEqual(["passes", "interrupted"], [case["id"] for case in self.report.summary()["cases"]])


class Leftovers(ResumeTest):
    def test_a_secret_must_be_said_again(self):
        self.run_until(lambda: "interrupted" in self.started_cases(), "interrupted",
                       more=["--", "--storage_driver_password=value-of-a-secret-flag"])
        done = self.resume()
        self.assertEqual((USAGE, "opready: error: the earlier run was given a secret as '--storage_driver_password', "
                                 "which its record doesn't hold: give it again\n"), (done.status, done.err))
        with self.started("--resume", self.report.path, "--", "--storage_driver_password=another") as run:
            self.wait_for(lambda: len(self.started_cases()) == 2, "the run to go on")
            run.send_signal(signal.SIGINT)
            run.wait(60)
        self.assertIn("--storage_driver_password=another", self.started_children()[-1])

    def test_a_child_that_survived_is_ended_and_its_namespaces_are_removed(self):
        start = f'Starting e2e run "{E2E_RUN}" on Ginkgo node 1'
        self.e2e = self.script("e2e.test", f"""\
            case "$*" in *report-dir*)
              if [ ! -e {self.directory}/first ]; then
                echo $$ > {self.directory}/first
                trap '' INT TERM
                echo 'I0131 08:15:30.123456    4711 e2e.go:109] {start}'
                exec sleep 120
              fi ;;
            esac
            exec {FAKE_E2E} "$@"
            """)
        self.run_until(lambda: E2E_RUN in self.events_text(), "passes", more=["--grace-period", "200ms"])
        child = int((self.directory / "first").read_text())
        self.wait_for(lambda: self.processes() == [child], "the end of all but the child")
        (self.cluster / "namespace").write_text(
            f'{{"metadata": {{"name": "spec-1", "uid": "u", "resourceVersion": "1", "labels": {{"e2e-run": "{E2E_RUN}"}}}}}}')
        done = self.resume()
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn(f"ended process {child}, which the run had left\nremoved namespace spec-1\n", done.out)
        self.assertEqual([], self.processes())
        self.assertIn("delete --raw /api/v1/namespaces/spec-1 ", (self.cluster / "changes").read_text())
        self.assertEqual({"passes": ("passed", [("[fake] passes", "passed")])}, self.outcomes())

    def events_text(self):
        return self.report.text("events.jsonl") if (self.report.path / "events.jsonl").exists() else ""


class RerunFailed(ResumeTest):
    def setUp(self):
        super().setUp()
        self.first = self.report.path
        self.second = self.directory / "again"

    def rerun(self, *more):
        done = self.opready("--rerun-failed", self.first, "--report-dir", self.second, *more)
        self.report.path = self.second
        return done

    def test_what_failed_is_run_again_by_itself(self):
        self.run_cases("passes", "fails", "crashes", "skips")
        done = self.rerun()
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertEqual({"fails": ("failed", [("[fake] fails with a reason", "failed")]),
                          "crashes": ("crashed", [("[fake] crashes with SIGSEGV", "cancelled")])}, self.outcomes())

    def test_one_of_those_that_failed(self):
        self.run_cases("passes", "fails", "crashes")
        self.rerun("--case", "crashes")
        self.assertEqual(["crashes"], list(self.outcomes()))

    def test_it_is_no_shard(self):
        self.run_cases("fails")
        done = self.rerun("--shard", "1/2")
        self.assertEqual((USAGE, "opready: error: --rerun-failed takes no --shard: what failed is run as a whole\n"),
                         (done.status, done.err))

    def test_only_the_specs_that_failed(self):
        cases = self.directory / "cases.yaml"
        cases.write_text("category: Mine\ntestCases:\n"
                         "- {id: several, description: d, focus: ['\\[fake\\] (passes|fails with a reason)$']}\n")
        self.opready("run", "--report-dir", self.first, "--test-directory", cases, "--e2e-binary", self.e2e,
                     "--kubeconfig", self.kubeconfig)
        self.assertEqual(1, self.rerun().status)
        self.assertTrue(self.started_children()[-1].endswith(
            r"--ginkgo.focus=^Kubernetes e2e suite \[fake\] fails with a reason$"))
        self.assertEqual([("[fake] fails with a reason", "failed")], self.outcomes()["several"][1])

    def test_nothing_failed(self):
        self.run_cases("passes")
        done = self.rerun()
        self.assertEqual((4, "", f"opready: error: nothing failed in '{self.first}'\n"),
                         (done.status, done.out, done.err))
        self.assertFalse(self.second.exists())

    def test_a_rerun_can_be_resumed(self):
        self.e2e = self.script("e2e.test", f'[ -e {self.directory}/slow ] && case "$*" in *report-dir*) sleep 60 ;; esac\n'
                                           f'exec {FAKE_E2E} "$@"\n')
        self.run_cases("passes", "fails", "panics")
        (self.directory / "slow").touch()
        before = len(self.started_cases())
        with self.started("--rerun-failed", self.first, "--report-dir", self.second, "--jobs", "1",
                          stdout=subprocess.DEVNULL) as run:
            self.wait_for(lambda: (self.second / "cases" / "fails" / "attempt-1" / "e2e.log").exists(), "the first case")
            run.kill()
            run.wait()
        self.assertEqual(before, len(self.started_cases()))
        (self.directory / "slow").unlink()
        self.report.path = self.second
        done = self.resume()
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertEqual({"fails", "panics"}, set(self.outcomes()))

    def test_both_are_seen_as_one(self):
        self.run_cases("passes", "false-success", "no-report")
        self.rerun("--exclude", "no-report")  # Lists append.
        joined = self.directory / "joined"
        before = {path: path.read_bytes() for path in self.directory.rglob("*.json")}
        shown = self.opready("report", self.second, self.first)
        self.assertEqual((1, ""), (shown.status, shown.err))
        self.assertEqual(before, {path: path.read_bytes() for path in self.directory.rglob("*.json")})
        done = self.opready("report", self.second, self.first, "--output-dir", joined)
        self.assertEqual((1, ""), (done.status, done.err))
        self.report.path = joined
        self.assertEqual({"passes": 1, "false-success": 2, "no-report": 1},
                         {case["id"]: len(case["attempts"]) for case in self.report.summary()["cases"]})
        logs = [attempt["log"] for attempt in self.report.case("false-success")["attempts"]]
        self.assertEqual([f"{run}/cases/false-success/attempt-1/e2e.log" for run in (self.first, self.second)], logs)
        self.assertIn(f"report: {joined}", done.out)
        self.assertFalse((joined / "events.jsonl").exists())
        again = self.opready("report", self.second, self.first, "--output-dir", self.first)
        self.assertEqual((CANNOT_RUN, f"opready: error: '{self.first}' is not empty: name a new directory\n"),
                         (again.status, again.err))

    def test_runs_against_two_clusters_are_not_one(self):
        self.run_cases("fails")
        (self.cluster / "uid").write_text("another")
        self.rerun()
        done = self.opready("report", self.first, self.second)
        self.assertEqual((USAGE, ""), (done.status, done.out))
        self.assertIn("these are not one", done.err)


if __name__ == "__main__":
    unittest.main()
