"""Nothing is lost, and no loss goes unnoticed: any line removed or altered shows in what the sources give, at its place."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from stages import received

from report_site.catalogue import Translations
from report_site.cli import main
from report_site.docs import differences, render_docs, write_folder
from report_site.errors import InputError
from report_site.model import LineFate
from report_site.pages import blocks_of
from report_site.pipeline import Report, build_report
from report_site.profile import ReportFolder
from report_site.texts import texts_of

BATCHES = 5
LINES_A_BATCH = 42
APART = 12
"""Lines between two changes of a batch, so that each shows by itself."""

Trace = tuple[LineFate | None, tuple[str, ...]]


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
    """Lines whose words report.yml or figures.yml repeat: a change there is refused, see below."""
    places = [table.at for table in folder.profile.tables if table.rows]
    places += [figure.at for figure in folder.figures if figure.words]
    return {n for place in places for n in range(place.first, place.last + 6)}


def chosen(source: list[str], batch: int, but: set[int]) -> dict[int, str]:
    """Lines of a batch with what they shall say: nothing, or one letter or digit changed."""
    dice = random.Random(2022 + batch)
    numbers = [n for n, line in enumerate(source, 1) if line.strip() and n not in but]
    dice.shuffle(numbers)
    picked: dict[int, str] = {}
    for number in numbers:
        if all(abs(number - other) >= APART for other in picked):
            picked[number] = "" if dice.random() < 0.5 else altered(source[number - 1], dice)
        if len(picked) == LINES_A_BATCH:
            break
    return picked


def altered(line: str, dice: random.Random) -> str:
    places = [i for i, char in enumerate(line) if char.isalnum()]
    if not places:
        return ""
    i = dice.choice(places)
    other = str((int(line[i]) + 1) % 10) if line[i].isdecimal() else "鿏"
    return line[:i] + other + line[i + 1 :]


def mutated(folder: ReportFolder, changes: Mapping[int, str]) -> Report:
    source = folder.source.read_text("utf-8").split("\n")
    text = "\n".join(changes.get(number, line) for number, line in enumerate(source, 1))
    return build_report(folder, Translations("zh"), received(text), "mutant")


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_change_of_a_line_is_noticed(batch: int, report: Report, shipped: ReportFolder) -> None:
    source = shipped.source.read_text("utf-8").split("\n")
    changes = chosen(source, batch, ruled(shipped))
    assert len(changes) == LINES_A_BATCH
    before, after = traces(report), traces(mutated(shipped, changes))
    unnoticed = {n: (source[n - 1], said) for n, said in changes.items() if before.get(n) == after.get(n)}
    assert unnoticed == {}


@pytest.mark.parametrize("line", [1275, 1297, 1590])
def test_a_change_that_a_ruling_does_not_fit_any_more_is_refused(line: int, shipped: ReportFolder) -> None:
    with pytest.raises(InputError, match="doesn't stand in these lines"):
        mutated(shipped, {line: ""})


def test_the_docs_show_a_change(shipped: ReportFolder, docs_files: Mapping[str, bytes], tmp_path: Path) -> None:
    """One line gone: the page that held it and the ledger differ, no other page does."""
    source = shipped.source.read_text("utf-8").split("\n")
    line = next(n for n, text in enumerate(source, 1) if n > 600 and len(text) > 60 and not text.startswith("|"))
    mutant = mutated(shipped, {line: ""})
    write_folder(docs_files, tmp_path / "docs")
    names = {Path(problem.place).name for problem in differences(render_docs(mutant), tmp_path / "docs")}
    assert {"ledger.json", "report.json"} < names
    pages = names - {"ledger.json", "report.json", "outline.json", "print.md"}
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
    assert told == f"error: {path}: is not what the sources give — run: report-site convert", "and no other file differs"
    assert path.read_text("utf-8") == whole.replace(sentence[0], "", 1), "--check writes nothing"
