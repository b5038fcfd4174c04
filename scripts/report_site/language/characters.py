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

from .writings import compiled


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
NO_TEXT = re.compile("[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f-\u009f]")
"""Control characters: bytes that decode to one of them are in another encoding, or no text."""
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_NON_CHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
_UNSEEN_OF_FIRST_PLANE = (
    "\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"
)
_UNSEEN = f"{_UNSEEN_OF_FIRST_PLANE}\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_NON_CHARACTERS}"
_MAY_BE_INVISIBLE = re.compile(f"[\u200d\ufe0f{_UNSEEN_OF_FIRST_PLANE}\U0001d173-\U0001d17a\U0001fffe-\U0010ffff]")
"""Seldom is any there: one look is faster than three at each character, and at few ranges than at one a plane."""
_INVISIBLE = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)"
    f"|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
    f"|(?<![{_EMOJI}])\ufe0f(?!\u20e3)"
    f"|[{_UNSEEN}]"
)


LONGEST_NUMBER = 4_000
_LONG_NUMBER = re.compile(rf"\d(?<!\d\d)(?<!\d,\d)(?:,?\d){{{LONGEST_NUMBER}}}")


def long_number(text: str) -> re.Match[str] | None:
    """Digits in a row that are no number, and that Python refuses to read as one."""
    return _LONG_NUMBER.search(text) if len(text) > LONGEST_NUMBER else None


def invisible_in(text: str) -> list[str]:
    """Each character that `without_invisible` takes away."""
    if not _MAY_BE_INVISIBLE.search(text):
        return []
    return [found[0] for found in _INVISIBLE.finditer(text) if not found["flag"]]


def without_invisible(text: str) -> str:
    """`text` without what nobody sees: marks of direction, zero-width and control characters, tags, non-characters.

    What joins or chooses an emoji stays: it is seen.
    """
    return _INVISIBLE.sub(lambda found: found["flag"] or "", text) if _MAY_BE_INVISIBLE.search(text) else text


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

_RAISED = dict(zip("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "re", "e"})


def superscript(text: str) -> str:
    """Raised digits, signs and letters; ordinals and what has no raised form stay as they are."""
    if text.casefold() in _ORDINALS or not all(char in _RAISED for char in text.replace("−", "-")):
        return text
    return "".join(_RAISED[char] for char in text.replace("−", "-"))


def subscript(text: str) -> str:
    """Lowered digits and signs; letters stay, since few have a lowered form: `CO₂e`, `Emax`."""
    return "".join(_LOWERED.get(char, char) for char in text)


RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐ"
"""Labels of notes too."""
_PLAIN = str.maketrans(RAISED_DIGITS + RAISED_LETTERS, "0123456789abcdefghijklm")
NOTE_MARK = re.compile(r"⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[A-Za-z]{1,4}|\*{1,3}|[†‡§①-⑳])⁾")
"""The mark of a footnote, in any plain text of the report."""


def plain_digits(text: str) -> str:
    return text.translate(_PLAIN)


def note_mark(label: str) -> str:
    return f"⁽{superscript(label) if label.isdigit() else label}⁾"


def without_notes(text: str) -> str:
    """`text` without the marks of notes, for judging what it says."""
    return NOTE_MARK.sub("", text) if "⁽" in text else text


def note_labels(text: str) -> str:
    """`text` as it is shown: each mark of a note as its label in brackets, told apart from a number before it."""
    return NOTE_MARK.sub(lambda mark: f"[{plain_digits(mark[1])}]", text) if "⁽" in text else text


HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
HAN_CHARACTER = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
HAN_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·"
SENTENCE_END = "。！？；.!?;…"
CLOSING_MARKS = "”’）)》」』】\"'"
BULLETS = "•●○▪■□◆◇‣⁃·∙➢✓✔►▶"
"""Marks that open a list item; `-`, `*` and `+` also do when a space follows."""

OPEN_QUOTES: Mapping[str, str] = MappingProxyType({"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』"})
HALF_WIDTH_PUNCTUATION: Mapping[str, str] = MappingProxyType(
    {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
)

CONTENTS_TITLES = frozenset(
    {"目录", "目錄", "目次", "内容目录", "contents", "tableofcontents", "indexofcontents"}
    | {"目录contents", "目錄contents", "contents目录", "contents目錄", "目录content"}
)
"""By `bare`."""
CAPTION_MARK = compiled(
    r"^(?P<mark>(?:[左右上下中][侧方部]?)?图(?:片|示)?\s*\d*(?:[-–.]\d+)*|(?:left|right|above|below|top|bottom|centre|center)?\s*(?:figure|fig\.|photo|picture|image)\s*\d*(?:[-–.]\d+)*)"
    r"\s*(?:[：:|｜]\s*|(?<=\d)\s*[–—]\s*|(?<=\d)．\s*|(?<=\d)[.、]?\s+(?=[^。.]{2,60}$))(?P<text>.*)$",
    re.IGNORECASE,
)
PICTURE_MARK = re.compile(
    r"!\[(?P<alt>[^\]\[]*(?:\[[^\]\[]*\][^\]\[]*)*)\]\((?P<file><[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+\"[^\"]*\")?\)"
)
"""A picture as Markdown writes it: `![what it shows](file)`."""
_PLACEHOLDER = compiled(
    r"^(?:(?:image|img|picture|pic|photo|figure|fig|logo|icon|alt ?text|图片|图像|图|照片|图标)"
    r"[\s_.#-]*\d*(?:[_.-]\w+)*"
    r"|_?page_\d+\w*|[0-9a-f]{8,}|\S+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?))$",
    re.IGNORECASE,
)
QR_LABEL = compiled(r"^(?:扫码|扫一扫|扫描(?:下方|上方|右侧|左侧)?二维码|scan (?:the )?(?:qr|code))", re.IGNORECASE)
CHINESE_DIGITS = "一二三四五六七八九十百零〇两"
CIRCLED_DIGITS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def alternative_of(mark: re.Match[str]) -> str:
    """What a picture's mark says of the picture; empty where it is a placeholder or a file's name."""
    said = " ".join(mark["alt"].split())
    return "" if _PLACEHOLDER.match(said) else said


def is_han(char: str) -> bool:
    return bool(HAN_CHARACTER.match(char))


def has_han(text: str) -> bool:
    return bool(HAN_CHARACTER.search(text))


@lru_cache(maxsize=1 << 14)
def han_count(text: str) -> int:
    return sum(map(len, _HAN_RUN.findall(text)))


def letter_count(text: str) -> int:
    """Letters and ideographs: what a reader reads, marks and digits aside."""
    return sum(char.isalpha() for char in text)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """`text` for comparison: letters and digits only, case folded."""
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1 << 10)
def word_pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring ideographs and whole Latin words: what two texts on the same thing share."""
    han = "".join(_HAN_RUN.findall(text))
    return frozenset({a + b for a, b in pairwise(han)} | {w.casefold() for w in re.findall(r"[A-Za-z]{3,}", text)})
