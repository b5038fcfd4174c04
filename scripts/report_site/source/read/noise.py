"""What optical recognition made of pictures: letters that are no words, reversed text, broken cells.

Each test is conservative: a line is noise only when nothing in it can be told to be the report's own wording, and when
it stands where a picture is: by a caption, at a page's edge, amid other noise. Numbers, codes and units are content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...language.characters import CAPTION_MARK, HAN, HAN_CHARACTER, bare, han_count, without_notes
from ...language.patterns import LABELLED, QUANTITY_TOKEN
from ...model import RuleName, SourceLine
from .furniture.lines import body, ends_sentence, is_listed, is_prose, is_row

_WORD = re.compile(r"[A-Za-z]{2,}")
_TOKEN = re.compile(r"\S+")
_PLAIN_TOKEN = re.compile(r"^[(\"'“‘]?(?:[A-Za-z][A-Za-z'’.-]*|\d[\d,.:/%-]*)[)\"'”’,.;:!?]*$")
_HAN_RUN = re.compile(f"[{HAN}]+")
_SYMBOLS = re.compile(r"[€£¥#@*\[\]{}|\\^~_=<>]")
_SPELT_WORD = re.compile(r"(?<![A-Za-z])(?:[a-z]{3,}|[A-Z][a-z]{2,})(?![A-Za-z])")
_PICTURE_MARK = re.compile(r"^(?:!\[|<!--|\[?(?:image|picture|figure)\]?$)", re.IGNORECASE)
_RUBBISH_MARKS = re.compile(r"[@#{}|~^\[\]*€]")
_STUTTER = re.compile(r"^(?=\S*[^\W\d_])(\S{1,12}?)(?:\s?\1){11,}$")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_CODE_OR_FORMULA = re.compile(
    r"^(?:(?:GRI|SASB|ISO|IEC|ESRS|IFRS|SDGs?|KPI|OHSAS)\s?\d[\d.:-]*[a-z]?|[A-Z]{2}-[A-Z]{2}-\d{3}[a-z]?\.\d+"
    r"|t?(?:CO[2₂]|CH[4₄]|N[2₂]O|SO[2₂x]|NO[2₂x]|SF[6₆]|NF[3₃]|H[2₂]O?|O[3₃])e?|PM(?:2\.5|₂\.₅|10|₁₀))$"
)
"""A code of a standard or a chemical formula by itself: letters that form no word, and yet the report's own."""
_STANDARD = re.compile(r"GRI|SASB|HKEX|TCFD|TNFD|ISSB|ESRS|IFRS|ISO|IEC|SDGs?|CDP|ESG|KPI|CASS|UNGC|AA1000")
_CODE = re.compile(r"[A-Z]{1,3}\d{1,3}(?:[-.]\d{1,3}){1,3}[a-z]?")
LEAST_SPELT_WORDS = 3
LONGEST_FRAGMENT = 3
"""Spelt words up to which a foreign line can be of a picture; more are a sentence or a title."""
LEAST_CLUSTER = 3
"""Rubbish lines in a row that show by themselves that a picture was there."""
LEAST_STUTTER = 12
"""Equal lines in a row that no report prints."""
REVERSED_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the report itself writes: its running text, and the Latin words in it."""

    prose: str
    words: frozenset[str]
    chinese: bool
    runs: frozenset[str] = frozenset()
    """Every four ideographs in a row."""


def learn_vocabulary(lines: Sequence[SourceLine], furniture: frozenset[int]) -> Vocabulary:
    """Vocabulary of the lines that are no furniture; Latin words count where they stand beside ideographs."""
    texts = [line.text for line in lines if line.number not in furniture and not line.blank]
    prose = "\n".join(texts)
    letters = len(re.findall(r"[A-Za-z]", prose))
    chinese = han_count(prose) * 2 > letters
    trusted = [text for text in texts if not chinese or HAN_CHARACTER.search(text)]
    words = frozenset(w.casefold() for text in trusted for w in _WORD.findall(text))
    runs = {
        run[i : i + REVERSED_LENGTH]
        for run in _HAN_RUN.findall(prose)
        for i in range(len(run) - REVERSED_LENGTH + 1)
        if chinese
    }
    return Vocabulary(prose, words, chinese, frozenset(runs))


_LEFT_OUT = re.compile(r"^\[(?P<file>tbl-\d+\.(?:md|html))\]\((?P=file)\)$")
"""A table that a tool put into a file of its own: nothing of it stands in the text."""


def find_noise(lines: Sequence[SourceLine], furniture: Mapping[int, str], vocabulary: Vocabulary) -> Mapping[int, str]:
    """Lines (no blank ones) that are noise, with the rule: by their letters and by the place where they stand."""
    rest = [line for line in lines if line.number not in furniture]
    rules = [None if _is_told(line) else noise_rule(_shown(line), vocabulary) for line in rest]
    edges = _edges(lines, furniture)
    found = dict.fromkeys(_stutter(rest), "repeated-line")
    found |= {line.number: "table-left-out" for line in rest if _LEFT_OUT.match(line.raw.strip())}
    for rubbish, group in groupby(range(len(rest)), key=lambda i: rules[i] is not None):
        run = list(group)
        if rubbish and _is_picture(run, rest, rules, edges, vocabulary):
            found |= {rest[i].number: rules[i] or "" for i in run}
        elif rubbish:
            found |= {rest[i].number: rules[i] or "" for i in run if rules[i] in ("reversed-text", "symbols-only")}
    return found


def _stutter(lines: Sequence[SourceLine]) -> Iterator[int]:
    """Recognition that hangs writes a line, or a token of one, dozens of times: the first line is text."""
    for key, group in groupby(lines, key=lambda line: bare(body(line))):
        run = list(group)
        if key and len(run) >= LEAST_STUTTER and not any(is_row(line) or key.isdigit() for line in run):
            yield from (line.number for line in run[1:])
        else:
            yield from (line.number for line in run if not is_row(line) and _STUTTER.match(line.text.strip()))


def _shown(line: SourceLine) -> str:
    """The text, its mark with it where the mark may be rubbish too."""
    text = body(line)
    return line.text.strip() if text.startswith("#") else text


def _is_told(line: SourceLine) -> bool:
    """The line says itself what it is."""
    text = body(line)
    return is_row(line) or is_listed(line.text) or bool(CAPTION_MARK.match(text) or LABELLED.match(text))


def _edges(lines: Sequence[SourceLine], furniture: Mapping[int, str]) -> frozenset[int]:
    """Lines next to a page's edge: a form feed, a running head, a page number."""
    last = len(lines) - 1
    return frozenset(
        line.number
        for i, line in enumerate(lines)
        if line.page_break
        or (i < last and lines[i + 1].page_break)
        or any(
            furniture.get(lines[j].number) in (RuleName.RUNNING_HEAD, RuleName.PAGE_NUMBER)
            for j in (max(0, i - 1), min(last, i + 1))
        )
    )


