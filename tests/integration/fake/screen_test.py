# SPDX-License-Identifier: Apache-2.0
"""What a terminal shows of a run, as pictures: running cases, the end, and windows that are dragged meanwhile."""

import json
import os
import re
import signal
import unittest

import screen
from opready import OpreadyTest, expect_golden

DURATION = re.compile(r"(^ *| *)\b(?:\d+(?:\.\d)?s|\d+m\d\ds)", re.MULTILINE)


def without_times(text):
    """All durations as if they were "0.0s", in columns as wide as that takes, and nothing that more may push out."""
    def steady(found):
        in_column = len(found[1]) > 1 or text[:found.start()].endswith("\n")
        return ("  " if in_column else found[1]) + "0.0s"
    steadied = re.sub("  +Time", "  Time", DURATION.sub(steady, text))
    return re.sub(r"(?<= 0\.0s), [^\n]*…$", "…", steadied, flags=re.MULTILINE)


class Pictures(OpreadyTest):
    def setUp(self):
        super().setUp()
        (self.directory / "e2e.test").symlink_to(self.e2e)
        self.e2e = "./e2e.test"
        self.report.path = "report"

    def run_on(self, columns, *more, rows=24):
        arguments = self.run_arguments(file="terminal.yaml", more=["--jobs", "2", "--output", "failures",
                                                                   "--grace-period", "1s", *more])
        return screen.Terminal([self.binary, *arguments], environment=self.environment, directory=self.directory,
                               columns=columns, rows=rows)

    def wait_for_steps(self, terminal):
        terminal.wait_for(lambda text: text.count(": waiting to be interrupted") == 2, "steps of two cases")

    def wait_for_wide_lines(self, terminal):
        terminal.wait_for(lambda text: "[##########....." in text and text.endswith("to be interrupted"),
                          "wide status lines")

    def earlier_run(self):
        """What is left after the first case is rounded to the same ten minutes during the next nine."""
        seconds = {"fails": 3600, "interrupted": 7200, "slow-cleanup": 7200, "passes": 1080}
        summary = self.directory / "summary.json"
        summary.write_text(json.dumps({"cases": [{"id": case, "outcome": "passed", "duration_seconds": float(time)}
                                                 for case, time in seconds.items()]}))
        return summary

    def expect(self, name, lines):
        expect_golden(self, f"terminal/{name}.txt", without_times("\n".join(lines)) + "\n")

    def test_a_run_under_way_and_at_its_end(self):
        for columns in (80, 200):
            with self.subTest(columns=columns), \
                    self.run_on(columns, "--overwrite", "--durations", self.earlier_run()) as terminal:
                self.wait_for_steps(terminal)
                self.expect(f"under_way_{columns}", terminal.above() + terminal.rows())
                terminal.press(b"\x03")
                self.assertEqual(128 + signal.SIGINT, terminal.wait())
                self.expect(f"ended_{columns}", terminal.above() + terminal.rows())

    def test_resizing_leaves_no_debris(self):
        for wrap in (False, True):
            with self.subTest(wrap=wrap), self.run_on(80, "--overwrite") as terminal:
                self.wait_for_steps(terminal)
                terminal.resize(36, wrap=wrap)
                terminal.wait_for(lambda text: "slow-cleanup: waiting to be…" in text, "narrow status lines")
                self.expect(f"narrower_{'wrapped' if wrap else 'cut'}", terminal.rows())
                terminal.resize(130, wrap=wrap)
                self.wait_for_wide_lines(terminal)
                self.assertEqual(3, sum("of 4 done" in row or "waiting" in row for row in terminal.rows()))
                terminal.resize(130, 4, wrap=wrap)
                terminal.wait_for(lambda text: text.endswith("       and 2 more"), "fewer lines")

    def test_a_stopped_run_leaves_the_terminal_to_others(self):
        with self.run_on(80) as terminal:
            self.wait_for_steps(terminal)
            terminal.press(b"\x1a")
            os.waitpid(terminal.pid, os.WUNTRACED)
            terminal.wait_for(lambda text: "of 4 done" not in text, "screen without status lines")
            self.assertTrue(terminal.echoes())
            os.kill(terminal.pid, signal.SIGCONT)
            self.wait_for_steps(terminal)
            self.assertEqual(1, terminal.text().count("of 4 done"))
            self.assertFalse(terminal.echoes())

    def test_what_is_typed_meanwhile_leaves_no_debris(self):
        with self.run_on(80) as terminal:
            self.wait_for_steps(terminal)
            above = terminal.rows()[:-3]
            terminal.press(b"\r\recho typed\r")
            terminal.resize(130, wrap=False)  # Has it draw again.
            self.wait_for_wide_lines(terminal)
            self.assertEqual(above, terminal.rows()[:-3])
            terminal.press(b"\x03")
            self.assertEqual(128 + signal.SIGINT, terminal.wait())
            self.assertTrue(terminal.echoes())

    def test_under_watch_a_report_is_as_wide_and_as_colourful_as_watch_wants_it(self):
        self.run_cases("fails")
        environment = {**self.environment, "TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}
        with screen.Terminal(["watch", "--color", "--no-title", self.binary, "report", "report"],
                             environment=environment, directory=self.directory, columns=60, rows=40) as terminal:
            terminal.wait_for(lambda text: text.endswith("; report: report"), "summary")
            self.expect("under_watch", terminal.rows())
            row = next(index for index, text in enumerate(terminal.rows()) if text.startswith("FAILED"))
            self.assertEqual("red", terminal.screen.buffer[row][0].fg)


if __name__ == "__main__":
    unittest.main()
