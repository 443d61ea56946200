# SPDX-License-Identifier: Apache-2.0
"""Each way in which an e2e.test can end: what the console, the JUnit file and summary.json say of it."""

import dataclasses
import re
import unittest

from opready import FAKE_E2E, HERE, OpreadyTest

SKIP_REASON = "Only supported for node OS distro [windows]"
NOT_REACHED = "not run: not reached before the end"


@dataclasses.dataclass
class Row:
    """A row of the JUnit file: its name behind the case's id, what it is, and a part of its text."""

    spec: str
    kind: str = "passed"
    text: str = ""


@dataclasses.dataclass
class Expected:
    case: str
    outcome: str
    reason: str
    rows: list
    console: list = dataclasses.field(default_factory=list)  # Parts of what is printed for it.
    left_processes: bool = False


def spec(name, kind="passed", text=""):
    return Row(f": [fake] {name}", kind, text)


def own(kind, text):
    return Row("", kind, text)


TABLE = [
    Expected("passes", "passed", "", [spec("passes")]),
    Expected("passes-in-part", "passed", "", [spec("passes"), spec("skips itself", "skipped", SKIP_REASON)],
             ["passes-in-part: 1 spec skipped"]),
    Expected("fails", "failed", "its spec failed",
             [spec("fails with a reason", "failure", '[FAILED] pod "web-0" never became ready')],
             ['    [FAILED] pod "web-0" never became ready\n', "/cases/fails/attempt-1/e2e.log\n"]),
    Expected("skips", "skipped", SKIP_REASON, [spec("skips itself", "skipped", SKIP_REASON)],
             [f"  skips: {SKIP_REASON}\n"]),
    Expected("panics", "failed", "its spec failed", [spec("panics", "failure", "[PANICKED] Test Panicked")],
             ["    [PANICKED] Test Panicked\n"]),
    Expected("pending", "nothing_ran", "e2e.test ended well, but its report shows that no spec ran",
             [own("failure", "nothing ran: e2e.test ended well"),
              spec("is pending", "skipped", "not run by e2e.test (pending, or renamed)")]),
    Expected("out-of-time", "timed_out", "its spec ran out of time",
             [spec("runs out of time", "failure", "[TIMEDOUT] A suite timeout occurred")]),
    Expected("crashes", "crashed", "e2e.test was killed by SIGSEGV and left no report",
             [own("failure", "crashed: e2e.test was killed by SIGSEGV"),
              spec("crashes with SIGSEGV", "skipped", NOT_REACHED)]),
    Expected("go-panic", "no_report", "e2e.test left no report (exit status 2)",
             [own("failure", "panic: runtime error: invalid memory address"),
              spec("exits 2 in a Go panic", "skipped", NOT_REACHED)],
             ["    panic: runtime error: invalid memory address or nil pointer dereference\n"]),
    Expected("hangs", "timed_out", "its time was up and it wrote no report (killed by SIGKILL)",
             [own("failure", "timed out: its time was up"),
              spec("hangs and ignores signals", "skipped", NOT_REACHED)]),
    Expected("long-line", "passed", "", [spec("prints a line of 100 MiB")], ["x... [100.0 MiB more in e2e.log]\n"]),
    Expected("foreign-bytes", "failed", "its spec failed",
             [spec("prints invalid UTF-8 and ANSI", "failure", "[FAILED]")]),
    Expected("hostile-text", "failed", "its spec failed",
             [spec('has hostile text <script>alert(1)</script> ]]> & "quotes"', "failure",
                   "[FAILED] <script>alert(3)</script> ]]> &amp; 'quotes' \"quotes\"")]),
    Expected("no-report", "no_report", "e2e.test left no report (exit status 0)",
             [own("failure", "no report: e2e.test left no report (exit status 0)"),
              spec("writes no report", "skipped", NOT_REACHED)]),
    Expected("truncated-report", "broken_report", "junit_truncated-report01.xml ends in the middle, at line 25",
             [own("failure", "broken report: "), spec("writes a truncated report", "skipped", NOT_REACHED)]),
    Expected("false-success", "failed", "its spec failed",
             [spec("fails but exits 0", "failure", "[FAILED] the exit status lies")]),
    Expected("false-failure", "failed", "e2e.test ended with exit status 1 although its report names no failure",
             [own("failure", "e2e.test ended with exit status 1"), spec("exits 1 for no reason")]),
    Expected("grandchild", "passed", "", [spec("leaves a grandchild holding the pipe")],
             ["PASSED grandchild in", ", left processes behind\n"], left_processes=True),
    Expected("before-suite", "failed", "[SynchronizedBeforeSuite] failed",
             [own("failure", "[FAILED] no node is schedulable"), spec("BeforeSuite fails", "skipped", NOT_REACHED)],
             ["    [FAILED] no node is schedulable\n"]),
    Expected("descriptors", "passed", "", [spec("sees no foreign descriptors")]),
]

