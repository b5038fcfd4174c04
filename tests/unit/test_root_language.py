"""The report's own language stands at the root; a language that has nothing to show has no page and no link."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from report_site.convert import build_report
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder
from report_site.folder.profile import Profile
from report_site.publish.docs import render_site
from report_site.site.build import build_site
from stages import received

NAMES = {"title": {"zh": "样例报告", "en": "Sample report"}, "publisher": {"zh": "样例", "en": "Sample"}}
ENGLISH = "# Water\n\nTwelve wells were dug in 2022.\n\n# Staff under <35 and >50\n\nForty people joined us.\n"
TRADITIONAL = "# 節約用水\n\n全年節水十二萬噸。\n"
BASE = "https://example.github.io/report/"


def built(tmp_path: Path, language: str, source: str, translations: dict[str, str] | None = None) -> Path:
    profile = Profile.model_validate({**NAMES, "language": language})
    known = Translations(profile.language, by_source=translations or {})
    report = build_report(ReportFolder(tmp_path, profile), known, received(source), "source.md")
    build_site(render_site(report), tmp_path / "site")
    return tmp_path / "site"


def read(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node: LexborNode | None = tree.css_first(selector)
    assert node is not None, selector
    return node.attributes[name] or ""


def test_an_english_report_has_english_at_the_root(tmp_path: Path) -> None:
    site = built(tmp_path, "en", ENGLISH, {"Water": "水", "Forty people joined us.": "四十人加入。"})
    page, twin, missing = (read(site / name) for name in ("water/index.html", "zh/water/index.html", "404.html"))
    assert (attribute(page, "html", "lang"), attribute(twin, "html", "lang")) == ("en", "zh-CN")
    assert attribute(missing, "html", "lang") == "en"
    for tree in (page, twin):
        there = {n.attributes["hreflang"]: n.attributes["href"] for n in tree.css('link[rel="alternate"]')}
        assert there == {"en": f"{BASE}water/", "zh-CN": f"{BASE}zh/water/", "x-default": f"{BASE}water/"}
    assert attribute(page, "a[data-language]", "href") == "../zh/water/"
    assert attribute(twin, "a[data-language]", "href") == "../../water/"
    assert [n.text() for n in missing.css("section.missing h2")] == ["English", "中文"]
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert f'hreflang="x-default" href="{BASE}water/"' in sitemap
    assert attribute(twin, ".note p, .note", "class")


def test_one_language_alone_is_a_whole_site(tmp_path: Path) -> None:
    site = built(tmp_path, "en", ENGLISH)
    assert not (site / "zh").exists()
    for path in site.rglob("*.html"):
        tree = read(path)
        assert not tree.css("a[data-language], link[rel=alternate], .note"), path
        assert 'lang="zh' not in path.read_text("utf-8"), path
    assert "alternate" not in (site / "sitemap.xml").read_text("utf-8")
    assert not (site / "search" / "index.zh.json").exists()


def test_a_title_is_plain_text_everywhere(tmp_path: Path) -> None:
    page = read(next(built(tmp_path, "en", ENGLISH).glob("staff-*/index.html")))
    title = "Staff under <35 and >50"
    assert page.css_first("title").text() == f"{title} – Sample report"  # type: ignore[union-attr]
    assert attribute(page, 'meta[property="og:title"]', "content") == title
    assert page.css_first('.crumbs [aria-current="page"]').text() == title  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "tag", "locale"),
    [
        ("zh-Hant", "zh-Hant", "zh_TW"),
        ("zh-TW", "zh-TW", "zh_TW"),
        ("zh-HK", "zh-HK", "zh_HK"),
        ("zh", "zh-CN", "zh_CN"),
    ],
)
def test_chinese_is_told_apart(language: str, tag: str, locale: str, tmp_path: Path) -> None:
    home = read(built(tmp_path, language, TRADITIONAL) / "index.html")
    assert attribute(home, "html", "lang") == tag
    assert attribute(home, 'meta[property="og:locale"]', "content") == locale
    assert home.css_first(".skip").text() == ("跳到正文")  # type: ignore[union-attr]
    assert home.css_first('[rel="search"]').text() == ("搜索" if language == "zh" else "搜尋")  # type: ignore[union-attr]
