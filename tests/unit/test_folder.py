"""The files of a report folder: every mistake is one line with file, line and remedy, and none does harm."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from report_site.folder.files import read_text
from report_site.folder.loading import load_folder
from report_site.folder.profile import TableRuling
from report_site.folder.strict_yaml import read_yaml
from report_site.model.errors import InputError

NAMES = "title: {zh: 蓝湖集团报告, en: Lanhu Group Report}\npublisher: {zh: 蓝湖集团, en: Lanhu Group}\n"
"""Lines 1 and 2 of every report.yml here."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "report"
    root.mkdir()
    (root / "report.yml").write_text(NAMES, "utf-8")
    (root / "source.md").write_text("# 节约用水\n\n三座工厂共节水 12 万吨。\n", "utf-8")
    return root


def told(folder: Path) -> list[str]:
    """What is wrong with the folder, places from its root on."""
    with pytest.raises(InputError) as caught:
        load_folder(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("lines: []\nyear: 2023\nlines: []\n", "report.yml:5: the key 'lines' stands in line 3 already"),
        ("outline:\n- {at: 1, slug: a, slug: b}\n", "report.yml:4: the key 'slug' stands in line 4 already"),
        ("year: !!python/object:os.system x\n", "report.yml:3: the tag tag:yaml.org,2002:python/object:os.system"),
        ("lines: *nowhere\n", "report.yml:3: the alias *nowhere names nothing"),
        ("lines: &a [*a]\n", "report.yml:3: the alias *a names nothing that ends before it"),
        ("---\nyear: 2023\n", "report.yml:3: a second document begins"),
        ("? [a]\n: b\n", "report.yml:3: a key is a word"),
        ("outline: [\nyear: 2023\n", "report.yml:3: no valid YAML"),
        ("contact\nyear: 2023\n", "report.yml:3: no valid YAML"),
        ("contact: a: b\n", "report.yml:3: no valid YAML"),
        ('contact: "a\nyear: 2\n', "report.yml:3: no valid YAML"),
        ("contact:\n\t- a\n", "report.yml:4: no valid YAML"),
        ("lines: " + "[" * 200 + "]" * 200, "report.yml:3: nested deeper than 40 levels"),
        ("<<: [1]\n", "report.yml:3: `<<` takes the keys of a mapping"),
        ('contact: "a\\u202eb"\n', "report.yml:3: holds the invisible character U+202E right-to-left override"),
        ("contact: a\u2066b\n", "report.yml:3: holds the invisible character U+2066"),
        ("contact: a\u200bb\n", "report.yml:3: holds the invisible character U+200B zero width space"),
        ("contact: a\U000e0041b\n", "report.yml:3: holds the invisible character U+E0041"),
        ("contact: a\x02b\n", "report.yml:3: holds the invisible character U+0002 control character"),
    ],
)
def test_the_form_of_a_file(folder: Path, added: str, says: str) -> None:
    (folder / "report.yml").write_text(NAMES + added, "utf-8")
    lines = told(folder)
    assert len(lines) == 1
    assert lines[0].startswith(says)


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("outline:\n- at: 1\n  slug: {}\n", "'' is no slug"),
        ("outline:\n- at: 1\n  slug: Water\n", "'Water' is no slug"),
        ('outline:\n- at: 1\n  slug: "water\\n"\n', "is no slug"),
        ("outline:\n- at: 1\n  slug: " + "a" * 81 + "\n", "has 81 characters, more than 80"),
        ("outline:\n- at: 1\n  slug: null\n", "is empty"),
        ("outline:\n- at: 1\n  slug:\n", "is empty"),
        ("outline:\n- at: 1\n  slug: 2030-06-01x!\n", "is no slug"),
        *((f"outline:\n- at: 1\n  slug: {name}\n", "choose another slug") for name in ("en", "index", "search", "404")),
    ],
)
def test_slugs(folder: Path, added: str, says: str) -> None:
    (folder / "report.yml").write_text(NAMES + added.replace("{}", '""'), "utf-8")
    (line,) = told(folder)
    assert line.startswith("report.yml:5: outline[0].slug: ")
    assert says in line


