"""The guide for editors: it says what the program does, the same in both languages, and every link lands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from pydantic import BaseModel, Field
from selectolax.lexbor import LexborHTMLParser

from report_site.audits import AUDITS
from report_site.audits.ignores import UNUSED
from report_site.commands.cli import main
from user_guide import building, findings, reference, wording

PAGES = {
    (language, page.name): page.read_text("utf-8")
    for language in wording.LANGUAGES
    for page in sorted((building.GUIDE / language).glob("*.md"))
}
_FENCE = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(report-site [^`…]+)`")


def commands_in(text: str) -> Iterator[str]:
    """Lines of shell blocks and inline code that give a command of ours."""
    for block in _FENCE.finditer(text):
        if block["kind"] == "sh":
            yield from (line for line in block["text"].splitlines() if line.startswith("report-site "))
    yield from _INLINE.findall(_FENCE.sub("", text))


def fault_of(command: str) -> str:
    """What is wrong with a command of the guide; empty where it could be given as it stands."""
    name, *rest = shlex.split(command)[1:]
    found = main.commands.get(name)
    if found is None:
        return f"no command {name}"
    options = [one for one in found.params if isinstance(one, click.Option)]
    known = {name for one in options for name in (*one.opts, *one.secondary_opts)}
    unknown = [word for word in rest if word.startswith("--") and word not in known]
    return f"no option {', '.join(unknown)}" if unknown else ""


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_its_commands_exist(language: str, name: str) -> None:
    faults = {command: fault_of(command) for command in commands_in(PAGES[language, name])}
    assert {command: fault for command, fault in faults.items() if fault} == {}


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert fault_of("report-site brew") == "no command brew"
    assert fault_of("report-site new a --from b --flavour c") == "no option --flavour"
    assert list(commands_in("```sh\nreport-site x\n```\nsee `report-site y --z`")) == [
        "report-site x",
        "report-site y --z",
    ]


def test_it_tells_of_every_command() -> None:
    told = {shlex.split(command)[1] for text in PAGES.values() for command in commands_in(text)}
    assert told == set(main.commands)


def test_both_languages_have_the_same_pages_and_commands() -> None:
    names = {language: [name for one, name in PAGES if one == language] for language in wording.LANGUAGES}
    assert names["zh"] == names["en"]
    for name in names["en"]:
        shown = [
            [block["text"] for block in _FENCE.finditer(PAGES[language, name]) if block["kind"] == "sh"]
            for language in wording.LANGUAGES
        ]
        assert shown[0] == shown[1], name


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_its_lines_for_the_report_folder_are_valid(language: str, name: str) -> None:
    """What an editor copies from the guide is what the file's model takes."""
    for block in _FENCE.finditer(PAGES[language, name]):
        if block["kind"] == "yaml":
            given = yaml.safe_load(block["text"])
            file = next(file for file in reference.FILES if given.keys() <= _all_keys(file))
            title = {"title": {"zh": "样例", "en": "Sample"}} if file.name == "report.yml" else {}
            file.model.model_validate({**title, **given})


def _all_keys(file: reference.EditedFile) -> set[str]:
    return {key for key, _ in reference.keys_of(file.model)}


@pytest.mark.parametrize("name", sorted({name for _, name in PAGES} | set(building.generated_pages("en"))))
def test_both_languages_have_the_same_headings(name: str) -> None:
    levels = []
    for language in wording.LANGUAGES:
        text = PAGES.get((language, name)) or building.generated_pages(language)[name]
        levels.append(re.findall(r"^#+", _FENCE.sub("", text), re.MULTILINE))
    assert levels[0] == levels[1]


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("file", reference.FILES, ids=lambda file: str(file.name))
def test_the_reference_holds_every_key(file: reference.EditedFile, language: str) -> None:
    page = reference.reference_page(file, wording.Voice(language))
    for model in reference.models_below(file.model):
        section = page.split(f"{{: #{model.__name__.lower()} }}")[1].split("\n## ")[0]
        written = re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)
        expected = {info.alias or name for name, info in model.model_fields.items() if name != "variety"}
        assert set(written) == expected, model


