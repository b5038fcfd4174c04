"""Work grows as the input does: counted in steps, since a clock says little on a shared machine."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

import pytest
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from report_site.publish.cache import Cache
from report_site.publish.docs import render_docs, render_site
from report_site.publish.roundtrip import MARKDOWN_EXTENSIONS, Shown, to_html
from report_site.publish.writing import write_each
from report_site.site.blocks import OWN_BLOCKS
from report_site.site.blocks.parsing import parts
from report_site.site.kept import KeptPages
from report_site.source.structure import proving
from report_site.source.structure.ledger import keep_ledger
from stages import ReportOf

TraceFunction = Callable[[FrameType, str, Any], Any]
NAMES = frozenset(block.NAME for block in OWN_BLOCKS)
CASE = "/// case | Case\n    heading: c{n}\n\n#### Head {n} {{: #c{n} }}\n\nText {n}.\n\n- one\n- two\n\n///"
TABLE_ROW = "| Row {n} | {n} |"
PARAGRAPH = "Paragraph {n} with **some** words.\n{{: #p{n} }}"


def steps(work: Callable[[], object]) -> int:
    """Lines of Python that the work runs through, each round of a loop counted."""
    count = 0

    def counting(_frame: FrameType, _event: str, _argument: object) -> TraceFunction:
        nonlocal count
        count += 1
        return counting

    before = sys.gettrace()
    sys.settrace(counting)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def cases(count: int) -> str:
    return "\n\n".join(CASE.format(n=n) for n in range(count))


def one_long_case(count: int) -> str:
    return f"/// case | Case\n    heading: c\n\n#### Head {{: #c }}\n\n{paragraphs(count)}\n\n///"


def paragraphs(count: int) -> str:
    return "\n\n".join(PARAGRAPH.format(n=n) for n in range(count))


def table(count: int) -> str:
    rows = "\n".join(TABLE_ROW.format(n=n) for n in range(count))
    return f"/// table | Caption\n    attrs: {{id: t}}\n\n| A | B |\n| --- | --- |\n{rows}\n\n///"


def items(count: int) -> str:
    return "\n".join(f"- item {n}\n  {{: #i-{n} }}" for n in range(count))


def table_source(count: int) -> str:
    rows = "\n".join(f"| Site{word(n)} | {n * 7 + 1} | {n * 11 + 2} |" for n in range(count))
    return f"# Report\n\nWater at each site.\n\n| Site | 2021 | 2022 |\n|---|---|---|\n{rows}\n"


def list_source(count: int) -> str:
    return "# Report\n\n" + "\n".join(f"- Task {word(n)} is done, with {n * 3} people" for n in range(count)) + "\n"


def prose_source(count: int) -> str:
    return "# Report\n\n" + "\n\n".join(
        f"We mended {n} wells at {word(n)}, and {n * 3} people drank." for n in range(count)
    )


def chapters_source(count: int) -> str:
    return "\n\n".join(f"# Theme {word(n)}\n\nThis part tells of {n} people at {word(n)}." for n in range(count))


def word(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "ton"


def line_of_foreign_runs(count: int) -> str:
    return "中文 some English words here，" * count


@pytest.mark.parametrize("page", [cases, one_long_case, paragraphs, table, items, line_of_foreign_runs])
def test_a_page_is_rendered_in_steps_that_grow_as_it_does(page: Callable[[int], str]) -> None:
    to_html(page(2), "zh")  # what is made once doesn't count
    few, many = (steps(lambda n=n: to_html(page(n), "zh")) for n in (40, 320))  # type: ignore[misc]
    assert many < 8.4 * few


def test_parts_of_a_page_are_all_of_it() -> None:
    page = f"# Head\n\n{cases(3)}\n\n- a\n\n- b\n\nText.\n\n    code\n\n\n## End\n\n{table(3)}"
    found = parts(page.split("\n"), NAMES)
    assert "\n\n".join(found) == page
    assert len(found) > 4
    assert all(part.count("///") % 2 == 0 for part in found)


@pytest.mark.parametrize(
    "page",
    [
        "# A\n\n/// unknown\n\nText.\n\n///\n\n# B",
        "# A\n\n/// quote\n\nText.\n\n# B\n\nText.",
        "# A\n\n- item\n\n    /// quote\n\n    Text.\n\nNext.",
        "# A\n\n//// quote\n\nText.\n\n///\n\nText.\n\n////\n\nNext.",
    ],
)
def test_a_page_whose_fences_arent_sure_stays_whole(page: str) -> None:
    assert parts(page.split("\n"), NAMES) == [page]


@pytest.mark.parametrize("page", [cases(4), one_long_case(4), paragraphs(4), table(4), items(4)])
def test_parts_change_nothing_in_what_a_page_becomes(page: str) -> None:
    whole = Markdown(extensions=list(MARKDOWN_EXTENSIONS))
    whole.parser.parseDocument = type(whole.parser).parseDocument.__get__(whole.parser)  # type: ignore[method-assign]
    assert to_html(f"# Head\n\n{page}\n\nEnd.", "zh") == whole.convert(f"# Head\n\n{page}\n\nEnd.")


class Looked(str):
    """Counts the characters that are looked through."""

    __slots__ = ("through",)

    def find(self, *args: Any) -> int:
        found = super().find(*args)
        begin = args[1] if len(args) > 1 else 0
        self.through = getattr(self, "through", 0) + (found if found >= 0 else len(self)) - begin
        return found


def test_the_cells_of_a_table_are_looked_for_in_one_pass() -> None:
    cells = [f"cell{n};" for n in range(2000)]
    shown = Shown(Looked("".join(cells)))
    assert all(map(shown.holds, cells))
    assert shown.text.through < 2 * len(shown.text)  # type: ignore[attr-defined]
    assert shown.holds("cell7;")  # out of its order
    assert not shown.holds("cell2000;")


@pytest.mark.parametrize("source", [table_source, list_source, prose_source, chapters_source])
def test_a_source_is_converted_in_steps_that_grow_as_it_does(report_of: ReportOf, source: Callable[[int], str]) -> None:
    """Each line another: what is kept of a text that comes again would hide the work."""

    def work(count: int) -> Callable[[], object]:
        return lambda: render_docs(report_of(source(count)))

    work(3)()  # what is made once doesn't count
    few, many = steps(work(40)), steps(work(240))
    assert many < 6.3 * few


def test_each_page_names_all_files_by_one_digest(tmp_path: Path) -> None:
    """Pages times files would be hashed else."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "s", "docs_dir": str(tmp_path), "site_dir": str(tmp_path / "site")})
    config.validate()
    pages = KeptPages(Cache(), lambda: 0)

    def size(count: int) -> int:
        files = Files([File(f"p{n}.md", str(tmp_path), str(tmp_path / "site"), True) for n in range(count)])
        page = Page("Title", files.get_file_from_path("p0.md"), config)  # type: ignore[arg-type]
        return sum(map(len, pages._inputs(page, config, files)))

    assert size(500) == size(5)


