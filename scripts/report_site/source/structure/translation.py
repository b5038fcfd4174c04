"""Each text's translation, from the catalogue or because it needs none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...folder.catalogue import Message, Translations
from ...language.characters import HAN
from ...model import Block, Language, Page, Section, Text
from ...model.texts import map_texts, texts_of, texts_on

_NEEDS = {"zh": re.compile(f"[{HAN}]"), "en": re.compile(r"[A-Za-z]{2}")}


def needs_translation(text: str, source_language: Language) -> bool:
    """Numbers, codes and marks read the same in every language."""
    return bool(_NEEDS[source_language].search(text))


def message_of(page: Page, text: Text) -> Message:
    return Message(f"{page.slug}#{text.id}", text.source, text.lines)


def messages(pages: tuple[Page, ...], language: Language) -> Iterator[Message]:
    """All that a translator has to translate, in reading order; texts given in both languages are left out."""
    for page in pages:
        for section in page.section.walk():
            for block in (section.heading, *section.blocks):
                for text, _ in texts_of(block):
                    if text.lines and text.translation is None and needs_translation(text.source, language):
                        yield message_of(page, text)


def translate(pages: tuple[Page, ...], translations: Translations, language: Language) -> tuple[Page, ...]:
    """The pages with every translation that there is; where there is none the text's `translation` stays None."""

    def translated(page: Page, text: Text) -> Text:
        if text.translation is not None:
            return text
        if not needs_translation(text.source, language):
            return replace(text, translation=_marks(text.source, language))
        found = translations.find(message_of(page, text))
        return text if found is None else replace(text, translation=found)

    def block(page: Page, one: Block) -> Block:
        return map_texts(one, lambda text, role: translated(page, text))

    def section(page: Page, one: Section) -> Section:
        return replace(
            one,
            heading=map_texts(one.heading, lambda text, role: translated(page, text)),
            blocks=tuple(block(page, b) for b in one.blocks),
            children=tuple(section(page, child) for child in one.children),
        )

    return tuple(replace(page, section=section(page, page.section)) for page in pages)


def has_translation(pages: Sequence[Page], language: Language) -> bool:
    """Whether any text that needs one has a translation by a person."""
    return any(
        text.translation is not None and needs_translation(text.source, language)
        for page in pages
        for text in texts_on(page)
        if text.lines
    )


def _marks(text: str, source_language: Language) -> str:
    """Codes and numbers with the list marks and digit groups of the other language."""
    if source_language != "zh":
        return text
    listed = re.sub(r"\s*、\s*", ", ", text)
    return re.sub(r"^\d{4,}(?=\+$)", lambda m: f"{int(m[0]):,}", listed)
