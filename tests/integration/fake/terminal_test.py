# SPDX-License-Identifier: Apache-2.0
"""What is drawn on a terminal, what is printed elsewhere, and what happens when nobody reads it."""

import re
import signal
import subprocess
import unittest

from opready import OpreadyTest

LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z \[passes\] (.*)$", re.MULTILINE)


class Terminal(OpreadyTest):
    def test_colours_are_used_on_a_terminal_only_and_not_where_no_color_is_set(self):
        colour = re.compile(rb"\x1b\[[0-9;]*m")
        arguments = self.run_arguments("fails", more=["--overwrite"])
        self.assertRegex(self.on_terminal(*arguments)[1], colour)
        self.assertNotRegex(self.on_terminal(*arguments, environment={"NO_COLOR": "1"})[1], colour)
        self.assertNotRegex(self.opready(*arguments).raw, colour)
        self.assertRegex(self.opready(*arguments, "--color", "always").raw, colour)
        self.assertNotRegex(self.on_terminal(*arguments, "--color", "never")[1], colour)

    def test_elsewhere_there_are_plain_lines_with_time_and_case(self):
        done = self.run_cases("passes")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertNotIn("\x1b", done.out)
        self.assertNotIn("\r", done.out)
        opening = ("context dead at https://127.0.0.1:1: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3\n"
                   f"e2e.test v1.36.3 ({self.e2e})\n1 case to run, up to 4 at a time\n\n"
                   "[Fake.Faults] 1 / 1 - All is well\n")
        self.assertEqual(opening, done.out[:len(opening)])
        self.assertEqual(self.report.log("passes").decode().splitlines(), LINE.findall(done.out))

    def test_less_can_be_shown(self):
        for mode, shown in (("failures", ["PASSED passes in ", "FAILED fails in ", "never became ready"]),
                            ("quiet", ["FAILED fails in ", "never became ready"])):
            with self.subTest(mode):
                done = self.run_cases("passes", "fails", more=["--output", mode, "--overwrite"])
                self.assertNotIn("Running Suite", done.out)
                self.assertEqual(mode == "failures", "PASSED passes in " in done.out)
                for text in shown:
                    self.assertIn(text, done.out)

    def test_a_case_that_runs_long_is_named_with_its_last_step(self):
        out = self.directory / "out"
        arguments = self.run_arguments("interrupted", more=["--output", "failures", "--slow-after", "1s"])
        with open(out, "wb") as file, self.started(*arguments, stdout=file) as run:
            line = "\nSLOW interrupted has run for 1s: waiting to be interrupted\n"
            self.wait_for(lambda: line in out.read_text(), "the line that names it")
            run.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, run.wait(60))

    def test_a_reader_that_goes_away_does_not_end_the_run(self):
        with self.started(*self.run_arguments("log-64m", "passes", more=["--jobs", "1"])) as run:
            with subprocess.Popen(["head", "-1"], stdin=run.stdout, stdout=subprocess.DEVNULL) as head:
                run.stdout.close()
                head.wait()
            self.assertEqual(0, run.wait(120))
        self.assert_whole_reports()
        self.assertEqual(["passed", "passed"], [case["outcome"] for case in self.report.summary()["cases"]])
        self.assertGreater(len(self.report.log("log-64m")), 64 * 1024 * 1024)


if __name__ == "__main__":
    unittest.main()
