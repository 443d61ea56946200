#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds docs/faults.md to the tests: each row names tests that are there and that ctest runs."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "integration"
TABLE = ROOT / "docs" / "faults.md"
CELL = re.compile(r"(?<!\\)\|")
REFERENCE = re.compile(r"`([^`:]+): (\w+)`")
CLAIM = "docs/faults.md names"


def rows_of(text):
    """(number of the line, its cells), without the heading and the rule below it."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.startswith("|")]
    return [(number, [cell.strip() for cell in CELL.split(line)[1:-1]]) for number, line in lines[2:]]


def methods_of(text):
    return re.findall(r"^    def (test_\w+)\(", text, re.MULTILINE)


def fault_of_reference(file, method, tests):
    """What is wrong with it; None where it's as it should be. `tests`: {file: (its text, that of its CMakeLists.txt)}"""
    if file not in tests:
        return f"there is no {file}"
    text, cmake = tests[file]
    name = pathlib.PurePath(file).name
    if not re.search(rf"(?<![\w.]){re.escape(name.removesuffix('_test.py'))}(?![\w.])|\b{re.escape(name)}", cmake):
        return f"{file} is no ctest"
    if method not in methods_of(text):
        return f"{file} has no {method}"
    return None


def faults_of_row(cells, tests):
    if len(cells) != 3 or not all(cells):
        yield "a row has three cells, none of them empty"
        return
    references = REFERENCE.findall(cells[2])
    if not references or REFERENCE.sub("", cells[2]).strip(", "):
        yield f"'{cells[2]}' is no list of `file: method`"
    for file, method in references:
        if fault := fault_of_reference(file, method, tests):
            yield fault


def faults_of_table(text, tests):
    rows = rows_of(text)
    if not rows:
        yield "has no row"
    for number, cells in rows:
        for fault in faults_of_row(cells, tests):
            yield f"{number}: {fault}"
    named = set(REFERENCE.findall(text))
    for file, (source, _) in tests.items():
        for method in methods_of(source) if CLAIM in source else ():
            if (file, method) not in named:
                yield f"names no `{file}: {method}`, though that file says so"


def all_tests():
    return {str(path.relative_to(TESTS)): (path.read_text(encoding="utf-8"),
                                           (path.parent / "CMakeLists.txt").read_text(encoding="utf-8"))
            for path in sorted(TESTS.rglob("*_test.py"))}


def check_the_checks():
    """A check that finds nothing must be able to find something."""
    head = "| fault | deed | test |\n| --- | --- | --- |\n"
    tests = {"fake/a_test.py": ("    def test_x(self):\n", "ITEMS a b"),
             "fake/c_test.py": ("    def test_x(self):\n", "ITEMS abc")}
    good = head + "| a \\| b | b | `fake/a_test.py: test_x`, `fake/a_test.py: test_x` |\n"
    assert not list(faults_of_table(good, tests))
    bad = {
        "": "has no row",
        "| a | b |\n": "3: a row has three cells, none of them empty",
        "| a | b | |\n": "3: a row has three cells, none of them empty",
        "| a | b | none yet |\n": "3: 'none yet' is no list of `file: method`",
        "| a | b | `fake/a_test.py: test_x`, soon |\n":
            "3: '`fake/a_test.py: test_x`, soon' is no list of `file: method`",
        "| a | b | `fake/b_test.py: test_x` |\n": "3: there is no fake/b_test.py",
        "| a | b | `fake/c_test.py: test_x` |\n": "3: fake/c_test.py is no ctest",
        "| a | b | `fake/a_test.py: test_y` |\n": "3: fake/a_test.py has no test_y",
    }
    for row, expected in bad.items():
        assert list(faults_of_table(head + row, tests)) == [expected], row
    tests["fake/a_test.py"] = (f'"""{CLAIM} these."""\n    def test_x(self):\n    def test_y(self):\n', "ITEMS a")
    assert list(faults_of_table(good, tests)) == ["names no `fake/a_test.py: test_y`, though that file says so"]


def main():
    check_the_checks()
    text = TABLE.read_text(encoding="utf-8")
    faults = [f"{TABLE.relative_to(ROOT)}: {fault}" for fault in faults_of_table(text, all_tests())]
    print("\n".join(faults) or f"{len(rows_of(text))} faults have their tests")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
