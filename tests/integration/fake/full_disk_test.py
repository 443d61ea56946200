# SPDX-License-Identifier: Apache-2.0
"""A report directory that others write to, that is removed, turns read-only or fills up: what was done is kept, and the
error says how to go on. docs/faults.md names these tests."""

import os
import signal
import subprocess
import unittest

from opready import BINARY, FAKE_E2E, Finished, OpreadyTest

CANNOT_RUN = 3
NO_SPACE = "no space left on device"
READ_ONLY = "read-only file system"


def can_mount():
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        return False


class OneRunADirectory(OpreadyTest):
    def test_a_second_run_is_refused_while_the_first_is_under_way(self):
        refusal = (CANNOT_RUN, "", f"opready: error: a run is under way in '{self.report.path}'\n")
        with self.started(*self.run_arguments("interrupted"), stdout=subprocess.DEVNULL) as first:
            self.wait_for_log("interrupted", "STEP: ")
            for more in ((), ("--overwrite",)):
                second = self.run_cases("passes", more=more)
                self.assertEqual(refusal, (second.status, second.out, second.err))
            first.send_signal(signal.SIGINT)
            self.assertEqual(128 + signal.SIGINT, first.wait(60))
        self.assert_whole_reports()
        self.assertEqual(["interrupted"], [case["id"] for case in self.report.summary()["cases"]])

    def test_of_many_that_begin_at_once_one_runs(self):
        arguments = self.run_arguments("passes")
        children = [subprocess.Popen([BINARY, *arguments], env=self.environment, cwd=self.directory,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                    for _ in range(6)]
        errors = [child.communicate(timeout=120)[1] for child in children]
        self.assertEqual([0] + 5 * [CANNOT_RUN], sorted(child.returncode for child in children), errors)
        self.assert_whole_reports()

    def test_a_directory_that_is_removed_ends_the_run(self):
        remove = f'case "$*" in *report-dir*) rm -rf {self.report.path} ;; esac\n'
        self.e2e = self.script("e2e.test", f'{remove}exec {FAKE_E2E} "$@"\n')
        done = self.run_cases("passes", "passes-in-part", more=["--jobs", "1"])
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertEqual(f"opready: error: cannot write '{self.report.path}/events.jsonl': no such file or directory\n",
                         done.err)
        self.assertIn("PASSED passes ", done.out)
        self.assertNotIn("PASSED passes-in-part ", done.out)


@unittest.skipUnless(can_mount(), "takes the right to mount a file system in a namespace of its own")
class OwnDiskTest(OpreadyTest):
    def setUp(self):
        super().setUp()
        self.report.path.mkdir()
        self.copy = self.directory / "copy"

    def on_small_disk(self, size, *arguments, then="true"):
        """Runs it with a disk of that size as its report directory, and `then`, a line of shell, with the same disk.
        What is there in the end is to be found in `self.copy`."""
        script = (f'mount -t tmpfs -o size={size} tmpfs {self.report.path} || exit 99\n'
                  f'"$@"; status=$?; {then}; rm -rf {self.copy}; cp -r {self.report.path} {self.copy}; exit $status')
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", BINARY, *map(str, arguments)],
                              env=self.environment, cwd=self.directory, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=120, check=False)
        self.report.path = self.copy
        return Finished(done.returncode, done.stdout, done.stderr)


