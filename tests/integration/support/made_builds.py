# SPDX-License-Identifier: Apache-2.0
"""Makes published builds of invented results, as large as those of a real run."""

import json
import pathlib
import random
from xml.sax.saxutils import escape, quoteattr

BEGIN = 1769847330
POOLS = ("ltsc2019", "ltsc2022", "ltsc2025")
FAILURE = "".join(f"  line {line} of what <gomega> & its friends say of <*errors.errorString | 0xc000>\n"
                  for line in range(40))


def row(suite, case, state, attempt_of=""):
    name = f"{case}: [sig-windows] [Feature:Windows] {case} should do what the KEP asks of it [{attempt_of or 'It'}]"
    result = {"passed": "", "failed": f'<failure message="it broke" type="failed">it broke\n{escape(FAILURE)}</failure>',
              "skipped": '<skipped message="not run: it reboots nodes"/>'}[state]
    properties = "".join(f"<property name={quoteattr(key)} value={quoteattr(value)}/>" for key, value in (
        ("description", f"What {case} is about, in a sentence"), ("kep", "Core.Network.3"),
        ("pods", "on Windows: 3 pods on win-0, win-1 (10.0.20348); on Linux: none")))
    return (f"<testcase name={quoteattr(name)} classname={quoteattr(f'{suite}.{case}')} time=\"12.345\">"
            f"<properties>{properties}</properties>{result}</testcase>\n")


def junit(random_, cases):
    """One file; some cases are flaky or absent."""
    suites, passed = {}, True
    for number in range(cases):
        suite, case = f"Core.Area{number % 6}", f"core-area{number % 6}-case-{number}"
        chance = random_.random()
        rows = suites.setdefault(suite, [])
        if chance < 0.02:
            rows += [row(suite, case, "failed"), row(suite, case, "passed")]
        elif chance < 0.96:
            # The first few are worse than the others, so that there are streaks.
            failing = random_.random() < (0.3 if number < 5 else 0.002)
            rows.append(row(suite, case, "failed" if failing else "passed"))
            passed = passed and not failing
        elif chance < 0.98:
            rows.append(row(suite, case, "skipped"))
    text = "".join(f'<testsuite name={quoteattr(suite)} timestamp="2026-01-31T08:15:30Z">\n{"".join(rows)}</testsuite>\n'
                   for suite, rows in suites.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{text}</testsuites>\n', passed


def make_build(root, job, number, seed, cases=80):
    random_ = random.Random(f"{seed} {job} {number}")
    build = pathlib.Path(root) / job / str(number)
    (build / "artifacts").mkdir(parents=True)
    text, passed = junit(random_, cases)
    (build / "started.json").write_text(json.dumps({"timestamp": BEGIN + number * 3600}))
    (build / "artifacts" / "junit_op-readiness.xml").write_text(text)
    metadata = {"label.pool": POOLS[number % len(POOLS)], "context": "practice", "kubernetes_version": "v1.36.3"}
    (build / "artifacts" / "metadata.json").write_text(json.dumps(metadata))
    (build / "finished.json").write_text(json.dumps({
        "timestamp": BEGIN + number * 3600 + 1800, "passed": passed, "result": "SUCCESS" if passed else "FAILURE",
        "metadata": metadata}))
    return build


def make_builds(root, job, count, seed=1, first=1, cases=80):
    for number in range(first, first + count):
        make_build(root, job, number, seed, cases)
    (pathlib.Path(root) / job / "latest-build.txt").write_text(str(first + count - 1))
