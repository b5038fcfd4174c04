"""The report as data: each stated number with unit, qualifier and period; each table as CSV that gives the table again."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from arro3.io import read_parquet
from frictionless import Package, system
from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.loading import ReportFolder
from report_site.language.dates import stated_period
from report_site.language.strings import words
from report_site.model import DataTable, KeyValueTable, Language
from report_site.model.errors import InputError
from report_site.model.texts import blocks_of
from report_site.publish.data import data_files, gather
from report_site.publish.data.facts import Fact, facts_of
from report_site.publish.data.sheets import Column, Sheet, sheet_csv, sheet_json, workbook
from report_site.publish.docs import render_site
from report_site.publish.markdown import STROKES, render_block
from report_site.publish.periods import period_in_words
from report_site.publish.report_pages import page_context
from report_site.publish.roundtrip import parse_markdown
from report_site.publish.wording import around
from report_site.report import Report
from stages import ReportOf

TABLE = "\n".join(
    [
        "| 指标 | 单位 | 2030 | 2031 |",
        "| --- | --- | --- | --- |",
        "| 用水量 | m3 | 1,204 | 1,180 |",
        "| 达标率 | % | ≥ 99.9 | 100 |",
        "| 备注 | / | =SUM(A1) | a\\|b |",
    ]
)
REPORT = f"# 河边的工厂\n\n2031 年，三座工厂共节水 12 万吨，培训 63 场。\n\n## 数据\n\n表 1 用水\n\n{TABLE}\n\n工厂还在节电。\n"


def files_of(report: Report) -> dict[str, bytes]:
    return dict(data_files(report, gather(report)))


def written(fact: Fact) -> str:
    upper = "" if fact.upper is None else f"..{fact.upper.normalize():f}"
    ratio = fact.unit == "" and fact.upper is not None
    assert fact.number is not None
    number = f"{fact.number.normalize():f}{upper.replace('..', ':') if ratio else upper}"
    qualifier = "" if fact.qualifier == "exact" else fact.qualifier
    return " ".join(filter(None, [number, fact.unit, qualifier, f"@{fact.period}" if fact.period else ""]))


@cases("facts", "prose")
def test_numbers_of_the_prose(case: Case, report_of: ReportOf) -> None:
    language: Language = "zh" if "zh" in case else "en"
    title = {"zh": "# 工厂与河流", "en": "# Mills and the river"}[language]
    report = report_of(f"{title}\n\n{case[language]}\n", {"language": language})
    assert [written(fact) for fact in facts_of(report)] == [str(one) for one in case["facts"]]


@cases("facts", "printed")
def test_values_of_the_prose_as_printed(case: Case, report_of: ReportOf) -> None:
    language: Language = "zh" if "zh" in case else "en"
    title = {"zh": "# 工厂与河流", "en": "# Mills and the river"}[language]
    facts = facts_of(report_of(f"{title}\n\n{case[language]}\n", {"language": language}))
    assert [fact.said[language].value for fact in facts] == case["values"]
    if "labels" in case:
        assert [fact.said[language].label for fact in facts] == case["labels"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("截至 2031 年末", "zh", "2031-12-31"),
        ("2031 年 2 月底", "zh", "2031-02-28"),
        ("比 2030 年", "zh", ""),
        ("By the end of 2031", "en", "2031-12-31"),
        ("from January to June 2031", "en", ""),
        ("In March 2031", "en", "2031-03"),
        ("compared with 2030", "en", ""),
        ("2031 of them", "en", "2031"),
        ("in 2031.5 tonnes", "en", ""),
    ],
)
def test_periods(text: str, language: Language, expected: str) -> None:
    assert stated_period(text, language) == expected


def test_a_fact_leads_to_its_place(report_of: ReportOf) -> None:
    report = report_of(REPORT)
    ids = {block.id for page in report.pages for block in blocks_of(page)}
    facts = facts_of(report)
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        page, _, anchor = fact.said["zh"].permalink.partition("#")
        assert anchor in ids
        assert page == f"{fact.page}/"
        assert fact.said["zh"].value in fact.said["zh"].sentence
    assert facts[0].said["en"].permalink == "", "the site has no English"


def test_a_doubted_line_is_flagged(report_of: ReportOf) -> None:
    flag = {"at": "3", "what": {"zh": "存疑", "en": "Doubtful"}}
    assert all(fact.flagged for fact in facts_of(report_of(REPORT, {"flags": [flag]})) if fact.kind == "prose")


# --- tables --------------------------------------------------------------------------------------------------------


def rows_of(data: bytes) -> list[list[str]]:
    """As a reader of the file has them: without the mark that keeps a spreadsheet from taking them for formulas."""
    return [
        [cell[1:] if cell.startswith("'") and cell[1:2] in ("=", "@", "\t", "\r") else cell for cell in row]
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))
    ]


def shown(report: Report, language: Language) -> dict[str, list[list[str]]]:
    """Text of each cell of each HTML table, by its id; the items of a cell joined as the CSV joins them; blanks may break."""
    context = page_context(report, language)
    found = {}
    for page in report.pages:
        for block in (one for one in blocks_of(page) if isinstance(one, DataTable | KeyValueTable)):
            tree = parse_markdown(render_block(block, context), language)
            for table in tree.css("table"):
                found[block.id] = [
                    [
                        ("\n".join(item.text().strip() for item in cell.css("li")) or cell.text().strip()).replace(
                            "\xa0", " "
                        )
                        for cell in row.css("th, td")
                    ]
                    for row in table.css("tr")
                ]
    return found


def test_a_table_rebuilt_from_its_csv_says_the_same(report_of: ReportOf) -> None:
    report = report_of(REPORT)
    files = files_of(report)
    tables = shown(report, "zh")
    assert tables
    for identity, rows in tables.items():
        data = rows_of(files[f"data/tables/zh/{identity}.csv"])
        assert [["未列出" if cell in STROKES else cell for cell in row] for row in data] == rows


def test_each_table_of_the_repository_is_told_again(shipped: ReportFolder) -> None:
    report = convert(shipped, translations_of(load_catalogue(shipped.catalogue), shipped.profile.language))
    files = files_of(report)
    for language in report.languages:
        none = words("none", report.voice(language))
        for identity, rows in shown(report, language).items():
            data = rows_of(files[f"data/tables/{language}/{identity}.csv"])
            foreign = (len(data) - len(rows)) if len(report.languages) > 1 else 0
            own = [*data[:foreign], *data[2 * foreign :]]
            assert [[none if cell in STROKES else cell for cell in row] for row in own] == rows, identity


def test_no_cell_is_a_formula(report_of: ReportOf) -> None:
    table = next(data for path, data in files_of(report_of(REPORT)).items() if "/tables/" in path)
    assert b"'=SUM(A1)" in table
    assert table.startswith("\ufeff".encode())


# --- files ---------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(TEXTS, st.one_of(st.none(), st.integers().map(str))), max_size=6))
def test_csv_and_json_hold_the_same_rows(rows: list[tuple[str, str | None]]) -> None:
    sheet = Sheet("s", (Column("id", "string", ""), Column("number", "number", "")), tuple(rows))
    records = json.loads(sheet_json(sheet))
    written = [row[0] for row in rows_of(sheet_csv(sheet))[1:]]
    assert len(records) == len(written)
    # What a spreadsheet would compute has an apostrophe before it, in CSV alone.
    assert all(said in (record["id"], f"'{record['id']}") for said, record in zip(written, records, strict=True))
    assert [record["number"] for record in records] == [None if n is None else int(n) for _, n in rows]


def test_the_workbook_has_every_row_and_the_same_bytes_twice(report_of: ReportOf) -> None:
    sheet = Sheet(
        "numbers", (Column("id", "string", ""), Column("number", "number", "")), (("=1+1", "12.5"), ("b", None))
    )
    first, second = workbook([sheet]), workbook([sheet])
    assert first == second
    with ZipFile(io.BytesIO(first)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page, "no formula"
    assert "<v>12.5</v>" in page


@pytest.mark.parametrize("profile", [{}, {"data": {"parquet": True}}], ids=["usual", "with Parquet"])
def test_the_package_is_valid(report_of: ReportOf, tmp_path: Path, profile: dict[str, object]) -> None:
    for path, data in files_of(report_of(REPORT, profile)).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    with system.use_context(trusted=True):
        checked = Package(str(tmp_path / "data/datapackage.json")).validate()
    assert checked.valid, checked.flatten(["name", "rowNumber", "fieldName", "message"])
    assert len(checked.tasks) == (3 if profile else 2)
    (tmp_path / "data/figures.csv").write_bytes(b"")
    with system.use_context(trusted=True):
        assert not Package(str(tmp_path / "data/datapackage.json")).validate().valid


def test_parquet_where_asked_holds_the_rows_of_the_csv(report_of: ReportOf) -> None:
    report = report_of(REPORT, {"data": {"parquet": True}})
    files = files_of(report)
    table = read_parquet(io.BytesIO(files["data/figures.parquet"])).read_all()
    head, *rows = rows_of(files["data/figures.csv"])
    assert table.schema.names == head
    fields = json.loads(files["data/datapackage.json"])["resources"][0]["schema"]["fields"]
    for field, column in zip(fields, zip(*rows, strict=True), strict=True):
        read = table.column(field["name"]).to_pylist()
        if field["type"] == "number":
            assert all(isinstance(cell, float) for cell in read if cell is not None)
            assert [cell is None or Decimal(str(cell)) for cell in read] == [
                not cell or Decimal(cell) for cell in column
            ]
        elif field["type"] == "boolean":
            assert ["true" if cell else "false" for cell in read] == list(column)
        else:
            assert ["" if cell is None else str(cell) for cell in read] == list(column)
    assert files_of(report)["data/figures.parquet"] == files["data/figures.parquet"]
    assert "](site:data/figures.parquet)" in render_site(report).docs["zh/data.md"].decode()
    assert not any("parquet" in path for path in files_of(report_of(REPORT)))


def test_without_its_writer_a_line_says_what_to_do(report_of: ReportOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    with pytest.raises(InputError, match="make parquet"):
        files_of(report_of(REPORT, {"data": {"parquet": True}}))


def test_the_site_offers_them(report_of: ReportOf) -> None:
    source = render_site(report_of(REPORT))
    page = source.docs["zh/data.md"].decode()
    offered = dict(source.data_files())
    assert set(offered) > {"data/figures.csv", "data/figures.json", "data/figures.xlsx", "data/datapackage.json"}
    for path in offered:
        assert f"](site:{path})" in page, path
    assert "12 万吨" in page


def test_numbers_are_found_once_a_report(report_of: ReportOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages and files show them."""
    calls: list[Report] = []

    def counted(report: Report) -> tuple[Fact, ...]:
        calls.append(report)
        return facts_of(report)

    monkeypatch.setattr("report_site.publish.data.facts_of", counted)
    render_site(report_of(REPORT))
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        ("", "", ""),
        ("2031", "2031", "2031 年"),
        ("2031-10", "October 2031", "2031 年 10 月"),
        ("2031-10-05", "5 October 2031", "2031 年 10 月 5 日"),
        ("2031-12-31", "end of 2031", "2031 年底"),
        ("2031-01/2031-06", "January 2031 to June 2031", "2031 年 1 月至 2031 年 6 月"),
    ],
)
def test_periods_are_said_in_words(period: str, en: str, zh: str) -> None:
    assert (period_in_words(period, "en"), period_in_words(period, "zh")) == (en, zh)


LONG = "The Group offered twelve courses on many things to 60,000 people, and 4,210 of them passed"
LANG = "全年共减少用水 12 万吨，其中厂区减少 3 万吨，办公楼减少 1200 吨"


@pytest.mark.parametrize(
    ("text", "part"),
    [(LONG, "60,000"), (LONG, "4,210 of"), (LONG, "The"), (LONG, ""), (LANG, "3 万吨"), (LANG, "1200 吨")],
)
def test_an_excerpt_holds_its_number_and_cuts_no_word(text: str, part: str) -> None:
    shown = around(text, part, 24)
    kept = shown.strip("…")
    assert part in shown
    assert len(kept) <= 24
    before, _, after = text.partition(kept)
    assert not re.match("[A-Za-z0-9]{2}", before[-1:] + kept[:1])
    assert not re.match("[A-Za-z0-9]{2}", kept[-1:] + after[:1])
    assert shown.startswith("…") is (not text.startswith(kept))
    assert shown.endswith("…") is (not text.endswith(kept))


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert around("Few words, all of them.", "all", 24) == "Few words, all of them."
    assert around("Nothing of it is here, so the beginning stands", "999", 24).startswith("Nothing of it")
