# SPDX-License-Identifier: Apache-2.0
"""op-readiness selects what Ginkgo selects: compared with the real binary's own dry runs."""

import collections
import concurrent.futures
import json
import random
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from practice import E2E_TEST, SOAK, SOURCE, PracticeTest, spec_name

PAIRS = 200 if SOAK else 40
SIDE_BY_SIDE = 2
SEED = 2578


def names_of(case):
    return sorted(spec["name"] for spec in case["specs"])


def difference(expected, selected):
    """What one has and the other hasn't; thousands of names may be compared."""
    expected, selected = collections.Counter(expected), collections.Counter(selected)
    return {"missing": list((expected - selected).elements())[:5],
            "too many": list((selected - expected).elements())[:5]}


class Patterns:
    """Makes focus and skip entries of what real names consist of."""

    def __init__(self, names):
        self.random = random.Random(SEED)
        self.names = names
        self.words = sorted({word for name in names for word in re.findall(r"[A-Za-z]{3,}", name)})
        self.tags = sorted({tag for name in names for tag in re.findall(r"\[[^\]]+\]", name)})
        self.makers = [self.fragment, self.word, self.tag, self.alternation, self.end, self.beginning, self.classes,
                       self.letter_case, self.suite_name, self.empty_member, self.gap, self.repetition, self.escapes]

    def fragment(self):
        """A few words of a name, tags and all."""
        words = self.random.choice(self.names).split(" ")
        begin = self.random.randrange(len(words))
        return re.escape(" ".join(words[begin:begin + self.random.randint(1, 4)]))

    def word(self):
        return self.random.choice(self.words)

    def tag(self):
        return re.escape(self.random.choice(self.tags))

    def alternation(self):
        return f"({self.fragment()}|{self.tag()}|{self.word()})"

    def end(self):
        name = self.random.choice(self.names)
        return re.escape(name[-self.random.randint(1, 20):]) + self.random.choice(["$", r"\z"])

    def beginning(self):
        """Ginkgo puts the suite's name first, so the second kind matches nothing."""
        return self.random.choice([r"^Kubernetes e2e suite " + self.tag(), "^" + self.tag(), r"\A" + self.word()])

    def classes(self):
        return self.random.choice([r"\[sig-[a-c]", r"[[:digit:]]{2,}", r"[^ -~]", r"\b[A-Z]{2,4}\b", r"[.:]\d",
                                   r"\pL\d", r"[a-f]{5}\b", r"\w+-\w+-\w+-\w+", r"\([^)]*\)", r"[^a-z]{6}",
                                   r"\x{5b}sig-node\]"])

    def letter_case(self):
        """Leaks into the entries behind it, which Ginkgo joins by "|"."""
        return "(?i)" + self.word().swapcase()

    def suite_name(self):
        return self.random.choice(["e2e", "suite", "Kubernetes", "suite .sig-storage", "e2e suite$", "[Ee]2[Ee]"])

    def empty_member(self):
        """Matches everything."""
        return self.random.choice([self.word() + "|", "|" + self.word(), f"({self.word()}|)x?", ".{0}"])

    def gap(self):
        return self.word() + self.random.choice([".*", ".+?", ".{0,9}", r"\s\S+\s"]) + self.word()

    def repetition(self):
        return self.random.choice(["(l|o){2}", r"(?:\[[^\]]+\] ){3}", "(.)e+s+", r"(\w+ ){12,}", "(?U)s.*t$", "o{2,}"])

    def escapes(self):
        return rf"\Q{self.random.choice(self.tags)}\E" + self.random.choice(["", " ", r"\W"])

    def some(self, least, most):
        return [self.random.choice(self.makers)() for _ in range(self.random.randint(least, most))]

    def pair(self):
        return {"focus": self.some(1, 3), "skip": self.some(0, 2)}


class Selection(PracticeTest):
    def dry_run(self, case):
        """The names that Ginkgo selects with the command line of a case."""
        directory = self.directory / "dry" / case["id"]
        directory.mkdir(parents=True)
        command = [*case["command"], "--ginkgo.dry-run", "--report-dir", directory]
        done = subprocess.run(command, env=self.environment, cwd=self.directory, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=300, check=False)
        if done.returncode != 0:
            return [f"exit status {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}"]
        report, = directory.iterdir()
        rows = ElementTree.parse(report).getroot().iter("testcase")
        return [spec_name(row.get("name")) for row in rows
                if row.get("status") == "passed" and row.get("name").startswith("[It] ")]

    def assert_as_ginkgo(self, cases):
        with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for case, selected in zip(cases, pool.map(self.dry_run, cases)):
                with self.subTest(case["id"], focus=case["focus"], skip=case["skip"]):
                    self.assertEqual({"missing": [], "too many": []}, difference(selected, names_of(case)))

    def test_every_shipped_case_selects_as_ginkgo_does(self):
        cases = [case for case in self.listed("--category", "*") if case["command"]]
        self.assertGreater(len(cases), 60)
        self.assertEqual([], [case["id"] for case in cases if case["expect"] != len(case["specs"])])
        one_of_each = {json.dumps([case["focus"], case["skip"]]): case for case in cases}
        self.assert_as_ginkgo(list(one_of_each.values()))

    def test_generated_patterns_select_as_in_ginkgo(self):
        names = [line.split(": ", 1)[1]
                 for line in subprocess.run([E2E_TEST, "--list-tests"], check=True, text=True, capture_output=True,
                                            env=self.environment, timeout=120).stdout.splitlines()
                 if line.startswith("    ")]
        patterns = Patterns(names)
        pairs = [patterns.pair() for _ in range(PAIRS)]
        file = self.directory / "generated.yaml"
        file.write_text("category: Generated\ntestCases:\n" + "".join(
            f"- {json.dumps({'id': f'pair-{number}', 'description': f'Pair {number}', **pair})}\n"
            for number, pair in enumerate(pairs)))
        cases = self.listed("--test-directory", file, "--allow-disruptive")
        self.assertEqual(pairs, [{"focus": case["focus"], "skip": case["skip"]} for case in cases])
        counts = [len(case["specs"]) for case in cases]
        self.assertIn(0, counts)
        self.assertGreater(sum(0 < count < len(names) for count in counts), PAIRS // 2)
        self.assert_as_ginkgo(cases)

    def test_the_expected_specs_are_those_selected(self):
        expected, specs = {}, None
        for line in (SOURCE / "specs" / "expected" / "v1.36.3.txt").read_text().splitlines():
            if line.startswith("  "):
                specs.append(line.strip())
            elif line and not line.startswith("#"):
                specs = expected.setdefault(line, [])
        self.assertEqual({case_id: sorted(specs) for case_id, specs in expected.items()},
                         {case["id"]: names_of(case) for case in self.listed("--category", "*") if case["specs"]})

    def test_names_from_a_dry_run_are_those_of_the_list(self):
        """Releases before 1.29 have no --list-tests."""
        listed = self.listed("--category", "*")
        from_dry_run = self.listed("--category", "*", environment={"OPREADY_SPECS_FROM_DRY_RUN": "1"})
        self.assertEqual([(case["id"], names_of(case)) for case in listed],
                         [(case["id"], names_of(case)) for case in from_dry_run])
        self.assertTrue(all(spec["file"] is None for case in from_dry_run for spec in case["specs"]))


if __name__ == "__main__":
    unittest.main()
