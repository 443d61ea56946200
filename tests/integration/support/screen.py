# SPDX-License-Identifier: Apache-2.0
"""Runs the real op-readiness on a pseudo-terminal, and shows what a terminal makes of what it draws."""

import contextlib
import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import sys
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path += map(str, (ROOT / "build" / "venv" / "lib").glob("python3*/site-packages"))
try:
    import pyte
except ImportError:
    sys.exit("no pyte in build/venv, which install_test_readers of scripts/setup.sh puts there")


class Terminal:
    """A program and the terminal that it runs on. What scrolls off its top stays in `above`."""

    def __init__(self, command, *, environment, directory, columns=80, rows=24):
        self.drawn = bytearray()
        self.status = None
        self.set_screen(columns, rows)
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            set_size(0, columns, rows)
            os.chdir(directory)
            os.execvpe(command[0], list(map(str, command)), environment)

    def set_screen(self, columns, rows):
        self.screen = pyte.HistoryScreen(columns, rows, history=10000)
        self.stream = pyte.ByteStream(self.screen)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)

    def rows(self):
        """What the screen shows, without empty rows at its end."""
        return "\n".join(row.rstrip() for row in self.screen.display).rstrip().split("\n")

    def above(self):
        return ["".join(row[column].data for column in range(self.screen.columns)).rstrip()
                for row in self.screen.history.top]

    def text(self):
        return "\n".join(self.rows())

    def read(self, seconds):
        """Takes what comes within this time; False at the program's end."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        with contextlib.suppress(OSError):  # The kernel's word for "closed at the other end".
            if chunk := os.read(self.master, 65536):
                self.drawn += chunk
                self.stream.feed(chunk)
                return True
        return False

    def wait_for(self, condition, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition(self.text()):
            if time.monotonic() > deadline or not self.read(0.1):
                raise AssertionError(f"no {what} on the screen:\n{self.text()}")

    def wait(self):
        """Returns the exit status."""
        while self.read(60):
            pass
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def press(self, key):
        os.write(self.master, key)

    def echoes(self):
        """Whether it draws what is typed."""
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def resize(self, columns, rows=None, *, wrap):
        """As a user does who drags the window. Terminals differ in what becomes of rows that are wider then: some cut
        them off, others wrap them; with `wrap` this one does that."""
        rows = rows or self.screen.lines
        if wrap:
            self.wrap(columns, rows)
        else:
            self.screen.resize(rows, columns)
        set_size(self.master, columns, rows)

    def wrap(self, columns, rows):
        """Each row begins a new one; the cursor stays at its place in the text."""
        old = self.rows()
        at_row, at_column = self.screen.cursor.y, self.screen.cursor.x
        old += [""] * (at_row + 1 - len(old))
        pieces = [[row[start:start + columns] for start in range(0, max(len(row), 1), columns)] for row in old]
        self.set_screen(columns, rows)
        self.stream.feed("\r\n".join(piece for row in pieces for piece in row).encode())
        after = sum(map(len, pieces[at_row:])) - at_column // columns
        self.stream.feed(f"\r\x1b[{after - 1}A".encode() if after > 1 else b"\r")
        if at_column % columns:
            self.stream.feed(f"\x1b[{at_column % columns}C".encode())


def set_size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
