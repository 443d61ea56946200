#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the code to its structure: which module includes which, which third-party library, file heads and sizes."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAX_LINES = 400
SPDX = "SPDX-License-Identifier: Apache-2.0"

# Lowest first: a module includes only modules above it in this table.
LIBRARIES = {
    "base": ["fmt", "spdlog", "re2"],
    "model": ["fmt"],
    "process": ["fmt", "boost"],
    "junit": ["fmt", "pugixml"],
    "specs": ["fmt", "yaml-cpp"],
    "suite": ["fmt", "nlohmann"],
    "record": ["fmt", "nlohmann"],
    "cluster": ["fmt", "nlohmann", "yaml-cpp"],
    "plan": ["fmt", "re2"],
    "run": ["fmt"],
    "report": ["fmt", "nlohmann"],
    "publish": ["fmt", "nlohmann"],
    "cli": ["fmt", "CLI"],
}
MODULES = list(LIBRARIES)
FORBIDDEN = {"report": {"run", "process", "plan", "cluster"}}
SPDX_KINDS = {".cpp", ".hpp", ".in", ".py", ".sh", ".cmake", ".go", ".yaml"}

# What is neither ours nor the C++ library's or the system's.
SYSTEM = re.compile(r"^([a-z_0-9]+|(sys|linux|arpa)/[a-z_]+\.h|[a-z]+\.h)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def library_of(header):
    """The library that a third-party header belongs to; None for the system's."""
    if SYSTEM.match(header):
        return None
    return header.split("/")[0].removesuffix(".hpp")


def faults_of_include(module, public, quote, header):
    if header.startswith("opready/"):
        other = header.split("/")[1]
        if other not in MODULES:
            yield f"includes <{header}>, which belongs to no module"
        elif MODULES.index(other) > MODULES.index(module):
            yield f"{module} includes {header}, but {other} stands below it"
        elif other in FORBIDDEN.get(module, ()):
            yield f"{module} must know nothing of {other}, but includes {header}"
    elif quote == "<" and (library := library_of(header)) is not None:
        if public:
            yield f"a public header shows a third-party library: <{header}>"
        elif library not in LIBRARIES[module]:
            yield f"{module} doesn't use {library}, but includes <{header}>"


def faults_of_module_file(module, public, text):
    for quote, header in INCLUDE.findall(text):
        yield from faults_of_include(module, public, quote, header)


def module_files():
    for top, public in (("include/opready", True), ("src", False)):
        for module in MODULES:
            for path in sorted((ROOT / top / module).rglob("*")):
                if path.suffix in (".cpp", ".hpp", ".in"):
                    yield path, module, public


def source_files():
    """Every file of ours, whatever the language."""
    tops = ("cmake", "include", "practice", "scripts", "specs", "src", "tests")
    paths = [path for top in tops for path in sorted((ROOT / top).rglob("*")) if path.is_file()]
    for path in [*paths, ROOT / "CMakeLists.txt"]:
        foreign = ((ROOT / "tests/data") in path.parents or (ROOT / "tests/fuzz/corpus") in path.parents
                   or "golden" in path.parts or "__pycache__" in path.parts)
        if not foreign and (path.suffix in SPDX_KINDS or path.name == "CMakeLists.txt"):
            yield path


def faults_of_source(text):
    if SPDX not in "\n".join(text.splitlines()[:2]):
        yield "has no SPDX line at its head"
    lines = text.count("\n")
    if lines > MAX_LINES:
        yield f"has {lines} lines; split it before {MAX_LINES}"


def all_faults():
    for path, module, public in module_files():
        for fault in faults_of_module_file(module, public, path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}: {fault}"
    for path in source_files():
        for fault in faults_of_source(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}: {fault}"
    for module in sorted({path.name for top in ("include/opready", "src") for path in (ROOT / top).iterdir()
                          if path.is_dir()} - set(MODULES)):
        yield f"module '{module}' is not in the table of this test"


def check_the_checks():
    """A check that finds nothing must be able to find something."""
    bad = {
        ("model", True, "#include <fmt/format.h>"): "a public header shows a third-party library: <fmt/format.h>",
        ("model", False, "#include <re2/re2.h>"): "model doesn't use re2, but includes <re2/re2.h>",
        ("run", False, "#include <pugixml.hpp>"): "run doesn't use pugixml, but includes <pugixml.hpp>",
        ("model", False, '#include "opready/run/runner.hpp"'):
            "model includes opready/run/runner.hpp, but run stands below it",
        ("report", False, '#include "opready/plan/matcher.hpp"'):
            "report must know nothing of plan, but includes opready/plan/matcher.hpp",
    }
    for (module, public, text), expected in bad.items():
        assert list(faults_of_module_file(module, public, text)) == [expected], text
    for text in ("#include <vector>", "#include <sys/stat.h>", "#include <unistd.h>", "#include <fmt/format.h>"):
        assert not list(faults_of_module_file("run", False, text)), text
    assert list(faults_of_source("int x;\n" * 401)) == ["has no SPDX line at its head",
                                                        "has 401 lines; split it before 400"]


def main():
    check_the_checks()
    faults = list(all_faults())
    print("\n".join(faults) or f"{sum(1 for _ in source_files())} files are as they should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
