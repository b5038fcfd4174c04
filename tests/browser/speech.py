"""What a screen reader has to say about a page: the browser's own accessibility tree, written as lines.

The tree is the one that Chromium hands to assistive technology (`Accessibility.getFullAXTree` of the DevTools protocol).
It says neither languages nor which headers a cell has: the first come from the DOM node behind each
node of the tree, the second from the roles of the cells beside and above, which is what screen readers do themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from playwright.sync_api import Page

INDENT = "  "
# Part of a sentence, not a line of its own. Chromium's names where ARIA has none begin with a capital letter.
INLINE = {
    "Abbr", "LineBreak", "StaticText", "code", "deletion", "emphasis", "insertion", "link", "mark", "strong",
    "subscript", "superscript", "time",
}  # fmt: skip
SKIPPED = {"InlineTextBox", "ListMarker", "MenuListPopup"}
CELLS = {"cell", "columnheader", "gridcell", "rowheader"}
LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
# What has an end that a reader needs to hear.
CLOSED = {"article", "dialog", "figure"}
SPOKEN_ROLES = {
    "DescriptionList": "description list",
    "DisclosureTriangle": "disclosure",
    "DisclosureTriangleGrouped": "disclosure",
    "Figcaption": "caption",
    "RootWebArea": "page",
    "checkbox": "check box",
    "columnheader": "column header",
    "combobox": "combo box",
    "doc-pagebreak": "page break",
    "rowheader": "row header",
    "searchbox": "search field",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the accessibility tree; ignored ones have given way to their children."""

    role: str
    name: str
    description: str
    value: str
    states: Mapping[str, Any]
    language: str
    attributes: Mapping[str, str]
    """Those of the element in the DOM, none for a text."""
    backend_id: int
    children: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]

    def one(self, role: str, *, containing: str = "", **attributes: str) -> Node:
        """The first node with this role, this text in its name or contents, and these attributes in the DOM."""
        for node in self.all(role):
            if containing in (node.name or words(node)) and attributes.items() <= node.attributes.items():
                return node
        raise AssertionError(f"no {role} {containing} {attributes or ''} in the accessibility tree")


@dataclass(frozen=True, slots=True)
class _Element:
    language: str
    attributes: Mapping[str, str]


# --- reading the tree ---


def accessibility_tree(page: Page) -> Node:
    session = page.context.new_cdp_session(page)
    spoken = session.send("Accessibility.getFullAXTree")["nodes"]
    elements = _elements(session.send("DOM.getDocument", {"depth": -1})["root"], "")
    session.detach()
    by_id = {node["nodeId"]: node for node in spoken}
    (root,) = _nodes(spoken[0], by_id, dict(elements), "")
    return root


def focused(page: Page) -> Node:
    """What has the focus; the page itself when nothing has."""
    tree = accessibility_tree(page)
    return next((node for node in reversed(list(tree.walk())) if node.states.get("focused")), tree)


def _elements(node: Mapping[str, Any], language: str) -> Iterator[tuple[int, _Element]]:
    pairs = node.get("attributes", [])
    attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
    language = attributes.get("lang", language)
    yield node["backendNodeId"], _Element(language, attributes)
    for child in (*node.get("children", ()), *node.get("pseudoElements", ())):
        yield from _elements(child, language)


def _nodes(
    raw: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]], elements: Mapping[int, _Element], language: str
) -> Iterator[Node]:
    backend_id = raw.get("backendDOMNodeId", 0)
    element = elements.get(backend_id, _Element(language, {}))
    inner = (by_id[key] for key in raw.get("childIds", ()))
    children = tuple(node for child in inner for node in _nodes(child, by_id, elements, element.language))
    role = "none" if raw.get("ignored") else _value(raw, "role")
    if role in ("none", "generic") and not _value(raw, "name"):
        yield from children
    elif role not in SKIPPED:
        states = {state["name"]: state["value"].get("value") for state in raw.get("properties", ())}
        yield Node(
            role,
            " ".join(_value(raw, "name").split()) if role != "StaticText" else _value(raw, "name"),
            _value(raw, "description"),
            _value(raw, "value"),
            states,
            element.language,
            element.attributes,
            backend_id,
            children,
        )


def _value(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key, {}).get("value", ""))


# --- tables ---


@dataclass(frozen=True, slots=True)
class Cell:
    node: Node
    row_headers: tuple[str, ...]
    column_headers: tuple[str, ...]


def cells_of(table: Node) -> list[list[Cell]]:
    """Row by row, each cell with the headers before it in its row and above it in its column."""
    grid = _grid(table)
    rows = []
    for number, row in enumerate(grid):
        cells = []
        for column, node in row.items():
            if row.get(column - 1) is node or (number and grid[number - 1].get(column) is node):
                continue
            before = _headers((row[place] for place in sorted(row) if place < column), "rowheader")
            above = _headers((grid[line].get(column) for line in range(number)), "columnheader")
            cells.append(Cell(node, before, above))
        rows.append(cells)
    return rows


