# SPDX-License-Identifier: Apache-2.0
"""Images first, on the practice cluster: pods on its Windows nodes, whose kubelets say at once that they run."""

import re
import signal
import unittest

from placing import PlacingTest, is_windows

NODES = ["win-0", "win-1"]
PULLED = r"^images: (\d+) of (\d+) pulled on 2 Windows nodes, "


class Prepull(PlacingTest):
    def setUp(self):
        super().setUp()
        self.wait_until_nothing_is_left()
        self.addCleanup(self.opready, "doctor", "--repair")  # What fails here must not make other tests fail.

    def run_of(self, name, file, *more):
        """One that shows its progress."""
        report, arguments = super().run_of(name, file, *more)
        return report, [argument.replace("quiet", "failures") for argument in map(str, arguments)]

    def with_images(self):
        """A category file of one brief case."""
        path = self.category(brief="own")
        path.write_text(path.read_text().replace("impact: none", "impact: none, images: [agnhost, agnhost-prev, pause]"))
        return path

    def pulling_nodes(self, seen, report):
        """Those of the pods that pulled for a run; empty where it made none."""
        return sorted(seen.nodes_of([f"op-readiness-{report.events()[0]['run_id']}-images"]).elements())

    def progress_of(self, report):
        return [line for line in self.output_of(report).splitlines() if line.startswith("images: ")]

    def run_to_its_end(self, name, *more):
        """The report of a run, and what is seen of its pods."""
        seen = self.seen_pods()
        report, arguments = self.run_of(name, self.with_images(), *more)
        with self.writing(report, arguments) as child:
            self.assertIn(child.wait(120), (0, 1), self.output_of(report))
        seen.stop()
        return report, seen

    def test_several_jobs_have_their_images_pulled_on_every_windows_node(self):
        self.change_nodes("taint", "os=windows:NoExecute", *NODES)
        report, seen = self.run_to_its_end("two-jobs", "--jobs", "2")
        self.assertEqual(3 * ["win-0"] + 3 * ["win-1"], self.pulling_nodes(seen, report))
        first, *_, last = self.progress_of(report)
        self.assertRegex(first, r"^images: agnhost:\S+, agnhost:\S+, pause:\S+ on 2 Windows nodes before the first case")
        self.assertEqual(("6", "6"), re.match(PULLED, last).groups())
        self.assertNotIn("warning: image", self.output_of(report))
        self.wait_until_nothing_is_left({node: ["os=windows:NoExecute"] for node in NODES})

    def test_one_job_pulls_nothing_first(self):
        report, seen = self.run_to_its_end("one-job", "--jobs", "1")
        self.assertEqual([], self.pulling_nodes(seen, report))
        self.assertEqual([], self.progress_of(report))

    def test_cordoned_nodes_and_those_of_other_pools_are_left_out(self):
        self.change_nodes("label", "pool=tests", "win-1")
        report, seen = self.run_to_its_end("pool", "--prepull", "--place", "--node-selector", "pool=tests")
        self.assertEqual(3 * ["win-1"], self.pulling_nodes(seen, report))
        self.kubectl("cordon", "win-0")
        self.addCleanup(self.kubectl, "uncordon", "win-0")
        report, seen = self.run_to_its_end("cordoned", "--prepull")
        self.assertEqual(3 * ["win-1"], self.pulling_nodes(seen, report))

    def start_pulling(self, name):
        report, arguments = self.run_of(name, self.with_images(), "--prepull")
        return report, self.writing(report, arguments)

    def wait_for_namespace(self):
        name, = self.wait_for(lambda: self.objects_of_ours("namespaces"), "the namespace")
        self.assertTrue(name.endswith("-images"), name)
        return name.replace("/", " ")

    def test_repair_spares_a_run_that_is_pulling_and_removes_what_it_leaves_when_it_is_killed(self):
        _, running = self.start_pulling("killed")
        with running as child:
            name = self.wait_for_namespace()
            child.send_signal(signal.SIGSTOP)  # So that it can't have done before it's killed.
            spared = self.opready("doctor", "--repair")
            self.assertRegex(spared.out, rf"^left {name}: run \w+ .* is alive\n")
            child.kill()
            child.wait()
        done = self.opready("doctor", "--repair")
        self.assertEqual((0, f"removed {name}\n", ""), (done.status, done.out, done.err))
        self.wait_until_nothing_is_left()

    def test_a_signal_leaves_nothing(self):
        report, running = self.start_pulling("stopped")
        with running as child:
            self.wait_for_namespace()
            child.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, child.wait(10), self.output_of(report))
        self.assertEqual(["not_run"], [case["outcome"] for case in report.summary()["cases"]])
        self.wait_until_nothing_is_left()

    def test_e2e_test_knows_the_images_of_all_shipped_cases(self):
        seen = self.seen_pods()
        report, arguments = self.run_of("shipped", "unused", "--prepull", "--allow-disruptive")
        where = arguments.index("--test-directory")
        del arguments[where:where + 2]
        with self.writing(report, [*arguments, "--category", "*"]) as child:
            self.wait_for(lambda: re.search(r"(?m)^images: (\d+) of \1 pulled", self.output_of(report)), "all images", 60)
            child.send_signal(signal.SIGINT)
            child.wait(60)
        seen.stop()
        self.assertNotIn("cannot tell", self.output_of(report))
        nodes = self.pulling_nodes(seen, report)
        self.assertEqual(nodes.count("win-0"), nodes.count("win-1"))
        self.assertTrue(all(map(is_windows, nodes)), nodes)
        print(self.progress_of(report)[0])
        self.wait_until_nothing_is_left()


if __name__ == "__main__":
    unittest.main()
