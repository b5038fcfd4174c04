"""A folder for a report never seen: profile inferred by the rules, empty catalogue, list of what needs a person."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import yaml

from .convert import build_report
from .folder.catalogue import Translations, new_catalogue, renewed
from .folder.loading import ReportFolder, picture_name, read_picture
from .folder.po import dump_po
from .folder.profile import PROFILE_NAME, BilingualName, Profile
from .intake import is_document, taken_in
from .intake.writing import TEXT, account_json, files_of, todo_of
from .language.characters import PICTURE_MARK
from .language.generic_pages import NAMES, generic_page
from .language.strings import LANGUAGES, words
from .model import KeyFigures, Language, Page, Section, SourceLine
from .publish.inline import escape
from .read.cleaning import clean
from .read.decoding import Received, receive
from .read.furniture import find_furniture
from .read.imprint import Found, Imprint, find_imprint
from .report import Report
from .shape.as_printed import AS_PRINTED
from .structure.translation import messages

LONGEST_ITEM = 120
"""Characters of what the list quotes."""


@dataclass(frozen=True, slots=True)
class Started:
    """The files of a folder that isn't written yet, and what needs a person, one item a line."""

    files: Mapping[str, bytes]
    origin: str
    """What was recognised of the source's bytes and marks."""
    todo: tuple[str, ...]
    report: Report
    """What the rules made of the source, before report.yml."""


def start_folder(source: Path, encoding: str | None = None) -> Started:
    """A folder for the report of `source`: a text extraction, or a PDF or Word file that the intake makes one of."""
    if not is_document(source):
        return _started(source, encoding)
    extraction = taken_in(source)
    with tempfile.TemporaryDirectory(prefix="report-site-") as place:
        for name, data in files_of(extraction).items():
            target = Path(place) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        started = _started(Path(place) / TEXT, None, todo_of(extraction))
    return replace(started, files={**started.files, "intake.json": account_json(extraction)})


def _started(source: Path, encoding: str | None, before: Sequence[str] = ()) -> Started:
    """`before`: what needs a person already."""
    received = receive(source, encoding)
    lines = received.lines
    cleaned = clean(lines)
    imprint = find_imprint(cleaned, find_furniture(cleaned), str(source))
    profile = infer_profile(imprint)
    pictures = found_pictures(source, lines)
    folder = ReportFolder(source.parent, profile, picture_files=frozenset(pictures))
    report = build_report(folder, Translations(profile.language), lines, str(source))
    todo = (*_todo(report, folder, imprint), *before)
    files = {
        "source.md": ("\n".join(line.raw for line in lines) + "\n").encode("utf-8"),
        PROFILE_NAME: _profile_yaml(profile, imprint, report, received),
        folder.catalogue.name: dump_po(
            renewed(new_catalogue(folder.translation_language), messages(report.untranslated, profile.language))
        ),
        **_pages(profile),
        **{f"pictures/{name}": data for name, data in pictures.items()},
        "todo.md": ("# What needs a person\n\n" + "\n".join(f"- {item}" for item in todo) + "\n").encode("utf-8"),
    }
    return Started(files, str(received), todo, report)


def _pages(profile: Profile) -> dict[str, bytes]:
    """Pages about the site in both languages, in general words with the report's names filled in."""
    pages: dict[str, bytes] = {}
    for language in LANGUAGES:
        variety = profile.variety if language == profile.language else language
        names = {"title": escape(profile.title[language])}
        if profile.publisher:
            names["publisher"] = escape(profile.publisher[language])
        for name in NAMES:
            pages[f"pages/{language}/{name}.md"] = generic_page(name, language, variety, names).encode("utf-8")
    return pages


def found_pictures(source: Path, lines: Sequence[SourceLine]) -> dict[str, bytes]:
    """The pictures that marks of the source name and that lie below its folder, by their name in pictures/."""
    found: dict[str, bytes] = {}
    for line in lines:
        for mark in PICTURE_MARK.finditer(line.text):
            file = mark["file"].strip("<>")
            name = picture_name(file)
            data = read_picture(source.parent, unquote(file)) if name and name not in found else None
            if data is not None:
                found[name] = data
    return found


def infer_profile(imprint: Imprint) -> Profile:
    """What the imprint tells; where the other language's wording is unknown, the source's stands in for it."""
    language = imprint.language
    title = imprint.title.value if imprint.title else words("untitled", language)
    other = imprint.other_title.value if imprint.other_title else title
    return Profile(
        language=language,
        variety=imprint.variety,
        year=int(imprint.year.value) if imprint.year else None,
        title=_bilingual(language, title, other),
        publisher=_publisher(imprint),
    )


def _bilingual(language: Language, own: str, other: str) -> BilingualName:
    return BilingualName(zh=own, en=other) if language == "zh" else BilingualName(zh=other, en=own)


def _publisher(imprint: Imprint) -> BilingualName | None:
    found = imprint.publisher or imprint.other_publisher
    if found is None:
        return None
    other = imprint.other_publisher or found
    return _bilingual(imprint.language, found.value, other.value)


# --- report.yml ----------------------------------------------------------------------------------------------------


