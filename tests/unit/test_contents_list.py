"""What each page carries of the contents list: all of a list of ordinary length, of a long one what is nearby."""

from __future__ import annotations

from typing import Any

from report_site.site.shell import MOST_LISTED, NEARBY, Contents, Lists, contents_for


def contents_of(page: str, chapters: int, sections: int) -> Contents:
    """Of a page in a report of so many chapters, each of so many sections: `c3` is a chapter, `c3-s0` a section."""
    entries: dict[str, Any] = {}
    for c in range(chapters):
        below = [f"c{c}-s{s}" for s in range(sections)]
        entries |= {slug: {"slug": slug, "sections": []} for slug in below}
        entries[f"c{c}"] = {"slug": f"c{c}", "sections": below}
    family = {page, page.partition("-")[0]}
    lists = Lists((), (), below={f"c{c}": entries[f"c{c}"]["sections"] for c in range(chapters)})
    return contents_for(family, lists, [{"slug": f"c{c}"} for c in range(chapters)], entries)


def test_an_ordinary_list_stands_whole_on_every_page() -> None:
    contents = contents_of("c3-s1", 10, MOST_LISTED // 10 - 1)
    assert contents.is_whole
    assert len(contents.chapters) == 10
    assert sum(map(len, contents.below.values())) == MOST_LISTED - 10


def test_a_long_list_is_shown_around_the_page() -> None:
    contents = contents_of("c500-s70", 1000, 100)
    shown = [chapter["slug"] for chapter in contents.chapters]
    assert not contents.is_whole
    assert len(shown) == NEARBY
    assert "c500" in shown[1:-1]
    assert set(contents.below) == {"c500", "c500-s70"}
    assert "c500-s70" in contents.below["c500"]
    assert len(contents.below["c500"]) == NEARBY


def test_the_first_and_the_last_page_of_a_long_list_have_as_many_neighbours() -> None:
    first, last = (contents_of(page, 1000, 0).chapters for page in ("c0", "c999"))
    assert (first[0]["slug"], len(first)) == ("c0", NEARBY)
    assert (last[-1]["slug"], len(last)) == ("c999", NEARBY)
