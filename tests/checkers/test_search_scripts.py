"""The scripts of the search page under Node, without a page: what a query reads and finds (tests/js, tests/cases)."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from case_files import load_cases
from checkers import NODE
from places import TESTS
from report_site.language.query_numbers import query_numbers
from report_site.model import Language
from report_site.site.search_index import IndexedBlock, IndexedPage, build_index, numbers_in

FOLDER = TESTS
NUMBERS, SEARCH = load_cases("numbers"), load_cases("search")
pytestmark = pytest.mark.checkers


def block(text: str, language: Language, **fields: Any) -> IndexedBlock:
    return IndexedBlock("p", text, numbers_in(text, language), **fields)


def index_of(language: Language, *texts: str) -> Any:
    """Each text a page of its own, named by its place."""
    pages = (IndexedPage(str(i), str(i), language, (block(text, language),)) for i, text in enumerate(texts))
    return json.loads(build_index(pages))


def indexed(text: str, language: Language) -> Iterator[dict[str, Any]]:
    """The words of each number that the index holds, and the values that it has for them."""
    values = defaultdict[tuple[int, int], list[str]](list)
    for number in numbers_in(text, language):
        if number.value.startswith("-"):  # told by what stands around the words
            continue
        values[number.start, number.end].append(number.value)
    for (start, end), held in values.items():
        yield {"text": text[start:end], "values": held}


def number_texts() -> Iterator[tuple[Language, str]]:
    for case in (*NUMBERS["read"], *NUMBERS["compare"]):
        for language in ("zh", "en"):
            if language in case:
                yield language, case[language]


def titled() -> Any:
    """Digits inside a longer number in a title, and the exact number on a page about the site."""
    title = "3726 亿、1600000000 和 2600 million"
    pages = (
        IndexedPage("0", title, "zh", (block(title, "zh", is_heading=True),)),
        IndexedPage("1", "1", "zh", (block("搜 6 亿", "zh"),), is_report=False),
    )
    return json.loads(build_index(pages))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cases") / "cases.json"
    texts = list(number_texts())
    data = {
        "numberWords": query_numbers(),
        "values": SEARCH["values"],
        "indexed": [number for language, text in texts for number in indexed(text, language)],
        "texts": [text for _, text in texts],
        "find": [{**case, "index": index_of(case["language"], *case["texts"])} for case in SEARCH["find"]],
        "titled": titled(),
        "excerpts": [{**case, "index": index_of("zh", case["text"])} for case in SEARCH["excerpts"]],
        "numberBeside": index_of("zh", "前有 1,557 模型 2.75 后"),
    }
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("name", sorted(path.name for path in (FOLDER / "js").glob("*.test.mjs")))
def test_scripts(name: str, cases: Path) -> None:
    quiet = ("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test-reporter=tap")
    command = (NODE, "--test", *quiet, FOLDER / "js" / name)
    done = subprocess.run(
        command, env={**os.environ, "SEARCH_CASES": str(cases)}, capture_output=True, encoding="utf-8"
    )
    failed = [line for line in done.stdout.splitlines() if line.lstrip().startswith("not ok")]
    assert (done.returncode, failed) == (0, []), done.stdout[-4000:] + done.stderr


def test_the_shared_cases_hold_numbers_of_both_languages() -> None:
    """Else the two readers would be compared over nothing."""
    counts = dict.fromkeys(("zh", "en"), 0)
    for language, text in number_texts():
        counts[language] += len(list(indexed(text, language)))
    assert min(counts.values()) > 50
