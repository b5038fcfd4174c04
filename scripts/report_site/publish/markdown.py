"""Pages of the model to Markdown that people can read and edit: one pure function a block type.

Text of the report is never markup: every character that Markdown, attribute lists or blocks would act on is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import yaml

from ..language.characters import NOTE_MARK, bare, has_han, without_notes
from ..language.strings import words
from ..model import (
    Block,
    Cell,
    DataTable,
    Figure,
    Footnote,
    Footnotes,
    Heading,
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
    Section,
    SectionKind,
    TagList,
    Text,
)
from .addresses import SITE, table_csv
from .charts import chart_beside
from .columns import lost_columns_note, part_lost_columns
from .fences import attributes, caption_marks, caption_of, fence, quoted
from .figures import caption_list, figure, lost_pictures, runs
from .inline import PageContext, address_in, escape, escape_marked, marked, numbers_in
from .printed_pages import page_marks
from .remarks import marks_in_cells, remarks_on

STROKES = ("/",)
"""Cells that print a stroke for `none`: said in words."""

LOWEST_HEADING = 6
LISTS_APART = "<!-- -->"
"""Between two lists, which Markdown would make one."""


def render_section(section: Section, context: PageContext, level: int = 1) -> Iterator[str]:
    """The section's Markdown, piece by piece; each piece is separated from the next by a blank line."""
    mark = _marker(section.heading, context)
    title = "\n\n".join([render_heading(section.heading, level, context), *remarks_on(section.heading, context)])
    found = runs(section.blocks, begins=context.breaks.pages, shown=context.pictures, remarked=context.remarks)
    blocks = [
        piece
        for before, run in pairwise([(), *found])
        for piece in _pieces(before[-1] if before else None, run, context)
    ]
    if section.kind is SectionKind.CASE and level > 1:
        yield from mark
        yield _case(section, [title, *blocks], context)
    elif level > 1:
        yield from (*mark, title, *blocks)
    else:
        yield from (title, *mark, *blocks)
    for child in section.children:
        yield from render_section(child, context, level + 1)


def _pieces(before: Block | None, run: Sequence[Block], context: PageContext) -> Iterator[str]:
    block, marker = run[0], _marker(run[0], context)
    if len(run) > 1:
        yield from (*marker, caption_list(run, context))
        return
    if isinstance(before, List) and isinstance(block, List) and not marker:
        yield LISTS_APART
    yield from (*marker, render_block(block, context), *remarks_on(block, context))


def render_heading(heading: Heading, level: int, context: PageContext) -> str:
    """HTML ends at `h6`; ARIA counts on, so that no heading stands beside the one above it."""
    deeper = [f'aria-level="{level}"'] if level > LOWEST_HEADING else []
    title = re.sub("#+$", lambda marks: "\\#" * len(marks[0]), escape_marked(heading.text, context))
    return f"{'#' * min(level, LOWEST_HEADING)} {title} {attributes(heading.id, heading.text, context, *deeper)}"


def _case(section: Section, pieces: Sequence[str], context: PageContext) -> str:
    """A case's heading and blocks inside one article."""
    identity = section.heading.id
    options = f"    attrs: {{id: {identity}-case}}\n    heading: {identity}"
    return "\n\n".join([f"//// case | {words('case', context.voice)}\n{options}", *pieces, "////"])


def _marker(block: Block, context: PageContext) -> list[str]:
    page = context.breaks.pages.get(block.id)
    return [page_break(page, context.voice, again=block.id in context.breaks.again)] if page is not None else []


def render_block(block: Block, context: PageContext) -> str:
    return _RENDERERS[type(block)](block, context)


def page_break(page: int, voice: str, *, again: bool) -> str:
    """One that begins the page is what links to it lead to."""
    options = f"    page: {page}\n" + ("    again: true\n" if again else "")
    return f"/// page-break | {words('page', voice, page=page)}\n{options}///"


# --- blocks --------------------------------------------------------------------------------------------------------


def _paragraph(block: Paragraph, context: PageContext) -> str:
    text = marked(context.say(block.text), block.text, context, context.terms.get(block.id, ()))
    return f"{text}\n{attributes(block.id, block.text, context)}"


def _quote(block: Quote, context: PageContext) -> str:
    return f"/// quote\n\n{_paragraph(Paragraph(lines=block.lines, id=block.id, text=block.text), context)}\n\n///"


def _note(block: Note, context: PageContext) -> str:
    remark = words("qr", context.voice) if block.purpose == "qr" else ""
    own = f"{escape_marked(block.text, context)}\n{attributes(block.id, block.text, context)}"
    if block.purpose == "summary":
        return fence("note", words("summary", context.voice), ["kind: summary"], own)
    return fence("note", "", [], "\n\n".join(filter(None, [own, remark])))


