# SPDX-License-Identifier: Apache-2.0
"""10,000 cases of 5 ms leak nothing; a tenth of them unless OPREADY_SOAK=1. docs/faults.md names this test."""

import contextlib
import os
import pathlib
import unittest

from opready import MEASURED_BINARY, MEBIBYTE, OpreadyTest, proc_status

COUNT = 10_000 if os.environ.get("OPREADY_SOAK") else 1_000


class ManyCases(OpreadyTest):
    def setUp(self):
        super().setUp()
        self.binary = MEASURED_BINARY
        self.environment["FAKE_E2E_MORE"] = str(COUNT)
        cases = [f"- {{id: number-{n:05}, description: Number {n}, focus: ['number {n:05}$']}}"
                 for n in range(1, COUNT + 1)]
        self.categories = self.directory / "many.yaml"
        self.categories.write_text("category: Fake.Many\ntestCases:\n" + "\n".join(cases) + "\n")

    def look_at(self, pid):
        """Descriptors, zombies, and memory in bytes of a running process."""
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        states = []
        for child in children:
            with contextlib.suppress(OSError):
                states.append(pathlib.Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0])
        return (len(os.listdir(f"/proc/{pid}/fd")), states.count("Z"),
                int(proc_status(pid)["VmRSS"].split()[0]) * 1024)

    def test_leak_nothing(self):
        seen = []
        arguments = ["run", "--report-dir", self.report.path, "--test-directory", self.categories, "--e2e-binary",
                     self.e2e, "--kubeconfig", self.kubeconfig, "--jobs", "4", "--output", "quiet"]
        with open(self.directory / "out", "wb") as out, self.started(*arguments, stdout=out) as run:
            while run.poll() is None:
                with contextlib.suppress(OSError, KeyError, ValueError):
                    seen.append(self.look_at(run.pid))
                with contextlib.suppress(Exception):
                    run.wait(0.1)
            self.assertEqual(0, run.returncode, (self.directory / "out").read_text()[-2000:])
        self.assert_whole_reports()
        self.assertEqual(COUNT, self.report.summary()["verdict"]["counts"]["passed"])
        self.assert_nothing_left()
        middle = seen[len(seen) // 4: -len(seen) // 10 or None]
        descriptors = [fds for fds, _, _ in middle]
        # Four children have a pipe, a pidfd and a log each; what else is open doesn't depend on how many have been.
        self.assertLessEqual(max(descriptors[len(descriptors) // 2:]), max(descriptors[:len(descriptors) // 2]) + 12)
        self.assertLess(max(descriptors), 100)
        self.assertLessEqual(max(zombies for _, zombies, _ in middle), 4)
        # The record of a finished case is kept, and no more than that.
        growth = max(rss for _, _, rss in middle) - min(rss for _, _, rss in middle)
        self.assertLess(growth, 8 * MEBIBYTE + COUNT * 4096)


if __name__ == "__main__":
    unittest.main()