def _grid(table: Node) -> list[dict[int, Node]]:
    """Which cell stands at which place, spans included."""
    rows = table.all("row")
    grid: list[dict[int, Node]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in (child for child in row.children if child.role in CELLS):
            while column in grid[number]:
                column += 1
            width, height = (int(cell.attributes.get(span, "1")) for span in ("colspan", "rowspan"))
            for line in grid[number : number + height]:
                line.update(dict.fromkeys(range(column, column + width), cell))
            column += width
    return grid


def _headers(nodes: Iterator[Node | None], role: str) -> tuple[str, ...]:
    named = {id(node): node.name or words(node) for node in nodes if node and node.role == role}
    return tuple(named.values())


# --- speaking ---


def words(node: Node, language: str | None = None) -> str:
    """The text of a node in one line: links in ‹›, words of another language in [] after its tag."""
    pieces = _pieces(node, node.language if language is None else language)
    grouped = groupby(pieces, key=lambda piece: piece[0])
    text = "".join(_tagged(tag, "".join(part for _, part in parts)) for tag, parts in grouped)
    return " ".join(text.split())


def speak(node: Node) -> list[str]:
    """The lines of a node and all it holds."""
    special = SPECIAL.get(node.role)
    if special:
        return special(node)
    if node.role in INLINE:
        return [_said(node, words(node))]
    inline = all(_is_inline(child) for child in node.children)
    if inline and node.role not in CLOSED | LANDMARKS:
        return [_said(node, _own_words(node))]
    lines = [_said(node, node.name), *(INDENT + line for line in _contents(node))]
    return [*lines, f"end of {_role(node)}"] if node.role in CLOSED else lines


def _pieces(node: Node, language: str) -> Iterator[tuple[str, str]]:
    """The text with the tag of its language, none for that of the page."""
    if node.role == "StaticText":
        yield "" if node.language == language else node.language, node.name
    elif node.role == "LineBreak":
        yield "", " "
    else:
        for number, child in enumerate(node.children):
            if number and not _is_inline(child):
                yield "", " "
            marked = child.role == "link" and node.role not in ("heading", "listitem", *CELLS)
            yield from [("", "‹")] * marked
            yield from _pieces(child, language)
            yield from [("", "›")] * marked


def _tagged(tag: str, text: str) -> str:
    return f"[{tag}: {text.strip()}]".join(_margins(text)) if tag and text.strip() else text


def _margins(text: str) -> tuple[str, str]:
    return " " * text.startswith(" "), " " * text.endswith(" ")


def _is_inline(node: Node) -> bool:
    return node.role in INLINE and all(map(_is_inline, node.children))


def _own_words(node: Node) -> str:
    """The name where the author gave one, the contents else: a name alone would lose languages and links."""
    return node.name if node.attributes.get("aria-label") else words(node) or node.name


def _contents(node: Node) -> Iterator[str]:
    for inline, group in groupby(node.children, key=_is_inline):
        children = tuple(group)
        if inline and len(children) == 1 and children[0].role == "link":
            yield from speak(children[0])
        elif inline:
            run = Node("text", "", "", "", {}, node.language, {}, 0, children)
            yield from (_said(run, words(run)),) if words(run) else ()
        else:
            for child in children:
                yield from speak(child)


def _role(node: Node) -> str:
    role = SPOKEN_ROLES.get(node.role, node.role)
    if node.role == "heading":
        return f"heading level {node.states['level']}"
    return f"{role} landmark" if node.role in LANDMARKS else role


def _said(node: Node, text: str) -> str:
    return ", ".join(filter(None, (_role(node), text, *_states(node), node.description)))


def _states(node: Node) -> Iterator[str]:
    """Roles alone don't say what a control stands at."""
    if node.role in ("combobox", "searchbox") and node.value:
        yield node.value
    if "expanded" in node.states and node.role != "combobox":
        yield "expanded" if node.states["expanded"] else "collapsed"
    for state in ("pressed", "checked"):
        if state in node.states:
            yield state if node.states[state] in (True, "true") else f"not {state}"
    if node.states.get("hasPopup") == "dialog":
        yield "opens a dialog"
    if node.attributes.get("aria-current"):
        yield "current page"


def _list(node: Node) -> list[str]:
    items = [child for child in node.children if child.role == "listitem"]
    lines = [f"list, {_count(len(items), 'item')}"]
    for number, item in enumerate(items, 1):
        blocks = [child for child in item.children if not _is_inline(child)]
        inline = Node(
            "text", "", "", "", {}, item.language, {}, 0, tuple(child for child in item.children if _is_inline(child))
        )
        lines.append(f"{INDENT}{', '.join(filter(None, (f'item {number}', words(inline), *_item_states(item))))}")
        lines += [2 * INDENT + line for block in blocks for line in speak(block)]
    return lines


def _item_states(item: Node) -> Iterator[str]:
    links = item.all("link")
    if links:
        yield "link" if len(links) == 1 else f"{len(links)} links"
        yield from _states(links[0])


def _description_list(node: Node) -> list[str]:
    pairs = [child for child in node.walk() if child.role in ("term", "definition")]
    terms = sum(child.role == "term" for child in pairs)
    return [f"description list, {_count(terms, 'term')}", *(INDENT + _said(child, words(child)) for child in pairs)]


def _table(node: Node) -> list[str]:
    rows = cells_of(node)
    columns = max(map(len, rows), default=0)
    lines = [f"table, {node.name}, {_count(columns, 'column')}, {_count(len(rows), 'row')}"]
    return [*lines, *(INDENT + line for row in rows for cell in row for line in speak_cell(cell))]


def speak_cell(cell: Cell) -> list[str]:
    """The text, then its headers; what isn't one line of text follows."""
    node = cell.node
    inline = all(map(_is_inline, node.children))
    place = (
        f"{kind} {' / '.join(names)}" for kind, names in _axes(cell) if names and node.role in ("cell", "gridcell")
    )
    text = (words(node) or "empty") if inline else ""
    links = ("link",) if inline and node.all("link") else ()
    line = ", ".join(filter(None, (_role(node), text, *links, *place)))
    return [line, *((INDENT + inner for inner in _contents(node)) if not inline else ())]


def _axes(cell: Cell) -> Sequence[tuple[str, tuple[str, ...]]]:
    return ("row", cell.row_headers), ("column", cell.column_headers)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


SPECIAL: Mapping[str, Callable[[Node], list[str]]] = {
    "list": _list,
    "DescriptionList": _description_list,
    "table": _table,
}
