"""Words and shapes that both pages about accessibility share, as Markdown."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

import yaml

from report_site.language.joining import filled
from report_site.model import Language
from statement.model import HERE, Evaluation, Said


@cache
def _words() -> dict[str, Said]:
    texts = yaml.safe_load((HERE / "words.yml").read_text("utf-8"))
    return {key: Said.model_validate(text) for key, text in texts.items()}


def say(key: str, language: Language, **values: object) -> str:
    return filled(_words()[key][language], **{name: str(value) for name, value in values.items()})


def joined(parts: Iterable[str], language: Language, by: str = "listed") -> str:
    return say(by, language).join(parts)


def day(written: str, language: Language) -> str:
    """`2031-02-01` as a reader says it."""
    told = date.fromisoformat(written)
    return say("day", language, day=told.day, month=told.month, name=calendar.month_name[told.month], year=told.year)


def days(found: Evaluation, language: Language) -> str:
    """The day of the results, or the first and the last; empty where there are none."""
    told = sorted({one.date for one in found.findings})
    if len(told) < 2:
        return say("on-day", language, day=day(told[0], language)) if told else ""
    return say("day-range", language, first=day(told[0], language), last=day(told[-1], language))


def meta(slug: str, title: str, description: str) -> dict[str, object]:
    return {"title": title, "description": description, "kind": "site", "slug": slug, "template_kind": "page"}


def bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def table(identity: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))
    return f"/// table | {caption}\n    attrs: {{id: {identity}}}\n\n{lines}\n\n///"
