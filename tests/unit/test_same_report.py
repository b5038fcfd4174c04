"""The same invented report as nine tools write it gives nearly the same document: headings, cells, sentences."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.high_level import extract_text
from pypdf import PdfReader

from report_site.convert import build_report
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder
from report_site.folder.profile import Profile
from report_site.model import Block, DataTable, KeyValueTable, Language, Page
from report_site.model.texts import blocks_of, texts_of
from report_site.report import Report
from report_site.source.read.decoding import received_lines
from report_site.source.read.dialects import recognise
from typeset import compiled


@dataclass(frozen=True)
class Chapter:
    title: str
    paragraphs: tuple[str, ...]
    """`**bold**`, `CO2` with its lowered figure, `%`, `&` and `<` are written as the tool writes them."""
    items: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    closing: str


@dataclass(frozen=True)
class Sample:
    language: Language
    title: str
    chapters: tuple[Chapter, ...]


ENGLISH = Sample(
    "en",
    "Northbay Group Sustainability Report 2030",
    (
        Chapter(
            "Climate and energy",
            (
                "We cut our emissions of CO2 by **18%** in the year, & all of our sites now report each month.",
                "Two kilns were rebuilt in spring, which brought losses to <5 ppm for the first time.",
            ),
            ("new burners in the kilns of both halls", "lamps that are out by eight", "a wind farm of our own"),
            (
                ("Site", "2029", "2030"),
                ("Leeds", "4,120", "3,905"),
                ("Turin", "9,870", "8,110"),
                ("Porto", "1,204", "1,180"),
            ),
            "The figures were checked by an auditor in March.",
        ),
        Chapter(
            "Our people",
            ("Each of the 1,204 people who work for us may stop the line, and **forty** did so last year.",),
            ("training in the first week", "a doctor on each site"),
            (
                ("Group", "Women", "Men"),
                ("Workers", "402", "611"),
                ("Clerks", "98", "64"),
                ("Managers", "12", "17"),
            ),
            "No accident cost more than three days.",
        ),
    ),
)
CHINESE = Sample(
    "zh",
    "晨星集团 2030 年社会责任报告",
    (
        Chapter(
            "节能减排",
            (
                "2030 年，集团的 CO2 排放比上年下降 **18%**，各厂区按月公布数据 & 接受监督。",
                "两座窑炉在春季完成改造，损耗首次降到 <5 ppm 的水平。",
            ),
            ("更换两个车间的燃烧器", "晚间八点以后关闭照明", "建设自有风电场"),
            (
                ("厂区", "2029 年", "2030 年"),
                ("北岭", "4,120", "3,905"),
                ("西郊", "9,870", "8,110"),
                ("东湖", "1,204", "1,180"),
            ),
            "以上数据在三月经过第三方核验。",
        ),
        Chapter(
            "员工关怀",
            ("集团的 1,204 名员工都可以叫停生产线，去年有 **四十** 人这样做过。",),
            ("入职第一周接受培训", "每个厂区都有医生"),
            (
                ("类别", "女性", "男性"),
                ("工人", "402", "611"),
                ("职员", "98", "64"),
                ("经理", "12", "17"),
            ),
            "没有一起事故造成三天以上的误工。",
        ),
    ),
)

Inline = Callable[[str], str]
Table = Callable[[Sequence[Sequence[str]]], str]


def pipes(rows: Sequence[Sequence[str]], pad: str = " ", cell: Inline = str) -> str:
    lines = ["|" + "|".join(f"{pad}{cell(text)}{pad}" for text in row) + "|" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def tags(rows: Sequence[Sequence[str]], head: str = "td", break_: str = "", attributes: str = "") -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    parts = [f"<table{attributes}>", row(rows[0], head), *(row(cells, "td") for cells in rows[1:]), "</table>"]
    return break_.join(parts)


def markdown(sample: Sample, *, heading: str, inline: Inline, table: Table, item: str = "- ", between: str = "") -> str:
    parts = [f"# {heading.format(sample.title)}"]
    for chapter in sample.chapters:
        parts += [between] if between and chapter is not sample.chapters[0] else []
        parts += [f"## {heading.format(chapter.title)}", *map(inline, chapter.paragraphs)]
        parts += [
            "\n".join(f"{item}{inline(text)}" for text in chapter.items),
            table(chapter.table),
            inline(chapter.closing),
        ]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    return text.replace("**", "")


def html_document(sample: Sample) -> str:
    def inline(text: str) -> str:
        bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text))
        return bold.replace("CO2", "CO<sub>2</sub>")

    parts = [f"<!DOCTYPE html><html><head><title>x</title></head><body><h1>{sample.title}</h1>"]
    for chapter in sample.chapters:
        parts += [f"<h2>{chapter.title}</h2>", *(f"<p>{inline(text)}</p>" for text in chapter.paragraphs)]
        parts += ["<ul>" + "".join(f"<li>{inline(text)}</li>" for text in chapter.items) + "</ul>"]
        parts += [tags(chapter.table, "th"), f"<p>{inline(chapter.closing)}</p>"]
    return "".join([*parts, "</body></html>"])


WRITERS: dict[str, Callable[[Sample], str]] = {
    "markdown": lambda s: markdown(s, heading="{}", inline=plain, table=pipes),
    "pymupdf4llm": lambda s: markdown(
        s,
        heading="**{}**",
        inline=str,
        table=lambda rows: pipes(rows, "", lambda text: f"**{text}**" if text in rows[0] else text),
        between="**==> picture [540 x 37] intentionally omitted <==**",
    ),
    "docling": lambda s: markdown(
        s, heading="{}", inline=lambda t: html.escape(plain(t), quote=False), table=pipes, between="<!-- image -->"
    ),
    "marker": lambda s: markdown(
        s,
        heading='<span id="page-1-0"></span>**{}**',
        inline=lambda t: t.replace("CO2", "CO<sub>2</sub>"),
        table=pipes,
        between="{1}" + "-" * 48,
    ),
    "mineru": lambda s: markdown(
        s,
        heading="{}",
        inline=lambda t: plain(t).replace("CO2", r"$\mathrm { C O } _ { 2 }$").replace("18%", r"$18\%$"),
        table=tags,
    ),
    "mistral-ocr": lambda s: markdown(
        s,
        heading="{}",
        inline=lambda t: plain(t).replace("CO2", r"$\mathrm{CO}_{2}$").replace("18%", r"$18 \%$"),
        table=pipes,
        between="![img-0.jpeg](img-0.jpeg)",
    ),
    "paddleocr": lambda s: markdown(
        s,
        heading="{}",
        inline=lambda t: plain(t).replace("CO2", "CO $ _{2} $"),
        table=lambda rows: (
            '<div style="text-align: center;"><html><body>'
            + tags(rows, attributes=" border=1")
            + "</body></html></div>"
        ),
    ),
    "llamaparse": lambda s: markdown(s, heading="{}", inline=str, table=pipes, item="* ", between="---"),
    "html": html_document,
}


def converted(text: str, language: Language, root: Path) -> Report:
    dialect = recognise(text).dialect
    names = {"zh": "晨星集团报告", "en": "Northbay report"}
    profile = Profile.model_validate({"language": language, "title": names, "publisher": names})
    return build_report(ReportFolder(root, profile), Translations(language), received_lines(text, dialect), "source.md")


def in_common(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Share of both lists that the other has too."""
    a, b = (Counter("".join(text.split()) for text in texts) for texts in (found, wanted))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def headings(pages: Sequence[Page]) -> list[str]:
    return [section.heading.text.source for page in pages for section in page.section.walk() if section.heading.lines]


