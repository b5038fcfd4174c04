"""Case files: title, input and expected result together, readable without tools."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from places import CASES
from report_site.language.shipped import YAML_LOADER

Case = dict[str, Any]
HALF_A_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def load_yaml(path: Path) -> Any:
    """Read by libyaml where PyYAML has it: each process of a run collects all tests, and each reads all cases."""
    text = path.read_text("utf-8")
    # Half a character, which a text on the disk may hold, is read by Python's reader alone.
    return yaml.load(text, yaml.SafeLoader if HALF_A_CHARACTER.search(text) else YAML_LOADER)


@cache
def load_cases(name: str) -> dict[str, list[Case]]:
    data: dict[str, list[Case]] = load_yaml(CASES / f"{name}.yml")
    return data


def cases(name: str, section: str) -> pytest.MarkDecorator:
    """The cases of one section of tests/cases/`name`.yml as parameter `case`, each named by its title.

    A case with `open` names a known bug: it must fail until the bug is mended, then the key goes.
    """
    return pytest.mark.parametrize("case", [_parameter(case) for case in load_cases(name)[section]])


def _parameter(case: Case) -> ParameterSet:
    marks = [pytest.mark.xfail(reason=case["open"])] if "open" in case else []
    return pytest.param(case, id=case["title"], marks=marks)
