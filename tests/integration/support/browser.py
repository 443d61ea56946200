# SPDX-License-Identifier: Apache-2.0
"""Opens a report.html in real Chromium. Screenshots are left in the build directory, below `screenshots`."""

import json
import os
import pathlib
import shutil
import subprocess

from opready import BINARY

SOURCE = pathlib.Path(__file__).resolve().parents[3]
MODULES = SOURCE / "build" / "browser" / "node_modules"
SHOTS = pathlib.Path(BINARY).parent / "screenshots"


def visit(test, name, query, look=False):
    """What a reader of `test`'s report finds who searches for `query` (tests/readers/browser/visit.js). Fails where the
    page does anything that it shouldn't. With `look` it's seen in every form, and axe finds no serious fault in it."""
    chromium = shutil.which("chromium")
    if not chromium or not shutil.which("node") or not MODULES.is_dir():
        test.fail("no Chromium, node, or build/browser: scripts/test.sh installs what drives the browser")
    done = subprocess.run(
        ["node", SOURCE / "tests" / "readers" / "browser" / "visit.js", test.report.path / "report.html", SHOTS / name,
         query, *(["look"] if look else [])],
        env={**os.environ, "OPREADY_CHROMIUM": chromium, "OPREADY_BROWSER_MODULES": str(MODULES)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240, check=False)
    test.assertEqual(0, done.returncode, done.stderr[-4000:])
    page = json.loads(done.stdout)
    test.assertEqual(([], []), (page["faults"], page["requests"]))
    if look:
        test.assertEqual({"light": [], "dark": [], "narrow": []}, page["axe"])
        for form in ("light", "dark", "narrow"):
            test.assertEqual(0, page[f"overflow_{form}"], f"the page is wider than the window: {SHOTS / name}")
    return page
