"""Words for numbers, scales, qualifiers, months, measures, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from .quantity import Qualifier

HAN_DIGITS: Mapping[str, int] = MappingProxyType(
    {
        char: value
        for value, chars in enumerate(["〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
        for char in chars
    }
)
HAN_UNITS: Mapping[str, int] = MappingProxyType({"十": 10, "百": 100, "千": 1000})
HAN_TENS: Mapping[str, int] = MappingProxyType({"廿": 20, "卅": 30})
"""Tens in one character: 廿五 is 25."""
FORMAL_NUMERALS = str.maketrans("壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟", "一二二三三三四五六六七八九十百千")
"""As cheques have them; alone, many of them are words of their own (大陆, 队伍)."""
_FORMAL_DIGITS = "壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟"
FORMAL_DIGITS = frozenset(_FORMAL_DIGITS)
FORMAL_NUMBER = rf"[{_FORMAL_DIGITS}零万亿]*[{_FORMAL_DIGITS}][拾佰仟万亿][{_FORMAL_DIGITS}零万亿]*"
SCALES: Mapping[str, int] = MappingProxyType(
    {"十": 10, "百": 100, "千": 10**3, "万": 10**4, "亿": 10**8, "w": 10**4, "k": 10**3}
    | {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    | {"kt": 10**3, "mt": 10**6, "m": 10**6}
    | {"mn": 10**6, "bn": 10**9, "tn": 10**12, "ten": 10, "dozen": 12}
)
COUNTERS = (
    "个位名家所场次项种件条份篇部册节门期届季批组对台套款只头颗支张座栋层级类辆艘架株棵亩斤吨克米元"
    "年月日天周岁时秒倍户人口地国省市县区镇乡村校城院班队团轮遍首幅盆句页步站点屏版例笔单亿万千枚包"
)
"""Measure words, and nouns counted without one: what tells 三所 (an amount) from 三江 (a name)."""
UNCOUNTED = ("人工", "人民", "人类", "人文")
"""Words that begin with a measure word: a year stands before them, and counts nothing."""
NOT_ONE = "时点部步级站面类"
"""After 一 these make a word (一时, 一级), no amount."""
GROUPS = "大来强佳"
"""What else follows a number that counts: 五大原则, 十来个, 百强企业, 十佳."""
UNIT_AFTER_THOUSAND = "克米瓦卡伏帕赫"
"""千克, 千米: the 千 belongs to the unit; in 千千瓦时 (MWh) both do."""
DURATION = r"(?:个?月|天|日|周|小时|分钟|秒)"
_UNIT = r"[\u4e00-\u9fff]{0,2}?"

QUALIFIER_BEFORE_ZH = {
    Qualifier.LESS: r"不到|不足|少于|低于|小于|不超过?|不多于|不高于|未满|不满",
    Qualifier.MORE: r"超过|超出|超|逾|不少于|不低于|不下|不止|多于|大于|高于"
    r"|(?<![打攻侦识说])(?:突破|破)|(?<![经通路渡])过(?=[百千万亿])",
    Qualifier.NEARLY: r"接近|将近|逼近|(?<![最附邻临靠亲拉走])近",
    Qualifier.ABOUT: r"大约|大概|约为|(?<![节签预合邀制条公特契违履续])约",
}
QUALIFIER_FAR_ZH = {Qualifier.MORE: r"至少", Qualifier.LESS: r"至多|最多|最高"}
"""Words that a verb may part from their number: 至少帮助 10 个."""
QUALIFIER_AFTER_ZH = {
    Qualifier.LESS: rf"{_UNIT}以[下内](?!简称|内容|是|为|几)"
    rf"|(?:{DURATION}之?|(?<!(?:19|20)\d\d)年)内(?![容部在外陆地涵])",
    Qualifier.MORE: rf"{_UNIT}(?:以上|有余)"
    r"|(?:年|天|个?小时|周|个月)多(?![元样次模种媒])|个多(?=月|小时|星期)",
    Qualifier.ABOUT: rf"{_UNIT}(?:左右|上下)|来(?=[个位名家人年天])",
}
_BUILT_EN = ("built", "based", "centred", "centered", "grouped", "organised", "organized", "structured")
_NOT_ABOUT_EN = "".join(f"(?<!{verb} )" for verb in (*_BUILT_EN, "revolve", "revolves", "revolving"))
"""What is built around three ideas has three, and not about three."""
QUALIFIER_BEFORE_EN = {
    Qualifier.LESS: r"(?:less|fewer|lower|smaller|(?:no|not) (?:more|higher)) than|not exceeding"
    r"|under|below|within|up to|at most|(?:a )?maximum of",
    Qualifier.MORE: r"(?:more|greater|higher|larger|(?:no|not) (?:less|fewer)) than|at least"
    r"|over|above|beyond|exceed(?:s|ed|ing)?|in excess of|upwards of|(?:a )?minimum of"
    r"|topp?(?:s|ed|ing)|surpass(?:es|ed|ing)?|pass(?:ed|ing)",
    Qualifier.NEARLY: r"nearly|almost|close to|approaching|just (?:under|short of)",
    Qualifier.ABOUT: rf"about|{_NOT_ABOUT_EN}around|approximately|approx\.?|roughly|circa|some|an estimated",
}
_UNIT_EN = r"(?:[ -][a-z]+)?"
_STOP_EN = r"(?=\W*$|[.,;:)])"
"""After "5 hours and over": else the words begin the next amount ("5 men and over 6 women")."""
QUALIFIER_AFTER_EN = {
    Qualifier.MORE: rf"{_UNIT_EN} (?:or more\b(?! than)|(?:or|and) (?:above|over)\b{_STOP_EN})",
    Qualifier.LESS: rf"{_UNIT_EN} (?:or (?:less|fewer)\b(?! than)"
    rf"|(?:or|and) (?:below|under)\b{_STOP_EN})",
    Qualifier.ABOUT: rf"{_UNIT_EN} or (?:so|thereabouts)\b",
}
CURRENCY = r"(?:RMB|CNY|USD|HKD|EUR|GBP|US\$|HK\$|US|HK|人民币|[¥￥$€£])"

MONTHS = (
    *("Jan(?:uary)?", "Feb(?:ruary)?", "Mar(?:ch)?", "Apr(?:il)?", "May", "June?"),
    *("July?", "Aug(?:ust)?", "Sept?(?:ember)?", "Oct(?:ober)?", "Nov(?:ember)?", "Dec(?:ember)?"),
)
UNITS_EN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS_EN = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS_EN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS_EN = [
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *(f"{word}th" for word in TEENS_EN[3:]),
]
WORD_VALUES: Mapping[str, Decimal] = MappingProxyType(
    {word: Decimal(number) for number, word in enumerate(UNITS_EN + TEENS_EN, 1)}
    | {word: Decimal(number * 10) for number, word in enumerate(TENS_EN, 2)}
    | dict.fromkeys(["a", "an", "once"], Decimal(1))
    | {"half": Decimal("0.5"), "twice": Decimal(2)}
)
ORDINAL_VALUES: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ORDINALS_EN, 1)}
    | {f"{word[:-1]}ieth": number * 10 for number, word in enumerate(TENS_EN, 2)}
)
FRACTIONS_EN: Mapping[str, int] = MappingProxyType(
    {"half": 2, "quarter": 4} | {word: number for number, word in enumerate(_ORDINALS_EN[2:10], 3)}
)
GASES_ZH = ("二氧化碳", "一氧化碳", "氧化亚氮", "一氧化二氮", "六氟化硫", "三氟化氮", "二氧化硫", "二氧化氮")
_FORMULAS = r"co2|ch4|n2o|sf6|nf3|so2|no2|h2o|o2|h2|pfcs?|hfcs?"
"""Gases and water; the letters of the last two hold no digit, and stand where the others do."""
_MASS = r"(?:(?<![A-Za-z])(?:[mg]?t|(?<!\d)(?<!\d )[kM]t|[kmµ]?g)?|(?:(?<=\d[kM])|(?<=\d [kM]))t)"
"""Before a formula: ktCO2e are kilotonnes of it; behind a number the k is its scale."""
NAMES_WITH_DIGITS = (
    rf"新冠|{'|'.join(GASES_ZH)}|神舟[一二三四五六七八九十]+号|范围[一二三]"
    r"|(?<![A-Za-z0-9])(?i:shenzhou[- ]?\d+|scopes? [123](?: and (?:scope )?[123])?)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])(?i:covid(?:-? ?19)?|coronavirus|carbon (?:di|mon)oxide)(?![A-Za-z0-9])"
    rf"|{_MASS}-?(?i:(?:{_FORMULAS})(?:-?eq?)?)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z])(?i:[kcdmn]?m[23])(?![A-Za-z0-9])"
)
"""Names that hold digits in one language and none in the other: nobody's quantity."""
AFTERNOON = ("下午", "傍晚", "晚上", "晚", "pm")
