# SPDX-License-Identifier: Apache-2.0
"""Placed runs on the practice cluster, what their events say of pods, and what they leave."""

import collections
import contextlib
import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import time

from opready import Report
from practice import BIN, CLUSTER, SOURCE, ClusterTest, PracticeTest
from seen import SeenPods, Watching

# Specs that choose no node, and pass where nothing runs in pods.
FOCUS = {
    "apps": r"\[sig-apps\] (ReplicaSet should (adopt matching|list and delete a collection)|"
            r"Deployment Deployment should have a working scale)",
    "endpoints": r"\[sig-network\] EndpointSlice should create Endpoints and EndpointSlices for Pods matching a "
                 r"Service",
    "stateful": r"\[sig-apps\] StatefulSet Basic StatefulSet functionality \[StatefulSetBasic\] should have a working "
                r"scale subresource",
    # This one chooses Windows nodes itself, and tolerates no taint of theirs.
    "density": r"\[sig-windows\] \[Feature:Windows\] Density .* when create 10 pods with 0s interval$",
    "brief": r"\[sig-apps\] ReplicationController should adopt matching pods on creation",
}
LABEL = "app.kubernetes.io/managed-by=op-readiness"
POLICIES = ["mutatingadmissionpolicies", "mutatingadmissionpolicybindings"]


def category_file(**placements):
    """Cases of FOCUS with these placements: `apps="windows"`, or `apps_again=("apps", "mixed")`."""
    lines = ["category: My.Checks", "testCases:"]
    for name, placement in placements.items():
        focus, placement = placement if isinstance(placement, tuple) else (name, placement)
        lines.append(f"- {{id: {name.replace('_', '-')}, description: {name}, focus: ['{FOCUS[focus]}'], "
                     f"placement: {placement}, impact: none}}")
    return "\n".join(lines) + "\n"


def is_windows(node):
    return node.startswith("win-")


class Evidence:
    """What the events of a run say of its pods."""

    def __init__(self, report):
        self.events = report.events()
        self.finished = {event["id"]: event["result"] for event in self.events if event["event"] == "case_finished"}
        self.e2e_runs = {event["id"]: event["e2e_run"] for event in self.events if event["event"] == "e2e_run_started"}

    def specs(self):
        return [(case, spec) for case, result in self.finished.items() for spec in result["specs"]]

    def nodes(self, case=None):
        counts = collections.Counter()
        for name, spec in self.specs():
            if case in (None, name):
                counts.update(nodes_of(spec))
        return counts

    def warnings(self, case):
        return [warning for spec in self.finished[case]["specs"] for warning in (spec["pods"] or {})["warnings"]]

    def time_of(self, event, case):
        """In seconds since the epoch."""
        found, = [item["time"] for item in self.events if item["event"] == event and item["id"] == case]
        return datetime.datetime.fromisoformat(found.replace("Z", "+00:00")).timestamp()


def nodes_of(spec):
    return {place["node"]["name"]: place["pods"] for place in (spec["pods"] or {"nodes": []})["nodes"]}


def state_of(pid):
    """'T' is stopped; None where it's gone."""
    with contextlib.suppress(OSError):
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return None if state in "ZX" else state
    return None


