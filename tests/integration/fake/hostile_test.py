# SPDX-License-Identifier: Apache-2.0
"""A run whose names, logs and failures mean something to every reader: in no format do they do anything."""

import csv
import html.parser
import io
import json
import re
import sys
import unittest

import packages
import readers
from opready import OpreadyTest

# What each is meant to break is plain from what it is.
NAMES = [
    "[evil] <script>alert(1)</script> ]]> & \"quotes\" 'apostrophes' <img src=x onerror=alert(1)>",
    "[evil] =cmd|' /C calc'!A0",
    "=HYPERLINK(\"https://example.org\")",
    "[evil] `code` ```fence``` ~~~ | a cell \\| **bold** <!-- comment",
    "``` @octocat #1 owner/name#2 GH-3 https://example.org www.example.org a@example.org :smile: $`x`$ "
    "[a](javascript:alert(1)) ![b](c)",
    "[evil] \u202eoverridden\u202c \u2066isolated\u2069 \u200fmark\u200e \u061c",
    "[evil] long " + "x" * 20000,
    "[evil] " + "`" * 80 + " <b>@octocat</b>",
    "[evil] " + "`" * 300 + " <b>@octocat</b>",
    "<b>@octocat</b> " + "`" * 80 + " <b>@octocat</b> ` <b>@octocat</b>",
]
FAILURE = ("[FAILED] \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m a \x00 byte \x7f \u202eback\u202c\n```\n~~~\n"
           "# a heading @octocat\n</code></pre></details><script>alert(2)</script> ]]> --> {{7*7}} ${jndi:x}\n"
           "::error::a command\n##[error]another\n" + "`" * 300 + "\n<b>@octocat</b>\n")
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)
CATEGORY = "Evil.<b>x</b>`|@octocat"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDI}]")
PLAIN_TAGS = {"h1", "h2", "h3", "p", "br", "em", "strong", "code", "pre", "ul", "li", "table", "thead", "tbody", "tr",
              "th", "td"}

# Go's encoding/xml writes U+FFFD for what no XML may hold.
E2E_TEST = r"""#!{python}
import re, sys
from xml.sax.saxutils import escape, quoteattr
names, failure, long = {names!r}, {failure!r}, "y" * 10_000_000
legal = re.compile("[\x00-\x08\x0b-\x1f]").sub("\ufffd", failure)
out = open(1, "w", encoding="utf-8", closefd=False)
if "--version" in sys.argv:
    print("v1.36.3")
elif "--help" in sys.argv:
    for flag in ("kubeconfig", "context", "report-dir", "report-prefix", "provider", "list-tests", "ginkgo.focus",
                 "ginkgo.skip", "ginkgo.v", "ginkgo.timeout"):
        print(f"  --{{flag}} string")
elif "--list-tests" in sys.argv:
    out.write("The following spec names can be used with 'ginkgo run --focus/skip':\n")
    for name in names:
        out.write(f"    test/e2e/evil.go:1: {{name}}\n")
else:
    value_of = dict(zip(sys.argv, sys.argv[1:]))
    out.write(failure + long + "\n")
    path = value_of["--report-dir"] + "/junit_" + value_of["--report-prefix"] + "01.xml"
    with open(path, "w", encoding="utf-8") as report:
        report.write('<testsuites><testsuite name="Kubernetes e2e suite">')
        for name in names:
            report.write(f'<testcase name={{quoteattr("[It] " + name)}} status="failed" time="0.1">'
                         f'<failure type="failed">{{escape(legal)}}{{long}}</failure></testcase>')
            long = ""
        report.write("</testsuite></testsuites>")
    sys.exit(1)
"""


class Page(html.parser.HTMLParser):
    """The tags and attributes of a page, and its text outside of code."""

    def __init__(self, text):
        super().__init__()
        self.tags = set()
        self.attributes = set()
        self.prose = ""
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.depth += tag == "code"

    def handle_endtag(self, tag):
        self.depth -= tag == "code"

    def handle_comment(self, data):
        self.tags.add("a comment")

    def handle_data(self, data):
        self.prose += "" if self.depth else data


