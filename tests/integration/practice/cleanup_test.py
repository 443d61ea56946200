# SPDX-License-Identifier: Apache-2.0
"""What a killed run left in the cluster: `cleanup DIR` removes exactly that, waits, and says what stays and why."""

import json
import os
import re
import signal
import subprocess
import unittest

from opready import Report
from placing import Evidence, PlacingTest, e2e_tests_of
from practice import BIN

THEIRS = "cleanup-theirs-1"
FINALIZER = "example.com/stays"


class Cleanup(PlacingTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.kubectl, "delete", "namespace", "--selector", "e2e-run", "--wait=false")
        self.addCleanup(self.kubectl, "delete", "clusterrolebinding", "--ignore-not-found", "cleanup-ours",
                        "cleanup-theirs")

    def make(self, *objects):
        subprocess.run([BIN / "kubectl", "--kubeconfig", self.kubeconfig, "apply", "-f", "-"], check=True, text=True,
                       env=self.environment, capture_output=True, timeout=60,
                       input=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))

    def make_namespace(self, name, e2e_run):
        self.make({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": {"e2e-run": e2e_run}}})

    def make_binding(self, name, *namespaces):
        """A ClusterRoleBinding for accounts of those namespaces."""
        subjects = [{"kind": "ServiceAccount", "name": "default", "namespace": namespace} for namespace in namespaces]
        self.make({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                   "metadata": {"name": name}, "subjects": subjects,
                   "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}})

    def make_config_map_that_stays(self, namespace):
        """Until the end of the test, if nobody removes its finalizer before."""
        self.make({"apiVersion": "v1", "kind": "ConfigMap",
                   "metadata": {"name": "stays", "namespace": namespace, "finalizers": [FINALIZER]}})
        self.addCleanup(self.let_go, namespace)

    def let_go(self, namespace):
        if self.kubectl("get", "configmap", "stays", "--namespace", namespace, "--ignore-not-found", "-o", "name"):
            self.kubectl("patch", "configmap", "stays", "--namespace", namespace, "--type", "merge", "--patch",
                         '{"metadata": {"finalizers": null}}')

    def there(self, kind, *selection):
        """{name: the object} of what isn't being removed."""
        return {item["metadata"]["name"]: item for item in self.items(kind, *selection)
                if "deletionTimestamp" not in item["metadata"]}

    def killed_in_the_middle(self):
        """(report, its e2e-run id, its namespace) of a run that was killed together with its e2e.test."""
        report, arguments = self.run_of("killed", self.category(endpoints="own"))
        with self.writing(report, arguments) as child:
            self.wait_for_e2e_run(report, "endpoints")
            run = Evidence(report).e2e_runs["endpoints"]
            name, = self.wait_for(lambda: self.there("namespaces", "--selector", f"e2e-run={run}"), "its namespace")
            e2e_tests = e2e_tests_of(child.pid)
            for pid in e2e_tests:
                os.kill(pid, signal.SIGSTOP)  # So that it can't clean up when it's orphaned.
            child.kill()
            child.wait()
            for pid in e2e_tests:
                os.kill(pid, signal.SIGKILL)
        return report, run, name

    def assert_only_theirs_is_there(self):
        self.assertEqual({THEIRS}, set(self.there("namespaces", "--selector", "e2e-run")))
        self.assertEqual({"cleanup-theirs"}, {name for name in self.there("clusterrolebindings") if "cleanup-" in name})

    def test_it_takes_what_is_the_runs_and_names_what_stays(self):
        report, run, name = self.killed_in_the_middle()
        self.make_namespace(THEIRS, "0b7e4f7e-5f0c-4f43-9f0e-0d8c1c1f0a11")
        self.make_namespace("cleanup-stuck-1", run)
        self.make_config_map_that_stays("cleanup-stuck-1")
        self.make_binding("cleanup-ours", name, "cleanup-stuck-1")
        self.make_binding("cleanup-theirs", name, THEIRS)
        found = {"ClusterRoleBinding cleanup-ours", f"namespace {name}", "namespace cleanup-stuck-1"}

        shown = self.opready("cleanup", report.path, "--dry-run")
        self.assertEqual((0, ""), (shown.status, shown.err))
        self.assertEqual({f"to be removed: {what}" for what in found}, set(shown.out.splitlines()))
        self.assertEqual({name, "cleanup-stuck-1", THEIRS}, set(self.there("namespaces", "--selector", "e2e-run")))

        done = self.opready("cleanup", report.path, "--wait", "25s")
        self.assertEqual((1, ""), (done.status, done.err), done.out)
        self.assertEqual({f"removed {what}" for what in found}, set(re.findall("(?m)^removed .*", done.out)))
        self.assertLess(done.out.rindex("to be removed:"), done.out.index("\nremoved "))
        # On a busy machine the other one may take as long.
        self.assertRegex(done.out, r"\nwaiting for (1 namespace|2 namespaces) to be gone: cleanup-stuck-1[,\n]")
        self.assertRegex(done.out.splitlines()[-1],
                         r"^namespace cleanup-stuck-1 stays Terminating: NamespaceContentRemaining: .*configmaps\. has 1 "
                         rf".*NamespaceFinalizersRemaining: .*{FINALIZER} in 1 ")
        self.assert_only_theirs_is_there()

        at_once = self.opready("cleanup", report.path, "--wait", "0", timeout=10)
        self.assertEqual((0, "being removed already: namespace cleanup-stuck-1\n"), (at_once.status, at_once.out))

        with self.started("cleanup", report.path) as child:
            self.assertEqual(b"being removed already: namespace cleanup-stuck-1\n", child.stdout.readline())
            child.send_signal(signal.SIGINT)
            said, _ = child.communicate(timeout=5)
        self.assertEqual((130, b"opready: error: stopped; the same command goes on with what is left\n"),
                         (child.returncode, said))
        self.assertEqual([], self.processes())

        self.let_go("cleanup-stuck-1")
        last = self.opready("cleanup", report.path)
        self.assertEqual((0, ""), (last.status, last.err), last.out)
        again = self.opready("cleanup", report.path)
        self.assertEqual((0, "nothing of that run is left\n"), (again.status, again.out))
        self.assert_only_theirs_is_there()

    def test_what_outlived_its_namespace_is_known_by_the_namespaces_name(self):
        report, arguments = self.run_of("whole", self.category(brief="own"))
        done = self.opready(*arguments)
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        name, = Evidence(report).finished["brief"]["namespaces"]
        self.wait_for(lambda: name not in self.there("namespaces"), "the end of its namespace")
        self.make_binding("cleanup-ours", name)
        cleaned = self.opready("cleanup", report.path)
        self.assertEqual((0, ""), (cleaned.status, cleaned.err))
        self.assertIn("removed ClusterRoleBinding cleanup-ours\n", cleaned.out)
        self.assertNotIn("cleanup-ours", self.there("clusterrolebindings"))

    def test_namespaces_of_failures_are_kept_where_that_is_asked_for(self):
        file = self.directory / "fails.yaml"
        # Nothing runs in a practice cluster's pods, so nothing can be executed there.
        file.write_text("category: My.Checks\ntestCases:\n- {id: dns, description: It fails, impact: none, "
                        r"focus: ['\[sig-windows\] \[Feature:Windows\] DNS should support configurable pod DNS']}" "\n")
        report, arguments = self.run_of("kept", file, "--keep-failed-namespaces")
        self.assertEqual(1, self.opready(*arguments).status)
        self.report = Report(report.path)
        kept, = self.namespaces_of("dns")
        cleaned = self.opready("cleanup", report.path)
        self.assertEqual((0, ""), (cleaned.status, cleaned.err), cleaned.out)
        self.assertIn(f"removed namespace {kept}\n", cleaned.out)
        self.assertTrue(cleaned.out.endswith("\nall namespaces of that run are gone\n"), cleaned.out)
        self.assertEqual([], self.kubectl("get", "namespaces", "--selector", "e2e-run", "-o", "name").split())


if __name__ == "__main__":
    unittest.main()
