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
    "长子 沟口 温泉 石头 石灰 大门 东门 西门 南门 北门 东关 西关 南关 北关 东街 西街 南街 北街 东沟 "
    "河口 河边 山上 山下 坡上 坡下".split()
)
ON_THE_WAY = frozenset("半道 车道 大道 大路 马路 街道".split())
"""Words for where anything can happen: 车坏在半道."""
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
_NOT_AFTER_VILLAGE = re.compile(r"医(?!保|院|疗|药费)|长(?![期年达])|官|姑|花|霸|匪|妇")
_NOT_AFTER: dict[str, str] = {
    "上庄": "稼", "上田": "里地埂间头", "下石": "头子", "上梯": "子", "三交": "警",
    "上县": "里城政委", "上掌": "心声", "安上": "了去", "河东": "河狮边岸", "河西": "边岸", "高壁": "垒", "小寨": "子",
    "清华园": "大", "东里": "屋间头", "沟口": "叫有被让", "大黄": "蜂牙米", "小黄": "车书",
}  # fmt: skip
_NOT_BEFORE = {
    "下石": "井砸扔掉丢",
    "上田": "种",
    "上庄": "赶",
    "三交": "初周期十第",
    "石渠": "挖修砌",
    "良马": "匹头",
    "古县": "自千万",
}
_NOT_AFTER_ORDINAL = re.compile(
    r"[次个天年批名条项位点遍回轮届月周期层季代号章步排楼岁名套车版届组队类种份]|批次|[小中]学|医院|村民小组"
)
_TITLE = re.compile(
    r"同学|老师|大夫|医生|同志|师傅|先生|女士|小姐|阿姨|大[爷娘妈伯叔]|[叔婶伯哥姐](?!村)|这小子|那小子|这人|那人|这家伙|那家伙|所长|校长|局长|书记|镇长|乡长|县长|院长|警官|律师|教练"
)
_TITLED = re.compile(
    rf"[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?:{_TITLE.pattern}|主任|支书|书记|村长|组长|老板|老汉|奶奶|爷爷)"
)
# Words whose end is the beginning of a village's name: 公司 + 马上, 会议 + 亭子, 明白 + 村里.
_LEFT_WORDS = frozenset(
    "公司 会议 建议 协议 提议 决议 商议 异议 房东 山东 广东 股东 晚上 早上 马上 网上 路上 身上 手上 地上 街上 "
    "以上 加上 治安 公安 保安 西安 延安 平安 上海 青海 一半 大半 多半 开花 种花 草原 公文 作文 中文 语文 明白 "
    "荒唐 有关 相关 机关 行李 善良 优良 办法 方法 没法 违法 合法 非法 司法 执法 面孔 汽车 停车 火车 公交车 班车 "
    "客车 货车 三轮车 摩托车 电动车 消防车 黄河 运河 提高 最高 地下 底下 天下 手下 精神 主义 名义 意义 起飞 "
    "核桃 樱桃 自来 稀罕 一双 温和 暖和 附和 共和 总和 巨大 很大 最大 太大 大小 太小 很小 从小 坚固 牢固 东北 "
    "西北 河北 湖北 河南 湖南 云南 海南 西南 越南 指南 东西 山西 江西 广西 陕西 坚石 钻石 化石 岩石 大石".split()
)


def need_of(name: str) -> Need:
    """What the bare name needs before it counts as a place."""
    if name in _EVERYDAY or _PERSON.fullmatch(name) or _ORDINAL.fullmatch(name):
        return Need.PROOF
    if len(name) == 2 and (_VERBAL.fullmatch(name) or _NATURE.fullmatch(name)):
        return Need.CUE
    return Need.NOTHING


def is_other_word(name: str, before: str, after: str) -> bool:
    """Whether the characters around a name (three before, four after) make another word of it."""
    if before and before[-1] in _NOT_BEFORE.get(name, ""):
        return True
    if before and (before[-1] + name[0] in _LEFT_WORDS or before[-2:] + name[0] in _LEFT_WORDS):
        return True
    if not after:
        return False
    if name.endswith("村") and _NOT_AFTER_VILLAGE.match(after):
        return True
    if after[0] in _NOT_AFTER.get(name, ""):
        return True
    if len(name) == 2 and name[0] in _SURNAMES and _TITLE.match(after):
        return True
    if len(name) == 2 and _VERBAL.fullmatch(name) and after.startswith(("的时候", "时候")):
        return True
    if _ORDINAL.fullmatch(name) and _NOT_AFTER_ORDINAL.match(after):
        return True
    return before.endswith("第") and name[0] in "一二三四五六七八九十"


def is_person_like(name: str) -> bool:
    """Whether a name is one that people call each other by: 小李, 小黄."""
    return _PERSON.fullmatch(name) is not None


def starts_with_surname(word: str) -> bool:
    """Whether a word may be a person's name."""
    return word[:1] in _SURNAMES


def begins_with_person(text: str) -> bool:
    """Whether a text begins with a person: 小李, 王老师, 王大夫家, 李建国主任."""
    return is_person_like(text[:2]) or _TITLED.match(text) is not None


def is_office_of_person(name: str, after: str) -> bool:
    """Whether a name may be a surname before an office: 孔村主任 is 孔 or the head of 孔村."""
    return (
        len(name) == 2
        and name[1] == "村"
        and name[0] in _SURNAMES
        and after.startswith(("主任", "支书", "书记"))
    )
