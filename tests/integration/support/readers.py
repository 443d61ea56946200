# SPDX-License-Identifier: Apache-2.0
"""Other people's readers of JUnit files: libxml2 and Python's junitparser, each giving [(suite, tests, failures, [(row,
status), ...]), ...] with a status of passed, failed or skipped; Sonobuoy's results and Prow's lens, built from their own
sources (tests/readers); TestGrid and kettle, whose rules are said again here."""

import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree

from packages import PYTHON, SOURCE

JUNITPARSER = """\
import json, sys
from junitparser import Error, Failure, JUnitXml, Skipped

def status(case):
    kinds = {type(result) for result in case.result}
    return "skipped" if Skipped in kinds else "failed" if kinds & {Error, Failure} else "passed"

print(json.dumps([[suite.name, suite.tests, suite.failures, [[case.name, status(case)] for case in suite]]
                  for suite in JUnitXml.fromfile(sys.argv[1])]))
"""


def output_of(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def as_tuples(suites):
    return [(name, tests, failures, [tuple(row) for row in rows]) for name, tests, failures, rows in suites]


def by_libxml2(path):
    """Through its own canonical form, so that what libxml2 understood is what is compared."""
    def status(row):
        return "skipped" if row.find("skipped") is not None else "failed" if len(row.findall("failure")) else "passed"

    root = ElementTree.fromstring(output_of("xmllint", "--nonet", "--c14n", str(path)))
    return [(suite.get("name"), int(suite.get("tests")), int(suite.get("failures")),
             [(row.get("name"), status(row)) for row in suite.findall("testcase")])
            for suite in root.findall("testsuite")]


def by_junitparser(path):
    return as_tuples(json.loads(output_of(str(PYTHON), "-c", JUNITPARSER, str(path))))


def built(name):
    """A reader that tests/readers/build.sh makes of the sources of the project it's named after."""
    directory = SOURCE / "build" / "readers"
    if not (directory / ".stamp").exists():
        raise AssertionError("no readers in build/readers: tests/readers/build.sh, which scripts/test.sh runs, makes them")
    return str(directory / name)


def by_sonobuoy(path):
    """What Sonobuoy's results come to, from the file's item on: {"name", "status", "items", "details"}."""
    plugin = json.loads(output_of(built("sonobuoy"), str(path)))
    file, = plugin["items"]
    return file


def sonobuoys_leaves(item):
    """What `sonobuoy results` counts."""
    return [leaf for child in item["items"] for leaf in sonobuoys_leaves(child)] if "items" in item else [item]


class Lens:
    """The page that Prow's JUnit lens draws of a file: its headlines, and [(suite's class, row, [runs])] by heading."""

    def __init__(self, path):
        shown = json.loads(output_of(built("prow"), str(path), built("prow-lens")))
        self.page = shown["page"]
        self.headlines = shown["headlines"] or []
        self.rows = {}
        for heading in ("Passed", "Failed", "Skipped", "Flaky"):
            for test in shown["rows"][heading] or []:
                first = test["Junit"][0]
                self.rows.setdefault((first["ClassName"], first["Name"]), []).append(heading.lower())


def by_testgrid(path):
    """{row: (result, message)} by TestGrid's rules (pkg/updater/gcs.go, util/gcs/read.go): rows of the same name are
    one cell, a pass and a failure in it are a flake, a skip without a reason of its own is dropped."""
    if not re.fullmatch(r"(?:junit((_[^_]+)?(_\d+-\d+)?(_\d+)?|.+)?\.xml|test.xml)", path.name):
        return {}
    cells = {}
    for name, row in testgrid_rows(ElementTree.parse(path).getroot(), ""):
        result, message = testgrid_result(row)
        if result is not None:
            cells.setdefault(name, []).append((result, message))
    return {name: testgrid_cell(results) for name, results in cells.items()}


def testgrid_rows(element, prefix):
    for suite in element.findall("testsuite"):
        name = f"{prefix}{suite.get('name')}."
        yield from testgrid_rows(suite, name)
        for row in suite.findall("testcase"):
            yield name + row.get("name"), row


def testgrid_result(row):
    for kind in ("error", "failure"):
        if (found := row.find(kind)) is not None:
            words = "\n".join(filter(None, (found.get("message"), found.text)))
            return "FAIL", words if len(words) <= 140 else f"{words[:70]}...{words[-70:]}"
    if (found := row.find("skipped")) is not None:
        reason = found.text or found.get("message") or ""
        return (None, "") if reason in ("", "skipped") else ("PASS_WITH_SKIPS", reason)
    return "PASS", ""


def testgrid_cell(results):
    failures = [message for result, message in results if result == "FAIL"]
    if failures:
        return "FAIL" if len(failures) == len(results) else "FLAKY", failures[0]
    return results[-1]


def by_kettle(path):
    """{row: whether it failed} by the rules of test-infra's kettle (make_json.py): only a <failure> with text counts,
    suites aren't nested, what was skipped is left out."""
    rows = {}
    for suite in ElementTree.parse(path).getroot().findall("testsuite"):
        for row in suite.findall("testcase"):
            if row.find("skipped") is None:
                failure = row.find("failure")
                failed = failure is not None and bool(failure.text)
                name = f"{suite.get('name')} {row.get('name')}"
                rows.setdefault(name, []).append(failed)
    return rows
