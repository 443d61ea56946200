# SPDX-License-Identifier: Apache-2.0
"""What is known of a run's pods when its watches are cut or its API server is restarted, and what it costs."""

import concurrent.futures
import contextlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import threading
import time
import unittest

from opready import MEASURED_BINARY, MEBIBYTE, proc_status
from placing import Evidence, OwnClusterTest, api_server_of, children_of, e2e_tests_of, kill_and_wait
from practice import BIN, SOAK

CUTS = 100
RESTARTS = 5 if SOAK else 1
# Counted from the end of the kubectl that made the pods to the beginning of the one that removes them.
SECONDS_OF_LIFE = 1
AT_ONCE = 3
FOREIGN_PODS = 5000
PODS_OF_OTHERS = "/api/v1/namespaces/default/pods"
MOST_FOR_FOREIGN_PODS = 10 * MEBIBYTE
CONTAINERS = [{"name": "pause", "image": "registry.k8s.io/pause:3.10"}]


def pod(name, name_space, **spec):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": name_space},
            "spec": {"containers": CONTAINERS, **spec}}


class ShortLives:
    """Makes pods on win-1 that live for a second, a few at a time, until it's told to stop."""

    def __init__(self, kubectl, name_space):
        self.kubectl = kubectl  # Returns whether it worked: the API server may be away.
        self.name_space = name_space
        self.made = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.make)

    def make(self):
        batch = 0
        while not self.over.is_set():
            batch += 1
            names = [f"pod-{batch}-{number}" for number in range(AT_ONCE)]
            pods = {"apiVersion": "v1", "kind": "List", "items": [
                pod(name, self.name_space, nodeName="win-1", terminationGracePeriodSeconds=0) for name in names]}
            if self.kubectl("create", "-f", "-", text=json.dumps(pods)):
                self.made += AT_ONCE
                time.sleep(SECONDS_OF_LIFE)
            while not self.kubectl("delete", "pods", "--namespace", self.name_space, *names, "--now", "--wait=false",
                                   "--ignore-not-found"):
                time.sleep(0.05)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


