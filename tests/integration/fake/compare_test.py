# SPDX-License-Identifier: Apache-2.0
"""What changed between two real runs: of two releases, whose specs have other names, and of one."""

import json
import unittest

from opready import FAKE_E2E, OpreadyTest

FAILED, USAGE, CANNOT_RUN = 1, 2, 3

BEFORE = """\
category: Fake.Compared
testCases:
- {id: same, description: It stays as it is, focus: ['\\[fake\\] passes$']}
- {id: renamed, description: Its spec has another name, focus: ['\\[fake\\] passes$']}
- {id: breaks, description: It fails now, focus: ['\\[fake\\] (passes|passes too)$']}
- {id: mended, description: It passes now, focus: ['\\[fake\\] fails with a reason$']}
- {id: broken, description: It fails as before, focus: ['\\[fake\\] fails with a reason$']}
- {id: reboots, description: It isn't run any more, focus: ['\\[fake\\] passes$']}
- {id: old-id, kep: Core.Network.3, description: It has another id, focus: ['\\[fake\\] passes$']}
- {id: vanishes, description: It goes, focus: ['\\[fake\\] passes$']}
"""
AFTER = """\
category: Fake.Compared
testCases:
- {id: same, description: It stays as it is, focus: ['\\[fake\\] passes$']}
- {id: renamed, description: Its spec has another name, focus: ['\\[fake\\] passes too$']}
- {id: breaks, description: It fails now, focus: ['\\[fake\\] (passes|fails with a reason)$']}
- {id: mended, description: It passes now, focus: ['\\[fake\\] passes$']}
- {id: broken, description: It fails as before, focus: ['\\[fake\\] fails with a reason$']}
- {id: reboots, description: It isn't run any more, focus: ['\\[fake\\] passes$'], impact: reboots}
- {id: new-id, kep: Core.Network.3, description: It has another id, focus: ['\\[fake\\] passes$']}
- {id: appears, description: It comes, focus: ['\\[fake\\] passes$']}
"""


