# SPDX-License-Identifier: Apache-2.0
"""Runs the real op-readiness in a private directory and reads what it leaves there."""

import contextlib
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import tempfile
import textwrap
import time
import unittest
import xml.etree.ElementTree as ElementTree

BINARY = os.environ["OPREADY_BINARY"]
# The same built for users, whose speed and memory count.
MEASURED_BINARY = os.environ["OPREADY_MEASURED_BINARY"]
FAKE_E2E = os.environ["OPREADY_FAKE_E2E"]
MEBIBYTE = 1024 * 1024
HERE = pathlib.Path(__file__).resolve().parent
FAKE_CASES = HERE.parent / "fake"

KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: dead
clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
contexts: [{name: dead, context: {cluster: nowhere, user: nobody}}]
users: [{name: nobody, user: {token: kubeconfigs-own-secret-token}}]
"""


class Report:
    """A report directory."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def text(self, name):
        return (self.path / name).read_text(encoding="utf-8")

    def summary(self):
        return json.loads(self.text("summary.json"))

    def case(self, case_id):
        return next(case for case in self.summary()["cases"] if case["id"] == case_id)

    def junit(self):
        return ElementTree.parse(self.path / "junit_op-readiness.xml").getroot()

    def rows(self, case_id):
        """The <testcase> elements of a case."""
        return [row for row in self.junit().iter("testcase") if row.get("classname").endswith("." + case_id)]

    def log(self, case_id):
        return (self.path / "cases" / case_id / "attempt-1" / "e2e.log").read_bytes()

    def events(self):
        return [json.loads(line) for line in self.text("events.jsonl").splitlines()]

    def add_passing_attempt(self, case_id):
        """Makes the run one whose case was tried again and passed; `report` then draws it so."""
        events = self.events()
        again = json.loads(json.dumps([event for event in events if event.get("id") == case_id
                                       and event["event"] in ("case_started", "case_finished")]))
        for event in again:
            event["attempt"] += 1
        result = again[-1]["result"]
        result |= {"outcome": "passed", "reason": "", "detail": ""}
        for spec in result["specs"]:
            spec |= {"status": "passed", "message": "", "failure": ""}
        lines = [json.dumps(event) for event in [*events[:-1], *again, events[-1]]]
        (self.path / "events.jsonl").write_text("\n".join(lines) + "\n")


class Finished:
    """What a finished op-readiness said. `out` and `err` are text; `raw` is standard output as it came."""

    def __init__(self, status, out, err):
        self.status = status
        self.raw = out
        self.out = out.decode("utf-8", "backslashreplace")
        self.err = err.decode("utf-8", "backslashreplace")


