"""Seconds a report of `report-site archive`, on one worker and on two: fifty invented reports, one of them broken.

python benchmarks/archive.py [REPORTS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report_site.commands.editor.scaffold import start_folder
from report_site.publish.writing import write_folder

ROOT = Path(__file__).resolve().parent.parent
WORKERS = (1, 2)
THEMES = ("Water", "Energy", "Safety", "Training", "Suppliers", "Waste", "Neighbours", "Governance")


def invented(number: int) -> str:
    """A report of eight chapters, each with sections, sentences and a table: about 450 lines."""
    lines = [f"# Company {number} Sustainability Report {2000 + number % 25}", "", f"Company {number} plc", ""]
    for at, theme in enumerate(THEMES):
        lines += [f"## {theme}", ""]
        for part in range(6):
            lines += [f"### {theme} at site {part + 1}", ""]
            for sentence in range(3):
                value = number * 97 + at * 31 + part * 7 + sentence
                said = f"Site {part + 1} counted {value} visits on {theme.lower()} and closed {value // 2} of them."
                lines += [said, ""]
        lines += ["| Measure | Unit | Last year | This year |", "| --- | --- | --- | --- |"]
        lines += [f"| {theme} measure {row} | t | {row * 11 + number} | {row * 13 + number} |" for row in range(1, 6)]
        lines += [""]
    return "\n".join(lines) + "\n"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for number in range(1, count + 1):
            source = place / "source.md"
            source.write_text(invented(number), "utf-8")
            write_folder(start_folder(source).files, place / f"company-{number}")
        (place / "company-1" / "report.yml").write_text("titel: broken\n", "utf-8")
        folders = [str(place / f"company-{number}") for number in range(1, count + 1)]
        for workers in WORKERS:
            site = place / f"site-{workers}"
            command = [sys.executable, "-m", "report_site", "archive", *folders, "--site", str(site)]
            environment = {
                **os.environ,
                "REPORT_SITE_CACHE": str(place / f"kept-{workers}"),
            }  # Nothing of the run before.
            begin, load = time.monotonic(), os.getloadavg()[0]
            done = subprocess.run(
                [*command, "--workers", str(workers)], cwd=place, env=environment, capture_output=True, text=True
            )
            seconds = time.monotonic() - begin
            built = sum(1 for folder in folders if (site / Path(folder).name).is_dir())
            print(
                f"{workers} worker(s): {built} of {count} built, {seconds:.1f} s, {seconds / count:.2f} s a report; "
                f"exit status {done.returncode}; load {load:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
            )


if __name__ == "__main__":
    main()
