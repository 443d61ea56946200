# SPDX-License-Identifier: Apache-2.0
"""Runs op-readiness with the real e2e.test, on the practice cluster that ctest's fixture started."""

import json
import os
import pathlib
import re
import subprocess

from opready import OpreadyTest

SOURCE = pathlib.Path(__file__).resolve().parents[3]
BIN = pathlib.Path(os.environ.get("OPREADY_PRACTICE_BIN", SOURCE / "build" / "practice" / "bin"))
CLUSTER = pathlib.Path(os.environ["OPREADY_TEST_CLUSTER"])
E2E_TEST = BIN / "e2e.test"
SOAK = os.environ.get("OPREADY_SOAK") == "1"

FAILURES = ("failed", "panicked", "timed_out", "cancelled", "unproven", "could_not_test")


def spec_name(reported):
    """The name of a spec without what Ginkgo puts around it in JUnit files: its node type, constraints of versions."""
    return re.sub(r" \[[a-z]+: \[[^\]]*\]\]$", "", reported.removeprefix("[It] "))


def outcomes(report):
    """{(case, spec or None, outcome)} of what counts: the last attempts."""
    found = set()
    for case in report.summary()["cases"]:
        found.add((case["id"], None, case["outcome"]))
        found |= {(case["id"], spec["name"], spec["status"]) for attempt in case["attempts"][-1:]
                  for spec in attempt["specs"]}
    return found


class PracticeTest(OpreadyTest):
    """Has e2e.test and kubectl in its PATH."""

    def setUp(self):
        super().setUp()
        if not os.access(E2E_TEST, os.X_OK):
            self.fail(f"{E2E_TEST} is missing; practice/build.sh builds it")
        self.e2e = E2E_TEST
        self.environment["PATH"] = f"{BIN}:{os.environ['PATH']}"

    def listed(self, *arguments, environment=None):
        """What `list` says to programs."""
        done = self.opready("list", "--format", "json", *arguments, environment=environment)
        self.assertEqual((0, ""), (done.status, done.err))
        return json.loads(done.out)["cases"]


class ClusterTest(PracticeTest):
    """Has the cluster as well."""

    def setUp(self):
        super().setUp()
        self.kubeconfig = CLUSTER / "kubeconfig"
        if not self.kubeconfig.exists():
            self.fail(f"no practice cluster in {CLUSTER}; ctest's fixture starts it: practice/up.sh --dir {CLUSTER}")
        self.environment["KUBECONFIG"] = str(self.kubeconfig)

    def run_here(self, *arguments, timeout=600):
        """A run that leaves its reports in `self.report`."""
        return self.opready("run", "--report-dir", self.report.path, *arguments, timeout=timeout)

    def kubectl(self, *arguments):
        return subprocess.run([BIN / "kubectl", "--kubeconfig", self.kubeconfig, *arguments], check=True, text=True,
                              env=self.environment, capture_output=True, timeout=60).stdout

    def namespaces_of(self, case_id):
        """Those that a case made and that nobody is removing."""
        run = re.search(r'Starting e2e run "([0-9a-f-]+)"', self.report.log(case_id).decode()).group(1)
        return self.kubectl("get", "namespaces", "--selector", f"e2e-run={run}", "-o",
                            'jsonpath={.items[?(@.status.phase=="Active")].metadata.name}').split()