def cells(block: Block) -> list[str]:
    return [text.source for text, role in texts_of(block) if role != "caption"]


def blocks(report: Report) -> list[Block]:
    return [block for page in report.pages for block in blocks_of(page)]


def sentences(report: Report) -> list[str]:
    whole = " ".join(
        text.source
        for block in blocks(report)
        if not isinstance(block, DataTable | KeyValueTable)
        for text, _ in texts_of(block)
    )
    return re.split(r"(?<=[.。])\s*", whole)


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("sample", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_dialect_gives_the_same_document(sample: Sample, dialect: str, tmp_path: Path) -> None:
    report = converted(WRITERS[dialect](sample), sample.language, tmp_path)
    model = converted(WRITERS["markdown"](sample), sample.language, tmp_path)
    titles = [sample.title, *(chapter.title for chapter in sample.chapters)]
    assert in_common(headings(report.pages), titles) >= 0.95
    wanted = [cell for chapter in sample.chapters for row in chapter.table for cell in row]
    assert in_common([c for b in blocks(report) if isinstance(b, DataTable) for c in cells(b)], wanted) >= 0.95
    assert in_common(sentences(report), sentences(model)) >= 0.99
    for chapter in sample.chapters:
        for text in (*chapter.paragraphs, *chapter.items, chapter.closing):
            said = "".join(plain(text).replace("CO2", "CO₂").split())
            assert any(said in "".join(t.source.split()) for b in blocks(report) for t, _ in texts_of(b)), text
    assert report.ledger.unaccounted == ()


# --- the same report typeset, as three extractors read it ----------------------------------------------------------

PREAMBLE = """
#set page(width: 595pt, height: 842pt, margin: 60pt, footer: context [#counter(page).display()])
#set text(10pt, font: ("Libertinus Serif", "Noto Sans SC"))
#set par(spacing: 1.4em)
#show heading: set block(above: 2em, below: 1.4em)
"""


def typeset(sample: Sample) -> str:
    def escaped(text: str) -> str:
        return re.sub(r"([#*_`$<>@\\\[\]~])", r"\\\1", plain(text))

    parts = [f"= {sample.title}"]
    for chapter in sample.chapters:
        parts += [f"== {chapter.title}", *map(escaped, chapter.paragraphs)]
        parts += ["\n".join(f"- {escaped(item)}" for item in chapter.items)]
        table = "".join(f"[{escaped(cell)}]," for row in chapter.table for cell in row)
        parts += [
            f"#table(columns: {len(chapter.table[0])}, {table})",
            escaped(chapter.closing),
            "#pagebreak(weak: true)",
        ]
    return "\n\n".join(parts)


def by_pdfplumber(path: Path) -> str:
    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "pdfplumber": by_pdfplumber,
    "pdfminer": lambda path: extract_text(str(path)),
    "pypdf": lambda path: "\n".join(page.extract_text() for page in PdfReader(path).pages),
}


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("sample", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_plain_text_of_a_pdf_keeps_every_sentence_and_number(sample: Sample, extractor: str, tmp_path: Path) -> None:
    """It has no marks of headings, and pdfminer takes tables apart by columns: these are no part of what is asked."""
    pdf = compiled(tmp_path, typeset(sample), preamble=PREAMBLE)
    report = converted(EXTRACTORS[extractor](pdf), sample.language, tmp_path)
    said = "".join("".join(text.source.split()) for block in blocks(report) for text, _ in texts_of(block))
    for chapter in sample.chapters:
        for text in (*chapter.paragraphs, *chapter.items, chapter.closing):
            assert "".join(plain(text).replace("CO2", "CO₂").split()) in said
        for cell in (cell for row in chapter.table for cell in row):
            assert "".join(cell.split()) in said
    if extractor != "pdfminer":
        wanted = [cell for chapter in sample.chapters for row in chapter.table for cell in row]
        assert in_common([c for b in blocks(report) if isinstance(b, DataTable) for c in cells(b)], wanted) >= 0.95
    assert report.ledger.unaccounted == ()
