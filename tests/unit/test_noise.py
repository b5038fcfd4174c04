from __future__ import annotations

from case_files import Case, cases
from report_site.source.read.noise import noise_rule
from stages import vocabulary_of

AROUND = "集团在各地开展节水行动，员工积极参与。\n\n三座工厂共节水 12 万吨，节电 300 万千瓦时。\n"


def rule_in(around: str, case: Case) -> str | None:
    prose = f"{around}\n{case.get('prose', '')}\n\n{case['text']}\n"
    return noise_rule(case["text"], vocabulary_of(prose))


@cases("noise", "noise")
def test_finds_noise(case: Case) -> None:
    assert rule_in(AROUND, case) == case["rule"]


@cases("noise", "text")
def test_spares_the_report_s_own_words(case: Case) -> None:
    assert rule_in(AROUND, case) is None


@cases("noise", "english")
def test_knows_the_language_of_the_report(case: Case) -> None:
    assert rule_in("The group saved water in all regions. Employees took part.\n", case) is None


@cases("noise", "codes")
def test_spares_codes_and_formulas(case: Case) -> None:
    assert rule_in(AROUND, case) is None