class EvidenceTest(OwnClusterTest):
    def setUp(self):
        super().setUp()
        self.cluster = self.start_cluster("evidence")
        seed = int(os.environ.get("OPREADY_SEED", time.time_ns() % 1000000))
        print(f"OPREADY_SEED={seed}")
        self.random = random.Random(seed)

    def works(self, *arguments, text=None):
        """Whether a kubectl did what it was to do."""
        return subprocess.run([BIN / "kubectl", "--kubeconfig", self.kubeconfig, *arguments], input=text, text=True,
                              env=self.environment, capture_output=True, timeout=60, check=False).returncode == 0

    def count_during(self, trouble):
        """(how many short-lived pods were made in the run's name during `trouble`, how many its evidence has)"""
        # For our pods only: specs don't tolerate it, and ours aren't scheduled.
        self.kubectl("taint", "nodes", "win-1", "os=tests:NoSchedule")
        report, arguments = self.run_of("report", self.category(brief="own"))
        with self.writing(report, arguments) as child:
            self.wait_for_e2e_run(report, "brief")
            e2e_test, = e2e_tests_of(child.pid)
            os.kill(e2e_test, signal.SIGSTOP)
            self.kubectl("create", "namespace", "short-lives")
            self.kubectl("label", "namespace", "short-lives", f"e2e-run={Evidence(report).e2e_runs['brief']}")
            try:
                with ShortLives(self.works, "short-lives") as lives:
                    trouble(child)
            finally:
                os.kill(e2e_test, signal.SIGCONT)
            self.assertEqual(0, child.wait(120), self.output_of(report))
        evidence = Evidence(report)
        (_, spec), = evidence.specs()
        self.assertTrue(spec["pods"]["incomplete"])
        print(f"{lives.made} short-lived pods: {evidence.nodes()}")
        return lives.made, evidence.nodes()["win-1"]

    def test_a_restarted_api_server_hides_no_pod(self):
        def restart(_):
            for _ in range(RESTARTS):
                time.sleep(self.random.uniform(1, 3))
                pid, command, environment, directory = api_server_of(self.cluster)
                kill_and_wait(pid)
                time.sleep(self.random.uniform(0, 3))
                server = subprocess.Popen(command, env=environment, cwd=directory, stdin=subprocess.DEVNULL,
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
                self.addCleanup(server.wait)
                self.addCleanup(server.kill)
                self.wait_for(lambda: self.works("get", "--raw", "/readyz"), "the API server", 60)
            time.sleep(3)
        made, seen = self.count_during(restart)
        self.assertGreater(made, 0)
        # A server that dies may have made pods without telling.
        self.assertGreaterEqual(seen, made)
        self.assertLessEqual(seen, made + RESTARTS * AT_ONCE)

    def test_watches_that_are_cut_hide_no_pod(self):
        def cut(child):
            cuts = 0
            while cuts < CUTS:
                time.sleep(self.random.uniform(0, 0.4))
                watches = [pid for pid, command in children_of(child.pid).items() if " --watch " in command]
                if watches:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(self.random.choice(watches), signal.SIGKILL)
                        cuts += 1
        made, seen = self.count_during(cut)
        self.assertGreater(made, 10)
        self.assertEqual(made, seen)

    @contextlib.contextmanager
    def proxy(self):
        """Host and port at which the API server takes plain HTTP: a kubectl for each pod would take too long."""
        child = subprocess.Popen([BIN / "kubectl", "--kubeconfig", self.kubeconfig, "proxy", "--port=0"], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment)
        try:
            yield re.search(r"[0-9.]+:[0-9]+", child.stdout.readline()).group()
        finally:
            child.kill()
            child.wait()
            child.stdout.close()

    def make_foreign_pods(self, address):
        def make(numbers):
            connection = http.client.HTTPConnection(address)
            for number in numbers:
                # Held back, so that no scheduler is busy with it.
                text = json.dumps(pod(f"theirs-{number}", "default", schedulingGates=[{"name": "example.com/hold"}]))
                connection.request("POST", PODS_OF_OTHERS, text, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                self.assertEqual(201, answer.status)
            connection.close()

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(make, [range(first, FOREIGN_PODS, AT_ONCE) for first in range(AT_ONCE)]))

    def begin_to_remove_foreign_pods(self):
        child = subprocess.Popen([BIN / "kubectl", "--kubeconfig", self.kubeconfig, "delete", "--raw", PODS_OF_OTHERS],
                                 env=self.environment, stdout=subprocess.DEVNULL)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)

    def peak_of_run(self, name, meanwhile=lambda: None):
        """The most memory that op-readiness itself had in use, in bytes."""
        self.binary = MEASURED_BINARY
        report, arguments = self.run_of(name, self.category(brief="own"))
        peak = 0
        with self.writing(report, arguments) as child:
            self.wait_for_e2e_run(report, "brief")
            meanwhile()
            while child.poll() is None:
                with contextlib.suppress(KeyError, OSError):  # Gone, or about to be.
                    peak = int(proc_status(child.pid)["VmHWM"].split()[0])
                time.sleep(0.02)
            self.assertEqual(0, child.wait(), self.output_of(report))
        self.assertGreater(peak, 0)
        self.assertEqual(["passed"], [spec["status"] for _, spec in Evidence(report).specs()])
        return peak * 1024

    def test_pods_of_others_cost_little(self):
        """Neither those that it finds nor those that go while it runs."""
        alone = self.peak_of_run("alone")
        with self.proxy() as address:
            self.make_foreign_pods(address)
        crowded = self.peak_of_run("crowded", self.begin_to_remove_foreign_pods)
        print(f"peak {alone / MEBIBYTE:.1f} MiB alone, {crowded / MEBIBYTE:.1f} MiB beside {FOREIGN_PODS} pods")
        self.assertLess(crowded - alone, MOST_FOR_FOREIGN_PODS)


if __name__ == "__main__":
    unittest.main()