def _list(block: List, context: PageContext) -> str:
    """`1.` is what HTML writes by itself; any other mark stands in the text, and the list's own is not shown."""
    items: list[str] = []
    for i, item in enumerate(block.items):
        number = f"{block.start + i}."
        mark = printed_mark(block, i, context.language)
        printed = [".printed-mark"] if mark else []
        counted = [f'value="{block.start}"'] if block.ordered and i == 0 and block.start != 1 and not printed else []
        gap = mark[len(mark.rstrip()) :]  # Escaping takes the blanks at both ends.
        text = escape(mark) + gap + escape_marked(item, context)
        head = number if block.ordered else "-"
        pad = " " * max(4, len(head) + 1) if block.ordered else "  "
        items.append(f"{head} {text}\n{pad}{attributes(item.id, item, context, *printed, *counted)}")
    return "\n".join(items)


def printed_mark(block: List, i: int, language: Language) -> str:
    """The mark that stands in an item's text, with the space after it; empty where the list itself counts."""
    mark = list_mark(block, i, language)
    if not mark or mark == f"{block.start + i}.":
        return ""
    return mark if mark.endswith(("、", "）")) else f"{mark} "


def list_mark(block: List, i: int, language: Language) -> str:
    """The printed mark of an item; numbers in ideographs read as digits in English."""
    if not block.ordered:
        return ""
    mark, number = block.marks[i], block.start + i
    if language == "en" and has_han(mark):
        mark = f"({number})" if mark.endswith((")", "）")) else f"{number}."
    return f"{number}." if mark.rstrip("．、.") == str(number) else mark


def _tag_list(block: TagList, context: PageContext) -> str:
    caption = context.say(block.caption) if block.caption else ""
    items = "\n".join(f"- {escape_marked(item, context)}" for item in block.items)
    note = words("word-list-note", context.voice)
    options = [f"attrs: {{id: {block.id}}}", f"note: {quoted(note)}", *caption_marks(block.caption, context)]
    return fence("word-list", caption, options, items)


def _key_figures(block: KeyFigures, context: PageContext) -> str:
    caption = context.say(block.caption) if block.caption else ""
    rows = "\n".join(_key_figure(figure, context) for figure in block.figures)
    options = [f"attrs: {{id: {block.id}}}", *caption_marks(block.caption, context)]
    if block.period:
        options.append(f"period: {quoted(_period(block.period, context))}")
    if any(figure.label is None for figure in block.figures):
        options.append(f"unlabelled: {quoted(words('unlabelled', context.voice))}")
    options += _rows_of_figures(block, context)
    strip = fence("key-figures", caption, options, rows)
    if not block.loose_labels:
        return strip
    items = "\n".join(f"- {escape_marked(label, context)}" for label in block.loose_labels)
    loose = fence(
        "word-list",
        words("loose-labels", context.voice),
        [f"attrs: {{id: {block.id}-loose}}"],
        items,
    )
    return f"{strip}\n\n{loose}"


def _rows_of_figures(block: KeyFigures, context: PageContext) -> list[str]:
    """The page with a figure's row, one for all or one a figure; none where all pages stand in one, and ids differ."""
    root = "" if context.language == context.source_language else f"{context.language}/"
    slugs = [context.rows[figure.id] for figure in block.figures if figure.id in context.rows]
    if not context.page or len(slugs) < len(block.figures):
        return []
    chosen = slugs[:1] if len(set(slugs)) == 1 else slugs
    return [f"rows: {quoted(' '.join(f'{SITE}{root}{slug}/' for slug in chosen))}"]


def _key_figure(figure: KeyFigure, context: PageContext) -> str:
    label = escape_marked(figure.label, context) if figure.label else ""
    period = f"*{_period(figure.period, context)}*" if figure.period else ""
    return " ".join(filter(None, (f"- **{escape_marked(figure.value, context)}**", label, period)))


def _period(period: Period, context: PageContext) -> str:
    return words("at-year-end" if period.at_end else "in-year", context.voice, year=period.year)


def _data_table(printed: DataTable, context: PageContext) -> str:
    block, lost = part_lost_columns(printed)
    width = max([len(block.header), *(len(row.cells) for row in block.rows)])
    heads = [[escape_marked(text, context) for text in row] for row in (block.header, *block.subheads) if row]
    top, *further = heads or [[" "] * width]
    lines = [_pipe(top), _pipe(["---"] * width), *map(_pipe, further)]
    lines += _rows(block, block.row_headers, width, context)
    options = [f"attrs: {{id: {block.id}}}", f"row-headers: {block.row_headers}"]
    options += caption_marks(block.caption, context)
    if further:
        options.append(f"head-rows: {len(heads)}")
    if groups := [str(i) for i, row in enumerate(block.rows, 1) if row.group]:
        options.append(f"groups: {quoted(' '.join(groups))}")
    options += _csv(block, context)
    body = "\n\n".join([_with_notes(lines, block.notes, context), *lost_columns_note(lost, context)])
    table = fence("table", caption_of(block.caption, context), options, body)
    return "\n\n".join(filter(None, [chart_beside(printed, context), table]))


