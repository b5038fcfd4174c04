"""The offline edition: its links land, it asks for nothing, and a page says nothing that isn't so from a disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from places import ADDRESS
from report_site.model.errors import InputError
from report_site.publish.copies import offline as making
from report_site.publish.copies.offline import offline_of
from report_site.publish.copies.offline_pages import Edition

ZH = Edition(
    "zh", "report-zh", "", ("en/",), "https://a.example.org/lake/", "copies/report-zh.zip", "离线", "English (online)"
)
EN = replace(
    ZH,
    language="en",
    folder="report-en",
    root="en/",
    others=("",),
    own_file="copies/report-en.zip",
    online="中文（在线）",
)
PAGE = """<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>Lake</title><link rel="stylesheet" href="{up}assets/site.css"><link rel="canonical" href="https://a.example.org/lake/">
<script src="{up}assets/js/boot.js"></script><script type="module" src="{up}assets/js/site.js"></script></head><body>
<a data-language href="{twin}" hreflang="zh-CN">Other</a> <a id="twin" href="{twin}" hreflang="zh-CN">twin</a>
<a id="home" href="{home}">home</a> <a id="absolute" href="/lake/en/water/?q=1#p1">water</a> <a id="out" href="https://b.example.org/">out</a>
<ul><li><a href="{up}copies/report-en.zip">itself</a></li></ul><img src="{up}en/pictures/%E6%B9%96.png" alt="lake">
<p id="p1" class="footer-text">Lake</p></body></html>"""


def pages(folder: Path) -> Iterator[tuple[Path, LexborHTMLParser]]:
    for file in sorted(folder.rglob("*.html")):
        yield file, LexborHTMLParser(file.read_text("utf-8"))


# --- of the built site ---------------------------------------------------------------------------------------------


def test_every_page_of_its_language_and_no_other(offline: dict[str, Path], built_site: Path) -> None:
    all_pages = {path.relative_to(built_site).as_posix() for path in built_site.rglob("index.html")}
    there = [path.relative_to(folder).as_posix() for folder in offline.values() for path in folder.rglob("*.html")]
    assert len(offline) >= 1
    assert len(there) == len(all_pages)


def test_every_link_lands(offline: dict[str, Path]) -> None:
    """Files, and places in them."""
    count = 0
    for folder in offline.values():
        trees = dict(pages(folder))
        places = {file: {node.attributes["id"] for node in tree.css("[id]")} for file, tree in trees.items()}
        for file, tree in trees.items():
            for node in tree.css("[href], [src]"):
                address = node.attributes.get("href") or node.attributes.get("src") or ""
                parts = urlsplit(address)
                if parts.scheme:
                    continue
                target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
                assert target.is_file(), (file, address)
                assert target.is_relative_to(folder), (file, address)
                assert not parts.fragment or unquote(parts.fragment) in places[target], (file, address)
                count += 1
    assert count > 100


def test_a_page_loads_nothing_from_a_network_and_claims_no_address(offline: dict[str, Path]) -> None:
    for folder in offline.values():
        for file, tree in pages(folder):
            loaded = [*tree.css("[src]"), *tree.css("link[href]")]
            addresses = [node.attributes.get("src") or node.attributes.get("href") or "" for node in loaded]
            assert [one for one in addresses if urlsplit(one).scheme] == [], file
            assert (
                tree.css("link[rel=canonical], meta[property], script[type=module], [type='application/ld+json']") == []
            )
            assert len(tree.css("script[data-start]")) == 1


def test_the_site_says_how_large_it_is(offline: dict[str, Path], built_site: Path) -> None:
    for language in offline:
        size = f"{(built_site / 'copies' / f'report-{language}.zip').stat().st_size / 1_000_000:.1f}"
        shown = [
            node.text()
            for _, tree in pages(built_site)
            for node in tree.css(f"a[href$='copies/report-{language}.zip']")
        ]
        assert shown
        assert {size in text for text in shown} == {True}
    assert not any("\ue000" in file.read_text("utf-8") for file in built_site.rglob("*.html"))


def test_the_switch_leads_to_the_site(offline: dict[str, Path]) -> None:
    for folder in offline.values():
        for file, tree in pages(folder):
            for link in tree.css("a[data-language]"):
                assert (link.attributes["href"] or "").startswith(ADDRESS), file


# --- of a site made by hand ----------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, up, twin, home in (
        ("", "", "en/", "./"),
        ("en/", "../", "../", "./"),
        ("en/water/", "../../", "../../water/", ".."),
    ):
        (tmp_path / path).mkdir(exist_ok=True)
        (tmp_path / path / "index.html").write_text(PAGE.format(up=up, twin=twin, home=home), "utf-8")
    files = {
        "assets/site.css": b"a { cursor: url(\"pointer.svg\") 4 3, auto }",
        "assets/pointer.svg": b"<svg/>",
        "assets/js/boot.js": b"",
        "assets/js/site.js": b"export const one = 1;\n",
        "en/pictures/\u6e56.png": b"PNG",
        "data/figures.csv": b"1",
        "search/index.en.json": b'{"pages":[["en/water/","Water",1],["en/","Home",0]],"blocks":{}}',
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def unpacked(data: bytes, folder: Path) -> Path:
    (folder / "x.zip").write_bytes(data)
    zipfile.ZipFile(folder / "x.zip").extractall(folder)
    return folder / "report-en"


def test_the_other_language_has_the_root_to_itself(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = unpacked(offline_of(site, EN), tmp_path_factory.mktemp("en"))
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert names == [
        "assets/js/boot.js", "assets/offline.js", "assets/pointer.svg", "assets/site.css", "data/figures.csv", "index.html",
        "pictures/\u6e56.png", "search/index.en.js", "water/index.html",
    ]  # fmt: skip
    page = LexborHTMLParser((folder / "water" / "index.html").read_text("utf-8"))
    led = {
        one: node.attributes["href"]
        for one in ("twin", "home", "absolute", "out")
        if (node := page.css_first(f"#{one}"))
    }
    assert led == {
        "twin": "https://a.example.org/lake/water/",
        "home": "../index.html",
        "absolute": "index.html?q=1#p1",
        "out": "https://b.example.org/",
    }
    assert [node.attributes["src"] for node in page.css("img, script")] == [
        "../assets/js/boot.js", "../assets/offline.js", "../pictures/%E6%B9%96.png",
    ]  # fmt: skip
    assert page.css("li") == []
    assert '\\"water/index.html\\"' in (folder / "search" / "index.en.js").read_text("utf-8")


def test_without_an_address_nothing_leads_there(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = unpacked(offline_of(site, replace(EN, address="")), tmp_path_factory.mktemp("en"))
    page = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
    assert page.css("a[data-language]") == []
    twin = page.css_first("#twin")
    assert twin is not None
    assert not {"href", "hreflang"} & set(twin.attributes)


def test_same_pages_same_bytes(site: Path) -> None:
    first = offline_of(site, EN)
    for file in site.rglob("*"):
        file.touch()
    assert offline_of(site, EN) == first


def test_what_is_too_large_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LARGEST", 100)
    with pytest.raises(InputError, match="--no-copies"):
        offline_of(site, EN)
