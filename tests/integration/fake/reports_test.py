# SPDX-License-Identifier: Apache-2.0
"""The report directory: what is in it, that it's drawn again alike, and that nothing secret gets there."""

import stat
import unittest
import xml.etree.ElementTree as ElementTree

from opready import OpreadyTest

DRAWN = ("junit_op-readiness.xml", "summary.json", "summary.md", "results.csv", "metadata.json",
         "report.html")
SECRETS = ("abcDEF0123456789secretsecret", "c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0", "kubeconfigsecrettoken0123456789",
           "c2VjcmV0LWtleS1kYXRhLXNlY3JldC1rZXktZGF0YQ==", "kubeconfigs-own-secret-token", "value-of-a-secret-flag")
CANNOT_RUN = 3


class Reports(OpreadyTest):
    def files(self):
        return sorted(str(path.relative_to(self.report.path)) for path in self.report.path.rglob("*")
                      if path.is_file())

    def drawn(self):
        return {name: self.report.text(name) for name in DRAWN}

    def test_a_run_leaves_what_the_design_lists(self):
        self.run_cases("passes", "no-report")
        self.assertEqual(["cases/no-report/attempt-1/command.txt", "cases/no-report/attempt-1/e2e.log",
                          "cases/passes/attempt-1/command.txt", "cases/passes/attempt-1/e2e.log",
                          "cases/passes/attempt-1/specs.xml", "events.jsonl", *sorted(DRAWN)],
                         sorted(self.files(), key=lambda name: (not name.startswith("cases"), name)))
        self.assertEqual(0o700, stat.S_IMODE(self.report.path.stat().st_mode))
        specs = ElementTree.parse(self.report.path / "cases/passes/attempt-1/specs.xml")
        self.assertEqual(["[It] [fake] passes"], [row.get("name") for row in specs.iter("testcase")
                                                  if row.get("name").startswith("[It]")])

    def test_the_raw_report_is_kept_where_that_is_asked_for(self):
        self.run_cases("passes", more=["--keep-raw"])
        raw = ElementTree.parse(self.report.path / "cases/passes/attempt-1/raw.xml")
        self.assertEqual(35, sum(row.get("name").startswith("[It]") for row in raw.iter("testcase")))

    def test_report_draws_the_same_again(self):
        done = self.run_cases("passes", "fails", "crashes", "skips", more=["--junit", "per-case"])
        before = {name: self.report.text(name) for name in self.files()}
        for name in (*DRAWN, *(name for name in before if name.startswith("junit_"))):
            (self.report.path / name).unlink(missing_ok=True)
        again = self.opready("report", self.report.path, "--junit", "per-case")
        self.assertEqual((1, ""), (again.status, again.err))
        self.assertEqual(before, {name: self.report.text(name) for name in self.files()})
        self.assertTrue(done.out.endswith(again.out))

    def rows(self):
        """(name, whether it failed) of each row."""
        return [(row.get("name"), row.find("failure") is not None) for row in self.report.junit().iter("testcase")]

    def test_a_flake_is_shown_as_such_everywhere(self):
        self.run_cases("passes", "fails", "crashes")
        for case in ("fails", "crashes"):
            self.report.add_passing_attempt(case)
        done = self.opready("report", self.report.path)
        self.assertEqual((0, ""), (done.status, done.err))
        log = f"{self.report.path}/cases/{{}}/attempt-1/e2e.log"
        self.assertIn("\nFlaky cases are among those that passed.\n\n"
                      "Flaky, passed after failing:\n"
                      "  fails: its spec failed (attempt 1)\n"
                      "    [fake] fails with a reason\n"
                      f"    log: {log.format('fails')}\n"
                      "  crashes: e2e.test was killed by SIGSEGV and left no report (attempt 1)\n"
                      f"    log: {log.format('crashes')}\n", done.out)
        self.assertEqual([("passes: [fake] passes", False),
                          ("fails: [fake] fails with a reason", True), ("fails: [fake] fails with a reason", False),
                          ("crashes", True), ("crashes", False), ("crashes: [fake] crashes with SIGSEGV", False)], self.rows())
        summary = self.report.summary()
        self.assertEqual((3, 2), (summary["verdict"]["counts"]["passed"], summary["verdict"]["counts"]["flaky"]))
        self.assertEqual([("passes", False, []), ("fails", True, ["[fake] fails with a reason"]), ("crashes", True, [])],
                         [(case["id"], case["flaky"], case["flaky_specs"]) for case in summary["cases"]])
        self.assertIn('"flaky": "2"', self.report.text("metadata.json"))

    def test_junit_can_hold_the_last_attempt_only(self):
        self.run_cases("passes", "fails", "crashes")
        for case in ("fails", "crashes"):
            self.report.add_passing_attempt(case)
        done = self.opready("report", self.report.path, "--junit-attempts", "last")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertEqual([("passes: [fake] passes", False), ("fails: [fake] fails with a reason", False),
                          ("crashes: [fake] crashes with SIGSEGV", False)], self.rows())

    def test_overwriting_leaves_nothing_of_the_run_before(self):
        self.run_cases("fails", "passes", more=["--junit", "per-case"])
        self.assertIn("junit_1101.xml", self.files())
        self.run_cases("passes", more=["--overwrite"])
        self.assertEqual([], [name for name in self.files() if "fails" in name or name.startswith("junit_1")])

    def test_labels_are_masked_everywhere(self):
        token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0"
        self.run_cases("passes", more=["--label", f"pool={token}", "--label", "password=hunter2"])
        for name in ("events.jsonl", *DRAWN):
            self.assertNotIn(token, self.report.text(name), name)
            self.assertNotIn("hunter2", self.report.text(name), name)

    def test_a_result_goes_through_a_link_instead_of_replacing_it(self):
        self.run_cases("passes")
        target = self.directory / "target.xml"
        target.write_text("before, and longer than nothing\n")
        link = self.directory / "link.xml"
        link.symlink_to(target)
        done = self.opready("merge", "-o", link, self.report.path / "junit_op-readiness.xml")
        self.assertEqual(0, done.status, done.err)
        self.assertTrue(link.is_symlink())
        self.assertIn("[fake] passes", target.read_text())

    def test_report_draws_from_a_log_whose_last_line_is_torn(self):
        self.run_cases("passes", "fails")
        before = self.drawn()
        with open(self.report.path / "events.jsonl", "ab") as events:
            events.write(b'{"event": "case_fin')
        again = self.opready("report", self.report.path)
        self.assertEqual((1, ""), (again.status, again.err))
        self.assertEqual(before, self.drawn())

    def test_report_of_a_directory_without_a_run(self):
        done = self.opready("report", self.directory / "home")
        self.assertEqual((CANNOT_RUN, "", f"opready: error: cannot read '{self.directory / 'home'}/events.jsonl': "
                                          "no such file or directory\n"), (done.status, done.out, done.err))

    def test_a_directory_that_holds_a_run_is_not_touched_without_consent(self):
        self.run_cases("fails")
        before = {name: (self.report.path / name).read_bytes() for name in self.files()}
        done = self.run_cases("passes")
        self.assertEqual((CANNOT_RUN, f"opready: error: '{self.report.path}' holds a run already: name another "
                                      "--report-dir, or replace that run with --overwrite\n"), (done.status, done.err))
        self.assertEqual(before, {name: (self.report.path / name).read_bytes() for name in self.files()})
        (self.report.path / "notes.txt").write_text("somebody's own")
        self.assertEqual(0, self.run_cases("passes", more=["--overwrite"]).status)
        self.assertEqual(["passes"], [case["id"] for case in self.report.summary()["cases"]])
        self.assertNotIn("cases/fails/attempt-1/e2e.log", self.files())
        self.assertIn("notes.txt", self.files())

    def test_the_directory_is_chosen_where_none_is_named(self):
        arguments = self.arguments("passes")
        self.opready(*arguments, environment={"ARTIFACTS": str(self.directory / "artifacts")})
        self.assertTrue((self.directory / "artifacts/summary.json").exists())
        self.opready(*arguments)
        chosen, = self.directory.glob("op-readiness-dead-????????T??????Z")
        self.assertTrue((chosen / "summary.json").exists())

    def test_labels_stand_in_every_report(self):
        self.run_cases("passes", more=["--label", "build=20348.2700", "--label", "team=a=b"])
        self.assertEqual({"build": "20348.2700", "team": "a=b"}, self.report.summary()["labels"])
        properties = {item.get("name"): item.get("value") for item in self.report.junit().iter("property")}
        self.assertEqual("20348.2700", properties["label.build"])
        self.assertIn('"label.team": "a=b"', self.report.text("metadata.json"))

    def test_the_older_tools_files_are_written_where_asked_for_and_read_by_its_reporter(self):
        self.run_cases("passes", "fails", more=["--junit", "per-case"])
        self.assertIn("junit_1101.xml", self.files())
        self.assertIn("junit_1201.xml", self.files())
        table = self.opready("reporter", "--dir", self.report.path, "--csv")
        self.assertEqual((0, ""), (table.status, table.err))
        self.assertIn("Fake.Faults", table.out)
        for file in self.report.path.glob("junit_*.xml"):
            file.write_text(file.read_text().replace("All is well", "##[error]"))
        table = self.opready("reporter", "--dir", self.report.path,
                             environment={"GITHUB_ACTIONS": "true"})
        self.assertEqual((0, ""), (table.status, table.err))
        self.assertIn("## [error]", table.out)
        self.assertNotIn("##[", table.out)

    def test_merge_joins_files(self):
        self.run_cases("passes", "fails", more=["--junit", "per-case"])
        merged = self.directory / "all.xml"
        done = self.opready("merge", "-o", merged, self.report.path / "junit_1101.xml",
                            self.report.path / "junit_1201.xml")
        self.assertEqual((0, f"{merged}: 2 files joined\n", ""), (done.status, done.out, done.err))
        self.assertEqual(2, len(list(ElementTree.parse(merged).iter("testcase"))))

    def test_extra_arguments_reach_e2e_test(self):
        self.run_cases("passes", more=["--", "--delete-namespace=false"])
        started, = [line for line in self.started_children() if "--report-dir" in line]
        self.assertTrue(started.endswith(r" --ginkgo.focus=\[fake\] passes$ --delete-namespace=false"))

    def test_secrets_are_masked_in_all_that_is_written(self):
        done = self.run_cases("secrets", more=["--keep-raw", "--",
                                               "--storage_driver_password=value-of-a-secret-flag"])
        self.assertEqual(1, done.status)
        # raw.xml is e2e.test's own file, kept as it is on the user's wish.
        written = {name: self.report.text(name) for name in self.files() if not name.endswith("raw.xml")}
        written["the console"] = done.out + done.err
        for name, text in written.items():
            for secret in SECRETS:
                with self.subTest(name=name, secret=secret):
                    self.assertNotIn(secret, text)
        self.assertIn("Authorization: Bearer ", self.report.log("secrets").decode())

    def test_require_ready_tells_a_verdict_short_of_ready(self):
        self.assertEqual(0, self.run_cases("passes-in-part").status)
        self.assertEqual(5, self.run_cases("passes-in-part", more=["--require-ready", "--overwrite"]).status)


if __name__ == "__main__":
    unittest.main()
