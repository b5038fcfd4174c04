"""Case files: title, input and expected result together, readable without tools."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from places import CASES

Case = dict[str, Any]


def load_cases(name: str) -> dict[str, list[Case]]:
    data: dict[str, list[Case]] = yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    return data


def cases(name: str, section: str) -> pytest.MarkDecorator:
    """The cases of one section of tests/cases/`name`.yml as parameter `case`, each named by its title.

    A case with `open` names a known bug: it must fail until the bug is mended, then the key goes.
    """
    return pytest.mark.parametrize("case", [_parameter(case) for case in load_cases(name)[section]])


def _parameter(case: Case) -> ParameterSet:
    marks = [pytest.mark.xfail(reason=case["open"])] if "open" in case else []
    return pytest.param(case, id=case["title"], marks=marks)
