# SPDX-License-Identifier: Apache-2.0
"""Listings of other releases, with an e2e.test at hand and without; and what a cluster lacks."""

import json
import unittest

from opready import FAKE_E2E, OpreadyTest

CANNOT_RUN = 3
USAGE = 2
NOTHING_RAN = 4
FROM_CATALOGUE = "spec names of Kubernetes {} come from the catalogue shipped with op-readiness\n"


class Releases(OpreadyTest):
    def listed(self, *arguments):
        done = self.opready("list", *arguments)
        self.assertEqual((0, ""), (done.status, done.err))
        return done.out

    def listed_cases(self, *arguments):
        return {case["id"]: case for case in json.loads(self.listed("--format", "json", *arguments))["cases"]}

    def put_e2e_test(self, version="v1.36.3"):
        self.script("e2e.test", f"FAKE_E2E_VERSION={version} exec '{FAKE_E2E}' \"$@\"\n")

    def test_another_release_is_listed_without_e2e_test(self):
        out = self.listed("--kubernetes-version", "1.34", "--category", "Extend.HostProcess")
        self.assertTrue(out.startswith(FROM_CATALOGUE.format("v1.34.4") + "\n"), out[:300])
        self.assertIn("[MinimumKubeletVersion:1.22] HostProcess containers should support init containers  "
                      "test/e2e/windows/host_process.go:", out)
        self.assertIn("\n  e2e.test --provider local ", out)
        newer = self.listed("--kubernetes-version", "1.36", "--category", "Extend.HostProcess")
        self.assertIn("[Feature:WindowsHostProcessContainers] HostProcess containers should support init containers",
                      newer)

    def test_the_newest_known_release_is_listed_where_none_is_asked_for(self):
        out = self.listed("--category", "Core.Network")
        self.assertTrue(out.startswith(FROM_CATALOGUE.format("v1.36.3") + "warning: there is no e2e.test here"), out[:300])

    def test_a_release_between_two_known_ones_takes_the_one_below(self):
        out = self.listed("--kubernetes-version", "1.33", "--category", "Core.Network")
        self.assertTrue(out.startswith(FROM_CATALOGUE.format("v1.32.2") + "warning: op-readiness has no spec names of "
                                       "Kubernetes 1.33: "), out[:300])

    def test_a_release_newer_than_all_known_ones_is_named(self):
        out = self.listed("--kubernetes-version", "1.40", "--category", "Core.Network")
        self.assertIn("warning: Kubernetes 1.40 is newer than any release that op-readiness knows: these are the specs "
                      "of 1.36", out)

    def test_a_release_older_than_all_known_ones_is_refused(self):
        done = self.opready("list", "--kubernetes-version", "1.20")
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertIn("the spec names of Kubernetes 1.20 are not known", done.err)

    def test_the_catalogue_stands_in_for_an_e2e_test_of_another_release(self):
        self.put_e2e_test()
        out = self.listed("--kubernetes-version", "1.34", "--category", "Core.Network")
        self.assertTrue(out.startswith(FROM_CATALOGUE.format("v1.34.4") + "warning: './e2e.test' is v1.36.3: "),
                        out[:300])

    def test_an_e2e_test_that_is_named_is_asked_whatever_the_release(self):
        self.put_e2e_test()
        done = self.opready("list", "--kubernetes-version", "1.34", "--e2e-binary", "./e2e.test", "--case",
                            "core-network-dns-cluster")
        self.assertEqual(NOTHING_RAN, done.status)
        self.assertIn("select none of the 35 specs of e2e.test v1.36.3", done.out)

    def test_a_run_never_takes_the_catalogue(self):
        done = self.opready("run", "--kubernetes-version", "1.34", "--kubeconfig", self.kubeconfig)
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertIn("no 'e2e.test' here and none in PATH", done.err)

    def test_an_e2e_test_newer_than_all_known_releases_is_named(self):
        self.put_e2e_test("v1.40.1")
        done = self.opready("list", "--case", "core-network-dns-cluster")
        self.assertIn("warning: e2e.test v1.40.1 is newer than any release that the categories were checked with "
                      "(the newest is 1.36)", done.out)

    def test_what_the_cluster_lacks_is_left_out(self):
        cases = self.listed_cases("--without", "gmsa", "--without", "internet")
        reasons = {case_id: case["not_run"] for case_id, case in cases.items() if case["not_run"]}
        self.assertEqual({"reason": "without_need", "detail": "needs gmsa; --without gmsa"},
                         reasons["extend-activedirectory-identity"])
        self.assertEqual({"reason": "without_need", "detail": "needs internet; --without internet"},
                         reasons["core-network-dns-external"])
        self.assertIsNone(cases["core-network-dns-external-name"]["not_run"])

    def test_an_unknown_need_is_refused(self):
        done = self.opready("list", "--without", "gsma")
        self.assertEqual(USAGE, done.status)
        self.assertIn("--without: no case has the need 'gsma', did you mean 'gmsa'?", done.err)

    def test_an_air_gapped_cluster_is_not_asked_for_the_internet(self):
        cases = self.listed_cases("--air-gapped")
        for case_id in ("core-network-dns-external", "core-network-dns-external-name"):
            self.assertEqual("not_applicable", cases[case_id]["not_run"]["reason"], case_id)
        self.assertEqual({"reason": "without_need", "detail": "needs internet; --air-gapped"},
                         cases["extend-activedirectory-identity"]["not_run"])


if __name__ == "__main__":
    unittest.main()
