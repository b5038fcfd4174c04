from __future__ import annotations

from collections import Counter

import pytest

from case_files import Case, cases
from report_site.model import DataTable, KeyFigures, KeyValueTable
from report_site.model.texts import blocks_of, texts_on
from report_site.report import Report
from report_site.source.structure.slugs import slugify
from stages import ReportOf


def ids_of(report: Report) -> list[str]:
    return [block.id for page in report.pages for block in blocks_of(page)]


@cases("pages", "wordings")
def test_ids_are_equal_in_every_wording(case: Case, report_of: ReportOf) -> None:
    found = [ids_of(report_of(source, case["profile"])) for source in case["sources"]]
    assert found == [case["ids"]] * len(found)


@cases("pages", "equal_titles")
def test_ids_are_unique_on_their_page(case: Case, report_of: ReportOf) -> None:
    report = report_of(case["source"])
    slugs = [page.slug for page in report.pages]
    assert len(slugs) == len(set(slugs))
    headings = sum(1 for page in report.pages for _ in page.section.walk())
    assert headings == case["headings"]
    for page in report.pages:
        counts = Counter(block.id for block in blocks_of(page))
        assert [identity for identity, count in counts.items() if count > 1] == []


def test_every_id_of_the_report_is_unique_on_its_page(report: Report) -> None:
    """Blocks, texts, rows and figures share one name space; a block of one text gives it its own id."""
    for page in report.pages:
        blocks = blocks_of(page)
        rows = [row.id for b in blocks if isinstance(b, DataTable | KeyValueTable) for row in b.rows]
        figures = [figure.id for b in blocks if isinstance(b, KeyFigures) for figure in b.figures]
        texts = {text.id for text in texts_on(page)} - {block.id for block in blocks}
        ids = [*(block.id for block in blocks), *rows, *figures, *texts]
        assert [identity for identity, count in Counter(ids).items() if count > 1] == []
        assert all(ids)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Save Water, Protect the Rivers", "save-water-protect-the-rivers"),
        ("Café № 5", "cafe-no-5"),
        ("Children's rights & co-operation", "childrens-rights-co-operation"),
        ("2. People", "people"),
        ("2030 targets", "2030-targets"),
        ("Chapter 3: Water", "water"),
        ("Table1 and R22", "table-1-and-r-22"),
        ("节约用水", "jie-yue-yong-shui"),
        ("第三章 绿色运营", "lv-se-yun-ying"),
        ("（二）ESG 管治", "esg-guan-zhi"),
        ("重慶銀行", "zhong-qing-yin-xing"),
        ("把节约用水、减少包装和回收利用写进每一份合同", "ba-jie-yue-yong-shui-jian-shao-bao"),
        ("a" * 300, "a" * 40),
        ("/ | —", ""),
        ("", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug
