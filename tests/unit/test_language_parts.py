from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from report_site.language.parts import marked, pieces
from report_site.model import Language

PARTS = [
    "水滴",
    "平台，",
    "2022",
    "12",
    "-",
    " ",
    "，",
    "Open",
    "Source",
    "AI",
    "ISO 27001",
    "(CRW)",
    "km",
    "《",
    "》",
    "\u000242\u0003",
]
ADDRESSES = ["water-works@drop.example.com", "https://drop.example.com/water/2022", "report.json"]
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(["zh", "en"])


@given(st.lists(st.sampled_from(PARTS)).map("".join), LANGUAGES)
def test_pieces_make_the_text_and_no_run_is_cut(text: str, language: Language) -> None:
    cut = list(pieces(text, language))
    assert "".join(piece for piece, _ in cut) == text
    between = [piece for i, (piece, foreign) in enumerate(cut) if not foreign and 0 < i < len(cut) - 1]
    if language == "zh":
        assert not [piece for piece in between if re.fullmatch(r"[\d ,.-]{1,3}", piece)]
    assert not [piece for piece, _ in cut if piece.count("\u0002") != piece.count("\u0003")]


@given(st.lists(st.sampled_from([*PARTS, "。"])).map("".join), st.sampled_from(ADDRESSES), LANGUAGES)
def test_no_address_is_cut(text: str, address: str, language: Language) -> None:
    assert any(address in piece for piece, _ in pieces(f"{text}。{address}。{text}", language))


def test_a_template_gets_escaped_text() -> None:
    assert (
        marked("水 & Open <Source>", "zh", "en")
        == '水 &amp; <span lang="en">Open</span> &lt;<span lang="en">Source</span>&gt;'
    )
