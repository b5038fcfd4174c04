"""Named patterns of written Chinese and English: how numbers, dates, titles and marks look in any report.

With characters.py and numbers.py the only place where code holds Chinese: what is true of one report is in report/.
"""

from __future__ import annotations

import re

from .characters import CHINESE_DIGITS, HAN
from .writings import both, compiled

SCALES = both("万亿千百")
"""Marks that multiply the number before them."""
AND_MORE = both("余多")
"""Marks behind a number: and more."""
ABOUT = both("约近超逾")
"""Marks before a number: about, nearly, more than."""
COUNTERS = both(
    "余多家个项次条件万亿千百元人名位场节门堂部种所只头户单款册批篇届辆台组小时天年月分钟秒度吨层公里米级倍份%％"
)
"""Characters that may close a value, one or two of them."""
LABEL_COUNTERS = both("个次项条")
"""Counters after which a noun follows: the number is part of a label."""
JOINING_ENDS = both("，、的和与及")
"""Marks and particles at the end of a line whose sentence goes on."""
OPEN_WORDS = frozenset(
    ("the", "of", "and", "a", "an", "in", "to", "for", "with", "by", "or", "on", "our", "its", "their", "from", "that")
)
"""English words at the end of a line whose sentence goes on."""
NONE_CELLS = frozenset({"/", "-", "—", "–", "N/A", "n/a", *both("无")})
"""What a cell prints for: nothing to disclose."""
PAGE_HEAD = compiled(r"^\s*(?:页码|页数|页|pages?|page (?:no\.?|numbers?))\s*$", re.IGNORECASE)
"""The head of a column of page numbers."""
CONTINUED = compiled(
    r"^\s*[（(]?\s*(?:续上?表|接上表|下页续|续|continued|cont'?d)\s*[)）]?\s*\d*\s*$"
    r"|[（(]\s*(?:续|continued|cont'?d)\s*[)）]\s*$|^续表",
    re.IGNORECASE,
)
"""What stands over the second half of a table."""
BOUNDED = compiled(r"\d\s*[岁年月人]?\s*(?:及以?)?(?:以上|以下|以内)$")
"""A number with its bound behind it: `50 岁以上`."""
TOTAL = compiled(r"^\s*(?:合计|总计|总和|(?:grand )?total)\b", re.IGNORECASE)
"""The name of a last row that sums up the whole table, and no group of it."""

