"""Patterns that hold in both writings of Chinese: a simplified character stands for its traditional forms too.

Written once, in simplified characters; `test_writings.py` holds the table to what OpenCC knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_PAIRS = (
    "万萬 与與 专專 丝絲 两兩 个個 为為爲 书書 于於 亿億 从從 余餘 侧側 关關 内內 册冊 况況 准準 击擊 则則 别別 "
    "区區 单單 历歷 厘釐 台臺 号號 后後 吨噸 员員 围圍 图圖 场場 备備 头頭 学學 实實 审審 对對 导導 层層 届屆 "
    "岁歲 币幣 帐帳 张張 当當 录錄 总總 户戶 扫掃 报報 据據 摄攝 数數 无無 时時 条條 来來 标標 栏欄 欧歐 注註 "
    "测測 湾灣 点點 电電 码碼 种種 积積 类類 约約 级級 线綫線 组組 经經 续續 维維 编編 网網 节節 范範 获獲 规規 "
    "计計 议議 证證 该該 说說説 读讀 课課 财財 账賬 货貨 资資 赞贊 车車 较較 辆輛 边邊 达達 过過 这這 里裏裡 "
    "鉴鑑鑒 钟鍾 销銷 镑鎊 门門 间間 际際 页頁 顷頃 项項 预預 题題 额額 验驗 骤驟"
)
TRADITIONAL: Mapping[str, str] = MappingProxyType({pair[0]: pair[1:] for pair in _PAIRS.split()})
"""A simplified character -> how it is written in Hong Kong and Taiwan, where that is another one."""
_TOKEN = re.compile(r"\\.|\[\^?\]?|.", re.DOTALL)


def both(characters: str) -> str:
    """`characters`, and those of the other writing: for a set of single characters."""
    return characters + "".join(TRADITIONAL.get(char, "") for char in characters)


def both_writings(pattern: str) -> str:
    """A regular expression that takes traditional characters wherever `pattern` names simplified ones."""
    found: list[str] = []
    in_set = False
    for token in _TOKEN.findall(pattern):
        if token[0] == "[" and not in_set:
            in_set = True
        elif token == "]":
            in_set = False
        elif token in TRADITIONAL:
            token = both(token) if in_set else f"[{both(token)}]"
        found.append(token)
    return "".join(found)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(both_writings(pattern), flags)
