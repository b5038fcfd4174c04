"""The chain up to each stage, as tests need it: the same steps in the same order as `report_site.convert`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from report_site.convert import build_report
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder
from report_site.folder.profile import Profile
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


def report_in(root: Path, source: str | Path, profile: Mapping[str, object] | None = None) -> Report:
    """A report from a text, or the path of one, in a folder that has nothing else but what `profile` sets of report.yml."""
    text = source.read_text("utf-8") if isinstance(source, Path) else source
    names = {"title": {"zh": "样例报告", "en": "Sample report"}, "publisher": {"zh": "样例", "en": "Sample"}}
    chosen = Profile.model_validate({**names, **(profile or {})})
    return build_report(ReportFolder(root, chosen), Translations(chosen.language), received(text), "source.md")


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
