"""Build time and page weight beside plain Material on the same pages, in one run; prints ratios, judges nothing.

usage: .venv/bin/python benchmarks/compare.py [RUNS]
The peer is mkdocs-material as it comes, with its search, over the same docs folder; whole processes, run in turn.
"""

from __future__ import annotations

import gzip
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE_PAGE = "digital-trust"
ASSET = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:src|href)="([^"]+)"')
PEER = """site_name: Report
site_url: https://example.org/report/
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, language: zh, font: false}}
plugins:
  - search
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      languages:
        - {{locale: zh, name: Chinese, build: true, default: true}}
        - {{locale: en, name: English, build: true}}
markdown_extensions: [attr_list, tables, report_site.blocks]
"""


def main(runs: int) -> None:
    work = Path(tempfile.mkdtemp(prefix="report-site-benchmark-"))
    try:
        shutil.copytree(ROOT / "docs", work / "docs")
        (work / "peer.yml").write_text(PEER.format(docs=work / "docs", site=work / "peer"), "utf-8")
        ours = [
            str(ROOT / ".venv/bin/report-site"),
            "build",
            "--report",
            str(ROOT / "report"),
            "--site",
            str(work / "ours"),
        ]
        peer = [str(ROOT / ".venv/bin/mkdocs"), "build", "--quiet", "--config-file", str(work / "peer.yml")]
        times: dict[str, list[float]] = {"ours": [], "peer": []}
        for _ in range(runs):
            times["peer"].append(timed(peer))
            times["ours"].append(timed(ours))
        report("build, CPU s (median)", statistics.median(times["ours"]), statistics.median(times["peer"]))
        ours_page, peer_page = first_load(work / "ours"), first_load(work / "peer")
        report(f"first load of {TABLE_PAGE}, kB gzip", ours_page[0] / 1000, peer_page[0] / 1000)
        report("  of which scripts", ours_page[1] / 1000, peer_page[1] / 1000)
        report("requests", float(ours_page[2]), float(peer_page[2]))
    finally:
        shutil.rmtree(work)


def timed(command: list[str]) -> float:
    """CPU seconds of one run: steadier than the wall clock on a shared machine."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={"NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"  {Path(command[0]).name}: {time.perf_counter() - start:.1f} s wall", file=sys.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first_load(site: Path) -> tuple[int, int, int]:
    """Bytes gzipped of a page with what its HTML names, of the scripts among them, and the number of requests."""
    page = site / TABLE_PAGE / "index.html"
    html = page.read_text("utf-8")
    assets = {(page.parent / name.split("?")[0]).resolve() for name in ASSET.findall(html) if "//" not in name}
    files = [file for file in assets if file.is_file()]
    sizes = {file: len(gzip.compress(file.read_bytes())) for file in files}
    scripts = sum(size for file, size in sizes.items() if file.suffix == ".js")
    return len(gzip.compress(html.encode())) + sum(sizes.values()), scripts, 1 + len(files)


def report(what: str, ours: float, peer: float) -> None:
    print(f"{what}: {ours:.1f} against {peer:.1f} (ratio {ours / peer:.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
