"""Names in two ways: what counts as a slip of a name, and what is only another word."""

from __future__ import annotations

import pytest
from test_audits import Bench, bench, untouched

from report_site.language.near import near_misses, one_edit

__all__ = ["bench", "untouched"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("river", "rivet", True),
        ("river", "rivers", True),
        ("river", "iver", True),
        ("river", "river", False),
        ("river", "rvier", False),
        ("river", "riverso", False),
        ("守护人", "守护者", True),
        ("a", "", True),
    ],
)
def test_one_edit(one: str, other: str, same: bool) -> None:
    assert one_edit(one, other) is same
    assert one_edit(other, one) is same


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("守护水井人", "他们是守护水源人。", ["守护水源人"]),
        ("守护水井人", "他们是守护好水井人。", ["守护好水井人"]),
        ("守护水井人", "他们是守护水人。", ["守护水人"]),
        ("守护水井人", "他们守护河井者。", []),
        ("守护水井人", "守护水井人", []),
        ("Clear Water", "the Clean Water well", ["Clean Water"]),
        ("Clear Water", "", []),
    ],
)
def test_near_misses(name: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in near_misses(name, text)] == found


LIAISON = "terms:\n  - {{zh: {zh}, en: {en}, kind: {kind}}}"


def variants(bench: Bench, term: tuple[str, str, str], said: str, told: str) -> list[str]:
    zh, en, kind = term
    changes = [
        {"report": "glossary.yml", "from": "terms:", "to": LIAISON.format(zh=zh, en=en, kind=kind)},
        {"report": "source.md", "from": "清溪村的水井重新出水，", "to": f"清溪村的水井重新出水，{said}，"},
        {"report": "en.po", "from": "清溪村的水井重新出水，", "to": f"清溪村的水井重新出水，{said}，"},
        {"report": "en.po", "from": "nearly 300 households", "to": f"nearly 300 households and {told}"},
    ]
    return [one.split(": ", 2)[2].split(" — ")[0] for one in bench.check(changes) if one.startswith("name-variant")]


@pytest.mark.parametrize(
    ("term", "said", "told", "found"),
    [
        # No text has the glossary's name, and this one differs inside: one of the two is wrong.
        (
            ("护水青年队", "Youth for Water", "programme"),
            "护水少年队来了",
            "the team",
            ["“护水少年队” is “护水青年队”"],
        ),
        # A word of the trade differs by one character from another as a matter of course.
        (("节水技术", "water-saving technology", "term"), "节水艺术展", "the show", []),
        # A joining word put in is grammar.
        (("青年护水队", "Youth Water Team", "programme"), "青年的护水队", "the Youth Water Team", []),
        # Latin in a Chinese text.
        (("护水 App", "Water App", "product"), "护水 APP 上线", "the Water App", ["“护水 APP” stands for “护水 App”"]),
        # Capitals inside an English name; a plural is none.
        (("护水周", "Water Guard Week", "programme"), "护水周", "Water guard Week", ["“Water guard Week” stands for"]),
        (("护水周", "Water Guard Week", "programme"), "护水周", "two Water Guard Weeks", []),
        # In small letters a term of the trade is words.
        (("共同护水", "Guard Together", "term"), "共同护水", "we guard together", []),
        (
            ("护水周", "Water Guard Week", "programme"),
            "护水周",
            "the water guard week",
            ["“water guard week” stands for"],
        ),
    ],
)
def test_what_counts_as_a_variant(
    bench: Bench, term: tuple[str, str, str], said: str, told: str, found: list[str]
) -> None:
    variants_found = variants(bench, term, said, told)
    assert len(variants_found) == len(found), variants_found
    assert all(one.startswith(start) for one, start in zip(variants_found, found, strict=True))
