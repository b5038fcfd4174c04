"""What a screen reader says with a cell: every data cell has headers, every table a name, every number its unit beside it.

Twice over: from the roles in the browser's accessibility tree, as screen readers do it, and by the header algorithm of
the HTML standard (4.9.12.2) on the DOM, as the markup says it. Both must come to the same headers.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from .modes import holding, opened
from .speech import Cell, Node, accessibility_tree, cells_of, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# "Internal algorithm for scanning and assigning header cells", without colgroup scopes, which no table here has.
# Texts have no spaces at all: the tree and the DOM put them at different places around blocks.
HEADERS_BY_THE_STANDARD = r"""() => {
  const plain = (cell) => cell.innerText.replace(/\s+/g, "");
  const slots = (table) => {
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x]) x += 1;
        for (let down = 0; down < cell.rowSpan && grid[y + down]; down += 1)
          for (let along = 0; along < cell.colSpan; along += 1) grid[y + down][x + along] = cell;
        x += cell.colSpan;
      }
    });
    return grid;
  };
  const isHeader = (cell, scopes, wanted) => cell?.localName === "th" && (cell.scope ? scopes.includes(cell.scope) : wanted);
  const inline = (grid, y, x) => grid[y].slice(0, x).filter((cell) => isHeader(cell, ["row", "rowgroup"], !grid[y].slice(0, x).some((other) => other.localName === "td")));
  const above = (grid, y, x) => grid.slice(0, y).map((row) => row[x]).filter((cell) => isHeader(cell, ["col", "colgroup"], true));
  return [...document.querySelectorAll("main table")].map((table) => {
    const grid = slots(table);
    return grid.flatMap((row, y) => row.flatMap((cell, x) => {
      if (cell.localName !== "td" || row[x - 1] === cell || grid[y - 1]?.[x] === cell) return [];
      const named = cell.headers ? cell.headers.split(" ").map((id) => document.getElementById(id)) : [...inline(grid, y, x), ...above(grid, y, x)];
      return [[plain(cell), [...new Set(named)].map(plain)]];
    }));
  });
}"""

# The sign, word or character that follows a number, and the number's last digit, on one line?
NUMBERS_TORN_FROM_UNITS = r"""() => {
  const torn = [];
  const quantity = /\d[\d.,]*\+?[ \u00a0]?(?:[万亿%]|million|billion)/gu;
  for (const cell of document.querySelectorAll("main :is(td, dd)")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: found, index } of texts.currentNode.data.matchAll(quantity)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + found.length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom)));
        if (lines.size > 1) torn.push(`${cell.closest("[id]").id}: ${found}`);
      }
    }
  }
  return torn;
}"""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a page as the browser gives them to a screen reader, and as the markup has them."""

    url: str
    heard: list[Node]
    captions: list[str]
    headers_by_the_standard: list[list[tuple[str, list[str]]]]


@pytest.fixture(scope="module")
def tables(browser: Browser, swept: list[str]) -> list[Tables]:
    found = []
    with opened(browser) as page:
        for url in holding(swept, "main table"):
            page.goto(url)
            captions = page.evaluate(
                "[...document.querySelectorAll('main table')].map(table => table.caption?.innerText ?? '')"
            )
            if captions:
                heard = accessibility_tree(page).one("main").all("table")
                found.append(Tables(url, heard, captions, page.evaluate(HEADERS_BY_THE_STANDARD)))
    assert found, "no page has a table"
    return found


def data_cells(table: Node) -> list[Cell]:
    return [cell for row in cells_of(table) for cell in row if cell.node.role in ("cell", "gridcell")]


def plain(text: str) -> str:
    return "".join(text.split())


def spoken(cell: Cell) -> tuple[str, list[str]]:
    """The text, and the headers; without spaces, as HEADERS_BY_THE_STANDARD has them."""
    texts = "".join(text.name for text in cell.node.all("StaticText"))
    return plain(texts), [plain(name) for name in (*cell.row_headers, *cell.column_headers)]


def test_every_data_cell_has_headers(tables: list[Tables]) -> None:
    for page in tables:
        for table in page.heard:
            for cell in data_cells(table):
                headers = (*cell.row_headers, *cell.column_headers)
                assert headers, f"{page.url} {table.name}: no header for “{words(cell.node)}”"
                assert all(headers), f"{page.url} {table.name}: empty header for “{words(cell.node)}”: {headers}"


def test_the_tree_and_the_standard_agree_on_headers(tables: list[Tables]) -> None:
    for page in tables:
        heard = [[spoken(cell) for cell in data_cells(table)] for table in page.heard]
        wanted = [[(text, heads) for text, heads in table] for table in page.headers_by_the_standard]
        assert heard == wanted, page.url


def test_every_table_is_named_by_its_caption(tables: list[Tables]) -> None:
    for page in tables:
        assert all(map(plain, page.captions)), page.url
        assert [plain(table.name) for table in page.heard] == [plain(caption) for caption in page.captions], page.url
        assert len(set(page.captions)) == len(page.captions), f"{page.url}: two tables have the same name"
