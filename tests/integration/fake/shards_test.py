# SPDX-License-Identifier: Apache-2.0
"""Cases that do the same work run once, and several runs share a plan."""

import contextlib
import json
import signal
import subprocess
import unittest

from opready import FAKE_E2E, OpreadyTest, Report

FILE = "shards.yaml"
SHARDS = 4
SERIAL = {"alone", "alone-too"}


class ShardsTest(OpreadyTest):
    def shard(self, number):
        return Report(self.directory / f"shard-{number}")

    def shard_arguments(self, number, *more):
        return ["run", "--report-dir", self.shard(number).path,
                *self.arguments(file=FILE, more=["--shard", f"{number}/{SHARDS}", "--output", "quiet", *more])]

    def taken(self, number, *more, environment=None):
        """The ids of a shard's cases, as `list` shows them."""
        done = self.opready("list", *self.arguments(file=FILE, more=["--format", "json", *more]),
                            environment=environment)
        self.assertEqual((0, ""), (done.status, done.err))
        return [case["id"] for case in json.loads(done.out)["cases"]
                if (case["not_run"] or {}).get("reason") != "other_shard"]

    def run_side_by_side(self, *more, environment=None):
        """The exit status of each shard."""
        with contextlib.ExitStack() as stack:
            runs = [stack.enter_context(self.started(*self.shard_arguments(number, *more), environment=environment,
                                                     stdout=subprocess.DEVNULL)) for number in range(1, SHARDS + 1)]
            return [run.wait(120) for run in runs]

    def shard_of(self, case):
        return next(number for number in range(1, SHARDS + 1)
                    if case in self.taken(number, "--shard", f"{number}/{SHARDS}"))


def outcomes(summary):
    """{(case, spec or None, outcome)}"""
    found = set()
    for case in summary["cases"]:
        found.add((case["id"], None, case["outcome"]))
        found |= {(case["id"], spec["name"], spec["status"]) for attempt in case["attempts"]
                  for spec in attempt["specs"]}
    return found


def times_of(events, event):
    return {item["id"]: item["time"] for item in events if item["event"] == event}


class Duplicates(OpreadyTest):
    def test_cases_that_select_the_same_run_once(self):
        done = self.run_cases("passes", "passes-as-well", file=FILE)
        self.assertEqual(0, done.status, done.err)
        self.assertEqual(1, len([line for line in self.started_children() if "--report-dir" in line]))
        self.assertIn("; 1 more gets the result of one with the same specs\n", done.out)
        self.assertIn("\nPASSED passes-as-well: ran as passes\n", done.out)
        self.assert_whole_reports()
        case = self.report.case("passes-as-well")
        self.assertEqual(("passed", "passes", 0.0), (case["outcome"], case["ran_as"], case["duration_seconds"]))
        attempt, = case["attempts"]
        self.assertTrue((self.report.path / attempt["log"]).is_file(), attempt["log"])
        row, = self.report.rows("passes-as-well")
        self.assertEqual("passes-as-well: [fake] passes", row.get("name"))


