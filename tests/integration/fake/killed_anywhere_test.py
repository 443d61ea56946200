# SPDX-License-Identifier: Apache-2.0
"""Runs that are killed at random moments come to what an undisturbed one comes to. docs/faults.md names these tests.

50 moments, 5 unless OPREADY_SOAK=1. OPREADY_SEED repeats those of an earlier time."""

import json
import os
import random
import subprocess
import time
import unittest

from opready import FAKE_CASES, FAKE_E2E, OpreadyTest

SOAK = os.environ.get("OPREADY_SOAK") == "1"
MOMENTS = 50 if SOAK else 5
KILLS_OF_ONE_RUN = 20 if SOAK else 4
NORMAL = ("passes", "skips", "descriptors")
FLAKY = ("in-part", "crash", "ordered")
FAILING = ("fails", "panics", "pending", "crashes", "no-report", "truncated-report", "false-success", "before-suite",
           "always")
# All others take 0.2 s.
SECONDS = {"skips": 2, "descriptors": 1, "crash": 0.5, "ordered": 1, "fails": 0.1}


class KilledAnywhere(OpreadyTest):
    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("OPREADY_SEED", time.time_ns() % 1000000))
        print(f"OPREADY_SEED={seed}")
        self.random = random.Random(seed)
        self.e2e = self.slow_e2e_that_forgets()
        self.begin("undisturbed")
        began = time.monotonic()
        done = self.opready(*self.arguments_of_run())
        self.seconds = time.monotonic() - began
        self.assertEqual((1, ""), (done.status, done.err))
        self.expected = self.results()
        self.attempts = self.finished()
        self.assertEqual({case: 1 if case in NORMAL else 2 for case in (*NORMAL, *FLAKY, *FAILING)},
                         {case: len(outcomes) for case, outcomes in self.attempts.items()})

    def slow_e2e_that_forgets(self):
        """A flaky spec fails until that stands in the events, as in a run that nobody kills."""
        times = "".join(f" {case}) sleep {seconds} ;;" for case, seconds in SECONDS.items())
        return self.script("e2e.test", f"""\
            case=$(echo "$*" | sed -n 's/.* --report-prefix \\([^ ]*\\) .*/\\1/p')
            if [ "$case" ]; then
              export FAKE_E2E_MEMORY="$RUN/memory-of-$case"
              grep -q "\\"case_finished\\",\\"id\\":\\"$case\\"" "$RUN/report/events.jsonl" || rm -rf "$FAKE_E2E_MEMORY"
              mkdir -p "$FAKE_E2E_MEMORY"
              case "$case" in{times} *) sleep 0.2 ;; esac
            fi
            exec {FAKE_E2E} "$@"
            """)

    def begin(self, name):
        """What follows is about another run, which has done nothing yet."""
        run = self.directory / name
        run.mkdir()
        self.report.path = run / "report"
        self.starts = run / "starts"
        self.environment |= {"RUN": str(run), "FAKE_E2E_STARTS": str(self.starts)}

    def arguments_of_run(self):
        return self.run_arguments(*NORMAL, *FLAKY, *FAILING,
                                  more=["--test-directory", str(FAKE_CASES / "flaky.yaml"), "--jobs", "4", "--retries",
                                        "1", "--retry-delay", "100ms", "--output", "quiet"])

    def next_arguments(self):
        """Those that go on with the run, or begin it where it was killed before it was one."""
        return ["--resume", self.report.path] if self.whole_events() else self.arguments_of_run()

    def whole_events(self):
        """The lines of events.jsonl, but for a last one that may be torn."""
        path = self.report.path / "events.jsonl"
        return path.read_text().split("\n")[:-1] if path.exists() else []

    def finished(self):
        """{case: [the outcome of each attempt]}"""
        found = {}
        for line in self.whole_events():
            if '"event":"case_finished"' in line:
                event = json.loads(line)
                found.setdefault(event["id"], []).append(event["result"]["outcome"])
        return found

    def results(self):
        """{(case, spec or None, outcome)}, with the outcome of the last attempt that the spec had."""
        found = {}
        for case in self.report.summary()["cases"]:
            found[case["id"], None] = case["outcome"]
            for attempt in case["attempts"]:
                found |= {(case["id"], spec["name"]): spec["status"] for spec in attempt["specs"]}
        return {(*what, outcome) for what, outcome in found.items()}

    def starts_of(self, cases):
        return {case: sum(f"--report-prefix {case} " in start for start in self.started_children()) for case in cases}

    def temporary_files(self):
        return {path.name for path in (self.directory / "tmp").iterdir()}

    def kill_after(self, seconds):
        with self.started(*self.next_arguments(), stdout=subprocess.DEVNULL) as run:
            time.sleep(seconds)
            run.kill()

    def assert_goes_on_to_the_same_end(self):
        done_before = [case for case, outcomes in self.finished().items() if outcomes == self.attempts[case]]
        starts_before = self.starts_of(done_before)
        files_before = self.temporary_files()
        done = self.opready(*self.next_arguments())
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertEqual(self.expected, self.results())
        # No attempt that had finished was made again.
        self.assertEqual(self.attempts, self.finished())
        self.assertEqual(starts_before, self.starts_of(done_before))
        self.assert_whole_reports()
        # The imitation's sleep may outlive it for a moment.
        self.wait_for(lambda: not self.processes(), "the end of all that the run started")
        # Who is killed removes nothing; who goes on adds nothing.
        self.assertLessEqual(self.temporary_files(), files_before)
        return len(done_before)

    def test_a_run_that_is_killed_goes_on_to_the_same_end(self):
        for number in range(MOMENTS):
            moment = self.random.uniform(0, self.seconds)
            with self.subTest(number=number, moment=moment):
                self.begin(f"run-{number}")
                self.kill_after(moment)
                done = self.assert_goes_on_to_the_same_end()
                print(f"killed after {moment:.3f} s with {done} cases done")

    def test_so_does_one_that_is_killed_again_and_again(self):
        self.begin("run")
        for _ in range(KILLS_OF_ONE_RUN):
            self.kill_after(self.random.uniform(0, self.seconds / 4))
        self.assert_goes_on_to_the_same_end()


if __name__ == "__main__":
    unittest.main()
