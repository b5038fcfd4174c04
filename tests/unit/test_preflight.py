"""The editor's page: every kind of doubt is named with what settles it, and what is settled is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from report_site.commands.cli import main
from report_site.commands.editor.doubts import WORST_FIRST, Doubt, Material, Remedy
from report_site.commands.editor.finding import find_doubts
from report_site.commands.editor.html import editors_voice
from report_site.commands.editor.preflight import preflight
from report_site.commands.editor.sureness import told_rules
from report_site.folder.guesses import Sure, guess_comment, guess_reasons, guessed_keys, guesses_in
from report_site.folder.profile import Profile
from report_site.language.strings import all_words
from report_site.model import Fate
from report_site.report import Report
from report_site.site.preview import add_preflight
from stages import ReportOf

SOURCE = """\
目录

水资源 1

员工 2

社区 3

# 水资源

各厂区全年节水，管理层每季度检查一次。

水厂新建了 □□ 净化设备。

# 员工

公司重视培训，新人都参加安全课程。

| 甲厂 | 12 | 15 |
| --- | --- | --- |
| 乙厂 | 18 | 21 |

# 98%

食堂每天供应热饭，夜班也有。
"""
PROSE = "各厂区全年节水，管理层每季度检查一次。\n\n公司重视培训，新人都参加安全课程。\n\n"
NOISY = f"# 水资源\n\n{PROSE}K9#x [Rl w|3 {{To\n\n图：净水池\n\n{PROSE}"
LOOSE = "# 水\n\n| 18.4 万吨 | 62% | 3,120 万度 |\n| --- | --- | --- |\n| 节水量 | 回用率 | |\n\n河水清。\n"


def material(report: Report, profile: Mapping[str, object] | None = None) -> Material:
    names = {"title": {"zh": "样例报告", "en": "Sample report"}}
    return Material(report, Profile.model_validate({**names, **(profile or {})}))


def doubts_in(report_of: ReportOf, source: str, profile: Mapping[str, object] | None = None) -> tuple[Doubt, ...]:
    return find_doubts(material(report_of(source, profile), profile))


def shown(doubts: tuple[Doubt, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(doubt.code, doubt.lines) for doubt in doubts]


def test_names_each_doubt_worst_first(report_of: ReportOf) -> None:
    found = doubts_in(report_of, SOURCE)
    assert shown(found) == [("unpaired", (23,)), ("not-found", ()), ("lost-glyph", (13,)), ("no-head", (19, 21))]
    assert [WORST_FIRST.index(doubt.code) for doubt in found] == sorted(WORST_FIRST.index(d.code) for d in found)
    assert all(doubt.remedies for doubt in found)


def test_names_rubbish_with_a_number_in_it(report_of: ReportOf) -> None:
    assert shown(doubts_in(report_of, NOISY)) == [("noise-number", (7,))]


def test_says_that_nothing_was_taken_for_a_heading(report_of: ReportOf) -> None:
    plain = "各厂区全年节水，管理层每季度检查一次。\n\n公司重视培训，新人都参加。\n"
    assert shown(doubts_in(report_of, plain)) == [("no-headings", (1,))]
    outline = {"outline": [{"at": "1 各厂区", "slug": "water"}]}
    assert doubts_in(report_of, plain, outline) == ()


def test_printed_pages_that_go_backwards_are_named(report_of: ReportOf) -> None:
    report = report_of("# 水\n\n河水清，水质好。\n\n井水甜，水量足。\n")
    assert find_doubts(material(replace(report, printed_pages={1: 4, 3: 4, 5: 5}))) == ()
    (doubt,) = find_doubts(material(replace(report, printed_pages={1: 4, 3: 4, 5: 2})))
    assert (doubt.code, doubt.lines, doubt.value) == ("page-order", (5,), "4 → 2")
    settled = replace(report.basis, settled=frozenset({5}))
    assert find_doubts(material(replace(report, printed_pages={1: 4, 3: 4, 5: 2}, basis=settled))) == ()


def test_a_running_head_with_its_page_number_repeats(report_of: ReportOf) -> None:
    pages = [f"\f晨星集团社会责任报告 {n}\n\n各厂区第 {n} 次节水，管理层检查了结果。\n\n" for n in range(1, 9)]
    found = doubts_in(report_of, "# 节水\n\n" + "".join(pages))
    assert [doubt for doubt in found if doubt.code == "furniture"] == []


def test_a_sentence_among_furniture_is_doubtful(report_of: ReportOf) -> None:
    report = report_of("# 节水\n\n各厂区节水，管理层检查了结果。\n\n公司重视培训，新人都参加。\n")
    lines = tuple(
        replace(entry, fate=Fate.FURNITURE, rule="running-head") if entry.line == 3 else entry
        for entry in report.ledger.lines
    )
    (doubt,) = find_doubts(material(replace(report, ledger=replace(report.ledger, lines=lines))))
    assert (doubt.code, doubt.lines) == ("furniture", (3,))


def test_a_clean_report_has_none(report_of: ReportOf) -> None:
    clean = "# 水资源\n\n各厂区全年节水，管理层每季度检查一次。\n\n# 员工\n\n公司重视培训，新人都参加。\n"
    assert doubts_in(report_of, clean) == ()


def settlements(doubts: tuple[Doubt, ...]) -> Iterator[tuple[Doubt, Remedy]]:
    for doubt in doubts:
        for remedy in doubt.remedies:
            if remedy.file == "report.yml" and remedy.when not in ("take-comment", "mend-place", "is-heading"):
                yield doubt, remedy


@pytest.mark.parametrize("source", [SOURCE, NOISY, LOOSE, LOOSE.replace("回用率", "")])
def test_every_remedy_settles_its_doubt(source: str, report_of: ReportOf) -> None:
    """The lines can be copied as they stand, and the place vanishes from the page."""
    found = doubts_in(report_of, source)
    tried = list(settlements(found))
    assert tried
    for doubt, remedy in tried:
        profile: dict[str, Any] = yaml.safe_load(remedy.lines)
        after = doubts_in(report_of, source, profile)
        assert [d for d in after if d.code == doubt.code and set(d.lines) & set(doubt.lines)] == [], remedy


def test_a_guess_is_settled_by_taking_its_comment_out(report_of: ReportOf) -> None:
    outline = "- at: 1 水  # guess (low): short\n  slug: water\n"
    text = f"# guess (medium): named 3 times\ntitle: {{zh: 甲, en: A}}\nyear: 2030\noutline:\n{outline}"
    assert guesses_in(text) == {2: Sure.MEDIUM, 5: Sure.LOW}
    assert guessed_keys(text) == {"title": Sure.MEDIUM}
    profile = Profile.model_validate(
        {"title": {"zh": "甲", "en": "A"}, "outline": [{"at": "1 水", "slug": "water"}]},
    )
    entry = profile.outline[0]
    report = report_of("# 水\n\n河水清，水质好。\n", {"outline": [{"at": "1 水", "slug": "water"}]})
    open_guess = Material(report, profile, {entry.at.written: Sure.LOW}, {"title": Sure.MEDIUM})
    assert [(doubt.code, doubt.value) for doubt in find_doubts(open_guess)] == [("guess", "title"), ("heading", "水")]
    assert find_doubts(Material(report, profile)) == ()


def test_a_comment_stays_on_its_line() -> None:
    assert guess_comment(Sure.LOW, "a\nslug: x\u2028y") == "# guess (low): a slug: x y"


def test_source_is_never_markup(report_of: ReportOf) -> None:
    report = report_of("# 水\n\n<script>alert(1)</script> □ </code><b>粗</b>。\n")
    page = LexborHTMLParser(preflight(material(report), "en").html)
    assert page.css("script, b") == []
    assert "<script>alert(1)</script>" in (page.body.text() if page.body else "")


@pytest.mark.parametrize("voice", ["zh", "zh-Hant", "en"])
def test_the_page_stands_by_itself(voice: str, report_of: ReportOf) -> None:
    found = preflight(material(report_of(SOURCE)), voice)
    page = LexborHTMLParser(found.html)
    assert page.css_first("html").attributes["lang"] == found.tag  # type: ignore[union-attr]
    levels = [int(str(node.tag)[1:]) for node in page.css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = [node.attributes["href"] or "" for node in page.css("a")]
    assert targets
    assert {target[1:] for target in targets} <= set(ids)


def test_every_rule_has_its_sentence() -> None:
    missing = [rule for rule in told_rules() if f"preflight-rule-{rule}" not in all_words("en")]
    assert missing == []


@pytest.mark.parametrize(
    ("locale", "asked", "voice"),
    [
        ("zh_CN.UTF-8", None, "zh"),
        ("zh_TW.UTF-8", None, "zh-Hant"),
        ("en_GB.UTF-8", None, "en"),
        ("C.UTF-8", None, "zh"),
        ("de_DE.UTF-8", None, "zh"),
        ("zh_CN", "en", "en"),
    ],
)
def test_speaks_the_editors_language(locale: str, asked: str, voice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert editors_voice(asked, "zh") == voice


def test_each_page_of_the_preview_leads_to_its_doubts(tmp_path: Path, report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    found = preflight(material(report), "en", "../")
    slug = next(iter(found.links))
    for folder in (tmp_path / slug, tmp_path / "en" / slug):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text('<body><main id="main"><h1>x</h1></main></body>', "utf-8")
    add_preflight(tmp_path, found)
    ids = {
        node.attributes["id"]
        for node in LexborHTMLParser((tmp_path / "_preflight/index.html").read_text("utf-8")).css("[id]")
    }
    for name, up in ((slug, "../"), (f"en/{slug}", "../../")):
        page = LexborHTMLParser((tmp_path / name / "index.html").read_text("utf-8"))
        (link,) = page.css("main a")
        target, _, anchor = (link.attributes["href"] or "").partition("#")
        assert target == f"{up}_preflight/"
        assert anchor in ids
        assert any(char.isdigit() for char in link.text())


# --- the commands --------------------------------------------------------------------------------------------------


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    (folder / "source.txt").write_text(SOURCE, "utf-8")
    done = run("new", folder / "report", "--source", folder / "source.txt", "--language", "en")
    assert done.exit_code == 0, done.output
    assert "preflight.html: " in done.output
    return folder / "report"


def test_new_writes_the_page_and_each_guess_says_how_sure_it_is(started: Path) -> None:
    assert "places to check" in (started / "preflight.html").read_text("utf-8")
    text = (started / "report.yml").read_text("utf-8")
    headings = [line for line in text.split("\n") if "at: " in line]
    assert headings
    assert all("# guess (" in line for line in headings)


def test_preflight_writes_where_it_is_told(started: Path, tmp_path: Path) -> None:
    done = run("preflight", "--report", started, "--out", tmp_path / "page.html", "--language", "zh")
    assert done.exit_code == 0, done.output
    assert 'lang="zh-CN"' in (tmp_path / "page.html").read_text("utf-8")


def test_preflight_goes_into_no_built_site(started: Path, tmp_path: Path) -> None:
    (tmp_path / ".report-site").touch()
    done = run("preflight", "--report", started, "--out", tmp_path / "sub" / "page.html")
    assert done.exit_code == 2
    assert "lies in the built site" in done.output
    assert not (tmp_path / "sub").exists()


@pytest.mark.parametrize("voice", ["zh", "en"])
def test_the_reason_of_a_guess_is_said_in_the_editors_language(voice: str, tmp_path: Path) -> None:
    """In report.yml, and on the page, which says what stands there."""
    pages = "\n\n".join(f"青禾食品 2034 年社会责任报告\n\n# 第{n}章\n\n{PROSE}" for n in "一二三四五六七八九")
    (tmp_path / "source.md").write_text(pages, "utf-8")
    done = CliRunner().invoke(
        main, ["new", str(tmp_path / "new"), "--source", str(tmp_path / "source.md"), "--language", voice]
    )
    assert done.exit_code == 0, done.output
    written = (tmp_path / "new/report.yml").read_text("utf-8")
    told = guess_reasons(written)
    assert told["title"].startswith({"zh": "中文：", "en": "Chinese: "}[voice])
    page = LexborHTMLParser((tmp_path / "new/preflight.html").read_text("utf-8")).text()
    assert told["title"] in page
    if voice == "zh":
        comments = re.findall(r"# guess \(\w+\): (.*)", written)
        assert all(re.search("[一-鿿]", one) or one == "# 第一章" for one in comments), comments
        assert "checked against" not in page
