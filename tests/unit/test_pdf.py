"""The PDF of any report: tagged, whole, the same bytes twice; what no font has is named, nothing stops it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pytest

import pdf_tree
from places import ROOT, SAMPLES
from printed_copy import Copy, counts_of, pictures_of, shown, without_the_pages_own
from report_site.model.errors import InputError
from report_site.publish.copies import pdf
from report_site.publish.copies.closing import closing
from report_site.publish.copies.data import Writer
from report_site.publish.copies.long_blocks import MOST_ROWS, in_parts, parted
from report_site.publish.copies.making import copies_of
from report_site.publish.copies.pdf import Pdf, pdf_of
from report_site.publish.docs import render_docs
from report_site.publish.roundtrip import parse_markdown
from report_site.report import Report
from stages import ReportOf

SOURCE = """# Harbour report 2023

## People at the quay

We keep the quay open, and `#let x = 1` is text as well as $y$ and @label and <tag>.

- first crane
- second crane

| Year | Ships |
|---|---|
| 2022 | 40 |
| 2023 | 52 |

### Training

Everyone learns to swim.

## Water

The water is clear.
"""


def made(report: Report, chapter: str | None = None) -> Pdf:
    return pdf_of(report, report.language, {}, root=ROOT, chapter=chapter)


def document(report: Report) -> dict[str, Any]:
    writer = Writer(report, report.language, report.printed_whole, {})
    return parted({**writer.document("", "Harbour"), "closing": closing(writer, whole=True)})


def objections(data: bytes, tmp_path: Path) -> list[str]:
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    return [failure.message for failure in validation.validate_pdf(str(file), profile="ua1").failures]


@pytest.fixture
def harbour(report_of: ReportOf) -> Report:
    return report_of(SOURCE)


def test_it_is_tagged_as_pdf_ua_asks(harbour: Report, tmp_path: Path) -> None:
    assert objections(made(harbour).data, tmp_path) == []


def test_a_file_without_its_language_is_found(harbour: Report, tmp_path: Path) -> None:
    """The test above could be blind."""
    with pikepdf.open(io.BytesIO(made(harbour).data)) as pdf:
        del pdf.Root.Lang
        pdf.Root.MarkInfo.Marked = False
        out = io.BytesIO()
        pdf.save(out)
    assert objections(out.getvalue(), tmp_path)


def test_its_structure_is_the_reports(harbour: Report) -> None:
    tree = pdf_tree.read(made(harbour).data)
    kinds = [element.kind for element in tree.root.walk()]
    heads = [(one.scope, one.text) for one in tree.root.walk() if one.kind == "TH"]
    assert [(scope, text.strip()) for scope, text in heads] == [
        ("Column", "Year"),
        ("Column", "Ships"),
        ("Row", "2022"),
        ("Row", "2023"),
    ]
    assert (kinds.count("Table"), kinds.count("H1")) == (1, 1)
    assert "#let x = 1" in tree.root.text
    assert "@label and <tag>" in tree.root.text


def test_only_furniture_is_an_artifact(harbour: Report) -> None:
    """Running heads, numbers of pages, bullets' dots of the contents: nothing that a reader would miss."""
    artifacts = pdf_tree.read(made(harbour).data).artifacts
    assert "quay open" not in "".join(artifacts)
    assert artifacts[-1].strip().endswith(str(len(artifacts)))


def test_the_same_bytes_twice(harbour: Report) -> None:
    assert made(harbour).data == made(harbour).data


def test_a_chapter_alone(harbour: Report) -> None:
    slug = next(page.slug for page in harbour.pages if page.section.heading.text.source == "Water")
    text = pdf_tree.read(made(harbour, slug).data).root.text
    assert "The water is clear" in text
    assert "swim" not in text
    with pytest.raises(InputError, match="no page of the report"):
        made(harbour, "nowhere")


@pytest.mark.parametrize("char", ["😀", "𠮷", "ก"])
def test_a_character_that_no_font_has_is_said_by_its_code(report_of: ReportOf, char: str) -> None:
    pdf = made(report_of(SOURCE.replace("clear", f"clear {char} today")))
    said = pdf_tree.read(pdf.data).root.text
    shown = f"[U+{ord(char):04X}]" if pdf.missing else char
    assert f"clear {shown} today" in said
    assert not pdf.missing or f"U+{ord(char):04X}" in pdf.missing[0]


@pytest.mark.parametrize("tag", ["zh", "zh-Hant", "zh-HK", "en"])
def test_any_variety_of_a_language(report_of: ReportOf, tag: str, tmp_path: Path) -> None:
    title, text = ("Harbour", "Clear water.") if tag == "en" else ("港口報告", "水質清澈，“適合”游泳。")
    data = made(report_of(f"# {title} 2023\n\n## {title}\n\n{text}\n", {"language": tag})).data
    assert objections(data, tmp_path) == []


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.md"))])
def test_a_strangers_report(report_of: ReportOf, name: str, tmp_path: Path) -> None:
    report = report_of((SAMPLES / name).read_text("utf-8"))
    data = made(report).data
    assert objections(data, tmp_path) == []
    assert_as_printed(report, data)


