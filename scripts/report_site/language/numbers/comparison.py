"""Whether two texts say the same numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from .quantity import Difference, Lang, Qualifier, Quantity, QuantityKind
from .reading import parse

_COUNTS = frozenset({QuantityKind.NUMBER, QuantityKind.YEAR, QuantityKind.DAY, QuantityKind.ORDINAL})
"""Compared by value alone: languages differ in what they count, date or order (6 日, the 6th)."""
_NAMED_ONCE = frozenset({QuantityKind.YEAR, QuantityKind.MONTH})
"""Chinese repeats the year at a period's end, English doesn't: the other text may name it once."""

_Key = tuple[Hashable, ...]


def _key(quantity: Quantity) -> _Key:
    """Equal for quantities that say the same."""
    if quantity.kind is QuantityKind.CODE:
        return (QuantityKind.CODE, quantity.literal)
    kind = QuantityKind.NUMBER if quantity.kind in _COUNTS else quantity.kind
    return (kind, quantity.value, quantity.upper, quantity.percent, quantity.points, quantity.qualifier)


def as_number(quantity: Quantity) -> _Key:
    """A code with one number may be a name and a count after all: CVPR2022 and "CVPR in 2022"."""
    if quantity.kind is QuantityKind.CODE and quantity.value:
        return (QuantityKind.NUMBER, quantity.value, None, False, False, Qualifier.EXACT)
    return _key(quantity)


def _pair_off(
    left: Iterable[Quantity], right: Iterable[Quantity], key: Callable[[Quantity], _Key]
) -> tuple[list[Quantity], list[Quantity]]:
    """What stays alone on either side; required quantities are paired before optional ones."""
    waiting: defaultdict[_Key, list[Quantity]] = defaultdict(list)
    for quantity in sorted(right, key=lambda q: q.optional):
        waiting[key(quantity)].append(quantity)
    alone = []
    for quantity in sorted(left, key=lambda q: q.optional):
        partners = waiting[key(quantity)]
        if partners:
            partners.pop(0)
        else:
            alone.append(quantity)
    return alone, [quantity for partners in waiting.values() for quantity in partners]


def _ends(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Ranges as their two ends: 从 5% 提升到 10% is no range, "from 5% to 10%" reads as one."""
    for quantity in quantities:
        if quantity.upper is None or quantity.optional or quantity.kind not in _COUNTS:
            yield quantity
        else:
            yield replace(quantity, upper=None)
            yield replace(quantity, value=quantity.upper, upper=None)


def _repeats(alone: Iterable[Quantity], others: Iterable[Quantity]) -> set[Quantity]:
    said = {_key(quantity) for quantity in others}
    return {q for q in alone if q.kind in _NAMED_ONCE and not q.optional and _key(q) in said}


def _unpaired(left: tuple[Quantity, ...], right: tuple[Quantity, ...]) -> tuple[list[Quantity], list[Quantity]]:
    """What one side says and the other doesn't, optional quantities included."""
    one, other = _pair_off(left, right, _key)
    one, other = _pair_off(one, other, as_number)
    one, other = _pair_off(_ends(one), _ends(other), _key)
    again, other_again = _repeats(one, right), _repeats(other, left)
    if again and other_again:  # not a year told once more, but one year in another's place
        return one, other
    return [q for q in one if q not in again], [q for q in other if q not in other_again]


def _likeness(one: Quantity, other: Quantity) -> int:
    """How surely two are one, told otherwise: 2 for equal values, 1 for equal digits, else 0."""
    if QuantityKind.CODE in (one.kind, other.kind):
        return 0
    if one.value == other.value:
        return 2
    return int(_significant(one.value) == _significant(other.value))


def _says_something(one: Quantity, other: Quantity) -> bool:
    """Two numbers in words may each be a manner of speaking; large ones (百万, "a billion") are amounts."""
    return not (one.optional and other.optional) or min(one.value, other.value) >= 10**4


def _significant(value: Decimal) -> tuple[int, ...]:
    return value.normalize().as_tuple().digits


def _match_up(zh: list[Quantity], en: list[Quantity]) -> Iterator[Difference]:
    """Each required quantity left over, with the other side's most alike one if there is any."""
    for wanted in (2, 1):
        for quantity in tuple(zh):
            twin = next(
                (q for q in en if _likeness(quantity, q) == wanted and _says_something(quantity, q)),
                None,
            )
            if twin:
                zh.remove(quantity)
                en.remove(twin)
                yield Difference(quantity, twin)
    yield from (Difference(quantity, None) for quantity in zh if not quantity.optional)
    yield from (Difference(None, quantity) for quantity in en if not quantity.optional)


def compare(zh: str, en: str) -> tuple[Difference, ...]:
    """Where a Chinese text and its translation differ in value, per cent sign or qualifier."""
    return tuple(_match_up(*_unpaired(parse(zh, "zh"), parse(en, "en"))))


def same_quantities(a: str, b: str, lang: Lang = "zh") -> bool:
    """Whether two wordings say the same numbers with equal qualifiers (超 3 万 and 3 万多 agree).

    True for two texts without numbers, which the caller must not take for proof.
    """
    one, other = _unpaired(parse(a, lang), parse(b, lang))
    return all(quantity.optional for quantity in (*one, *other))


def mentions(text: str, quantity: Quantity, lang: Lang) -> bool:
    """Whether a text holds a key figure's value, alone or as a range's end, however qualified."""
    return any(_holds(candidate, quantity) for candidate in parse(text, lang))


_AMOUNTS = frozenset({QuantityKind.NUMBER, QuantityKind.YEAR})


def _holds(candidate: Quantity, wanted: Quantity) -> bool:
    if QuantityKind.CODE in (candidate.kind, wanted.kind):
        return candidate.kind is wanted.kind and candidate.literal == wanted.literal
    kinds = {candidate.kind, wanted.kind}
    if (candidate.percent, candidate.points) != (wanted.percent, wanted.points):
        return False
    if len(kinds) > 1 and not kinds <= _AMOUNTS:
        return False
    if wanted.upper is None and candidate.kind in _AMOUNTS and not candidate.optional:
        return wanted.value in (candidate.value, candidate.upper)
    return (candidate.value, candidate.upper) == (wanted.value, wanted.upper)
