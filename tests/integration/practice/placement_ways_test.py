# SPDX-License-Identifier: Apache-2.0
"""The ways to place pods: which an API server offers, what each refuses, and what it does to others."""

import os
import pathlib
import subprocess
import unittest

from placing import LABEL, Evidence, OwnClusterTest, PlacingTest, is_windows
from practice import BIN, SOURCE

OLDER_API_SERVER = SOURCE / "build" / "practice" / "releases" / "v1.34.4" / "kube-apiserver"
OUR_TAINT = "op-readiness/placement"
POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: {name_space}}}
spec: {{{more}containers: [{{name: pause, image: "registry.k8s.io/pause:3.10"}}]}}
"""


class OlderServers(OwnClusterTest):
    """API servers that don't serve MutatingAdmissionPolicy."""

    def programs_with(self, api_server):
        """A directory like BIN with another API server."""
        directory = self.directory / "programs"
        directory.mkdir()
        for program in BIN.iterdir():
            if program.name != "kube-apiserver":
                (directory / program.name).symlink_to(program.resolve())
        (directory / "kube-apiserver").write_text(f"#!/bin/sh\nexec {api_server}\n")
        (directory / "kube-apiserver").chmod(0o755)
        return directory

    def assert_place_names_the_ways(self):
        _, arguments = self.run_of("report", self.category(brief="windows"), "--place")
        done = self.opready(*arguments)
        self.assertEqual(3, done.status, done.out)
        for part in ("doesn't serve MutatingAdmissionPolicy", "Kubernetes 1.36 or newer",
                     "generate admission-policy --for kyverno|gatekeeper", "--place=taint"):
            self.assertIn(part, done.err)
        self.assertFalse((self.directory / "report").exists())
        self.assertEqual([], self.kubectl("get", "namespaces", "--selector", LABEL, "-o", "name").split())

    def assert_taints_place(self):
        report, arguments = self.run_of("tainted", self.category(brief="windows"), "--place=taint")
        done = self.opready(*arguments)
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        nodes = Evidence(report).nodes()
        self.assertTrue(nodes and all(map(is_windows, nodes)), nodes)

    def test_one_that_behaves_as_1_34(self):
        own = BIN / "kube-apiserver"
        self.start_cluster("emulated", self.programs_with(f'{own} "$@" --emulated-version=kube=1.34'))
        self.assert_place_names_the_ways()
        self.assert_taints_place()

    @unittest.skipUnless(OLDER_API_SERVER.exists(), "practice/build.sh --release v1.34.4 kube-apiserver builds it")
    def test_1_34_itself(self):
        self.start_cluster("older", self.programs_with(f'{OLDER_API_SERVER} "$@"'))
        self.assert_place_names_the_ways()
        self.assert_taints_place()


class Taints(PlacingTest):
    def setUp(self):
        super().setUp()
        self.wait_until_nothing_is_left()

    def apply(self, text, *more):
        return subprocess.run([BIN / "kubectl", "--kubeconfig", self.kubeconfig, "apply", "-f", "-", *more], input=text,
                              check=True, text=True, env=self.environment, capture_output=True, timeout=60).stdout

    def test_pods_of_others_on_linux_nodes_are_a_reason_to_refuse(self):
        self.apply(POD.format(name="theirs", name_space="default", more="nodeName: linux-1, "))
        self.addCleanup(self.kubectl, "delete", "pod", "theirs", "--now")
        file = self.category(brief="windows")
        _, arguments = self.run_of("refused", file, "--place=taint")
        done = self.opready(*arguments)
        self.assertEqual(3, done.status, done.out)
        self.assertRegex(done.err, r"1 pod of others .*--dedicated-cluster.*\n *default/theirs on linux-1")
        self.assertEqual(({}, []), (self.taints(), self.objects_of_ours()))
        report, arguments = self.run_of("dedicated", file, "--place=taint", "--dedicated-cluster")
        done = self.opready(*arguments)
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        self.assertIn("default/theirs on linux-1", done.out)
        self.assertEqual("Running", self.kubectl("get", "pod", "theirs", "-o", "jsonpath={.status.phase}"))
        self.wait_until_nothing_is_left()

    def test_linux_nodes_are_tainted_while_cases_mean_windows_and_by_one_run_only(self):
        nodes = self.watching("nodes", "-o", 'jsonpath={.metadata.name} {.spec.taints[*].key}{"\\n"}')
        report, arguments = self.run_of("one", self.category(apps="windows", open=("endpoints", "mixed")),
                                        "--place=taint")
        other, other_arguments = self.run_of("other", self.category(brief="windows"), "--place=taint")
        with self.writing(report, arguments) as child:
            self.wait_for_e2e_run(report, "apps")
            run = report.events()[0]["run_id"]
            refused = self.opready(*other_arguments)
            self.assertEqual(1, refused.status, refused.out)
            self.assertEqual("could_not_test", Evidence(other).finished["brief"]["outcome"])
            self.assertRegex(Evidence(other).finished["brief"]["reason"],
                             f"another run of op-readiness has tainted this cluster's Linux nodes: run {run} ")
            # A mixed spec whose pods happen to be on one kind of node only is unproven.
            self.assertIn(child.wait(300), (0, 1), self.output_of(report))
        evidence = Evidence(report)
        self.assertEqual("passed", evidence.finished["apps"]["outcome"])
        self.assertTrue(all(map(is_windows, evidence.nodes("apps"))))
        self.assertIn(evidence.finished["open"]["outcome"], ("passed", "unproven"))
        for node in ("linux-0", "linux-1"):
            changes = [(now, OUR_TAINT in line) for now, line in nodes.lines if line.split()[0] == node]
            tainted = next(now for now, has in changes if has)
            freed = next(now for now, has in changes if now > tainted and not has)
            self.assertFalse([now for now, has in changes if has and now > freed])
            self.assertLess(tainted, evidence.time_of("e2e_run_started", "apps"))
            self.assertLess(evidence.time_of("case_finished", "apps"), freed + 0.5)
            self.assertLess(freed, evidence.time_of("e2e_run_started", "open"))
        self.assertFalse([line for _, line in nodes.lines if line.startswith("win-") and OUR_TAINT in line])
        self.wait_until_nothing_is_left()

    def test_the_native_form_places_pods_of_any_e2e_test(self):
        text = self.opready("generate", "admission-policy", "--for", "native")
        self.assertEqual((0, ""), (text.status, text.err))
        path = pathlib.Path(self.directory / "native.yaml")
        path.write_text(text.out)
        self.addCleanup(self.kubectl, "delete", "-f", path)
        self.kubectl("apply", "-f", path)
        labelled, plain = f"tests-{os.getpid()}", f"others-{os.getpid()}"
        for name_space in (labelled, plain):
            self.kubectl("create", "namespace", name_space)
            self.addCleanup(self.kubectl, "delete", "namespace", name_space, "--wait=false")
        self.kubectl("label", "namespace", labelled, "e2e-run=somebodys")
        def selector(name_space, more=""):
            pod = POD.format(name="dry", name_space=name_space, more=more)
            return self.apply(pod, "--dry-run=server", "-o", r"jsonpath={.spec.nodeSelector.kubernetes\.io/os}")
        self.wait_for(lambda: selector(labelled) == "windows", "a pod that is sent to Windows")
        self.assertEqual("", selector(plain))
        self.assertEqual("linux", selector(labelled, 'nodeSelector: {kubernetes.io/os: linux}, '))
        self.assertEqual("", selector(labelled, "nodeName: linux-0, "))


if __name__ == "__main__":
    unittest.main()