class Compare(OpreadyTest):
    def run_into(self, name, categories=BEFORE, version="v1.35.2", more=()):
        file = self.directory / f"{name}.yaml"
        file.write_text(categories)
        directory = self.directory / name
        self.e2e = self.script(f"e2e-{version}", f"FAKE_E2E_VERSION={version} exec '{FAKE_E2E}' \"$@\"\n")
        done = self.opready("run", "--report-dir", directory, "--test-directory", file, "--e2e-binary", self.e2e,
                            "--kubeconfig", self.kubeconfig, "--no-evidence", *more)
        self.assertIn(done.status, (0, FAILED), done.err)
        return directory

    def compare(self, *arguments, status):
        done = self.opready("compare", *arguments)
        self.assertEqual((status, ""), (done.status, done.err), done.out)
        return done.out

    def differences(self, base, newer, status):
        document = json.loads(self.compare(base, newer, "--format", "json", status=status))
        self.assertEqual(status == FAILED, document["regression"])
        return document, [(difference["change"], difference["case"], difference["spec"])
                          for difference in document["differences"]]

    def test_a_run_is_as_it_was(self):
        base = self.run_into("base")
        out = self.compare(base, self.run_into("again"), status=0)
        self.assertTrue(out.endswith("\n\nNo regression; 2 cases fail as before.\n"), out)
        self.assertNotIn("(1)", out)

    def test_the_log_of_a_ci_job_acts_on_no_name(self):
        base = self.run_into("##[error]base")
        self.environment["GITHUB_ACTIONS"] = "true"
        out = self.compare(base, base, status=0)
        self.assertIn("/## [error]base\n", out)
        self.assertNotIn("##[", out)
        self.assertIn(f'"directory": "{base}"', self.compare(base, base, "--format", "json", status=0))

    def test_two_releases_are_joined_by_ids_and_kep_items(self):
        base, newer = self.run_into("base"), self.run_into("new", AFTER, "v1.36.3")
        document, differences = self.differences(base, newer, FAILED)
        self.assertEqual([
            ("newly_failing", "breaks", "[fake] fails with a reason"),
            ("no_longer_passing", "reboots", None),
            ("fixed", "mended", "[fake] passes"),
            ("renamed", "renamed", "[fake] passes too"),
            ("renamed", "breaks", "[fake] fails with a reason"),
            ("renamed", "mended", "[fake] passes"),
            ("renamed", "new-id", None),
            ("added", "appears", None),
            ("gone", "vanishes", None),
        ], differences)
        self.assertEqual(1, document["still_failing"])
        self.assertEqual(("e2e v1.35.2", "e2e v1.36.3"), (*document["base"]["suites"], *document["new"]["suites"]))
        out = self.compare(base, newer, status=FAILED)
        self.assertTrue(out.endswith("\n\nREGRESSION: 1 newly failing, 1 no longer passing; 1 case fails as before; 1 case is gone.\n"), out)
        self.assertIn("\n  renamed\n    [fake] passes\n    -> [fake] passes too\n", out)
        markdown = self.compare(base, newer, "--format", "markdown", status=FAILED)
        self.assertIn("\n| `renamed` |  |  | `[fake] passes` | `[fake] passes too` |\n", markdown)
        self.assertEqual([("fixed", "breaks", "[fake] passes too")],
                         [row for row in self.differences(newer, base, FAILED)[1] if row[:2] == ("fixed", "breaks")])

    def test_flakes_are_told_apart_from_failures(self):
        memory = self.directory / "memory"
        memory.mkdir()
        self.environment["FAKE_E2E_MEMORY"] = str(memory)
        flaky = ("category: Fake.Flaky\ntestCases:\n"
                 "- {id: in-part, description: It may fail, focus: ['\\[fake\\] (passes|fails at first)$']}\n")
        retry = ("--retries", "1", "--retry-delay", "1ms")
        first = self.run_into("first", flaky, more=retry)
        second = self.run_into("second", flaky, more=retry)
        spec = "[fake] fails at first"
        self.assertEqual([("no_longer_flaky", "in-part", spec)], self.differences(first, second, 0)[1])
        self.assertEqual([("flaky", "in-part", spec)], self.differences(second, first, 0)[1])

    def slowed(self, directory, seconds):
        """The run, its cases having taken that much longer."""
        events = [json.loads(line) for line in (directory / "events.jsonl").read_text().splitlines()]
        for event in events:
            if event["event"] == "case_finished":
                event["duration"] += seconds * 1000
        (directory / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))
        return directory

    def test_what_takes_longer_is_named_beyond_a_factor(self):
        one = ("category: Fake.Slow\ntestCases:\n"
               "- {id: slow, description: It takes long, focus: ['\\[fake\\] passes$']}\n")
        base = self.slowed(self.run_into("base", one), 10)
        newer = self.slowed(self.run_into("new", one), 25)
        self.assertEqual([("slower", "slow", None)], self.differences(base, newer, 0)[1])
        self.assertIn("No regression.\n", self.compare(base, newer, "--slower", "3", status=0))
        self.assertNotIn("Slower", self.compare(base, newer, "--slower", "3", status=0))
        wrong = self.opready("compare", base, newer, "--slower", "1")
        self.assertEqual((USAGE, "opready: error: --slower: '1' is no number above 1\n"), (wrong.status, wrong.err))

    def test_published_builds_and_event_logs_are_runs_too(self):
        base = self.run_into("base")
        build = self.directory / "build"
        build.mkdir()
        base.rename(build / "artifacts")
        self.compare(build, build / "artifacts" / "events.jsonl", status=0)

    def test_the_shards_of_a_run_are_one(self):
        whole = self.run_into("whole")
        (self.directory / "shards").mkdir()
        for shard in ("1", "2"):
            self.run_into(f"shards/{shard}", more=("--shard", f"{shard}/2"))
        self.assertEqual([], self.differences(whole, self.directory / "shards", 0)[1])
        self.assertIn(("gone", "same", None), self.differences(whole, self.directory / "shards/1", 0)[1]
                      + self.differences(whole, self.directory / "shards/2", 0)[1])

    def test_the_build_of_one_shard_is_a_run(self):
        (self.directory / "build").mkdir()
        self.run_into("build/artifacts", more=("--shard", "1/2"))
        self.assertEqual([], self.differences(self.directory / "build", self.directory / "build/artifacts", 0)[1])

    def test_a_link_that_leads_nowhere_is_refused(self):
        loop = self.directory / "loop"
        loop.symlink_to("loop")
        done = self.opready("compare", loop, loop)
        self.assertEqual((CANNOT_RUN, f"opready: error: cannot read '{loop}': too many levels of symbolic links\n"),
                         (done.status, done.err))

    def test_a_directory_without_a_run_is_refused(self):
        done = self.opready("compare", self.directory, self.directory)
        self.assertEqual((CANNOT_RUN, f"opready: error: '{self.directory}' holds no run: name a report directory, which "
                                      "has an events.jsonl\n"), (done.status, done.err))

    def test_without_two_runs_there_is_nothing_to_compare(self):
        self.assertEqual(USAGE, self.opready("compare", self.directory).status)


if __name__ == "__main__":
    unittest.main()
