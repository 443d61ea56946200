# SPDX-License-Identifier: Apache-2.0
"""Cases of several Ginkgo binaries in one plan, one run and one report."""

import json
import unittest

from opready import FAKE_E2E, OpreadyTest

CANNOT_RUN = 3
USAGE = 2


class Suites(OpreadyTest):
    def setUp(self):
        super().setUp()
        self.own = self.script("own.test", f"FAKE_E2E_SUITE='Own Suite' exec '{FAKE_E2E}' \"$@\"\n")

    def suites(self, *more):
        return self.arguments(file="two_suites.yaml", more=more)

    def test_each_suite_is_matched_by_its_own_name(self):
        done = self.opready("list", *self.suites("--format", "json"))
        self.assertEqual((0, ""), (done.status, done.err))
        listing = json.loads(done.out)
        self.assertEqual([{"name": "e2e", "path": FAKE_E2E, "version": "v1.36.3"},
                          {"name": "own", "path": "./own.test", "version": None}], listing["suites"])
        self.assertEqual([("of-e2e", FAKE_E2E, ["[fake] passes"]), ("of-own", "./own.test", ["[fake] passes"]),
                          ("of-e2e-too", FAKE_E2E, ["[fake] sees no foreign descriptors"])],
                         [(case["id"], case["command"][0], [spec["name"] for spec in case["specs"]])
                          for case in listing["cases"]])

    def test_the_binary_of_a_suite_can_be_named(self):
        elsewhere = self.own.rename(self.directory / "elsewhere")
        done = self.opready("list", *self.suites("--suite-binary", f"own={elsewhere}"))
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn(f"own.test ({elsewhere})\n", done.out)

    def test_all_run_and_stand_in_one_report(self):
        done = self.opready("run", "--report-dir", self.report.path, *self.suites())
        self.assertEqual((0, ""), (done.status, done.err))
        self.assert_whole_reports()
        self.assertEqual(["passed"] * 3, [case["outcome"] for case in self.report.summary()["cases"]])
        self.assertIn("Running Suite: Own Suite", self.report.log("of-own").decode())
        self.assertIn("Running Suite: Kubernetes e2e suite", self.report.log("of-e2e").decode())
        self.assertEqual(["e2e", "own"], [suite["name"] for suite in self.report.summary()["suites"]])

    def test_a_suite_that_is_not_there_is_named(self):
        self.own.unlink()
        done = self.opready("run", "--report-dir", self.report.path, *self.suites())
        self.assertEqual((CANNOT_RUN, "opready: error: no 'own.test' here and none in PATH; pass --suite-binary "
                                      "own=PATH\n"), (done.status, done.err))
        self.assertFalse(self.report.path.exists())

    def test_one_suite_has_one_binary(self):
        done = self.opready("list", *self.suites("--suite-binary", f"e2e={self.own}"))
        self.assertEqual(USAGE, done.status)
        self.assertIn("is the same as --suite-binary e2e=PATH; give one of them", done.err)

    def test_a_misspelt_suite_is_refused(self):
        done = self.opready("list", *self.suites("--suite-binary", "onw=x"))
        self.assertEqual(USAGE, done.status)
        self.assertIn("--suite-binary: no case has the suite 'onw', did you mean 'own'?", done.err)

    def test_variants_of_one_case_are_of_one_suite(self):
        file = self.directory / "variants.yaml"
        file.write_text("category: A\ntestCases:\n"
                        "- {id: v, description: D, focus: [x], kubernetesVersions: ['1.30']}\n"
                        "- {id: v, description: D, focus: [x], kubernetesVersions: ['1.35'], suite: own}\n")
        done = self.opready("validate", file)
        self.assertEqual(USAGE, done.status)
        self.assertIn("4:3: error: variants of one case must be of one suite, but here it's 'own' and 'e2e' at ",
                      done.err)

    def test_a_suite_without_a_version_asks_for_one(self):
        done = self.opready("list", *self.arguments("of-own", file="two_suites.yaml"))
        self.assertEqual((CANNOT_RUN, "opready: error: './own.test' doesn't tell its version; pass one with "
                                      "--kubernetes-version\n"), (done.status, done.err))


if __name__ == "__main__":
    unittest.main()