class OpreadyTest(unittest.TestCase):
    maxDiff = None
    binary = BINARY

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="opready-test-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.addCleanup(self.end_processes)
        for name in ("home", "cache", "tmp"):
            (self.directory / name).mkdir()
        self.kubeconfig = self.directory / "kubeconfig"
        self.kubeconfig.write_text(KUBECONFIG)
        self.report = Report(self.directory / "report")
        self.e2e = FAKE_E2E
        self.starts = self.directory / "starts"
        self.cluster = self.directory / "cluster"  # What support/kubectl shows.
        self.cluster.mkdir()
        for rows in ("namespaces", "pods", "events"):
            (self.cluster / rows).touch()
        self.environment = {
            "FAKE_KUBECTL_STATE": str(self.cluster),
            "PATH": f"{HERE}:{os.environ['PATH']}",
            "HOME": str(self.directory / "home"),
            "XDG_CACHE_HOME": str(self.directory / "cache"),
            "TMPDIR": str(self.directory / "tmp"),
            "FAKE_E2E_STARTS": str(self.starts),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
        }
        # What sanitizers and coverage need to be told.
        for name, value in os.environ.items():
            if name.startswith(("ASAN_", "UBSAN_", "LSAN_", "GCOV_")):
                self.environment[name] = value

    def script(self, name, text):
        """An executable shell script in this test's directory."""
        path = self.directory / name
        path.write_text("#!/bin/sh\n" + textwrap.dedent(text))
        path.chmod(0o755)
        return path

    def arguments(self, *cases, file="faults.yaml", more=()):
        """Those of a run of `cases` of a category file, all of them where none is named."""
        arguments = ["--test-directory", str(FAKE_CASES / file), "--e2e-binary", str(self.e2e),
                     "--kubeconfig", str(self.kubeconfig)]
        for case in cases:
            arguments += ["--case", case]
        return arguments + list(more)

    def run_arguments(self, *cases, file="faults.yaml", more=()):
        return ["run", "--report-dir", str(self.report.path), *self.arguments(*cases, file=file, more=more)]

    def opready(self, *arguments, environment=None, timeout=120):
        """Runs it to its end."""
        done = subprocess.run([self.binary, *map(str, arguments)], env={**self.environment, **(environment or {})},
                              cwd=self.directory, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
                              check=False)
        return Finished(done.returncode, done.stdout, done.stderr)

    def run_cases(self, *cases, file="faults.yaml", more=(), environment=None):
        return self.opready(*self.run_arguments(*cases, file=file, more=more), environment=environment)

    @contextlib.contextmanager
    def started(self, *arguments, stdout=subprocess.PIPE, environment=None, before=()):
        """A running op-readiness, killed at the end of the block if it's still there."""
        child = subprocess.Popen([*before, self.binary, *map(str, arguments)],
                                 env={**self.environment, **(environment or {})}, cwd=self.directory,
                                 stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.STDOUT)
        try:
            yield child
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()

    def on_terminal(self, *arguments, environment=None, rows=24, columns=100):
        """Runs it to its end with a pseudo-terminal as standard output; returns (exit status, what it drew)."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.directory)
            os.execve(self.binary, [self.binary, *map(str, arguments)], {**self.environment, **(environment or {})})
        drawn = bytearray()
        with contextlib.suppress(OSError):  # The kernel's word for "closed at the other end".
            while chunk := os.read(terminal, 65536):
                drawn += chunk
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), bytes(drawn)

    def peak_memory(self, case):
        """The most memory, in bytes, that a run of `case` has in use, its output going to a file."""
        self.binary = MEASURED_BINARY
        arguments = self.run_arguments(case, more=["--overwrite"])
        peak = 0
        with open(self.directory / "out", "wb") as out, self.started(*arguments, stdout=out) as run:
            while run.poll() is None:
                with contextlib.suppress(KeyError, OSError):  # Gone, or about to be.
                    peak = int(proc_status(run.pid)["VmHWM"].split()[0])
                time.sleep(0.005)
            self.assertEqual(0, run.wait())
        return peak * 1024

    def wait_for(self, condition, what, seconds=30):
        """Returns the first true value of `condition()`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if value := condition():
                return value
            time.sleep(0.01)
        self.fail(f"waited {seconds} s for {what}")
        return None

    def wait_for_log(self, case_id, text, count=1):
        def seen():
            with contextlib.suppress(FileNotFoundError):
                return self.report.log(case_id).count(text.encode()) >= count
            return False
        self.wait_for(seen, f"'{text}' in the log of {case_id}")

    def started_children(self):
        """The arguments of each start of the imitated e2e.test."""
        return self.starts.read_text().splitlines() if self.starts.exists() else []

    def assert_nothing_left(self):
        """Neither temporary files nor processes of a run outlive it."""
        self.assertEqual([], sorted(path.name for path in (self.directory / "tmp").iterdir()))
        self.assertEqual([], self.processes())

    def processes(self):
        """Those that were started in this test's environment and are still there."""
        mark = f"HOME={self.directory / 'home'}".encode()
        found = []
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found

    def end_processes(self):
        """Those that a test left, such as the children of a run that it killed."""
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait_for(lambda: not self.processes(), "the end of what was left")

    def assert_whole_reports(self):
        """Every report is there, parses, and tells the same story as the others."""
        summary = self.report.summary()
        suites = self.report.junit()
        rows = list(suites.iter("testcase"))
        self.assertEqual(int(suites.get("tests")), len(rows))
        self.assertEqual(int(suites.get("failures")), len(list(suites.iter("failure"))))
        self.assertIn("run_finished", [event["event"] for event in self.report.events()])
        counts = summary["verdict"]["counts"]
        self.assertEqual(counts["total"], len(summary["cases"]))
        self.assertEqual(counts["total"], sum(count for name, count in counts.items()
                                             if name not in ("total", "flaky")))
        self.assertIsInstance(json.loads(self.report.text("metadata.json")), dict)


def expect_golden(test, name, text):
    """Compares with tests/golden/<name>; UPDATE_GOLDEN=1 rewrites it."""
    path = HERE.parents[1] / "golden" / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    test.assertEqual(path.read_text(), text, f"not as in {path.relative_to(HERE.parents[2])}")


def proc_status(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def without_ansi(drawn):
    return re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", drawn).decode("utf-8", "replace")


