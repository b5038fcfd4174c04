"""A folder for a report never seen: profile inferred by the rules, empty catalogue, list of what needs a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from .convert import build_report
from .errors import InputError, Problem
from .folder.catalogue import Translations, dump, new_catalogue, renewed
from .folder.loading import ReportFolder
from .folder.profile import PROFILE_NAME, Bilingual, Profile
from .language.characters import bare, han_count
from .model import KeyFigures, Language, Section, SourceLine
from .publish.docs import write_folder
from .read.cleaning import clean
from .read.decoding import read_source
from .read.furniture import Furniture, body, find_furniture
from .read.noise import learn_vocabulary
from .report import Report
from .structure.translation import messages

UNKNOWN = "?"
"""Stands where a person has to fill in what no rule can know."""


def start_folder(directory: Path, source: Path) -> list[str]:
    """Writes the folder (which must not exist yet) and returns what needs a person, one item a line."""
    if directory.exists() and any(directory.iterdir() if directory.is_dir() else [directory]):
        raise InputError(Problem(str(directory), "is there already and not empty", "name a new folder"))
    lines = read_source(source)
    profile = infer_profile(lines)
    folder = ReportFolder(directory, profile)
    report = build_report(folder, Translations(profile.language), lines, str(source))
    todo = list(_todo(report, folder))
    files = {
        "source.md": ("\n".join(_with_form_feed(line) for line in lines) + "\n").encode("utf-8"),
        PROFILE_NAME: _profile_yaml(profile, report),
        folder.catalogue.name: dump(
            renewed(
                new_catalogue(folder.translation_language),
                messages(report.untranslated, profile.language),
                folder.translation_language,
            )
        ),
        "todo.md": ("# What needs a person\n\n" + "\n".join(f"- {item}" for item in todo) + "\n").encode("utf-8"),
    }
    write_folder(files, directory)
    return [
        *todo,
        str(report.ledger),
        f"{directory}: started; build it with: report-site build --report {directory}",
    ]


def _with_form_feed(line: SourceLine) -> str:
    """The line as received; encodings other than UTF-8 are left behind, form feeds kept."""
    return line.raw


def infer_profile(lines: tuple[SourceLine, ...]) -> Profile:
    """Language, title and year, as far as the text tells."""
    cleaned = clean(lines)
    furniture = find_furniture(cleaned)
    language: Language = "zh" if learn_vocabulary(cleaned, frozenset(furniture.rules)).chinese else "en"
    title = _title(cleaned, furniture, language)
    other = _other_title(furniture, title, language)
    titles = Bilingual(zh=title, en=other) if language == "zh" else Bilingual(zh=other, en=title)
    return Profile(
        language=language,
        year=_year(title + other),
        title=titles,
        publisher=Bilingual(zh=UNKNOWN, en=UNKNOWN),
    )


def _title(lines: Sequence[SourceLine], furniture: Furniture, language: Language) -> str:
    """A running head that names the report, else the longest line of the cover, else the first line of the text."""
    heads = [head for head in furniture.report_titles if bool(han_count(head)) == (language == "zh")]
    cover = [
        body(line)
        for line in lines
        if furniture.rules.get(line.number) == "cover" and bool(han_count(body(line))) == (language == "zh")
    ]
    first = [body(line) for line in lines if not line.blank and line.number not in furniture.rules]
    return (heads or sorted(cover, key=len, reverse=True) or first or [UNKNOWN])[0][:120]


def _other_title(furniture: Furniture, title: str, language: Language) -> str:
    partner = furniture.titles.get(bare(title))
    others = [head for head in furniture.report_titles if bool(han_count(head)) != (language == "zh")]
    return partner or (others[0] if others else UNKNOWN)


def _year(title: str) -> int | None:
    digits = "".join(char if char.isdigit() else " " for char in title).split()
    return next((int(d) for d in digits if len(d) == 4 and 1990 <= int(d) <= 2100), None)


def _profile_yaml(profile: Profile, report: Report) -> bytes:
    data: dict[str, object] = {
        "language": profile.language,
        **({"year": profile.year} if profile.year else {}),
        "title": {"zh": profile.title.zh, "en": profile.title.en},
        "publisher": {"zh": profile.publisher.zh, "en": profile.publisher.en},
        "outline": [
            _outline(page.section, report) for page in report.pages if not page.parents and page.section.heading.lines
        ],
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120).encode("utf-8")


def _outline(section: Section, report: Report) -> dict[str, object]:
    """An outline entry as the rules see it: the editor corrects it."""
    heading = section.heading
    entry: dict[str, object] = {
        "at": f"{heading.lines[0]} {heading.text.source[:30]}",
        "slug": section.slug,
        "kind": section.kind.value,
    }
    if section.own_page:
        entry["page"] = True
    if section.accent:
        entry["accent"] = section.accent
    pages = {page.slug: page for page in report.pages}
    inline = [_outline(child, report) for child in section.children]
    own = [
        _outline(page.section, report)
        for page in report.pages
        if page.parents and page.parents[-1] == section.slug and section.slug in pages
    ]
    if inline or own:
        entry["sections"] = [*inline, *own]
    return entry


def _todo(report: Report, folder: ReportFolder) -> Iterator[str]:
    """What the rules can't know or aren't sure of."""
    profile = folder.profile
    if UNKNOWN in (profile.title.zh, profile.title.en):
        yield f"{PROFILE_NAME}: title: give the report's title in both languages"
    yield f"{PROFILE_NAME}: publisher: give the publisher's name in both languages"
    if profile.year is None:
        yield f"{PROFILE_NAME}: year: give the year that the report covers"
    count = sum(1 for page in report.pages for _ in page.section.walk())
    yield f"{PROFILE_NAME}: outline: check levels and slugs ({count} headings); slugs never change once published"
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
