"""How much a village's name needs beside it before it counts as a place.

和平, 车道, 半道 are words, 小李 a person, 大黄 a herb or a dog, 第五 an ordinal, 苏村医 a doctor.
The lists hold words of the language, not villages of one county: a county's own names are data.
"""

from __future__ import annotations

import re
from enum import IntEnum


class Need(IntEnum):
    """What a bare name needs: nothing, any locative cue, or a telling one."""

    NOTHING = 0
    CUE = 1
    PROOF = 2


_EVERYDAY = frozenset(
    "和平 车道 半道 原木 花车 安上 双头 大黄 小黄 小李 司马 岭南 团结 胜利 前进 光明 幸福 "
    "建设 东风 红旗 新建 民主 解放 友谊 文化 中心 桥头 大路 大道 新村 新庄 街道 马路 沙滩 "
    "温泉 石头 石灰 大门 东门 西门 南门 北门 东关 西关 南关 北关 东街 西街 南街 北街 东沟 "
    "河口 河边 山上 山下 坡上 坡下".split()
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章云苏潘葛范彭郎鲁韦马苗凤"
    "方任袁柳史唐费薛雷贺倪汤罗毕安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛米戴宋庞熊纪舒屈项董"
    "梁杜阮席季麻贾路江童颜郭梅盛林钟徐邱高夏蔡田胡霍万卢莫丁邓单洪包左石崔龚程邢陆翁段侯"
    "宁甘刘景叶白蒲赖卓屠池乔闻党翟谭冉温庄晏柴瞿阎连易廖耿欧关师聂辛饶曾肖"
)
_PERSON = re.compile(rf"[小大老阿][{_SURNAMES}]")
_ORDINAL = re.compile(r"第[一二三四五六七八九十0-9]+")
# Verb or direction + noun: 上田 (go to the field), 下石 (throw stones), 到/进/安/过 + ...
_VERBAL = re.compile(
    r".?[上下里外]|[上下进出到过安开].|[东西南北](?:河|里|边|头|岸|坡)|河[东西南北]"
)
_NATURE = re.compile(r".?[沟河渠井坡滩梁坪][口边东西南北]?|石.|.[口头]")

# 王村医, 苏村长: titles of persons; 第五次: an ordinal; 上庄稼, 下石头, 上田里: other words.
_NOT_AFTER_VILLAGE = re.compile(r"医(?![院疗保])|长(?![期年达])|官|姑|花|霸")
_NOT_AFTER: dict[str, str] = {
    "上庄": "稼", "上田": "里地埂间头", "下石": "头子", "上梯": "子", "三交": "警",
    "上县": "里城政委", "上掌": "心声", "安上": "了去", "河东": "河", "小寨": "子",
}  # fmt: skip
_NOT_BEFORE = {"下石": "井砸扔掉丢", "上田": "种", "上庄": "赶"}
_NOT_AFTER_ORDINAL = re.compile(
    r"[次个天年批名条项位点遍回轮届月周期层季代号章步排层楼岁名套车版届]|批次|[小中]学|医院"
)


def need_of(name: str) -> Need:
    """What the bare name needs before it counts as a place."""
    if name in _EVERYDAY or _PERSON.fullmatch(name) or _ORDINAL.fullmatch(name):
        return Need.PROOF
    if len(name) == 2 and (_VERBAL.fullmatch(name) or _NATURE.fullmatch(name)):
        return Need.CUE
    return Need.NOTHING


def is_other_word(name: str, before: str, after: str) -> bool:
    """Whether the characters around a name make another word of it."""
    if before and before in _NOT_BEFORE.get(name, ""):
        return True
    if not after:
        return False
    if name.endswith("村") and _NOT_AFTER_VILLAGE.match(after):
        return True
    if after[0] in _NOT_AFTER.get(name, ""):
        return True
    if _ORDINAL.fullmatch(name) and _NOT_AFTER_ORDINAL.match(after):
        return True
    return before.endswith("第") and name[0] in "一二三四五六七八九十"