def children_of(pid):
    """{process id: command line} of those that `pid` started and that live."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
    return found


def e2e_tests_of(pid):
    """Without those that are only asked for their specs."""
    return [child for child, command in children_of(pid).items() if "e2e.test" in command and "--report-dir" in command]


class PlacingTest(ClusterTest):
    """On a cluster that all tests find, and leave, with four nodes that have no taint."""

    def category(self, **placements):
        path = self.directory / f"{'-'.join(placements)}.yaml"
        path.write_text(category_file(**placements))
        return path

    def run_of(self, name, file, *more):
        """(report, arguments) of a run of all cases of a category file."""
        report = Report(self.directory / name)
        return report, ["run", "--test-directory", file, "--report-dir", report.path, "--output", "quiet", *more]

    def watching(self, *arguments):
        watch = Watching(self.kubeconfig, *arguments)
        self.addCleanup(watch.stop)
        return watch

    def seen_pods(self):
        seen = SeenPods(self.kubeconfig)
        self.addCleanup(seen.stop)
        return seen

    def items(self, *arguments):
        return json.loads(self.kubectl("get", *arguments, "-o", "json"))["items"]

    def taints(self):
        """{node: ["key=value:effect"]} of nodes that have any that the cluster didn't set itself."""
        found = {}
        for node in self.items("nodes"):
            for taint in node["spec"].get("taints", []):
                if not taint["key"].startswith("node.kubernetes.io/"):
                    text = f"{taint['key']}={taint.get('value', '')}:{taint['effect']}"
                    found.setdefault(node["metadata"]["name"], []).append(text)
        return found

    def change_nodes(self, word, change, *nodes):
        """`taint` or `label`, until the end of the test."""
        self.kubectl(word, "nodes", *nodes, change, "--overwrite")
        self.addCleanup(self.kubectl, word, "nodes", *nodes, change.partition("=")[0] + "-")

    def objects_of_ours(self, *kinds):
        """What op-readiness made and is there still; namespaces go a while after they're removed."""
        kinds = kinds or ("leases", "namespaces", *POLICIES)
        return self.kubectl("get", ",".join(kinds), "-A", "--selector", LABEL, "-o", "name").split()

    def wait_until_nothing_is_left(self, but_taints=None, seconds=60):
        """Neither of op-readiness nor of an e2e.test; namespaces take a while to go. A person's taints stay."""
        def left():
            namespaces = self.kubectl("get", "namespaces", "--selector", "e2e-run", "-o", "name").split()
            marks = [node["metadata"]["name"] for node in self.items("nodes") if "op-readiness" in json.dumps(node)]
            return [*self.objects_of_ours(), *namespaces, *marks]
        with contextlib.suppress(AssertionError):
            self.wait_for(lambda: not left(), "an empty cluster", seconds)
        self.assertEqual([], left())
        self.assertEqual(but_taints or {}, self.taints())

    def foreign_e2e_test(self, *focus):
        """An e2e.test that somebody else started."""
        directory = self.directory / "foreign"
        directory.mkdir()
        with open(directory / "log", "wb") as log:
            child = subprocess.Popen(
                [self.e2e, "--provider", "local", "--kubeconfig", self.kubeconfig, "--report-dir", directory,
                 "--node-os-distro", "windows", "--non-blocking-taints", "os", "--ginkgo.no-color", "--ginkgo.v",
                 *(f"--ginkgo.focus={FOCUS[name]}" for name in focus)],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        return child

    def foreign_run(self):
        """The id of that e2e.test's run, once it's known."""
        path = self.directory / "foreign" / "log"
        return self.wait_for(lambda: re.search(r'Starting e2e run "([0-9a-f-]+)"', path.read_text()), "its id").group(1)

    @contextlib.contextmanager
    def writing(self, report, arguments):
        """A run under way whose output is in a file beside its reports."""
        with open(f"{report.path}.out", "wb") as out, self.started(*arguments, stdout=out) as child:
            yield child

    def output_of(self, report):
        return pathlib.Path(f"{report.path}.out").read_text()

    def wait_for_e2e_run(self, report, case):
        """Until its specs are about to begin."""
        def started():
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                return case in Evidence(report).e2e_runs
            return False
        self.wait_for(started, f"the start of {case}", seconds=60)


class OwnClusterTest(PlacingTest):
    """On a cluster of its own, which can be changed at will."""

    def setUp(self):
        PracticeTest.setUp(self)  # There is none yet that ClusterTest could look for.

    def start_cluster(self, name, programs=BIN):
        directory = pathlib.Path(f"{CLUSTER}-{name}")
        environment = {**os.environ, "OPREADY_PRACTICE_BIN": str(programs)}
        self.addCleanup(subprocess.run, [SOURCE / "practice" / "down.sh", "--dir", directory], check=True,
                        env=environment, stdout=subprocess.DEVNULL, timeout=60)
        subprocess.run([SOURCE / "practice" / "up.sh", "--dir", directory, "--name", name, "--owner", str(os.getpid())],
                       check=True, env=environment, stdout=subprocess.DEVNULL, timeout=120)
        self.kubeconfig = directory / "kubeconfig"
        self.environment["KUBECONFIG"] = str(self.kubeconfig)
        return directory


def api_server_of(directory):
    """Process id, command line, environment and working directory of a cluster's API server."""
    mark = f"OPREADY_PRACTICE_CLUSTER={directory}".encode()
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes().split(b"\0")[:-1]
            environment = (entry / "environ").read_bytes().split(b"\0")[:-1]
            if mark in environment and command and command[0].endswith(b"kube-apiserver"):
                return (int(entry.name), [part.decode() for part in command],
                        dict(line.decode().split("=", 1) for line in environment), os.readlink(entry / "cwd"))
    raise LookupError(f"no API server of {directory}")


def kill_and_wait(pid):
    os.kill(pid, signal.SIGKILL)
    while state_of(pid):
        time.sleep(0.02)