@pytest.mark.parametrize("slug", ["2030-06-01", "1e3", "0x1f", "2030", "yes", "off", "12-30"])
def test_a_slug_is_the_text_as_written(folder: Path, slug: str) -> None:
    (folder / "report.yml").write_text(f"{NAMES}outline:\n- {{at: 1, slug: {slug}, page: yes}}\nyear: 2030\n", "utf-8")
    profile = load_folder(folder).profile
    assert profile.outline[0].slug == slug
    assert profile.outline[0].page is True
    assert profile.year == 2030


def test_a_cell_is_the_text_as_printed(folder: Path) -> None:
    rows = "tables:\n- {at: 3, why: 试, rows: [[用水, 41, 1.50], [用电, null, 2030-06-01]]}\n"
    (folder / "report.yml").write_text(NAMES + rows, "utf-8")
    assert load_folder(folder).profile.tables[0].rows == (("用水", "41", "1.50"), ("用电", None, "2030-06-01"))


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("- {at: 5-999999999, as: text, why: 试}", "lines[0].at: '5-999999999' is no place"),
        ("- {at: 5-9999999, as: text, why: 试}", "lines[0].at: '5-9999999': a range holds 100000 lines at the most"),
        ("- {at: 5-99999999999999999999, as: text, why: 试}", "is no place"),
        ("- {at: [1, 2], as: text, why: 试}", "is no place"),
        ("- {at: 5, as: text, why: ' '}", "lines[0].why: is blank"),
    ],
)
def test_places_and_reasons(folder: Path, added: str, says: str) -> None:
    (folder / "report.yml").write_text(f"{NAMES}lines:\n{added}\n", "utf-8")
    (line,) = told(folder)
    assert line.startswith("report.yml:4: ")
    assert says in line


@pytest.mark.parametrize(
    ("title", "says"),
    [('"  "', "is blank"), ('""', "is blank"), ("长" * 301, "more than 300 characters"), ("[a]", "expected a text")],
)
def test_titles(folder: Path, title: str, says: str) -> None:
    (folder / "report.yml").write_text(f"title: {{zh: {title}, en: Report}}\npublisher: {{zh: 甲, en: A}}\n", "utf-8")
    (line,) = told(folder)
    assert line.startswith("report.yml:1: title.zh: ")
    assert says in line


def test_two_headings_at_one_line_two_pages_with_one_slug(folder: Path) -> None:
    (folder / "report.yml").write_text(
        NAMES
        + """\
outline:
- at: 1 节约
  slug: water
  sections:
  - {at: 3, slug: one}
  - {at: 4, slug: one}
- at: 1 用水
  slug: air
- {at: 7, slug: fire, sections: [{at: 8, slug: water, page: true}]}
""",
        "utf-8",
    )
    assert [line.partition(" — ")[0] for line in told(folder)] == [
        "report.yml:8: outline[0].sections[1].slug: slug 'one' stands twice at this level, first in line 7",
        "report.yml:9: outline[1].at: line 1 has an entry already, in line 4",
        "report.yml:11: outline[2].sections[0].slug: two pages have the slug 'water', the first in line 4",
    ]


def test_a_row_with_a_cell_too_few(folder: Path) -> None:
    rows = "tables:\n- at: 3\n  kind: data\n  why: 试\n  rows:\n  - [用电量, '39,610']\n  - [用水量, '108', '104']\n"
    (folder / "report.yml").write_text(NAMES + rows, "utf-8")
    (line,) = told(folder)
    assert line.startswith("report.yml:8: tables[0].rows[0]: the row '用电量' has 2 cells, the table 3")


def test_a_cell_is_one_mistake(folder: Path) -> None:
    (folder / "report.yml").write_text(f"{NAMES}tables:\n- {{at: 3, why: 试, rows: [[{{zh: 甲}}]]}}\n", "utf-8")
    assert told(folder) == ["report.yml:4: tables[0].rows[0][0].en: is missing — give it"]


