"""The report in one language as plain data for overrides/pdf/report.typ: every text a list of runs, never markup.

The template holds all typography, this module none. Ids, words and order are those of the page that prints the whole
report; what the template may draw is told by `kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ...language.characters import NOTE_MARK, bare, plain_digits
from ...language.line_breaks import keep_together
from ...language.parts import pieces
from ...language.tags import VARIETIES, other_than
from ...model import (
    Block,
    Cell,
    DataTable,
    Figure,
    Footnotes,
    KeyFigure,
    KeyFigures,
    KeyValueTable,
    Language,
    List,
    Note,
    Page,
    Paragraph,
    Period,
    Quote,
    Row,
    Section,
    SectionKind,
    TagList,
    Text,
)
from ...model.texts import blocks_of
from ...report import Report
from ...report.notes import MarkLink, link_notes
from ..charts import Told, told_of
from ..columns import part_lost_columns
from ..figures import runs as lost_together
from ..inline import Remark
from ..markdown import STROKES, list_mark
from ..printed_pages import PageMarks, page_marks
from ..remarks import Place, beside_cells, by_cell
from ..report_pages import block_homes, notes_by_page, page_context, remarks_of

Run = dict[str, object]
"""`text`, or `runs` of one link; where it applies, `foreign`, `to` (the id it leads to), `id` (its own)."""
Runs = list[Run]
Data = dict[str, object]


class Writer:
    """One language of the report as data; `pages` may be fewer than the report's."""

    def __init__(self, report: Report, language: Language, pages: Sequence[Page], pictures: Mapping[str, str]) -> None:
        self.report, self.language, self.pages = report, language, pages
        self.voice = report.voice(language)
        self.pictures = pictures
        self.ids = {block.id for page in pages for block in blocks_of(page)}
        self.links = {bare(p.section.heading.text.source): p.section.heading.id for p in pages}
        self.notes = link_notes(pages)
        self.chapters = {chapter.slug: chapter.number for chapter in report.site_map.chapters}
        told = notes_by_page(report, language, block_homes(pages))
        self.told = [note for page in pages for note in told.get(page.slug, ())]
        self.remarks = remarks_of(self.told)
        self.context = page_context(report, language)
        self.charts: dict[str, Told] = {}
        """By the name of the file that the template reads."""

    def document(self, address: str, title: str) -> Data:
        """All that the template reads but for what stands behind the report.

        `address`: where the site stands, empty where nobody has said it.
        """
        report, language = self.report, self.language
        tag = report.varieties[language].tag
        other = other_than(language)
        other_tag = report.varieties[other].tag if other in report.varieties else VARIETIES[other].tag
        lines = [self.words("pdf-front"), self.words("pdf-pages")]
        return {
            "tongues": {"own": _tongue(tag), "other": _tongue(other_tag)},
            "title": title,
            "publisher": report.called(report.publisher, language),
            "about": report.words("pdf-front", language),
            "contents": report.words("contents", language),
            "front": lines,
            "site": {"address": address, "text": self.words("pdf-site")} if address else None,
            "parts": list(self._parts()),
        }

    # --- texts -------------------------------------------------------------------------------------------------------

    def plain(self, text: str) -> Runs:
        """A text in the page's language, runs of the other marked."""
        whole = keep_together(" ".join(text.split()), self.language)
        return [{"text": piece, "foreign": foreign} for piece, foreign in pieces(whole, self.language)]

    def words(self, key: str, **values: object) -> Runs:
        return self.plain(self.report.words(key, self.language, **values))

    def flat(self, text: Text | None) -> Runs | None:
        """A text whose marks of notes stay marks."""
        if text is None:
            return None
        said = text.in_language(self.language, self.report.language)
        return self.plain(said) if said is not None else [{"text": " ".join(text.source.split()), "foreign": True}]

    def say(self, text: Text) -> Runs:
        """The text with the marks of notes as links to them."""
        said = text.in_language(self.language, self.report.language)
        one = self.plain if said is not None else _foreign
        shown = said if said is not None else text.source
        marks = iter(self.notes.marks.get(text.id, ()))
        runs: Runs = []
        end = 0
        for match in NOTE_MARK.finditer(shown):
            runs += one(shown[end : match.start()]) if shown[end : match.start()].strip() else []
            runs.append(self._mark(match[0], plain_digits(match[1]), next(marks, None)))
            end = match.end()
        return runs + (one(shown[end:]) if shown[end:].strip() else [])

    def _mark(self, printed: str, label: str, link: MarkLink | None) -> Run:
        if link is None:
            return {"text": printed}
        return {"text": f"[{label}]", "to": link.note, "id": link.id, "raised": True}

    @staticmethod
    def linked(runs: Runs, to: str) -> Run:
        """One link, however many runs it has."""
        return {"runs": runs, "to": to}

    def all(self, texts: Sequence[Text]) -> list[Runs]:
        return [self.say(text) for text in texts]

    # --- sections ----------------------------------------------------------------------------------------------------

    def _parts(self) -> Iterator[Data]:
        marks = None
        for page in self.pages:
            self.context = replace(self.context, title=self.report.say(page.section.heading.text, self.language))
            marks = page_marks(page.section, marks)
            number = self.chapters.get(page.slug)
            yield {
                "accent": page.accent,
                "opener": not page.parents,
                "number": self.words("chapter", number=number) if number else None,
                "body": list(self._section(page.section, 2 + len(page.parents), marks, is_page=True)),
            }

    def _section(self, section: Section, level: int, marks: PageMarks, *, is_page: bool) -> Iterator[Data]:
        heading = {
            "kind": "heading",
            "id": section.heading.id,
            "level": level,
            "text": self.say(section.heading.text),
            "page": is_page,
        }
        inside = [heading, *self._remarks_on(section.heading), *self._blocks(section.blocks, marks)]
        yield from self._marker(section.heading, marks)
        if section.kind is SectionKind.CASE:
            yield {"kind": "case", "label": self.words("case"), "body": inside}
        else:
            yield from inside
        for child in section.children:
            yield from self._section(child, level + 1, marks, is_page=False)

    def _marker(self, block: Block, marks: PageMarks) -> Iterator[Data]:
        if (page := marks.pages.get(block.id)) is not None:
            yield {"kind": "page", "text": self.words("page", page=page)}

    def _blocks(self, blocks: Sequence[Block], marks: PageMarks) -> Iterator[Data]:
        for run in lost_together(blocks, begins=marks.pages, shown=self.pictures, remarked=self.remarks):
            yield from self._marker(run[0], marks)
            if len(run) > 1:
                yield self._lost(run)
            else:
                yield from self._chart(run[0])
                yield {"id": run[0].id, **_WRITERS[type(run[0])](self, run[0])}
            yield from self._remarks_on(run[0])

    def _chart(self, block: Block) -> Iterator[Data]:
        """Before the table that says all of it."""
        if not isinstance(block, DataTable | KeyValueTable) or (told := told_of(block, self.context)) is None:
            return
        name = f"{told.id}.svg"
        self.charts[name] = told
        alternative = self.report.words("labelled", self.language, label=told.name, text=told.description)
        yield {"kind": "chart", "caption": self.plain(told.caption), "file": name, "alternative": alternative}

    def _lost(self, run: Sequence[Block]) -> Data:
        """Pictures of which captions alone are left; each caption keeps its picture's id."""
        captions = [(one.id, self.say(one.caption)) for one in run if isinstance(one, Figure) and one.caption]
        items = [[{"id": identity, **runs[0]}, *runs[1:]] for identity, runs in captions if runs]
        return {"kind": "words", "caption": self.words("pictures-lost-here"), "items": items, "note": None}

    def _remarks_on(self, block: Block) -> Iterator[Data]:
        """Leads to what the editors say of it."""
        if marks := self._marks(beside_cells(block, self.remarks.get(block.id, ()))):
            yield {"kind": "note", "texts": [marks[1:]]}

    def _marks(self, remarks: Sequence[Remark]) -> Runs:
        """Each behind a blank."""
        marks: Runs = []
        for remark in remarks:
            said = self.words("note-reference", label=remark.label, number=remark.number)
            marks += [{"text": " "}, self.linked(said, f"editors-note-{remark.number}")]
        return marks

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> Data:
        return {"kind": "paragraph", "text": self.say(block.text)}

    def _quote(self, block: Quote) -> Data:
        return {"kind": "quote", "text": self.say(block.text)}

    def _note(self, block: Note) -> Data:
        remark = [self.words("qr")] if block.purpose == "qr" else []
        label = [self.words("summary")] if block.purpose == "summary" else []
        return {"kind": "note", "texts": [*label, self.say(block.text), *remark]}

    def _list(self, block: List) -> Data:
        marks = [list_mark(block, i, self.language) for i in range(len(block.items))]
        counted = block.ordered and all(mark == f"{block.start + i}." for i, mark in enumerate(marks))
        items = [self._item(mark, item, counted) for mark, item in zip(marks, block.items, strict=True)]
        return {"kind": "list", "ordered": counted, "start": block.start, "items": items, "marked": block.ordered}

    def _item(self, mark: str, item: Text, counted: bool) -> Runs:
        if counted or not mark:
            return self.say(item)
        gap = "" if mark.endswith(("、", "）")) else " "
        return [{"text": mark + gap}, *self.say(item)]

    def _tag_list(self, block: TagList) -> Data:
        return {
            "kind": "words",
            "caption": self.flat(block.caption),
            "items": self.all(block.items),
            "note": self.words("word-list-note"),
        }

    def _key_figures(self, block: KeyFigures) -> Data:
        loose = None
        if block.loose_labels:
            loose = {
                "caption": self.words("loose-labels"),
                "items": self.all(block.loose_labels),
                "note": None,
            }
        return {
            "kind": "figures",
            "caption": self.flat(block.caption),
            "period": self._period(block.period),
            "figures": [self._key_figure(figure) for figure in block.figures],
            "loose": loose,
        }

    def _key_figure(self, figure: KeyFigure) -> Data:
        label = self.say(figure.label) if figure.label else self.words("unlabelled")
        return {"label": label, "value": self.flat(figure.value), "period": self._period(figure.period)}

    def _period(self, period: Period | None) -> Runs | None:
        return self.words("at-year-end" if period.at_end else "in-year", year=period.year) if period else None

    def _data_table(self, printed: DataTable) -> Data:
        block, lost = part_lost_columns(printed)
        heads = [row for row in (block.header, *block.subheads) if row]
        named = self.report.words("list-comma", self.language).join(self.report.say(h, self.language) for h in lost)
        further = [self.words("columns-lost", heads=named)] if lost else []
        return self._table(block, heads, block.row_headers, further)

    def _key_value_table(self, block: KeyValueTable) -> Data:
        return self._table(block, (), 1)

    def _table(
        self,
        block: DataTable | KeyValueTable,
        heads: Sequence[Sequence[Text]],
        row_headers: int,
        further: Sequence[Runs] = (),
    ) -> Data:
        width = max([1, *map(len, heads), *(len(row.cells) for row in block.rows)])
        remarks = by_cell(block, self.remarks.get(block.id, ()))
        return {
            "kind": "table",
            "caption": self.flat(block.caption),
            "width": width,
            "heads": row_headers,
            "header": [[*self.all(row), *([[]] * (width - len(row)))] for row in heads],
            "rows": [self._row(i, row, row_headers, width, remarks) for i, row in enumerate(block.rows)],
            "notes": [*map(self.flat, block.notes), *further],
        }

    def _row(self, at: int, row: Row, heads: int, width: int, remarks: Mapping[Place, Sequence[Remark]]) -> Data:
        found = [self._cell(cell, linked=i < heads) for i, cell in enumerate(row.cells)]
        for i, items in enumerate(found):
            items[-1:] = [[*run, *self._marks(remarks.get((at, i), ()))] for run in items[-1:]]
        cells: list[Data] = [{"items": items} for items in found]
        return {"cells": cells + [{"items": []}] * (width - len(cells)), "group": row.group}

    def _cell(self, cell: Cell, *, linked: bool) -> list[Runs]:
        if len(cell) == 1 and self.report.say(cell[0], self.language) in STROKES:
            return [self.words("none")]
        items = self.all(cell)
        if linked and len(cell) == 1 and (link := self.links.get(bare(cell[0].source))):
            items = [[self.linked(items[0], link)]] if not any("to" in run for run in items[0]) else items
        return items

    def _figure(self, block: Figure) -> Data:
        file = self.pictures.get(block.picture or "")
        alternative = self.report.say(block.alternative, self.language) if block.alternative else ""
        said = [*([block.alternative] if block.alternative and not file else []), *block.description]
        caption = self.flat(block.caption)
        return {
            "kind": "picture",
            "caption": caption,
            "file": file,
            "lost": None if file else self.words("diagram-lost" if block.words else "picture-lost"),
            "alternative": alternative or "".join(str(run["text"]) for run in caption or ()) or block.picture or "",
            "description": self.all(said),
            "words": self.all(block.words),
            "note": self.words("words-in-picture"),
        }

    def _footnotes(self, block: Footnotes) -> Data:
        notes = [
            {"id": note.text.id, "label": note.label, "text": self.say(note.text), "back": self._back(note.text.id)}
            for note in block.notes
        ]
        return {"kind": "footnotes", "title": self.words("notes"), "notes": notes}

    def _back(self, identity: str) -> list[str]:
        return [place for _, place in self.notes.places.get(identity, ())]


def _foreign(text: str) -> Runs:
    return [{"text": text, "foreign": True}]


def _tongue(tag: str) -> Data:
    """A language tag as Typst takes it; the region of the one isn't the other's."""
    language, _, rest = tag.partition("-")
    region = rest.lower() if len(rest) == 2 else None
    return {"lang": language, "region": region, "script": rest.lower() if len(rest) == 4 else "auto"}


_WRITERS: Mapping[type[Block], Callable[..., Data]] = MappingProxyType(
    {
        Paragraph: Writer._paragraph,
        Quote: Writer._quote,
        Note: Writer._note,
        List: Writer._list,
        TagList: Writer._tag_list,
        KeyFigures: Writer._key_figures,
        DataTable: Writer._data_table,
        KeyValueTable: Writer._key_value_table,
        Figure: Writer._figure,
        Footnotes: Writer._footnotes,
    }
)
