# SPDX-License-Identifier: Apache-2.0
"""A look at the practice cluster that doesn't go through op-readiness."""

import collections
import subprocess
import threading
import time

from practice import BIN


class Watching:
    """A `kubectl get --watch` of our own. Its lines are kept with the time at which they came."""

    def __init__(self, kubeconfig, *arguments):
        self.lines = []
        self.child = subprocess.Popen(
            [BIN / "kubectl", "--kubeconfig", kubeconfig, "get", *arguments, "--watch", "--request-timeout=0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.child.stdout:
            self.lines.append((time.time(), line.rstrip("\n")))

    def stop(self):
        self.child.kill()
        self.child.wait()
        self.reader.join()
        self.child.stdout.close()


class SeenPods:
    """Every pod of the cluster with its node, and whose namespace it was in."""

    def __init__(self, kubeconfig):
        self.namespaces = Watching(kubeconfig, "namespaces", "--selector", "e2e-run", "-o",
                                   'jsonpath={.metadata.name} {.metadata.labels.e2e-run}{"\\n"}')
        self.pods = Watching(kubeconfig, "pods", "-A", "-o",
                             'jsonpath={.metadata.namespace} {.metadata.uid} {.spec.nodeName}{"\\n"}')

    def stop(self):
        self.namespaces.stop()
        self.pods.stop()

    def by_run(self):
        """{e2e run: {pod: (node, first seen there, last seen)}}"""
        runs = dict(line.split() for _, line in self.namespaces.lines)
        found = {}
        for now, line in list(self.pods.lines):
            name_space, pod, *node = line.split()
            if node and name_space in runs:
                pods = found.setdefault(runs[name_space], {})
                first = pods[pod][1] if pod in pods else now
                pods[pod] = (node[0], first, now)
        return found

    def nodes_of(self, e2e_runs, lived=0):
        """How many pods of these runs were on each node for more than so many seconds."""
        by_run = self.by_run()
        return collections.Counter(node for run in e2e_runs for node, first, last in by_run.get(run, {}).values()
                                   if last - first >= lived)
