"""A caption that only says the heading again is for the ear alone: the table keeps its name, the eye reads it once."""

from __future__ import annotations

import pytest

from report_site.publish.roundtrip import parse_markdown

TABLE = "/// table | 用水\n    attrs: {id: water}\n\n| 年 | 吨 |\n| --- | --- |\n| 2030 | 12 |\n\n///\n"
OTHER = TABLE.replace("用水", "用电").replace("water", "power")


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        (f"## 用水 {{: #use }}\n\n{TABLE}", True),
        (f"# 用水\n\n每年一次。\n\n{TABLE}", True),
        (f"## 用水量\n\n{TABLE}", False),
        (f"## 用水\n\n### 各厂\n\n{TABLE}", False),
        (f"## 用水\n\n{OTHER}\n{TABLE}", False),
        (TABLE, False),
    ],
)
def test_a_caption_is_seen_unless_the_heading_has_said_it(text: str, unseen: bool) -> None:
    caption = parse_markdown(text, "zh").css_first("#water > caption#water-caption")
    assert caption is not None
    assert caption.text() == "用水"
    assert (caption.css_first("span.unseen") is not None) is unseen
