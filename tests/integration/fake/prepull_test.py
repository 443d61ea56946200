# SPDX-License-Identifier: Apache-2.0
"""Images are pulled on Windows nodes before the first case, and nothing of that stays."""

import json
import signal
import subprocess
import unittest

from opready import OpreadyTest

AGNHOST, OLDER, PAUSE = "registry.example/e2e/agnhost:2.63.0", "registry.example/e2e/agnhost:2.55", \
    "registry.example/pause:3.10.2"


class Prepull(OpreadyTest):
    def run_images(self, *cases, more=(), kubectl="", environment=None):
        return self.opready(*self.run_arguments(*cases, file="images.yaml", more=["--no-evidence", *more]),
                            environment={"FAKE_KUBECTL": kubectl, **(environment or {})})

    def pulled(self):
        """(node, image) of each pod that was made."""
        path = self.cluster / "image-pods"
        specs = [json.loads(line)["spec"] for line in path.read_text().splitlines()] if path.exists() else []
        return [(spec["nodeName"], spec["containers"][0]["image"]) for spec in specs]

    def asked_for_images(self):
        return self.started_children().count("--list-images")

    @staticmethod
    def progress(done):
        return [line for line in done.out.splitlines() if line.startswith("images: ")]

    def assert_nothing_in_the_cluster(self):
        self.assertFalse((self.cluster / "namespace").exists())

    def assert_nothing_pulled(self):
        self.assertEqual([], self.pulled())
        self.assertFalse((self.cluster / "changes").exists())
        self.assertEqual(0, self.asked_for_images())

    def test_images_of_all_cases_are_pulled_once_on_each_windows_node(self):
        done = self.run_images("newest", "older", "silent", more=["--jobs", "2"])
        self.assertEqual((0, ""), (done.status, done.err), done.out)
        self.assertEqual([(node, image) for image in (AGNHOST, PAUSE, OLDER) for node in ("win-0", "win-1")],
                         self.pulled())
        self.assertEqual(1, self.asked_for_images())
        first, *_, last = self.progress(done)
        self.assertEqual("images: agnhost:2.63.0, pause:3.10.2, agnhost:2.55 on 2 Windows nodes before the first case "
                         "(--no-prepull leaves this out)", first)
        self.assertRegex(last, r"^images: 6 of 6 pulled on 2 Windows nodes, \d+\.\ds$")
        self.assertLess(done.out.index(last), done.out.index("[Fake.Images] 1 / "))
        self.assert_nothing_in_the_cluster()
        self.assert_whole_reports()
        self.assert_nothing_left()

    def test_they_are_pulled_with_several_jobs_or_on_demand(self):
        for more, pulls in ((["--jobs", "1"], False), (["--jobs", "2", "--no-prepull"], False),
                            (["--jobs", "1", "--prepull"], True), ([], True)):
            with self.subTest(more):
                (self.cluster / "image-pods").unlink(missing_ok=True)
                done = self.run_images("newest", more=[*more, "--overwrite"])
                self.assertEqual((0, ""), (done.status, done.err))
                self.assertEqual(pulls, bool(self.pulled()))
                self.assertEqual(pulls, bool(self.progress(done)), done.out)

    def test_nothing_is_done_where_no_case_to_run_names_images(self):
        done = self.run_images("silent", more=["--jobs", "2"])
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertEqual([], self.progress(done))
        self.assert_nothing_pulled()
        asked = self.run_images("silent", more=["--prepull", "--overwrite"])
        self.assertIn("\nwarning: --prepull: no case to run says which images it needs\n", asked.out)

    def test_an_image_that_nobody_knows_is_a_warning(self):
        done = self.run_images("newest", "unknown", more=["--jobs", "2"])
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertIn(f"\nwarning: cannot tell which image 'nonsense' is, for unknown: '{self.e2e}' --list-images doesn't "
                      "name it\n", done.out)
        self.assertEqual({AGNHOST, PAUSE}, {image for _, image in self.pulled()})

    def test_images_come_from_where_e2e_test_has_them(self):
        self.run_images("newest", more=["--jobs", "2"], environment={"FAKE_E2E_REGISTRY": "mirror.example:5000"})
        self.assertEqual({"mirror.example:5000/e2e/agnhost:2.63.0", "mirror.example:5000/pause:3.10.2"},
                         {image for _, image in self.pulled()})

    def test_what_cannot_be_pulled_is_a_warning_and_the_run_goes_on(self):
        done = self.run_images("newest", more=["--jobs", "2", "--prepull-timeout", "3s"], kubectl="no-pause")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertEqual(1, done.out.count("images: win-0 cannot pull pause:3.10.2: ErrImagePull: not found\n"))
        for node in ("win-0", "win-1"):
            self.assertIn(f"\nwarning: image {PAUSE} was not pulled on {node}: ErrImagePull: not found\n", done.out)
        self.assertEqual(2, done.out.count("was not pulled"), done.out)
        self.assert_nothing_in_the_cluster()

    def test_the_wait_is_limited(self):
        done = self.run_images("newest", more=["--jobs", "2", "--prepull-timeout", "1s"], kubectl="cold-images")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertRegex(done.out, rf"\nwarning: image {AGNHOST} was not pulled on win-0: it was not there after 1\.\ds\n")
        self.assert_nothing_in_the_cluster()

    def test_who_may_make_no_namespace_goes_on_without(self):
        done = self.run_images("newest", more=["--jobs", "2"], kubectl="read-only")
        self.assertEqual((0, ""), (done.status, done.err))
        self.assertRegex(done.out, r"\nwarning: cannot make the namespace 'op-readiness-\w+-images': .*"
                                   r"User \"someone\" may change nothing\n")
        self.assertNotIn("was not pulled", done.out)

    def test_quiet_runs_show_no_progress(self):
        done = self.run_images("newest", more=["--jobs", "2", "--output", "quiet"])
        self.assertEqual(0, done.status)
        self.assertEqual([], self.progress(done))
        self.assertTrue(self.pulled())

    def assert_stopped_by(self, *signals):
        """Each is sent while images are being pulled; the first counts."""
        arguments = self.run_arguments("newest", "older", file="images.yaml", more=["--jobs", "2", "--no-evidence"])
        with self.started(*arguments, environment={"FAKE_KUBECTL": "cold-images"}, stdout=subprocess.DEVNULL) as child:
            self.wait_for(lambda: len(self.pulled()) == 6, "the pods")
            for number in signals:
                child.send_signal(number)
            self.assertIn(child.wait(10), [128 + number for number in signals])
        self.assert_nothing_in_the_cluster()
        self.assert_whole_reports()
        self.assertEqual(["not_run", "not_run"], [case["outcome"] for case in self.report.summary()["cases"]])
        self.assertEqual(["run_started", "stop_requested", "run_finished"],
                         [event["event"] for event in self.report.events()])
        self.assert_nothing_left()

    def test_a_signal_ends_the_run_before_its_first_case(self):
        self.assert_stopped_by(signal.SIGINT)

    def test_further_signals_do_not_cut_short_what_removes_the_pods(self):
        self.assert_stopped_by(signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def test_who_asks_for_it_needs_a_windows_node(self):
        path = f"{self.directory}:{self.environment['PATH']}"
        self.script("kubectl", f"""\
            case "$*" in
              "get nodes "*) echo '{{"items": []}}' ;;
              *) exec {self.environment['PATH'].split(':')[0]}/kubectl "$@" ;;
            esac
            """)
        for more, status in ((["--jobs", "2"], 0), (["--prepull"], 3)):
            done = self.run_images("newest", more=[*more, "--overwrite"], environment={"PATH": path})
            self.assertEqual(status, done.status, done.err)
        self.assertEqual("opready: error: --prepull: no Windows node is ready and schedulable\n", done.err)
        self.assert_nothing_pulled()

    def test_who_asks_for_it_needs_to_know_the_nodes(self):
        self.environment["PATH"] = "/nowhere"
        for more, status in ((["--jobs", "2"], 0), (["--prepull"], 3)):
            done = self.run_images("newest", more=[*more, "--overwrite"])
            self.assertEqual(status, done.status, done.err)
        self.assertRegex(done.err, "opready: error: --prepull: the cluster's nodes are not known: cannot start 'kubectl'")

    def test_options_that_make_no_sense_are_refused(self):
        for more, text in ((["--prepull", "--no-prepull"], "--prepull excludes --no-prepull"),
                           (["--prepull-timeout", "0s"], "--prepull-timeout: '0s' is no duration")):
            with self.subTest(more):
                done = self.run_images("newest", more=more)
                self.assertEqual((2, ""), (done.status, done.out))
                self.assertIn(text, done.err)


if __name__ == "__main__":
    unittest.main()
