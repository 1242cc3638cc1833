"""The words around a name that tell a place from a word."""

from __future__ import annotations

import re

from routing.places.normalise import NormalText

SUFFIX = re.compile(
    r"(?:村|社区)?(?:村民委员会|居民委员会|村委会|居委会|村委)|社区|小区|大队|自然村|行政村|安置点"
    r"|村(?!医(?!保|院|疗|药费)|长(?!期))|庄(?!稼)|屯(?!里|留)"
)
_ENDS = r"[,.。!?;:、()]"
_LOCATIVE_AFTER = re.compile(
    r"(?:的|这边|那边|这里|那里|这儿|那儿|这块|那块|这片|那片|附近|后山|后沟|后坡|河边|河滩|街上|村|里的"
    r"|小学|学校|桥|大桥|路口|路|坡|沟|水库|卫生室|公交|班车|广场|大棚|一村人|有人|人$|组|和|到|至|往|与|跟"
    r"|[征地]地|征|停[水电]|断[水电网]|没[水电网]|下[雨雪面头]|全村|$|[,.。,!?;:、!?;:()])"
)
_LOCATIVE_BEFORE = re.compile(
    r"(?:是|在|到|去|回|来|住|从|往|离|俺|我|咱|们|至|和|跟|与|过|经过|路过|嫁|^|[,.。!?;:、()])$"
)
_WE = r"(?:我|俺|咱)(?:们|家|村|们村|这|们这|这边|这里)?"
_SELF = re.compile(r"(?:我|俺|咱|们|本人|家|人)(?:家|人|是|就是|在|住|住在|老家|家在|家住)*$")
_SELF_END = re.compile(
    rf"(?:的|这边|那边|这里|那里)(?:$|{_ENDS}|我|俺|咱|人|村民|群众|百姓|老百姓|住户|低保|五保|媳妇|闺女|女婿|老人|老汉)"
)
_OVER_THERE = re.compile(r"[这那](?:边|里|儿|块|片|头)")
_CLAUSE_START = re.compile(rf"(?:^|{_ENDS}|你好|您好|请问|就|反映|咨询|那边)$")
_FIXED = (
    r"河滩|河边|小卖铺|铺子|门市|路(?!上|人|费|线)|山路|公路|[小大]桥|桥|水渠|渠|河道|[后前小东西]?沟|坡|庙|古庙|老庙|小卖部|商店|超市|养老院|敬老院|学校"
    r"|小学|幼儿园|卫生室|卫生所|村委|村部|支书|会计|主任|广场|路灯|自来水|快递[站点]|驿站|水库|水塔|水井|变压器|信号塔|基站"
    r"|果园|大棚|健身|戏台|厕所|涵洞|护坡|河坝|坝|文化|活动室|日间|煤矿|矿|养殖场|羊场|猪场|加油站|饭店|粮站|供销|林场|山上|地里"
    r"|党员|干部|妇女|村规|村里|坟|娃们|村民|群众|老百姓|老人|低保|五保|危房|房子|宅基地|土地|耕地|玉米|核桃|苹果|连翘|树|电|水|网|信号|宽带"
)
_FIXED_AFTER = re.compile(
    rf"(?:的|里|上|下面|后头|前头|东头|西头|口)?(?:那[条个座边块片段家]|这[条个座边块片段]|老|新)?(?:[东西南北上下前后])?(?:{_FIXED})"
)
_POSSESSED = re.compile(
    rf"(?:的|里的?|上的?|后头|前头|[东西]头)(?:那[条个座边块片段家]|这[条个座边块片段]|老|新|整个)?(?:[东西南北上下前后])?(?:{_FIXED})"
    rf"|那[条座片段个家](?:[东西南北大小老]?)(?:沟|路|桥|河|坡|渠|山|庙|小卖|铺|店|超市|学校|水库|井|坝|厂|矿)|(?:下面|上面|后面|前面|旁边|跟前|对面|村口|口上)"
)
_WE_AFTER = re.compile(rf"(?:的)?(?:{_WE})(?!们家?的?[狗猫牛])")
TOLD_AFTER = re.compile(r"的|[这那](?:边|里|儿|块|片|头)|我|俺|咱")
"""What stands after a name where a speaker says to be from there; finds where to look."""
_FROM_HERE = re.compile(rf"的?(?:{_ENDS}|$)|的(?:{_WE}|请|问)")
_LASTING = re.compile(r"教|住|种|干活|当|开|养|包|建|盖|租|承包|上班|打井|修|收|务农")
_STANDS_ALONE = re.compile(r"(?:家在|住在?|就在|人在|是在|在|到|嫁到|搬到|回)$")
BETWEEN = re.compile(
    r"(?:村|庄|镇|乡)?(?:和|跟|与|及|到|至|、|往|通往|通|去往|-|—|~|,?还是|,?或者?|也好,?|,?也?可能是|,?要么是?|还有|以及|两边)(?:去)?"
)
COUNTY_WIDE = re.compile(
    r"全县|咱县|我县|我们县|各村|各乡镇|各乡|村村|每个村|每个乡镇|建议.{0,6}县里|建议.{0,4}依托县|县里在|县里(?:每个|各|所有)"
)


