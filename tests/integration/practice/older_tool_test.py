# SPDX-License-Identifier: Apache-2.0
"""The older tool's directory of category files works as its users have it, with its dead focus named."""

import unittest

from practice import SOURCE, ClusterTest

OLDER = SOURCE / "tests" / "data" / "older-tool" / "specifications"
CASES = 23
DEAD = ("should have the ability to delete and recreate services in such a way that load balancing rules for pods are "
        "recovered")
PASSES = "should create Endpoints and EndpointSlices for Pods matching a Service"
SKIPS = "should provide basic identity"


class OlderTool(ClusterTest):
    def cases(self):
        return self.listed("--test-directory", OLDER)

    def test_list_names_the_dead_focus_only(self):
        cases = self.cases()
        self.assertEqual(CASES, len(cases))
        dead, = [case for case in cases if not case["specs"]]
        self.assertEqual(([DEAD], "selects_nothing"), (dead["focus"], dead["not_run"]["reason"]))
        text = self.opready("list", "--test-directory", OLDER)
        self.assertEqual((0, ""), (text.status, text.err))
        self.assertRegex(text.out,
                         rf"\n{dead['id']}\n.*\n  selects no spec \(its focus and skip select none of the 7579 ")
        warning, = [line for line in text.out.splitlines() if line.startswith("warning: ")]
        self.assertTrue(warning.startswith(f"warning: {dead['id']} selects no spec"), warning)

    def test_run_fails_the_dead_one_and_runs_the_others(self):
        ids = {case["focus"][0]: case["id"] for case in self.cases()}
        chosen = [ids[focus] for focus in (DEAD, PASSES, SKIPS)]
        done = self.run_here("--test-directory", OLDER, "--case-timeout", "60s",
                             *(part for case in chosen for part in ("--case", case)))
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertLess(done.out.index(f"{chosen[0]} selects no spec"), done.out.index("Running Suite: "))
        self.assert_whole_reports()
        self.assertEqual(["nothing_selected", "passed", "skipped"],
                         [self.report.case(case)["outcome"] for case in chosen])
        reason = "its focus and skip select none of the 7579 specs of e2e.test v1.36.3"
        self.assertEqual(reason, self.report.case(chosen[0])["reason"])
        row, = self.report.rows(chosen[0])
        self.assertEqual(f"nothing selected: {reason}", row.find("failure").text)


if __name__ == "__main__":
    unittest.main()
