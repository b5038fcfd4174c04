"""Ten things that readers come for, done by keyboard; what a screen reader hears on the way is compared with `transcripts/`.

`pytest --renew-transcripts` writes the transcripts anew; a person reads the difference.
A line that begins with a key or a command in square brackets is the reader's; the rest is what the browser's
accessibility tree answers (see `speech.py`). The commands are those that every screen reader has: next heading, list of
links, find a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import opened, until
from browser.speech import Node, accessibility_tree, cells_of, focused, speak, speak_cell, words

pytestmark = pytest.mark.browser

TRANSCRIPTS = Path(__file__).parent / "transcripts"
LONGEST_TAB_WALK = 60
# The language switch looks where the reader is when scrolling has come to rest.
SETTLED_MS = 400
# What a strip of key figures says of all of them.
STRIP_INTRODUCTION = ("key-figures-caption", "period")
# Quick, for each stop of a walk; what is heard at its end comes from the accessibility tree.
FOCUSED_TEXT = """() => {
  const here = document.activeElement;
  const named = (here.getAttribute("aria-labelledby") ?? "").split(" ").map(id => document.getElementById(id));
  return [here, ...(here.labels ?? []), ...named].map(part => part?.ariaLabel ?? part?.textContent ?? "").join();
}"""


@dataclass(frozen=True, slots=True)
class Words:
    """What the reader of one language looks for."""

    root: str
    """Where the language begins below the address of the site."""
    chapter: str
    section: str
    older_users: str
    trainings: str
    stakeholders: str
    employees: str
    channels: str
    safety_online: str
    community: str
    other_language: str
    model: str
    search: str
    figures: str
    case: str
    picture: str
    cite: str
    paragraph_links: str
    settings: str
    size: str
    theme: str
    done: str


LANGUAGES: Mapping[str, Words] = MappingProxyType({
    "zh": Words(
        root="",
        chapter="科技普惠，推动数字包容",
        section="关注重点人群",
        older_users="关爱银发群体",
        trainings="信息安全宣导",
        stakeholders="各利益相关方",
        employees="员工",
        channels="沟通渠道",
        safety_online="保障用网安全",
        community="小安青松社区",
        other_language="English",
        model="反诈模型",
        search="搜索",
        figures="抖音每天运行的反诈模型",
        case="安全范儿技术沙龙",
        picture="小安青松社区",
        cite="引用本页",
        paragraph_links="固定链接",
        settings="阅读设置",
        size="文字大小",
        theme="颜色",
        done="完成",
    ),
    "en": Words(
        root="en/",
        chapter="Promote the benefits of technology and digital inclusion",
        section="Support for key groups",
        older_users="Support for older people",
        trainings="Information security awareness",
        stakeholders="Stakeholder groups",
        employees="Employees",
        channels="channels",
        safety_online="Online safety",
        community="Qingsong",
        other_language="中文",
        model="anti-fraud model",
        search="Search",
        figures="Anti-fraud models",
        case="Security Style Technology Salon",
        picture="Qingsong",
        cite="Cite this page",
        paragraph_links="permanent link",
        settings="Settings",
        size="Text size",
        theme="Colours",
        done="Done",
    ),
})  # fmt: skip


@dataclass(slots=True)
class Reader:
    """Somebody with a keyboard and a screen reader, and all that was done and heard."""

    page: Page
    site_url: str
    said: Words
    lines: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site_url}{self.said.root}{path}")
        self.hear(f"open {path or 'home page'}", [self.tree().name])

    def tree(self) -> Node:
        return accessibility_tree(self.page)

    def hear(self, action: str, heard: list[str]) -> None:
        self.lines += [f"[{action}]", *heard]

    # --- keys ---

    def tab_to(self, name: str, key: str = "Tab") -> Node:
        for _ in range(LONGEST_TAB_WALK):
            self.page.keyboard.press(key)
            if name in self.page.evaluate(FOCUSED_TEXT):
                node = focused(self.page)
                self.hear(f"{key} to", speak(node)[:1])
                return node
        raise AssertionError(f"{key} doesn't reach {name}")

    def press(self, key: str) -> Node:
        self.page.keyboard.press(key)
        node = focused(self.page)
        self.hear(key, speak(node)[:1])
        return node

    def follow(self) -> Node:
        """Enter on a link; the title of the page is heard, or the place in it."""
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()
        tree = self.tree()
        self.hear("Enter", [tree.name])
        return tree

    # --- what a screen reader adds ---

    def next_heading(self, name: str) -> Node:
        """Heading by heading to the one wanted; Tab then goes on from there."""
        headings = self.tree().all("heading")
        place = next(place for place, heading in enumerate(headings) if name in heading.name)
        self.hear("next heading", [line for heading in headings[: place + 1] for line in speak(heading)])
        self.move_to(headings[place])
        return headings[place]

    def find_heading(self, name: str) -> Node:
        """Straight to the heading, from the list of headings."""
        heading = self.tree().one("heading", containing=name)
        self.hear("list of headings", speak(heading))
        self.move_to(heading)
        return heading

    def move_to(self, node: Node) -> None:
        """As a screen reader's cursor does: the focus goes along, to what can have it or to the place where it stands."""
        session = self.page.context.new_cdp_session(self.page)
        element = session.send("DOM.resolveNode", {"backendNodeId": node.backend_id})["object"]["objectId"]
        place = """function () {
          const inner = this.querySelector(":scope > a[href]");
          const place = inner?.textContent === this.textContent ? inner : this;
          if (place.tabIndex >= 0) return place.focus();
          place.tabIndex = -1;
          place.focus();
          place.removeAttribute("tabindex");
        }"""
        session.send("Runtime.callFunctionOn", {"objectId": element, "functionDeclaration": place})
        session.detach()
        self.page.wait_for_timeout(SETTLED_MS)

    def link_list(self, name: str) -> Node:
        """The list of all links that every screen reader offers: the focus goes straight to the one chosen."""
        link = self.tree().one("link", containing=name)
        self.move_to(link)
        self.hear("list of links", speak(link))
        return link

    def read(self, node: Node, action: str = "read on") -> None:
        self.hear(action, speak(node))

    def target(self) -> list[Node]:
        """What the fragment of the address leads to."""
        wanted = self.page.evaluate("decodeURIComponent(location.hash.slice(1))")
        return [node for node in self.tree().walk() if wanted in node.anchors]