class FullDisk(OwnDiskTest):
    def test_that_is_full_at_the_start_lets_no_case_start(self):
        where = self.report.path
        done = self.on_small_disk("512k", *self.run_arguments("passes"))
        self.assertEqual((CANNOT_RUN, "", f"opready: error: cannot write '{where}/events.jsonl': {NO_SPACE}\n"),
                         (done.status, done.out, done.err))
        self.assertEqual([], [start for start in self.started_children() if "report-dir" in start])

    def test_that_logs_fill_ends_the_run_with_all_results(self):
        where = self.report.path
        done = self.on_small_disk("4m", *self.run_arguments("passes", "log-64m", "descriptors", more=["--jobs", "1",
                                                                                              "--output", "failures"]))
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertEqual(f"opready: error: cannot write '{where}/cases/log-64m/attempt-1/e2e.log': {NO_SPACE}\n"
                         f"  mend that and go on with `op-readiness --resume {where}`\n", done.err)
        outcomes = {event["id"]: event["result"]["outcome"] for event in self.report.events()
                    if event["event"] == "case_finished"}
        self.assertEqual("passed", outcomes["passes"])
        self.assertNotIn("descriptors", outcomes)
        self.assertIn("run_finished", [event["event"] for event in self.report.events()])
        self.assertIn(f"report: {where}", done.out)

    def test_that_is_mended_lets_the_run_go_on(self):
        where = self.report.path
        arguments = self.run_arguments("passes", "log-64m", "descriptors", more=["--jobs", "1", "--output", "quiet"])
        mend = f"mount -o remount,size=200m {where}; {BINARY} --resume {where} > {self.directory}/again; echo $? >> {self.directory}/again"
        self.assertEqual(CANNOT_RUN, self.on_small_disk("4m", *arguments, then=mend).status)
        self.assertEqual("0", (self.directory / "again").read_text().splitlines()[-1])
        self.assert_whole_reports()
        self.assertEqual(["passed"] * 3, [case["outcome"] for case in self.report.summary()["cases"]])
        starts = [start for start in self.started_children() if "--report-prefix passes " in start]
        self.assertEqual(1, len(starts))

    def test_that_fills_at_the_end_keeps_the_run(self):
        where = self.report.path
        log = f"{where}/cases/passes/attempt-1/e2e.log"
        self.e2e = self.script("e2e.test", f'''{FAKE_E2E} "$@"
status=$?
case "$*" in
    *report-dir*)
        echo all is said
        until grep -q 'all is said' {log}; do sleep 0.05; done  # Or the log would need the room.
        dd if=/dev/zero of={where}/ballast bs=4k 2>/dev/null
        truncate -s -4096 {where}/ballast ;;
esac
exit $status
''')
        again = f'rm {where}/ballast; {BINARY} report {where} > {self.directory}/again'
        done = self.on_small_disk("4m", *self.run_arguments("passes"), then=again)
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertEqual(f"opready: error: cannot write '{where}/junit_op-readiness.xml': {NO_SPACE}\n"
                         f"  the run itself is kept: when that is mended, `op-readiness report {where}` writes its "
                         "reports\n", done.err)
        self.assertIn("PASSED passes ", done.out)
        self.assert_whole_reports()
        self.assertTrue(done.out.endswith((self.directory / "again").read_text()))


class ReadOnlyDisk(OwnDiskTest):
    """A disk turns read-only under open files only where it breaks, so these tests turn what is opened next."""

    def test_that_is_so_at_the_start_lets_no_case_start(self):
        where = self.report.path
        done = self.on_small_disk("512k,ro", *self.run_arguments("passes"))
        self.assertEqual((CANNOT_RUN, "", f"opready: error: cannot write to directory '{where}': {READ_ONLY}\n"),
                         (done.status, done.out, done.err))
        self.assertEqual([], [start for start in self.started_children() if "report-dir" in start])

    def test_that_turns_so_in_the_middle_ends_the_run_and_lets_it_go_on(self):
        where, again = self.report.path, self.directory / "again"
        turn = f'mount --bind {where}/cases {where}/cases; mount -o remount,bind,ro {where}/cases'
        self.e2e = self.script("e2e.test", f'case "$*" in *"prefix passes "*) [ -e {again} ] || {{ {turn}; }} ;; esac\n'
                                           f'exec {FAKE_E2E} "$@"\n')
        mend = f"umount {where}/cases; {BINARY} --resume {where} > {again}; echo $? >> {again}"
        done = self.on_small_disk("4m", *self.run_arguments("passes", "descriptors", more=["--jobs", "1"]), then=mend)
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertEqual(f"opready: error: cannot create directory '{where}/cases/descriptors': {READ_ONLY}\n"
                         f"  mend that and go on with `op-readiness --resume {where}`\n", done.err)
        self.assertIn("PASSED passes ", done.out)
        self.assertEqual("0", again.read_text().splitlines()[-1])
        self.assert_whole_reports()
        self.assertEqual(["passed"] * 2, [case["outcome"] for case in self.report.summary()["cases"]])
        starts = [start for start in self.started_children() if "--report-prefix passes " in start]
        self.assertEqual(1, len(starts))


class NotOurs(OpreadyTest):
    """A directory in which nobody may make files any more."""

    def run_as_anybody(self, *cases):
        """Without root's right to write everywhere."""
        before = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
        done = subprocess.run([*before, BINARY, *self.run_arguments(*cases, more=["--jobs", "1"])],
                              env=self.environment, cwd=self.directory, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=120, check=False)
        self.report.path.chmod(0o700)
        return Finished(done.returncode, done.stdout, done.stderr)

    def test_since_the_end_keeps_the_run(self):
        where = self.report.path
        self.e2e = self.script("e2e.test", f'case "$*" in *report-dir*) chmod 500 {where} ;; esac\n'
                                           f'exec {FAKE_E2E} "$@"\n')
        done = self.run_as_anybody("passes")
        self.assertEqual(CANNOT_RUN, done.status)
        self.assertEqual(f"opready: error: cannot create '{where}/junit_op-readiness.xml': permission denied\n"
                         f"  the run itself is kept: when that is mended, `op-readiness report {where}` writes its "
                         "reports\n", done.err)
        self.assertIn("PASSED passes ", done.out)
        self.assertTrue(done.out.endswith(self.opready("report", where).out))
        self.assert_whole_reports()


if __name__ == "__main__":
    unittest.main()