def _is_picture(
    run: Sequence[int],
    lines: Sequence[SourceLine],
    rules: Sequence[str | None],
    edges: frozenset[int],
    vocabulary: Vocabulary,
) -> bool:
    """A run of rubbish where a picture is; one foreign word only between a text and a picture's caption."""
    texts = [_shown(lines[i]) for i in run]
    around = [body(lines[i]) for i in (run[0] - 2, run[0] - 1, run[-1] + 1, run[-1] + 2) if 0 <= i < len(lines)]
    by_picture = any(CAPTION_MARK.match(text) or _PICTURE_MARK.match(text) for text in around)
    if any(_is_strong(text, rules[i], vocabulary) for i, text in zip(run, texts, strict=True)):
        at_edge = any(lines[i].number in edges for i in run)
        return by_picture or at_edge or len(run) >= LEAST_CLUSTER
    next_is_text = run[-1] + 1 < len(lines) and is_prose(body(lines[run[-1] + 1]))
    return by_picture and not next_is_text and len(_WORD.findall(" ".join(texts))) == 1


def _is_strong(text: str, rule: str | None, vocabulary: Vocabulary) -> bool:
    """Letters that form no word, or marks that no text has."""
    if rule != RuleName.FOREIGN_FRAGMENT:
        return rule == RuleName.GIBBERISH
    odd = any(_odd_case(word) or not _VOWEL.search(word) for word in _WORD.findall(text) if len(word) > 2)
    return odd or bool(_RUBBISH_MARKS.search(text))


