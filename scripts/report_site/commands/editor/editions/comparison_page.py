"""The comparison as a page for people and as CSV for spreadsheets, with every value as printed and as a number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from ....language.strings import words
from ....report import Report
from ..html import page_of
from .comparing import Compared, Comparison, Match
from .measured import Measured

_HEADS = (
    *("label", "label_old", "kind", "old", "new", "old_number", "new_number", "unit_old", "unit"),
    *("difference", "change_percent", "status", "remark"),
)
_TENTH = Decimal("0.1")


def comparison_html(comparison: Comparison, old: Report, new: Report, voice: str) -> str:
    titles = [(report.called(report.title, report.language), _tag(report)) for report in (old, new)]
    return page_of(
        "compare.html",
        voice,
        titles=titles,
        years=[_year(old, "compare-old", voice), _year(new, "compare-new", voice)],
        tags=(_tag(old), _tag(new)),
        parts=[_part("figures", comparison, old, new, voice), _part("rows", comparison.rows, old, new, voice)],
    )


def _part(name: str, compared: Compared, old: Report, new: Report, voice: str) -> dict[str, object]:
    """Key figures or rows of tables, as the template takes them."""
    return {
        "name": name,
        "matches": [(one, _difference(one, voice), _change(one), _remarks(one, voice)) for one in compared.matches],
        "only": [("compare-only-old", compared.only_old, old), ("compare-only-new", compared.only_new, new)],
    }


def comparison_csv(comparison: Comparison, voice: str) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; numbers as numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADS)
    writer.writerows(map(_inert, _rows(comparison, voice)))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _rows(comparison: Comparison, voice: str) -> Iterator[tuple[str, ...]]:
    for kind, compared in (("key-figure", comparison), ("table", comparison.rows)):
        for match in compared.matches:
            found = match.difference
            yield (
                *(match.new.name, match.old.name, kind),
                *_values(match.old, match.new),
                _plain(found.number) if found else "",
                _plain(found.percentage.quantize(_TENTH)) if found and found.percentage is not None else "",
                "matched" if match.sure else "to confirm",
                "; ".join(_remarks(match, voice)),
            )
        for one in compared.only_old:
            yield "", one.name, kind, *_values(one, None), "", "", "only old", ""
        for one in compared.only_new:
            yield one.name, "", kind, *_values(None, one), "", "", "only new", ""


def _values(old: Measured | None, new: Measured | None) -> tuple[str, ...]:
    """As printed, as numbers, with their units."""
    both = (old, new)
    shown = (one.shown if one else "" for one in both)
    numbers = (_plain(one.amount.number) if one and one.amount and one.amount.upper is None else "" for one in both)
    return *shown, *numbers, *(one.unit if one else "" for one in both)


def _inert(row: tuple[str, ...]) -> list[str]:
    """Printed text that a spreadsheet would take for a formula is none."""
    return [f"'{cell}" if cell[:1] in tuple("=+-@\t") and not _is_number(cell) else cell for cell in row]


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()


def _tag(report: Report) -> str:
    return report.varieties[report.language].tag


def _year(report: Report, key: str, voice: str) -> str:
    return str(report.year) if report.year else words(key, voice)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _signed(number: Decimal) -> str:
    shown = f"{abs(number).normalize():,f}"
    return shown if number == 0 else f"{'+' if number > 0 else '−'}{shown}"


def _difference(match: Match, voice: str) -> str:
    found = match.difference
    if found is None:
        return ""
    if found.unit == "%":
        return words("compare-points", voice, number=_signed(found.number))
    return f"{_signed(found.number)} {found.unit}".strip()


def _change(match: Match) -> str:
    percentage = match.difference.percentage if match.difference else None
    return f"{_signed(percentage.quantize(_TENTH))}%" if percentage is not None else ""


def _remarks(match: Match, voice: str) -> list[str]:
    """What a reader has to know before believing the row."""
    remarks = [] if match.sure else [words("compare-confirm", voice)]
    if match.old.label.source != match.new.label.source:
        remarks.append(words("compare-was", voice, label=match.old.label.source))
    remarks += [words("compare-restated", voice, year=y, old=old, new=new) for y, old, new in match.restated]
    if match.converted:
        remarks.append(words("compare-converted", voice, old=match.old.unit, new=match.new.unit))
    if match.why_none:
        remarks.append(words(f"compare-why-{match.why_none}", voice))
    if match.difference and match.difference.about:
        remarks.append(words("compare-about", voice))
    return remarks
