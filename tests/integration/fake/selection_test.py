# SPDX-License-Identifier: Apache-2.0
"""What would run is shown, and what selects nothing is named, before anything starts."""

import json
import re
import time
import unittest

from opready import FAKE_E2E, MEASURED_BINARY, OpreadyTest

DEAD = "dead selects no spec (focus 'no spec is called so'): it will be reported as failed"
NOTHING = "its focus and skip select none of the 35 specs of e2e.test v1.36.3"
NOTHING_RAN = 4


class Selection(OpreadyTest):
    def children_of_a_run(self):
        return [line for line in self.started_children() if "--report-dir" in line]

    def test_list_names_the_case_that_selects_nothing(self):
        done = self.opready("list", *self.arguments(file="dead_focus.yaml"))
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn(f"\ndead\n  Selects nothing\n  selects no spec ({NOTHING})\n", done.out)
        self.assertIn("  1 spec:\n    [fake] passes  test/e2e/fake/fake.go:1\n", done.out)
        self.assertIn(f"2 cases in 1 category: 1 to run with 1 spec, 1 selecting nothing\nwarning: {DEAD}\n", done.out)
        self.assertEqual([], self.children_of_a_run())

    def test_run_names_it_first_fails_it_and_runs_the_others(self):
        done = self.run_cases(file="dead_focus.yaml")
        self.assertEqual((1, ""), (done.status, done.err))
        self.assertLess(done.out.index(f"warning: {DEAD}\n"), done.out.index("Running Suite"))
        self.assert_whole_reports()
        self.assertEqual(["passed", "nothing_selected"], [case["outcome"] for case in self.report.summary()["cases"]])
        row, = self.report.rows("dead")
        self.assertEqual(("dead", f"nothing selected: {NOTHING}"), (row.get("name"), row.find("failure").text))
        self.assertEqual(1, len(self.children_of_a_run()))

    def test_strict_starts_nothing(self):
        done = self.run_cases(file="dead_focus.yaml", more=["--strict"])
        message = f"opready: error: --strict: these cases select no spec:\n  dead: {NOTHING}\n"
        self.assertEqual((NOTHING_RAN, "", message), (done.status, done.out, done.err))
        self.assertFalse(self.report.path.exists())
        self.assertEqual([], self.children_of_a_run())

    def test_nothing_at_all_starts_nothing(self):
        for command in ("run", "list"):
            with self.subTest(command):
                done = self.opready(command, *self.arguments("dead", file="dead_focus.yaml"))
                self.assertEqual((NOTHING_RAN, f"opready: error: nothing to run:\n  dead: {NOTHING}\n"),
                                 (done.status, done.err))
                self.assertEqual([], self.children_of_a_run())

    def test_a_dry_run_is_a_listing(self):
        listed = self.opready("list", *self.arguments("fails", "passes"))
        dry = self.run_cases("fails", "passes", more=["--dry-run"])
        self.assertEqual((0, "", listed.out), (dry.status, dry.err, dry.out))
        self.assertFalse(self.report.path.exists())
        self.assertEqual([], self.children_of_a_run())

    def test_the_listed_command_is_the_one_that_runs(self):
        done = self.opready("list", *self.arguments("passes", more=["--format", "json"]))
        self.assertEqual((0, ""), (done.status, done.err))
        case, = json.loads(done.out)["cases"]
        self.run_cases("passes")
        started, = self.children_of_a_run()
        self.assertEqual(" ".join(case["command"][1:]), re.sub(r"--report-dir \S+ ", "", started))
        self.assertEqual(
            ["--provider", "local", "--kubeconfig", str(self.kubeconfig), "--context", "dead", "--report-prefix",
             "passes", "--node-os-distro", "windows", "--non-blocking-taints",
             "os,node-role.kubernetes.io/master,node-role.kubernetes.io/control-plane", "--ginkgo.flake-attempts=1",
             "--ginkgo.no-color", "--ginkgo.v", "--ginkgo.timeout=1h", "--ginkgo.grace-period=6s",
             r"--ginkgo.focus=\[fake\] passes$"], case["command"][1:])

    def test_specs_come_from_a_dry_run_where_that_is_asked_for(self):
        best = self.opready("list", *self.arguments())
        dry = self.opready("list", *self.arguments(), environment={"OPREADY_SPECS_FROM_DRY_RUN": "1"})
        self.assertEqual((0, ""), (dry.status, dry.err))
        self.assertEqual([line.split("  test/e2e")[0] for line in best.out.splitlines()], dry.out.splitlines())

    def test_the_second_listing_starts_no_child_and_is_quick(self):
        self.binary = MEASURED_BINARY
        arguments = ["list", *self.arguments()]
        first = self.opready(*arguments)
        asked = self.started_children()
        self.assertEqual({"--version", "--help", "--list-tests"}, set(asked))
        times = []
        for _ in range(10):
            begin = time.monotonic()
            again = self.opready(*arguments)
            times.append(time.monotonic() - begin)
            self.assertEqual((0, first.out), (again.status, again.out))
        self.assertEqual(asked, self.started_children())
        # 20 ms is what is promised; the rest is for a busy machine.
        self.assertLess(min(times), 0.1)

    def test_a_binary_whose_specs_the_cache_has_lost_is_asked_again(self):
        first = self.opready("list", *self.arguments())
        asked = self.started_children()
        for pattern in ("specs.txt", "selection-*"):
            for file in self.directory.rglob(pattern):
                file.unlink()
        again = self.opready("list", *self.arguments())
        self.assertEqual((0, "", first.out), (again.status, again.err, again.out))
        self.assertEqual(sorted(2 * asked), sorted(self.started_children()))  # It's asked all at once.

    def test_another_binary_in_the_same_place_is_asked_again(self):
        for release in ("older", "newer release"):
            self.e2e = self.script("e2e.test", f"# The {release}.\nexec '{FAKE_E2E}' \"$@\"\n")
            self.opready("list", *self.arguments())
        self.assertEqual(6, len(self.started_children()))


if __name__ == "__main__":
    unittest.main()
