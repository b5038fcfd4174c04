"""What a screen reader has to say about a page: the browser's own accessibility tree, written as lines.

The tree is the one that Chromium hands to assistive technology (`Accessibility.getFullAXTree` of the DevTools protocol).
It says neither languages nor which headers a cell has: the first come from the DOM node behind each
node of the tree, the second from the roles of the cells beside and above, which is what screen readers do themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
DATA_CELLS = {"cell", "gridcell"}
CELLS = DATA_CELLS | {"columnheader", "rowheader"}
FIELDS = {"combobox", "searchbox"}
LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
# What has an end that a reader needs to hear.
CLOSED = {"article", "dialog", "figure"}
SPOKEN_ROLES = {
    "DescriptionList": "description list",
    "DisclosureTriangle": "disclosure",
    "DisclosureTriangleGrouped": "disclosure",
    "Figcaption": "caption",
    "LabelText": "label",
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
    anchors: frozenset[str]
    """Ids that lead here: its own, and that of an element around it that has no role of its own."""
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
    anchors = frozenset(filter(None, [element.attributes.get("id")]))
    if role in ("none", "generic") and not _value(raw, "name"):
        yield from (replace(child, anchors=child.anchors | anchors) for child in children)
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
            anchors,
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


def words(node: Node) -> str:
    """The text of a node in one line: links within a sentence in ‹›, words of another language in [] after its tag."""
    grouped = groupby(_pieces(node, node.language), key=lambda piece: piece[0])
    text = "".join(_tagged(language, "".join(part for _, part in parts)) for language, parts in grouped)
    return " ".join(text.split())


def speak(node: Node) -> list[str]:
    """The lines of a node and of all it holds."""
    special = SPECIAL.get(node.role)
    if special:
        return special(node)
    if node.role not in CLOSED | LANDMARKS and all(map(_is_inline, node.children)):
        return [_said(node, _own_words(node))]
    lines = [_said(node, node.name), *(INDENT + line for line in _contents(node))]
    return [*lines, f"end of {_role(node)}"] if node.role in CLOSED else lines


def _pieces(node: Node, language: str) -> Iterator[tuple[str, str]]:
    """The text, each piece with its language, or none where that is the language of the whole."""
    if node.role == "StaticText":
        yield "" if node.language == language else node.language, node.name
    elif node.role == "LineBreak":
        yield "", " "
    elif node.role == "link" and ("aria-label" in node.attributes or _parts_stand_apart(node)):
        yield "", node.name
    else:
        for number, child in enumerate(node.children):
            if number and not _is_inline(child):
                yield "", " "
            alone = node.role == "text" and len(node.children) == 1
            marked = child.role == "link" and node.role in ("paragraph", "text") and not alone
            yield from [("", "‹")] * marked
            yield from _pieces(child, language)
            yield from [("", "›")] * marked


def _parts_stand_apart(link: Node) -> bool:
    """The browser puts a space between blocks into the name; the texts alone don't have it."""
    texts = "".join(text.name for text in link.all("StaticText"))
    return link.name != texts and link.name.replace(" ", "") == texts.replace(" ", "")


def _tagged(language: str, text: str) -> str:
    if not language or not text.strip():
        return text
    before, after = (" " * text[place].isspace() for place in (0, -1))
    return f"{before}[{language}: {text.strip()}]{after}"


def _is_inline(node: Node) -> bool:
    return node.role in INLINE and all(map(_is_inline, node.children))


def _own_words(node: Node) -> str:
    """The name where the author gave one, the contents else: a name doesn't tell languages and links apart."""
    named = {"aria-label", "aria-labelledby"} & node.attributes.keys() or node.role in FIELDS
    return node.name if named or not node.children else words(node)


def _contents(node: Node) -> Iterator[str]:
    for inline, group in groupby(node.children, key=_is_inline):
        children = tuple(group)
        if not inline or all(child.role == "link" for child in children):
            for child in children:
                yield from speak(child)
        elif text := words(_run(node, children)):
            yield f"text, {text}"


def _run(node: Node, children: Sequence[Node]) -> Node:
    """Inline parts that no element of their own holds together."""
    return Node("text", "", "", "", {}, node.language, {}, frozenset(), 0, tuple(children))


def _role(node: Node) -> str:
    if node.role == "heading":
        return f"heading level {node.states['level']}"
    role = SPOKEN_ROLES.get(node.role, node.role)
    return f"{role} landmark" if node.role in LANDMARKS else role


def _said(node: Node, text: str) -> str:
    return ", ".join(filter(None, (_role(node), text, *_states(node), node.description)))


def _states(node: Node) -> Iterator[str]:
    if node.role == "heading" and node.all("link"):
        yield "link"
    if node.role in FIELDS and node.value:
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
        inline = _run(item, [child for child in item.children if _is_inline(child)])
        links = inline.all("link")
        link = ("link", *_states(links[0])) if len(links) == 1 else ()
        lines.append(INDENT + ", ".join(filter(None, (f"item {number}", words(inline), *link))))
        blocks = (child for child in item.children if not _is_inline(child))
        lines += [2 * INDENT + line for block in blocks for line in speak(block)]
    return lines


def _description_list(node: Node) -> list[str]:
    pairs = node.all("term", "definition")
    terms = sum(child.role == "term" for child in pairs)
    return [f"description list, {_count(terms, 'term')}", *(INDENT + _said(child, words(child)) for child in pairs)]


def _table(node: Node) -> list[str]:
    rows = cells_of(node)
    columns = max(map(len, rows), default=0)
    lines = [f"table, {node.name}, {_count(columns, 'column')}, {_count(len(rows), 'row')}"]
    return [*lines, *(INDENT + line for row in rows for cell in row for line in speak_cell(cell))]


def speak_cell(cell: Cell) -> list[str]:
    """The text, then the headers; lists within follow line by line."""
    node = cell.node
    inline = all(map(_is_inline, node.children))
    text = (words(node) or "empty") if inline else ""
    link = "link" if inline and node.all("link") else ""
    headers = (("row", cell.row_headers), ("column", cell.column_headers)) if node.role in DATA_CELLS else ()
    place = (f"{axis} {' / '.join(names)}" for axis, names in headers if names)
    line = ", ".join(filter(None, (_role(node), text, link, *place)))
    return [line, *(INDENT + inner for inner in _contents(node) if not inline)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


SPECIAL: Mapping[str, Callable[[Node], list[str]]] = {
    "list": _list,
    "DescriptionList": _description_list,
    "table": _table,
}
