#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts published builds from their raw files, without op-readiness: what `history` must agree with.

    count_builds.py ROOT [JOB]    each test of a job: its cells (the newest build first), failures, flakes, failing since
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

MISSING, SKIPPED, PASSED, FLAKY, FAILED = " s.~F"
OVERALL = ("", "Overall")


def builds_of(job):
    """The directories of its builds that are whole, the newest first."""
    found = [path for path in pathlib.Path(job).iterdir()
             if path.is_dir() and not path.name.startswith(".") and (path / "finished.json").exists()]
    return sorted(found, key=lambda path: int(path.name), reverse=True)


def states_of_row(row):
    if row.find("failure") is not None or row.find("error") is not None:
        return FAILED
    skipped = row.find("skipped")
    if skipped is None:
        return PASSED
    return SKIPPED if (skipped.text or "") or skipped.get("message", "") not in ("", "skipped") else MISSING


def cell(states):
    """What several rows of one name come to."""
    told = set(states) - {MISSING, SKIPPED}
    if len(told) > 1:
        return FLAKY
    return told.pop() if told else SKIPPED if SKIPPED in states else MISSING


def results_of(build):
    """{(suite, test): cell}"""
    states = {OVERALL: [PASSED if json.loads((build / "finished.json").read_text())["passed"] else FAILED]}
    merged = build / "artifacts" / "junit_op-readiness.xml"
    for file in [merged] if merged.exists() else sorted((build / "artifacts").rglob("junit*.xml")):
        for suite in ElementTree.parse(file).getroot().iter("testsuite"):
            for row in suite.findall("testcase"):
                states.setdefault((suite.get("name", ""), row.get("name")), []).append(states_of_row(row))
    return {test: cell(found) for test, found in states.items()}


def counted(job):
    """{name of a test: (cells, failures, flakes, the first build of the present streak of failures)}"""
    builds = builds_of(job)
    results = [results_of(build) for build in builds]
    tests = {test for result in results for test, found in result.items() if found != MISSING}
    grid = {}
    told = [any(cell != MISSING for test, cell in result.items() if test != OVERALL) for result in results]
    newest = told.index(True) if any(told) else 0  # A build may tell of itself only.
    for test in tests:
        cells = "".join(result.get(test, MISSING) for result in results)
        since = ""
        gone = test != OVERALL and cells[newest] == MISSING
        for build, found in zip(builds, "" if gone else cells):
            if found in (PASSED, FLAKY):
                break
            since = build.name if found == FAILED else since
        grid[test[1]] = (cells, cells.count(FAILED), cells.count(FLAKY), since)
    return grid


def main():
    root = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:] or sorted(path.name for path in root.iterdir() if path.is_dir()):
        for test, (cells, failed, flaky, since) in sorted(counted(root / name).items()):
            print(f"{name}\t{test}\t{failed}\t{flaky}\t{since}\t{cells}")


if __name__ == "__main__":
    main()
