# SPDX-License-Identifier: Apache-2.0
"""Grids of many builds: they agree with a count of the raw files, name what's broken, and are quick."""

import base64
import hashlib
import json
import os
import re
import time
import unittest

from count_builds import counted
from history_page import HistoryPage
from made_builds import POOLS, make_build, make_builds
from opready import MEASURED_BINARY, MEBIBYTE, OpreadyTest

BUILDS = 500
USAGE, CANNOT_RUN = 2, 3
SECONDS = 6.0  # Two are promised for a quiet machine,
MEMORY = 64 * MEBIBYTE  # and far less than the files have together.


class History(OpreadyTest):
    def setUp(self):
        super().setUp()
        self.root = self.directory / "root"

    def history(self, *arguments):
        done = self.opready("history", *arguments)
        self.assertEqual(0, done.status, done.err)
        return done

    def page(self, *arguments):
        self.history(*arguments, "--html", self.directory / "grid.html")
        return HistoryPage((self.directory / "grid.html").read_text())

    def test_500_builds_are_what_their_files_say_and_quickly_so(self):
        make_builds(self.root, "nightly", BUILDS)
        grid = self.page(self.root).grid()
        expected = counted(self.root / "nightly")
        self.assertEqual(81, len(expected))
        self.assertEqual(expected, grid)
        self.assertEqual({BUILDS}, {len(cells) for cells, *_ in grid.values()})
        self.assertTrue(any(since for _, _, _, since in grid.values()))
        self.measure()

    def measure(self):
        """The best of three."""
        times, peak = [], 0
        for _ in range(3):
            begin = time.monotonic()
            pid = os.posix_spawn(MEASURED_BINARY, [MEASURED_BINARY, "history", str(self.root), "--html",
                                                   str(self.directory / "grid.html")], self.environment,
                                 file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
            _, status, usage = os.wait4(pid, 0)
            self.assertEqual(0, status)
            times.append(time.monotonic() - begin)
            peak = max(peak, usage.ru_maxrss * 1024)
        size = sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file())
        print(f"history of {BUILDS} builds ({size / MEBIBYTE:.0f} MiB): {min(times):.2f} s, {peak / MEBIBYTE:.0f} MiB")
        self.assertLess(min(times), SECONDS)
        self.assertLess(peak, MEMORY)

    def test_the_page_runs_and_loads_nothing(self):
        make_build(self.root, "<script>alert(1)</script>", 7, "seed", cases=3)
        (self.root / "<script>alert(1)</script>/7/artifacts/junit_op-readiness.xml").write_text(
            '<testsuite name="&lt;/table&gt;"><testcase name="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;\u202e]]&gt;">'
            '<failure>no</failure></testcase></testsuite>')
        page = self.page(self.root)
        self.assertEqual(set(), page.tags & {"script", "img", "link", "iframe", "object", "form", "a"})
        self.assertEqual(set(), {name for name in page.attributes if name.startswith("on") or name in ("src", "href")})
        text = (self.directory / "grid.html").read_text()
        style = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self.assertEqual(f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
                         page.policy)
        self.assertIn('<img src=x onerror="alert(1)">\ufffd]]>', page.grid())

    def test_each_job_has_a_grid_and_one_may_be_chosen(self):
        make_builds(self.root / "logs", "nightly", 3, cases=4)
        make_builds(self.root / "logs", "weekly", 2, cases=4)
        make_builds(self.root / "pr-logs/pull/org_repo/77", "check", 1, cases=4)
        both = self.history(self.root).out
        self.assertEqual(["check: 1 build, 1 to 1", "nightly: 3 builds, 1 to 3", "weekly: 2 builds, 1 to 2"],
                         re.findall(r"(?m)^\w+: \d builds?, \d to \d", both))
        self.assertTrue(self.history(self.root, "--job", "weekly").out.startswith("weekly: 2 builds, 1 to 2; "))
        wrong = self.opready("history", self.root, "--job", "nihgtly")
        self.assertEqual((USAGE, "opready: error: there is no job 'nihgtly', did you mean 'nightly'?\n"),
                         (wrong.status, wrong.err))

    def test_the_newest_builds_may_be_chosen(self):
        make_builds(self.root, "nightly", 12, cases=4)
        self.assertTrue(self.history(self.root, "--builds", "3").out.startswith(
            "nightly: 3 builds, 10 to 12 (9 older ones left out); "))
        self.assertEqual(USAGE, self.opready("history", self.root, "--builds", "0").status)

    def test_broken_builds_are_named_and_left_out(self):
        make_builds(self.root, "nightly", 5, cases=4)
        job = self.root / "nightly"
        (job / "2/finished.json").unlink()
        whole = (job / "3/artifacts/junit_op-readiness.xml").read_text()
        (job / "3/artifacts/junit_op-readiness.xml").write_text(whole[:len(whole) // 2])
        (job / "6").mkdir()
        done = self.history(self.root)
        self.assertTrue(done.out.startswith("nightly: 4 builds, 1 to 5; "), done.out)
        self.assertRegex(done.err, "".join((
            rf"^opready: warning: left out: '{job}/2' has no finished.json: it's under way, or was cut off\n",
            rf"opready: warning: left out: '{job}/6' holds no results\n",
            rf"opready: warning: tests left out: {job}/3/artifacts/junit_op-readiness.xml ends in the middle, at line \d+\n$")))

    def test_what_cannot_be_read_of_a_build_does_not_hide_that_it_failed(self):
        for number in range(1, 5):
            make_build(self.root, "nightly", number, "seed", cases=4)
        job = self.root / "nightly"
        (job / "4/artifacts/junit_op-readiness.xml").write_text("")
        (job / "4/artifacts/metadata.json").write_text("[]")
        (job / "4/finished.json").write_text('{"passed": false}')
        (job / "3/artifacts/junit_op-readiness.xml").write_text("")
        (job / "3/finished.json").write_text("{}")
        done = self.history(self.root, "--builds", "2")
        self.assertTrue(done.out.startswith(
            "nightly: 2 builds, 2 to 4 (1 older one, 1 unreadable one left out); "), done.out)
        self.assertRegex(done.out, r"(?m)^Overall .* F[F.]$")
        self.assertIn(f"opready: warning: ignored: '{job}/4/artifacts/metadata.json' is no JSON object\n", done.err)

    def test_values_of_a_label_stand_side_by_side(self):
        make_builds(self.root, "nightly", 9, cases=4)
        done = self.history(self.root, "--by", "pool")
        self.assertTrue(done.out.startswith("by pool: 3 values in 9 builds\n"), done.out)
        (head, *rows), = self.page(self.root, "--by", "pool").tables.values()
        self.assertEqual(["Test", *POOLS], head)
        expected = counted(self.root / "nightly")
        for name, *cells in rows:
            for pool, shown in zip(POOLS, cells):
                states = [state for number, state in zip(range(9, 0, -1), expected[name][0])
                          if POOLS[number % len(POOLS)] == pool]
                ran = [state for state in states if state not in " s"]
                rate = f" {ran.count('F')}/{len(ran)}" if "F" in ran else ""
                self.assertEqual((states[0] + rate).strip(), shown, (name, pool))
        none = self.opready("history", self.root, "--by", "region")
        self.assertEqual((CANNOT_RUN, "opready: error: no build has a label 'region'\n"), (none.status, none.err))

    def test_our_own_runs_make_a_grid(self):
        reports = [self.directory / f"run-{number}" for number in range(3)]
        for number, report in enumerate(reports):
            case = ("passes", "fails", "crashes")[number]
            self.opready("run", "--report-dir", report, *self.arguments("skips", case),
                         "--label", f"pool={'ab'[number % 2]}")
        done = self.history(*reports)
        self.assertEqual("", done.err)
        self.assertTrue(done.out.startswith("runs: 3 builds, run-0 to run-2; 1 of 5 tests fail now\n"), done.out)
        self.assertIn("\nskips: [fake] skips itself", done.out)
        self.assertIn("sss\n", done.out)
        self.assertTrue(self.history(*reports, "--by", "pool").out.startswith("by pool: 2 values in 3 builds\n"))
        self.assertTrue(self.history(*reports, "--by", "context").out.startswith("by context: 1 value in 3 builds\n"))
        facts = json.loads((reports[0] / "metadata.json").read_text())
        self.assertEqual(json.loads((reports[0] / "summary.json").read_text())["started"], facts["started"])

    def test_a_killed_runs_directory_is_named(self):
        self.run_cases("passes")
        (self.report.path / "junit_op-readiness.xml").unlink()
        done = self.opready("history", self.report.path)
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertEqual(f"opready: warning: left out: '{self.report.path}' has no junit*.xml; a run of ours gets its "
                         f"reports by 'op-readiness report {self.report.path}'\n", done.err.splitlines(True)[0])
        self.assertIn("opready: error: there is no build with results: ", done.err)


if __name__ == "__main__":
    unittest.main()
