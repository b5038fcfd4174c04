"""Patterns in both writings of Chinese: the table of characters, and how it widens a pattern."""

from __future__ import annotations

import re
from pathlib import Path

from opencc import OpenCC

from report_site import language
from report_site.language.patterns import CONTINUED, NUMBERED_TITLES, VALUE
from report_site.language.writings import TRADITIONAL, both_writings

NAMES = ("patterns", "values", "characters", "dates")


def test_the_table_has_every_character_that_a_pattern_writes_otherwise() -> None:
    varieties = [OpenCC(name) for name in ("s2t", "s2hk", "s2tw")]
    back = OpenCC("t2s")
    for name in NAMES:
        text = (Path(language.__file__).parent / f"{name}.py").read_text("utf-8")
        patterns = "".join(re.findall(r"(?s)compiled\((.*?)\n", text))
        for char in set(re.findall("[\u4e00-\u9fff]", patterns)):
            other = {one.convert(char) for one in varieties} - {char}
            wanted = {one for one in other if back.convert(one) == char}
            assert wanted <= set(TRADITIONAL.get(char, "")), char


def test_widens_characters_inside_and_outside_of_sets() -> None:
    assert both_writings(r"第\s*[章节](?<![万\]])图?") == r"第\s*[章节節](?<![万萬\]])[图圖]?"


def test_leaves_a_set_that_begins_with_its_end_alone() -> None:
    assert re.fullmatch(both_writings(r"[^]]图|[]]"), "x圖")


def test_one_pattern_reads_both_writings() -> None:
    assert NUMBERED_TITLES[1].match("第一節 董事會")
    assert CONTINUED.search("表 3 主要資源用量（續）")
    assert VALUE.fullmatch("3.2億元")
