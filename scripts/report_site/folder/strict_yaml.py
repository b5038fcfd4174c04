"""YAML as people write settings: each key once, every value the text as written, every value's line known.

Nothing is guessed from a value's looks: `2030-06-01`, `1e3`, `yes` and `41` are the text that stands there, and the
model says what they have to be. Only an empty value, `null` and `~` are nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, cast

import yaml

from ..language.shipped import YAML_LOADER
from ..model.errors import InputError, Problem
from .files import unseen_characters

_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")) | {"!"}
DEEPEST = 40
LARGEST = 200_000
"""Values of a document, each use of an alias counted with all that it stands for."""

Path_ = tuple[int | str, ...]


class Scalar(str):
    """A value as written, which knows its line."""

    __slots__ = ("line",)
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    data: dict[str, object]
    lines: Mapping[Path_, int]
    """Line of each key and item, by its path."""

    def line(self, path: Path_) -> int:
        """Of the value, or of the nearest around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, path: Path) -> Document:
    """The document; `InputError` names all that is wrong with its form, each with file and line."""
    try:
        builder = _Builder(path, yaml.parse(text, Loader=YAML_LOADER))
        data = builder.document()
    except yaml.YAMLError as error:
        raise InputError(_syntax(error, text, path)) from error
    if builder.problems:
        raise InputError(*builder.problems)
    if not isinstance(data, dict):
        raise InputError(Problem(f"{path}:1", "expected a mapping of settings", "see README.md for an example"))
    return Document(data, builder.lines)


def _syntax(error: yaml.YAMLError, text: str, path: Path) -> Problem:
    """The line where the mistake is, which the parser often notices only in the next one."""
    mark = getattr(error, "problem_mark", None)
    context, said = getattr(error, "context", None) or "", getattr(error, "problem", None) or str(error)
    if mark is None:
        return Problem(str(path), f"no valid YAML: {said}", "mend it")
    line, lines = mark.line, text.split("\n")
    if any(kind in context for kind in ("flow", "quoted", "simple key")):
        line = error.context_mark.line  # type: ignore[attr-defined]
        while line and not lines[min(line, len(lines) - 1)].strip():
            line -= 1
    elif line and said.startswith("mapping values") and ":" not in lines[line - 1]:
        line -= 1
    return Problem(
        f"{path}:{line + 1}",
        f"no valid YAML: {f'{context}: ' if context else ''}{said}",
        "mend this line; a value that holds `: `, `#` or begins with a mark stands in quotation marks",
    )


@dataclass(slots=True)
class _Value:
    data: object
    size: int
    line: int


@dataclass(slots=True)
class _Builder:
    """Builds the data of a stream of events, and notes what is wrong on the way."""

    path: Path
    events: Iterator[yaml.Event]
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _count: int = 0
    _anchors: dict[str, _Value | None] = field(default_factory=dict)
    """None while what the anchor names isn't ended."""

    def document(self) -> object:
        data: object = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and data is not None:
                self._refuse(_line(event), "a second document begins", "keep one, take out the line `---`")
            if isinstance(event, yaml.NodeEvent):
                data = self._value(event, ()).data
        return data

    def _value(self, event: yaml.Event, path: Path_) -> _Value:
        line = _line(event)
        self._count += 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if tag is not None and tag not in _TAGS:
            self._refuse(line, f"the tag {tag} isn't read", "take it out")
        if self._count > LARGEST:
            self._refuse(line, f"more than {LARGEST} values", "is this the right file?")
        if len(path) > DEEPEST:
            self._refuse(line, f"nested deeper than {DEEPEST} levels", "is this the right file?")
        if anchor:
            self._anchors[anchor] = None
        if isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(path, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path, line)
        else:
            value = self._scalar(cast(yaml.ScalarEvent, event))
        if value.size > LARGEST:
            self._refuse(line, f"more than {LARGEST} values", "write less by aliases; is this the right file?")
        if anchor:
            self._anchors[anchor] = value
        return value

    def _alias(self, event: yaml.AliasEvent) -> _Value:
        found = self._anchors.get(event.anchor or "")
        if found is None:
            self._refuse(_line(event), f"the alias *{event.anchor} names nothing that ends before it", "write it out")
        return _Value(found.data, found.size, _line(event))

    def _scalar(self, event: yaml.ScalarEvent) -> _Value:
        line = _line(event)
        if not event.style and event.value in _NOTHING:
            return _Value(None, 1, line)
        for name in unseen_characters(event.value):
            self._note(line, f"holds the invisible character {name}", "remove it")
        text = Scalar(event.value)
        text.line = line
        return _Value(text, 1, line)

    def _sequence(self, path: Path_, line: int) -> _Value:
        items: list[object] = []
        size = 1
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            here = (*path, len(items))
            self.lines[here] = _line(event)
            value = self._value(event, here)
            items.append(value.data)
            size += value.size
        return _Value(items, size, line)

    def _mapping(self, path: Path_, line: int) -> _Value:
        data: dict[str, object] = {}
        merged: list[_Value] = []
        size = 1
        first: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, here = self._key(event), _line(event)
            value = self._value(next(self.events), (*path, key))
            size += value.size
            if key == "<<":
                merged.append(value)
            elif key in data:
                remedy = "put both together under one, or take one out"
                self._note(here, f"the key {key!r} stands in line {first[key]} already", remedy)
            else:
                data[key], first[key] = value.data, here
                self.lines[*path, key] = here
        for value in merged:
            self._merge(value, data)
        return _Value(data, size, line)

    def _merge(self, value: _Value, data: dict[str, object]) -> None:
        """`<<: *defaults`: the keys of another mapping, where this one hasn't its own."""
        parts: list[object] = value.data if isinstance(value.data, list) else [value.data]
        for part in parts:
            if not isinstance(part, dict):
                self._refuse(value.line, "`<<` takes the keys of a mapping, and this is none", "write the keys out")
            for key, inner in part.items():
                data.setdefault(key, inner)

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(_line(event), "a key is a word, not a list or a mapping", "quote it")
        for name in unseen_characters(event.value):
            self._note(_line(event), f"holds the invisible character {name}", "remove it")
        return event.value

    def _note(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.path}:{line}", message, remedy))

    def _refuse(self, line: int, message: str, remedy: str) -> NoReturn:
        self._note(line, message, remedy)
        raise InputError(*self.problems)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