def test_a_key_without_words_is_noticed() -> None:
    class Profile(BaseModel):
        flavour: str = Field(default="")

    with pytest.raises(KeyError, match="flavour"):
        reference.reference_page(reference.EditedFile("report.yml", "", Profile), wording.Voice("en"))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_finding_is_told_of(language: str) -> None:
    page = findings.findings_page(wording.Voice(language))
    assert sorted(re.findall(r"^### `([\w-]+)`", page, re.MULTILINE)) == sorted([*AUDITS, UNUSED])
    for code, (rule, remedy) in findings.CODES.items():
        section = page.split(f"### `{code}`")[1].split("\n##")[0]
        assert language != "en" or (rule in section and remedy in section)


def test_words_speak_of_what_there_is() -> None:
    """A key or a finding that is gone takes its words with it."""
    models = {model for file in reference.FILES for model in reference.models_below(file.model)}
    keys = {model.__name__: {key for key, _ in reference.keys_of(model)} for model in models}
    for language in wording.LANGUAGES:
        words = wording.read_words(language)
        assert {name: set(one["keys"]) for name, one in words["models"].items()}.items() <= keys.items()
        assert set(words.get("audits", {})) <= set(findings.CODES)
        assert set(words["families"]) <= {findings.family(code) for code in findings.CODES}


def test_words_that_are_missing_are_english_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    english = wording.read_words("en")
    monkeypatch.setattr(wording, "read_words", lambda language: english if language == "en" else {})
    page = findings.findings_page(wording.Voice("zh"))
    assert f'<span lang="en">{AUDITS["html-id"].rule}</span>' in page


CHINESE = {name: text for (language, name), text in PAGES.items() if language == "zh"} | {
    name: re.sub(r"\{: #\w[\w-]* \}", "", text) for name, text in building.generated_pages("zh").items()
}


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_is_set_as_the_house_sets_it(name: str) -> None:
    """A space between ideographs and Latin, digits or code; no half-width punctuation after an ideograph."""
    text = re.sub(r"\]\([^)]*\)|\[|!\[", "", re.sub(r"`[^`\n]+`", "Q", _FENCE.sub("", CHINESE[name])))
    assert re.findall(r".?[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff].?", text) == []
    assert re.findall(r".?[\u4e00-\u9fff][,;:?!.]", text) == []


@pytest.mark.slow
def test_it_is_built_and_every_link_lands(tmp_path: Path) -> None:
    """The site asks nothing of any other host."""
    building.build(tmp_path)
    pages = {
        path: LexborHTMLParser(path.read_text("utf-8")) for path in tmp_path.rglob("*.html") if path.name != "404.html"
    }
    assert len(pages) == 2 * (len(PAGES) // 2 + len(building.generated_pages("en")))
    dead = [
        f"{path.relative_to(tmp_path)}: {address}" for path, tree in pages.items() for address in dead_in(path, tree)
    ]
    assert dead == []
    for tree in pages.values():
        assert all(image.attributes.get("alt") for image in tree.css("article img"))


def dead_in(path: Path, tree: LexborHTMLParser) -> Iterator[str]:
    """Addresses of the page that lead to no file or id of the site."""
    for node in tree.css("[href], [src]"):
        address = node.attributes.get("href") or node.attributes.get("src") or ""
        file, _, fragment = address.partition("#")
        there = (path.parent / file) if file else path
        if address.startswith(("http:", "https:", "//")):
            if "rel" not in node.attributes or node.tag == "link":
                yield address
        elif not there.exists() or (
            fragment and there.suffix == ".html" and f'id="{fragment}"' not in there.read_text("utf-8")
        ):
            yield address