class Hostile(OpreadyTest):
    def setUp(self):
        super().setUp()
        self.e2e = self.directory / "e2e.test"
        self.e2e.write_text(E2E_TEST.format(python=sys.executable, names=NAMES, failure=FAILURE), encoding="utf-8")
        self.e2e.chmod(0o755)
        (self.directory / "evil.yaml").write_text(json.dumps({"category": CATEGORY, "testCases": [
            {"id": "evil", "description": "=1+1 <script>alert(4)</script> @octocat", "focus": ["."]},
            {"id": "also", "description": "+1", "focus": ["."]}]}), encoding="utf-8")
        self.done = self.opready(
            "run", "--test-directory", "evil.yaml", "--e2e-binary", self.e2e, "--kubeconfig", self.kubeconfig,
            "--report-dir", self.report.path, "--no-evidence", "--label", "@octocat|=\x1b[31m<script>|\u202e",
            environment={"GITHUB_STEP_SUMMARY": str(self.directory / "step.md")})
        self.assertEqual((1, ""), (self.done.status, self.done.err))

    def test_in_no_format_it_does_anything(self):
        for name in sorted(dir(self)):
            if name.startswith("check_that_"):
                with self.subTest(name):
                    getattr(self, name)()

    def check_that_what_is_shown_has_no_control_characters(self):
        self.assertIsNone(HARMFUL.search(self.done.out))
        again = self.opready("report", self.report.path)
        self.assertIsNone(HARMFUL.search(again.out))
        for name in ("summary.json", "metadata.json", "summary.md", "results.csv", "junit_op-readiness.xml"):
            with self.subTest(name):
                self.assertIsNone(HARMFUL.search(self.report.text(name).replace("\r\n", "\n")))

    def check_that_github_finds_no_command_in_what_is_printed(self):
        for shown in ("text", "markdown", "certification"):
            done = self.opready("report", self.report.path, "--format", shown, environment={"GITHUB_ACTIONS": "true"})
            self.assertIsNone(COMMAND.search(done.out), shown)

    def check_that_xml_is_legal_and_tells_all_rows(self):
        suite, = readers.by_libxml2(self.report.path / "junit_op-readiness.xml")
        self.assertEqual((len(NAMES) * 2,) * 2, suite[1:3])
        self.assertEqual(CATEGORY, suite[0])
        lens = readers.Lens(self.report.path / "junit_op-readiness.xml")
        self.assertEqual([f"{suite[1]}/{suite[1]} Tests Failed."], lens.headlines)
        self.assertNotIn("<script", lens.page)
        self.assertEqual(suite[1], len(readers.sonobuoys_leaves(readers.by_sonobuoy(
            self.report.path / "junit_op-readiness.xml"))))

    def check_that_json_is_as_its_schema_says(self):
        specs = self.report.case("evil")["attempts"][0]["specs"]
        shown = [re.sub(f"[{BIDI}]", "\ufffd", name) for name in NAMES]
        self.assertEqual(sorted(shown), sorted(spec["name"] for spec in specs))
        self.assertEqual(CATEGORY, self.report.case("evil")["category"])
        self.assertEqual([[]], packages.faults(packages.schema("summary.schema.json"), [self.report.summary()]))

    def assert_inert(self, markdown):
        page = Page(packages.rendered(markdown))
        self.assertLessEqual(page.tags, PLAIN_TAGS)
        self.assertLessEqual(page.attributes, {"align", "lang"})
        for part in ("@", "octocat", "alert", "example.org", "evil", "smile", "<", "$", "#1"):
            self.assertNotIn(part, page.prose)

    def check_that_markdown_is_inert(self):
        self.assert_inert(self.report.text("summary.md"))
        self.assert_inert(self.opready("report", self.report.path, "--format", "certification").out)
        self.assertEqual(self.report.text("summary.md"), (self.directory / "step.md").read_text(encoding="utf-8"))

    def check_that_no_cell_is_a_formula(self):
        text = (self.report.path / "results.csv").read_bytes().decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        self.assertEqual({len(rows[0])}, {len(row) for row in rows})
        self.assertEqual(len(NAMES) * 2, len(rows) - 1)
        cells = {cell for row in rows for cell in row}
        self.assertEqual(set(), {cell for cell in cells if re.match(r"[\s]*[=+\-@\t\r]", cell)})
        self.assertIn("'=HYPERLINK(\"https://example.org\")", cells)
        self.assertIn("'+1", cells)


if __name__ == "__main__":
    unittest.main()