def after(tree: Node, heading: Node, role: str) -> Node:
    """The first node of this role behind the heading."""
    nodes = list(tree.walk())
    start = next(place for place, node in enumerate(nodes) if node.backend_id == heading.backend_id)
    return next(node for node in nodes[start:] if node.role == role)


# --- the tasks ---


def older_users_by_headings(reader: Reader) -> None:
    """From the home page to the section on older users by headings alone, hearing each one's level."""
    reader.open("")
    reader.next_heading(reader.said.chapter)
    reader.follow()
    reader.next_heading(reader.said.section)
    reader.follow()
    reader.next_heading(reader.said.older_users)


def trainings(reader: Reader) -> None:
    """How many information security trainings there were, how many attended, how content they were."""
    reader.open("information-security/")
    heading = reader.find_heading(reader.said.trainings)
    nodes = list(reader.tree().walk())
    figures = nodes.index(after(reader.tree(), heading, "DescriptionList"))
    start = next(place for place, node in enumerate(nodes) if node.backend_id == heading.backend_id)
    introduction = [node for node in nodes[start:figures] if node.attributes.get("class") in STRIP_INTRODUCTION]
    reader.hear("read on", [line for node in (*introduction, nodes[figures]) for line in speak(node)])


def channels_for_employees(reader: Reader) -> None:
    """In the table of stakeholders: the channels for employees, a list, with row and column."""
    reader.open("responsibility-management/")
    table = reader.tree().one("table", containing=reader.said.stakeholders)
    reader.hear("next table", speak(table)[:1])
    rows = cells_of(table)
    row = next(row for row in rows if row[0].node.name == reader.said.employees)
    reader.hear("next row", speak_cell(row[0]))
    for cell in row[1:]:
        reader.hear("next cell", speak_cell(cell))
        if any(reader.said.channels in name for name in cell.column_headers):
            return
    raise AssertionError(f"no column {reader.said.channels}")


def gri_index_and_back(reader: Reader) -> None:
    """From GRI 203-1 in the index to what answers it, and back to the same row."""
    reader.open("gri-index/")
    rows = cells_of(reader.tree().one("table"))
    row = next(row for row in rows if any("203-1" in words(cell.node) for cell in row))
    found = next(cell for cell in row if "203-1" in words(cell.node))
    reader.hear("find 203-1", speak_cell(found))
    link = row[1].node.one("link")
    reader.move_to(link)
    reader.hear("previous cell", speak(link))
    reader.follow()
    reader.link_list("203-1")
    reader.follow()
    (there,) = reader.target()
    back = next(cells for cells in cells_of(reader.tree().one("table")) if cells[0].node in there.children)
    assert [cell.node.name for cell in back] == [cell.node.name for cell in row]
    reader.hear("read on", [line for cell in back[:3] for line in speak_cell(cell)])


def other_language_same_place(reader: Reader) -> None:
    """The language switched in the middle of a long page, and on at the same paragraph."""
    reader.open("key-groups/")
    reader.find_heading(reader.said.safety_online)
    reader.tab_to(reader.said.community)
    block = reader.page.evaluate("document.activeElement.closest('[id]').id")
    reader.link_list(reader.said.other_language)
    reader.follow()
    until(reader.page, "document.activeElement !== document.body")
    place = focused(reader.page)
    assert place.attributes["id"] == block
    reader.read(place, "the focus is on")


def search_for_a_model(reader: Reader) -> None:
    """A search: the number of hits is announced, and the hit leads to its paragraph."""
    reader.open("")
    reader.tab_to(reader.said.search)
    reader.follow()
    while focused(reader.page).role != "searchbox":
        reader.tab_to(reader.said.search)
    reader.page.keyboard.insert_text(reader.said.model)
    reader.hear(f"type {reader.said.model}", speak(focused(reader.page)))
    until(reader.page, "document.querySelector('[role=status]').textContent !== ''")
    status = reader.tree().one("status")
    assert status.states["live"] == "polite"
    reader.hear("announced", speak(status))
    results = reader.tree()
    reader.hear("next heading", [line for heading in results.all("heading") for line in speak(heading)])
    reader.tab_to(reader.said.figures)
    reader.follow()
    reader.hear("read on", [line for node in reader.target() for line in speak(node)])


