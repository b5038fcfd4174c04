"""The rows of a report's tables as labelled values: below years each row is one, else each cell with its head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ....language.units import UNIT_HEAD, YEAR_HEAD, named_unit
from ....language.values import is_quantity
from ....model import Amount, Cell, DataTable, KeyValueTable, Language, Row, Section, Text
from ....report import Report
from ....source.shape.amounts import amount_of
from .measured import Measured, Stated, key_of, kind_of, printed_page, scope_of

Table = DataTable | KeyValueTable
BETWEEN = " · "
"""Between the parts of a label: group, row, head of the column."""


def rows_of(report: Report, language: Language) -> Iterator[Measured]:
    """In reading order; `language`: in which labels are compared."""
    for page in report.pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, DataTable | KeyValueTable):
                    yield from _Reader(block, section, report, language).measured()


@dataclass(frozen=True, slots=True)
class _Label:
    """Parts of a label: as printed, and in the language of the comparison."""

    parts: tuple[Text, ...]

    def text(self) -> Text:
        said = [part.translation for part in self.parts]
        translation = BETWEEN.join(filter(None, said)) if all(said) else None
        return Text(BETWEEN.join(part.source for part in self.parts), translation=translation)


class _Reader:
    """One table."""

    def __init__(self, table: Table, section: Section, report: Report, language: Language) -> None:
        self._table, self._section, self._report, self._language = table, section, report, language
        self._heads: Sequence[Text] = table.header if isinstance(table, DataTable) else ()
        self._caption = table.caption.source if table.caption else ""
        self._units = [i for i, head in enumerate(self._heads) if UNIT_HEAD.fullmatch(head.source.strip())]
        leading = max(1, table.row_headers) if isinstance(table, DataTable) else 1
        self._leading = [i for i in range(leading) if i not in self._units] or [0]
        years = ((i, YEAR_HEAD.fullmatch(head.source.strip())) for i, head in enumerate(self._heads))
        self._years = {i: int(match["year"]) for i, match in years if match}

    def measured(self) -> Iterator[Measured]:
        group: tuple[Text, ...] = ()
        for row in self._table.rows:
            named = tuple(text for i in self._leading if i < len(row.cells) for text in row.cells[i] if text.source)
            if row.group:
                group = named
            elif named:
                yield from self._of_row(row, _Label((*group, *named)))

    def _of_row(self, row: Row, label: _Label) -> Iterator[Measured]:
        if self._years:
            found = {year: self._stated(row, i, label) for i, year in self._years.items()}
            by_year = {year: stated for year, stated in found.items() if stated}
            own = self._report.year
            year = own if own in by_year else max(by_year, default=None)
            if year is not None:
                back = own - year if own else 0
                yield self._value(row, label, by_year[year], back, by_year)
            return
        for i in range(len(row.cells)):
            if i in self._leading or i in self._units or not (stated := self._stated(row, i, label)):
                continue
            head = self._heads[i] if i < len(self._heads) and self._heads[i].source else None
            yield self._value(row, _Label((*label.parts, head)) if head else label, stated, 0, {})

    def _stated(self, row: Row, i: int, label: _Label) -> Stated | None:
        """What the cell states; None where it is no value."""
        said = _only(row.cells[i]) if i < len(row.cells) else ""
        if not said or not is_quantity(said):
            return None
        amount = amount_of(said, self._report.language)
        return Stated(said, amount, self._unit(row, i, label, amount))

    def _unit(self, row: Row, i: int, label: _Label, amount: Amount | None) -> str:
        """Of the cell itself, of the column of units, in brackets behind label, head or caption."""
        if amount and amount.unit:
            return amount.unit
        column = next((_only(row.cells[k]) for k in self._units if k < len(row.cells)), "")
        head = self._heads[i].source if i < len(self._heads) else ""
        texts = (*(part.source for part in reversed(label.parts)), head, self._caption)
        named = (named_unit(text, self._report.language) for text in texts)
        return column or next(filter(None, named), "")

    def _value(
        self, row: Row, label: _Label, stated: Stated, years_back: int, by_year: Mapping[int, Stated]
    ) -> Measured:
        said = [part.in_language(self._language, self._report.language) or part.source for part in label.parts]
        words = BETWEEN.join(_without_unit(part, self._report.language) for part in said)
        text = label.text()
        return Measured(
            stated,
            text,
            BETWEEN.join(said),
            words,
            key_of(words, self._report),
            kind_of(f"{text.source} {self._caption}"),
            years_back,
            scope_of(self._section, self._caption),
            self._section.heading.text,
            printed_page(self._table.lines, self._report),
            by_year,
        )


def _only(cell: Cell) -> str:
    return cell[0].source.strip() if len(cell) == 1 else ""


def _without_unit(label: str, language: Language) -> str:
    unit = named_unit(label, language) or named_unit(label, "en")
    return label[: max(label.rfind("("), label.rfind("（"))].strip() if unit else label
