"""Footnotes and their marks lead to each other: on the page, over pages, and where labels count anew."""

from __future__ import annotations

from report_site.model import Footnotes
from report_site.model.texts import blocks_of
from report_site.publish.docs import render_docs
from report_site.publish.roundtrip import parse_markdown
from report_site.report.notes import link_notes
from stages import ReportOf

SOURCE = """\
# 环境

用电量下降 18%[^1]，用水量<sup>2</sup>持平。

| 指标 | 2030 |
|---|---|
| 范围一<sup>3</sup> | 4,120 |
| 范围二 | 9,870 |

[^1]: 与 2025 年相比。

² 三座工厂。

³ 含租赁车辆，
按月统计。

# 员工

员工 8,420 人<sup>2</sup>，均签劳动合同。

<sup>2</sup> 含实习生。
"""


def test_marks_and_notes_lead_to_each_other(report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    assert report.ledger.unaccounted == ()
    links = link_notes(report.pages)
    notes = {
        note.text.id: note
        for page in report.pages
        for b in blocks_of(page)
        if isinstance(b, Footnotes)
        for note in b.notes
    }
    assert [(note.label, note.text.source) for note in notes.values()] == [
        ("1", "与 2025 年相比。"),
        ("2", "三座工厂。"),
        ("3", "含租赁车辆，按月统计。"),
        ("2", "含实习生。"),
    ]
    marks = [mark for found in links.marks.values() for mark in found if mark]
    assert [notes[mark.note].label for mark in marks] == ["1", "2", "3", "2"]
    assert {(mark.note, mark.id) for mark in marks} == {(note, i) for note, at in links.places.items() for _, i in at}


def test_the_page_says_what_they_are(report_of: ReportOf) -> None:
    files = render_docs(report_of(SOURCE))
    tree = parse_markdown(next(data.decode() for name, data in files.items() if b"18%" in data), "zh")
    references = tree.css("a[role=doc-noteref]")
    assert [reference.text() for reference in references] == ["[1]", "[2]", "[3]"]
    for reference in references:
        note = tree.css_first(f"li[id='{(reference.attributes['href'] or '')[1:]}']")
        assert note is not None
        back = note.css_first("a[role=doc-backlink]")
        assert back is not None
        assert back.attributes["href"] == f"#{reference.attributes['id']}"
        assert reference.attributes["aria-label"] == f"注释 {reference.text()}"
    assert tree.css_first("section[role=doc-endnotes]") is not None
    assert "181" not in tree.text()


EVERYWHERE = """\
# Climate

We planted trees and reused waste, as told here in full.

Table 2: Water use<sup>1</sup>

| Site | 2030 |
|---|---|
| Kent | 39.8<sup>2</sup> |

Source: meters<sup>2</sup>

Figure 4: The kiln<sup>1</sup>

**59.7K<sup>1</sup>**

trees planted

**98%²**

of waste reused

We planted 59.7K trees and reused 98% of waste in an area of 12 m<sup>2</sup>.

<sup>1</sup> All six mills.

<sup>2</sup> Restated.
"""


def test_marks_in_captions_cells_and_values_are_links_and_no_digits(report_of: ReportOf) -> None:
    report = report_of(EVERYWHERE, {"language": "en"})
    assert report.ledger.unaccounted == ()
    tree = parse_markdown(next(data.decode() for data in render_docs(report).values() if b"Water use" in data), "en")
    places = ("caption", "td", "figcaption", "dd", "[id$=note1]")
    shown = {place: found.text().strip() for place in places if (found := tree.css_first(place))}
    assert shown == {
        "caption": "Table 2: Water use[1]",
        "td": "39.8[2]",
        "figcaption": "Figure 4: The kiln[1]",
        "dd": "59.7K[1]",
        "[id$=note1]": "Source: meters[2]",
    }
    assert [cell.attributes.get("class") for cell in tree.css("td")] == ["number"]
    marks = {f"#{node.attributes['id']}": node for node in tree.css("a[role=doc-noteref]")}
    assert len(marks) == 6
    assert {node.attributes["href"] for node in tree.css("a[role=doc-backlink]")} == set(marks)
    assert all(tree.css_first(f"li[id='{(mark.attributes['href'] or '')[1:]}']") for mark in marks.values())
    assert "12 m²" in tree.text().replace("\N{NO-BREAK SPACE}", " ")