class Plans(ShardsTest):
    def test_each_case_is_in_one_shard(self):
        everything = self.taken(1)
        shards = [self.taken(number, "--shard", f"{number}/{SHARDS}") for number in range(1, SHARDS + 1)]
        self.assertEqual(sorted(everything), sorted(case for shard in shards for case in shard))
        self.assertEqual([SERIAL], [SERIAL & set(shard) for shard in shards if SERIAL & set(shard)])

    def test_a_kubernetes_job_says_which(self):
        index = {"JOB_COMPLETION_INDEX": "2"}
        self.assertEqual(self.taken(3, "--shard", "3/4"), self.taken(3, "--shard", "/4", environment=index))
        self.assertEqual(self.taken(1, "--shard", "1/4"), self.taken(1, "--shard", "1/4", environment=index))

    def test_shards_that_there_are_not_are_refused(self):
        for shard, index, message in (
                ("5/4", None, "'5/4' is none of the shards from 1/4 to 4/4"),
                ("0/4", None, "'0/4' is none of the shards from 1/4 to 4/4"),
                ("4", None, "'4' is not of the form K/N, or /N in a Kubernetes Job"),
                ("1/0", None, "'1/0' is not of the form K/N, or /N in a Kubernetes Job"),
                ("/4", None, "'/4' takes its number from $JOB_COMPLETION_INDEX, which isn't set; say which one, as in "
                             "1/4"),
                ("/4", "4", "$JOB_COMPLETION_INDEX is '4', which is no number from 0 to 3")):
            with self.subTest(shard, index=index):
                done = self.opready("list", *self.arguments(file=FILE, more=["--shard", shard]),
                                    environment={"JOB_COMPLETION_INDEX": index} if index else {})
                self.assertEqual((2, f"opready: error: --shard: {message}\n"), (done.status, done.err))

    def test_list_says_what_durations_are_to_it(self):
        self.assertIn("  Deal cases so that shards take equally long by an earlier run (directory, events.jsonl or "
                      "summary.json)\n", self.opready("list", "--help").out)

    def test_options_that_make_no_sense_are_refused(self):
        done = self.opready(*self.run_arguments(file=FILE, more=["--shard", "1/4", "--place=taint"]))
        self.assertEqual((2, "opready: error: --shard needs --place=policy or none: only one run at a time can taint "
                             "the Linux nodes\n"), (done.status, done.err))
        done = self.opready("list", *self.arguments(file=FILE, more=["--durations", "x"]))
        self.assertEqual((2, "opready: error: --durations requires --shard\n"), (done.status, done.err))
        done = self.opready("list", *self.arguments(file=FILE, more=["--shard", "1/4", "--durations", "/nowhere"]))
        self.assertEqual((3, "opready: error: cannot read '/nowhere': no such file or directory\n"),
                         (done.status, done.err))

    def test_an_earlier_run_makes_shards_equally_long(self):
        seconds = {"passes": 9, "passes-too": 5, "fails": 4, "skips": 1, "panics": 1, "no-report": 1, "alone": 100}
        summary = self.directory / "summary.json"
        summary.write_text(json.dumps({"cases": [{"id": case, "outcome": "passed", "duration_seconds": float(time)}
                                                 for case, time in seconds.items()]}))
        first, second = (self.taken(number, "--shard", f"{number}/2", "--durations", summary) for number in (1, 2))
        together = [{case for case in shard if case in seconds and case not in SERIAL} for shard in (first, second)]
        # 11 s and 10 s; the case that must run alone waits for the others whatever it takes.
        self.assertEqual([{"passes", "no-report", "skips"}, {"passes-too", "fails", "panics"}], together)

    def test_a_listing_says_where_the_others_are(self):
        other = self.shard_of("fails")
        done = self.opready("list", *self.arguments(file=FILE, more=["--shard", f"{other % SHARDS + 1}/{SHARDS}"]))
        self.assertIn(f"\nfails\n  A spec fails\n  not run here: in shard {other} of 4\n", done.out)
        self.assertRegex(done.out, r"\n10 cases in 1 category: \d to run with \d specs?,.* \d in other shards")


class Runs(ShardsTest):
    def test_four_side_by_side_are_as_good_as_one_run(self):
        # Long enough to overlap.
        self.e2e = self.script("e2e.test", f"""\
            case "$*" in *--report-dir*) sleep 0.3 ;; esac
            exec '{FAKE_E2E}' "$@"
            """)
        whole = self.run_cases(file=FILE)
        self.assertEqual(1, whole.status)
        statuses = self.run_side_by_side("--jobs", "2")
        self.assertLessEqual(set(statuses), {0, 1}, statuses)
        summaries = [self.shard(number).summary() for number in range(1, SHARDS + 1)]
        self.assertEqual(len(self.report.summary()["cases"]), sum(len(summary["cases"]) for summary in summaries))
        self.assertEqual(outcomes(self.report.summary()), set().union(*map(outcomes, summaries)))
        self.assert_alone()
        self.assertEqual([], list(self.cluster.glob("lease-*")))
        self.assert_nothing_left()

    def assert_alone(self):
        """No case of any shard runs while one does that must run alone."""
        spans = []
        for number in range(1, SHARDS + 1):
            events = self.shard(number).events()
            finished = times_of(events, "case_finished")
            spans += [(case, began, finished[case]) for case, began in times_of(events, "case_started").items()]
        self.assertEqual(SERIAL, {case for case, _, _ in spans} & SERIAL)
        for case, began, ended in spans:
            for other, other_began, other_ended in spans:
                if case in SERIAL and case != other:
                    self.assertTrue(other_ended <= began or ended <= other_began, (case, other))

    def test_a_shard_speaks_for_its_own_cases_only(self):
        number = self.shard_of("passes")
        done = self.opready(*self.shard_arguments(number))
        summary = self.shard(number).summary()
        self.assertEqual({"number": number, "count": 4}, summary["shard"])
        self.assertFalse(summary["verdict"]["whole_core"])
        self.assertEqual(f"shard {number} of 4 of Fake.Shards", summary["verdict"]["scope"])
        own = [case["id"] for case in summary["cases"]]
        self.assertEqual(self.taken(number, "--shard", f"{number}/4"), own)
        self.assertIn(f"\nshard {number} of 4: {len(own)} of 10 cases\n", done.out)

    def test_a_shard_without_cases_is_no_failure(self):
        for number in range(1, SHARDS + 1):
            arguments = ["--shard", f"{number}/{SHARDS}", "--overwrite"]
            done = self.run_cases("passes", file=FILE, more=arguments)
            self.assertEqual(0, done.status, done.out + done.err)
            self.assert_whole_reports()
        self.assertIn("no verdict, no case fell to it", self.run_cases(
            "passes", file=FILE, more=["--shard", f"{self.shard_of('passes') % SHARDS + 1}/{SHARDS}", "--overwrite"]).out)

    def test_where_no_case_is_in_any_shard_none_is_run(self):
        done = self.run_cases("nowhere", file=FILE, more=["--shard", "1/4"])
        self.assertEqual((4, "opready: error: nothing to run:\n  nowhere: a spec\n"), (done.status, done.err))

    def test_directories_of_shards_differ_where_none_is_named(self):
        for number in (1, 2):
            done = self.opready("run", *self.arguments("passes", "fails", file=FILE, more=["--shard", f"{number}/2"]))
            self.assertIn(done.status, (0, 1), done.err)
            self.assertEqual(1, len(list(self.directory.glob(f"op-readiness-dead-*-shard-{number}-of-2"))))


