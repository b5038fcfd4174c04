"""What one process costs, and the peer that builds are measured beside."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PEER = """site_name: Report
site_url: https://example.org/report/
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, language: zh}}
plugins:
  - search
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      languages:
        - {{locale: zh, name: Chinese, build: true, default: true}}
        - {{locale: en, name: English, build: true}}
markdown_extensions: [attr_list, tables, report_site.site.blocks]
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process: CPU seconds, which are steadier than the clock's on a shared machine, and the peak in MiB."""

    seconds: float
    memory: float


def cost(command: list[str], may_end: tuple[int, ...] = (0,), kept: Path | None = None) -> Cost:
    """`may_end`: exit statuses of a run that did its work; 1 where it found something to say.

    `kept`: where results of earlier runs are; without it nothing is there yet. The code measured is that beside this
    file, whichever is installed, compiled as installed packages are.
    """
    with tempfile.TemporaryDirectory(prefix="report-site-bench-") as fresh:
        return _cost(command, may_end, kept or Path(fresh))


def _cost(command: list[str], may_end: tuple[int, ...], kept: Path) -> Cost:
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            "NO_MKDOCS_2_WARNING": "1",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "scripts"),
            "REPORT_SITE_CACHE": str(kept),
        },
        cwd=ROOT,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in may_end:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
