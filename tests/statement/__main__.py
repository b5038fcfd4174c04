"""`make statement`: takes over what tests found, and writes the pages. `python -m statement [EARL…]`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from places import ROOT
from report_site.folder.handing_on import settings_of
from report_site.folder.layout import PROFILE_NAME
from report_site.model import Language
from statement.conformance import report_page
from statement.model import criteria_of_tests, evaluate, load_map
from statement.pages import Site, statement_page
from statement.results import RESULTS, Finding, dump, load, merged

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def site_of(root: Path) -> Site:
    """From report.yml: its title, and who runs the site, where `site:` says so."""
    settings = settings_of(root, PROFILE_NAME)
    told = settings.get("site")
    site = told if isinstance(told, dict) else {}
    answer = both(site.get("answer"))
    contact, publisher = (str(told.get("contact") or "") for told in (site, settings))
    return Site(both(settings["title"]), both(site.get("name")), contact, answer or None, publisher)


def both(value: object) -> Mapping[Language, str]:
    """A text in each language; one that stands for both; none."""
    if isinstance(value, dict):
        return {language: str(value.get(language) or next(iter(value.values()))) for language in LANGUAGES}
    return dict.fromkeys(LANGUAGES, str(value)) if value else {}


def written(findings: Sequence[Finding], root: Path) -> dict[Path, str]:
    """The pages that follow from the findings, by file; only for languages in which the folder has pages."""
    found, site = evaluate(*load_map(), findings), site_of(root)
    files: dict[Path, str] = {}
    for language in (one for one in LANGUAGES if (root / "pages" / one).is_dir()):
        files[root / "pages" / language / "accessibility.md"] = statement_page(found, site, language)
        files[root / "pages" / language / "conformance.md"] = report_page(found, language)
    return files


def main(runs: Sequence[Path]) -> None:
    if missing := [str(run) for run in runs if not run.is_file()]:
        sys.exit(f"error: {missing[0]}: no such file — run: make test audit")
    bears_on = criteria_of_tests(*load_map())
    found = [one for one in merged([load(RESULTS), *map(load, runs)]) if one.function in bears_on]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(dump(found, bears_on), "utf-8")
    for path, text in written(found, ROOT / "report").items():
        path.write_text(text, "utf-8")
    print(f"statement: {len(found)} results in {RESULTS.relative_to(ROOT)}, pages written below report/pages")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
