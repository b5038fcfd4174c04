"""What templates are told of a page."""

from __future__ import annotations

from types import SimpleNamespace

import markdown
from markdown.extensions.toc import TocExtension
from mkdocs.structure.toc import get_toc

from report_site.site.shell import Heading, headings_of

TOPIC = "## {0}\n\n### Sections {{: #sections-{0} }}\n\n### Figures {{: #figures-{0} }}\n\n"


def test_a_title_below_one_heading_after_the_other_is_not_listed() -> None:
    parser = markdown.Markdown(extensions=[TocExtension(), "attr_list"])
    html = parser.convert("# Topics\n\n" + "".join(TOPIC.format(name) for name in ("Air", "Land", "Sea")))
    page = SimpleNamespace(toc=get_toc(parser.toc_tokens), content=html)  # type: ignore[attr-defined]
    assert [(item.title, [inner.title for inner in item.below]) for item in headings_of(page)] == [  # type: ignore[arg-type]
        ("Air", []),
        ("Land", []),
        ("Sea", []),
    ]


def test_two_that_are_alike_are_listed() -> None:
    parser = markdown.Markdown(extensions=[TocExtension(), "attr_list"])
    html = parser.convert("# Topics\n\n## Air\n\n### Aims\n\n## Sea\n\n### Aims\n")
    page = SimpleNamespace(toc=get_toc(parser.toc_tokens), content=html)  # type: ignore[attr-defined]
    assert headings_of(page) == (  # type: ignore[arg-type]
        Heading("Air", "#air", (Heading("Aims", "#aims"),)),
        Heading("Sea", "#sea", (Heading("Aims", "#aims_1"),)),
    )
