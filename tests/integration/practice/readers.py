# SPDX-License-Identifier: Apache-2.0
"""Other people's readers of JUnit files: libxml2, Python's junitparser, and Go's encoding/xml by Sonobuoy's rules. Each
gives [(suite, tests, failures, [(row, status), ...]), ...], status being passed, failed or skipped."""

import json
import os
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(__file__).resolve().parents[3]
PYTHON = SOURCE / "build" / "venv" / "bin" / "python3"

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


def has_junitparser():
    return os.access(PYTHON, os.X_OK)


def by_junitparser(path):
    return as_tuples(json.loads(output_of(str(PYTHON), "-c", JUNITPARSER, str(path))))


def by_sonobuoys_rules(path):
    with tempfile.TemporaryDirectory(prefix="opready-reader-") as directory:
        program = f"{directory}/sonobuoy"
        output_of("go", "build", "-C", str(SOURCE / "tests" / "readers" / "sonobuoy"), "-o", program, ".")
        read = json.loads(output_of(program, str(path)))
    return [(suite["name"], suite.get("tests", 0), suite.get("failures", 0),
             [(row["name"], row["status"]) for row in suite["items"]]) for suite in read["items"]]
