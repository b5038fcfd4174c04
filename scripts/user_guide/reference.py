"""Pages about the files that an editor writes, from the models that check them: each key, its type, its default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from report_site.audits.ignores import Ignores
from report_site.folder.glossary import Glossary
from report_site.folder.profile import Bilingual, Figures, Place, Profile
from report_site.folder.style import Style
from report_site.language.tags import VARIETIES

from .wording import Voice


@dataclass(frozen=True, slots=True)
class EditedFile:
    name: str
    page: str
    model: type[BaseModel]


FILES = (
    EditedFile("report.yml", "report-yml.md", Profile),
    EditedFile("figures.yml", "figures-yml.md", Figures),
    EditedFile("glossary.yml", "glossary-yml.md", Glossary),
    EditedFile("style.en.yml", "style-en-yml.md", Style),
    EditedFile("ignores.yml", "ignores-yml.md", Ignores),
)
_PLAIN: Mapping[object, str] = {str: "text", int: "whole-number", bool: "yes-or-no", Place: "place"}
_FILLED_IN = {(Profile, "variety")}
"""Not written by people: the model derives it."""


def reference_page(file: EditedFile, voice: Voice) -> str:
    """The page's Markdown: the file's own keys first, then those of its entries."""
    parts = [f"# {file.name}", "", voice.say("files", file.name), ""]
    for model in models_below(file.model):
        name = model.__name__
        parts += [f"## {voice.say('models', name, 'title')} {{: #{name.lower()} }}", ""]
        parts += [voice.say("models", name, "text"), "", *_table(model, voice), ""]
    return "\n".join(parts)


def models_below(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The model and those that its keys hold, each once, in the order of reading; a text in two languages is a type."""
    found: dict[type[BaseModel], None] = {}

    def visit(one: type[BaseModel]) -> None:
        if one in found or issubclass(one, Bilingual):
            return
        found[one] = None
        for field in one.model_fields.values():
            for inner in _models(field.annotation):
                visit(inner)

    visit(model)
    return list(found)


def keys_of(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """As they are written in the file."""
    return [
        (field.alias or name, field) for name, field in model.model_fields.items() if (model, name) not in _FILLED_IN
    ]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _table(model: type[BaseModel], voice: Voice) -> Iterator[str]:
    yield "| " + " | ".join(voice.say("heads", head) for head in ("key", "type", "default", "meaning")) + " |"
    yield "| --- | --- | --- | --- |"
    for key, field in keys_of(model):
        kind = (
            _codes(VARIETIES, voice) if (model, key) == (Profile, "language") else type_words(field.annotation, voice)
        )
        yield f"| `{key}` | {kind} | {_default(field, voice)} | {voice.say('models', model.__name__, 'keys', key)} |"


def _default(field: FieldInfo, voice: Voice) -> str:
    if field.is_required():
        return voice.say("heads", "required")
    value = field.default
    if field.default_factory or value in (None, "", ()) or isinstance(value, BaseModel):
        return voice.say("heads", "nothing")
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def type_words(annotation: object, voice: Voice) -> str:
    """The type as an editor would say it."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_words(inner[0], voice)
    if origin is Literal:
        return _codes([value for value in inner if value], voice)
    if origin in (Union, UnionType):
        kinds = dict.fromkeys(type_words(one, voice) for one in inner if not _is_none(one))
        return voice.say("types", "or").join(kinds)
    if origin is tuple:
        return voice.say("types", "list").replace("{of}", type_words(inner[0], voice))
    if origin is Mapping:
        return voice.say("types", "mapping").replace("{of}", type_words(inner[1], voice))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _codes([one.value for one in annotation], voice)
    if isinstance(annotation, type) and issubclass(annotation, Bilingual):
        return voice.say("types", "bilingual")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{voice.say('models', annotation.__name__, 'title')}](#{annotation.__name__.lower()})"
    return voice.say("types", _PLAIN[annotation])


def _is_none(annotation: object) -> bool:
    """A kind that says nothing."""
    return annotation in (None, NoneType, Literal[""]) or (
        get_origin(annotation) is Annotated and _is_none(get_args(annotation)[0])
    )


def _codes(values: Iterable[str], voice: Voice) -> str:
    return voice.say("types", "one-of").replace("{values}", ", ".join(f"`{value}`" for value in values))
