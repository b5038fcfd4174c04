"""YAML files that ship with the package: words, titles of standards."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Any

import yaml

YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C where PyYAML was built with it: ten times as fast."""


def read_shipped(file: Traversable) -> Any:  # noqa: ANN401 (whatever the file holds)
    return yaml.load(file.read_text("utf-8"), Loader=YAML_LOADER)
