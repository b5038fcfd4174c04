"""A folder for a report never seen: profile inferred by the rules, empty catalogue, list of what needs a person."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from ...convert import build_report
from ...folder.catalogue import Translations, new_catalogue, renewed
from ...folder.guesses import Sure, guess_comment
from ...folder.layout import PROFILE_NAME
from ...folder.loading import ReportFolder, picture_name, read_picture
from ...folder.po import dump_po
from ...folder.profile import BilingualName, Profile
from ...language.characters import PICTURE_MARK
from ...language.generic_pages import NAMES, generic_page
from ...language.progress import Told, nobody
from ...language.reason import Reason, reason
from ...language.strings import LANGUAGES, all_words, words
from ...model import Dialect, KeyFigures, Language, Page, RuleName, Section, SourceLine
from ...publish.inline import escape
from ...report import Report
from ...source.intake import is_document, taken_in
from ...source.intake.writing import TEXT, account_json, files_of, todo_of
from ...source.read.cleaning import clean
from ...source.read.decoding import Received, receive
from ...source.read.furniture import find_furniture
from ...source.read.imprint import Found, Imprint, find_imprint
from ...source.structure.translation import messages
from .doubts import fragment_of
from .html import editors_voice
from .settling import dumped
from .sureness import sure_of

TODO_NAME = "todo.md"
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
    profile: Profile
    lines: tuple[SourceLine, ...]
    """As received."""
    dialect: Dialect
    voice: str
    """What the editor reads: comments in report.yml speak it."""


def start_folder(source: Path, encoding: str | None = None, voice: str | None = None, told: Told = nobody) -> Started:
    """A folder for the report of `source`: a text extraction, or a PDF or Word file that the intake makes one of.

    `voice`: the editor's language, where it isn't to be that of their machine. `told` hears how far the intake is.
    """
    if not is_document(source):
        return _started(source, encoding, voice)
    extraction = taken_in(source, told=told)
    with tempfile.TemporaryDirectory(prefix="report-site-") as place:
        for name, data in files_of(extraction).items():
            target = Path(place) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        started = _started(Path(place) / TEXT, None, voice, todo_of(extraction))
    return replace(started, files={**started.files, "intake.json": account_json(extraction)})


def _started(source: Path, encoding: str | None, asked: str | None, before: Sequence[str] = ()) -> Started:
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
    voice = editors_voice(asked, report.voice(report.language))
    files = {
        "source.md": ("\n".join(line.raw for line in lines) + "\n").encode("utf-8"),
        PROFILE_NAME: _profile_yaml(profile, imprint, report, received, voice),
        folder.catalogue.name: dump_po(
            renewed(new_catalogue(folder.translation_language), messages(report.untranslated, profile.language))
        ),
        **_pages(profile),
        **{f"pictures/{name}": data for name, data in pictures.items()},
        TODO_NAME: todo_file(todo),
    }
    return Started(files, str(received), todo, report, profile, lines, received.dialect, voice)


def todo_file(items: Iterable[str]) -> bytes:
    return ("# What needs a person\n\n" + "".join(f"- {item}\n" for item in items)).encode("utf-8")


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


def _profile_yaml(profile: Profile, imprint: Imprint, report: Report, received: Received, voice: str) -> bytes:
    """The profile; each value that was inferred says in a comment what it rests on, and how sure that is."""
    year = imprint.year
    parts = [
        comment(words("guess-inferred", voice)),
        setting("language", profile.variety, Sure.HIGH, imprint.language_basis.said(voice)),
        setting("dialect", received.dialect.value, Sure.HIGH, received.evidence.said(voice)),
        setting("year", profile.year, Sure.MEDIUM, year.basis.said(voice)) if year else _untold("year", voice),
        _named_setting("title", profile.title, _basis(imprint.title, imprint.other_title, imprint), voice),
        _named_setting(
            "publisher", profile.publisher, _basis(imprint.publisher, imprint.other_publisher, imprint), voice
        ),
        outline_setting(outline_of(report), report, voice),
    ]
    return "".join(part.rstrip("\n") + "\n" for part in parts).encode("utf-8")


def comment(text: str) -> str:
    """Each of its lines a comment."""
    return "".join(f"# {line}\n" for line in text.splitlines())


def _untold(key: str, voice: str) -> str:
    return comment(f"{key}: {words('guess-nothing', voice)}")


def _named_setting(key: str, names: BilingualName | None, basis: tuple[Sure, Reason], voice: str) -> str:
    sure, told = basis
    return setting(key, names.model_dump(), sure, told.said(voice)) if names else _untold(key, voice)


def setting(key: str, value: object, sure: Sure, basis: str) -> str:
    """The value below its comment."""
    return f"{guess_comment(sure, basis)}\n{dumped({key: value})}"


def outline_of(report: Report) -> list[dict[str, object]]:
    """The report's headings as entries of report.yml."""
    return [entry for page in report.pages if not page.parents for entry in _top_entries(page, report)]


def outline_setting(
    outline: Sequence[Mapping[str, object]], report: Report, voice: str, settled: Collection[int] = ()
) -> str:
    """The entries; behind each, save those of the `settled` lines, how sure it is that its line is a heading."""
    lines = dumped({"outline": outline}).split("\n")
    return "\n".join(_with_guess(line, report.basis.rules, voice, settled) for line in lines)


def _with_guess(line: str, rules: Mapping[int, str], voice: str, settled: Collection[int]) -> str:
    match = re.match(r"[\s-]*at: ['\"]?(\d+)", line)
    if not match or int(match[1]) in settled:
        return line
    rule = rules.get(int(match[1]), "")
    key = f"preflight-rule-{rule}"
    return f"{line}  {guess_comment(sure_of(rule), words(key, voice) if key in all_words(voice) else rule)}"


def _basis(own: Found | None, other: Found | None, imprint: Imprint) -> tuple[Sure, Reason]:
    """What the wordings in both languages rest on."""
    told = own.basis if own else reason("guess-nothing")
    stands_in = other.basis if other else reason("guess-stands-in")
    first, second = (told, stands_in) if imprint.language == "zh" else (stands_in, told)
    return Sure.MEDIUM if own and other else Sure.LOW, reason("guess-both", zh=first, en=second)


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
        "at": f"{heading.lines[0]} {fragment_of(heading.text.source)}".strip(),
        "slug": section.slug,
        "kind": section.kind.value,
        **({"page": True} if section.own_page else {}),
        **({"accent": section.accent} if section.accent else {}),
    }


# --- what needs a person -------------------------------------------------------------------------------------------


def _todo(report: Report, folder: ReportFolder, imprint: Imprint) -> Iterator[str]:
    """What the rules can't know or aren't sure of."""
    profile = folder.profile
    for number, tokens in report.ledger.lost.items():
        yield f"source.md:{number}: on no page: {' '.join(tokens)[:LONGEST_ITEM]}; say what the line is"
    for flag in report.flags:
        if flag.code == RuleName.AS_PRINTED:
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
