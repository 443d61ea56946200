# SPDX-License-Identifier: Apache-2.0
"""A run of the real e2e.test that's killed again and again, and goes on each time: it comes to what an undisturbed one
came to, does nothing twice, and leaves nothing in the cluster."""

import json
import os
import random
import time
import unittest

from opready import Report
from placing import PlacingTest
from practice import SOAK, outcomes

KILLS = 3
MINUTE = 60
# Some seconds each on the practice cluster. Some pass, some don't; there is one that must run alone, one that can't be
# run, and two that run as another.
QUICK = (
    "core-network-service-ip-endpoints", "core-network-service-ip-from-endpoint", "core-network-ten-pods-one-node",
    "core-network-statefulset-identity", "core-network-dns-cluster", "core-network-dns-external-name",
    "core-network-dns-custom-servers", "core-network-dns-host-and-subdomain", "core-network-endpointslice-maintained",
    "core-storage-reboot", "core-storage-host-volumes-read-only", "core-storage-shared-volume",
    "extend-network-cluster-ip", "extend-network-cluster-ip-from-linux", "extend-network-node-port-from-linux",
    "extra-kubelet-stats")
CANDIDATES = ["--category", "*", "--exclude", "extra-device-plugin"] if SOAK else [
    word for case in QUICK for word in ("--case", case)]
# What specs and op-readiness make outside of namespaces. The GMSA specs' CustomResourceDefinition isn't there, since
# nobody knows whose it is.
CLUSTER_WIDE = ("namespaces", "clusterroles", "clusterrolebindings", "persistentvolumes", "storageclasses",
                "priorityclasses", "runtimeclasses", "csidrivers", "mutatingwebhookconfigurations",
                "validatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings")


def finished(report):
    """The ids of those cases that the event log holds, whose last line may be torn."""
    path = report.path / "events.jsonl"
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [event["id"] for event in map(json.loads, lines) if event["event"] == "case_finished"]


class Resumed(PlacingTest):
    def setUp(self):
        super().setUp()
        self.wait_until_nothing_is_left()
        self.before = self.cluster_wide()
        seed = int(os.environ.get("OPREADY_SEED", time.time_ns() % 1000000))
        print(f"OPREADY_SEED={seed}")
        self.random = random.Random(seed)
        self.addCleanup(self.opready, "doctor", "--repair")  # What fails here must not make other tests fail.

    def cluster_wide(self):
        return set(self.kubectl("get", ",".join(CLUSTER_WIDE), "-o", "name").split())

    def case_run(self, name, *more):
        """(report, arguments) of a run of shipped cases."""
        report = Report(self.directory / name)
        return report, ["run", "--report-dir", report.path, "--jobs", "4", "--place", "--no-prepull", "--output",
                        "quiet", *more]

    def run_undisturbed(self):
        """(report, exit status, seconds)"""
        report, arguments = self.case_run("whole", *CANDIDATES, "--case-timeout", f"{MINUTE}s")
        begin = time.monotonic()
        done = self.opready(*arguments, timeout=3000)
        self.assertEqual("", done.err)
        return report, done.status, time.monotonic() - begin

    def kill_at_random(self, report, arguments, longest, finished_before):
        """Not before so many cases have finished."""
        life = self.random.uniform(0.5, longest)
        with self.writing(report, arguments) as child:
            time.sleep(life)
            self.wait_for(lambda: len(finished(report)) >= finished_before, "a case to finish", seconds=MINUTE)
            self.assertIsNone(child.poll(), self.output_of(report))
            child.kill()
        print(f"killed after {life:.1f} of at most {longest:.1f} s, {len(finished(report))} cases finished")

    def run_killed(self, cases, seconds, to_run):
        """(report, exit status) of a run of `cases`, which takes so long if nothing disturbs it. `to_run` are those of
        them that aren't credited with another's result, and that can be run at all."""
        report, arguments = self.case_run("killed", *(word for case in cases for word in ("--case", case)))
        for number in range(KILLS):
            left = len(to_run - set(finished(report))) / len(to_run)
            # The last leaves something that must not be run again.
            self.kill_at_random(report, arguments, 0.5 + 0.6 * seconds * left, int(number == KILLS - 1))
            arguments = ["--resume", report.path] if report.path.exists() else arguments
        done = self.opready("--resume", report.path, timeout=3000)
        self.assertEqual("", done.err, done.out)
        return report, done.status

    def assert_nothing_ran_twice(self, report):
        done = set()
        for event in report.events():
            if event["event"] == "case_started":
                self.assertNotIn(event["id"], done)
            elif event["event"] == "case_finished":
                done.add(event["id"])

    def assert_cleaned_up(self, *reports):
        for report in reports:
            done = self.opready("cleanup", report.path, timeout=400)
            self.assertEqual((0, ""), (done.status, done.err), done.out)
            print(*done.out.splitlines()[:6], sep="\n")
        self.assertEqual(set(), self.cluster_wide() - self.before)
        self.wait_until_nothing_is_left(seconds=1)

    def test_killed_thrice_it_comes_to_the_same(self):
        whole, status, seconds = self.run_undisturbed()
        quick = [case["id"] for case in whole.summary()["cases"]
                 if case["outcome"] != "timed_out" and case["duration_seconds"] < MINUTE]
        print(f"{len(quick)} cases of less than a minute; all took {seconds:.0f} s")
        self.assertGreaterEqual(len(quick), len(QUICK))
        killed, killed_status = self.run_killed(quick, seconds, set(finished(whole)) & set(quick))
        self.assertEqual(status, killed_status)
        self.assertEqual({item for item in outcomes(whole) if item[0] in quick}, outcomes(killed))
        self.assert_nothing_ran_twice(killed)
        self.assert_cleaned_up(killed, whole)


if __name__ == "__main__":
    unittest.main()
