# SPDX-License-Identifier: Apache-2.0
"""Runs that share a plan against one cluster, side by side: together, and joined, they are as good as one run."""

import contextlib
import unittest

from opready import Report
from placing import FOCUS, PlacingTest
from practice import outcomes

SHARDS = 4
SERIAL = {"alone", "quota-alone"}
QUOTA = r"\[sig-api-machinery\] ResourceQuota should create a ResourceQuota and ensure its status is promptly calculated\."
CASES = f"""\
category: My.Checks
testCases:
- {{id: brief, description: It does little, focus: ['{FOCUS["brief"]}'], placement: own}}
- {{id: brief-again, description: The same by another name, focus: ['{FOCUS["brief"]} '], placement: own}}
- {{id: apps, description: Several specs, focus: ['{FOCUS["apps"]}'], placement: own}}
- {{id: endpoints, description: It makes services, focus: ['{FOCUS["endpoints"]}'], placement: own}}
- {{id: stateful, description: It makes a StatefulSet, focus: ['{FOCUS["stateful"]}'], placement: own}}
- {{id: alone, description: "Its spec is [Serial]", focus: ['{FOCUS["density"]}'], placement: own}}
- {{id: quota-alone, description: It says that it must run alone, focus: ['{QUOTA}'], placement: none, serial: true}}
- {{id: nowhere, description: Nobody wrote a spec, proves: none, missing: a spec}}
"""


def spans(report):
    """[(case, when it began, when it ended)]"""
    times = {event: {item["id"]: item["time"] for item in report.events() if item["event"] == event}
             for event in ("case_started", "case_finished")}
    return [(case, began, times["case_finished"][case]) for case, began in times["case_started"].items()]


class Shards(PlacingTest):
    def setUp(self):
        super().setUp()
        self.wait_until_nothing_is_left()
        self.file = self.directory / "cases.yaml"
        self.file.write_text(CASES)

    def run_shards(self, *more):
        """The reports of all shards, run at the same time."""
        reports = []
        with contextlib.ExitStack() as stack:
            children = []
            for number in range(1, SHARDS + 1):
                report, arguments = self.run_of(f"shard-{number}", self.file, "--shard", f"{number}/{SHARDS}", *more)
                reports.append(report)
                children.append(stack.enter_context(self.writing(report, arguments)))
            for report, child in zip(reports, children):
                self.assertEqual(0, child.wait(600), self.output_of(report))
        return reports

    def assert_alone(self, reports):
        """No case of any shard runs while one does that must run alone."""
        every = [span for report in reports for span in spans(report)]
        self.assertEqual(SERIAL, {case for case, _, _ in every} & SERIAL)
        for case, began, ended in every:
            if case in SERIAL:
                for other, other_began, other_ended in every:
                    self.assertTrue(case == other or other_ended <= began or ended <= other_began, (case, other))

    def join(self, reports, name):
        """(what `report` says of them, the reports that it draws of all as one)."""
        joined = Report(self.directory / name)
        return self.opready("report", *(report.path for report in reports), "--output-dir", joined.path), joined

    def assert_joined_is(self, whole, reports, name):
        done, joined = self.join(reports, name)
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        self.assertEqual(outcomes(whole), outcomes(joined))
        for of in (lambda report: [case["id"] for case in report.summary()["cases"]],
                   lambda report: [row.get("name") for row in report.junit().iter("testcase")]):
            self.assertEqual(sorted(of(whole)), sorted(of(joined)))
        self.assertEqual(whole.summary()["verdict"]["counts"], joined.summary()["verdict"]["counts"])

    def assert_none_can_be_left_out(self, reports):
        for number in range(1, SHARDS + 1):
            done, joined = self.join(reports[:number - 1] + reports[number:], "incomplete")
            self.assertEqual((3, "", f"opready: error: shard {number} of {SHARDS} is missing\n"),
                             (done.status, done.out, done.err))
            self.assertFalse(joined.path.exists())

    def test_four_side_by_side_are_as_good_as_one_run(self):
        whole, arguments = self.run_of("whole", self.file, "--place")
        done = self.opready(*arguments, timeout=600)
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        for more in ([], ["--durations", whole.path]):
            with self.subTest(more):
                reports = self.run_shards("--place", "--overwrite", *more)
                self.assertEqual(8, sum(len(report.summary()["cases"]) for report in reports))
                self.assertEqual(outcomes(whole), set().union(*map(outcomes, reports)))
                self.assert_alone(reports)
                self.assert_joined_is(whole, reports, f"joined-{len(more)}")
                self.assert_none_can_be_left_out(reports)
                self.wait_until_nothing_is_left()


if __name__ == "__main__":
    unittest.main()
