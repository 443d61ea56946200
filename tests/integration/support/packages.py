# SPDX-License-Identifier: Apache-2.0
"""Other people's Python packages, which scripts/test.sh installs into build/venv: tests ask them in a process of its
own, so that they run with any Python."""

import json
import os
import pathlib
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parents[3]
PYTHON = SOURCE / "build" / "venv" / "bin" / "python3"

# [document, ...] of a schema's path -> [faults, ...]; a document is JSON, or the path of a YAML file.
VALIDATE = """\
import json, pathlib, sys
import yaml
from jsonschema import Draft202012Validator

schema, documents = json.load(sys.stdin)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
read = [yaml.safe_load(pathlib.Path(item).read_text()) if isinstance(item, str) else item for item in documents]
print(json.dumps([[f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(item)] for item in read]))
"""

RENDER = """\
import sys
import cmarkgfm
from cmarkgfm.cmark import Options

sys.stdout.write(cmarkgfm.github_flavored_markdown_to_html(sys.stdin.read(), Options.CMARK_OPT_UNSAFE))
"""


def ask(program, text):
    if not os.access(PYTHON, os.X_OK):
        raise AssertionError("no Python packages in build/venv: scripts/test.sh installs them")
    done = subprocess.run([str(PYTHON), "-c", program], input=text, capture_output=True, encoding="utf-8", timeout=300,
                          check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    if done.returncode != 0:
        raise AssertionError(f"{PYTHON} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def schema(name):
    return json.loads((SOURCE / "docs" / name).read_text())


def strict(described):
    """The same schema, but nothing may stand there that it doesn't describe, keys as values."""
    if isinstance(described, list):
        return [strict(item) for item in described]
    if not isinstance(described, dict):
        return described
    closed = {key: strict(item) for key, item in described.items()}
    if described.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    if "examples" in described:
        closed["enum"] = described["examples"]
    return closed


def faults(described, documents):
    """What is wrong with each document: JSON data, or the path of a YAML file."""
    return json.loads(ask(VALIDATE, json.dumps([described, documents])))


def rendered(markdown):
    """As GitHub's own renderer makes HTML of it, but for what GitHub then makes of names and numbers, and with raw HTML
    let through."""
    return ask(RENDER, markdown)
