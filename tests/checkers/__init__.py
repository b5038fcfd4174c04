"""Checkers by others: package.json pins them, `make test` puts them into node_modules."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
NODE = Path(sys.prefix) / "bin" / "node"


def said(*command: str | Path, told: str = "") -> list[str]:
    """What a checker says, a line each: nothing when it has no objection. The words of a crash count too."""
    done = subprocess.run(command, input=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    lines = done.stdout.splitlines()
    assert done.returncode in ((0, 1) if lines else (0,)), f"{command[:3]} ended with {done.returncode}: {lines}"
    return lines