def _csv(block: DataTable | KeyValueTable, context: PageContext) -> list[str]:
    """The table's file; on the page of the whole report, where ids differ, none is offered."""
    if not context.page:
        return []
    label = words("table-csv", context.voice, title=without_notes(caption_of(block.caption, context)) or context.title)
    return [f"csv: {quoted(SITE + table_csv(block.id, context.language))}", f"csv-label: {quoted(label)}"]


def _with_notes(table: Sequence[str], notes: Sequence[Text], context: PageContext) -> str:
    """The table's lines, and what stands below it in print."""
    below = (f"{escape_marked(note, context)}\n{attributes(note.id, note, context)}" for note in notes)
    return "\n\n".join(["\n".join(table), *below])


def _key_value_table(block: KeyValueTable, context: PageContext) -> str:
    lines = [_pipe([" ", " "]), _pipe(["---", "---"])]
    lines += _rows(block, 1, 2, context)
    options = [f"attrs: {{id: {block.id}}}", "kind: key-value-table", *_csv(block, context)]
    options += caption_marks(block.caption, context)
    table = fence("table", caption_of(block.caption, context), options, _with_notes(lines, block.notes, context))
    return "\n\n".join(filter(None, [chart_beside(block, context), table]))


def _rows(block: DataTable | KeyValueTable, heads: int, width: int, context: PageContext) -> Iterator[str]:
    marks = marks_in_cells(block, context)
    for number, row in enumerate(block.rows):
        shown = [_cell(cell, context, linked=i < heads) for i, cell in enumerate(row.cells)]
        cells = [f"{cell} {marks.get((number, i), '')}" for i, cell in enumerate(shown)]
        yield _pipe(cells + [" "] * (width - len(cells)))


def _cell(cell: Cell, context: PageContext, *, linked: bool) -> str:
    if not cell:
        return " "
    if len(cell) > 1:
        return " ".join(f"• {escape_marked(text, context)}" for text in cell)
    text = context.say(cell[0])
    if text in STROKES:
        return words("none", context.voice)
    places = context.cells.get(cell[0].id, ())
    address = next((where for said, where in places if not said), None)
    address = address or (context.links.get(bare(cell[0].source)) if linked else None)
    if not address:
        return marked(text, cell[0], context, numbers_in(text, places, context.language))
    bare_text = NOTE_MARK.sub("", text).strip()
    marks = marked("".join(match[0] for match in NOTE_MARK.finditer(text)), cell[0], context)
    return f"[{escape(bare_text)}]({address}){marks}"


def _pipe(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.strip() or " " for cell in cells) + " |"


def _footnotes(block: Footnotes, context: PageContext) -> str:
    items = "\n".join(_footnote(note, context) for note in block.notes)
    title, back = (quoted(words(key, context.language)) for key in ("notes", "note-back"))
    return fence("notes", "", [f"title: {title}", f"back: {back}"], items)


def _footnote(note: Footnote, context: PageContext) -> str:
    """Label, text (the list takes its id from the first one's), and a way back to each place that has the mark."""
    places = context.notes.places.get(note.text.id, ())
    back = "".join(f" [↩]({address_in(page, identity, context)})" for page, identity in places)
    said = f"- **{escape(note.label)}** {escape_marked(note.text, context)}{back}"
    return f"{said}\n  {attributes(note.text.id, note.text, context)}"


_RENDERERS: Mapping[type[Block], Callable[..., str]] = MappingProxyType(
    {
        Paragraph: _paragraph,
        Quote: _quote,
        Note: _note,
        List: _list,
        TagList: _tag_list,
        KeyFigures: _key_figures,
        DataTable: _data_table,
        KeyValueTable: _key_value_table,
        Figure: figure,
        Footnotes: _footnotes,
    }
)


# --- pages ---------------------------------------------------------------------------------------------------------


def render_page(page: Page, context: PageContext, meta: Mapping[str, object], notes: Sequence[str] = ()) -> str:
    """The whole Markdown file of a page: front matter, text with printed-page markers, editors' notes."""
    title = context.say(page.section.heading.text)
    marked = replace(context, breaks=page_marks(page.section), page=page.slug, title=title)
    pieces = list(render_section(page.section, marked))
    opening = 1 + (_opens_in_short(page) and 1 + len(_marker(page.section.heading, marked)))
    pieces[opening:opening] = lost_pictures([page], marked)
    return join_pieces([front_matter(meta), *pieces, *notes])


def _opens_in_short(page: Page) -> bool:
    """Whether a summary stands before all else."""
    first = next(iter(page.section.blocks), None)
    return isinstance(first, Note) and first.purpose == "summary"


def join_pieces(pieces: Sequence[str]) -> str:
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece) + "\n"


def front_matter(meta: Mapping[str, object]) -> str:
    body = _yaml(meta, _FAST_DUMPER)
    if "\\U" in body:  # In C it escapes what is beyond the basic plane; people read these files.
        body = _yaml(meta, yaml.SafeDumper)
    return f"---\n{body}---"


def _yaml(meta: Mapping[str, object], dumper: type[yaml.SafeDumper]) -> str:
    return str(yaml.dump(dict(meta), Dumper=dumper, allow_unicode=True, sort_keys=False, width=1000))


_FAST_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
