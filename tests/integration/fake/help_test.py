# SPDX-License-Identifier: Apache-2.0
"""--help and --version."""

import os
import unittest

from opready import OpreadyTest

SUBCOMMANDS = ("run", "list", "validate", "coverage", "report", "reporter", "merge", "compare", "history",
               "publish", "doctor", "cleanup", "generate")


class Help(OpreadyTest):
    def test_every_subcommand_has_help_with_an_example(self):
        for subcommand in SUBCOMMANDS:
            with self.subTest(subcommand):
                done = self.opready(subcommand, "--help")
                self.assertEqual((0, ""), (done.status, done.err))
                self.assertIn(f"op-readiness {subcommand} ", done.out)
                self.assertRegex(done.out, r"Examples?:\n  ")

    def test_the_programs_help_names_every_subcommand_and_the_exit_codes(self):
        done = self.opready("--help")
        self.assertEqual((0, ""), (done.status, done.err))
        for text in (*SUBCOMMANDS, "Exit codes: 0 ", "128+n"):
            self.assertIn(text, done.out)

    def test_options_are_grouped(self):
        done = self.opready("run", "--help")
        for group in ("Which cases", "Against what", "How", "Where pods run", "Output"):
            self.assertRegex(done.out, rf"(?m)^{group}:$")

    def test_help_fits_a_page_of_text(self):
        for arguments in (("--help",), *((subcommand, "--help") for subcommand in SUBCOMMANDS)):
            with self.subTest(arguments):
                lines = self.opready(*arguments).out.splitlines()
                self.assertLessEqual(max(map(len, lines)), 140)

    def test_version_is_the_projects(self):
        done = self.opready("--version")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertEqual(f"op-readiness {os.environ['OPREADY_VERSION']}", done.out.splitlines()[0].split(" (")[0])


if __name__ == "__main__":
    unittest.main()
