# SPDX-License-Identifier: Apache-2.0
"""summary.json and category files by their schemas, summary.md on a CI run's page, results.csv by another reader."""

import csv
import unittest

import packages
from opready import FAKE_CASES, OpreadyTest

CASES = ("passes", "passes-in-part", "fails", "skips", "panics", "pending", "out-of-time", "crashes", "no-report",
         "truncated-report", "before-suite")
MAX_PAGE = 1024 * 1024
SHIPPED = sorted((packages.SOURCE / "specs").glob("*.yaml"))
OLDER = sorted((packages.SOURCE / "tests" / "data").glob("older-tool*/**/spec.yaml"))

# What is wrong with a file, and what its schema calls it.
BAD_FILES = {
    "category: A\n": "$: 'testCases' is a required property",
    "testCases: []\n": "$: 'category' is a required property",
    "category: A\ntestcases: []\ntestCases: []\n": "$: Additional properties are not allowed ('testcases' was unexpected)",
    "category: A\ntestCases:\n- {focus: [x]}\n": "$.testCases[0]: 'description' is a required property",
    "category: A\ntestCases:\n- {description: a}\n": "$.testCases[0]: 'focus' is a required property",
    "category: A\ntestCases:\n- {description: a, focus: []}\n": "$.testCases[0].focus: [] should be non-empty",
    "category: A\ntestCases:\n- {description: a, focus: x}\n": "$.testCases[0].focus: 'x' is not of type 'array', 'null'",
    "category: A\ntestCases:\n- {description: 7, focus: [x]}\n": "$.testCases[0].description: 7 is not of type 'string'",
    "category: A\ntestCases:\n- {description: a, focus: [x], id: A_b}\n":
        "$.testCases[0].id: 'A_b' does not match '^[a-z0-9][a-z0-9.-]{0,62}$'",
    "category: A\ntestCases:\n- {description: a, focus: [x], expect: 0}\n":
        "$.testCases[0].expect: 0 is less than the minimum of 1",
    "category: A\ntestCases:\n- {description: a, focus: [x], expect: '0'}\n":
        "$.testCases[0].expect: '0' does not match '^0*[1-9][0-9]*$'",
    "category: A\ntestCases:\n- {description: a, focus: [x], serial: 'yes'}\n":
        "$.testCases[0].serial: 'yes' is not one of [True, False, 'true', 'false']",
    "category: A\ntestCases:\n- {description: a, focus: [x], placement: linux}\n":
        "$.testCases[0].placement: 'linux' is not one of ['own', 'windows', 'mixed', 'none']",
    "category: A\ntestCases:\n- {description: a, focus: [x], proves: part}\n":
        "$.testCases[0]: 'missing' is a required property",
    "category: A\ntestCases:\n- {description: a, proves: none}\n": "$.testCases[0]: 'missing' is a required property",
}


