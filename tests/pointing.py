"""Words that point by side, or by the shape or colour of a control: who can't see it gets nowhere (WCAG 1.3.3)."""

from __future__ import annotations

import re

POINTING = re.compile(
    r"\b(?:left|right)[- ](?:hand|side)\b|\b(?:on|to|at) the (?:left|right)\b(?!\s+[a-z])|\b(?:on|to|at) the (?:left|right) of\b"
    r"|\b(?:red|green|blue|yellow|gr[ae]y|orange|black|white|round|square|triangular|large|small)"
    r" (?:button|icon|link|box|arrow|sign|mark|dot|field)s?\b"
    "|[左右][侧边图上下]|[红绿蓝黄灰橙黑白]色的?(?:按钮|图标|链接|文字|方框|箭头|标记)|[圆方]形的?(?:按钮|图标|标记)",
    re.IGNORECASE,
)
