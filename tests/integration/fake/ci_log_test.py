# SPDX-License-Identifier: Apache-2.0
"""What GitHub Actions and GitLab get of a run: a group for each case, and nothing that a case says is acted on."""

import re
import signal
import unittest

from opready import OpreadyTest

# As actions/runner reads lines (src/Runner.Common/ActionCommand.cs).
COMMAND = re.compile(r"^\s*::([^ :]+)[^:]*::|##\[([^] ]+)[^]]*\]")
# As GitLab does (lib/gitlab/regex.rb).
SECTION = re.compile(r"section_(start|end):(\d+):([a-zA-Z0-9_.-]+)(?:\[[^]]*\])?\r\x1b\[0K")


class CiLog(OpreadyTest):
    def commands(self, out):
        """Those that GitHub's runner would act on, in order."""
        return [found[1] or found[2] for found in map(COMMAND.search, out.splitlines()) if found]

    def groups(self, out):
        """The title of each of GitHub's groups, and its lines."""
        return dict(re.findall(r"^::group::(.*)\n((?s:.*?))^::endgroup::\n", out, re.MULTILINE))

    def run_in(self, variable, *cases, jobs):
        return self.run_cases(*cases, more=["--jobs", str(jobs), "--overwrite"], environment={variable: "true"}).out

    def test_each_case_is_a_group_of_its_own_whatever_else_runs(self):
        for jobs in (1, 3):
            with self.subTest(jobs=jobs):
                out = self.run_in("GITHUB_ACTIONS", "passes", "fails", "skips", jobs=jobs)
                self.assertEqual(["group", "endgroup"] * 3, self.commands(out))
                groups = self.groups(out)
                self.assertEqual({"All is well", "A spec fails", "A spec skips itself"},
                                 {re.fullmatch(r"\[Fake.Faults\] \d / 3 - (.*)", title)[1] for title in groups})
                for title, lines in groups.items():
                    case = {"ll": "passes", "fa": "fails", "sk": "skips"}[re.search("ll|fa(?=ils)|sk", title)[0]]
                    log = self.report.log(case).decode().splitlines()
                    self.assertEqual([f"[{case}] {line}" for line in log],
                                     [line.split(" ", 1)[1] for line in lines.splitlines()])
                for outcome in ("PASSED passes in ", "FAILED fails in ", "SKIPPED skips in "):
                    self.assertEqual(1, out.count("::endgroup::\n" + outcome))

    def test_gitlab_gets_sections(self):
        out = self.run_in("GITLAB_CI", "passes", "hostile-text", jobs=2)
        marks = [(kind, name) for kind, _, name in SECTION.findall(out)]
        self.assertEqual([("end" if index % 2 else "start", name) for index, (_, name) in enumerate(marks)], marks)
        self.assertEqual(["hostile-text_1", "passes_1"], sorted({name for _, name in marks}))
        self.assertEqual(4, len(marks))
        self.assertEqual(4, out.count("\r"))

    def test_what_a_case_says_is_not_acted_on(self):
        for mode in ("stream", "failures", "quiet"):
            for jobs in (1, 2):
                with self.subTest(mode, jobs=jobs):
                    out = self.run_cases("hostile-text", more=["--jobs", str(jobs), "--output", mode, "--overwrite"],
                                         environment={"GITHUB_ACTIONS": "true"}).out
                    self.assertEqual(["group", "endgroup"] if mode == "stream" else [], self.commands(out))
                    self.assertIn("    : :error::said by a failure\n    ## [error]said by a failure\n", out)
        again = self.opready("report", self.report.path, environment={"GITHUB_ACTIONS": "true"}).out
        self.assertEqual([], self.commands(again))

    def test_a_stopped_run_shows_at_once_what_it_held_back(self):
        arguments = self.run_arguments("interrupted", "slow-cleanup",
                                       more=["--jobs", "2", "--grace-period", "1s"])
        with open(self.directory / "out", "wb") as out, \
                self.started(*arguments, stdout=out, environment={"GITHUB_ACTIONS": "true"}) as child:
            for case in ("interrupted", "slow-cleanup"):
                self.wait_for_log(case, "STEP: ")
            child.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, child.wait(60))
        held, direct = (self.directory / "out").read_text().split("stopping on SIGINT: ")
        self.assertEqual(["group", "endgroup"] * 2, self.commands(held))
        self.assertEqual(2, len(re.findall(r"\[(interrupted|slow-cleanup)\] .*STEP: waiting to be interrupted", held)))
        self.assertEqual([], self.commands(direct))
        self.assertIn(" [interrupted] ", direct)

    def test_a_ci_system_that_gives_a_terminal_gets_no_drawing(self):
        _, drawn = self.on_terminal(*self.run_arguments("passes"), environment={"GITHUB_ACTIONS": "true"})
        self.assertNotIn(b"\x1b[J", drawn)
        self.assertIn(b"::group::", drawn)

    def test_the_files_of_a_run_keep_what_was_said(self):
        self.run_in("GITHUB_ACTIONS", "hostile-text", jobs=1)
        self.assertIn(b"\n::error::said by a spec\n##[add-mask]e\n", self.report.log("hostile-text"))
        self.assertIn("\n::error::said by a failure\n##[error]said", self.report.text("events.jsonl").replace("\\n", "\n"))


if __name__ == "__main__":
    unittest.main()
