"""How reports name themselves in Chinese and English: kinds of report, companies, years, the period they cover.

Also what tells a written language from its neighbours.
"""

# ruff: noqa: SIM905 (a list of words is easier to read)

from __future__ import annotations

import re

from .characters import HAN

_YEAR = r"(?:19[9]\d|20\d\d)"
YEARS = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
YEAR_SPAN = re.compile(rf"(?<!\d)(?P<first>{_YEAR})\s*年?(?:度)?\s*[-–—~/至]\s*(?P<last>(?:20)?\d\d)(?!\d)")
"""`2022-23`, `2022/2023`: the report's year is the last."""
YEAR_LINE = re.compile(
    rf"(?:FY\s*)?{_YEAR}(?:\s*[-–/]\s*\d{{2,4}})?\s*(?:年度?|財年|财年)?|year {_YEAR}", re.IGNORECASE
)
"""A line of a cover that holds the year and nothing else."""
_FROM_ZH = rf"{_YEAR}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE_EN = rf"(?:\d{{1,2}}(?:st)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st)?,?)(?:\s+{_YEAR})?"
PERIOD = re.compile(
    rf"{_FROM_ZH}\s*(?:起)?\s*(?:至|到|[-–—~～])+\s*(?:(?P<zh>{_YEAR})\s*年)?\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"
    rf"|{_DATE_EN}\s*(?:to|through|until|and|[-–—])\s*(?:\d{{1,2}}(?:st)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st)?,?)\s+(?P<en>{_YEAR})",
    re.IGNORECASE,
)
"""`2030 年 1 月 1 日至 12 月 31 日`, `1 January to 31 December 2030`."""

