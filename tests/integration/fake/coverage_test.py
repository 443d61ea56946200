# SPDX-License-Identifier: Apache-2.0
"""Every item of the KEP is accounted for, and docs/coverage.md says what the program says."""

import json
import pathlib
import unittest

from opready import OpreadyTest

SOURCE = pathlib.Path(__file__).resolve().parents[3]
CANNOT_RUN = 3


class Coverage(OpreadyTest):
    def coverage(self, *arguments):
        done = self.opready("coverage", *arguments)
        self.assertEqual((0, ""), (done.status, done.err))
        return done.out

    def test_the_document_is_what_the_program_prints(self):
        self.assertEqual((SOURCE / "docs" / "coverage.md").read_text(), self.coverage("--format", "markdown"),
                         "run: op-readiness coverage --format markdown > docs/coverage.md")

    def test_all_items_are_there_and_what_is_less_than_whole_says_why(self):
        items = json.loads(self.coverage("--format", "json"))["items"]
        self.assertEqual(46, len({item["id"] for item in items}))
        for item in items:
            self.assertTrue(item["cases"], item["id"])
            for case in item["cases"]:
                self.assertEqual(case["proves"] == "all", case["missing"] is None, case["id"])
                self.assertFalse(case["proves"] == "none" and case["specs"], case["id"])
        self.assertNotIn("Its patterns select no spec", self.coverage())

    def test_one_release_can_be_asked_for(self):
        document = json.loads(self.coverage("--format", "json", "--kubernetes-version", "1.34"))
        self.assertEqual(["1.34"], document["releases"])
        reboot = next(item for item in document["items"] if item["id"] == "Core.Storage.1")
        self.assertEqual("part", reboot["proves"])
        self.assertRegex(self.coverage("--kubernetes-version", "1.34"),
                         r"\nOf the KEP.s 46 items upstream.s specs of Kubernetes 1.34 prove \d+ wholly, \d+ in part")

    def test_a_release_that_is_not_known_is_named(self):
        for asked, note in (("1.33", "op-readiness has no spec names of Kubernetes 1.33: these are the specs of 1.32"),
                            ("1.40", "Kubernetes 1.40 is newer than any release that op-readiness knows")):
            self.assertTrue(self.coverage("--kubernetes-version", asked).startswith(f"warning: {note}"))
            self.assertIn(f"> {note}", self.coverage("--kubernetes-version", asked, "--format", "markdown"))
            document = json.loads(self.coverage("--kubernetes-version", asked, "--format", "json"))
            self.assertTrue(document["notes"][0].startswith(note))

    def test_a_release_before_all_is_refused(self):
        done = self.opready("coverage", "--kubernetes-version", "1.20")
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertIn("op-readiness carries those of 1.32 and newer", done.err)

    def test_what_nobody_looks_at_is_said(self):
        out = self.coverage()
        for subject in ("Windows on arm64: ", "GPUs: ", "Hyper-V isolation: "):
            self.assertIn("\n" + subject, out)


if __name__ == "__main__":
    unittest.main()
