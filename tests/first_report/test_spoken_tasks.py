"""The ten tasks of `test_reader_tasks.py` once more, as Orca speaks them: `make orca`.

A task is done when its answer has been spoken, after no more keys than a reader has patience for. All that was pressed
and heard goes to `build/orca/`; `pytest --renew-transcripts` puts it beside the tests, for people to read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from places import ROOT
from screen_reader.desktop import Desktop, desktop
from screen_reader.listening import Listener, in_order, plain

pytestmark = pytest.mark.orca

KEPT = Path(__file__).parent / "spoken"
WRITTEN = ROOT / "build" / "orca"


@dataclass(frozen=True, slots=True)
class Words:
    """What the reader of one language listens for; `level`, `row_header` and the like are Orca's own words."""

    root: str
    """Where the language begins below the address of the site."""
    level: str
    chapter: str
    section: str
    older_users: str
    awareness: str
    trainings: tuple[str, ...]
    """Labels and values in the order in which they are heard."""
    stakeholders: str
    employees: str
    channels: tuple[str, ...]
    index: str
    disclosures: str
    row: str
    safety_online: str
    other_language: str
    same_paragraph: str
    """How the paragraph begins in the other language."""
    search: str
    field: str
    model: str
    matches: tuple[str, ...]
    hit: str
    answer: tuple[str, ...]
    case: str
    case_end: str
    next_case: tuple[str, str]
    lost: tuple[str, ...]
    cite: str
    paragraph_links: str
    pressed: str
    paragraph: str
    address: tuple[str, ...]
    settings: str
    opened: str
    size: str
    theme: str
    chosen: tuple[str, str]
    done: str


LANGUAGES: Mapping[str, Words] = MappingProxyType({
    "zh": Words(
        root="",
        level="标题 水平 {}",
        chapter="科技普惠，推动数字包容",
        section="关注重点人群",
        older_users="关爱银发群体",
        awareness="信息安全宣导",
        trainings=("培训和分享交流", "102 场", "累计覆盖人次", "19.6 万", "培训满意度", "94.9%"),
        stakeholders="各利益相关方",
        employees="员工 行头",
        channels=("沟通渠道", "Bytetalk", "CEO 面对面", "设立违规举报平台", "行 2"),
        index="GRI Standards 指标索引",
        disclosures="对应 GRI 标准披露项",
        row="行 8",
        safety_online="保障用网安全",
        other_language="English 链接",
        same_paragraph="To keep older users safe online",
        search="搜索 链接",
        field="搜索这份报告",
        model="反诈模型",
        matches=("“反诈模型”：", "页中共有", "处"),
        hit="抖音每天运行的反诈模型",
        answer=("抖音每天运行的反诈模型", "100 多"),
        case="案例：抖音集团举办第七届“安全范儿技术沙龙”",
        case_end="案例结束",
        next_case=("案例", "2022CCS 成都网络安全大会暨网络数据治理峰会"),
        lost=("图片未保留", "小安青松社区", "辟谣视频"),
        cite="引用本页",
        paragraph_links="显示每段的固定链接",
        pressed="已按下",
        paragraph="抖音集团开展员工培训",
        address=("#awareness-p1", "印刷页码", "14"),
        settings="阅读设置",
        opened="阅读设置已打开",
        size="文字大小",
        theme="颜色",
        chosen=("文字大小：200%", "颜色：高对比：黑底白字"),
        done="完成",
    ),
    "en": Words(
        root="en/",
        level="heading level {}",
        chapter="Promote the benefits of technology and digital inclusion",
        section="Support for key groups",
        older_users="Support for older people",
        awareness="Information security awareness",
        trainings=("Training and knowledge-sharing", "102", "Total attendances", "196,000", "Satisfaction", "94.9%"),
        stakeholders="Stakeholder groups",
        employees="Employees row header",
        channels=("Engagement channels", "ByteTalk", "CEO Face to Face", "Whistleblowing platform", "Row 2"),
        index="GRI content index",
        disclosures="GRI disclosures",
        row="Row 8",
        safety_online="Online safety",
        other_language="中文 link",
        same_paragraph="为了让老年人安全上网",
        search="Search link",
        field="Search this report",
        model="anti-fraud model",
        matches=("“anti-fraud model”:", "matches on", "pages"),
        hit="Anti-fraud models run by Douyin every day",
        answer=("Anti-fraud models run by Douyin every day", "More than", "100"),
        case="Case study: Douyin Group's seventh Security Style Technology Salon",
        case_end="End of the case study",
        next_case=("Case study", "2022 CCS Chengdu Cyber Security Conference"),
        lost=("not available", "Xiao'an Qingsong Community", "A video that debunks rumours"),
        cite="Cite this page",
        paragraph_links="Show a permanent link at every paragraph",
        pressed="pressed",
        paragraph="With training for employees",
        address=("#awareness-p1", "Printed page", "14"),
        settings="Settings",
        opened="Settings are open",
        size="Text size",
        theme="Colours",
        chosen=("Text size: 200%", "Colours: High contrast, white on black"),
        done="Done",
    ),
})  # fmt: skip


# --- the tasks: the page where each begins, and what is done there ---


def older_users_by_headings(reader: Listener, said: Words) -> None:
    """From the home page to the section on older users by headings alone, hearing each one's level."""
    for heading, level, most in ((said.chapter, 3, 10), (said.section, 3, 8), (said.older_users, 2, 14)):
        heard = reader.until("h", heading, most=most)
        assert plain(said.level.format(level)) in plain(heard), heard
        if heading != said.older_users:
            reader.follow()


def trainings(reader: Listener, said: Words) -> None:
    """How many information security trainings there were, how many attended, how content they were."""
    reader.until("h", said.awareness, most=6)
    reader.until("Down", *said.trainings, most=30)


