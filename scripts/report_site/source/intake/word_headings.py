"""Headings of a Word file: by style, else, where no style names any, by type that is larger or bolder than the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from ...language.characters import SENTENCE_END
from .word_lists import whole

Node = Any
"""An element of the file's XML."""
LONGEST_TITLE = 80
DEEPEST = 6
MUCH_LARGER = 4
"""Half points: a look of this size above the text's says heading wherever it stands; one of less has to repeat."""
_NO_TITLE_ENDS = frozenset(SENTENCE_END) | frozenset(",;:，；：、")
_OFF = frozenset(("0", "false", "off"))


@dataclass(frozen=True, slots=True)
class _Look:
    """Of a paragraph, as larger before smaller and bold before plain."""

    size: int
    """Half points."""
    bold: bool

    @property
    def rank(self) -> tuple[int, bool]:
        return -self.size, not self.bold


@dataclass(slots=True)
class Headings:
    document: Document
    by_type: Mapping[Node, int] = field(init=False)
    """Level of each paragraph whose type alone says heading; empty where styles name headings."""

    def __post_init__(self) -> None:
        paragraphs = [child for child in self.document.element.body.iterchildren() if child.tag == qn("w:p")]
        styled = any(self._styled(paragraph) for paragraph in paragraphs)
        self.by_type = {} if styled else self._typed(paragraphs)

    def level(self, paragraph: Node) -> int:
        """1 to 6, 0 for what is no heading."""
        return self._styled(paragraph) or self.by_type.get(paragraph, 0)

    def style(self, paragraph: Node) -> Node | None:
        return self._named(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))

    def _named(self, reference: Node | None) -> Node | None:
        if reference is None:
            return None
        return self.document.styles.element.get_by_id(reference.get(qn("w:val")))

    def _chain(self, style: Node | None) -> Iterator[Node]:
        """The style, and those that it is based on."""
        seen: set[str] = set()
        while style is not None and style.get(qn("w:styleId")) not in seen:
            seen.add(style.get(qn("w:styleId")))
            yield style
            style = self._named(style.find(qn("w:basedOn")))

    def _styled(self, paragraph: Node) -> int:
        """By the name of the style (any language's Word stores it in English), else by the outline level."""
        styles = list(self._chain(self.style(paragraph)))
        for name in map(name_of, styles):
            if name == "title":
                return 1
            if name.startswith("heading ") and name[8:].isdigit():
                return min(DEEPEST, int(name[8:]))
        for holder in (paragraph, *styles):
            outline = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                level = whole(outline.get(qn("w:val")), 9)
                return level + 1 if 0 <= level < DEEPEST else 0
        return 0

    # --- by type

    def _typed(self, paragraphs: Sequence[Node]) -> dict[Node, int]:
        """Short lines without a full stop, in a look that stands above the text and is followed by text."""
        said = [(paragraph, text) for paragraph in paragraphs if (text := _text(paragraph))]
        looks = {paragraph: self._look(paragraph) for paragraph, _ in said}
        sizes = Counter[_Look]()
        for paragraph, text in said:
            sizes[looks[paragraph]] += len(text)
        if not sizes:
            return {}
        body = sizes.most_common(1)[0][0]
        titles = [
            paragraph
            for (paragraph, text), after in zip_longest(said, said[1:])
            if after
            and _is_title(text)
            and not self._is_item(paragraph)
            and looks[paragraph].rank < body.rank
            and looks[paragraph].size >= body.size
            and looks[after[0]].rank > looks[paragraph].rank
        ]
        often = Counter(looks[paragraph] for paragraph in titles)
        kept = [look for look in often if often[look] > 1 or look.size >= body.size + MUCH_LARGER]
        levels = {look: min(DEEPEST, i) for i, look in enumerate(sorted(kept, key=lambda look: look.rank), 1)}
        return {paragraph: levels[looks[paragraph]] for paragraph in titles if looks[paragraph] in levels}

    def _is_item(self, paragraph: Node) -> bool:
        holders = (paragraph, *self._chain(self.style(paragraph)))
        return any(holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None for holder in holders)

    def _look(self, paragraph: Node) -> _Look:
        """Its largest size; bold where all of it is."""
        runs = [run for run in paragraph.iter(qn("w:r")) if _text(run)]
        of_style = list(self._chain(self.style(paragraph)))
        sizes = [whole(self._property(run, of_style, "w:sz"), 0) for run in runs]
        bold = [self._property(run, of_style, "w:b") not in _OFF for run in runs]
        return _Look(max(sizes, default=0), bool(bold) and all(bold))

    def _property(self, run: Node, of_style: Sequence[Node], name: str) -> str:
        """Its value, empty where it is only switched on; by the run, its style, the paragraph's style, the defaults."""
        own = self._chain(self._named(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")))
        defaults = self.document.styles.element.iter(qn("w:rPrDefault"))
        for holder in (run, *own, *of_style, *defaults):
            found = holder.find(f"{qn('w:rPr')}/{qn(name)}")
            if found is not None:
                return found.get(qn("w:val")) or ""
        return "0"


def name_of(style: Node | None) -> str:
    name = style.find(qn("w:name")) if style is not None else None
    return str(name.get(qn("w:val"))).lower() if name is not None else ""


def _text(node: Node) -> str:
    return "".join(part.text or "" for part in node.iter(qn("w:t"))).strip()


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and text[-1] not in _NO_TITLE_ENDS and any(char.isalpha() for char in text)
