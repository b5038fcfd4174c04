"""A text that rendering would lose stops both commands, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from report_site.language.tags import EITHER, VARIETIES, Variety
from report_site.model import Language
from report_site.model.errors import InputError
from report_site.publish.docs import SiteSource, render_docs, render_site
from report_site.publish.roundtrip import prove
from report_site.site.build import build_site
from stages import ReportOf

BOTH: dict[Language, Variety] = {language: VARIETIES[language] for language in EITHER}
SOURCE = "# Water\n\nTwelve wells were dug.\n\n## Pipes\n\nForty pipes were mended.\n"


@pytest.fixture
def rendered(report_of: ReportOf) -> SiteSource:
    return render_site(replace(report_of(SOURCE), varieties=BOTH))


def with_change(rendered: SiteSource, before: str, after: str) -> SiteSource:
    docs = {name: data.replace(before.encode(), after.encode()) for name, data in rendered.docs.items()}
    return replace(rendered, docs=docs)


def test_every_page_of_the_report_is_proven(report_of: ReportOf, rendered: SiteSource) -> None:
    assert rendered.docs == render_docs(replace(report_of(SOURCE), varieties=BOTH))
    assert set(rendered.proofs) == {f"{language}/water.md" for language in ("zh", "en")}


@pytest.mark.parametrize("after", ["Forty pipes were .", "<!-- Forty pipes were mended. -->"])
def test_a_lost_text_is_named(rendered: SiteSource, after: str) -> None:
    broken = with_change(rendered, "Forty pipes were mended.", after)
    with pytest.raises(InputError, match=r"water\.md#pipes-p1: the text 'Forty pipes were mended\.' is lost"):
        prove(broken.docs, broken.proofs)


def test_a_lost_list_mark_is_named(report_of: ReportOf) -> None:
    rendered = render_site(report_of("# Water\n\nSee (2).\n\n(1) Dig wells.\n(2) Mend pipes.\n\n3. Count.\n4. Tell.\n"))
    prove(rendered.docs, rendered.proofs)
    for before, after, mark in (("(2) Mend", "Mend", r"\(2\)"), ("3. Count", "- Count", r"3\.")):
        broken = with_change(rendered, before, after)
        with pytest.raises(InputError, match=rf"the list's mark '{mark}' is lost"):
            prove(broken.docs, broken.proofs)


def test_a_build_proves_by_the_pages_it_makes(rendered: SiteSource, tmp_path: Path) -> None:
    broken = with_change(rendered, "Forty pipes were mended.", "Forty pipes were .")
    with pytest.raises(InputError, match=r"'Forty pipes were mended\.' is lost"):
        build_site(broken, tmp_path / "site")
    proofs = {**rendered.proofs, "en/other.md": rendered.proofs["en/water.md"]}
    with pytest.raises(InputError, match=r"en/other\.md: never became a page"):
        build_site(replace(rendered, proofs=proofs), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_fence_that_stays_as_text_is_named_and_strokes_in_texts_are_not(report_of: ReportOf) -> None:
    flag = {"at": "3 Twelve", "what": {"zh": "/// note", "en": "//// case"}}
    rendered = render_site(replace(report_of(SOURCE, {"flags": [flag]}), varieties=BOTH))
    prove(rendered.docs, rendered.proofs)
    broken = with_change(rendered, "Forty pipes were mended.", "Forty pipes were mended.\n\n/// nothing")
    with pytest.raises(InputError, match=r"water\.md: a block's fence stays as text"):
        prove(broken.docs, broken.proofs)
