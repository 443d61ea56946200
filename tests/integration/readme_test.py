# SPDX-License-Identifier: Apache-2.0
"""What README.md tells people to type works."""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

from opready import HERE, OpreadyTest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
README = (SOURCE / "README.md").read_text()

KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: practice
clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
contexts:
- {name: practice, context: {cluster: nowhere, user: nobody}}
- {name: staging, context: {cluster: nowhere, user: nobody}}
users: [{name: nobody, user: {}}]
"""

# An e2e.test that knows every spec of the shipped categories and passes what it's told to, at once. Each spec has a pod
# on Windows, and the `mixed` ones one on Linux, as the watches of support/kubectl show.
E2E_TEST = r"""#!{python}
import os, pathlib, re, sys, uuid
from xml.sax.saxutils import quoteattr
mixed = {mixed}
names = sorted({{line.strip() for line in open("{names}") if line.startswith("  ")}})
flags = [argument.lstrip("-").partition("=") for argument in sys.argv[1:]]
if "--version" in sys.argv:
    print("v1.36.3")
elif "--help" in sys.argv:
    for flag in ("kubeconfig", "context", "report-dir", "report-prefix", "provider", "list-tests", "ginkgo.focus",
                 "ginkgo.skip", "ginkgo.v", "ginkgo.timeout"):
        print(f"  --{{flag}} string")
elif "--list-images" in sys.argv:
    for image in ("agnhost:2.55", "agnhost:2.63.0", "busybox:1.37.0-1", "glibc-dns-testing:2.0.0", "nginx:1.15-4",
                  "nginx:1.27-0", "nonroot:1.5", "pause:3.10.2"):
        print(f"registry.example/{{image}}")
elif "--list-tests" in sys.argv:
    print("The following spec names can be used with 'ginkgo run --focus/skip':")
    for name in names:
        print(f"    test/e2e/some.go:1: {{name}}")
else:
    focus = "|".join(value for name, _, value in flags if name == "ginkgo.focus")
    skip = "|".join(value for name, _, value in flags if name == "ginkgo.skip") or "$x"
    value_of = dict(zip(sys.argv, sys.argv[1:]))
    status = os.environ.get("FAKE_STATUS", "passed")
    run, cluster = uuid.uuid4(), pathlib.Path(os.environ["FAKE_KUBECTL_STATE"])
    print(f'I0131 08:15:30.123456 1 e2e.go:109] Starting e2e run "{{run}}" on Ginkgo node 1', flush=True)
    with open(value_of["--report-dir"] + "/junit_" + value_of["--report-prefix"] + "01.xml", "w") as report:
        report.write('<testsuites><testsuite name="Kubernetes e2e suite">')
        for name in names:
            subject = "Kubernetes e2e suite " + name
            if re.search(focus, subject) and not re.search(skip, subject):
                result = '<failure type="failed">it broke</failure>' if status == "failed" else ""
                report.write(f'<testcase name={{quoteattr("[It] " + name)}} status="{{status}}" time="0.1">{{result}}'
                             '</testcase>')
                namespace = f"spec-{{uuid.uuid4()}}"
                print("-" * 30 + f'\n{{name}}\ntest/e2e/some.go:1\n  Destroying namespace "{{namespace}}"', flush=True)
                with open(cluster / "namespaces", "a") as rows:
                    rows.write(f"ADDED   {{namespace}}   Active   0s   {{run}}\n")
                with open(cluster / "pods", "a") as rows:
                    for node in ("win-0", "lin-0") if name in mixed else ("win-0",):
                        rows.write(f"ADDED   {{namespace}}   {{node}}   1/1   Running   0   0s   <none>   {{node}}\n")
        report.write("</testsuite></testsuites>")
    sys.exit(status == "failed")
"""


def blocks(language):
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", README)


def commands():
    """Every `op-readiness ...` of the README's sh blocks, with the variables set in front of it."""
    lines = [line for block in blocks("sh") for line in block.replace("\\\n", "").splitlines()]
    return [line for line in lines if re.match(r"(\w+=\S+ )*op-readiness\b", line)]


class Readme(OpreadyTest):
    def setUp(self):
        super().setUp()
        tools = self.directory / "bin"
        tools.mkdir()
        listed = json.loads(self.opready("list", "--kubernetes-version", "1.36", "--format", "json").out)
        mixed = {spec["name"] for case in listed["cases"] if case["placement"] == "mixed" for spec in case["specs"]}
        (tools / "e2e.test").write_text(
            E2E_TEST.format(python=sys.executable, names=SOURCE / "specs" / "expected" / "v1.36.3.txt", mixed=mixed))
        (tools / "e2e.test").chmod(0o755)
        self.environment["PATH"] = f"{tools}:{HERE}:/usr/bin:/bin"
        home = pathlib.Path(self.environment["HOME"]) / ".kube"
        home.mkdir()
        (home / "config").write_text(KUBECONFIG)

    def prepare_what_the_readme_speaks_of(self):
        """The reader's own category file, report directories and JUnit files."""
        (self.directory / "my-categories").mkdir()
        own, = blocks("yaml")
        (self.directory / "my-categories" / "checks.yaml").write_text(own)
        failed = set(re.findall(r"--rerun-failed (\S+)", README))
        runs = re.findall(r"op-readiness (?:report|compare) (\S+)", README)
        newer = re.findall(r"op-readiness compare \S+ (\S+)", README)
        for directory in {*runs, *newer, "out", *failed}:
            environment = {"FAKE_STATUS": "failed"} if directory in failed else {}
            done = self.opready("--case", "core-network-dns-cluster", "--report-dir", directory, "--output", "quiet",
                                environment=environment)
            self.assertEqual((len(environment), ""), (done.status, done.err))
        for name in ("first.xml", "second.xml"):
            (self.directory / name).write_bytes((self.directory / "out" / "junit_op-readiness.xml").read_bytes())

    def test_every_command_works(self):
        self.prepare_what_the_readme_speaks_of()
        self.assertGreater(len(commands()), 8)
        for number, line in enumerate(commands()):
            with self.subTest(line):
                words = shlex.split(line.replace("/logs/artifacts", f"artifacts-{number}"))
                place = words.index("op-readiness")
                variables = dict(word.split("=", 1) for word in words[:place])
                # Runs without a directory of their own are named by the second in which they begin.
                variables.setdefault("ARTIFACTS", f"run-{number}")
                done = self.opready(*words[place + 1:], environment=variables)
                self.assertEqual((0, ""), (done.status, done.err), done.out[-2000:])

    def test_every_script_is_there(self):
        scripts = set(re.findall(r"\b(?:scripts|practice)/[a-z_]+\.sh\b", README))
        self.assertLessEqual({"scripts/demo.sh", "scripts/test.sh"}, scripts)
        for script in scripts:
            with self.subTest(script):
                subprocess.run(["bash", "-n", SOURCE / script], check=True)

    def test_every_file_it_points_to_is_there(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", README):
            self.assertTrue((SOURCE / target).exists(), target)


if __name__ == "__main__":
    unittest.main()
