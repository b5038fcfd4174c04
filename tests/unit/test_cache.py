"""What is kept of earlier runs changes nothing but the time: same bytes with and without, whatever became of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from markdown import Markdown

from report_site.language.tags import VARIETIES
from report_site.model.errors import InputError
from report_site.publish.cache import Cache
from report_site.publish.copies import epub, making, pdf
from report_site.publish.docs import SiteSource, render_docs, render_site
from report_site.publish.roundtrip import prove
from report_site.report import Report
from report_site.site import cards
from report_site.site.build import build_site
from stages import ReportOf

SOURCE = """# Water

Twelve wells were dug in 2021.

| Item | 2021 | 2020 |
| --- | --- | --- |
| Wells | 12 | 9 |

## Pipes

Forty pipes were mended.

# People

Nobody was hurt. See https://example.org/ for more.
"""
DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "one byte changed": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "of something else": lambda data: b"[]",
}

Make = Callable[[str], SiteSource]


@pytest.fixture
def made(report_of: ReportOf) -> Make:
    def make(text: str) -> SiteSource:
        return render_site(
            replace(report_of(text), varieties={language: VARIETIES[language] for language in ("zh", "en")})
        )

    return make


def built(source: SiteSource, folder: Path, cache: Cache, report: Report | None = None) -> dict[str, bytes]:
    build_site(source, folder, cache=cache, report=report)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_is_the_same_with_and_without(made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    plain = built(made(SOURCE), tmp_path / "site", Cache())
    assert built(made(SOURCE), tmp_path / "site", cache) == plain
    for work, name in ((Markdown, "convert"), (cards, "draw")):
        monkeypatch.setattr(work, name, lambda *args: pytest.fail("made again"))
    assert built(made(SOURCE), tmp_path / "site", cache) == plain


@pytest.mark.slow
def test_copies_are_the_same_with_and_without(
    report_of: ReportOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, report = Cache(tmp_path / "cache"), report_of(SOURCE)
    source = render_site(report)
    plain = built(source, tmp_path / "site", Cache(), report)
    copies = {path for path in plain if path.startswith("copies/")}
    assert copies == {f"copies/report-zh.{ending}" for ending in ("pdf", "epub", "zip")}
    assert built(source, tmp_path / "site", cache, report) == plain
    for work, name in ((pdf, "typeset"), (epub, "_bound"), (making, "offline_of")):
        monkeypatch.setattr(work, name, lambda *args, **keys: pytest.fail("made again"))
    assert built(source, tmp_path / "site", cache, report) == plain


def test_a_changed_line_is_shown_and_nothing_else_is_made(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, changed = Cache(tmp_path / "cache"), SOURCE.replace("Forty", "Fifty")
    built(made(SOURCE), tmp_path / "site", cache)
    plain = built(made(changed), tmp_path / "other", Cache())
    convert, read = Markdown.convert, list[str]()

    def counted(parser: Markdown, text: str) -> str:
        read.append(text)
        return convert(parser, text)

    monkeypatch.setattr(Markdown, "convert", counted)
    assert built(made(changed), tmp_path / "site", cache) == plain
    assert len(read) == 4, "the page and the whole report, in both languages"
    assert all("Fifty" in text for text in read)


@pytest.mark.slow
def test_what_is_damaged_counts_as_not_there(made: Make, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    plain = built(made(SOURCE), tmp_path / "site", cache)
    for damage, damaged in DAMAGES.items():
        for entry in (tmp_path / "cache").iterdir():
            entry.write_bytes(damaged(entry.read_bytes()))
        assert built(made(SOURCE), tmp_path / "site", cache) == plain, damage


def test_a_folder_that_cant_be_used_is_no_error(made: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    plain = built(made(SOURCE), tmp_path / "site", Cache())
    assert built(made(SOURCE), tmp_path / "site", Cache(tmp_path / "file")) == plain
    assert (tmp_path / "file").read_text() == "no folder"


def test_a_warning_comes_again(made: Make, tmp_path: Path) -> None:
    source = made(SOURCE)
    page = b"---\ntitle: About\nslug: about\nkind: site\n---\n\n# About {: #about }\n\n[There](nowhere.md)\n"
    broken = replace(source, docs={**source.docs, "en/about.md": page, "zh/about.md": page})
    for _ in range(2):
        with pytest.raises(InputError, match=r"nowhere\.md"):
            build_site(broken, tmp_path / "site", cache=Cache(tmp_path / "cache"))


def test_a_proof_is_made_of_what_is_kept_too(report_of: ReportOf, tmp_path: Path) -> None:
    """Another model of the same Markdown: what its HTML doesn't show is named, though the HTML is there already."""
    cache = Cache(tmp_path / "cache")
    files = render_docs(report_of(SOURCE), cache=cache)
    proofs = render_site(report_of(SOURCE.replace("Forty", "Fifty"))).proofs
    with pytest.raises(InputError, match="Fifty pipes were mended"):
        prove(files, proofs, cache)


def test_the_longest_unused_is_swept_first(tmp_path: Path) -> None:
    cache, now = Cache(tmp_path), time.time()
    for age, name in enumerate(("new", "used", "old"), 1):
        before = set(tmp_path.iterdir())
        cache.keep([name], bytes(1000))
        (entry,) = set(tmp_path.iterdir()) - before
        os.utime(entry, (now, now - 100 * age))
    assert cache.find(["used"]) == bytes(1000)
    cache.sweep(2100)
    assert [name for name in ("new", "used", "old") if cache.find([name]) is not None] == ["new", "used"]