def is_content(text: str, vocabulary: Vocabulary) -> bool:
    """A number with its sign and unit, a code, a formula, beside nothing but words of the report."""
    tokens = _TOKEN.findall(text)
    told = [bool(QUANTITY_TOKEN.match(token)) for token in tokens]
    words = all(
        ok or (_PLAIN_TOKEN.match(token) and token.strip("\"'.,;:()").casefold() in vocabulary.words)
        for ok, token in zip(told, tokens, strict=True)
    )
    return any(told) and words


def is_quantity(text: str) -> bool:
    """Numbers with their signs and units, codes and formulas alone."""
    tokens = _TOKEN.findall(text)
    return bool(tokens) and all(QUANTITY_TOKEN.match(token) for token in tokens)


def is_reference(text: str) -> bool:
    """Standards with their codes and places in the report: `GRI 401-1 2 GRI 404-1 2`, `E1-6 45、46`."""
    tokens = [token for token in re.split(r"[\s、，,;；]+", text.strip()) if token]
    told = [
        bool(_STANDARD.fullmatch(token) or QUANTITY_TOKEN.match(token) or _CODE.fullmatch(token)) for token in tokens
    ]
    named = any(_STANDARD.fullmatch(token) or _CODE.fullmatch(token) for token in tokens)
    return named and all(told) and any(char.isdigit() for char in text)


def noise_rule(text: str, vocabulary: Vocabulary) -> str | None:
    """The rule by which `text`, a whole line, is noise, or None. A cell of a table never is."""
    text = without_notes(text)
    if not text.strip() or not any(char.isalnum() for char in text):
        return None if not text.strip() or not _SYMBOLS.search(text) else "symbols-only"
    if is_content(text, vocabulary) or is_reference(text) or _CODE_OR_FORMULA.match(text.strip()):
        return None
    if not HAN_CHARACTER.search(text):
        return _foreign_noise(text, vocabulary)
    return _reversed_noise(text, vocabulary)


def _foreign_noise(text: str, vocabulary: Vocabulary) -> str | None:
    if is_gibberish(text):
        return RuleName.GIBBERISH
    if not vocabulary.chinese:
        return None
    words = [word.casefold() for word in _WORD.findall(text)]
    if ends_sentence(text) or len(_SPELT_WORD.findall(text)) > LONGEST_FRAGMENT:
        return None
    if not words:
        return "picture-number" if re.search(r"[/:]", text) else None
    known = all(word in vocabulary.words for word in words if len(word) > 2)
    return None if known and any(len(word) > 2 for word in words) else RuleName.FOREIGN_FRAGMENT


def is_gibberish(text: str) -> bool:
    """Mostly tokens that are neither words nor numbers, or words in odd letter case; a few sound words redeem it."""
    tokens = _TOKEN.findall(text)
    if len(_SPELT_WORD.findall(text)) >= LEAST_SPELT_WORDS:
        return False
    broken = [t for t in tokens if not _PLAIN_TOKEN.match(t) or _odd_case(t)]
    symbols = len(_SYMBOLS.findall(text))
    return bool(tokens) and ((len(broken) * 2 >= len(tokens) + 1 and _mixes(text)) or symbols >= 2 + len(text) // 8)


def _odd_case(token: str) -> bool:
    word = re.sub(r"[^A-Za-z]", "", token)
    return (
        len(word) > 3
        and not (word.islower() or word.isupper() or word.istitle())
        and bool(re.search(r"[A-Z]{2}[a-z]|[a-z][A-Z]{1,2}[a-z]?$", word))
    )


def _mixes(text: str) -> bool:
    return bool(re.search(r"[A-Za-z][0-9]|[0-9][A-Za-z]|[|{}\[\]#*!]", text))


def _reversed_noise(text: str, vocabulary: Vocabulary) -> str | None:
    """Text set on a circle is read from the wrong end: backwards it is known, forwards it stands nowhere else."""
    if not vocabulary.chinese or len(text) > 12 or re.search(r"[，。；：！？A-Za-z0-9]", text):
        return None
    runs = [run for run in _HAN_RUN.findall(text) if len(run) >= REVERSED_LENGTH]
    if not runs or not all(_turned(run)[:REVERSED_LENGTH] in vocabulary.runs for run in runs):
        return None
    backwards = all(vocabulary.prose.count(_turned(run)) for run in runs)
    forwards = any(vocabulary.prose.count(run) > 1 for run in runs)
    return "reversed-text" if backwards and not forwards else None


def _turned(run: str) -> str:
    return run[::-1]
