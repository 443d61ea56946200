# SPDX-License-Identifier: Apache-2.0
"""Every case, on the practice cluster: what we report is what e2e.test's own JUnit files say, read here anew."""

import collections
import re
import signal
import unittest
import xml.etree.ElementTree as ElementTree

import readers
from practice import SOAK, ClusterTest, spec_name

TIMES = ["--case-timeout", "60s"] if SOAK else ["--case-timeout", "15s", "--grace-period", "3s"]
# It waits hours for its pod, so it's stopped by a signal instead, in a test of its own.
WAITS_FOR_HOURS = "extra-device-plugin"

OURS = {"passed": "passed", "failed": "failed", "panicked": "panicked", "timedout": "timed_out",
        "interrupted": "cancelled", "skipped": "skipped"}
# test/e2e/framework/skipper/skipper.go, SkipIfNodeOSDistroIs and SkipUnlessNodeOSDistroIs, and what specs say in words
# of their own.
SKIPS_FOR_THE_SYSTEM = "(?i)node OS distro|not supported on windows"
NOT_REACHED = "not reached before the end"
OUR_TIMEOUT = "its time was up and it had to be ended"


class RawReport:
    """e2e.test's own report of one attempt."""

    def __init__(self, path, planned):
        root = ElementTree.parse(path).getroot()
        reasons = [item.get("value") for item in root.iter("property")
                   if item.get("name") == "SpecialSuiteFailureReason"]
        self.ended_early = any(reasons)
        self.out_of_time = any("Timeout" in reason for reason in reasons)
        self.specs = {}
        self.failed_nodes = []
        for row in root.iter("testcase"):
            name, status = row.get("name"), row.get("status")
            if not name.startswith("[It] "):
                if row.find("failure") is not None or row.find("error") is not None:
                    self.failed_nodes.append(name)
                continue
            name = spec_name(name)
            skipped = row.find("skipped")
            if skipped is not None and skipped.get("message") in ("skipped", "pending"):
                if name in planned:
                    self.specs[name] = ("cancelled" if self.ended_early else "skipped", None)
            elif skipped is not None:
                self.specs[name] = ("skipped", skipped.get("message").removeprefix("skipped - "))
            else:
                failure = row.find("failure") if row.find("failure") is not None else row.find("error")
                self.specs[name] = (OURS[status], failure.text if failure is not None else None)

    def outcome(self):
        """That of the case."""
        statuses = {status for status, _ in self.specs.values()}
        if self.failed_nodes:
            return "failed"
        if self.out_of_time or "timed_out" in statuses:
            return "timed_out"
        for status, outcome in (("failed", "failed"), ("panicked", "failed"), ("cancelled", "cancelled"),
                                ("unproven", "unproven"), ("passed", "passed")):
            if status in statuses:
                return outcome
        return "skipped"


def words(text):
    return " ".join(text.split())


