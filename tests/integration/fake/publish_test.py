# SPDX-License-Identifier: Apache-2.0
"""`publish`: builds are whole or not there, whoever publishes at once and whoever is killed.

300 builds with OPREADY_SOAK=1, else 40. OPREADY_SEED repeats the moments of an earlier time."""

import fcntl
import json
import os
import random
import subprocess
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

from count_builds import counted
from history_page import HistoryPage
from opready import OpreadyTest

SOAK = os.environ.get("OPREADY_SOAK") == "1"
BUILDS = 300 if SOAK else 40
FIRST = 3  # Of those, that nobody kills.
JOB = "windows-nightly"
START = 1769847330
BUILD_FILES = {"artifacts", "build-log.txt", "finished.json", "started.json"}
REPORT_FILES = {"events.jsonl", "junit_op-readiness.xml", "metadata.json", "summary.json"}


def run_of(number, passed=True, finished=True):
    """The events of a run of one case on one node."""
    result = {"outcome": "passed" if passed else "failed", "reason": "" if passed else "its spec failed",
              "specs": [{"spec": {"name": "[sig-x] it works"}, "status": "passed" if passed else "failed",
                         "message": "", "failure": "" if passed else "win-0 said no to 10.0.0.1"}]}
    case = {"test": {"id": "dns", "category": "My.Checks", "description": "It works"},
            "specs": [{"name": "[sig-x] it works"}]}
    events = [{"event": "run_started", "version": 1, "time": "2026-01-31T08:15:30.123Z", "run_id": f"{number:016x}",
               "tool_version": "0.1.0", "categories": ["My.Checks"], "plan": {"cases": [case]},
               "process": {"host": "build-7"},
               "cluster": {"context": "staging", "server": "https://api.example.com:6443",
                           "nodes": [{"name": "win-0", "os": "windows", "build": "10.0.20348"}]}},
              {"event": "case_started", "time": "2026-01-31T08:15:31Z", "id": "dns", "attempt": 1},
              {"event": "case_finished", "time": "2026-01-31T08:15:35Z", "id": "dns", "attempt": 1, "duration": 4000,
               "result": result},
              {"event": "run_finished", "time": "2026-01-31T08:15:36Z", "duration": 6000}]
    return "".join(json.dumps(event) + "\n" for event in events[:4 if finished else 2])


class PublishTest(OpreadyTest):
    def setUp(self):
        super().setUp()
        self.root = self.directory / "root"
        self.job = self.root / JOB

    def make_run(self, number, **kind):
        """A report directory as a run leaves it that was ended before its reports were drawn."""
        run = self.directory / "runs" / str(number)
        logs = run / "cases" / "dns" / "attempt-1"
        logs.mkdir(parents=True)
        (run / "events.jsonl").write_text(run_of(number, **kind))
        (logs / "e2e.log").write_text(f"run {number} asks win-0 at 10.0.0.1 and [fe80::1]:53\n" * 100)
        return run

    def arguments(self, run, *more):
        return ["publish", run, "--to", self.root, "--job", JOB, *more]

    def publish(self, run, *more, environment=None):
        return self.opready(*self.arguments(run, *more), environment=environment)

    def builds(self):
        return sorted(int(path.name) for path in self.job.iterdir() if path.name.isdigit())

    def latest(self):
        return int((self.job / "latest-build.txt").read_text())

    def assert_whole(self, build):
        self.assertEqual(BUILD_FILES, {path.name for path in build.iterdir()}, build)
        artifacts = build / "artifacts"
        self.assertLessEqual(REPORT_FILES, {path.name for path in artifacts.iterdir()}, build)
        for path in (build / "started.json", build / "finished.json", artifacts / "summary.json"):
            self.assertIsInstance(json.loads(path.read_text()), dict)
        finished = json.loads((build / "finished.json").read_text())
        number = int(finished["metadata"]["run_id"], 16)
        source = self.directory / "runs" / str(number)
        for file in ("events.jsonl", "cases/dns/attempt-1/e2e.log"):
            self.assertEqual((source / file).read_text(), (artifacts / file).read_text(), build)
        self.assertIn("dns", (build / "build-log.txt").read_text())
        return number