def locative_around(text: NormalText, start: int, end: int) -> bool:
    """Whether the words beside a name make it likely that a place is meant."""
    return bool(
        _LOCATIVE_BEFORE.search(text.text[max(0, start - 4) : start])
        or _LOCATIVE_AFTER.match(text.text[end : end + 4])
        or _LOCATIVE_BEFORE.search(text.before(start, 4))
        or _LOCATIVE_AFTER.match(text.after(end, 4))
    )


def telling_around(text: NormalText, start: int, end: int) -> bool:
    """Whether even a common word is a place here: 我是半道的, 安上那边, 花车的,请问."""
    before, after = text.before(start, 4), text.after(end, 10)
    starts = _CLAUSE_START.search(before) is not None
    if starts and (_OVER_THERE.match(after) or _WE_AFTER.match(after)):
        return True
    if before.endswith(("在", "就")) and _OVER_THERE.match(after):
        return True
    if before.endswith(("我们", "俺们", "咱们")) or after.startswith(
        ("的人跑", "的人来", "的人把")
    ):
        return True
    if start == 0 and after[:1] == "的" and _FROM_HERE.match(after):
        return True
    return bool(
        _SELF.search(text.text[max(0, start - 8) : start])
        and (_SELF_END.match(text.text[end : end + 8]) or _SELF_END.match(after))
    )


def holds_something(text: NormalText, start: int, end: int) -> bool:
    """Whether something that does not move is said to be there: 司马的养老院, 大黄那条沟."""
    before, after = text.before(start, 4), text.after(end, 10)
    if start == 0 and _FIXED_AFTER.match(after):
        return True
    return _CLAUSE_START.search(before) is not None and _POSSESSED.match(after) is not None


def stands_alone(text: NormalText, start: int, end: int) -> bool:
    """Whether a clause ends with being there: 我家在原木, 过磅在原木."""
    after = text.after(end, 1)
    return bool(
        _STANDS_ALONE.search(text.text[max(0, start - 3) : start])
        and (not after or re.match(_ENDS, after))
    )


def lives_there(text: NormalText, start: int, end: int) -> bool:
    """Whether somebody does something lasting there: 在小李教书, 俺岭南等了两年."""
    before = text.before(start, 2)
    return before.endswith("在") and _LASTING.match(text.after(end, 3)) is not None


def begins_with_somebody(text: NormalText, start: int, end: int) -> bool:
    """Whether a clause begins with who or what is there: 双头有个人, 岭南有一家."""
    starts = _CLAUSE_START.search(text.before(start, 4)) is not None
    return starts and text.after(end, 2) in ("有个", "有人", "有一", "有几", "有家")


def fixed_after(text: NormalText, end: int) -> bool:
    """Whether something that does not move is named right after: 高必路灯."""
    return _FIXED_AFTER.match(text.after(end, 10)) is not None
