"""The summaries of the report that ships: plain English (WCAG 3.1.5: no more than nine years of school), short Chinese."""

from __future__ import annotations

import re

import pytest

from report_site.folder.loading import ReportFolder
from report_site.folder.profile import Summary
from report_site.model import Language

HIGHEST_GRADE = 9
LONGEST_CHINESE = 45
"""Characters of a sentence."""
INDEXES = frozenset(("gri-index",))
"""A table."""


def syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    stem = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", letters) if len(letters) > 3 else letters
    return max(1, len(re.findall(r"[aeiouy]{1,2}", stem)))


def grade(text: str) -> float:
    """Flesch and Kincaid's: years of school."""
    words = re.findall(r"[A-Za-z0-9'-]+", text)
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_grade_tells_plain_from_hard() -> None:
    assert grade("The dog ran to the tree. It was big.") < 3
    assert grade("Notwithstanding considerable organisational responsibilities, stakeholders deliberated.") > 15


def of(shipped: ReportFolder) -> dict[str, Summary]:
    return dict(shipped.profile.summaries)


def test_every_page_of_text_has_one(shipped: ReportFolder) -> None:
    pages = {
        one.slug for top in shipped.profile.outline for one in top.walk() if one.page or one in shipped.profile.outline
    }
    assert pages - INDEXES == set(of(shipped))


def test_english_can_be_read_after_nine_years_of_school(shipped: ReportFolder) -> None:
    assert {slug: grade(one["en"]) for slug, one in of(shipped).items() if grade(one["en"]) > HIGHEST_GRADE} == {}


@pytest.mark.parametrize(("language", "longest"), [("zh", 110), ("en", 260)])
def test_it_is_short(shipped: ReportFolder, language: Language, longest: int) -> None:
    assert {slug for slug, one in of(shipped).items() if len(one[language]) > longest} == set()


def test_chinese_keeps_sentences_short(shipped: ReportFolder) -> None:
    sentences = [part for one in of(shipped).values() for part in re.split("[。；：]", one["zh"])]
    assert [part for part in sentences if len(part) > LONGEST_CHINESE] == []
