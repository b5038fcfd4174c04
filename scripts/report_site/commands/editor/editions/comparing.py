"""Key figures and table rows of two years, matched by label: differences only where both count the same alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ....language.conversion import base_of
from ....report import Report
from .matching import matched
from .measured import Measured, figures_of
from .table_rows import rows_of

Reason = Literal["no-number", "range", "unit", "qualifier", "period", "scope"]


@dataclass(frozen=True, slots=True)
class Difference:
    number: Decimal
    unit: str
    """The new report's."""
    percentage: Decimal | None
    """None: of per cent, or from nothing."""
    about: bool
    """The printed values are bounds or rounded."""


@dataclass(frozen=True, slots=True)
class Match:
    old: Measured
    new: Measured
    sure: bool
    """Labels are equal, and nothing else has the same; otherwise a person has to confirm it."""
    difference: Difference | None
    why_none: Reason | None

    @property
    def converted(self) -> bool:
        """The two are printed in other units of one measure."""
        return self.difference is not None and base_of(self.old.unit)[0] != base_of(self.new.unit)[0]

    @property
    def restated(self) -> tuple[tuple[int, str, str], ...]:
        """Years that both reports give, with other values: year, old value, new value, as printed."""
        old, new = self.old.by_year, self.new.by_year
        both = ((year, old[year], new[year]) for year in sorted(old.keys() & new.keys()))
        return tuple((year, one.shown, other.shown) for year, one, other in both if one.based != other.based)


@dataclass(frozen=True, slots=True)
class Compared:
    matches: tuple[Match, ...] = ()
    """In the order of the new report."""
    only_old: tuple[Measured, ...] = ()
    only_new: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison(Compared):
    """Of key figures; and of the rows of tables."""

    rows: Compared = field(default_factory=Compared)


def compare(old: Report, new: Report) -> Comparison:
    figures = _compared(*(list(figures_of(report, new.language)) for report in (old, new)))
    rows = _compared(*(list(rows_of(report, new.language)) for report in (old, new)))
    return Comparison(figures.matches, figures.only_old, figures.only_new, rows)


def _compared(before: Sequence[Measured], after: Sequence[Measured]) -> Compared:
    pairs = matched(before, after)
    used = {i for i, _ in pairs.values()}
    return Compared(
        tuple(_match(before[pairs[j][0]], one, pairs[j][1]) for j, one in enumerate(after) if j in pairs),
        tuple(one for i, one in enumerate(before) if i not in used),
        tuple(one for j, one in enumerate(after) if j not in pairs),
    )


def _match(old: Measured, new: Measured, sure: bool) -> Match:
    reason = _incomparable(old, new)
    return Match(old, new, sure, None if reason else _difference(old, new), reason)


def _incomparable(old: Measured, new: Measured) -> Reason | None:
    """Why the two can't be subtracted."""
    one, other = old.amount, new.amount
    if one is None or other is None:
        return "no-number"
    if one.upper is not None or other.upper is not None:
        return "range"
    if base_of(old.unit)[1] != base_of(new.unit)[1] or _may_name_units(old, new):
        return "unit"
    if one.qualifier != other.qualifier:
        return "qualifier"
    if (old.period, old.years_back) != (new.period, new.years_back):
        return "period"
    return "scope" if old.scope != new.scope else None


def _may_name_units(old: Measured, new: Measured) -> bool:
    """Labels that differ, with brackets in them that nobody knows for a unit and that may be one all the same."""
    return old.key != new.key and not old.unit and any(sign in old.words + new.words for sign in "(（")


def _difference(old: Measured, new: Measured) -> Difference | None:
    one, other = old.amount, new.amount
    if one is None or other is None:
        return None
    before = one.number * base_of(old.unit)[0] / base_of(new.unit)[0]
    number = other.number - before
    relative = base_of(new.unit)[1] != "%" and before != 0
    percentage = number / abs(before) * 100 if relative else None
    return Difference(number, new.unit, percentage, one.qualifier != "exact")
