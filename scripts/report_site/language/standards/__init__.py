"""Standards that reports are indexed by: what their codes look like, how index columns are headed, official titles.

Titles are facts of the standard's publisher; they stand in one file a standard, by code, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ...model import Language
from ..shipped import read_shipped

_NAMED = r"GRI\s*\d{1,3}(?:-\d{1,2})?(?![\d-])|[A-Z]{2}-[A-Z]{2}-\d{3}[a-z]?\.\d{1,2}|KPI\s*[A-Z]\d{1,2}(?:\.\d{1,2})?"
_LETTERED = r"[A-Z]{1,6}\s*\d{1,3}(?:[.-]\d{1,2})?(?![\w.-])"
DISCLOSURE_CODE = re.compile(rf"{_NAMED}|(?!SDG){_LETTERED}")
CODED_CELL = re.compile(rf"(?:{_NAMED})|(?:(?!SDG){_LETTERED}[\s、,，;；]*)+$")
"""A cell that begins with the code of a named standard, or holds nothing but codes (`A1.1`)."""
BARE_CODE = re.compile(r"(?<![\d-])\d{1,3}-\d{1,2}(?:-[a-z])?(?![\d-])")
"""`2-1`: a disclosure only where the column's head says so; elsewhere a range of pages."""
CODE_HEAD = re.compile(
    r"gri|sasb|hkex|kpi|cass|disclosures?\b|披露项|指标|标准|编号|代码|条款|\bcode|indicator|standard", re.IGNORECASE
)
OMISSION_HEAD = re.compile(r"省略|从略|未披露|备注|omission|remark|comment|reason|explanation", re.IGNORECASE)
TOPIC_HEAD = re.compile(
    r"(?:实质|重要|重大|實質)性?(?:议题|議題)(?:名称|名稱)?|material(?:ity)? (?:topics?|issues?)", re.IGNORECASE
)
"""The whole head: a topic of concern, or of a standard, is none that the report calls material."""
GOALS_HEAD = re.compile(r"sdg|可持续发展目标", re.IGNORECASE)
SECTION_HEAD = re.compile(
    r"^(?:对应|所在|报告|披露)*\s*(?:章节?|节|位置|出处)$|\bsections?\b|location|chapter|where\b", re.IGNORECASE
)
_STANDARDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "GRI": re.compile(r"^GRI|^\d"),
        "SASB": re.compile(r"^[A-Z]{2}-[A-Z]{2}-"),
    }
)
_BY_NAME: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "HKEX": re.compile(r"联交所|聯交所|港交所|HKEX|Hong Kong|ESG\s*(?:报告)?指引", re.IGNORECASE),
        "CASS": re.compile(r"社科院|CASS|CSR\s*[345]\.0", re.IGNORECASE),
        "TCFD": re.compile(r"TCFD|气候相关财务", re.IGNORECASE),
    }
)


def standard_of(code: str, around: str) -> str:
    """By the code itself, else by the name that heads, caption or title give; empty where none does."""
    for name, pattern in _STANDARDS.items():
        if pattern.match(code):
            return name
    return next((name for name, pattern in _BY_NAME.items() if pattern.search(around)), "")


def official_title(standard: str, code: str, language: Language) -> str:
    """The standard's own title of a disclosure; empty where we don't hold it."""
    return _titles(standard).get(re.sub(rf"^{standard}\s*", "", code), {}).get(language, "") if standard else ""


@cache
def _titles(standard: str) -> Mapping[str, Mapping[Language, str]]:
    file = files(__package__).joinpath(f"{standard.lower()}.yml")
    return MappingProxyType(read_shipped(file) if file.is_file() else {})