def _profile_yaml(profile: Profile, imprint: Imprint, report: Report, received: Received) -> bytes:
    """The profile; each value that was inferred says in a comment what it rests on."""
    outline = [entry for page in report.pages if not page.parents for entry in _top_entries(page, report)]
    parts = [
        "# Inferred from source.md by rules; the comments tell what each value rests on. Correct what is wrong.",
        _setting("language", profile.variety, imprint.language_basis),
        _setting("dialect", received.dialect.value, received.evidence),
        _setting("year", profile.year, imprint.year.basis) if imprint.year else "# year: nothing tells it",
        _setting("title", profile.title.model_dump(), _bases(imprint.title, imprint.other_title, imprint)),
        *_publisher_setting(profile, imprint),
        _dumped({"outline": outline}),
    ]
    return "".join(part.rstrip("\n") + "\n" for part in parts).encode("utf-8")


def _publisher_setting(profile: Profile, imprint: Imprint) -> list[str]:
    if profile.publisher is None:
        return ["# publisher: nothing tells it"]
    basis = _bases(imprint.publisher, imprint.other_publisher, imprint)
    return [_setting("publisher", profile.publisher.model_dump(), basis)]


def _setting(key: str, value: object, basis: str) -> str:
    """The value below its comment: on one line and visible, so that no text of the source can leave the comment."""
    comment = "".join(char if char.isprintable() else " " for char in basis)
    return f"# {' '.join(comment.split())}\n{_dumped({key: value})}"


def _dumped(data: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=120)


def _bases(own: Found | None, other: Found | None, imprint: Imprint) -> str:
    """What both wordings rest on."""
    names: dict[Language, str] = {"zh": "Chinese", "en": "English"}
    language: Language = "en" if imprint.language == "zh" else "zh"
    told = own.basis if own else "nothing tells it"
    if other is None:
        return f"{names[imprint.language]}: {told}; {names[language]}: not found, the other stands in for it"
    return f"{names[imprint.language]}: {told}; {names[language]}: {other.basis}"


def _top_entries(page: Page, report: Report) -> list[dict[str, object]]:
    """The page's entry; where it has no heading of its own, its sections, which open no page."""
    if page.section.heading.lines:
        return [_page_entry(page, report)]
    return [{**_entry(part), "page": False} for part in page.section.children]


def _page_entry(page: Page, report: Report) -> dict[str, object]:
    """A page with its sections and the pages right below it, in reading order."""
    below = [other for other in report.pages if other.parents == (*page.parents, page.slug)]
    parts = [(part.heading.lines, _entry(part)) for part in page.section.children]
    parts += [(other.section.heading.lines, _page_entry(other, report)) for other in below]
    entry = _heading_entry(page.section)
    if parts:
        entry["sections"] = [part for _, part in sorted(parts, key=lambda pair: pair[0])]
    return entry


def _entry(section: Section) -> dict[str, object]:
    entry = _heading_entry(section)
    if section.children:
        entry["sections"] = [_entry(child) for child in section.children]
    return entry


def _heading_entry(section: Section) -> dict[str, object]:
    """A heading as the rules see it: the editor corrects it."""
    heading = section.heading
    return {
        "at": f"{heading.lines[0]} {_fragment(heading.text.source)}".strip(),
        "slug": section.slug,
        "kind": section.kind.value,
        **({"page": True} if section.own_page else {}),
        **({"accent": section.accent} if section.accent else {}),
    }


def _fragment(title: str) -> str:
    """The title's beginning; a stroke and a number behind the line's number would read as a range of lines."""
    return re.sub(r"^[-–\s]+(?=\d)", "", title)[:30]


# --- what needs a person -------------------------------------------------------------------------------------------


def _todo(report: Report, folder: ReportFolder, imprint: Imprint) -> Iterator[str]:
    """What the rules can't know or aren't sure of."""
    profile = folder.profile
    for number, tokens in report.ledger.lost.items():
        yield f"source.md:{number}: on no page: {' '.join(tokens)[:LONGEST_ITEM]}; say what the line is"
    for flag in report.flags:
        if flag.code == AS_PRINTED:
            yield f"source.md:{flag.lines[0]}: stands as extracted: no shape holds all of it; say what the line is"
    if imprint.title is None or imprint.other_title is None:
        yield f"{PROFILE_NAME}: title: give the report's title in both languages"
    if imprint.publisher is None or imprint.other_publisher is None:
        yield f"{PROFILE_NAME}: publisher: give the publisher's name in both languages"
    if profile.year is None:
        yield f"{PROFILE_NAME}: year: give the year that the report covers"
    yield f"{PROFILE_NAME}: {_named(profile)}: check it against the cover"
    count = sum(1 for page in report.pages for _ in page.section.walk())
    yield f"{PROFILE_NAME}: outline: check levels and slugs ({count} headings); slugs never change once published"
    yield "pages/: general texts; say who makes this site and how readers reach you, and take out what doesn't hold"
    for page in report.pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, KeyFigures) and (
                    loose := [f.value.source for f in block.figures if f.label is None]
                ):
                    yield f"source.md:{block.lines[0]}: key figures without a label of their own: {', '.join(loose)}"
    noise = [entry for entry in report.ledger.lines if entry.fate.value == "noise"]
    yield from (f"source.md:{entry.line}: taken for noise ({entry.rule})" for entry in noise)
    count = sum(1 for _ in messages(report.untranslated, profile.language))
    yield f"{folder.catalogue.name}: {count} texts to translate"


def _named(profile: Profile) -> str:
    """What the site will be called."""
    publisher = profile.publisher[profile.language] if profile.publisher else "no publisher"
    return f"“{profile.title[profile.language]}”, {publisher}, {profile.year or 'no year'}"
