"""Which characters a reader of a language meets all the time: bytes decoded by the wrong table hold hardly any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

_SHARED = frozenset(
    "的一是了不在有人我他中大上和地到子你出也年得就那要下以生自之可後里小么心多天而能好都然日起成事只作想看文用主行方又如前所本面公同三已老"
    "最把活力高正信性度法化平成合分外加建安全技水工利期此部回定比目分表位理科基元世原流任件代全第並由重四五六七八九十百千月明社司告"
    "供品改造展全推提及制各承金使持包括等收入商本再量体系立二"
)
_SIMPLIFIED = frozenset(
    "来个国说们为时会着过对学么发经头动两长样现实进种机关点间问题产业务员环资总报责应设东车书无电实与从计级类统术结果给网络户数据质据区协"
    "保护风险节约减废标准监督团队营销识让强调万亿这"
)
_TRADITIONAL = frozenset(
    "來個國說們為時會著過對學麼發經頭動兩長樣現實進種機關點間問題產業務員環資總報責應設東車書無電與從計級類統術結給網絡戶數據質區協"
    "護風險節約減廢標準監督團隊營銷識讓強調萬億這後體導續氣劃於"
)
_CHINESE_MARKS = frozenset("，。、：；（）“”《》！？「」—…％　")
_KANA = frozenset(map(chr, range(0x3041, 0x30FF))) | frozenset("、。「」（）・々")
_HANGUL = frozenset(
    "이다의는가을에고를하한은로지도기사자인어시보대리과전그으서정부일해주아공동원장있회상년스수조성구제적들나라업요경안"
)
_TYPOGRAPHIC = frozenset("\u00a0‘’“”–—•…€£©®™°±²³·½§«»×‰")
LONGEST_ACCENTED_RUN = 2
"""Letters with accents stand alone, or two together; longer runs are another alphabet."""


def _share(familiar: frozenset[str]) -> Callable[[str], float]:
    def of(text: str) -> float:
        written = [char for char in text if not char.isascii()]
        return sum(char in familiar for char in written) / len(written) if written else 0.0

    return of


def _western(text: str) -> float:
    """Share of the non-ASCII characters that stand as letters with accents and typographic marks do among ASCII."""
    good = total = run = 0
    for i, char in enumerate(text):
        if char.isascii():
            run = 0
            continue
        total, run = total + 1, run + 1
        between = text[i - 1 : i].isalpha() and text[i + 1 : i + 2].isalpha() and i > 0
        accented = "\u00c0" <= char <= "\u00ff" and char not in "×÷ÐðÞþ"
        mark = char in _TYPOGRAPHIC and (char == "’" or not between)
        misplaced = char.isupper() and text[i - 1 : i].islower()
        good += run <= LONGEST_ACCENTED_RUN and ((accented and not misplaced) or mark)
    return good / total if total else 0.0


READERS: Mapping[str, tuple[Callable[[str], float], float]] = MappingProxyType(
    # Writing -> how well a text reads (share of familiar characters), and from where on it reads well.
    {
        "simplified Chinese": (_share(_SHARED | _SIMPLIFIED | _CHINESE_MARKS), 0.3),
        "traditional Chinese": (_share(_SHARED | _TRADITIONAL | _CHINESE_MARKS), 0.3),
        "Japanese": (_share(_KANA), 0.35),
        "Korean": (_share(_HANGUL), 0.3),
        "Western European": (_western, 0.85),
    }
)


def reads_as(text: str, writings: tuple[str, ...]) -> float:
    """How well `text` reads in the best of the writings: 1 is where it begins to read well, less is rubbish."""
    return max(READERS[writing][0](text) / READERS[writing][1] for writing in writings)