# Repeats are possessive: a line of such words that ends otherwise is given up at once.
_FIELDS_ZH = (
    "企业|企業|公司治理|半年度|年度|社会|社會|责任|責任|可持续|可持續|发展|發展|永续|永續|环境|環境|治理|管治|气候|氣候"
    "|绿色|綠色|综合|綜合|整合|履责|影响力|碳中和|低碳|信息披露|ESG|CSR|TCFD|暨|及|和|与|與|、"
    rf"|{_YEAR}|年|[（(][A-Za-z ]{{1,20}}[）)]|[\s·]"
)
_KIND_ZH = (
    rf"(?P<kind>(?:{_FIELDS_ZH})*+(?:报告书?|報告書?|白皮书|白皮書)|年报|年報)"
    rf"(?:[（(][^（）()]{{1,16}}[）)]|摘要|正文|全文|\s|{_YEAR}|年|度)*+"
)
KIND_ZH = re.compile(_KIND_ZH + "$")
"""A title's end: what kind of report it is."""
TITLE_FIRST_ZH = re.compile(rf"^.{{2,40}}?{_KIND_ZH}")
"""A running head that goes on with the chapters' names."""
_FIELDS_EN = (
    "annual|integrated|sustainability|sustainable|development|environmental|environment|social|governance|corporate"
    "|responsibility|responsible|business|citizenship|impact|climate|change|energy|water|nature"
    "|biodiversity|tax|modern|slavery|health|safety|ethics|esg|csr|tcfd|non-?financial|progress|action"
    "|transition|community|purpose|stewardship|accountability|data|performance|people|planet|human|rights|diversity"
    "|inclusion|green|carbon|and|on"
)
_KINDS_EN = "report|review|statement|plan|update|disclosures?|summary|white ?paper|(?:fact)?book|supplement"
_KIND_EN = (
    rf"(?P<kind>(?:\b(?:{_FIELDS_EN})\b[\s,&/–—-]*+)*+\b(?:{_KINDS_EN}))\b"
    rf"(?:[\s,:()]|\b(?:for|fy|the|fiscal|financial|calendar|year|ended)\b|\bFY\s?\d\d\b|{_YEAR}|[-–/]\d{{2,4}})*+"
)
KIND_EN = re.compile(_KIND_EN + "$", re.IGNORECASE)
TITLE_FIRST_EN = re.compile(rf"^.{{3,60}}?\b{_KIND_EN}", re.IGNORECASE)
COMPANY_ZH = re.compile(
    rf"[{HAN}A-Za-z0-9（）()·]{{2,24}}?(?:股份有限公司|有限责任公司|有限責任公司|集团有限公司|集團有限公司|有限公司|集团公司|集團公司)"
)
COMPANY_END_ZH = re.compile(r"(?:公司|集团|集團|控股|银行|銀行|基金会|基金會|股份|科技|大学|大學|协会|協會)$")
COMPANY_END_EN = re.compile(
    r"\b(?:plc|inc|ltd|limited|group|corporation|corp|company|co|ag|se|gmbh|n\.?v|s\.?a|ab|asa|holdings?|bank|llc|llp|foundation"
    r"|trust|university|partners|industries|airlines|railways?|rail)\.?$",
    re.IGNORECASE,
)
COMPANY_EN = re.compile(
    r"\b(?:[A-Z][\w&'’.-]*\s+){1,5}(?:plc|Inc|Ltd|Limited|Group|Corporation|Corp|Holdings|AG|SE|GmbH|LLC|Company)\b\.?"
)
ANY_COMPANY = re.compile(r"^(?:the|our|this|each|an?)\s+(?:group|company|corporation|holdings?)$", re.IGNORECASE)
"""What any report calls its company: no name."""
BEFORE_COMPANY = re.compile("^(?:本报告|本報告)?[由是为為在经經对對向从從于於将將]")
"""Words that run into a name, as Chinese is written without blanks."""
CALLED = re.compile(r"^\s*[（(]\s*(?:以下|下称|下稱|简称|簡稱|hereinafter|“|\"|the\s|referred|together)", re.IGNORECASE)
"""Follows a company's full name where the text gives it a short one."""
NO_COMPANY = re.compile(
    r"[〇零一二三四五六七八九]{4}年|\d月"
    r"|^(?:our|the|a|an|this|annual|global|full|final|draft|interim|summary|appendix|towards?|building|making|creating|delivering)\b"
    rf"|[，。：；、？！,:;?!|]|^[{HAN}]*(?:的|我们|我們|让|讓|共创|共創|责任|責任|发展|發展|未来|未來)[{HAN}]*$",
    re.IGNORECASE,
)
"""A motto on the cover rather than a name."""

TRADITIONAL = frozenset(
    "們個這國會發經與對應環責動業務員產報關實現為時進還過說學開體點機區"
    "當種後問題無從來電車長東書見門馬龍總額氣續團錄營運"
)
SIMPLIFIED = frozenset(
    "们个这国会发经与对应环责动业务员产报关实现为时进还过说学开体点机区"
    "当种后问题无从来电车长东书见门马龙总额气续团录营运"
)
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
HANGUL = re.compile("[\uac00-\ud7a3]")
OTHER_SCRIPTS = {
    "Russian or another language in Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
    "Hindi or another language in Devanagari": re.compile("[\u0900-\u097f]"),
}
COMMON_WORDS = {
    "English": frozenset("the of and to in for we our is with that by from are was this".split()),
    "French": frozenset("le la les des du et une dans pour nous notre est sur aux avec par ses".split()),
    "German": frozenset("der die das und den von mit ist wir unsere für auf im zu des nicht".split()),
    "Spanish": frozenset("el los las una del y para con por nuestra es que más se como".split()),
    "Portuguese": frozenset("os uma do da dos das para com por nossa é que mais não em".split()),
    "Italian": frozenset("il gli della delle dei per con una nostra è che più nel di".split()),
    "Dutch": frozenset("het een van en voor met wij onze zijn is dat op te door".split()),
}
YEAR_WORD_AT_END = re.compile(r"\s*(?:年度|年|\bFY)\s*$")
"""What is left of a year behind a name when its digits are gone."""