def channels_for_employees(reader: Listener, said: Words) -> None:
    """In the table of stakeholders: the channels for employees, a list, with row and column."""
    reader.until("t", said.stakeholders, most=2)
    reader.until("alt+shift+Down", said.employees, most=7)
    reader.until("alt+shift+Right", *said.channels, most=3)


def gri_index_and_back(reader: Listener, said: Words) -> None:
    """From GRI 203-1 in the index to what answers it, and back to the same row."""
    reader.until("t", said.index, most=2)
    reader.until("alt+shift+Right", said.disclosures, most=3)
    assert plain(said.row) in plain(reader.until("alt+shift+Down", "203-1", most=18))
    reader.until("alt+shift+Left", said.section, most=1)
    reader.follow()
    reader.until("h", said.section, most=1)
    reader.follow("alt+Left")
    # On to the row's next link: on the way back Orca may still speak of the page left.
    reader.press("Tab")
    reader.until("alt+shift+Left", "203-1", said.row, most=2)


def other_language_same_place(reader: Listener, said: Words) -> None:
    """The language switched in the middle of a long page, and on at the same paragraph."""
    reader.until("h", said.safety_online, most=14)
    reader.press("Down")
    reader.press("Tab")
    reader.press("ctrl+Home")
    reader.until("k", said.other_language, most=8)
    heard = reader.follow()
    if not in_order(plain(heard), [said.same_paragraph]):
        reader.until("Down", said.same_paragraph, most=3)


def search_for_a_model(reader: Listener, said: Words) -> None:
    """A search: the number of hits is announced, and the hit leads to its paragraph."""
    reader.until("Tab", said.search, most=6)
    reader.follow()
    reader.until("Tab", said.field, most=12)
    reader.type(said.model, *said.matches)
    reader.until("Tab", said.hit, most=8)
    heard = plain(reader.follow())
    if not in_order(heard, said.answer):
        reader.until("Down", said.answer[-1], most=4)


def case_study(reader: Listener, said: Words) -> None:
    """A case study, with its beginning and its end."""
    reader.until("h", said.case, most=8)
    reader.until("Down", said.case_end, most=30)
    reader.until("Down", *said.next_case, most=4)


def lost_picture(reader: Listener, said: Words) -> None:
    """What a picture showed that the extraction didn't keep."""
    reader.until("h", said.safety_online, most=14)
    reader.until("Down", *said.lost, most=20)


def cite_a_paragraph(reader: Listener, said: Words) -> None:
    """A paragraph's permanent address and printed page."""
    reader.until("b", said.cite, most=6)
    reader.press("Return")
    reader.until("b", said.paragraph_links, most=8)
    assert plain(said.pressed) in plain(reader.press("Return"))
    reader.until("h", said.awareness, most=8)
    reader.until("Down", said.paragraph, most=2)
    reader.until("k", said.paragraph, "14", most=3)
    reader.press("Return")
    reader.until("b", said.cite, most=6)
    reader.until("Down", *said.address, most=10)


def large_and_contrasting(reader: Listener, said: Words) -> None:
    """Text at 200 % and high contrast by keyboard, each change heard. How the page prints, the browser's tree tells."""
    reader.until("Tab", said.settings, most=6)
    assert plain(said.opened) in plain(reader.press("Return"))
    for name, chosen in zip((said.size, said.theme), said.chosen, strict=True):
        reader.until("Tab", name, most=6)
        reader.until("End", chosen, most=1)
    reader.until("Tab", said.done, most=8)
    reader.until("Return", said.settings, most=1)


TASKS: Mapping[str, tuple[str, Callable[[Listener, Words], None]]] = MappingProxyType({
    "01-older-users-by-headings": ("", older_users_by_headings),
    "02-trainings": ("information-security/", trainings),
    "03-channels-for-employees": ("responsibility-management/", channels_for_employees),
    "04-gri-index-and-back": ("gri-index/", gri_index_and_back),
    "05-other-language-same-place": ("key-groups/", other_language_same_place),
    "06-search": ("", search_for_a_model),
    "07-case-study": ("information-security/", case_study),
    "08-lost-picture": ("key-groups/", lost_picture),
    "09-cite-a-paragraph": ("information-security/", cite_a_paragraph),
    "10-large-contrasting": ("art/", large_and_contrasting),
})  # fmt: skip


@pytest.fixture(scope="module", params=tuple(LANGUAGES))
def orca(request: pytest.FixtureRequest) -> Iterator[tuple[str, Desktop]]:
    """Orca in each language of the site."""
    # pytest's own folders have paths too long for a socket.
    with tempfile.TemporaryDirectory(prefix="orca-") as folder, desktop(Path(folder) / "desk", request.param) as made:
        yield request.param, made


@pytest.mark.parametrize("task", TASKS)
def test_what_orca_says(orca: tuple[str, Desktop], site_url: str, task: str, renew_transcripts: bool) -> None:
    language, made = orca
    said = LANGUAGES[language]
    path, do = TASKS[task]
    reader = Listener(made, language, site_url)
    reader.lines.append(f"# {(do.__doc__ or '').strip()}")
    end = "passed"
    try:
        with reader.reading(said.root + path, made.home / task):
            do(reader, said)
    except (AssertionError, TimeoutError) as reason:
        end = f"failed: {str(reason).splitlines()[0]}"
        raise
    finally:
        reader.lines.append(f"# {end}, {reader.keys} keys")
        for folder in (WRITTEN, *(KEPT,) * renew_transcripts):
            (folder / language).mkdir(parents=True, exist_ok=True)
            (folder / language / f"{task}.txt").write_text("\n".join(reader.lines) + "\n", "utf-8")