class Formats(OpreadyTest):
    def summaries_of_many_runs(self):
        """Of one with all outcomes, one whose pods were watched, a shard, one that was stopped, one that was killed."""
        memory = self.directory / "memory"
        memory.mkdir()
        retried = ["--test-directory", FAKE_CASES / "flaky.yaml", "--retries", "1", "--retry-delay", "100ms"]
        yield self.summary(*CASES, "in-part", "crash", more=[*retried, "--label", "a=b"],
                           environment={"FAKE_E2E_MEMORY": str(memory)})
        yield self.summary(file="placed.yaml", more=["--place"])
        yield self.summary(file="shards.yaml", more=["--shard", "1/2"])
        yield self.summary("fails", "passes", more=["--fail-fast", "--jobs", "1"])
        events = self.report.path / "events.jsonl"
        events.write_text("\n".join(events.read_text().splitlines()[:2]) + "\n")
        self.opready("report", self.report.path)
        yield self.report.summary()

    def summary(self, *cases, file="faults.yaml", more=(), environment=None):
        done = self.run_cases(*cases, file=file, more=["--overwrite", "--output", "quiet", *more],
                              environment=environment)
        self.assertIn(done.status, (0, 1), done.err)
        return self.report.summary()

    def test_the_summarys_schema_describes_all_that_stands_in_it_and_nothing_else_is_asked_for(self):
        summaries = list(self.summaries_of_many_runs())
        outcomes = {case["outcome"] for summary in summaries for case in summary["cases"]}
        self.assertLessEqual({"passed", "failed", "skipped", "timed_out", "crashed", "no_report", "broken_report",
                              "nothing_ran", "not_run"}, outcomes)
        described = packages.schema("summary.schema.json")
        self.assertEqual([[]] * len(summaries), packages.faults(packages.strict(described), summaries))
        summaries[0]["cases"][0]["later"] = "a key that a later version adds"
        summaries[0]["options"]["placement"] = "later"
        self.assertEqual([[]], packages.faults(described, summaries[:1]))
        self.assertEqual([["$.cases[0]: Additional properties are not allowed ('later' was unexpected)",
                           "$.options.placement: 'later' is not one of ['policy', 'taint', None]"]],
                         [sorted(found) for found in packages.faults(packages.strict(described), summaries[:1])])

    def test_the_summarys_schema_refuses_what_the_format_is_not(self):
        good = self.summary("passes")
        changes = {"version": 2, "run_id": "x", "verdict": {}, "cases": {}, "started": "yesterday"}
        found = packages.faults(packages.schema("summary.schema.json"), [{**good, key: value} for key, value
                                                                          in changes.items()])
        self.assertTrue(all(found), found)
        for key in good:
            with self.subTest(key):
                without = {name: value for name, value in good.items() if name != key}
                self.assertEqual([[f"$: '{key}' is a required property"]],
                                 packages.faults(packages.schema("summary.schema.json"), [without]))

    def test_category_files_keep_to_their_schema(self):
        files = [*SHIPPED, *OLDER, *sorted(FAKE_CASES.glob("*.yaml"))]
        self.assertGreater(len(SHIPPED) * len(OLDER), 0)
        found = packages.faults(packages.schema("category.schema.json"), list(map(str, files)))
        self.assertEqual({}, {str(path): wrong for path, wrong in zip(files, found) if wrong})

    def test_values_may_stand_in_quotes_in_category_files(self):
        path = self.directory / "quoted.yaml"
        path.write_text("category: A\ntestCases:\n- {description: a, focus: [x], expect: '02', serial: 'true'}\n")
        self.assertEqual(0, self.opready("validate", path).status)
        self.assertEqual([[]], packages.faults(packages.schema("category.schema.json"), [str(path)]))

    def test_editors_find_the_schema_of_the_shipped_files(self):
        for path in SHIPPED:
            line = next(line for line in path.read_text().splitlines() if "yaml-language-server" in line)
            place = line.removeprefix("# yaml-language-server: $schema=")
            self.assertEqual(packages.SOURCE / "docs" / "category.schema.json", (path.parent / place).resolve())

    def test_what_the_schema_of_category_files_refuses_is_refused(self):
        paths = []
        for number, text in enumerate(BAD_FILES):
            paths.append(self.directory / f"bad-{number}.yaml")
            paths[-1].write_text(text)
            self.assertEqual(2, self.opready("validate", paths[-1]).status, text)
        found = packages.faults(packages.schema("category.schema.json"), list(map(str, paths)))
        self.assertEqual(list(BAD_FILES.values()), [wrong[0] for wrong in found])

    def run_on_page(self, page, *more):
        return self.run_cases("fails", more=["--overwrite", "--output", "quiet", *more],
                              environment={"GITHUB_STEP_SUMMARY": str(page)})

    def test_a_steps_page_gets_the_summary_behind_what_others_wrote(self):
        page = self.directory / "step.md"
        page.write_text("a line of somebody else")
        done = self.run_on_page(page)
        self.assertEqual((1, ""), (done.status, done.err))
        drawn = self.report.text("summary.md")
        self.assertEqual("a line of somebody else\n\n" + drawn, page.read_text())
        self.assertTrue(drawn.startswith("# Windows readiness of `some cases of Fake.Faults`: NOT READY, 1 of 1 case "
                                         "failed\n"), drawn)

    def test_a_steps_page_gets_no_summary_twice(self):
        page = self.directory / "step.md"
        for name in ("first", "second"):
            self.report.path = self.directory / name
            self.run_cases("fails")
        for arguments in (("first",), ("first", "--format", "markdown"), ("first", "second", "--format", "markdown")):
            done = self.opready("report", *arguments, environment={"GITHUB_STEP_SUMMARY": str(page)})
            self.assertEqual((1, "", False), (done.status, done.err, page.exists()), arguments)
        drawn = self.opready("report", self.report.path, "--format", "markdown").out
        self.assertEqual(self.report.text("summary.md"), drawn)
        both = self.opready("report", "first", "second", environment={"GITHUB_STEP_SUMMARY": str(page)})
        self.assertEqual((1, ""), (both.status, both.err))
        self.assertTrue(page.read_text().startswith("# Windows readiness of "))

    def test_a_steps_page_never_grows_beyond_what_github_shows(self):
        page = self.directory / "step.md"
        page.write_bytes(b"x" * (MAX_PAGE - 20_000))
        self.assertEqual((1, ""), ((done := self.run_on_page(page)).status, done.err))
        self.assertLess(page.stat().st_size, MAX_PAGE)
        page.write_bytes(b"x" * (MAX_PAGE - 1000))
        done = self.run_on_page(page)
        self.assertEqual((1, "opready: warning: the step's summary was not written: "
                             f"'{page}' has no room left: {MAX_PAGE - 1000} of the {MAX_PAGE} bytes that GitHub shows "
                             "are taken\n"), (done.status, done.err))
        self.assertEqual(MAX_PAGE - 1000, page.stat().st_size)

    def test_a_steps_page_that_cant_be_written_is_a_warning(self):
        done = self.run_on_page(self.directory)
        self.assertEqual((1, f"opready: warning: the step's summary was not written: cannot write '{self.directory}': "
                             "is a directory\n"), (done.status, done.err))
        self.assert_whole_reports()

    def test_the_command_of_a_failure_runs_it_again(self):
        self.run_cases("fails", "passes")
        line = next(line for line in self.report.text("summary.md").splitlines() if line.startswith("- again: `"))
        words = line.removeprefix("- again: `").removesuffix("`").split()
        self.assertEqual(["op-readiness", "--rerun-failed", str(self.report.path), "--case", "fails"], words)
        done = self.opready(*words[1:], "--report-dir", self.directory / "again")
        self.assertEqual(1, done.status, done.err)
        self.assertIn("FAILED fails", done.out)

    def test_a_spreadsheet_has_a_row_a_spec(self):
        summary = self.summary(*CASES)
        with open(self.report.path / "results.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, strict=True))
        expected = [(case["category"], case["id"], case["outcome"], spec["name"], spec["status"])
                    for case in summary["cases"]
                    for spec in case["attempts"][-1]["specs"] or [{"name": "", "status": ""}]]
        self.assertEqual(expected, [tuple(row[key] for key in ("category", "case", "outcome", "spec", "spec_outcome"))
                                    for row in rows])
        for row in rows:
            self.assertTrue((self.report.path / row["log"]).is_file(), row)

    def test_an_issue_for_certification_names_the_product_and_no_machine(self):
        self.run_cases("passes", more=["--label", "product=Example Kubernetes 1.0"])
        done = self.opready("report", self.report.path, "--format", "certification")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn("| `product` | `Example Kubernetes 1.0` |\n", done.out)
        self.assertIn("| Kubernetes | `v1.36.3` |\n", done.out)
        for secret in ("127.0.0.1", "win-0", "dead"):
            self.assertNotIn(secret, done.out.replace(str(self.directory), ""))


if __name__ == "__main__":
    unittest.main()
