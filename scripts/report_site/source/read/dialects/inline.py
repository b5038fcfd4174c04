"""Marks of an extractor within a line to the text that they mark: emphasis, tags, entities, escapes, glyph names.

Each step needs positive evidence, since text may look like a mark: `2*3*4`, `a_b_c`, `5 < 6`, `@_x_`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ....language.characters import BULLETS, HAN, LOST_GLYPH, PICTURE_MARK, subscript, superscript
from ....language.joining import needs_space
from ....language.patterns import ACCOUNT_WORDS
from ....model import SourceLine
from .formulas import read_formulas

_VOID = frozenset({"br", "hr", "img", "wbr"})
_TAGS = (
    "b|strong|i|em|u|span|font|center|div|p|small|big|mark|del|s|strike|ins|a|code|pre|kbd|section|article|figure|figcaption|html|body|nobr"
    "|blockquote|details|summary|ul|ol|li|dl|dt|dd|h[1-6]|header|footer|main|sup|sub|br|hr|wbr|page"
)
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*"""
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_TAGS}){_ATTRIBUTES}\s*/?>", re.IGNORECASE)
_BREAK = re.compile(rf"\s*(?:<br{_ATTRIBUTES}\s*/?>\s*)+", re.IGNORECASE)
_RAISED = re.compile(r"<(?P<kind>su[pb])>\s*(?P<text>[^<>]*?)\s*</(?P=kind)>", re.IGNORECASE)
_HTML_HEADING = re.compile(rf"^\s*<h([1-6]){_ATTRIBUTES}\s*>(.*?)</h\1>\s*$", re.IGNORECASE)
_HTML_ITEM = re.compile(rf"^\s*<li{_ATTRIBUTES}\s*>(.*?)(?:</li>)?\s*$", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.]+)>")
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]\((?P<target><[^<>]*>|(?:[^\s()]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\)"
)
_ANCHOR = re.compile(r"\s*\{(?:#[\w:.-]+|\.[A-Za-z][\w-]*|-)(?:\s+[.#]?[\w:.=\"-]+)*\}\s*$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPABLE = "\\`*_{}[]()#+-.!<>~$&\"'%,/:;=?@^|"
"""What a backslash may stand before: each mark of ASCII. Before a letter it is text (`C:\\new`)."""
_ESCAPE = re.compile(rf"\\([{re.escape(_ESCAPABLE)}])")
_NOTE_STAR = re.compile(r"^\\\*\s+(?=\S)")
_FORMULA_NAME = re.compile(
    r"(?<![A-Za-z0-9_/.])(CO|H|CH|SO|NO|N|NH|O|SF|NF|PM|CaCO)_(\d{1,2})(?=(?:[OFeN]|-?eq)?(?![A-Za-z0-9_]|\.\w))"
)
"""Of a substance: `H_2O`, `CO_2e`; no name of a file or a variable."""
_SET_APART = re.compile(
    r"(?<![A-Za-z0-9])(?P<name>[kMG]?t|kg)?CO 2(?![\d.,]*\d)(?: ?(?P<rest>e(?:q)?)(?![A-Za-z]))?(?![A-Za-z])"
)
_CUBIC = re.compile(rf"(?P<before>[/{HAN}]\s?|\d\s?)m (?P<power>[23])(?=\s*(?:[；，。、）)/;,|]|$))")
"""docling sets lowered and raised figures apart: `CO 2 e`, `31 m 3`."""
_GLYPH = re.compile(r"GLYPH(?:<[^<>]*>|&lt;.*?&gt;)|\(cid:\d+\)")
_BULLET_NAME = re.compile(
    r"/(?:circle|square|bullet|diamond|triangle|star|check|arrow|uni25|uni27|H1|a)(?:[a-z]*\d*|[0-9A-F]{2})(?=\s)",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"[{BULLETS}](?=\s)")
"""Behind Markdown's own mark it is the same mark once more."""
_OPENING = re.compile(r"^(?P<before>\s*(?:[-*+]\s+)?)(?P<glyph>[^\s].*?)\s+(?=\S)")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]\s+|#{1,6}\s+)")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_STRIKE = re.compile(r"~~(?=\S)([^~]+?)(?<=\S)~~")
_TILDE = re.compile(r"(?<=[A-Za-z])~(\d{1,2})~")
_CARET = re.compile(r"(?<=[A-Za-z\d])\^(\d{1,2})\^")
_STRONG = (
    re.compile(r"(?<![\\*])\*\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*\*(?!\*)"),
    re.compile(r"(?<!\\)\*\*(?=[^\s*])((?:(?!\*\*).)+?)(?<=\S)\*\*"),
    re.compile(r"(?<![A-Za-z0-9_\\])__(?=[^\s_])((?:(?!__).)+?)(?<=[^\s])__(?![A-Za-z0-9_])"),
)
_BLANK_STRONG = re.compile(r"\*\*\s+\*\*(?!\*)|(?<!_)__\s+__(?!_)")
_EMPTY_STRONG = re.compile(r"(?<![\w*])\*{4}(?![\w*])")
"""A mark only where others show that marks are Markdown's; else the text may mask something."""
_MASKED = re.compile(r"(?<![\w*])[^\W_]+\*{3,}[^\W_]+(?![\w*])")
"""`138****5678`: a number that isn't told whole."""
_LIGHT = (
    re.compile(r"(?<![A-Za-z0-9*/@\\])\*(?=[^\s*])([^*|]+?)(?<=[^\s*])\*(?![A-Za-z0-9*])"),
    re.compile(r"(?<![A-Za-z0-9_/@.:=#&\\-])_(?=[^\s_])([^|]*?[^\s_])_(?![A-Za-z0-9_/])"),
)
_ONE_WORD = re.compile(r"[A-Za-z0-9_.]+")
_PHRASE = re.compile(rf"[\s{HAN}]")
_TICKED = re.compile(rf"(?:^|(?<=[\s|：:]))[√✓☑]\s*(?=[{HAN}A-Za-z])")
_UNTICKED = re.compile(rf"(?:^|(?<=[\s|：:{HAN}]))[□☐]\s*(?=[{HAN}A-Za-z])")
_TASK = re.compile(r"^(\s*[-*+]\s+)\[([ xX])\]\s+")
_DASHED = re.compile(r"^-\s+")
_LATEX_SEEN = re.compile(r"\$[^$\n]*\\[A-Za-z%][^$\n]*\$|<math\b[^<>]*>[^<>]*</math>")
_HELD = {char: chr(0xF300 + i) for i, char in enumerate(_ESCAPABLE)}
_RELEASED = str.maketrans({held: char for char, held in _HELD.items()})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole extraction shows of its marks."""

    emphasis: bool
    """`**…**` stands somewhere: its emphasis is Markdown's."""
    closed: frozenset[str]
    """Tags that are closed somewhere."""
    formulas: bool
    """A formula between dollar signs holds LaTeX."""


_NO_EVIDENCE = Evidence(False, frozenset(), False)


def _gather_evidence(lines: Iterable[SourceLine]) -> Evidence:
    text = "\n".join(line.text for line in lines)
    closed = frozenset(name.casefold() for name in re.findall(r"</([A-Za-z][A-Za-z0-9]*)\s*>", text))
    return Evidence(bool(_STRONG[1].search(text)), closed, bool(_LATEX_SEEN.search(text)))


def read_markdown_inline(lines: Sequence[SourceLine]) -> list[SourceLine]:
    evidence = _gather_evidence(lines)
    return [_undone(line, _MARKDOWN_STEPS, evidence) for line in lines]


def read_plain_inline(lines: Sequence[SourceLine]) -> list[SourceLine]:
    return [_undone(line, _PLAIN_STEPS, _NO_EVIDENCE) for line in lines]


def read_html_inline(lines: Sequence[SourceLine]) -> list[SourceLine]:
    return [_undone(line, _HTML_STEPS, _NO_EVIDENCE) for line in lines]


def _undone(line: SourceLine, steps: tuple[Step, ...], evidence: Evidence) -> SourceLine:
    """The line with its marks undone, each kind as a change of its own; a table row cell by cell."""
    for rule, text in _changes(line.text, steps, evidence):
        line = line.changed(rule, text)
    return line


@lru_cache(maxsize=1 << 15)
def _changes(text: str, steps: tuple[Step, ...], evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Each step that changes the text, with what it leaves; steps that can't find their signs are passed over."""
    beside = _beside_pictures if PICTURE_MARK.match(text.strip()) else by_cell
    found: list[tuple[str, str]] = []
    for rule, step, signs in steps:
        if not signs.isdisjoint(text):
            changed = beside(text, lambda part, step=step: step(part, evidence))  # type: ignore[misc]
            if changed != text:
                found.append((rule, changed))
                text = changed
    return tuple(found)


def _beside_pictures(text: str, step: Callable[[str], str]) -> str:
    """`step` on what a picture's mark says and on the caption behind it, never on a file's name."""
    pieces: list[str] = []
    end = 0
    for mark in PICTURE_MARK.finditer(text):
        said = f"![{step(mark['alt'])}]{mark[0][len(mark['alt']) + 3 :]}"
        pieces += [_with_blanks(text[end : mark.start()], step), said if PICTURE_MARK.fullmatch(said) else mark[0]]
        end = mark.end()
    return "".join([*pieces, _with_blanks(text[end:], step)])


def _with_blanks(text: str, step: Callable[[str], str]) -> str:
    return f" {step(text.strip())}" if text.strip() else text


def by_cell(text: str, step: Callable[[str], str]) -> str:
    """`step` on the text, or on each cell of each row where it is a table's."""
    if not text.lstrip().startswith("|"):
        return step(text)
    rows = (re.split(r"(?<!\\)\|", row) for row in text.split("\n"))
    return "\n".join("|".join(_cell(cell, step) for cell in row) for row in rows)


def _cell(cell: str, step: Callable[[str], str]) -> str:
    done = step(cell)
    return cell if done == cell else re.sub(r"(?<!\\)\|", r"\\|", " ".join(done.split("\n")))


# --- steps ---------------------------------------------------------------------------------------------------------


def _formulas(text: str, evidence: Evidence) -> str:
    return read_formulas(text, evidence.formulas)


def _raised(text: str, evidence: Evidence) -> str:
    return _CARET.sub(lambda m: superscript(m[1]), _TILDE.sub(lambda m: subscript(m[1]), _RAISED.sub(_raise, text)))


def _raise(match: re.Match[str]) -> str:
    inside = match["text"]
    if match["kind"].casefold() == "sub":
        return subscript(inside)
    return {"TM": "™", "R": "®"}.get(inside, superscript(inside))


def _breaks(text: str, evidence: Evidence) -> str:
    """A line break of the design: no space between ideographs, list items keep their marks."""
    parts = [part for part in _BREAK.split(text) if part.strip()]
    if len(parts) < 2:
        return _BREAK.sub("", text)
    if all(_DASHED.match(part.strip()) for part in parts):
        parts = [f"• {_DASHED.sub('', part.strip())}" for part in parts]
    joined = parts[0]
    for part in parts[1:]:
        joined += (" " if _needs_space(_bare_end(joined), _bare_start(part)) else "") + part.lstrip()
    return joined


def _bare_end(text: str) -> str:
    return re.sub(r"(?:\*+|_+|</?\w+>)+\s*$", "", text)[-1:]


def _bare_start(text: str) -> str:
    return re.sub(r"^\s*(?:\*+|_+|</?\w+>)+", "", text.lstrip())[:1]


def _needs_space(before: str, after: str) -> bool:
    """As between wrapped lines, but a year in figures over its noun is one word."""
    return bool(before and after) and needs_space(before, after) and not re.match(f"\\d[{HAN}]", before + after)


def _tags(text: str, evidence: Evidence) -> str:
    if match := _HTML_HEADING.match(text):
        text = f"{'#' * int(match[1])} {match[2].strip()}"
    elif match := _HTML_ITEM.match(text):
        text = f"- {match[1].strip()}"

    def undone(match: re.Match[str]) -> str:
        name = match["name"].casefold()
        return "" if name in _VOID or match["close"] or name in evidence.closed else match[0]

    return _TAG.sub(undone, _AUTOLINK.sub(r"\1", text))


def _links(text: str, evidence: Evidence) -> str:
    return (
        _ANCHOR.sub("", _LINK.sub(lambda m: m["text"], text))
        if text.lstrip().startswith("#")
        else _LINK.sub(lambda m: m["text"], text)
    )


def _emphasis(text: str, evidence: Evidence) -> str:
    """Emphasis and code; escaped marks and masks are held back, so that none of them opens or closes anything."""
    held = _ESCAPE.sub(lambda m: "\\" + _HELD[m[1]], text)
    held = _MASKED.sub(lambda m: m[0].replace("*", _HELD["*"]), held)
    mark = _LIST_MARK.match(held)
    start = mark[0] if mark else ""
    body = held[len(start) :]
    for _ in range(3):
        before = body
        for pattern in _STRONG:
            body = pattern.sub(r"\1", body)
        for pattern in _LIGHT:
            body = pattern.sub(lambda m: m[1] if _is_light(m, evidence) else m[0], body)
        if body == before:
            break
    body = _BLANK_STRONG.sub("", body)
    body = _EMPTY_STRONG.sub("", body) if evidence.emphasis else body
    body = _STRIKE.sub(r"\1", _CODE.sub(r"\1", body))
    return (start + body).translate(_RELEASED)


def _is_light(match: re.Match[str], evidence: Evidence) -> bool:
    """`_word_` may be the name of an account; without any `**` only a phrase is taken for emphasised."""
    if match[0][0] == "_" and _ONE_WORD.fullmatch(match[1]):
        return evidence.emphasis and not ACCOUNT_WORDS.search(match.string)
    return evidence.emphasis or bool(_PHRASE.search(match[1]))


def _glyphs(text: str, evidence: Evidence) -> str:
    """A glyph without a name opens a list item where a line begins with it; within a line it is a lost character."""
    mark = re.match(r"^\s*(?:[-*+]\s+)?", text)
    start, body = (mark[0], text[mark.end() :]) if mark else ("", text)
    opening = _GLYPH.match(body) or _BULLET_NAME.match(body) or (_BULLET.match(body) if start.strip() else None)
    if opening and body[opening.end() :].strip():
        body = body[opening.end() :].lstrip()
        start = start if start.strip() else "- "
    return start + _GLYPH.sub(LOST_GLYPH, body)


def _entities(text: str, evidence: Evidence) -> str:
    """A line end that an entity spells is a blank: it parts no cells."""
    return _ENTITY.sub(lambda m: re.sub(r"\s", " ", html.unescape(m[0])), text)


def _escapes(text: str, evidence: Evidence) -> str:
    # A star that opens a note is no bullet: without the blank no list is read from it.
    text = _ESCAPE.sub(r"\1", _NOTE_STAR.sub("*", text))
    text = _SET_APART.sub(lambda m: f"{m['name'] or ''}CO₂{m['rest'] or ''}", text)
    text = _CUBIC.sub(lambda m: f"{m['before']}m{superscript(m['power'])}", text)
    return _FORMULA_NAME.sub(lambda m: m[1] + subscript(m[2]), text)


def _boxes(text: str, evidence: Evidence) -> str:
    """`√applies □doesn't apply`: boxes to tick, one written as a root sign and one as a lost glyph."""
    text = _TASK.sub(lambda m: f"{m[1]}{'☑' if m[2].strip() else '☐'} ", text)
    if not (_TICKED.search(text) and _UNTICKED.search(text)) and len(_UNTICKED.findall(text)) < 2:
        return text
    return _UNTICKED.sub("☐ ", _TICKED.sub("☑ ", text))


Step = tuple[str, Callable[[str, Evidence], str], frozenset[str]]
"""Rule, what it does, and the signs without any of which it changes nothing."""
_TAG_SIGNS, _GLYPH_SIGNS, _BOX_SIGNS = frozenset("<"), frozenset(f"G(/{BULLETS}"), frozenset("[□☐")
_MARKDOWN_STEPS: tuple[Step, ...] = (
    # Formulas first: their backslashes and braces are no escapes. Entities after tags: `&lt;b&gt;` is text.
    ("formula", _formulas, frozenset("$\\<")),
    ("raised", _raised, frozenset("<~^")),
    ("line-break", _breaks, _TAG_SIGNS),
    ("tag", _tags, _TAG_SIGNS),
    ("glyph-name", _glyphs, _GLYPH_SIGNS),
    ("link", _links, frozenset("[{")),
    ("emphasis", _emphasis, frozenset("*_`~\\")),
    ("entity", _entities, frozenset("&")),
    ("escape", _escapes, frozenset("\\_23")),
    ("tick-box", _boxes, _BOX_SIGNS),
)
_PLAIN_STEPS: tuple[Step, ...] = (("glyph-name", _glyphs, _GLYPH_SIGNS), ("tick-box", _boxes, _BOX_SIGNS))
_HTML_STEPS: tuple[Step, ...] = (
    ("raised", _raised, frozenset("<~^")),
    ("line-break", _breaks, _TAG_SIGNS),
    ("entity", _entities, frozenset("&")),
    ("tick-box", _boxes, _BOX_SIGNS),
)