CHARTS = """# 河边的工厂 2031

| 学历 | 占比 |
| --- | --- |
| 本科 <b> | 62.5% |
| 硕士 | 30% |
| 其他 | 7.5% |

再说一句。

| 地区 | 捐赠（万元） |
| --- | --- |
| East County 东边 | 9 |
| 西 | 5 |
| 南 | 3 |

又说一句。

| 指标 | 单位 | 2027 | 2028 | 2029 | 2030 | 2031 |
| --- | --- | --- | --- | --- | --- | --- |
| 用水 | 吨 | 9 | 7 | 8 | 6 | 3 |

最后一句。

| 指标 | 单位 | 2030 | 2031 |
| --- | --- | --- | --- |
| 用水 | 吨 | 9 | 7 |
| 用电 | 度 | 9 | 7 |
"""


def test_shares_ranked_values_and_series_are_drawn_above_their_tables(report_of: ReportOf, tmp_path: Path) -> None:
    """The table of two units has no chart."""
    report = report_of(CHARTS, {"language": "zh"})
    data = made(report).data
    assert objections(data, tmp_path) == []
    assert_as_printed(report, data)
    kinds = [one.kind for one in pdf_tree.read(data).root.walk() if one.kind in ("Figure", "Table")]
    assert kinds == ["Figure", "Table"] * 3 + ["Table"]
    assert made(report).data == data


def assert_as_printed(report: Report, data: bytes) -> None:
    """Text, order and elements are those of the page that prints the report."""
    language = report.language
    html = parse_markdown(render_docs(report)[f"{language}/print.md"].decode(), language)
    copy, page = Copy(data, report.voice(language)), without_the_pages_own(html)
    assert copy.counts() == counts_of(page)
    assert copy.pictures() == pictures_of(page, copy.voice)
    assert copy.text() == shown(page)


EVERY_KIND = """# 河边的工厂 2031

三座工厂都在节水⁽¹⁾，河水更清了。

## 用水与用电

![厂区的照片](photograph.png)

![河岸的照片](bank.png)

- 第一，取水口装表
- 第二，每小时上报

1. 先量
2. 再报

> “河里又有鱼了。”

表 1 各厂用水

| 厂 | 单位 | 2030 | 2031 |
| --- | --- | --- | --- |
| 东厂 | 吨 | 1,200 | 600 |
| 西厂 | 吨 | 300 | 900 |

### 案例：West Mill 的水表

夜班工人读表。

⁽¹⁾ 按取水口计量。
"""


def test_every_kind_of_block_is_as_printed(report_of: ReportOf, tmp_path: Path) -> None:
    doubt = {"at": "15", "what": {"zh": "West Mill 的数字存疑", "en": "Doubtful"}}
    report = report_of(EVERY_KIND, {"language": "zh", "flags": [doubt]})
    data = made(report).data
    assert objections(data, tmp_path) == []
    assert_as_printed(report, data)


def test_a_long_table_and_a_long_list_are_set_in_parts_and_whole(report_of: ReportOf) -> None:
    """Typst lays a block out anew for each page that it runs over."""
    rows = "\n".join(f"| Quay {n} | {n * 7} |" for n in range(MOST_ROWS + 5))
    items = "\n".join(f"- boat {n}" for n in range(MOST_ROWS + 5))
    report = report_of(f"# Harbour\n\n| Quay | Ships |\n|---|---|\n{rows}\n\n## Boats\n\n{items}\n")
    body = [block for part in document(report)["parts"] for block in part["body"]]
    tables, lists = ([block for block in body if block["kind"] == kind] for kind in ("table", "list"))
    assert [len(block["rows"]) for block in tables] == [MOST_ROWS, 5]
    assert [len(block["items"]) for block in lists] == [MOST_ROWS, 5]
    assert [bool(block["id"]) for block in (*tables, *lists)] == [True, False, True, False]
    assert [block["header"] for block in tables] == [tables[0]["header"]] * 2
    said = [cell["items"][0][0]["text"] for block in tables for row in block["rows"] for cell in row["cells"]]
    assert said == [said for n in range(MOST_ROWS + 5) for said in (f"Quay {n}", str(n * 7))]
    assert made(report).pages > 10


def test_a_numbered_list_in_parts_counts_on() -> None:
    block = {"kind": "list", "id": "l", "ordered": True, "start": 5, "items": [[]] * (MOST_ROWS + 2), "marked": True}
    parts = in_parts([{"kind": "case", "label": [], "body": [block]}])[0]["body"]
    assert [(part["start"], len(part["items"])) for part in parts] == [(5, MOST_ROWS), (5 + MOST_ROWS, 2)]


def test_a_report_too_large_for_one_file_has_no_pdf_and_says_so(
    harbour: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_TEXTS", 10)
    copies = copies_of(harbour, {}, root=ROOT, address="")
    assert not copies.files
    assert list(copies.facts[harbour.language]) == ["epub", "offline", "offline_size"]
    assert "report-site pdf --chapter" in copies.notes[0]
