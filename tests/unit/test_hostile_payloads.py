"""Texts that look like somebody's code, in every place of a report that takes a text: shown as they stand, run by nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from case_files import Case, load_cases
from hostile import active_in, pages_of, put, run, text_of
from report_site.folder.po import dump_po, parse_po

PAYLOADS = load_cases("payloads")
EVERY = [case["text"] for section in ("listed", "own") for case in PAYLOADS[section]]
TAKEN_AS_SEEN = 8
"""Of so many payloads one is tried with every change, all of them with `make audit`."""
FORMULA = re.compile(r"[=@＝＠\t\r]|[+-].*(?:\w\(|\|)")
"""What a spreadsheet computes when it opens a CSV file: calls, and programs behind a stroke."""


def _cases() -> list[Any]:
    found = [(section, case) for section in ("listed", "own") for case in PAYLOADS[section]]
    marks = {True: [], False: [pytest.mark.audit]}
    return [
        pytest.param(case, id=f"{section}: {case['text']!a}", marks=marks[i % TAKEN_AS_SEEN == 0])
        for i, (section, case) in enumerate(found)
    ]


def source_of(payload: str) -> str:
    row = payload.replace("|", "\\|")
    return f"""\
# 节约用水 {payload} 完

开头 {payload} 结尾。

{payload}

- 第一项 {payload} 完
- 第二项

图：净水池 {payload} 完

| 指标 {row} | 2029 |
|---|---|
| 用水 {row} 完 | 38,200 |

## 员工成长

员工参加培训。

> 员工说：{payload}

1. {payload}
2. 第二步
"""


def files_of(payload: str) -> dict[str, str]:
    """A report with the payload in every place of every file."""
    both = {"zh": f"甲 {payload}", "en": f"A {payload}"}
    profile = {
        "title": both,
        "publisher": both,
        "intro": both,
        "contact": payload,
        "year": 2030,
        "site": {"name": both, "licence": both, "contact": payload},
        "flags": [{"at": "3 开头", "what": both}],
        "corrections": [{"at": "18 员工", "wrong": "参加", "right": f"接受 {payload}", "why": both}],
        "tables": [{"at": "12-14 指标", "kind": "data", "caption": both, "why": payload}],
        "lines": [{"at": "18 员工", "as": "text", "why": payload}],
    }
    figure = {"at": "10 净水池", "caption": both, "alternative": both, "description": [both]}
    terms = [{"zh": "净水池", "en": payload, "kind": "term", "note": both, "also": [payload]}]
    return {
        "report/report.yml": yaml.safe_dump(profile, allow_unicode=True),
        "report/figures.yml": yaml.safe_dump({"figures": [figure]}, allow_unicode=True),
        "report/glossary.yml": yaml.safe_dump({"terms": terms}, allow_unicode=True),
        "report/source.md": source_of(payload),
    }


def translated(path: Path, payload: str) -> None:
    """Every text of the catalogue says the payload."""
    catalogue = parse_po(path.read_text("utf-8"), path)
    lines = (
        dump_po(catalogue)
        .decode()
        .replace('msgstr ""\n\n', f"msgstr {json.dumps(f'B {payload} C', ensure_ascii=False)}\n\n")
    )
    path.write_text(lines, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("case", _cases())
def test_a_payload_is_text_in_every_place(case: Case, tmp_path: Path) -> None:
    payload = case["text"]
    put(tmp_path, files_of(payload))
    converted = run(tmp_path, "convert --report REPORT")
    assert converted.exit_code == 0, converted.output
    translated(tmp_path / "report" / "en.po", payload)
    built = run(tmp_path, "build --no-copies --report REPORT --site SITE")
    assert built.exit_code == 0, built.output
    assert " 0 unaccounted" in built.output
    trees = pages_of(tmp_path / "site")
    for name, tree in trees.items():
        assert not active_in(tree), name
        for data in tree.css("script[type='application/ld+json']"):
            json.loads(data.text())
    shown = {
        language: text_of({n: t for n, t in trees.items() if n.startswith("en/") is (language == "en")})
        for language in ("zh", "en")
    }
    said = " ".join(payload.split())
    assert f"甲 {said}" in shown["zh"]
    assert f"A {said}" in shown["en"]
    assert f"B {said} C" in shown["en"]
    if left := case.get("source", said):
        assert f"开头 {left} 结尾" in shown["zh"]
    _require_inert_tables(tmp_path / "site")


def _require_inert_tables(site: Path) -> None:
    for path in site.rglob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
            assert not [cell for cell in row if FORMULA.match(cell)], path.name


@pytest.mark.slow
def test_copies_hold_payloads_as_text(tmp_path: Path) -> None:
    """All of them in one report, with PDF, e-book and offline edition."""
    put(tmp_path, files_of(" · ".join(EVERY[:4])))
    text = "\n\n".join(f"第 {i} 段 {payload}" for i, payload in enumerate(EVERY) if "<!--" not in payload)
    put(tmp_path, {"report/source.md": source_of("x") + f"\n\n## 更多\n\n{text}\n"})
    built = run(tmp_path, "build --report REPORT --site SITE")
    assert built.exit_code == 0, built.output
    for book in (tmp_path / "site" / "copies").glob("*.epub"):
        _require_inert_book(book)
    papers = list((tmp_path / "site" / "copies").glob("*.pdf"))
    assert papers
    for paper in papers:
        assert not [name for name in (b"/JavaScript", b"/Launch", b"/EmbeddedFile") if name in paper.read_bytes()]


def _require_inert_book(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        for name in names:
            root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
            assert not root.xpath("//*[local-name()='script' or local-name()='iframe' or local-name()='form']")
            assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert names
