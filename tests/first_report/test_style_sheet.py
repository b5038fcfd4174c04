"""The style sheet of the report that ships."""

from __future__ import annotations

from places import ROOT
from report_site.audits.style import banned
from report_site.folder.loading import load_folder


def test_the_shipped_sheet_says_why_and_what_instead() -> None:
    words = load_folder(ROOT / "report").styles["en"]
    assert len(words) >= 60
    for one in words:
        assert banned(f"x {one.word.split('/')[0]} y", one) or "/" in one.word or one.unless, one.word
        assert not banned(one.instead, one), one.word
