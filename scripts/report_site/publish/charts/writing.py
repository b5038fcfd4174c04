"""A chart as data in the page's Markdown: what is drawn, and the same in words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ...language.characters import without_notes
from ...language.numbers.quantity import digits_of
from ...language.strings import words
from ...language.units import named_unit
from ...model import DataTable, KeyValueTable
from ..fences import fence, shielded
from ..inline import PageContext
from .reading import Chart, Group, chart_of

_KINDS = {"bars": "chart-bars", "lines": "chart-lines"}


@dataclass(frozen=True, slots=True)
class Told:
    """A chart in one language."""

    id: str
    kind: str
    """`bars` or `lines`."""
    name: str
    description: str
    """All its values."""
    caption: str
    values: list[object]
    """A list a group: its label, then label, value and digits of each mark."""


def told_of(table: DataTable | KeyValueTable, context: PageContext) -> Told | None:
    """The chart of the table's values; None where none may stand, or where an editor doubts any of them."""
    chart = None if not context.doubtful.isdisjoint(table.lines) else chart_of(table, context.source_language)
    if chart is None:
        return None
    return Told(
        id=f"{table.id}-chart",
        kind=chart.kind,
        name=words(_KINDS[chart.kind], context.voice),
        description=words("chart-then", context.voice).join(_said(group, context) for group in chart.groups),
        caption=_caption(table, chart, context),
        values=[_values(group, context) for group in chart.groups],
    )


def chart_beside(table: DataTable | KeyValueTable, context: PageContext) -> str:
    """The block `chart`; empty where there is none."""
    told = told_of(table, context)
    if told is None:
        return ""
    shown = {name: getattr(told, name) for name in ("kind", "name", "description", "values")}
    options = [f"attrs: {{id: {told.id}}}"]
    options += [f"{name}: {shielded(json.dumps(value, ensure_ascii=False))}" for name, value in shown.items()]
    return fence("chart", told.caption, options, "")


def _caption(table: DataTable | KeyValueTable, chart: Chart, context: PageContext) -> str:
    """The table's, with the unit where neither the caption nor each value says it."""
    title = without_notes(context.say(table.caption)) if table.caption else context.title
    if chart.unit is None or named_unit(title, context.language):
        return words("chart-caption", context.voice, title=title)
    said = context.say(chart.unit)
    unit = named_unit(said, context.language) or said
    return words("chart-caption-unit", context.voice, title=title, unit=unit)


def _values(group: Group, context: PageContext) -> list[object]:
    say = context.say
    marks = ([say(mark.label), say(mark.shown), digits_of(mark.number)] for mark in group.marks)
    return [say(group.label) if group.label else "", *marks]


def _said(group: Group, context: PageContext) -> str:
    voice, say = context.voice, context.say
    values = words("chart-then", voice).join(
        words("chart-value", voice, label=say(mark.label), value=say(mark.shown)) for mark in group.marks
    )
    return words("chart-group", voice, label=say(group.label), values=values) if group.label else values
