"""Nothing is lost, and no loss goes unnoticed: any line removed or altered shows in what the sources give, at its place."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from report_site.commands.cli import main
from report_site.convert import build_report
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder
from report_site.model import LineFate
from report_site.model.errors import InputError
from report_site.model.texts import blocks_of, texts_of, texts_on
from report_site.publish.docs import render_docs
from report_site.publish.writing import differences, write_folder
from report_site.report import Report
from stages import received

from .measures import EXPECTED

BATCHES = 5
LINES_A_BATCH = 42
APART = 12
"""Lines between two changes of a batch, so that each shows by itself."""

Trace = tuple[LineFate, tuple[str, ...]]


def traces(report: Report) -> dict[int, Trace]:
    """What became of each line: its entry in the ledger and the texts that stem from it."""
    texts: dict[int, list[str]] = {}
    for page in report.pages:
        for block in blocks_of(page):
            for text, _ in texts_of(block):
                for line in text.lines:
                    texts.setdefault(line, []).append(text.source)
    return {entry.line: (entry, tuple(texts.get(entry.line, ()))) for entry in report.ledger.lines}


def ruled(folder: ReportFolder) -> set[int]:
    """Lines whose words report.yml or figures.yml repeat, titles of pages with a summary: changes are refused, see below."""
    places = [table.at for table in folder.profile.tables if table.rows]
    places += [figure.at for figure in folder.figures if figure.words]
    entries = [entry for top in folder.profile.outline for entry in top.walk()]
    places += [entry.at for entry in entries if entry.slug in folder.profile.summaries]
    places += [headline.at for entry in entries for headline in entry.headlines]
    return {n for place in places for n in range(place.first, place.last + 6)}


def chosen(numbers: Iterable[int], dice: random.Random) -> list[int]:
    """Lines of a batch, far enough from each other."""
    shuffled = list(numbers)
    dice.shuffle(shuffled)
    picked: list[int] = []
    for number in shuffled:
        if len(picked) < LINES_A_BATCH and all(abs(number - other) >= APART for other in picked):
            picked.append(number)
    return picked


def altered(line: str, dice: random.Random) -> str:
    places = [i for i, char in enumerate(line) if char.isalnum()]
    if not places:
        return ""
    i = dice.choice(places)
    other = str((int(line[i]) + 1) % 10) if line[i].isdecimal() else "鿏"
    return line[:i] + other + line[i + 1 :]


def source_of(folder: ReportFolder) -> dict[int, str]:
    return dict(enumerate(folder.source.read_text("utf-8").split("\n"), 1))


def mutated(folder: ReportFolder, changes: dict[int, str]) -> Report:
    text = "\n".join((source_of(folder) | changes).values())
    return build_report(folder, Translations("zh"), received(text), "mutant")


@pytest.mark.parametrize("batch", [0, *(pytest.param(n, marks=pytest.mark.audit) for n in range(1, BATCHES))])
def test_every_change_of_a_line_is_noticed(batch: int, report: Report, shipped: ReportFolder) -> None:
    """Half of the lines removed, half altered by one letter or digit; those that aren't published are removed."""
    dice, source, before = random.Random(2022 + batch), source_of(shipped), traces(report)
    lines = chosen(sorted(before.keys() - ruled(shipped)), dice)
    assert len(lines) == LINES_A_BATCH
    kept = {n for n, (entry, _) in before.items() if entry.block}
    changes = {n: altered(source[n], dice) if n in kept and dice.random() < 0.5 else "" for n in lines}
    after = traces(mutated(shipped, changes))
    assert {n: source[n] for n in lines if before[n] == after.get(n)} == {}


def test_an_altered_line_that_is_not_published_is_noticed(report: Report, shipped: ReportFolder) -> None:
    dice, source, before = random.Random(2022), source_of(shipped), traces(report)
    silent = [n for n, (entry, _) in before.items() if entry.rule in ("contents-list", "cover", "gibberish")]
    changes = {n: altered(source[n], dice) for n in chosen(silent, dice)}
    after = traces(mutated(shipped, changes))
    assert {n: source[n] for n in changes if before[n] == after.get(n)} == {}


def test_a_changed_word_shows_there_and_nowhere_else(report: Report, shipped: ReportFolder) -> None:
    dice, source, before = random.Random(2022), source_of(shipped), traces(report)
    prose = {n for lines in EXPECTED["texts"].values() for n in lines if len(source[n]) > 40}
    lines = chosen(sorted(prose - ruled(shipped)), dice)
    after = traces(mutated(shipped, {n: source[n][:25] + "鿏" + source[n][26:] for n in lines}))
    changed = {n for n in before if before[n] != after.get(n)}
    joined = {m for page in report.pages for text in texts_on(page) if set(text.lines) & set(lines) for m in text.lines}
    assert set(lines) <= changed <= set(lines) | joined
    assert len(lines) == LINES_A_BATCH


@pytest.mark.parametrize("line", [1275, 1297, 1590])
def test_a_change_that_a_ruling_does_not_fit_any_more_is_refused(line: int, shipped: ReportFolder) -> None:
    with pytest.raises(InputError, match="doesn't stand in these lines"):
        mutated(shipped, {line: ""})


def test_the_docs_show_a_change(shipped: ReportFolder, docs_files: Mapping[str, bytes], tmp_path: Path) -> None:
    """One line gone: the page that held it and the ledger differ, no other page does."""
    line = next(n for n, text in source_of(shipped).items() if n > 600 and len(text) > 60 and not text.startswith("|"))
    mutant = mutated(shipped, {line: ""})
    write_folder(docs_files, tmp_path / "docs")
    names = {Path(problem.place).name for problem in differences(render_docs(mutant), tmp_path / "docs")}
    assert "ledger.json" in names
    pages = names - {"ledger.json", "outline.json", "print.md", "data.md"}
    pages = {name for name in pages if not name.startswith("numbers-")}
    assert len(pages) == 1


@pytest.fixture(scope="session")
def converted(shipped: ReportFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the report folder with its docs beside it, as `convert` writes them."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(shipped.root, root / "report")
    result = CliRunner().invoke(main, ["convert", "--report", str(root / "report"), "--docs", str(root / "docs")])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].endswith(", 0 unaccounted")
    return root


def test_check_notices_one_sentence_deleted_from_a_page(converted: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(converted / "docs", docs)
    path = docs / "zh" / "public-welfare.md"
    whole = path.read_text("utf-8")
    sentence = re.search(r"(?<=。)[^。\n]{10,}。", whole)
    assert sentence
    path.write_text(whole.replace(sentence[0], "", 1), "utf-8")
    options = ["--check", "--report", str(converted / "report"), "--docs", str(docs)]
    result = CliRunner().invoke(main, ["convert", *options])
    assert result.exit_code == 1
    (told,) = result.stderr.splitlines()
    assert told == f"error: {path}: is not what the sources give — run: report-site convert", (
        "and no other file differs"
    )
    assert path.read_text("utf-8") == whole.replace(sentence[0], "", 1), "--check writes nothing"


def test_a_page_without_its_english_says_so_once(docs_files: Mapping[str, bytes]) -> None:
    for name, data in docs_files.items():
        if name.startswith("en/") and data.startswith(b"---") and b"\nkind: report\n" in data:
            assert data.decode().count("kind: untranslated") == 1, name
