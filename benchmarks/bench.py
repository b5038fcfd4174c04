"""How fast and how large, as ratios from one run, medians of CPU time; prints, judges nothing. `make bench`

usage: .venv/bin/python benchmarks/bench.py [RUNS] [TIMES ...]

RUNS is 5 by default, TIMES are how often the report stands in the larger sources: 10 and 100; beyond 10 it is measured
once, since a run takes minutes. Each run begins with nothing kept of earlier ones, unless its line says otherwise.
All of it takes about half an hour of CPU time; `make bench BENCH="3 10"` five minutes. pandoc, which the conversion is
compared with, is that in PATH, else that of the package pypandoc-binary, which `make bench` installs. Whole processes,
run in turn. The larger sources have a profile without rulings: the report's text again and again, each time with other
numbers.

What plain Material makes of the same docs folder: the pages in both languages and its own search index. Our build, with
copies or without, also converts the report, proves each page, and makes data files, preview cards and an index with
the values of numbers; copies are PDF, EPUB and offline edition, one of each a language.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import BIN, PEER, ROOT, Cost, cost

OFTEN_UP_TO = 10
"""Times the report, up to which each is measured as often as all the rest."""
COPIES = {"without copies": ["--no-copies"], "with PDF, EPUB and offline edition": []}
PROFILE = """language: zh
year: 2022
title: {zh: 报告, en: Report}
publisher: {zh: 公司, en: Company}
"""


def main(runs: int, times: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="report-site-bench-") as name:
        work = Path(name)
        report = work / "report"
        shutil.copytree(ROOT / "report", report)
        compare_conversion(report, work, runs)
        compare_builds(report, work, runs)
        compare_growth(work, runs, times)


def compare_conversion(report: Path, work: Path, runs: int) -> None:
    ours = convert(report, work / "docs")
    theirs = [pandoc_program(), report / "source.md", "-t", "html", "-o", work / "p"]
    kept = work / "kept-conversion"
    run(*ours, kept=kept)
    firsts: list[Cost] = []
    agains: list[Cost] = []
    peers: list[Cost] = []
    for _ in range(runs):
        peers.append(run(*theirs))
        firsts.append(run(*ours))
        agains.append(run(*ours, kept=kept))
    first, again, peer = map(median, (firsts, agains, peers))
    show("conversion / pandoc on the same file", first, peer)
    show("  converted again / pandoc", again, peer)


def pandoc_program() -> str:
    found = importlib.util.find_spec("pypandoc")
    packed = Path(found.origin).parent / "files" / "pandoc" if found and found.origin else Path()
    program = shutil.which("pandoc") or (str(packed) if packed.is_file() else "")
    return program or sys.exit("no pandoc in PATH and no package pypandoc-binary: run this as make bench")


def compare_builds(report: Path, work: Path, runs: int) -> None:
    """With copies and without: with nothing kept, the same again, then after one changed line of the source."""
    docs = work / "pages"
    run(*convert(report, docs))
    (work / "peer.yml").write_text(PEER.format(docs=docs, site=work / "peer"), "utf-8")
    peer = [BIN / "mkdocs", "build", "--quiet", "--config-file", work / "peer.yml"]
    costs: dict[str, list[Cost]] = {}
    for number in range(runs):
        costs.setdefault("peer", []).append(run(*peer))
        for named, options in COPIES.items():
            kept = work / f"kept-{number}-{named}"
            for step, found in build_steps(report, [*build(report, work / "site"), *options], kept, number / runs):
                costs.setdefault(f"{step}, {named}", []).append(found)
            shutil.rmtree(kept)
    theirs = median(costs.pop("peer"))
    for what, found in costs.items():
        show(f"{what} / plain Material on the same pages", median(found), theirs)


def build_steps(report: Path, command: list[str | Path], kept: Path, at: float) -> Iterator[tuple[str, Cost]]:
    """`at`: where in the source a line changes, from 0 to 1."""
    source = report / "source.md"
    text = source.read_text("utf-8")
    places = [match.end() for match in re.finditer("。", text)]
    place = places[int(len(places) * at)] - 1
    yield "whole build", run(*command, kept=kept)
    yield "  built again", run(*command, kept=kept)
    source.write_text(f"{text[:place]}，{text[place:]}", "utf-8")
    yield "  built after one changed line", run(*command, kept=kept)
    source.write_text(text, "utf-8")


def compare_growth(work: Path, runs: int, times: list[int]) -> None:
    text = (ROOT / "report" / "source.md").read_text("utf-8")
    for name, command in (("conversion", convert), ("build", build)):
        folders = {n: grown(text, n, work / f"times-{n}") for n in (1, *times)}
        once = median([run(*command(folders[1], work / f"{name}-1")) for _ in range(runs)])
        for n in times:
            count = runs if n <= OFTEN_UP_TO else 1
            larger = median([run(*command(folders[n], work / f"{name}-{n}")) for _ in range(count)])
            show(f"{name}, {n} times the report / once", larger, once)
            print(f"  peak of {n} times: {larger.memory / 1024:.2f} GiB", flush=True)


def grown(text: str, times: int, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    copies = (re.sub(r"\d+", lambda match, n=n: str(int(match[0]) + n), text) if n else text for n in range(times))
    (folder / "source.md").write_text("\n".join(copies), "utf-8")
    (folder / "report.yml").write_text(PROFILE, "utf-8")
    return folder


def convert(report: Path, docs: Path) -> list[str | Path]:
    return [BIN / "report-site", "convert", "--report", report, "--docs", docs]


def build(report: Path, site: Path) -> list[str | Path]:
    return [BIN / "report-site", "build", "--report", report, "--site", site]


def run(*command: str | Path, kept: Path | None = None) -> Cost:
    return cost(list(map(str, command)), may_end=(0, 1), kept=kept)


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(one.seconds for one in costs), statistics.median(one.memory for one in costs))


def show(what: str, ours: Cost, theirs: Cost) -> None:
    time, memory = ours.seconds / theirs.seconds, ours.memory / theirs.memory
    print(f"{what}: {time:.2f} x CPU time, {memory:.2f} x peak memory", flush=True)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 5, given[1:] or [10, 100])
