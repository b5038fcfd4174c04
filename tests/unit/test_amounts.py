from __future__ import annotations

from decimal import Decimal

import pytest

from report_site.language.values import unit_of
from report_site.model import Amount, KeyFigures, Language
from report_site.model.texts import blocks_of
from report_site.source.shape.amounts import amount_of
from stages import ReportOf


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("18.4 万吨", "zh", Amount(Decimal(184000), None, "吨")),
        ("-12.5%", "zh", Amount(Decimal("-12.5"), None, "%")),
        ("≥ 99.99%", "zh", Amount(Decimal("99.99"), None, "%", "more")),
        ("<18 岁", "zh", Amount(Decimal(18), None, "岁", "less")),
        ("约 2605 万条", "zh", Amount(Decimal(26050000), None, "条", "about")),
        ("超 358 万条", "zh", Amount(Decimal(3580000), None, "条", "more")),
        ("US$4.5bn", "zh", Amount(Decimal(4500000000), None, "US$")),
        ("31–50 岁", "zh", Amount(Decimal(31), Decimal(50), "岁")),
        ("1.2 million", "en", Amount(Decimal(1200000), None, "")),
        ("3000+", "en", Amount(Decimal(3000), None, "", "more")),
        ("10⁶", "zh", None),
        ("1:3", "zh", None),
        ("½", "en", None),
    ],
)
def test_reads_the_amount(value: str, language: Language, expected: Amount | None) -> None:
    assert amount_of(value, language) == expected


def test_a_strip_carries_its_amounts(report_of: ReportOf) -> None:
    report = report_of("三座工厂都节水，员工也来帮忙。\n\n63 场 全年培训\n\n-12.5% 用电增幅\n\n工厂还在节电。\n")
    (strip,) = (b for page in report.pages for b in blocks_of(page) if isinstance(b, KeyFigures))
    assert [f.amount.number if f.amount else None for f in strip.figures] == [Decimal(63), Decimal("-12.5")]


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("5 千瓦时", "千瓦时"),
        ("310 万千瓦时", "千瓦时"),
        ("5 千克", "千克"),
        ("3 千万元", "元"),
        ("1.5 kt", "t"),
        ("1.5 Mt", "t"),
        ("(12)", ""),
        ("2 百万吨", "吨"),
        ("8 千米", "千米"),
    ],
)
def test_the_unit_of_an_amount_is_the_one_that_its_number_counts_in(value: str, unit: str) -> None:
    """千 in front of a unit belongs to it; k of kt was multiplied into the number."""
    assert unit_of(value) == unit
