"""Title, publisher, year and language of a report nobody has seen: by evidence, or left out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from case_files import Case, cases
from report_site.commands.cli import main
from report_site.folder.loading import load_folder
from report_site.model.errors import InputError
from report_site.source.read.imprint import Imprint, find_imprint
from stages import cleaned, furniture_of


def imprint_of(text: str) -> Imprint:
    return find_imprint(cleaned(text), furniture_of(text), "source.md")


@cases("imprint", "imprints")
def test_finds_the_imprint(case: Case) -> None:
    found = imprint_of(case["source"])
    values = {
        "title": found.title.value if found.title else None,
        "publisher": found.publisher.value if found.publisher else None,
        "year": found.year.value if found.year else None,
        "language": found.variety,
    }
    assert values == case["expected"]


@cases("imprint", "refused")
def test_a_language_that_is_not_read_here_is_named(case: Case) -> None:
    with pytest.raises(InputError, match=case["says"]):
        imprint_of("\n\n".join([case["sentence"]] * 30))


@cases("imprint", "read_all_the_same")
def test_a_language_is_refused_on_strong_evidence_only(case: Case) -> None:
    imprint_of("\n\n".join([case["sentence"]] * 30))


def new(tmp_path: Path, source: str) -> Path:
    extraction = tmp_path / "extraction.md"
    extraction.write_text(source, "utf-8")
    result = CliRunner().invoke(main, ["new", str(tmp_path / "report"), "--source", str(extraction)])
    assert result.exit_code == 0, result.output
    return tmp_path / "report"


def test_report_yml_says_what_each_value_rests_on(tmp_path: Path) -> None:
    folder = new(tmp_path, "# 云杉集团 2031 年社会责任报告\n\n## 治理\n\n董事会全年开会 6 次。\n")
    text = (folder / "report.yml").read_text("utf-8")
    assert "# guess (medium): 标题\nyear: 2031\n" in text
    assert "# guess (low): 中文：source.md 第 1 行；英文：没有找到，由另一种语言的代替\ntitle:\n" in text
    assert yaml.safe_load(text)["language"] == "zh-Hans"


@pytest.mark.parametrize(
    "source",
    [
        "# 商业道德\n\n公司对腐败采取零容忍态度。\n\n# 员工\n\n员工每年体检。\n",
        "# /\n\nWe saved water.\n",
        "—\n\n# |\n\n公司节水。\n",
    ],
)
def test_what_nobody_knows_is_published_nowhere(source: str, tmp_path: Path) -> None:
    """Neither `?` nor `None` for a publisher, a year or a title."""
    folder = new(tmp_path, source)
    profile = load_folder(folder).profile
    assert profile.publisher is None
    assert profile.year is None
    assert profile.title[profile.language] in ("报告", "Report")
    assert CliRunner().invoke(main, ["build", "--report", str(folder), "--site", str(tmp_path / "site")]).exit_code == 0
    for path in (tmp_path / "site").rglob("*.html"):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        assert "None" not in path.read_text("utf-8")
        assert "?" not in (tree.body.text() if tree.body else "")