def case_study(reader: Reader) -> None:
    """A case study, with its beginning and its end."""
    reader.open("information-security/")
    heading = reader.find_heading(reader.said.case)
    article = next(node for node in reader.tree().all("article") if heading.name in node.name)
    reader.read(article)
    nodes = list(reader.tree().walk())
    end = max(place for place, node in enumerate(nodes) if node.backend_id == list(article.walk())[-1].backend_id)
    reader.hear("next part", speak(nodes[end + 1])[:1])


def lost_picture(reader: Reader) -> None:
    """What a picture showed that the extraction didn't keep."""
    reader.open("key-groups/")
    pictures = reader.tree().one("main").all("figure", "listitem")
    picture = next(picture for picture in pictures if reader.said.picture in f"{picture.name} {words(picture)}")
    reader.read(picture, "next picture")


def cite_a_paragraph(reader: Reader) -> None:
    """A paragraph's permanent address and printed page."""
    reader.open("information-security/")
    reader.move_to(reader.tree().one("DisclosureTriangle", containing=reader.said.cite))
    reader.press("Enter")
    reader.tab_to(reader.said.paragraph_links)
    reader.press("Enter")
    until(reader.page, "document.querySelector('.permalink') !== null")
    heading = reader.find_heading(reader.said.trainings)
    paragraph = after(reader.tree(), heading, "paragraph")
    reader.read(paragraph)
    # The first is the heading's own.
    reader.press("Tab")
    reader.press("Tab")
    reader.follow()
    assert [node.backend_id for node in reader.target()] == [paragraph.backend_id]
    reader.read(reader.tree().one("group"), f"back to {reader.said.cite}")


def large_contrasting_and_printed(reader: Reader) -> None:
    """Text at 200 % and high contrast by keyboard; then the page as it prints."""
    reader.open("art/")
    reader.tab_to(reader.said.settings)
    reader.page.keyboard.press("Enter")
    reader.page.locator("#preferences[open]").wait_for()
    reader.hear("Enter", [speak(reader.tree().one("dialog"))[0], *speak(focused(reader.page))])
    for name in (reader.said.size, reader.said.theme):
        reader.tab_to(name)
        reader.press("End")
    reader.tab_to(reader.said.done)
    reader.press("Enter")
    look = "getComputedStyle(document.{}).{}"
    assert reader.page.evaluate(look.format("documentElement", "fontSize")) == "32px"
    assert reader.page.evaluate(look.format("body", "backgroundColor")) == "rgb(0, 0, 0)"
    reader.page.emulate_media(media="print")
    assert reader.page.evaluate(look.format("body", "backgroundColor")) == "rgb(255, 255, 255)"
    paper = reader.tree()
    reader.hear("print", [line for node in paper.walk() if node.role in PRINTED for line in speak(node)])


# The shell has none of these but headings, controls and landmarks; on paper all of it is gone.
PRINTED = {"heading", "doc-pagebreak", "button", "navigation", "banner", "contentinfo", "complementary"}

TASKS: Mapping[str, Callable[[Reader], None]] = MappingProxyType({
    "01-older-users-by-headings": older_users_by_headings,
    "02-trainings": trainings,
    "03-channels-for-employees": channels_for_employees,
    "04-gri-index-and-back": gri_index_and_back,
    "05-other-language-same-place": other_language_same_place,
    "06-search": search_for_a_model,
    "07-case-study": case_study,
    "08-lost-picture": lost_picture,
    "09-cite-a-paragraph": cite_a_paragraph,
    "10-large-contrasting-printed": large_contrasting_and_printed,
})  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS)
def test_what_a_reader_hears(
    browser: Browser, site_url: str, task: str, language: str, renew_transcripts: bool
) -> None:
    with opened(browser, reduced_motion="reduce") as page:
        reader = Reader(page, site_url, LANGUAGES[language])
        TASKS[task](reader)
    canonical = re.compile(r"https?://[^\s›]+?/report/")
    heard = [f"# {(TASKS[task].__doc__ or '').strip()}", *reader.lines]
    text = re.sub(r"\[\d{4}-\d\d-\d\d\]", "[today]", canonical.sub("https://the-site/", "\n".join(heard))) + "\n"
    golden = TRANSCRIPTS / language / f"{task}.txt"
    if renew_transcripts:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
    assert golden.is_file(), f"{golden} is missing: pytest --renew-transcripts writes it; read what it says"
    assert text.splitlines() == golden.read_text("utf-8").splitlines()


def test_no_transcript_is_left_over() -> None:
    files = {path.relative_to(TRANSCRIPTS).as_posix() for path in TRANSCRIPTS.rglob("*.txt")}
    assert files == {f"{language}/{task}.txt" for language in LANGUAGES for task in TASKS}
