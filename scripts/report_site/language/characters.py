"""Named character tables: what a damaged character is turned into, and the marks that languages use.

Blanket NFKC is no choice: it turns ，（） into ASCII. So every repair is listed, or derived from one named Unicode
block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType


def _compatibility_block(first: int, last: int) -> dict[str, str]:
    """Characters of one Unicode block that have a one-character compatibility equivalent."""
    pairs = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in range(first, last + 1))
    return {char: plain for char, plain in pairs if len(plain) == 1 and plain != char}


KANGXI_RADICALS: Mapping[str, str] = MappingProxyType(_compatibility_block(0x2F00, 0x2FDF))
COMPATIBILITY_IDEOGRAPHS: Mapping[str, str] = MappingProxyType(_compatibility_block(0xF900, 0xFAFF))
CJK_RADICALS: Mapping[str, str] = MappingProxyType(
    # Unicode gives these (U+2E80–2EFF) no equivalent; fonts subset by PDF makers put them in place of the ideographs.
    dict(
        zip(
            "⺁⺅⺋⺌⺍⺗⺠⺡⺢⺟⺣⺩⺫⺬⺮⺯⺶⺷⺻⺼⺾⻀⻁⻂⻄⻅⻆⻈⻉⻋⻌⻎⻏⻐⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
            "厂亻㔾小⺍心民氵水母灬王目示竹糸羊羊聿月艹艹虎衤西见角讠贝车辶辶阝钅长门阝雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齐歯齿竜龙龟亀龟",
            strict=True,
        )
    )
)
PRIVATE_USE_MARKS: Mapping[str, str] = MappingProxyType(
    # Bullets of Wingdings and Symbol as Word and InDesign export them.
    dict.fromkeys("\uf06c\uf06e\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf075\uf09f\uf0a8", "•")
)
LIGATURES: Mapping[str, str] = MappingProxyType(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
FULL_WIDTH_ALPHANUMERICS: Mapping[str, str] = MappingProxyType(
    {chr(ord(char) + 0xFEE0): char for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%+"}
)
SPACES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    )
)
_PICTURES = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
"""Blocks of emoji: a joiner between two of them, and a selector behind one, say which picture is meant."""
INVISIBLE = re.compile(
    # Controls, soft hyphen, zero-width, marks of direction, tags, what is no character at all.
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
    f"|(?<![{_PICTURES}\ufe0f])\u200d|\u200d(?![{_PICTURES}])"
    f"|(?<![{_PICTURES}0-9#*])[\ufe00-\ufe0f]"
)
"""What nobody sees, and what may hide, turn or split what a reader sees."""
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
REPLACEMENT = "\ufffd"
LOST_GLYPH = "□"
"""Stands for a character that the extraction lost: visible, spoken, and listed for a person."""

CHARACTER_TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kangxi-radical": KANGXI_RADICALS,
        "cjk-radical": CJK_RADICALS,
        "compatibility-ideograph": COMPATIBILITY_IDEOGRAPHS,
        "private-use-bullet": PRIVATE_USE_MARKS,
        "ligature": LIGATURES,
        "full-width-alphanumeric": FULL_WIDTH_ALPHANUMERICS,
        "space": SPACES,
    }
)

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·"
SENTENCE_END = "。！？；.!?;…"
CLOSING_MARKS = "”’）)》」』】\"'"
BULLETS = "•●○▪■□◆◇‣⁃·∙➢✓✔►▶"
"""Marks that open a list item; `-`, `*` and `+` also do when a space follows."""

OPEN_QUOTES: Mapping[str, str] = MappingProxyType({"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』"})
HALF_WIDTH_PUNCTUATION: Mapping[str, str] = MappingProxyType(
    {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
)

CONTENTS_TITLES = frozenset({"目录", "目 录", "目次", "contents", "table of contents", "index of contents", "内容目录"})
CAPTION_MARK = re.compile(
    r"^(?P<mark>(?:[左右上下中][侧方部]?)?图(?:片|示)?\s*\d*(?:[-–.]\d+)*|(?:left|right|above|below|top|bottom|centre|center)?\s*(?:figure|fig\.|photo|picture|image)\s*\d*(?:[-–.]\d+)*)"
    r"\s*(?:[：:]\s*|(?<=\d)[.、]?\s+(?=[^。.]{2,60}$))(?P<text>.*)$",
    re.IGNORECASE,
)
QR_LABEL = re.compile(r"^(?:扫码|扫一扫|扫描(?:下方|上方|右侧|左侧)?二维码|scan (?:the )?(?:qr|code))", re.IGNORECASE)
CHINESE_DIGITS = "一二三四五六七八九十百零〇两"


_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def is_han(char: str) -> bool:
    return bool(HAN_CHARACTER.match(char))


def han_count(text: str) -> int:
    return len(HAN_CHARACTER.findall(text))


def letter_count(text: str) -> int:
    """Letters and ideographs: what a reader reads, marks and digits aside."""
    return sum(char.isalpha() for char in text)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """`text` for comparison: letters and digits only, case folded."""
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text)).casefold()


def word_pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring ideographs and whole Latin words: what two texts on the same thing share."""
    han = "".join(re.findall(f"[{HAN}]+", text))
    return frozenset({a + b for a, b in pairwise(han)} | {w.casefold() for w in re.findall(r"[A-Za-z]{3,}", text)})
