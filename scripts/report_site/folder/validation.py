"""A YAML file to a model: every mistake named with file, line, path, what was expected and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..model.errors import InputError, Problem
from .files import read_text
from .strict_yaml import Document, read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_Model = TypeVar("_Model", bound="Checked")
Fault = tuple[tuple[int | str, ...], str, str]
"""Path in the file, what is wrong, what to do."""


class Checked(BaseModel):
    """A file's whole content; `faults` are mistakes between its parts, which no part knows of."""

    def faults(self) -> Iterator[Fault]:
        yield from ()


def load_model(path: Path, root: Path, model: type[_Model]) -> _Model:
    """The file's content; `InputError` names all its mistakes."""
    read: _Model = _read(read_text(path, root), path, model)
    return read


@lru_cache(maxsize=8)
def _read(text: str, path: Path, model: type[_Model]) -> _Model:
    """Kept, since `serve` reads the folder again with each change, of one file as a rule."""
    document = read_yaml(text, path)
    try:
        read = model.model_validate(document.data)
    except ValidationError as error:
        raise InputError(*told(path, document, model, error)) from error
    if faults := [
        Problem(_place(path, document, location), message, remedy) for location, message, remedy in read.faults()
    ]:
        raise InputError(*faults)
    return read


def line_of(path: Path, root: Path, location: tuple[int | str, ...]) -> int:
    """Where in a file that was read before a key stands, for those who find a mistake later."""
    return read_yaml(read_text(path, root), path).line(location)


def told(path: Path, document: Document, model: type[BaseModel], error: ValidationError) -> list[Problem]:
    """pydantic's findings as problems of the file, each once."""
    problems: dict[Problem, None] = {}
    for one in error.errors():
        message, remedy = _said(one, model)
        problems[Problem(_place(path, document, _in_file(document.data, one["loc"])), message, remedy)] = None
    return list(problems)


def _in_file(data: object, location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The location without the names that pydantic gives to the kinds of a value; a missing key stays as its end."""
    found: list[int | str] = []
    for index, part in enumerate(location, 1):
        if isinstance(data, dict) and (part in data or index == len(location)):
            found.append(part)
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            found.append(part)
            data = data[part]
    return tuple(found)


def _place(path: Path, document: Document, location: tuple[int | str, ...]) -> str:
    """`report.yml:12: outline[3].at`."""
    parts = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    return f"{path}:{document.line(location)}" + (f": {parts}" if parts else "")


def _said(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    found, kind = error.get("input"), error["type"]
    message = error["msg"].removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return "no such key", _nearest(str(error["loc"][-1]), model)
    if kind == "missing":
        return "is missing", "give it"
    if found is None:
        return "is empty", "write a value, in quotation marks if it is the word null"
    if kind in _EXPECTED:
        message, remedy = _EXPECTED[kind]
        return f"{message.format(**error.get('ctx', {}))}, found {_shown(found)}", remedy
    remedy = "write one of these" if kind == "literal_error" else "mend it"
    message = message.replace("Input should be", "expected")
    if kind == "value_error" and "; " in message:
        message, _, remedy = message.rpartition("; ")
    if isinstance(found, dict | list) or repr(found) in message:
        return message, remedy
    return f"{message}, found {_shown(found)}", remedy


def _shown(found: object) -> str:
    if isinstance(found, dict | list):
        return "a mapping" if isinstance(found, dict) else "a list"
    shown = str(found)
    return f"{shown[:60] + '…' * (len(shown) > 60)!r}"


_EXPECTED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "model_type": ("expected a mapping of keys", "write `key: value`; a text in both languages as {zh: …, en: …}"),
        "mapping_type": ("expected a mapping of keys", "write `key: value`"),
        "dict_type": ("expected a mapping of keys", "write `key: value`"),
        "tuple_type": ("expected a list", "begin each of its items with `- `"),
        "string_type": ("expected a text", "write one text, in quotation marks where it holds `: `, `,` or `#`"),
        "int_type": ("expected a whole number", "write it in digits"),
        "int_parsing": ("expected a whole number", "write it in digits"),
        "int_parsing_size": ("expected a whole number", "write it in digits"),
        "bool_type": ("expected yes or no", "write true or false"),
        "string_too_long": ("more than {max_length} characters", "shorten it"),
        "too_long": ("more than {max_length} values", "take some out"),
        "greater_than_equal": ("expected {ge} or more", "mend the number"),
        "less_than_equal": ("expected {le} or less", "mend the number"),
        "bool_parsing": ("expected yes or no", "write true or false"),
    }
)
"""pydantic's kinds of findings in words that an editor knows."""


def _nearest(key: str, model: type[BaseModel]) -> str:
    """For an unknown key: the nearest that exists anywhere in the file."""
    import difflib

    near = difflib.get_close_matches(key, sorted(_keys(model, set())), 1)
    return f"did you mean {near[0]!r}?" if near else "remove it"


def _keys(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """All keys of the model and of those below it."""
    seen.add(model)
    found: set[str] = set()
    for name, info in model.model_fields.items():
        found.add(info.alias or name)
        for inner in _models(info.annotation):
            if inner not in seen:
                found |= _keys(inner, seen)
    return found


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
