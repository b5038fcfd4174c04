"""Inputs larger or stranger than any report: they end in time, published or refused with the limit's name."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from report_site.model.errors import InputError
from report_site.source.read.decoding import MOST_CELLS, WIDEST_GAP, receive
from report_site.source.structure.ledger import Ledger
from stages import ReportOf, received

SENTENCE = "Every site measured its water and reported the result to the board.\n\n"
SECONDS = 20
"""Of processor time; what is quadratic takes minutes."""


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 20_000,
        "-->" + "<!--" * 20_000,
        "a" + " " * 400_000 + "b",
        "a" + "\t" * 400_000,
        "a" + "\u3000" * 400_000 + "b",
        "c" + "." * 200_000 + " 4",
        "(" * 50_000,
        "<!-- a\n" + "b\n" * 20_000,
    ],
    ids=lambda text: f"{text[:6]!r} {len(text)}",
)
def test_a_strange_line_is_read_in_time(text: str, tmp_path: Path) -> None:
    path = tmp_path / "source.md"
    path.write_text(f"# Water\n\n{SENTENCE}{text}\n", "utf-8")
    start = time.process_time()
    receive(path)
    assert time.process_time() - start < SECONDS


def test_a_gap_is_no_wider_than_a_page(tmp_path: Path) -> None:
    path = tmp_path / "source.md"
    path.write_text(f"# Water\n\na{' ' * 5000}b\n", "utf-8")
    (line,) = (line for line in receive(path).lines if line.text.startswith("a"))
    assert line.text == f"a{' ' * WIDEST_GAP}b"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("|" * (MOST_CELLS + 1), f"a row of more than {MOST_CELLS:,} cells"),
        ("1," * 50_000, "digits in a row are no number"),
        ("9" * 5000 + "th", "digits in a row are no number"),
        ("*" * 100_000 + "a", "too many of them signs"),
        ("a_b " * 500_000, "break the line where its paragraphs end"),
    ],
)
def test_what_would_take_for_ever_is_refused_by_its_line(line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "source.md"
    path.write_text(f"# Water\n\n{SENTENCE}{line}\n", "utf-8")
    with pytest.raises(InputError, match=r"source\.md:5: ") as caught:
        receive(path)
    assert says in str(caught.value)


def test_a_row_of_many_columns_stays_whole(report_of: ReportOf) -> None:
    width = 2000
    rows = (["h" * (i % 7 + 1) + str(i) for i in range(width)], ["---"] * width, [str(i) for i in range(width)])
    report = report_of(f"# Water\n\n{SENTENCE}" + "\n".join(f"| {' | '.join(row)} |" for row in rows))
    ledger: Ledger = report.ledger
    assert ledger.unaccounted == ()
    assert ledger.summary()["tokens"] > 2 * width


def test_a_comment_that_is_never_closed_is_text() -> None:
    lines = received("# Water\n\n<!-- a\n\nb --> c <!-- d\n")
    assert [line.text for line in lines if line.text] == ["# Water", "c <!-- d"]
