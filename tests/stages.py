"""The chain up to each stage, as tests need it: the same steps in the same order as `report_site.convert`."""

from __future__ import annotations

import re
from collections.abc import Callable

from report_site.model import Block, SourceLine
from report_site.report import Report
from report_site.source.read.classify import ClassifiedLine, classify
from report_site.source.read.cleaning import clean
from report_site.source.read.decoding import received_lines
from report_site.source.read.dialects import recognise
from report_site.source.read.furniture import Furniture, find_furniture
from report_site.source.read.noise import Vocabulary, learn_vocabulary
from report_site.source.shape.assemble import assemble
from report_site.source.shape.elements import Element

ReportOf = Callable[..., Report]
"""The fixture `report_of`: a report from a text and settings of report.yml."""


def received(text: str) -> tuple[SourceLine, ...]:
    """Lines as the reading stage hands them on."""
    return received_lines(text, recognise(text).dialect)


def cleaned(text: str) -> tuple[SourceLine, ...]:
    return clean(received(text))


def furniture_of(text: str) -> Furniture:
    return find_furniture(cleaned(text))


def vocabulary_of(text: str) -> Vocabulary:
    lines = cleaned(text)
    return learn_vocabulary(lines, frozenset(find_furniture(lines).rules))


def classified(text: str) -> tuple[ClassifiedLine, ...]:
    lines = cleaned(text)
    furniture = find_furniture(lines)
    return classify(lines, furniture, learn_vocabulary(lines, frozenset(furniture.rules)))


def assembled(text: str) -> tuple[Element, ...]:
    return assemble(classified(text), furniture_of(text).contents)


def kind_of(block: Block) -> str:
    """`data-table` for a DataTable: the kind as report.json writes it."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(block).__name__).lower()