class Publish(PublishTest):
    def test_a_run_lies_where_dashboards_look_for_it(self):
        done = self.publish(self.make_run(1))
        self.assertEqual((0, f"published: {self.job}/{START}\n", ""), (done.status, done.out, done.err))
        self.assertEqual(1, self.assert_whole(self.job / str(START)))
        self.assertEqual(str(START), (self.job / "latest-build.txt").read_text())
        started = json.loads((self.job / str(START) / "started.json").read_text())
        self.assertEqual({"timestamp": START, "node": "build-7"}, started)
        finished = json.loads((self.job / str(START) / "finished.json").read_text())
        self.assertEqual((START + 6, True, "SUCCESS"),
                         (finished["timestamp"], finished["passed"], finished["result"]))

    def test_a_run_is_published_once(self):
        run = self.make_run(1)
        self.publish(run)
        done = self.publish(run)
        self.assertEqual((0, f"already there: {self.job}/{START}\n", ""), (done.status, done.out, done.err))
        self.assertEqual([START], self.builds())

    def test_numbers_rise_and_one_that_is_taken_is_refused(self):
        for number in (1, 2):
            self.publish(self.make_run(number, passed=number == 1))
        self.assertEqual([START, START + 1], self.builds())
        done = self.publish(self.make_run(3), "--build", START)
        self.assertEqual((3, f"opready: error: build {START} of job '{JOB}' is there already, and of another run: "
                             "name another --build\n"), (done.status, done.err))
        self.publish(self.directory / "runs" / "3", environment={"BUILD_ID": "17"})
        self.assertEqual(([17, START, START + 1], START + 1), (self.builds(), self.latest()))

    def test_a_killed_run_is_aborted_and_one_under_way_is_refused(self):
        run = self.make_run(1, finished=False)
        with open(run / "events.jsonl", "ab") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            done = self.publish(run)
        self.assertEqual((3, f"opready: error: a run is under way in '{run}': wait for its end or stop it\n"),
                         (done.status, done.err))
        self.assertFalse(self.root.exists())
        self.assertEqual(0, self.publish(run).status)
        finished = json.loads((self.job / str(START) / "finished.json").read_text())
        self.assertEqual((START + 1, False, "ABORTED"),
                         (finished["timestamp"], finished["passed"], finished["result"]))

    def test_links_are_left_out(self):
        run = self.make_run(1)
        (run / "cases" / "home").symlink_to(self.directory / "home")
        done = self.publish(run)
        self.assertEqual((0, f"opready: warning: '{run}/cases/home' is left out: it's no file\n"),
                         (done.status, done.err))
        self.assertEqual(["dns"], os.listdir(self.job / str(START) / "artifacts" / "cases"))

    def test_prows_variables_say_which_pull_request(self):
        prow = {"JOB_TYPE": "presubmit", "JOB_NAME": "pull-windows", "BUILD_ID": "2017000000000000000",
                "REPO_OWNER": "k", "REPO_NAME": "r", "PULL_NUMBER": "12", "PULL_REFS": "main:aaa,12:bbb",
                "PULL_PULL_SHA": "bbb"}
        done = self.opready("publish", self.make_run(1), "--to", self.root, environment=prow)
        build = self.root / "pr-logs/pull/k_r/12/pull-windows/2017000000000000000"
        self.assertEqual((0, f"published: {build}\n", ""), (done.status, done.out, done.err))
        self.assert_whole(build)
        self.assertEqual({"timestamp": START, "node": "build-7", "pull": "12", "repos": {"k/r": "main:aaa,12:bbb"},
                          "repo-commit": "bbb"}, json.loads((build / "started.json").read_text()))
        directory = self.root / "pr-logs/directory/pull-windows"
        self.assertEqual(str(build), (directory / f"{build.name}.txt").read_text())
        self.assertEqual(build.name, (directory / "latest-build.txt").read_text())
        self.assertEqual(build.name, (build.parent / "latest-build.txt").read_text())

    def test_hosts_are_masked_everywhere(self):
        run = self.make_run(1, passed=False)
        (run / "nodes").mkdir()
        (run / "nodes" / "win-0.log").write_text("from win-0")
        self.assertEqual(0, self.opready("report", run, "--junit", "per-case", "--junit-attempts", "last").status // 2)
        done = self.publish(run, "--redact-hosts")
        self.assertEqual((0, ""), (done.status, done.err))
        artifacts = self.job / str(START) / "artifacts"
        self.assertEqual({path.name for path in run.iterdir()}, {path.name for path in artifacts.iterdir()})
        for path in (self.job / str(START)).rglob("*"):
            for name in ("win-0", "api.example.com", "build-7", "10.0.0.1", "fe80"):
                self.assertNotIn(name, path.name)
                self.assertNotIn(name, path.read_text() if path.is_file() else "", path)
        log = (artifacts / "cases" / "dns" / "attempt-1" / "e2e.log").read_text()
        self.assertEqual("run 1 asks node-1 at address-1 and [address-2]:53\n" * 100, log)
        self.assertIn("node-1 said no to address-", (artifacts / "junit_op-readiness.xml").read_text())

    def test_what_has_no_text_to_be_masked_is_left_out(self):
        run = self.make_run(1)
        (run / "more.tgz").write_bytes(b"\x1f\x8b\0win-0")
        done = self.publish(run, "--redact-hosts")
        self.assertEqual((0, f"opready: warning: '{run}/more.tgz' is left out: it's no text, in which names could be "
                             "masked\n"), (done.status, done.err))
        self.assertFalse((self.job / str(START) / "artifacts" / "more.tgz").exists())

    def test_a_build_that_is_not_as_asked_for_is_no_success(self):
        run = self.make_run(1)
        self.publish(run)
        done = self.publish(run, "--redact-hosts")
        self.assertEqual((3, "", f"opready: error: the run is there already with its hosts' names, as build {START} of "
                                 f"job '{JOB}': remove '{self.job}/{START}' first\n"), (done.status, done.out, done.err))
        done = self.publish(run, "--build", "5")
        self.assertEqual((3, "", f"opready: error: the run is there already, as build {START} of job '{JOB}', not as "
                                 "5\n"), (done.status, done.out, done.err))
        masked = self.make_run(2)
        self.publish(masked, "--redact-hosts", "--build", "6")
        self.assertEqual(f"already there: {self.job}/6\n", self.publish(masked, "--redact-hosts").out)

    def test_bad_usage_is_named(self):
        run = self.make_run(1)
        for arguments, why in (
                ((run, "--to", self.root), "which job is this? name it with --job, or in $JOB_NAME as Prow does"),
                ((run, "--to", self.root, "--job", JOB, "--build", "x"),
                 "--build is 'x', but dashboards need a number of at most 19 digits"),
                ((run, "--to", "", "--job", JOB), "--to is empty: name a directory, or a place in a store"),
                ((run, "--to", "gs://bucket", "--job", JOB),
                 "'gs://bucket' is no directory: say what copies there, as in --upload-command 'gsutil -m cp -r {src} "
                 "{dst}'"),
                ((run, "--to", "gs://bucket", "--job", JOB, "--upload-command", "cp {src}"),
                 "--upload-command: it lacks {dst}: it must say what is copied and where, as in 'gsutil -m cp -r {src} "
                 "{dst}'")):
            done = self.opready("publish", *arguments)
            self.assertEqual((2, f"opready: error: {why}\n"), (done.status, done.err))
        done = self.publish(self.directory / "home")
        self.assertEqual((3, f"opready: error: '{self.directory}/home' holds no run\n"), (done.status, done.err))


class Store(PublishTest):
    """A store is a directory here, and its client a script."""

    def setUp(self):
        super().setUp()
        self.store = self.directory / "store"
        self.client = self.script("client", """\
            echo "copying to $2"
            case "$2" in *$FAIL_AT) echo "HTTP 503" >&2; exit 1 ;; esac
            target="$STORE/${2#gs://bucket/}"
            mkdir -p "$(dirname "$target")" && cp -r "$1" "$target" && echo "${2#gs://bucket/logs/}" >> "$STORE/copies"
            """)

    def upload(self, run, fail_at="nothing"):
        return self.opready("publish", run, "--to", "gs://bucket/logs", "--job", JOB, "--upload-command",
                            f"'{self.client}' {{src}} {{dst}}",
                            environment={"STORE": str(self.store), "FAIL_AT": fail_at, "BUILD_ID": "17"})

    def test_the_build_comes_first_and_its_name_last(self):
        done = self.upload(self.make_run(1))
        copies = (self.store / "copies").read_text().splitlines()
        build = self.store / "logs" / copies[0]
        self.assertEqual((0, f"published: gs://bucket/logs/{copies[0]}\n", ""), (done.status, done.out, done.err))
        self.assertEqual([f"{JOB}/{build.name}", f"{JOB}/latest-build.txt"], copies)
        self.assert_whole(build)
        self.assertTrue(all(path.stat().st_mode & 0o444 == 0o444 for path in build.rglob("*")))
        self.assertEqual(build.name, (build.parent / "latest-build.txt").read_text())
        self.assertAlmostEqual(time.time(), int(build.name) / 1e6, delta=300)
        self.assert_nothing_left()

    def test_a_failure_in_the_middle_leaves_the_latest_build_as_it_was(self):
        self.upload(self.make_run(1))
        latest = self.store / "logs" / JOB / "latest-build.txt"
        before = latest.read_text()
        run = self.make_run(2)
        done = self.upload(run, fail_at="[0-9]")
        self.assertEqual(3, done.status)
        self.assertRegex(done.err, r"^opready: error: `\S+/client \S+/(\d+) gs://bucket/logs/windows-nightly/\1` failed: "
                                   r"exit status 1\n  copying to \S+\n  HTTP 503\n"
                                   r"  build \1 may be there in part; latest-build.txt is as it was\n$")
        self.assertEqual(before, latest.read_text())
        self.assertEqual(0, self.upload(run).status)
        self.assertGreater(int(latest.read_text()), int(before))
        self.assertEqual(2, self.assert_whole(latest.parent / latest.read_text()))
        self.assert_nothing_left()


class KilledPublishers(PublishTest):
    """Two at a time, each killed at a random moment and started again, while a reader looks on."""

    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("OPREADY_SEED", time.time_ns() % 1000000))
        print(f"OPREADY_SEED={seed}")
        self.random = random.Random(seed)
        self.kills = 0

    def undisturbed_seconds(self):
        """The shortest time of a few: the first reads the program from the disk."""
        times = []
        for number in range(FIRST):
            run = self.make_run(number)
            began = time.monotonic()
            self.publish(run)
            times.append(time.monotonic() - began)
        return min(times)

    def publish_killed_first(self, number, delay):
        run = self.make_run(number, passed=number % 7 != 0, finished=number % 11 != 0)
        with self.started(*self.arguments(run), stdout=subprocess.DEVNULL) as child:
            try:
                child.wait(delay)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                self.kills += 1
        done = self.publish(run)
        self.assertEqual(0, done.status, done.err)

    def look_on(self, end):
        """What a reader finds at any moment; returns the latest builds in the order in which they were named."""
        seen = [0]
        while not end.is_set():
            latest = self.latest()
            self.assert_whole(self.job / str(latest))
            if latest != seen[-1]:
                seen.append(latest)
            for build in self.builds()[-2:]:
                self.assert_whole(self.job / str(build))
        return seen

    def test_every_build_is_whole_and_the_latest_is_there(self):
        seconds = self.undisturbed_seconds()
        delays = [self.random.uniform(0, 1.2 * seconds) for _ in range(FIRST, BUILDS)]
        end = threading.Event()
        with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(2) as publishers:
            seen = reader.submit(self.look_on, end)
            try:
                list(publishers.map(self.publish_killed_first, range(FIRST, BUILDS), delays))
            finally:
                end.set()
            latest = seen.result()
        self.assertEqual(sorted(set(latest)), latest, "the latest build went back")
        self.assertGreater(self.kills, BUILDS // 4)
        builds = self.builds()
        self.assertEqual(set(range(BUILDS)), {self.assert_whole(self.job / str(build)) for build in builds})
        self.assertEqual((BUILDS, builds[-1]), (len(builds), self.latest()))
        self.assertEqual({*map(str, builds), "latest-build.txt", ".publishing.lock"}, set(os.listdir(self.job)))
        page = self.directory / "grid.html"
        shown = self.opready("history", self.job.parent, "--html", page)
        self.assertEqual((0, ""), (shown.status, shown.err))
        grid = HistoryPage(page.read_text()).grid()
        self.assertEqual(counted(self.job), grid)
        self.assertEqual({BUILDS}, {len(cells) for cells, *_ in grid.values()})


if __name__ == "__main__":
    unittest.main()