@pytest.mark.parametrize("form", ["alias", "merge"])
def test_a_bomb_of_aliases_is_refused_at_once(form: str) -> None:
    first = "a0: &a0 {k: x}\n"
    use = "[{}]" if form == "alias" else "{{<<: [{}]}}"
    bomb = first + "".join(f"a{n}: &a{n} " + use.format(", ".join([f"*a{n - 1}"] * 9)) + "\n" for n in range(1, 12))
    begin = time.process_time()
    with pytest.raises(InputError, match="more than 200000 values"):
        read_yaml(bomb, Path("report.yml"))
    assert time.process_time() - begin < 2


def test_glossary_terms_stand_once(folder: Path) -> None:
    terms = "terms:\n- {zh: 水, en: Water, kind: term}\n- {zh: 水, en: Aqua, kind: term}\n- {zh: 土, kind: trem}\n"
    (folder / "glossary.yml").write_text(terms, "utf-8")
    lines = told(folder)
    assert lines[0].startswith("glossary.yml:4: terms[2].en: is missing")
    assert "glossary.yml:4: terms[2].kind" in lines[1]
    (folder / "glossary.yml").write_text("\n".join(terms.split("\n")[:3]), "utf-8")
    (line,) = told(folder)
    assert line.startswith("glossary.yml:3: terms[1].zh: the term '水' stands twice")


# --- files as such -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report.yml", "figures.yml", "glossary.yml", "pages/zh/about.md"])
def test_only_regular_files_of_the_folder(folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)

    def found() -> str:
        return next(line for line in told(folder) if line.startswith(name))

    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert "no regular file" in found()
    path.unlink()
    path.mkdir()
    assert "this is a folder" in found()
    path.rmdir()
    for target in ("/etc/hostname", "/dev/zero", "/dev/stdin"):
        path.symlink_to(target)
        assert "leads out of the folder" in found()
        path.unlink()
    path.symlink_to(path.name)
    assert "leads out" in found() or "back to itself" in found()
    path.unlink()
    path.write_bytes("水\n\n".encode() + b"\xff\xfe")
    assert f"{name}:3: byte 0xff is not UTF-8" in found()


def test_a_source_behind_a_link_that_leads_out(folder: Path) -> None:
    (folder / "source.md").unlink()
    (folder / "source.md").symlink_to("/etc/hostname")
    assert "source.md: leads out of the folder" in told(folder)[0]


def test_a_file_without_permission_is_told_as_such(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    (line,) = told(folder)
    assert line == "report.yml: no permission — give yourself the rights to it, or name another place"


def test_a_large_file_and_a_byte_order_mark(folder: Path) -> None:
    path = folder / "report.yml"
    path.write_bytes(b"\xef\xbb\xbf" + NAMES.replace("\n", "\r\n").encode())
    assert read_text(path, folder) == NAMES
    assert load_folder(folder).profile.title.en == "Lanhu Group Report"
    with pytest.raises(InputError, match="larger than"):
        read_text(path, folder, limit=10)


def test_emoji_keep_what_joins_them(folder: Path) -> None:
    name = "👩\u200d🔬 ❤\ufe0f 7\ufe0f\u20e3"
    (folder / "report.yml").write_text(f"{NAMES}contact: {name}\n", "utf-8")
    assert load_folder(folder).profile.contact == name


def test_models_stay_usable_without_a_file() -> None:
    assert TableRuling.model_validate({"at": "3-5 水", "why": "试", "rows": [["a", {"zh": "甲", "en": "A"}]]}).rows


# --- hand-written pages --------------------------------------------------------------------------------------------

FRONT = (
    "---\ntitle: 关于\ndescription: 说明。\nkind: site\nslug: about\ntemplate_kind: page\n---\n\n# 关于 {: #about }\n"
)


def page(folder: Path, text: str, name: str = "about.md") -> None:
    for language in ("zh", "en"):
        path = folder / "pages" / language / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_a_page_with_whole_front_matter_stays_as_it_is(folder: Path) -> None:
    page(folder, FRONT)
    assert load_folder(folder).written_pages == {"zh/about.md": FRONT, "en/about.md": FRONT}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 关于本站\n\n文字。\n", "关于本站"),
        ("# 关于本站 {: #about }\n\n文字。\n", "关于本站"),
        ("文字在前。\n\n# 关于 #\n", "关于"),
        ("---\ndescription: 说明。\n---\n# 关于本站\n", "关于本站"),
        ("---\ntitle: 关于\n---\n\n# 另一题\n", "关于"),
        ("Title: no front matter of Markdown's\n\n# 关于本站\n", "关于本站"),
        ("# 2030-06-01\n", "2030-06-01"),
        ("# yes: no\n", "yes: no"),
    ],
)
def test_a_page_gets_the_front_matter_that_it_lacks(folder: Path, text: str, title: str) -> None:
    page(folder, text)
    written = load_folder(folder).written_pages["zh/about.md"]
    meta = read_yaml(written.split("---\n")[1], Path("about.md")).data
    assert meta["title"] == title
    assert (meta["slug"], meta["kind"], meta["template_kind"]) == ("about", "site", "page")
    assert text.split("---\n")[-1].strip() in written


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "pages/zh/about.md: is empty"),
        (" \n\n", "pages/zh/about.md: is empty"),
        ("只有文字。\n", "pages/zh/about.md:1: has no title"),
        ("---\ntitle: 关于\n\n# 关于\n", "pages/zh/about.md:1: the front matter doesn't end"),
        ("---\n- a\n---\n# 关于\n", "pages/zh/about.md:1: expected a mapping"),
        ("---\ntitle: [\n---\n# 关于\n", "pages/zh/about.md:2: no valid YAML"),
        ("---\ntitle: 关于\ntitle: 又\n---\n# 关于\n", "pages/zh/about.md:3: the key 'title' stands in line 2"),
        ("---\ntitle: !!python/object:os.system x\n---\n# 关于\n", "pages/zh/about.md:2: the tag"),
        ("---\ntitle: [关于]\n---\n# 关于\n", "pages/zh/about.md:2: title: "),
        ("---\ntemplate: ../../etc/passwd\n---\n# 关于\n", "pages/zh/about.md:2: template: no such key"),
        ("---\nparents: [x]\n---\n# 关于\n", "pages/zh/about.md:2: parents: no such key"),
        ("---\nkind: report\n---\n# 关于\n", "pages/zh/about.md:2: kind: "),
        ("---\ntitle: 关于\nslug: ../../../x\n---\n# 关于\n", "pages/zh/about.md:3: the page's address is its file's"),
        ("# 关于\n\n文\u202e字\n", "pages/zh/about.md:3: holds the invisible character U+202E"),
        ("# 关于\n\n文\x00字\n", "pages/zh/about.md:3: holds the invisible character U+0000"),
    ],
)
def test_a_page_that_is_wrong(folder: Path, text: str, says: str) -> None:
    page(folder, text)
    lines = told(folder)
    assert len(lines) == 2
    assert lines[0].startswith(says)
    assert lines[1].startswith(says.replace("zh", "en"))


def test_a_page_in_one_language_or_in_the_wrong_place(folder: Path) -> None:
    page(folder, FRONT)
    page(folder, "# 其他\n", "other.md")
    (folder / "pages" / "en" / "about.md").unlink()
    (folder / "pages" / "more.md").write_text("# 更多\n", "utf-8")
    (folder / "pages" / "zh" / "Über uns.md").write_text("# 更多\n", "utf-8")
    (folder / "pages" / "zh" / "notes.txt").write_text("# 更多\n", "utf-8")
    lines = told(folder)
    assert [line.partition(" — ")[0] for line in lines if "Über" not in line] == [
        "pages/more.md: pages stand in pages/zh and pages/en",
        "pages/zh/notes.txt: is no name of a page",
        "pages/en/about.md: is missing",
    ]


def test_a_page_whose_name_no_editor_can_type(folder: Path) -> None:
    page(folder, FRONT)
    (folder / "pages" / "zh" / os.fsdecode(b"ab\xff.md")).write_text("# x\n", "utf-8")
    assert "ab\\udcff.md: is no name of a page" in "\n".join(told(folder))
