"""Minutes of mutation: samples and the report that ships, changed at random, are converted; what ends badly is printed.

usage: .venv/bin/python tests/fuzz.py [--seed N] [--minutes M]
A refusal in plain words is an answer. A traceback, or a report that publishes less than its ledger says, is not: the mutant
is kept in build/fuzz/, and the seed that made it is printed, so that `--seed` makes it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "scripts")]

from places import ROOT, SAMPLES  # noqa: E402 - this program finds both by itself
from report_site.commands.editor.scaffold import start_folder  # noqa: E402
from report_site.convert import convert  # noqa: E402
from report_site.folder.catalogue import load_catalogue, translations_of  # noqa: E402
from report_site.folder.loading import load_folder  # noqa: E402
from report_site.model.errors import InputError  # noqa: E402
from report_site.publish.docs import render_docs  # noqa: E402
from report_site.publish.writing import write_folder  # noqa: E402

KEPT = ROOT / "build" / "fuzz"
LONGEST = 400
"""Lines of a mutant: a piece of a long report tells as much, sooner."""
MOST_CHANGES = 12
ODD = (
    "\f",
    "\ufeff",
    "\u200b",
    "\u202e",
    "\x00",
    "|",
    "||",
    "///",
    "#",
    "# ",
    "- ",
    "1. ",
    "&#3",
    "<b>",
    "{{",
    "`",
    "％",
    "①",
    "…",
    "\t",
    "  ",
)
Change = Callable[[list[str], random.Random], None]


def swap(lines: list[str], dice: random.Random) -> None:
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]


def drop(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    del lines[at : at + dice.randint(1, 5)]


def double(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    lines[at:at] = lines[at : at + dice.randint(1, 5)]


def cut(lines: list[str], dice: random.Random) -> None:
    """A line broken in two, at any place."""
    at = dice.randrange(len(lines))
    place = dice.randint(0, len(lines[at]))
    lines[at : at + 1] = [lines[at][:place], lines[at][place:]]


def join(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def insert(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    place = dice.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + dice.choice(ODD) + lines[at][place:]


def erase(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    place = dice.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + lines[at][place + dice.randint(1, 8) :]


CHANGES: Sequence[Change] = (swap, drop, double, cut, join, insert, erase)


def mutant(sources: Sequence[str], seed: int) -> str:
    dice = random.Random(seed)
    lines = dice.choice(sources).split("\n")
    start = dice.randrange(max(1, len(lines) - LONGEST + 1))
    lines = lines[start : start + dice.randint(LONGEST // 8, LONGEST)]
    for _ in range(dice.randint(1, MOST_CHANGES)):
        dice.choice(CHANGES)(lines, dice)
        lines = lines or [""]
    return "\n".join(lines)


def fault(text: str) -> str:
    """What is wrong with what becomes of the text; nothing where it is published whole, or refused in a line."""
    with tempfile.TemporaryDirectory() as place:
        source, root = Path(place) / "source.md", Path(place) / "report"
        source.write_text(text, "utf-8")
        try:
            write_folder(start_folder(source).files, root)
            folder = load_folder(root)
            translations = translations_of(load_catalogue(folder.catalogue), folder.profile.language)
            report = convert(folder, translations)
            render_docs(report)
        except InputError as error:
            return f"takes itself for wrong: {error}" if "bug" in str(error) else ""
        except Exception:  # any other end is what is looked for
            return traceback.format_exc()
    return f"lines not on any page: {report.ledger.unaccounted}" if report.ledger.unaccounted else ""


def main(seed: int, minutes: float) -> int:
    sources = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.*"))]
    sources.append(load_folder(ROOT / "report").source.read_text("utf-8"))
    print(f"seed {seed}, {minutes:g} minutes, {len(sources)} sources", flush=True)
    end, tried, faults = time.monotonic() + minutes * 60, 0, 0
    while time.monotonic() < end:
        text = mutant(sources, seed + tried)
        if said := fault(text):
            faults += 1
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{seed + tried}.md").write_text(text, "utf-8")
            print(f"seed {seed + tried}: build/fuzz/{seed + tried}.md\n{said}", flush=True)
        tried += 1
        if tried % 100 == 0:
            print(f"  {tried} mutants, {faults} at fault", flush=True)
    print(f"{tried} mutants, {faults} at fault")
    return 1 if faults else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--minutes", type=float, default=10)
    given = parser.parse_args()
    sys.exit(main(given.seed, given.minutes))
