"""Figures that stand for a chapter elsewhere: never one that readers are told to doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from report_site.commands.making import report_of
from report_site.folder.loading import load_folder
from report_site.model.errors import InputError
from report_site.publish.outline import site_outline

SOURCE = """# Water

Text of the chapter on water.

| 40% | wells cleaned |
|---|---|
| 12% | rivers cleaned |

## Pumps

Text of pumps.
"""
PROFILE = """language: en
title: {zh: 报告, en: Report}
tables:
  - {at: "5-7 40%%", kind: key-figures, why: a strip}
outline:
  - {at: "1 Water", slug: water, kind: chapter, page: true%s}
"""
FLAG = 'flags:\n  - {at: "5 40%", what: {zh: 存疑, en: In doubt}}\n'


def outline(folder: Path, headlines: str = "", flag: str = "") -> str:
    (folder / "source.md").write_text(SOURCE, "utf-8")
    (folder / "report.yml").write_text(PROFILE % headlines + flag, "utf-8")
    (folder / "zh.po").write_text('msgid ""\nmsgstr "Language: zh\\n"\n', "utf-8")
    shown = site_outline(report_of(load_folder(folder)))
    return json.dumps({key: shown[key] for key in ("pages", "chapters")}, ensure_ascii=False)


def test_a_flagged_figure_is_no_headline(tmp_path: Path) -> None:
    assert "40%" in outline(tmp_path)
    assert "40%" not in outline(tmp_path, flag=FLAG)


def test_an_editors_choice_of_a_flagged_figure_is_an_error(tmp_path: Path) -> None:
    chosen = ', headlines: [{at: "5 40%", value: {zh: 40%, en: 40%}, label: {zh: 建成, en: wells cleaned}}]'
    assert "40%" in outline(tmp_path, chosen)
    with pytest.raises(InputError, match="flagged as doubtful"):
        outline(tmp_path, chosen, FLAG)
