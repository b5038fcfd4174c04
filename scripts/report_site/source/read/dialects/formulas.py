"""LaTeX between dollar signs to text: units, exponents, subscripts, signs and simple fractions.

What can't be said in a line of text stays as it is: a formula half undone is worse than one shown raw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ....language.characters import subscript, superscript
from ....model import SourceLine

_INLINE = re.compile(
    r"(?:(?<=[(（]) )?"
    r"(?:(?<![\\$])\$(?!\$)(?P<inside>(?:\\\$|[^$\n]){1,300}?)(?<!\\)\$(?!\$)|\\\((?P<round>.{1,300}?)\\\)"
    r"|<math\b[^<>]*>(?P<math>[^<>]{1,300})</math>)(?: (?=[.,;:)）](?:\s|$)))?"
)
"""With the blanks that keep the signs apart from brackets and marks."""
_OPENING = re.compile(r"(?:(?<=[(（]) )?(?:(?<![\\$])\$(?!\$)|\\\(|<math\b)")
_DISPLAY = re.compile(r"\$\$(?P<inside>.+?)\$\$|\\\[(?P<square>.+?)\\\]", re.DOTALL)
_LATEX = re.compile(r"\\[A-Za-z%$,;:! ]|[\^_{}]")
_NUMERIC = re.compile(r"^\s*[-+<>=~≈≤≥±]?\s*\d[\d\s.,]*(?:[/:×~–-]\s*\d[\d\s.,]*)*(?:%|‰)?\s*$")
_RELATION = re.compile(r"^\s*[A-Za-z]\s*(?:[=<>]\s*-?[\d.,]+\s*)?$")
_NAMES = """
times=× cdot=· div=÷ pm=± mp=∓ geq=≥ ge=≥ geqslant=≥ leq=≤ le=≤ leqslant=≤ neq=≠ ne=≠ approx=≈ sim=~
equiv=≡ infty=∞ sum=∑ prod=∏ int=∫ partial=∂ Delta=Δ delta=δ alpha=α beta=β gamma=γ epsilon=ε
varepsilon=ε eta=η theta=θ lambda=λ mu=μ pi=π rho=ρ sigma=σ Sigma=Σ tau=τ phi=φ varphi=φ omega=ω Omega=Ω
circ=° degree=° celsius=℃ rightarrow=→ to=→ leftarrow=← uparrow=↑ downarrow=↓ Rightarrow=⇒
leftrightarrow=↔ bullet=• checkmark=✓ surd=√ square=□ Box=□ boxtimes=☒ blacksquare=■ bigcirc=○ triangle=△
star=★ ldots=… dots=… cdots=… prime=′ percent=% per=/ AA=Å copyright=© mid=| ell=ℓ cap=∩ cup=∪ in=∈
"""
_SIGNS: Mapping[str, str] = MappingProxyType(
    {"quad": " ", "qquad": " ", **dict(pair.split("=") for pair in _NAMES.split())}
)
_STYLES = """
mathrm text textrm textbf textit mathbf mathit mathsf mathtt mathcal mathbb operatorname boldsymbol bf rm it mbox hbox
underline overline displaystyle textstyle scriptstyle left right big Big bigl bigr Bigl Bigr limits nolimits textnormal
textsf emph pmb bm normalsize small
"""
_WRAPPERS = frozenset(_STYLES.split())
_LABEL = re.compile(r"[①-⑳]|\[\d{1,3}\]")
"""A label of a note is told apart from its text by itself."""
LONGEST_DISPLAY = 20
_WORDS_APART = re.compile(r"[^\W\d_]{2} +[^\W\d_]{2}")
"""A blank says nothing in a formula (`1 2 . 5` is one number), but between words."""
_SPACES = frozenset(" ,;:>")
_LITERALS = frozenset("%$&#_{}|")
_OPERATORS = re.compile(r"\s*([=≥≤≈≠<>])\s*")


def read_formulas(text: str, expected: bool = False) -> str:
    """`text` with each formula in words and signs; `expected`: this extraction writes LaTeX."""
    if "$" not in text and "\\(" not in text and "\\[" not in text and "<math" not in text:
        return text
    return "".join(_read_inline(_DISPLAY.sub(lambda m: _said(m[0], m["inside"] or m["square"]), text), expected))


def _read_inline(text: str, expected: bool) -> Iterator[str]:
    """An amount of money takes no formula's opening sign for its closing one: each sign is tried as an opening."""
    done = refused = 0
    for opening in _OPENING.finditer(text):
        match = _INLINE.match(text, opening.start())
        if match is None or opening.start() < done or (opening.start() < refused and text[opening.end()].isspace()):
            continue
        said = _inline(match, expected)
        if said == match[0]:
            refused = match.end()
            continue
        yield text[done : match.start()]
        yield said
        done = match.end()
    yield text[done:]


