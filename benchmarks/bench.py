"""How fast and how large, as ratios from one run, medians of CPU time; prints, judges nothing. `make bench`

usage: .venv/bin/python benchmarks/bench.py [RUNS] [TIMES ...]

RUNS is 5 by default, TIMES are how often the report stands in the larger sources: 10 and 100. pandoc is needed to
compare the conversion, and nowhere else: it is taken from PATH, or from the package pypandoc_binary where that is there
(`.venv/bin/python -m pip install pypandoc_binary`); without it that line says so. Whole processes, run in turn. The
larger sources have a profile without rulings: the report's text again and again, each time with other numbers.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import BIN, PEER, ROOT, Cost, cost

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
    pandoc = pandoc_program()
    if pandoc is None:
        print("conversion / pandoc: not measured, no pandoc in PATH and no pypandoc_binary")
        return
    commands = {
        "ours": convert(report, work / "docs"),
        "pandoc": [pandoc, report / "source.md", "-t", "html", "-o", work / "p"],
    }
    ours, theirs = in_turn(commands, runs).values()
    show("conversion / pandoc on the same file", ours, theirs)


def pandoc_program() -> str | None:
    found = importlib.util.find_spec("pypandoc")
    packed = Path(found.origin).parent / "files" / "pandoc" if found and found.origin else None
    return shutil.which("pandoc") or (str(packed) if packed and packed.exists() else None)


def compare_builds(report: Path, work: Path, runs: int) -> None:
    """The second build follows one changed line of the source."""
    docs = work / "pages"
    cost(list(map(str, convert(report, docs))))
    (work / "peer.yml").write_text(PEER.format(docs=docs, site=work / "peer"), "utf-8")
    source = report / "source.md"
    text = source.read_text("utf-8")
    firsts: list[Cost] = []
    seconds: list[Cost] = []
    peers: list[Cost] = []
    for _ in range(runs):
        peers.append(run(BIN / "mkdocs", "build", "--quiet", "--config-file", work / "peer.yml"))
        source.write_text(text, "utf-8")
        firsts.append(run(*build(report, work / "site")))
        source.write_text(text.replace("。", "，。", 1), "utf-8")
        seconds.append(run(*build(report, work / "site")))
    source.write_text(text, "utf-8")
    first, second, peer = map(median, (firsts, seconds, peers))
    show("whole build / plain Material on the same pages", first, peer)
    show("build after one changed line / the build before", second, first)


def compare_growth(work: Path, runs: int, times: list[int]) -> None:
    text = (ROOT / "report" / "source.md").read_text("utf-8")
    for name, command in (("conversion", convert), ("build", build)):
        folders = {n: grown(text, n, work / f"times-{n}") for n in (1, *times)}
        costs = in_turn({str(n): command(folder, work / f"{name}-{n}") for n, folder in folders.items()}, runs)
        for n in times:
            show(f"{name}, {n} times the report / once", costs[str(n)], costs["1"])
            print(f"  peak of {n} times: {costs[str(n)].memory / 1024:.2f} GiB")


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


def in_turn(commands: dict[str, list[str | Path]], runs: int) -> dict[str, Cost]:
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(run(*command))
    return {name: median(costs) for name, costs in found.items()}


def run(*command: str | Path) -> Cost:
    return cost(list(map(str, command)), may_end=(0, 1))


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(one.seconds for one in costs), statistics.median(one.memory for one in costs))


def show(what: str, ours: Cost, theirs: Cost) -> None:
    time, memory = ours.seconds / theirs.seconds, ours.memory / theirs.memory
    print(f"{what}: {time:.2f} x CPU time, {memory:.2f} x peak memory", flush=True)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 5, given[1:] or [10, 100])
