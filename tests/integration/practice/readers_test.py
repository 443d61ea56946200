# SPDX-License-Identifier: Apache-2.0
"""The JUnit file of a real run says the same to every reader, and the same as summary.json; its page opens in a browser."""

import unittest

import browser
import readers
from practice import FAILURES, ClusterTest

CASES = {
    "core-network-endpointslice-maintained": "passed",
    "core-network-statefulset-identity": "skipped",
    "core-network-node-port-windows": "timed_out",
    "core-storage-mount-propagation": "not_run",
    "extend-network-node-port": "timed_out",
}

UNTOLD = ("skipped", "cancelled")


def expected_rows(case, attempts):
    """What the summary says of a case, as rows of a JUnit file with all of its attempts or with the last one."""
    if not case["attempts"]:
        return [(case["id"], "skipped")]
    shown = case["attempts"] if attempts == "all" else case["attempts"][-1:]
    # On a slow machine it had to be ended by us: then the case's row says what no spec does.
    own_row = any(attempt["outcome"] == "timed_out" and not any(spec["status"] == "timed_out"
                                                                for spec in attempt["specs"]) for attempt in shown)
    # What an attempt doesn't tell has no row where another does.
    told = {spec["name"] for attempt in shown for spec in attempt["specs"] if spec["status"] not in UNTOLD}
    rows = []
    for attempt in shown:
        rows += [(case["id"], "passed" if attempt["outcome"] == "passed" else "failed")] * own_row
        rows += [(f"{case['id']}: {spec['name']}", status_of(spec)) for spec in attempt["specs"]
                 if spec["status"] not in UNTOLD or spec["name"] not in told]
    return rows


def status_of(spec):
    # A spec that the run's end left out has no failure.
    if spec["status"] in FAILURES and spec["failure"]:
        return "failed"
    return "passed" if spec["status"] == "passed" else "skipped"


class Readers(ClusterTest):
    def setUp(self):
        super().setUp()
        done = self.run_here("--case-timeout", "15s", "--grace-period", "3s", "--output", "quiet", "--place",
                             *(part for case in CASES for part in ("--case", case)))
        self.assertEqual((1, ""), (done.status, done.err))
        self.assert_whole_reports()

    def test_every_reader_reads_the_same(self):
        self.assertEqual(CASES, {case["id"]: case["outcome"] for case in self.report.summary()["cases"]})
        self.assert_a_browser_shows_it()
        self.assert_all_read("all")

    def test_every_reader_reads_a_flake_as_its_repeated_rows_or_as_its_last(self):
        self.report.add_passing_attempt("core-network-node-port-windows")
        for attempts in ("all", "last"):
            with self.subTest(attempts):
                done = self.opready("report", self.report.path, "--junit-attempts", attempts)
                self.assertEqual((1, ""), (done.status, done.err))
                self.assertTrue(self.report.case("core-network-node-port-windows")["flaky"])
                self.assert_all_read(attempts)

    def assert_lens_shows(self, expected, lens):
        """Rows of the same name are one there, and flaky where they passed and failed."""
        told = {}
        for suite, _, _, rows in expected:
            for name, status in rows:
                told.setdefault((suite, name), set()).add(status)
        counts = {"Failed.": 0, "Flaky.": 0, "Passed!": 0, "Skipped.": 0}
        for statuses in told.values():
            word = "Flaky." if statuses >= {"passed", "failed"} else f"{statuses.pop().capitalize()}."
            counts[word if word in counts else "Passed!"] += 1
        self.assertEqual([f"{count}/{len(told)} Tests {word}" for word, count in counts.items() if count],
                         lens.headlines)

    def assert_a_browser_shows_it(self):
        page = browser.visit(self, "practice", "endpointslice", look=True)
        self.assertEqual("NOT READY", page["verdict"])
        self.assertEqual([case["id"] for case in self.report.summary()["cases"]], page["at_first"]["cases"])
        self.assertIn("core-network-endpointslice-maintained", page["searched"]["cases"])
        self.assertNotIn("core-storage-mount-propagation", page["searched"]["cases"])
        self.assertEqual(["file:", "https:github.com"], page["links"])
        text = page["without_script"]["text"]
        for fact in ("containerd://", "10.0.20348", "Specs, and where their pods ran", self.report.summary()["cluster"]["server"]):
            self.assertIn(fact, text)

    def assert_all_read(self, attempts):
        summary = self.report.summary()
        expected = []
        for category in summary["categories"]:
            rows = [row for case in summary["cases"] if case["category"] == category["name"]
                    for row in expected_rows(case, attempts)]
            expected.append((category["name"], len(rows), sum(status == "failed" for _, status in rows), rows))
        path = self.report.path / "junit_op-readiness.xml"
        self.assertEqual(expected, readers.by_libxml2(path))
        self.assertEqual([(name, rows) for name, _, _, rows in expected], [
            (suite["name"], [(row["name"], row["status"]) for row in suite["items"]])
            for suite in readers.by_sonobuoy(path)["items"]])
        self.assert_lens_shows(expected, readers.Lens(path))
        self.assertEqual(expected, readers.by_junitparser(path))


if __name__ == "__main__":
    unittest.main()