# --- memory: what is done is let go ----------------------------------------------------------------------------------


def alive(kind: type) -> int:
    return sum(isinstance(one, kind) for one in gc.get_objects())


@pytest.fixture
def uncollected() -> Iterator[None]:
    """What is in rings stays, as it does in a run that makes many values."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("extensions", [[], ["toc", "fenced_code"]])
@pytest.mark.usefixtures("uncollected")
def test_a_parser_lets_go_of_a_pages_tree(extensions: list[str]) -> None:
    """MkDocs makes one a page: each held its tree until Python looked for rings, which takes long to come."""
    before = alive(etree.Element)
    parser: Any = Markdown(extensions=[*extensions, *MARKDOWN_EXTENSIONS])
    html = parser.convert(f"{cases(20)}\n\n{table(20)}\n\nMore of **it**, [here](#p1).")
    assert html.count("<td") == 20
    assert alive(etree.Element) - before < 5
    assert parser.lines == []


def test_files_are_written_as_they_are_made(tmp_path: Path) -> None:
    def made() -> Iterator[tuple[str, bytes]]:
        for n in range(3):
            assert len(list(tmp_path.iterdir())) == n
            yield f"{n}.csv", b"x"

    write_each(made(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_files_of_data_are_made_one_by_one(report_of: ReportOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before they are asked for, nor more than that."""
    asked: list[str] = []

    def workbook(_sheets: object) -> bytes:
        asked.append("workbook")
        return b""

    def cards_of(*_given: object) -> dict[str, object]:
        asked.append("cards")
        return {}

    monkeypatch.setattr("report_site.publish.data.workbook", workbook)
    monkeypatch.setattr("report_site.publish.data.cards_of", cards_of)
    source = render_site(report_of(prose_source(3)))
    files, cards = source.data_files(), source.cards()
    assert (next(files)[0], asked) == ("report.json", [])
    assert {name for name, _ in files} > {"data/figures.csv", "data/figures.xlsx", "data/datapackage.json"}
    assert asked == ["workbook"]
    assert [path for path, _ in cards] == ["zh/data.md"]
    assert asked == ["workbook", "cards"]


def test_no_two_sets_of_pages_are_made_at_once(report_of: ReportOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where text would be lost, all pages are made once more."""
    there: list[int] = []
    make, before = proving._made, 0

    def counted(*given: Any) -> proving.Proved:
        there.append(alive(proving.Proved) - before)
        return make(*given)

    before = alive(proving.Proved)
    monkeypatch.setattr(proving, "_made", counted)
    monkeypatch.setattr(proving, "as_printed", lambda elements, lost, texts: elements)
    losing = iter([{2: ("7",)}, {}])
    monkeypatch.setattr(proving, "keep_ledger", lambda *given: replace(keep_ledger(*given), lost=next(losing)))
    report_of(prose_source(3))
    assert there == [0, 0]
