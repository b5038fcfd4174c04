from __future__ import annotations

from collections import defaultdict

from case_files import Case, cases
from report_site.source.read.furniture import find_contents
from stages import cleaned, furniture_of


@cases("furniture", "furniture")
def test_finds_furniture_and_nothing_else(case: Case) -> None:
    furniture = furniture_of(case["source"])
    found: defaultdict[str, list[int]] = defaultdict(list)
    for line, rule in sorted(furniture.rules.items()):
        found[rule].append(line)
    assert dict(found) == case["furniture"]
    if "printed" in case:
        assert {line: furniture.printed_pages.get(line) for line in case["printed"]} == case["printed"]
    if "contents" in case:
        assert {entry.title: entry.page for entry in furniture.contents.entries} == case["contents"]


@cases("furniture", "contents")
def test_reads_the_contents_list(case: Case) -> None:
    contents = find_contents([line for line in cleaned(case["source"]) if not line.blank])
    assert [[e.title, e.page, e.nested] for e in contents.entries] == case["entries"]
    assert sorted(contents.lines) == case["lines"]


@cases("furniture", "calibration")
def test_calibrates_printed_pages(case: Case) -> None:
    printed = furniture_of(case["source"]).printed_pages
    assert {line: printed.get(line) for line in case["pages"]} == case["pages"]


def test_harvests_the_other_language_s_titles_from_running_heads() -> None:
    source = "目录\n节约用水，守护河流 1\n关爱员工，共同成长 3\n\n"
    source += "\n".join(f"# Save Water and Protect the Rivers\n# 节约用水，守护河流\n第 {n} 段。" for n in range(4))
    furniture = furniture_of(source)
    assert furniture.titles["节约用水守护河流"] == "Save Water and Protect the Rivers"
    assert "节约用水，守护河流" in furniture.chapters
