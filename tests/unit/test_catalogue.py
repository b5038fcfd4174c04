from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.folder.catalogue import (
    Message,
    Translations,
    load_catalogue,
    new_catalogue,
    renewed,
    translations_of,
)
from report_site.folder.loading import ReportFolder
from report_site.folder.po import Catalogue, Entry, dump_po, parse_po
from report_site.model import Text
from report_site.model.errors import InputError
from report_site.model.texts import texts_on
from report_site.source.structure.translation import messages, needs_translation, translate
from stages import ReportOf


def catalogue_of(po: list[list[object]]) -> Catalogue:
    entries = (Entry(str(c), str(s), str(t), flags=("fuzzy",) if fuzzy else ()) for c, s, t, fuzzy in po)
    return replace(new_catalogue("en"), messages=tuple(entries))


@cases("catalogue", "found")
def test_finds_translations(case: Case) -> None:
    assert translations_of(catalogue_of(case["po"]), "zh").find(Message(*case["find"])) == case["expected"]


@cases("catalogue", "not_found")
def test_shows_the_source_rather_than_a_wrong_translation(case: Case) -> None:
    assert translations_of(catalogue_of(case["po"]), "zh").find(Message(*case["find"])) is None


@cases("catalogue", "renewed")
def test_renews(case: Case, tmp_path: Path) -> None:
    fresh = renewed(catalogue_of(case["po"]), [Message(*message) for message in case["now"]])
    path = tmp_path / "en.po"
    path.write_bytes(dump_po(fresh))
    found = [[m.context, m.id, m.string, m.fuzzy] for m in load_catalogue(path) if m.id]
    assert found == case["expected"]


def test_renewing_remembers_what_the_source_was() -> None:
    fresh = renewed(catalogue_of([["a#p1", "节水", "Saving water", False]]), [Message("a#p1", "节约用水")])
    assert '#, fuzzy\n#| msgid "节水"\nmsgctxt "a#p1"\nmsgid "节约用水"\n' in dump_po(fresh).decode("utf-8")


def test_renewing_twice_changes_nothing(tmp_path: Path) -> None:
    now = [Message("a#p1", "节约用水", (3, 4)), Message("a#p2", "节电", (5,))]
    path = tmp_path / "en.po"
    path.write_bytes(dump_po(renewed(catalogue_of([["a#p1", "节水", "Saving water", False]]), now)))
    first = path.read_bytes()
    path.write_bytes(dump_po(renewed(load_catalogue(path), now)))
    assert path.read_bytes() == first


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Co"]), min_size=1).filter(str.strip))
def test_any_text_survives_the_file(text: str) -> None:
    catalogue = catalogue_of([["a#p1", text, text, False]])
    (message,) = parse_po(dump_po(catalogue).decode(), Path("en.po"))
    assert (message.id, message.string) == (text, text)


