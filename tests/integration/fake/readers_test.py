# SPDX-License-Identifier: Apache-2.0
"""What dashboards make of junit_op-readiness.xml is what summary.json says, whatever the children did."""

import collections
import copy
import json
import unittest

import readers
from opready import FAKE_CASES, OpreadyTest

FAILURES = ("failed", "timed_out", "crashed", "not_started", "no_report", "broken_report", "nothing_selected",
            "nothing_ran", "unproven", "could_not_test", "cancelled")
FAULTS = ("passes", "passes-in-part", "fails", "skips", "panics", "pending", "out-of-time", "crashes", "go-panic",
          "hostile-text", "foreign-bytes", "no-report", "truncated-report", "false-success", "false-failure",
          "before-suite")
FLAKY = ("in-part", "crash", "ordered", "always")


def told(case):
    """A word for what the summary says of a case."""
    if case["flaky"]:
        return "flaky"
    if case["outcome"] in FAILURES:
        return "failed"
    return "passed" if case["outcome"] == "passed" else "skipped"


def sum_of(words):
    """The same for a case of which a reader says `words`, row by row."""
    for word in ("failed", "flaky", "passed"):
        if word in words:
            return word
    return "skipped"


class Readers(OpreadyTest):
    def setUp(self):
        super().setUp()
        memory = self.directory / "memory"
        memory.mkdir()
        done = self.run_cases(*FAULTS, *FLAKY, more=[
            "--test-directory", FAKE_CASES / "flaky.yaml", "--retries", "1", "--retry-delay", "100ms", "--output", "quiet",
            "--no-evidence"], environment={"FAKE_E2E_MEMORY": str(memory)})
        self.assertEqual((1, ""), (done.status, done.err))
        self.path = self.report.path / "junit_op-readiness.xml"
        self.summary = self.report.summary()
        self.told = {case["id"]: told(case) for case in self.summary["cases"]}
        self.assertEqual({"passed", "failed", "skipped", "flaky"}, set(self.told.values()))

    def draw_last_attempts(self):
        self.assertEqual(1, self.opready("report", self.report.path, "--junit-attempts", "last").status)

    def assert_says_the_same(self, rows):
        """`rows`: {row's name: what a reader says}; names begin with the case's id."""
        words = collections.defaultdict(list)
        for name, word in rows.items():
            words[name.split(":")[0]].append(word)
        self.assertEqual(self.told, {case: sum_of(found) for case, found in words.items()})

    def test_prows_lens(self):
        lens = readers.Lens(self.path)
        self.assertTrue(all(len(headings) == 1 for headings in lens.rows.values()), lens.rows)
        self.assert_says_the_same({name: heading for (_, name), (heading,) in lens.rows.items()})
        counts = collections.Counter(heading for heading, in lens.rows.values())
        total = len(lens.rows)
        self.assertEqual([f"{counts['failed']}/{total} Tests Failed.", f"{counts['flaky']}/{total} Tests Flaky.",
                          f"{counts['passed']}/{total} Tests Passed!", f"{counts['skipped']}/{total} Tests Skipped."],
                         lens.headlines)
        self.assertNotIn("<script", lens.page)

    def test_every_flaky_spec_is_flaky_in_prows_lens(self):
        flaky = {f"{case['id']}: {spec}" for case in self.summary["cases"] for spec in case["flaky_specs"]}
        rows = {name for (_, name), headings in readers.Lens(self.path).rows.items() if headings == ["flaky"]}
        self.assertEqual({"in-part: [fake] fails at first", "ordered: [fake] in order: step two fails at first"}, flaky)
        self.assertEqual(flaky | {"crash"}, rows)

    def test_sonobuoy(self):
        self.draw_last_attempts()
        read = readers.by_sonobuoy(self.path)
        self.assertEqual("failed", read["status"])
        self.told = {case: "passed" if word == "flaky" else word for case, word in self.told.items()}
        leaves = readers.sonobuoys_leaves(read)
        self.assert_says_the_same({leaf["name"]: leaf["status"] for leaf in leaves})
        root = self.report.junit()
        counts = collections.Counter(leaf["status"] for leaf in leaves)
        self.assertEqual((int(root.get("tests")), int(root.get("failures")), int(root.get("skipped"))),
                         (len(leaves), counts["failed"], counts["skipped"]))

    def test_testgrid(self):
        words = {"PASS": "passed", "PASS_WITH_SKIPS": "skipped", "FAIL": "failed", "FLAKY": "flaky"}
        cells = readers.by_testgrid(self.path)
        self.assert_says_the_same({name.removeprefix("Fake.Faults.").removeprefix("Fake.Flaky."): words[result]
                                   for name, (result, _) in cells.items()})
        result, message = cells["Fake.Faults.fails: [fake] fails with a reason"]
        self.assertEqual("FAIL", result)
        self.assertTrue(message.startswith('[FAILED] pod "web-0" never became ready'), message)
        self.assertTrue(message.endswith("log: cases/fails/attempt-1/e2e.log"), message)

    def test_kettle(self):
        self.draw_last_attempts()
        rows = {name.removeprefix("Fake.Faults ").removeprefix("Fake.Flaky "): results
                for name, results in readers.by_kettle(self.path).items()}
        self.assertTrue(all(len(results) == 1 for results in rows.values()), rows)
        # What was skipped is nothing to it.
        self.told = {case: "passed" if word == "flaky" else word for case, word in self.told.items()
                     if word != "skipped"}
        self.assert_says_the_same({name: "failed" if failed else "passed" for name, (failed,) in rows.items()})


class ReadersOfAResumedRun(OpreadyTest):
    def test_prows_lens_skips_what_was_cut_off_and_then_skipped_itself(self):
        self.run_cases("skips", "passes")
        events = self.report.events()
        again = [event for event in events if event.get("id") == "skips"]
        cut = copy.deepcopy(again)
        for event in again:
            event["attempt"] = 2
        cut[-1]["result"] |= {"outcome": "cancelled", "reason": "stopped"}
        for spec in cut[-1]["result"]["specs"]:
            spec |= {"status": "cancelled", "failure": "[INTERRUPTED] by user"}
        first = events.index(again[0])
        lines = map(json.dumps, [*events[:first], *cut, *events[first:]])
        (self.report.path / "events.jsonl").write_text("\n".join(lines) + "\n")
        self.opready("report", self.report.path)
        self.assertEqual("skipped", self.report.case("skips")["outcome"])
        rows = readers.Lens(self.report.path / "junit_op-readiness.xml").rows
        self.assertEqual([["skipped"]], [headings for (_, name), headings in rows.items() if name.startswith("skips")])


if __name__ == "__main__":
    unittest.main()
