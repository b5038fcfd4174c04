"""Time, memory and weight beside plain Material on the same pages, in one run; prints ratios, judges nothing.

usage: .venv/bin/python benchmarks/compare.py [RUNS]
The peer is mkdocs-material as it comes, with its search, over the same docs folder. Whole processes, run in turn. Our
`build` also converts the extraction, proves each page, draws the preview cards and indexes the text; unless told to
make no copies, it makes PDF, EPUB and offline edition. Markdown to HTML alone is what the peer does. Largest
contentful paint: Lighthouse's simulated phone, both sites behind the same server, packed with gzip, in turn. Only that
server can be reached, so the peer doesn't wait for its web fonts.
"""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from measure import BIN, PEER, ROOT, Cost, cost

sys.path.insert(0, str(ROOT / "tests"))

from checkers import lighthouse

Visit = dict[str, Any]
HTML_ALONE = (
    "import sys, pathlib; from report_site.site.build import build_html; docs, work = map(pathlib.Path, sys.argv[1:]); "
    "files = {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob('*') if path.is_file()}; "
    "build_html(files, work, {})"
)

VISITED: dict[str, Callable[[Visit], float]] = {
    "first load, kB packed": lambda visit: weight(visit) / 1000,
    "  of which scripts": lambda visit: weight(visit, "Script") / 1000,
    "requests": lambda visit: len(visit["fetched"]),
    "largest contentful paint, ms": lambda visit: visit["largestPaint"],
}


def main(runs: int) -> None:
    work = Path(tempfile.mkdtemp(prefix="report-site-benchmark-"))
    try:
        shutil.copytree(ROOT / "docs", work / "docs")
        (work / "peer.yml").write_text(PEER.format(docs=work / "docs", site=work / "peer"), "utf-8")
        compare_builds(work, runs)
        page = page_with_most_tables(work / "ours")
        print(f"page: {page}/")
        compare_visits(work, page, runs)
    finally:
        shutil.rmtree(work)


def compare_builds(work: Path, runs: int) -> None:
    build = [BIN / "report-site", "build", "--report", ROOT / "report", "--site", work / "ours"]
    html = [BIN / "python", "-c", HTML_ALONE, work / "docs", work / "html"]
    peer = [BIN / "mkdocs", "build", "--quiet", "--config-file", work / "peer.yml"]
    commands = {"peer": peer, "bare": [*build, "--no-copies"], "build": build, "html": html}
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(cost(list(map(str, command))))
    seconds = {name: statistics.median(each.seconds for each in found) for name, found in costs.items()}
    memory = {name: statistics.median(each.memory for each in found) for name, found in costs.items()}
    report("build with PDF, EPUB and offline edition, CPU s", seconds["build"], seconds["peer"])
    report("  without these copies", seconds["bare"], seconds["peer"])
    report("  of which Markdown to HTML", seconds["html"], seconds["peer"])
    report("build, peak MiB", memory["build"], memory["peer"])


def page_with_most_tables(site: Path) -> str:
    pages = [path for path in site.glob("*/index.html") if 'data-kind="report"' in path.read_text("utf-8")]
    return max(pages, key=lambda path: (path.read_text("utf-8").count("<table"), path.parent.name)).parent.name


def weight(visit: Visit, kind: str | None = None) -> float:
    return float(sum(each["size"] for each in visit["fetched"] if kind in (None, each["kind"])))


def compare_visits(work: Path, page: str, runs: int) -> None:
    with packed(work) as address:
        visits: dict[str, list[Visit]] = {"ours": [], "peer": []}
        for _ in range(runs):
            for site, found in visits.items():
                found += lighthouse([f"{address}{site}/{page}/"], "performance")
    for what, measure in VISITED.items():
        report(what, *(statistics.median(map(measure, found)) for found in visits.values()))


class _Packing(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Says nothing: the figures speak."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return self.send_error(404)
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def packed(folder: Path) -> Iterator[str]:
    """The folder's address behind a server that packs what it sends."""
    handler: Callable[..., _Packing] = partial(_Packing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def report(what: str, ours: float, peer: float) -> None:
    print(f"{what}: {ours:.1f} against {peer:.1f} (ratio {ours / peer:.2f})")


if __name__ == "__main__":
    started = time.perf_counter()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    print(f"measured in {time.perf_counter() - started:.0f} s")