def read_display_formulas(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Formulas set off over several lines, said on the first line that holds a part of them."""
    result = list(lines)
    i = 0
    while i < len(result):
        end = _end_of_display(result, i)
        if end is not None:
            result[i : end + 1] = _display(result[i : end + 1])
            i = end
        i += 1
    return result


def _end_of_display(lines: Sequence[SourceLine], i: int) -> int | None:
    """The line that closes the formula opened, and not closed, on line `i`."""
    text = lines[i].text.strip()
    closing = "$$" if text.startswith("$$") else "\\]" if text.startswith("\\[") else None
    if closing is None or closing in text[2:]:
        return None
    reach = range(i + 1, min(len(lines), i + LONGEST_DISPLAY))
    return next((k for k in reach if lines[k].text.rstrip().endswith(closing)), None)


def _display(lines: Sequence[SourceLine]) -> list[SourceLine]:
    text = "\n".join(line.text for line in lines)
    said = read_formulas(text)
    home = next((i for i, line in enumerate(lines) if line.text.strip() not in ("", "$$", "\\[", "\\]")), None)
    if said == text or home is None:
        return list(lines)
    parts = tuple(line.number for line in lines[home + 1 :] if not line.blank)
    done = [line.marked("formula") if not line.blank else line for line in lines[:home]]
    done.append(replace(lines[home].changed("formula", " ".join(said.split())), parts=parts))
    number = lines[home].number
    rest = lines[home + 1 :]
    return [*done, *(line if line.blank else replace(line.changed("formula", ""), part_of=number) for line in rest)]


def _inline(match: re.Match[str], expected: bool) -> str:
    inside = match["inside"] or match["round"] or match["math"]
    if match["math"]:
        return _said(inside, inside)
    if match["round"]:
        # Brackets that are only escaped hold no command, index or relation.
        return _said(match[0], inside) if _LATEX.search(inside) or _RELATION.match(inside) else match[0]
    return _said(match[0], inside) if _is_formula(match, inside, expected) else match[0]


def _is_formula(match: re.Match[str], inside: str, expected: bool) -> bool:
    """Amounts of money have a dollar sign too: a formula holds LaTeX, or nothing but a number or a letter."""
    if re.match(r"\d", match.string[match.end() :]) and not _LATEX.search(inside):
        return False
    before = match.string[: match.start()][-1:]
    if _LATEX.search(inside):
        return bool(re.search(r"\\[A-Za-z%$,;:! ]", inside) or re.search(r"[\^_]", inside)) and not re.match(
            r"[\d.,]+ [a-z]+ ", inside
        )
    return expected and not before.isalnum() and bool(_NUMERIC.match(inside) or _RELATION.match(inside))


def _said(whole: str, inside: str) -> str:
    said = to_text(inside)
    return whole if said is None else said


def to_text(latex: str) -> str | None:
    """A formula as text; None where a command has none."""
    try:
        text, _ = _sequence(latex.strip(), 0, "")
    except _UnsayableError:
        return None
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=\d) (?=[%‰°℃])", "", text)
    return (
        _OPERATORS.sub(r" \1 ", text).strip()
        if re.search(r"[^\s=<>≥≤≈≠]\s*[=≥≤≈≠<>]", text)
        else re.sub(r"(?<=[≥≤≈<>]) (?=\d)", "", text)
    )


class _UnsayableError(Exception):
    pass


def _sequence(latex: str, i: int, closing: str) -> tuple[str, int]:
    """Text from `i` up to the closing brace (or the end), and where it ends."""
    said: list[str] = []
    while i < len(latex):
        if closing and latex[i] == closing:
            return "".join(said), i + 1
        if latex[i] == "}":
            raise _UnsayableError
        if latex[i] == " ":
            said.append(" " if _WORDS_APART.match(latex, max(0, i - 2)) else "")
            i += 1
            continue
        piece, i = _piece(latex, i)
        said.append(piece)
    if closing:
        raise _UnsayableError
    return "".join(said), i


def _piece(latex: str, i: int) -> tuple[str, int]:
    char = latex[i]
    if char == "\\":
        return _command(latex, i + 1)
    if char == "{":
        return _sequence(latex, i + 1, "}")
    if char in "^_":
        inside, end = _argument(latex, i + 1)
        return _moved(char, inside.strip()), end
    if char == "~":
        return " ", i + 1
    if char in "&":
        raise _UnsayableError
    return char, i + 1


def _moved(mark: str, inside: str) -> str:
    if inside in ("°", "′", "*", "℃", "%") or _LABEL.fullmatch(inside):
        return inside
    if mark == "_":
        return subscript(inside)
    raised = superscript(inside)
    return raised if raised != inside else f"^{inside}" if len(inside) == 1 else f"^({inside})"


def _argument(latex: str, i: int) -> tuple[str, int]:
    while i < len(latex) and latex[i] == " ":
        i += 1
    if i >= len(latex):
        raise _UnsayableError
    return _piece(latex, i)


def _command(latex: str, i: int) -> tuple[str, int]:
    if i >= len(latex):
        raise _UnsayableError
    if not latex[i].isalpha():
        if latex[i : i + 2] == "_{":
            # docling escapes the underscore of an index.
            return _piece(latex, i)
        if latex[i] in _LITERALS:
            return latex[i], i + 1
        if latex[i] in _SPACES:
            return " ", i + 1
        if latex[i] == "!":
            return "", i + 1
        if latex[i] == "\\":
            return " ; ", i + 1
        raise _UnsayableError
    match = re.compile(r"([A-Za-z]+)\*?\s*").match(latex, i)
    assert match is not None
    return _named(match[1], latex, match.end())


def _named(name: str, latex: str, i: int) -> tuple[str, int]:
    if name in _SIGNS:
        return _SIGNS[name], i
    if name in _WRAPPERS:
        if name in ("left", "right") and latex[i : i + 1] == ".":
            return "", i + 1
        return ("", i) if latex[i : i + 1] != "{" else _sequence(_spaced(name, latex, i), i + 1, "}")
    if name == "tag":
        inside, i = _argument(latex, i)
        return f" ({inside.strip()})", i
    if name in ("frac", "dfrac", "tfrac"):
        above, i = _argument(latex, i)
        below, i = _argument(latex, i)
        return f"{_grouped(above)}/{_grouped(below)}", i
    if name == "sqrt" and latex[i : i + 1] != "[":
        inside, i = _argument(latex, i)
        return f"√{_grouped(inside)}", i
    if name == "textcircled":
        inside, i = _argument(latex, i)
        number = inside.strip()
        if number.isdigit() and 1 <= int(number) <= 20:
            return chr(0x2460 + int(number) - 1), i
    raise _UnsayableError


def _spaced(name: str, latex: str, i: int) -> str:
    """Text within a formula keeps its blanks."""
    end = latex.find("}", i)
    if not name.startswith("text") or end < 0:
        return latex
    return latex[:i] + latex[i:end].replace(" ", "~") + latex[end:]


def _grouped(text: str) -> str:
    """In brackets where the line would be read otherwise."""
    plain = text.strip()
    return f"({plain})" if re.search(r"[-+×÷·/=\s]", plain) and not re.fullmatch(r"[\w ]*", plain) else plain
