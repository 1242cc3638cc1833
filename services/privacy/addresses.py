"""Where somebody lives, down to the door. Villages, townships and roads stay: everybody knows
them, and the model should see that a place was named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.privacy.placeholders import Placeholder
from services.privacy.span import Span

_N = r"[\d一二三四五六七八九十百零〇两]{1,5}"
_DOOR = (
    rf"(?:\d{{3,4}}(?!\d)(?:\s?(?:室|户|房间?|号))?|{_N}\s?(?:层|楼)(?!道|梯)\s?(?:\d{{1,4}}\s?"
    rf"(?:室|户|房间?|号)?)?|{_N}\s?(?:室|户|房间?|号(?!楼|线|文)))?"
)
_HOUSE = re.compile(
    rf"第?{_N}\s?号\s?(?:居民)?楼(?!层)\s?(?:第?{_N}\s?单元)?\s?{_DOOR}"
    rf"|第?[\dA-Za-z]{{1,4}}\s?(?:栋|幢|座(?!机|谈|位|椅|桥|山|坟|庙))"
    rf"(?:楼)?\s?(?:第?{_N}\s?单元)?\s?{_DOOR}"
    rf"|第?{_N}\s?单元\s?{_DOOR}"
    r"|(?<![\d年-])\d{1,3}\s?[-‐–—#]\s?\d{1,2}\s?[-‐–—]\s?\d{3,4}(?:室|号|户)?(?!\d|[-年])"
    r"|(?<![\d年-])\d{1,3}#\s?\d{3,4}(?:室|号)?"
    r"|(?<!\d)\d{3,4}\s?室"
    r"|(?<!\d)\d{1,4}\s?号\s?(?:院|宅|门面|门市|商铺|铺面|摊位)"
    rf"|第?(?:[二三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?)\s?(?:栋|幢)(?:楼)?\s?"
    rf"第?{_N}\s?单元\s?{_DOOR}"
    rf"|门牌号?码?\s?(?:是|为|:|：)?\s?[A-Za-z]?(?:{_N}\s?号|\d{{1,4}})"
    rf"|第?{_N}\s?(?:村民)?(?:小组|组|生产队|小队|队|社)\s?(?:{_N}\s?号(?!线|文)|第\s?{_N}\s?户)"
    rf"|第?{_N}\s?排\s?(?:{_N}\s?号(?!线|文)|第\s?{_N}\s?户)"
)
_IN_STREET = re.compile(
    rf"(?:路|街|巷|弄|胡同|大道|里弄)\s?({_N}\s?号(?:附{_N}号?)?)"
    r"(?!\s?(?:线|杆|灯|井|车|台|机|桥|闸|站|泵|洞|坝|塔|路灯|电杆|变压器|文|公告|通知|"
    r"那天|上午|下午|晚上|早上|开始|至今|起|停|左右))"
)
_IN_VILLAGE = re.compile(
    rf"(?:村|庄|屯|寨|沟|组|队)\s?((?:第\s?)?{_N}\s?号)(?=\s?(?:家|户|院|门|住|的?村民|$|[，,。；;\n]))"
)
_GROUP_OF = re.compile(
    rf"(第?{_N}\s?(?:村民)?(?:小组|组|生产队|小队|队|社|网格))\s?的?(?=\s?(?:村民|居民)?\ue000)"
)


def addresses_in(plain: str) -> Iterator[Span]:
    """Every door in a text in narrow forms, and the group that stands before somebody's name."""
    for found in _HOUSE.finditer(plain):
        yield Span(found.start(), found.end(), Placeholder.ADDRESS)
    for pattern in (_IN_STREET, _IN_VILLAGE, _GROUP_OF):
        for found in pattern.finditer(plain):
            yield Span(found.start(1), found.end(1), Placeholder.ADDRESS)
