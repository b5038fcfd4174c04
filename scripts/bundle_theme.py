"""A step of the wheel's build: settings and theme travel inside the package; the repository holds them once."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent


class BuildPy(build_py):
    """What `report_site.site.PROJECT_ROOT` finds: in a wheel `site/shipped/`, in a checkout the repository itself."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "report_site" / "site" / "shipped"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(ROOT / "overrides", target / "overrides")
        shutil.copy2(ROOT / "mkdocs.yml", target / "mkdocs.yml")