FAILURES = {"failed", "timed_out", "crashed", "no_report", "broken_report", "nothing_ran"}


def kind_and_text(row):
    for child in row:
        if child.tag == "failure":
            return child.tag, child.text
        if child.tag == "skipped":
            return child.tag, child.get("message")
    return "passed", ""


class Outcomes(OpreadyTest):
    def test_every_outcome_is_told_alike_everywhere(self):
        done = self.run_cases(*[expected.case for expected in TABLE], more=["--jobs", "4", "--grace-period", "1s"])
        self.assertEqual((1, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assert_nothing_left()
        for expected in TABLE:
            with self.subTest(expected.case):
                self.check_summary(expected)
                self.check_junit(expected)
                self.check_console(expected, done.out)
        self.check_foreign_text(done)

    def check_summary(self, expected):
        case = self.report.case(expected.case)
        self.assertEqual((expected.outcome, expected.reason), (case["outcome"], case["reason"] or ""))
        self.assertEqual(expected.left_processes, case["attempts"][0]["left_processes_behind"])

    def check_junit(self, expected):
        rows = self.report.rows(expected.case)
        self.assertEqual([(expected.case + row.spec, row.kind) for row in expected.rows],
                         [(row.get("name"), kind_and_text(row)[0]) for row in rows])
        for wanted, row in zip(expected.rows, rows):
            self.assertIn(wanted.text, kind_and_text(row)[1])

    def check_console(self, expected, out):
        word = expected.outcome.replace("_", " ").upper()
        reason = f": {re.escape(expected.reason)}" if expected.reason else ""
        self.assertRegex(out, rf"(?m)^{word} {expected.case} in [0-9hms.]+(, left processes behind)?{reason}$")
        if expected.outcome in FAILURES:
            self.assertRegex(out, rf"(?m)^{word} {expected.case} \[Fake\.Faults\] in ")
        for part in expected.console:
            self.assertIn(part, out)

    def check_foreign_text(self, done):
        """What comes from outside is shown, but does nothing to terminals, XML and JSON."""
        done.raw.decode("utf-8")
        for text in (done.out, self.report.text("summary.json"), self.report.text("junit_op-readiness.xml")):
            self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f-\x9f]")
        self.assertIn(b"\x1b[31mred", self.report.log("foreign-bytes"))

    def test_a_report_of_100000_cases_is_read(self):
        done = self.run_cases("huge-report")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assertEqual("passed", self.report.case("huge-report")["outcome"])
        self.assertEqual(100_001, len(self.report.rows("huge-report")))
        self.assertIn("PASSED huge-report in ", done.out)

    def test_a_binary_that_is_gone_when_its_turn_comes_fails_the_case(self):
        self.e2e = self.script("e2e.test", f"exec '{FAKE_E2E}' \"$@\"\n")
        # The cluster is asked after e2e.test was, and before the first case.
        self.script("kubectl", f"rm -f '{self.e2e}'\nexec '{HERE}/kubectl' \"$@\"\n")
        path = f"{self.directory}:{self.environment['PATH']}"
        done = self.run_cases("passes", "fails", environment={"PATH": path})
        self.assertEqual((1, ""), (done.status, done.err))
        self.assert_whole_reports()
        reason = f"cannot start '{self.e2e}': no such file or directory"
        for case in ("passes", "fails"):
            self.assertEqual(("not_started", reason),
                             (self.report.case(case)["outcome"], self.report.case(case)["reason"]))
            self.assertEqual([(case, ("failure", f"not started: {reason}\n\nlog: cases/{case}/attempt-1/e2e.log"))],
                             [(row.get("name"), kind_and_text(row)) for row in self.report.rows(case)])
            self.assertRegex(done.out, rf"(?m)^NOT STARTED {case} in [0-9ms.]+: {re.escape(reason)}$")


if __name__ == "__main__":
    unittest.main()