FRACTIONS = "½⅓⅔¼¾⅛"
POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
COMPARATORS = "≥≤><＞＜≈≧≦"
SIGNS = r"\-−–+±"
CURRENCIES = r"US\$|HK\$|NT\$|A\$|C\$|RMB|CNY|USD|HKD|EUR|GBP|人民币|[¥￥$€£]"
SIGNED = (
    rf"(?:超过?|不少于|不低于|至少|大于|小于|低于|高于|不到|[{ABOUT}{COMPARATORS}])?\s*"
    rf"(?:(?<![\w)）%％.])[{SIGNS}])?(?:(?:{CURRENCIES})\s*)?"
)
"""What stands before a number and belongs to it: comparator, sign, currency."""
NUMBER = rf"(?:\d[\d,.]*\s*×\s*10[{POWERS}]+|10[{POWERS}]+|\d*[{FRACTIONS}]|\d[\d,.]*)"
VALUE = compiled(
    rf"{SIGNED}{NUMBER}\s*\+?\s*"
    rf"(?:[{SCALES}]+|(?:million|billion|trillion|thousand)\b|(?<=\d)(?:bn|mn|tn|[KMBk])(?![A-Za-z\d]))?"
    rf"\s*[{AND_MORE}+]?\s*(?:[{SCALES}]+)?\s*\+?\s*"
    rf"(?:%|％|‰|℃|℉|°\s?[CF](?![A-Za-z])|人次|万次|亿次|小时|分钟|[{COUNTERS}]{{0,2}})\+?"
)
"""A number with comparator, sign, currency, scale and a counter of up to two characters."""
LATIN_UNITS = (
    "million|billion|tonnes|tons|hours|days|people|litres|[kMGT]W(?:h|p)?|[kMGTP]J|t?CO[2₂](?:e|-eq)?|[kM]?t(?:CO[2₂]e?)?"
    "|m[²³23]|km[²2]?|ha|pp|dB(?:\\(A\\))?"
)
YEAR_HEAD = r"(?:(?:19|20)\d\d(?:\s?年)?|[FC]Y\s?(?:20)?\d\d)"
"""A year as it heads a column in a line of plain text."""
LONG_LEADERS = re.compile(r"(?:[.…·⋯_]\s?){8,}")
"""Dots that lead the eye to a number: as many as fill the line, so that no length is told by them."""
ORDINAL_END = compiled(r"第\s*$")
"""What makes the number behind it an ordinal."""
LONE_VALUE = compiled(
    rf"{VALUE.pattern}(?:\s?(?!的)[{HAN}]{{1,3}})?\+?"
    rf"|{VALUE.pattern}\s?(?:[a-z]{{1,2}}|[A-Z]{{2,4}}|{LATIN_UNITS})\+?"
    rf"|{VALUE.pattern}\s?(?:[{HAN}]{{1,8}}|[A-Za-z₂²³\d]{{1,8}})/(?:[{HAN}]{{1,6}}|[A-Za-z]{{1,8}}[²³23]?)"
    rf"|{SIGNED}\d+(?:\.\d+)?\s*[:：]\s*\d+(?:\.\d+)?"
)
"""A value that fills its cell, with a unit of up to three ideographs or a Latin one, or one by another; a ratio."""
NUMBER_CELL = compiled(
    rf"^[{ABOUT}{COMPARATORS}]?\s*[{SIGNS}]?\s*[\d,.]+\s*[+%‰]?(?:\s*[{SCALES}]+)?\s*[+{AND_MORE}]?\s*[^\d\s]{{0,4}}$"
)
VALUE_PARTS = compiled(
    rf"^(?!第)(?P<number>(?:[{HAN}]{{1,2}}\s*|(?:[A-Za-z]+\s+)*)?\d[\d,.]*"
    r"(?:[⁻⁰¹²³⁴-⁹]+|\s*[-–~～:：/]\s*\d[\d,.]*|\s?[x×](?![A-Za-z\d])|[½⅓⅔¼¾])?\s*\+?\s*"
    rf"(?:[{AND_MORE}]?[{SCALES}]+|million|billion|thousand|(?:bn|[KMBk])(?![A-Za-z]))?\s*[+{AND_MORE}]?\s*[%‰]?)\s*(?P<unit>.*)$"
)
"""A value as the large number and the small unit beside it; an ordinal (第 3 名) is one whole."""
YEAR = compiled(r"(?:19|20)\d\d\s*年?")
DATE_PART = compiled(r"(?:19|20)\d\d\s*年?|\d{1,2}\s*[月日]|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月")
YEAR_ONLY = compiled(r"^(?:19|20)\d\d\s*年?$")
"""A year by itself: several of them as headings are stations of a history."""
DATE_ONLY = compiled(
    r"^(?:截至\s*)?\d{4}\s*年(?:底|初|末|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?$|^(?:in|since|by)?\s*(?:19|20)\d\d$",
    re.IGNORECASE,
)
IN_YEAR = compiled(
    r"^\s*(?:在\s*)?(?P<year>(?:19|20)\d\d)\s*年(?:全年|度|内|间|里)?(?!\s*(?:的?\s*\d|[初底末上下前后以起至到第春夏秋冬和及与、~–—-]))"
    r"|^\s*(?:in|during|throughout) (?P<en>(?:19|20)\d\d)\b(?![-–/])",
    re.IGNORECASE,
)
"""A clause that opens with the year in which all of it happened."""
AT_YEAR_END = compiled(
    r"(?:截至|截止到?|到)\s*(?P<year>(?:19|20)\d\d)\s*年(?:年?底|末)"
    r"|\b(?:as of|by|at) the end of (?P<en>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
CUMULATIVE = compiled(r"累计|累积|历年|以来|至今|迄今|in total|cumulative|since|to date|so far", re.IGNORECASE)
"""Counts from some beginning on: the year of the sentence need not be all of it."""
DATE_COMMA = compiled(rf"(?<=[年月日])\s*,\s*(?=[{HAN}])")
LEAD_IN = compiled(r"^.{2,8}(?:方面|(?<![线网以之])上)$")
"""`In respect of …`: words that open a sentence and are no title."""
TIMES_SIGN = compiled(r"(?<=\d)\s*[Xx*]\s*(?=\d+\s*(?:小时|hours))")
ACCOUNT_WORDS = compiled(
    r"@|\b(?:accounts?|handles?|follow|instagram|wechat|weibo|twitter|user ?names?)\b"
    r"|账号|帐号|帳號|微信号|用户名|关注",
    re.IGNORECASE,
)
"""Words beside the name of an account, whose underscores are its own."""
PAGE_RULE = compiled(
    r"^\{\d+\}-{10,}$|^-{3,}\s*(?:page|第)\s*\d+\s*页?\s*-{3,}$|^\\(?:newpage|pagebreak|clearpage)$", re.IGNORECASE
)
"""A line that an extractor puts between two pages."""
PAGE_NUMBER = compiled(
    r"^[-–—\s|·]*(?:p\.?\s*|page\s+|第\s*)?(\d{1,4})"
    r"\s*(?:页(?:[,，]?\s*共\s*\d+\s*页)?|of \d+|/\s*\d+)?[-–—\s|·]*$",
    re.IGNORECASE,
)
ITEM_GOES_ON = re.compile(r"[；;]\s*(?:及|和|and|or)?$")
"""How an item of a list ends that another follows."""
RUN_IN = re.compile(r"^(?P<title>[^，。；：:！？,;]{2,14})[：:]\s*(?P<rest>.{40,})$")
RUN_IN_LATIN = re.compile(r"^(?P<title>[A-Z][^.;:!?]{2,40}):\s+(?P<rest>.{80,})$")
REPORT_TITLE = compiled(
    r"(?:报告|年报)书?$|\breport(?:\s+(?:19|20)\d\d(?:[-–/]\d+)?)?$|\breview(?:\s+(?:19|20)\d\d)?$|(?:19|20)\d\d\b.*\breport\b|\breport\b.*(?:19|20)\d\d|(?:19|20)\d\d.*报告",
    re.IGNORECASE,
)
"""A line that names a report, and not one that speaks of it."""
APPENDIX = compiled(r"^(?:附录|附件|附表|appendix|appendices|annex(?:es)?)$", re.IGNORECASE)
CLOSING_TITLE = compiled(
    r"^(?:结语|结束语|后记|(?:未来)?展望(?:未来)?|(?:读者)?(?:意见)?反馈(?:表|意见表)?|名词解释|术语表"
    r"|.{0,24}(?:内容|指标|报告|披露|对照)索引(?:表)?|索引|.{0,8}(?:鉴证|审验|验证|核查)(?:报告|声明|意见)"
    r"|outlook|feedback(?: form)?|glossary|index|.{0,40}(?:content|disclosure|standards)s? index"
    r"|.{0,24}assurance (?:statement|report))$",
    re.IGNORECASE,
)
"""What stands behind the last chapter of any report, and in none."""
ABOUT_REPORT = compiled(
    r"^(?:关于|有关)?\s*(?:本|此|该|这份)?\s*报告(?!书$)"
    r"(?:说明|编制|范围|期间|概况|获取|框架|边界|原则|导读|规范)*$"
    r"|^关于|审验|鉴证|核查报告|审计报告|验证"
    r"|\babout\b|\bthis report\b|\breporting\b|assurance|audit(?:or)?|verification"
    r"|^report (?:scope|profile|overview|boundary)",
    re.IGNORECASE,
)
"""Sections of a report that speak of the report, and what others say of it: never its title."""
REPORT_WORD = compiled(r"报告|report|review", re.IGNORECASE)
CASE_MARK = compiled(r"^(?:案例|专栏|case study|case|spotlight|in focus)\s*\d*\s*[:：|]", re.IGNORECASE)
TABLE_TITLE = compiled(
    r"^(?P<number>(?:表|table)\s*\d+(?:[-–.]\d+)*)\s*(?:[:：.、]|(?P<stroke>[|｜]|[–—-](?=\s+\D)))?\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)
TABLE_CAPTION = compiled(r"^(?:(?:table|表格?)\s*[:：]\s*|:\s+)(?P<text>\S.*)$", re.IGNORECASE)
"""Without a number: told only by the table beside it."""
NUMBERED_CAPTION = compiled(
    r"^(?:图表?|表|照片|figure|fig\.|table|chart|exhibit|photo|picture|diagram|box)\s*\d+(?:[-–.]\d+)*(?!\d)\s*[:：.、|–—-]?\s*\S",
    re.IGNORECASE,
)
"""A line that names itself the caption of a picture or table: `Figure 3: …`."""
NUMBERED_TITLES = (
    # Schemes of numbered headings, outermost first; decimals tell their own depth.
    compiled(
        rf"^(?:第\s*[{CHINESE_DIGITS}\d]+\s*[章篇部编]|附录\s*(?:[{CHINESE_DIGITS}\dA-Z]|(?=[:：]))|(?:chapter|part|appendix)\s+(?:[\divx]+|[a-z])\b)\s*[:：.、]?\s*(?P<text>\S.*)$",
        re.IGNORECASE,
    ),
    compiled(
        rf"^(?:第\s*[{CHINESE_DIGITS}\d]+\s*节|section\s+\d+\b(?!\.))\s*[:：.、]?\s*(?P<text>\S.*)$",
        re.IGNORECASE,
    ),
    re.compile(rf"^[{CHINESE_DIGITS}]{{1,3}}、\s*(?P<text>\S.*)$"),
    re.compile(rf"^[（(][{CHINESE_DIGITS}]{{1,3}}[)）]\s*(?P<text>\S.*)$"),
    re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?P<text>[^\d\s%].*)$"),
    re.compile(rf"^(?P<number>\d{{1,2}})\s*[.．、]\s*(?P<text>[{HAN}A-Z“《].*)$"),
)
ITEM_MARKS = re.compile(
    rf"^(?:[（(](?P<digit>\d{{1,2}})[)）]|(?P<digit_bracket>\d{{1,2}})[)）]|(?P<circled>[①-⑳])"
    r"|[（(](?P<roman>[ivx]{2,4})[)）]|(?P<roman_bracket>[ivx]{2,4})[)）]|(?P<roman_point>[ivx]{2,4})\.(?=\s)"
    rf"|(?P<digit_point>\d{{1,2}})(?:[.．](?!\d)|、)|[（(](?P<letter>[a-z])[)）]|(?P<letter_bracket>[a-z])[)）]|(?P<letter_point>[a-z])\.(?=\s)"
    rf"|[（(](?P<han>[{CHINESE_DIGITS[:10]}]{{1,3}})[)）]|(?P<han_point>[{CHINESE_DIGITS[:10]}]{{1,3}})、)\s*(?P<text>\S.*)$"
)
"""Marks that count items; the groups name what is counted, and how."""
ALWAYS_ITEM_MARKS = re.compile(r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳])$")
"""Marks that never count a title."""
PAGE_WORD = compiled(r"\bpage\s+\d|\bp\.\s*\d|第\s*\d+\s*页", re.IGNORECASE)
NUMBER_ALONE = compiled(
    rf"^(?:第\s*[{CHINESE_DIGITS}\d]+\s*[章篇部编节]|(?:chapter|part|section|appendix)\s+(?:\d+|[ivx]+|[a-z])|附录\s*[{CHINESE_DIGITS}\dA-Z])"
    r"\s*[:：.、]?$",
    re.IGNORECASE,
)
"""A heading's number whose title stands on the next line."""
NUMBERING = compiled(
    rf"^(?:第\s*[{CHINESE_DIGITS}\d]+\s*[章篇部编节]|(?:chapter|part|section|appendix)\s+(?:\d+|[ivx]+|[a-z])\b"
    rf"|[{CHINESE_DIGITS}]{{1,3}}\s*[、.．]|[（(](?:[{CHINESE_DIGITS}]{{1,3}}|\d{{1,2}})[)）]"
    r"|\d{1,3}(?:\.\d{1,2})*(?:\s*[.．、)]\s*|\s+)(?=\D))\s*[:：.、|-]?\s*(?=\S)",
    re.IGNORECASE,
)
"""What counts a title and may be left out where it stands again."""
UNIT_NOTE = compiled(
    r"^[（(]?\s*(?:单位|货币单位|币种|units?\b|in (?:thousands?|millions?|billions?)\b"
    r"|(?:rmb|us\$|usd|eur|€|£) ?(?:m|million|thousand|'000)\b)",
    re.IGNORECASE,
)
"""The unit of a table, which stands over each part of it."""
UNIT_HEAD = compiled(r"^(?:计量)?单位$|^units?$", re.IGNORECASE)
"""The head of a column of units."""
UNIT_CELL = compiled(rf"^(?:{LATIN_UNITS}|[%‰]|[{COUNTERS}]{{1,3}})$")
"""A unit alone in its cell."""
REMARK = compiled(
    r"^(?:注|备注|附注|注释|来源|数据来源|资料来源|note|notes|source|sources)\s*\d*\s*[:：]", re.IGNORECASE
)
LABEL_WORD = compiled(
    r"^(?:图|表|案例|步骤|目标|措施|专栏|议题|原则|figure|fig\.|table|case|step|goal|sdg|target|principle|box|question|option|phase|stage|pillar)",
    re.IGNORECASE,
)
"""Words that count things of the text when a number follows; no page is numbered so."""
LABELLED = compiled(
    r"^(?:图|表|附表|figure|fig\.|table|chart|gri|sasb|sdgs?|iso|tcfd)\s*[A-Z]{0,4}[-–. ]?\d[\w.–-]*$", re.IGNORECASE
)
"""A label that the text refers to, alone in its line."""
QUANTITY_TOKEN = re.compile(
    r"^[(（“\"]?(?:"
    r"[<>≤≥=≈~±+−–-]+"
    r"|[<>≤≥=≈~±+−–-]{0,2}(?:[A-Z]{0,3}[$€£¥￥]|RMB|CNY|USD|EUR|HKD|GBP)?\d[\d,]*(?:\.\d+)?[⁰¹²³⁴-⁹⁻]*(?:[–~:/×-]\d[\d,.]*)?\+?"
    r"(?:%|％|‰|°[CF]?|e-?\d{1,2}|[A-Za-zµμ]{1,5}[²³]?(?:/[A-Za-z²³]{1,5})?|[½¼¾⅓⅔])?"
    r"|[½¼¾⅓⅔⅛]|[A-Z]{2,6}-?[1-9]\d*(?:[-.–]\d+)*[a-z]?|[A-Z][1-9]\d?(?:\.\d+)*"
    r"|t?[A-Z][A-Za-z]?[A-Z]?[₀-₉]+[A-Za-z₀-₉]*|[A-Z]{2,}(?:-[A-Z]{2,})*-\d+[a-z]?(?:\.\d+)*"
    r")[)）”\".,;:]*$"
)
"""A number with sign, currency and unit, a fraction, a code, a formula: what no recognition error looks like."""
SITE_ADDRESS = re.compile(
    r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|io|eu|de|uk|hk|example|co)(?:/\S*)?$",
    re.IGNORECASE,
)
PART_TITLE = compiled(rf"^(?:第\s*[{CHINESE_DIGITS}\d]+\s*[篇部编]|part\s)", re.IGNORECASE)
"""What holds chapters."""
LETTERED_TITLE = compiled(
    r"^(?:(?:主要)?(?:范畴|层面|方面)|aspect|subject area)?\s*"
    # Ideographs have no case: among them it takes the compiler long to look for it.
    rf"(?P<letter>[A-H])(?:(?P<number>\d{{1,2}})|(?=(?-i:[.．、:：\s{HAN}])))\s*[.．、:：]?\s*(?P<text>(?:(?-i:[{HAN}])|[A-Z]).+)$",
    re.IGNORECASE,
)
"""Areas and aspects as stock exchanges have them: `A. 环境`, `A1 排放物`, `Aspect B1: Employment`."""
PLAIN_TITLE = re.compile(r"^(?P<number>\d{1,2})\s+(?P<text>[^\d\s%].*)$")
PLAIN_NUMBER = re.compile(r"^\d{1,2}\s+\D")
"""A number and a title, nothing between: enough where we know that it is a heading."""
