# SPDX-License-Identifier: Apache-2.0
"""report.html in real Chromium: what is seen, searching, filters, keys; a hostile run; ten thousand cases."""

import json
import unittest

import browser
from opready import MEASURED_BINARY, OpreadyTest

CASES = ["passes", "passes-in-part", "fails", "skips", "panics", "crashes", "no-report"]
FAILURES = ["failure-fails", "failure-panics", "failure-no-report"]
TYPED = "\"'><script>alert(1)</script><img src=x onerror=alert(2)> ]]> --> javascript:alert(3) &lt;"
HOSTILE = f"{TYPED} \u202e \0 \x1b[31m \x9b31m \u2066"
MOST_BYTES = 2_000_000


class Html(OpreadyTest):
    def page_of_a_run(self):
        self.run_cases(*CASES, more=["--label", "pool=ltsc2022"])
        self.report.add_passing_attempt("crashes")
        self.assertEqual(1, self.opready("report", self.report.path).status)

    def test_a_run_is_seen_searched_filtered_and_walked_through_by_keys(self):
        self.page_of_a_run()
        page = browser.visit(self, "fake", "no-report", look=True)
        self.assertEqual("NOT READY", page["verdict"])
        self.assertEqual((CASES, FAILURES, ""),
                         tuple(page["at_first"][key] for key in ("cases", "failures", "found")))
        self.assert_searches(page)
        self.assert_filters(page)
        self.assert_escapes(page)
        self.assert_keys(page)
        self.assert_sorts(page)

    def assert_searches(self, page):
        self.assertEqual((["no-report"], ["failure-no-report"], "1 case, 1 spec"),
                         tuple(page["searched"][key] for key in ("cases", "failures", "found")))
        self.assertEqual(([], [], "Nothing found"),
                         tuple(page["nothing"][key] for key in ("cases", "failures", "found")))
        self.assertEqual((CASES, FAILURES, ""), tuple(page["escaped"][key] for key in ("cases", "failures", "found")))

    def assert_filters(self, page):
        self.assertEqual((["passes", "passes-in-part"], [], "true"),
                         tuple(page["only_passed"][key] for key in ("cases", "failures", "pressed")))
        self.assertEqual((["fails", "panics", "no-report"], FAILURES, "true"),
                         tuple(page["only_failed"][key] for key in ("cases", "failures", "pressed")))

    def assert_escapes(self, page):
        for start in ("button", "failure"):
            self.assertEqual((CASES, FAILURES), tuple(page["escaped_from"][start][key] for key in ("cases", "failures")))

    def assert_keys(self, page):
        keys = page["keys"]
        self.assertEqual([*FAILURES[:2], FAILURES[0]], [keys[step]["focus"] for step in ("first", "second", "back")])
        self.assertEqual("light", keys["theme"]["theme"])
        self.assertEqual(("search", "search", "j"), (keys["search"]["focus"], keys["typed"]["focus"], keys["value"]))
        self.assertEqual(("skip", "main"), (keys["first_tab"]["focus"], keys["skipped"]["focus"]))

    def assert_sorts(self, page):
        self.assertEqual("descending", page["sorted"]["order"])
        times = [float(time.removesuffix("s")) for time in page["sorted"]["times"]]
        self.assertEqual(sorted(times, reverse=True), times)

    def test_without_script_all_is_there_to_be_read(self):
        self.page_of_a_run()
        plain = browser.visit(self, "fake-plain", "x")["without_script"]
        self.assertEqual((False, len(CASES)), (plain["tools"], plain["cases"]))
        for text in ("fails with a reason", "Calico (by its DaemonSet calico-node)", "containerd://1.7.27", "ltsc2022",
                     f"op-readiness --rerun-failed {self.report.path} --case fails"):
            self.assertIn(text, plain["text"])

    def test_a_hostile_run_opens_without_executing_anything(self):
        categories = self.directory / "hostile.yaml"
        categories.write_text(json.dumps({"category": "Hostile", "testCases": [
            {"id": name, "description": f"{TYPED} {name}", "focus": [focus]}
            for name, focus in (("hostile-text", "hostile text"), ("foreign-bytes", "invalid UTF-8 and ANSI"),
                                ("long-line", "a line of 100 MiB$"))]}))
        done = self.opready("run", "--report-dir", self.report.path, "--test-directory", categories, "--e2e-binary",
                            self.e2e, "--kubeconfig", self.kubeconfig, "--output", "quiet", "--label", f"x={TYPED}")
        self.assertEqual((1, ""), (done.status, done.err))
        events = self.report.events()
        for event in events:
            for spec in event.get("result", {}).get("specs", []):
                spec["failure"] = HOSTILE * 100 + "x" * 10_000_000
                spec["spec"]["name"] = HOSTILE
                spec["spec"]["file"] = "javascript:alert(4)//test/e2e/x.go"
        (self.report.path / "events.jsonl").write_text("\n".join(json.dumps(event) for event in events) + "\n")
        self.assertEqual(1, self.opready("report", self.report.path).status)
        page = browser.visit(self, "hostile", "alert(1)", look=True)
        self.assertEqual(["foreign-bytes", "hostile-text", "long-line"], sorted(page["searched"]["cases"]))
        self.assertEqual(["file:"], page["links"])
        self.assertLess(page["bytes"], MOST_BYTES)

    def test_ten_thousand_cases_are_found_in_quickly(self):
        self.binary = MEASURED_BINARY
        self.run_cases("passes", "fails")
        begin, *events, end = self.report.events()
        passes, fails = begin["plan"]["cases"]
        begin["plan"]["cases"] = []
        lines = []
        for number in range(10_000):
            planned = fails if number % 100 == 0 else passes
            case_id = f"core-network-some-long-name-{number:05}"
            begin["plan"]["cases"].append({**planned, "test": {**planned["test"], "id": case_id}})
            lines += [json.dumps({**event, "id": case_id}) for event in events if event["id"] == planned["test"]["id"]]
        (self.report.path / "events.jsonl").write_text("\n".join([json.dumps(begin), *lines, json.dumps(end)]) + "\n")
        self.assertEqual(1, self.opready("report", self.report.path).status)
        page = browser.visit(self, "many", "name-04711")
        self.assertLess(page["bytes"], MOST_BYTES)
        self.assertEqual((10_000, 100), (len(page["at_first"]["cases"]), len(page["at_first"]["failures"])))
        self.assertEqual(["core-network-some-long-name-04711"], page["searched"]["cases"])
        self.assertRegex(page["searched"]["found"],
                         r"^1 case, [01] specs?; [\d,]+ specs not on this page: see summary\.json$")
        # A tenth of it on a machine that does nothing else.
        self.assertLess(page["load_ms"], 15_000)
        self.assertLess(page["search_ms"], 5_000)


if __name__ == "__main__":
    unittest.main()
