"""Abbreviations say what they stand for where a page first uses them; names have readings where speech needs one."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_site.commands.making import report_of
from report_site.folder.glossary import Glossary, Term
from report_site.folder.loading import load_folder
from report_site.language.readings import reading_fault
from report_site.model.errors import InputError
from report_site.publish.copies.closing import closing
from report_site.publish.copies.data import Writer
from report_site.publish.docs import render_docs
from report_site.publish.roundtrip import parse_markdown

SOURCE = """# KPI report

Two KPIs are met, the KPI-7 is not; the KPI of 2031 is new.

- The KPI again, and ESG

| Measure | Value |
|---|---|
| SROI | 3 |
"""
TERMS = """terms:
  - {zh: 关键绩效指标, en: key performance indicator, abbreviation: KPI, kind: term, expansion: {zh: 关键绩效指标, en: key performance indicator}}
  - {zh: SROI, en: SROI, kind: term, expansion: {zh: 社会投资回报, en: social return on investment}}
  - {zh: 张乐, en: Zhang Yue, kind: person, reading: zhāng yuè}
"""


def page(folder: Path, terms: str = TERMS, source: str = SOURCE) -> dict[str, bytes]:
    (folder / "source.md").write_text(source, "utf-8")
    (folder / "report.yml").write_text("language: en\ntitle: {zh: 报告, en: Report}\n", "utf-8")
    (folder / "glossary.yml").write_text(terms, "utf-8")
    return render_docs(report_of(load_folder(folder)))


def marked(folder: Path, **given: str) -> list[tuple[str, str, str | None]]:
    """Each mark of the page: its text, what it stands for, the element that holds it."""
    files = page(folder, **given)
    name = next(name for name, text in files.items() if b"kind: report" in text)
    main = parse_markdown(files[name].decode(), "en").css_first("main")
    assert main
    return [
        (one.text(), one.attributes.get("title") or "", (one.parent.tag if one.parent else None) or "")
        for one in main.css("abbr")
    ]


def test_the_first_use_on_a_page_is_marked_outside_its_heading(tmp_path: Path) -> None:
    assert marked(tmp_path) == [
        ("KPI", "key performance indicator", "a"),
        ("SROI", "social return on investment", "th"),
    ]


def test_the_name_of_a_table_or_column_stays_whole(tmp_path: Path) -> None:
    """Heard with every cell: Orca says a marked head in pieces, and a caption with a mark not at all."""
    source = "# Water\n\n| SROI name | SROI value |\n|---|---|\n| Wells | 3 |\n| SROI | 4 |\n"
    assert marked(tmp_path, source=source) == [("SROI", "social return on investment", "th")]


def test_a_code_that_holds_one_is_none(tmp_path: Path) -> None:
    assert marked(tmp_path, source="# Codes\n\nKPI-7, X-KPI, KPIX and the AKPI.\n") == []


def test_what_is_not_used_is_not_defined(tmp_path: Path) -> None:
    assert b"*[" not in b"".join(page(tmp_path, source="# Water\n\nNone here.\n").values())


def test_a_definition_in_the_reports_own_text_is_text(tmp_path: Path) -> None:
    assert marked(tmp_path, terms="terms: []\n", source="# Water\n\n*[KPI]: water\n\nA KPI.\n") == []


def test_one_page_does_not_know_the_abbreviations_of_another(tmp_path: Path) -> None:
    files = page(tmp_path, source="# One\n\nA KPI.\n\n# Two\n\nAn SROI.\n")
    pages = [text.decode() for text in files.values() if b"kind: report" in text]
    assert sorted(text.count("*[") for text in pages) == [1, 1]


def test_the_glossary_tells_expansion_and_reading(tmp_path: Path) -> None:
    files = page(tmp_path)
    assert b"KPI: key performance indicator." in files["en/glossary-term.md"]
    person = parse_markdown(files["en/glossary-person.md"].decode(), "en")
    said = person.css_first("[lang='zh-Latn-pinyin']")
    assert said
    assert said.text() == "zhāng yuè"


def test_so_does_the_pdf(tmp_path: Path) -> None:
    page(tmp_path)
    made = report_of(load_folder(tmp_path))
    behind = str(closing(Writer(made, "en", made.printed_whole, {}), whole=True))
    assert "KPI: key performance indicator." in behind
    assert "zhāng yuè" in behind


# --- mistakes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reading", "fault"),
    [
        ("张乐", "zhāng yuè", ""),
        ("DOU 有乐", "yǒu yuè", ""),
        ("女儿", "nǚ ér", ""),
        ("张乐", "zhāng", "1 syllables for the 2 ideographs"),
        ("张乐", "zhang1 yue4", "'zhang1' is no syllable"),
        ("张乐", "zhāng 乐", "'乐' is no syllable"),
        ("张乐", "zhāngyuè", "'zhāngyuè' is no syllable"),
    ],
)
def test_a_reading_is_pinyin_a_syllable_an_ideograph(name: str, reading: str, fault: str) -> None:
    assert reading_fault(name, reading).startswith(fault)
    assert bool(reading_fault(name, reading)) is bool(fault)


BOTH = "expansion: {zh: 关键指标, en: key measure}"


@pytest.mark.parametrize(
    ("terms", "place", "problem"),
    [
        ("{zh: 甲, en: A, kind: term, abbreviation: KPI}", "glossary.yml:2: terms[0].abbreviation", "expansion"),
        ("{zh: KPI, en: KPI, kind: term, expansion: {en: key}}", "glossary.yml:2: terms[0].expansion.zh", "is missing"),
        ("{zh: 张乐, en: A, kind: person, reading: zhāng}", "glossary.yml:2: terms[0].reading", "a syllable an"),
        (
            f"{{zh: KPI, en: KPI, kind: term, {BOTH}}}\n  - {{zh: 乙, en: B, kind: term, abbreviation: KPI,"
            " expansion: {zh: 别的, en: another}}",
            "glossary.yml:3: terms[1].expansion",
            "stands for something else",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, terms: str, place: str, problem: str) -> None:
    with pytest.raises(InputError) as error:
        page(tmp_path, terms=f"terms:\n  - {terms}\n")
    assert place in str(error.value)
    assert problem in str(error.value)


def test_a_name_in_ideographs_is_no_short_form() -> None:
    term = Term.model_validate(
        {"zh": "联合会", "en": "UNX", "kind": "organisation", "expansion": {"zh": "联合会", "en": "United X"}}
    )
    assert (term.short_form("zh"), term.short_form("en")) == ("", "UNX")
    assert list(Glossary(terms=(term,)).faults()) == []