@pytest.mark.parametrize("damage", ['msgid "a"\n', 'msgid "a"\nmsgid "b"\nmsgstr "c"\n', "hello\n", "# \xff\n"])
def test_names_the_place_of_a_broken_catalogue(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "en.po"
    path.write_bytes(damage.encode("latin-1"))
    with pytest.raises(InputError, match=r"en\.po"):
        load_catalogue(path)


SOURCE = """\
# 节约用水

三座工厂共节水 12 万吨。

| 12 | GRI 303-1、GRI 303-2 |
|---|---|
| 15 | GRI 401-1、GRI 403-1 |
"""


def test_numbers_and_codes_need_no_translator(report_of: ReportOf) -> None:
    assert not needs_translation("96.2%", "zh")
    assert not needs_translation("GRI 303-1、GRI 303-2", "zh")
    assert needs_translation("12 万吨", "zh")
    wanted = [message.source for message in messages(report_of(SOURCE).untranslated, "zh")]
    assert wanted == ["节约用水", "三座工厂共节水 12 万吨。"]


def test_translates_what_there_is_and_leaves_the_rest_open(report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    known = Translations("zh", by_source={"节约用水": "Saving water"})
    texts = {
        text.source: text.translation for page in translate(report.untranslated, known, "zh") for text in texts_on(page)
    }
    assert texts["节约用水"] == "Saving water"
    assert texts["三座工厂共节水 12 万吨。"] is None
    assert not any(translation is None for source, translation in texts.items() if not needs_translation(source, "zh"))


def test_a_text_given_in_both_languages_needs_no_message() -> None:
    assert Text("甲", translation="A").in_language("en", "zh") == "A"
    assert Text("甲").in_language("en", "zh") is None


# --- the file ------------------------------------------------------------------------------------------------------

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
"""Lines 1 to 4."""


def told(data: bytes | str, tmp_path: Path) -> list[str]:
    path = tmp_path / "en.po"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    with pytest.raises(InputError) as caught:
        load_catalogue(path)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('msgctxt "a"\nmsgid "x"\nmsgstr "abc\n', "en.po:7: no valid catalogue: quotation marks that don't pair"),
        ('msgid "x"\nmsgstr "b\n"c"\n', "en.po:6: no valid catalogue: quotation marks that don't pair"),
        ('msgid "a"b"\nmsgstr "c"\n', "en.po:5: no valid catalogue: quotation marks that don't pair"),
        ('msgid "a" msgstr "b"\n', "en.po:5: no valid catalogue: quotation marks that don't pair"),
        ('msgid "a\\q"\nmsgstr "c"\n', "en.po:5: no valid catalogue: unknown escape \\q"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "en.po:5: no valid catalogue: a message without msgstr"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', "en.po:6: no valid catalogue: msgid stands twice"),
        ('msgstr "c"\n', "en.po:5: no valid catalogue: msgstr without msgid"),
        ('"lost"\n', "en.po:5: no valid catalogue: a text that belongs to nothing"),
        ("hello\n", "en.po:5: no valid catalogue: unknown words 'hello'"),
        ("msgid a\nmsgstr b\n", "en.po:5: no valid catalogue: unknown words"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\n', "en.po:6: no valid catalogue: plural forms aren't used"),
        ('msgid "a"\n# remark\nmsgstr "b"\n', "en.po:6: no valid catalogue: a comment inside a message"),
        ('msgid ""\nmsgstr "b"\n', "en.po:5: no valid catalogue: a second header; the first is in line 1"),
        ('msgid "a"\nmsgstr "b\u202ec"\n', "en.po:6: holds the invisible character U+202E"),
        ('msgid "a"\nmsgstr "b\x07c"\n', "en.po:6: holds the invisible character U+0007"),
        (
            'msgid "a"\nmsgstr "' + "x" * 100_001 + '"\n',
            "en.po:6: no valid catalogue: a translation of more than 100000",
        ),
    ],
)
def test_names_the_line_of_what_is_wrong(text: str, says: str, tmp_path: Path) -> None:
    (line,) = told(HEAD + text, tmp_path)
    assert line.startswith(says)


def test_a_message_that_stands_twice(tmp_path: Path) -> None:
    one = 'msgctxt "a#p1"\nmsgid "水"\nmsgstr "Water"\n\n'
    (line,) = told(HEAD + one + one.replace("Water", "Aqua"), tmp_path)
    assert line == "en.po:9: the message 'a#p1' stands in line 5 already — keep one of the two"
    (line,) = told(HEAD + one.split("\n", 1)[1] * 2, tmp_path)
    assert line == "en.po:8: the message '水' stands in line 5 already — keep one of the two"


@pytest.mark.parametrize("charset", ["martian", "rot13", "hex", "zlib"])
def test_a_charset_that_is_none(charset: str, tmp_path: Path) -> None:
    (line,) = told(HEAD.replace("utf-8", charset), tmp_path)
    assert line == f"en.po:3: the charset {charset!r} is no encoding of texts — write charset=utf-8 and save it so"


def test_bytes_of_another_charset(tmp_path: Path) -> None:
    (line,) = told(HEAD.encode() + 'msgid "节"\nmsgstr ""\n'.encode("gb18030"), tmp_path)
    assert line.startswith("en.po:5: no valid catalogue: byte 0x")
    assert "is UTF-16" in told(HEAD.encode("utf-16"), tmp_path)[0]
    path = tmp_path / "en.po"
    path.write_bytes(HEAD.replace("utf-8", "gb18030").encode() + 'msgid "水"\nmsgstr "W"\n'.encode("gb18030"))
    assert [m.id for m in load_catalogue(path)] == ["水"]
    assert b"charset=utf-8" in dump_po(load_catalogue(path))


def test_what_stands_in_its_place_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "en.po").mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        load_catalogue(tmp_path / "en.po")
    (tmp_path / "en.po").rmdir()
    (tmp_path / "en.po").symlink_to("/dev/zero")
    with pytest.raises(InputError, match="leads out of the folder"):
        load_catalogue(tmp_path / "en.po")


OF_OTHERS = """\
# Translation of the report.
# Li Wei <li@example.com>, 2031.
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: report 1\\n"
"PO-Revision-Date: 2031-05-01 10:00+0800\\n"
"Last-Translator: Li Wei <li@example.com>\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"X-Generator: Poedit 3.4\\n"

# checked with the author
#. lines 3
#. said on stage
#: stage.txt:4
#, c-format
msgctxt "a#p1"
msgid "节水"
msgstr "Saving \\"water\\"\\tand\\n"
"more"

#, fuzzy
#| msgid "节"
#| "电"
msgctxt "a#p2"
msgid "节电"
msgstr "Power"

#~ msgctxt "a#p9"
#~ msgid "旧"
#~ msgstr "Old"
"""


@pytest.mark.parametrize("form", ["plain", "mark", "windows"])
def test_what_other_editors_keep_stays(form: str, tmp_path: Path) -> None:
    path = tmp_path / "en.po"
    data = OF_OTHERS.encode()
    path.write_bytes({"plain": data, "mark": b"\xef\xbb\xbf" + data, "windows": data.replace(b"\n", b"\r\n")}[form])
    now = [Message("a#p1", "节水", (3,)), Message("a#p2", "节电")]
    written = dump_po(renewed(load_catalogue(path), now)).decode()
    wanted = OF_OTHERS.replace('#| msgid "节"\n#| "电"', '#| msgid "节电"')
    wanted = wanted.replace('msgstr "Saving \\"water\\"\\tand\\n"\n', 'msgstr ""\n"Saving \\"water\\"\\tand\\n"\n')
    assert written == wanted


def test_no_translation_is_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "en.po"
    old = catalogue_of([["a#p1", "节水", "Saving water", False], ["a#p2", "节电", "", False]])
    path.write_bytes(dump_po(renewed(old, [Message("a#p1", "种树")])))
    text = path.read_text("utf-8")
    assert '#, fuzzy\n#| msgid "节水"\nmsgctxt "a#p1"\nmsgid "种树"\nmsgstr "Saving water"\n' in text
    gone = renewed(old, [Message("b#p1", "种树")])
    assert '#~ msgctxt "a#p1"\n#~ msgid "节水"\n#~ msgstr "Saving water"\n' in dump_po(gone).decode()
    assert "节电" not in dump_po(gone).decode()
    path.write_bytes(dump_po(gone))
    again = renewed(load_catalogue(path), [Message("a#p1", "节水")])
    assert [(m.id, m.string, m.fuzzy) for m in again] == [("节水", "Saving water", False)]
    assert again.obsolete == ()


def test_a_text_that_moved_to_another_page_takes_its_translation_along(tmp_path: Path) -> None:
    fresh = renewed(catalogue_of([["a#p1", "节水", "Saving water", False]]), [Message("b#p1", "节水")])
    assert [(m.context, m.string) for m in fresh] == [("b#p1", "Saving water")]
    assert fresh.obsolete == ()


def test_a_source_that_changes_twice_remembers_what_was_translated() -> None:
    once = renewed(catalogue_of([["a#p1", "一", "One", False]]), [Message("a#p1", "二")])
    twice = renewed(once, [Message("a#p1", "三")])
    assert [(m.id, m.previous, m.string, m.fuzzy) for m in twice] == [("三", "一", "One", True)]


def test_the_remark_of_earlier_versions_becomes_gettexts_own() -> None:
    old = replace(catalogue_of([["a#p1", "二", "One", True]]))
    old = replace(old, messages=(replace(old.messages[0], comments=("was: 一", "mine")),))
    (message,) = renewed(old, [Message("a#p1", "二")])
    assert (message.previous, message.comments) == ("一", ("mine",))


def test_the_shipped_catalogue_stays_byte_for_byte(shipped: ReportFolder) -> None:
    path = shipped.catalogue
    if not path.is_file():
        pytest.skip("report/ has no catalogue: it is in one language alone")
    assert dump_po(load_catalogue(path)).strip() == path.read_bytes().strip()


def test_a_new_header_has_every_field_that_gettext_asks_for() -> None:
    """`msgfmt -c` warns of a field that is missing, and of one that still says what a template says."""
    fields = dict(line.split(":", 1) for line in new_catalogue("en").header.string.splitlines())
    asked = "Project-Id-Version PO-Revision-Date Last-Translator Language-Team Language MIME-Version Content-Type"
    assert set(asked.split()) <= fields.keys()
    assert not any(value.strip() in ("YEAR-MO-DA HO:MI+ZONE", "FULL NAME <EMAIL@ADDRESS>") for value in fields.values())