class Turns(ShardsTest):
    def leases(self):
        found = []
        for path in self.cluster.glob("lease-*"):
            with contextlib.suppress(FileNotFoundError):  # Given back just now.
                found.append(json.loads(path.read_text())["metadata"]["labels"]["op-readiness/turn"])
        return sorted(found)

    def wait_for_leases(self, *turns):
        self.wait_for(lambda: self.leases() == sorted(turns), f"{turns}")

    @contextlib.contextmanager
    def waiting_for_a_run_that_stands_still(self):
        """(that run, the one with the cases that must run alone, which waits for it)"""
        self.e2e = self.script("e2e.test", f"""\
            case "$*" in *"--report-prefix passes "*) while [ -e '{self.directory}/wait' ]; do sleep 0.05; done ;; esac
            exec '{FAKE_E2E}' "$@"
            """)
        (self.directory / "wait").touch()
        with self.started(*self.shard_arguments(self.shard_of("passes")), stdout=subprocess.DEVNULL) as other:
            self.wait_for_leases("shared")
            with open(self.directory / "out", "wb") as out, \
                    self.started(*self.shard_arguments(self.shard_of("alone")), stdout=out) as alone:
                self.wait_for(lambda: "wait for" in (self.directory / "out").read_text(), "the wait")
                yield other, alone

    def test_the_wait_for_others_can_be_seen_and_stopped(self):
        number = self.shard_of("passes")
        with self.waiting_for_a_run_that_stands_still() as (other, alone):
            run = self.shard(number).events()[0]["run_id"]
            self.assertIn(f"cases that must run alone wait for the end of all others: shard {number} of 4, run {run} "
                          f"(process {other.pid} on ", (self.directory / "out").read_text())
            self.assertEqual(["exclusive", "shared"], self.leases())
            alone.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, alone.wait(30))
            self.assertEqual(["shared"], self.leases())
            (self.directory / "wait").unlink()
            self.assertEqual(0, other.wait(60))
        self.assertEqual([], self.leases())
        stopped = self.shard(self.shard_of("alone"))
        self.assertEqual("run_finished", stopped.events()[-1]["event"])
        self.assertEqual("not_run", stopped.case("alone")["outcome"])

    def test_a_killed_run_keeps_nobody_waiting(self):
        with self.waiting_for_a_run_that_stands_still() as (other, alone):
            other.kill()
            other.wait()
            (self.directory / "wait").unlink()
            self.assertEqual(1, alone.wait(60))
        self.assertEqual("failed", self.shard(self.shard_of("alone")).case("alone-too")["outcome"])
        done = self.opready("doctor", "--repair", "--kubeconfig", self.kubeconfig)
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertRegex(done.out, r"^removed Lease op-readiness-turn-\w+\n$")
        self.assertEqual([], self.leases())

    def test_a_cluster_without_leases_is_told_before_anything_starts(self):
        done = self.opready(*self.shard_arguments(1), environment={"FAKE_KUBECTL": "no-leases"})
        self.assertEqual((3, "opready: error: --shard: some cases must run alone in the cluster, so shards take turns by "
                             "Leases: the account may not create Leases in kube-system; grant that, or --exclude such "
                             "cases and run them by themselves\n"), (done.status, done.err))
        self.assertFalse(self.shard(1).path.exists())

    def test_cases_that_may_all_run_together_take_no_turns(self):
        done = self.run_cases("passes", "fails", file=FILE, more=["--shard", f"{self.shard_of('passes')}/{SHARDS}"],
                              environment={"FAKE_KUBECTL": "no-leases"})
        self.assertIn(done.status, (0, 1), done.err)


if __name__ == "__main__":
    unittest.main()