class Soak(ClusterTest):
    def compare(self, case, planned, rows):
        """One case of the summary with its raw report. Returns its outcome."""
        attempt, = case["attempts"]
        # The same selection runs once, and is credited to each case that has it.
        ran_as = case["ran_as"] or case["id"]
        raw_path = self.report.path / "cases" / ran_as / "attempt-1" / "raw.xml"
        ours = {spec["name"]: spec for spec in attempt["specs"]}
        self.assertEqual(sorted(planned), sorted(ours))
        self.assertEqual(len(ours), len(attempt["specs"]))
        if not raw_path.exists():
            # Only where it had to be killed, or the second signal came before it could write one.
            self.assertEqual("timed_out", case["outcome"])
            self.assertIn(attempt["signal"], ("SIGKILL", None))
            return "killed"
        raw = RawReport(raw_path, planned)
        self.doubt_what_was_not_on_windows(case, raw, ours)
        self.assertEqual({name: status for name, (status, _) in raw.specs.items()},
                         {name: spec["status"] for name, spec in ours.items()})
        expected = "timed_out" if case["reason"] == OUR_TIMEOUT else raw.outcome()
        self.assertEqual(expected, case["outcome"])
        for name, (status, text) in raw.specs.items():
            self.compare_spec(ours[name], status, text)
            row, = [row for row in rows if row.get("name") == f"{case['id']}: {name}"]
            self.assertEqual(f"{case['category']}.{case['id']}", row.get("classname"))
            self.compare_row(row, status, text)
        self.compare_reduced(ran_as, planned)
        return expected

    def doubt_what_was_not_on_windows(self, case, raw, ours):
        """e2e.test doesn't know where pods ran: a pass of its that we doubt must be one to doubt."""
        for name, (status, _) in raw.specs.items():
            systems = {node["os"] for node in (ours[name]["pods"] or {"nodes": []})["nodes"]}
            proven = {"windows": systems == {"windows"}, "mixed": systems == {"windows", "linux"}}
            if status == "passed" and not proven.get(case["placement"], True):
                raw.specs[name] = ("unproven", f"unproven: it passed, but {ours[name]['message']}")

    def compare_spec(self, spec, status, text):
        if text is None:
            self.assertIn(spec["message"], (None, NOT_REACHED))
        elif status == "skipped":
            self.assertEqual(words(text), words(spec["message"]))
        else:
            self.assertTrue(words(text).startswith(words(spec["failure"])[:500]), spec["failure"])

    def compare_row(self, row, status, text):
        failure, skipped = row.find("failure"), row.find("skipped")
        self.assertIsNone(row.find("error"))
        if status == "passed":
            self.assertEqual(("passed", None, None), (row.get("status"), failure, skipped))
        elif status == "skipped":
            self.assertEqual(("skipped", None, words(text)),
                             (row.get("status"), failure, words(skipped.get("message"))))
        elif text is None:
            self.assertEqual(("skipped", f"not run: {NOT_REACHED}"), (row.get("status"), skipped.get("message")))
        else:
            reported = "unproven" if row.find("failure").get("type") == "unproven" else OURS[row.get("status")]
            self.assertEqual((status, None), (reported, skipped))
            first_line = next(line for line in text.splitlines() if line.strip())
            self.assertIn(words(first_line), words(failure.text))

    def compare_reduced(self, case_id, planned):
        """specs.xml is the raw report without what wasn't selected."""
        root = ElementTree.parse(self.report.path / "cases" / case_id / "attempt-1" / "specs.xml").getroot()
        names = [row.get("name") for row in root.iter("testcase")]
        self.assertLessEqual({spec_name(name) for name in names if name.startswith("[It] ")}, set(planned))
        self.assertIn("[SynchronizedBeforeSuite]", names)

    def assert_none_skips_for_windows(self):
        """A spec that isn't for Windows at all proves nothing, and wouldn't be missed: it's skipped, and exits 0."""
        for case in self.report.summary()["cases"]:
            for attempt in case["attempts"]:
                for spec in attempt["specs"]:
                    if spec["status"] == "skipped":
                        self.assertNotRegex(spec["message"], SKIPS_FOR_THE_SYSTEM, f"{case['id']}: {spec['name']}")

    def compare_all(self, cases):
        """Returns how often each outcome was seen."""
        summary = self.report.summary()
        self.assertEqual([case["id"] for case in cases], [case["id"] for case in summary["cases"]])
        seen = collections.Counter()
        for listed, case in zip(cases, summary["cases"]):
            with self.subTest(case["id"]):
                rows = self.report.rows(case["id"])
                if listed["not_run"]:
                    self.assertEqual(("not_run", []), (case["outcome"], case["attempts"]))
                    self.assertEqual([case["id"]], [row.get("name") for row in rows])
                    seen["not run"] += 1
                else:
                    seen[self.compare(case, [spec["name"] for spec in listed["specs"]], rows)] += 1
        print(", ".join(f"{count} {outcome}" for outcome, count in sorted(seen.items())))
        return seen

    def test_every_case_has_the_outcome_that_e2e_test_reports(self):
        which = ["--category", "*", "--exclude", WAITS_FOR_HOURS, "--allow-disruptive"]
        cases = self.listed(*which)
        done = self.run_here(*which, "--jobs", "4", "--keep-raw", "--output", "quiet", "--place", *TIMES, timeout=7000)
        print(done.out[-3000:])
        self.assertEqual((1, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assert_none_skips_for_windows()
        seen = self.compare_all(cases)
        # All of these were to be seen, or the comparison proves little.
        for outcome in ("passed", "failed", "skipped", "timed_out", "not run"):
            self.assertGreater(seen[outcome], 0, outcome)
        path = self.report.path / "junit_op-readiness.xml"
        self.assertEqual([(name, rows) for name, _, _, rows in readers.by_libxml2(path)], [
            (suite["name"], [(row["name"], row["status"]) for row in suite["items"]])
            for suite in readers.by_sonobuoy(path)["items"]])

    def test_a_spec_that_wants_a_version_is_known_by_its_name(self):
        """JUnit files have " [kubelet: [>=1.36]]" behind its name, which lists and logs haven't."""
        file = self.directory / "own.yaml"
        file.write_text("category: My.Checks\ntestCases:\n- {id: resize, description: A resize, focus: "
                        "['should not emit ResizeCompleted event on initial creation'], expect: 1}\n")
        which = ["--test-directory", file]
        cases = self.listed(*which)
        self.assertRegex(cases[0]["specs"][0]["name"], r"\[KubeletMinVersion:1\.36\]$")
        done = self.run_here(*which, "--keep-raw", "--output", "quiet", *TIMES)
        # What it comes to is the runtime's business; where it skips itself, nothing ran (4).
        self.assertIn(done.status, (0, 1, 4))
        raw = (self.report.path / "cases" / "resize" / "attempt-1" / "raw.xml").read_text()
        self.assertIn("[KubeletMinVersion:1.36] [kubelet: [&gt;=1.36]]", raw)
        self.compare_all(cases)

    def test_a_case_that_waits_for_hours_is_cancelled(self):
        self.addCleanup(self.kubectl, "delete", "daemonset", "--namespace", "kube-system", "--ignore-not-found",
                        "directx-device-plugin")
        which = ["--case", WAITS_FOR_HOURS, "--allow-disruptive"]
        cases = self.listed(*which)
        with self.started("run", "--report-dir", self.report.path, *which, "--keep-raw", "--output", "quiet") as child:
            log = self.report.path / "cases" / WAITS_FOR_HOURS / "attempt-1" / "e2e.log"
            self.wait_for(lambda: log.exists() and re.search(r"STEP: Waiting for the pod Running", log.read_text()),
                          "the case to wait", seconds=120)
            child.send_signal(signal.SIGTERM)
            self.assertEqual(128 + signal.SIGTERM, child.wait(60))
        self.assertEqual(1, self.compare_all(cases)["cancelled"])


if __name__ == "__main__":
    unittest.main()
