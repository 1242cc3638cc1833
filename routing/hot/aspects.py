"""What somebody wants of a thing: it fails, it costs too much, it should be built, how to get it.

石槽停水 and 石槽水费太贵 share matter, place and 水, and are two things. Only plain words count:
a text without one of them is compatible with everything. Lists of words are data.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Aspect(StrEnum):
    """The side of a matter that a text is about."""

    FAULT = "坏了停了"
    COST = "费用"
    WISH = "想新建"
    HOW = "问怎么办"


_WORDS: dict[Aspect, re.Pattern[str]] = {
    Aspect.FAULT: re.compile(
        "坏|停(?!车|放)|断(?!头)|不亮|不着|不热|不通|没水|没电|没气|没信号|堵|漏|塌|裂|臭|吵|灰|烟|浑|"
        "黑了|灭|脏|死了|烂|坑|冒|扰民|噪|污染|拱|咬|烧|倒"
    ),
    Aspect.COST: re.compile(
        r"费(?:用|太|又|从|涨|翻|能|能不能)|涨价|涨到|收费|价格|票价|水费|电费|气费|物业费|[元块]一|一度|太贵|多收|收多"
    ),
    Aspect.WISH: re.compile(
        "想装|能装|想安|安装|加装|增设|新装|新建|扩建|加宽|硬化|拓宽|想接|接自来水|从来没有|一直没装|没装"
    ),
    Aspect.HOW: re.compile(
        "(?:怎么|咋|如何|怎样)(?:办理|申请|补|办|领)|想申请|想办|能办|啥手续|什么手续|哪些材料|什么条件|找谁办|报多少|有没有补"
    ),
}


def aspects_in(plain: str) -> frozenset[Aspect]:
    """The sides that a folded text names in plain words."""
    return frozenset(aspect for aspect, words in _WORDS.items() if words.search(plain))
