from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from case_files import load_cases
from gears import examples
from report_site.language.numbers import (
    Lang,
    Qualifier,
    Quantity,
    QuantityKind,
    compare,
    mentions,
    parse,
    reading,
    same_quantities,
)
from report_site.language.numbers.digits import Rule
from report_site.language.title_numbers import title_differences

NUMBERS = load_cases("numbers")


def cases(section: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", NUMBERS[section], ids=lambda case: case["title"])


@cases("read")
def test_reads(case: dict[str, Any]) -> None:
    lang: Lang = "zh" if "zh" in case else "en"
    assert [str(q) for q in parse(case[lang], lang)] == [str(q) for q in case["expected"]]


@cases("compare")
def test_compares(case: dict[str, Any]) -> None:
    found = [str(difference) for difference in compare(case["zh"], case["en"])]
    assert found == case.get("differs", [])


@cases("titles")
def test_compares_titles(case: dict[str, Any]) -> None:
    found = [str(difference) for difference in title_differences(case["zh"], case["en"])]
    assert found == case.get("differs", [])


@cases("same")
def test_recognises_another_wording(case: dict[str, Any]) -> None:
    assert same_quantities(case["a"], case["b"]) is case["expected"]


@cases("mentions")
def test_pairs_a_key_figure_with_its_sentence(case: dict[str, Any]) -> None:
    (figure,) = parse(case["figure"], "zh")
    assert mentions(case["text"], figure, "zh") is case["expected"]


# One list of amounts told in both languages, then changed in one place.

BEFORE_ZH = {
    Qualifier.MORE: ["超过 ", "超", "逾 ", "突破", "至少"],
    Qualifier.NEARLY: ["近 ", "接近 ", "将近"],
    Qualifier.ABOUT: ["约 ", "大约"],
    Qualifier.LESS: ["不到 ", "不足 ", "少于"],
    Qualifier.EXACT: [""],
}
AFTER_ZH = {
    Qualifier.MORE: ["+", "多", "余"],
    Qualifier.ABOUT: ["左右"],
    Qualifier.LESS: ["以内"],
}
BEFORE_EN = {
    Qualifier.MORE: ["more than ", "over ", "at least ", "exceeding "],
    Qualifier.NEARLY: ["nearly ", "almost ", "close to "],
    Qualifier.ABOUT: ["about ", "around ", "some ", "roughly "],
    Qualifier.LESS: ["less than ", "under ", "fewer than ", "up to "],
    Qualifier.EXACT: [""],
}
TEMPLATES = (
    ("全年完成{}", "Over the year, {} were completed"),
    ("，其中{}来自西部", "; {} of them came from the west"),
    ("；较上年增长{}", "; compared with the year before, growth came to {}"),
    ("。用户达{}", ". There are {} users"),
)
SCALES_ZH = {"万": 10**4, "亿": 10**8, "": 1}
SCALES_EN = {" million": 10**6, " billion": 10**9, "": 1}


def scaled(value: Decimal, scales: dict[str, int]) -> str:
    """Value with the largest scale that leaves no more than three decimals, digits grouped."""
    for scale, size in sorted(scales.items(), key=lambda item: -item[1]):
        number = value / size
        if number >= 1 and number == round(number, 3):
            return f"{number.normalize():,f}{scale}"
    return f"{value.normalize():,f}"


@st.composite
def told_amounts(draw: st.DrawFn) -> tuple[str, str]:
    """One amount as (Chinese, English)."""
    percent = draw(st.booleans())
    digits = draw(st.integers(1, 9999))
    qualifier = draw(st.sampled_from(Qualifier))
    if percent:
        value = Decimal(digits) / 100
        zh, en = f"{value.normalize():f} %", f"{value.normalize():f}%"
    else:
        value = Decimal(digits) * 10 ** draw(st.integers(0, 7))
        zh, en = scaled(value, SCALES_ZH), scaled(value, SCALES_EN)
    en = draw(st.sampled_from(BEFORE_EN[qualifier])) + en
    if not percent and qualifier in AFTER_ZH and draw(st.booleans()):
        return zh + draw(st.sampled_from(AFTER_ZH[qualifier])) + "件", en
    return draw(st.sampled_from(BEFORE_ZH[qualifier])) + zh + ("" if percent else "件"), en


@st.composite
def told_texts(draw: st.DrawFn) -> tuple[str, str]:
    amounts = draw(st.lists(told_amounts(), min_size=1, max_size=len(TEMPLATES)))
    pairs = list(zip(TEMPLATES, amounts, strict=False))
    zh = "".join(template.format(amount) for (template, _), (amount, _) in pairs)
    en = "".join(template.format(amount) for (_, template), (_, amount) in pairs)
    return f"2022 年 12 月 31 日，{zh}。", f"{en}, on 31 December 2022."


@given(told_texts())
def test_translations_of_one_list_agree(texts: tuple[str, str]) -> None:
    assert compare(*texts) == ()


def changed(text: str, pattern: str, put: Callable[[str], str], draw: st.DataObject) -> str:
    """Text with one match of the pattern, chosen by hypothesis, replaced."""
    matches = list(re.finditer(pattern, text))
    assume(matches)
    match = draw.draw(st.sampled_from(matches))
    return text[: match.start()] + put(match[0]) + text[match.end() :]


QUALIFIERS_ZH = "超过 |超|逾 |突破|至少|近 |接近 |将近|约 |大约|不到 |不足 |少于|(?<=[\\d万亿])[+多余]|左右|以内"
QUALIFIERS_EN = "more than |over |at least |exceeding |nearly |almost |close to |about |around |some |roughly |less than |under |fewer than |up to "
SWAPPED = {"万": "亿", "亿": "万", "million": "billion", "billion": "million"}


@given(told_texts(), st.sampled_from(["zh", "en"]), st.data())
def test_any_changed_digit_is_found(texts: tuple[str, str], lang: Lang, data: st.DataObject) -> None:
    step = data.draw(st.integers(1, 9))
    assert_differs(texts, lang, r"\d", lambda digit: str((int(digit) + step) % 10), data)


@given(told_texts(), st.sampled_from(["zh", "en"]), st.data())
def test_a_lost_per_cent_sign_is_found(texts: tuple[str, str], lang: Lang, data: st.DataObject) -> None:
    assert_differs(texts, lang, "%", lambda _: "", data)


@given(told_texts(), st.sampled_from(["zh", "en"]), st.data())
def test_a_lost_qualifier_is_found(texts: tuple[str, str], lang: Lang, data: st.DataObject) -> None:
    assert_differs(texts, lang, QUALIFIERS_ZH if lang == "zh" else QUALIFIERS_EN, lambda _: "", data)


@given(told_texts(), st.sampled_from(["zh", "en"]), st.data())
def test_a_swapped_scale_is_found(texts: tuple[str, str], lang: Lang, data: st.DataObject) -> None:
    assert_differs(texts, lang, "|".join(SWAPPED), SWAPPED.__getitem__, data)


def assert_differs(
    texts: tuple[str, str],
    lang: Lang,
    pattern: str,
    put: Callable[[str], str],
    data: st.DataObject,
) -> None:
    zh, en = texts
    if lang == "zh":
        zh = changed(zh, pattern, put, data)
    else:
        en = changed(en, pattern, put, data)
    assert compare(zh, en)


@given(
    st.text(
        alphabet="0123456789０，,. ：:-–%+多余近超约万亿千百十一二两第年月日个家到至GRISO",
        max_size=40,
    )
)
def test_every_chinese_span_holds_its_text(text: str) -> None:
    assert_spans(text, "zh")


@given(st.text(alphabet="0123456789,. :-–%+abcmillionsxthJuneMay", max_size=40))
def test_every_english_span_holds_its_text(text: str) -> None:
    assert_spans(text, "en")


def assert_spans(text: str, lang: Lang) -> None:
    """Spans are in order, and no digit of the text is read by nobody."""
    quantities = parse(text, lang)
    assert all(text[slice(*q.span)] == q.text for q in quantities)
    assert [q.span for q in quantities] == sorted(q.span for q in quantities)


@given(st.text(alphabet="0123456789０，. %+多余近超约万亿千百十年月日个家到至", max_size=40))
def test_no_digit_is_passed_over(text: str) -> None:
    read = {place for q in parse(text, "zh") for place in range(*q.span)}
    assert not [char for place, char in enumerate(text) if char.isdigit() and place not in read]


@given(
    st.sampled_from(["zh", "en"]),
    st.text(alphabet="A-Za+万百十第月日点比分成上午, %/:×.ofhundred dozenMayMarch", max_size=40),
)
def test_a_rule_in_digits_reads_nothing_without_any(lang: Lang, text: str) -> None:
    rules = [rule for rule in reading.RULES[lang] if rule.in_digits]
    assert [q for rule in rules for match in rule.pattern.finditer(text) for q in rule.read(match)] == []


WORD_RULES = [(lang, rule) for lang, rules in reading.RULES.items() for rule in rules if rule.words != ("",)]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{lang}-{rule.name}") for lang, rule in WORD_RULES])
@examples(50)
@given(st.data())
def test_what_a_rule_finds_holds_one_of_its_words(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(rule.pattern))
    assert not rule.pattern.search(text) or rule.may_read(text.lower())


def test_codes_compare_as_spelled() -> None:
    (code,) = parse("GRI 2 - 1", "zh")
    assert (code.kind, code.literal) == (QuantityKind.CODE, "GRI2-1")


def test_a_quantity_says_what_it_is() -> None:
    assert parse("约 5 %", "zh") == (
        Quantity(Decimal(5), None, True, Qualifier.ABOUT, (2, 5), "5 %", QuantityKind.NUMBER),
    )
