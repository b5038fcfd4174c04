"""Captions and diagrams to figures, with what figures.yml says of them."""

from __future__ import annotations

from collections.abc import Mapping

from ...folder.profile import Bilingual, FigureEntry
from ...language.characters import bare
from ...model import Figure, Language, Text
from ...model.errors import Problem
from .elements import Element, Piece


def shape_figure(element: Element, entry: FigureEntry | None, language: Language) -> Figure:
    """A picture, or what the extraction left of one: its caption, and what the text states of it."""
    texts = [Text(piece.text, lines=piece.lines) for piece in (*element.pieces[:1], element.alternative) if piece]
    caption = texts.pop(0) if element.pieces else None
    figure = Figure(lines=element.lines, caption=caption, alternative=texts[0] if texts else None)
    return described(figure, entry, language)


def shape_diagram(element: Element, entry: FigureEntry | None, language: Language) -> tuple[Figure, list[Problem]]:
    """The words of a diagram, without order or position, and those of figures.yml that don't stand in it; words that
    figures.yml drops are noise.
    """
    words = [Text(piece.text, lines=piece.lines) for piece in element.pieces]
    problems: list[Problem] = []
    if entry is not None and entry.words:
        words = [Text(word, lines=lines_holding(word, element.pieces)) for word in entry.words]
        problems = [_misplaced(word.source, entry) for word in words if not word.lines]
    caption, words = _title_among(words, entry)
    lines = tuple(sorted({n for text in (*words, *([caption] if caption else [])) for n in text.lines}))
    figure = Figure(lines=lines, caption=caption, words=tuple(words))
    return described(figure, entry, language), problems


def _title_among(words: list[Text], entry: FigureEntry | None) -> tuple[Text | None, list[Text]]:
    """The diagram's own title, where figures.yml's caption is printed in it."""
    if entry is None or entry.caption is None:
        return None, words
    titles = [w for w in words if bare(w.source) in (bare(entry.caption.zh), bare(entry.caption.en))]
    return (titles[0], [w for w in words if w is not titles[0]]) if titles else (None, words)


def _misplaced(word: str, entry: FigureEntry) -> Problem:
    place = f"{entry.at.in_file('figures.yml')}: {entry.at}"
    return Problem(place, f"the word {word!r} doesn't stand in these lines", "write it as it is printed there")


def lines_holding(text: str, pieces: tuple[Piece, ...]) -> tuple[int, ...]:
    """Lines of the first piece that equals `text`, else of the first that holds it."""
    key = bare(text)
    if not key:
        return next((piece.lines for piece in pieces if piece.text == text), ())
    equal = next((piece.lines for piece in pieces if bare(piece.text) == key), None)
    return equal or next((piece.lines for piece in pieces if key and key in bare(piece.text)), ())


def described(figure: Figure, entry: FigureEntry | None, language: Language) -> Figure:
    """The figure with caption, alternative text and description from its entry."""
    if entry is None:
        return figure
    caption = figure.caption or (own_text(entry.caption, language) if entry.caption else None)
    if figure.caption and entry.caption:
        caption = _translated(figure.caption, entry.caption, language)
    return Figure(
        lines=figure.lines,
        caption=caption,
        words=figure.words,
        alternative=own_text(entry.alternative, language) if entry.alternative else figure.alternative,
        description=tuple(own_text(text, language) for text in entry.description),
        picture=entry.picture or None,
    )


def own_text(text: Bilingual, language: Language) -> Text:
    """A text that the editor wrote in both languages: it stems from no line."""
    return Text(text[language], translation=text["en" if language == "zh" else "zh"])


def _translated(caption: Text, given: Bilingual, language: Language) -> Text:
    other: Language = "en" if language == "zh" else "zh"
    return Text(caption.source, caption.id, caption.lines, given[other])


def entries_by_line(found: Mapping[int, FigureEntry], element: Element) -> FigureEntry | None:
    return next((found[n] for n in element.lines if n in found), None)
