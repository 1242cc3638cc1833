"""The words around a name that tell a place from a word, and home from the place of the matter."""

from __future__ import annotations

import re

from routing.places.normalise import NormalText

SUFFIX = re.compile(
    r"村民委员会|居民委员会|村委会|居委会|村委|社区|小区|大队|自然村|村(?!医|长(?!期))|庄(?!稼)|屯"
)
_LOCATIVE_AFTER = re.compile(
    r"(?:的|这边|那边|这里|那里|这儿|那儿|这块|那块|这片|那片|附近|后山|后沟|后坡|河边|河滩|街上|村|里的"
    r"|小学|学校|桥|大桥|路口|路|坡|沟|水库|卫生室|公交|班车|广场|大棚|一村人|有人|人$|组|和|到|至|往|与|跟"
    r"|[征地]地|征|$|[,.。,!?;:、!?;:()])"
)
_LOCATIVE_BEFORE = re.compile(
    r"(?:是|在|到|去|回|来|住|从|往|离|俺|我|咱|们|至|和|跟|与|过|经过|路过|嫁|^|[,.。!?;:、()])$"
)
_SELF = re.compile(r"(?:我|俺|咱|们|本人|家)(?:家|是|就是|在|住|住在|老家|家在|家住)*$")
_OVER_THERE = re.compile(r"[这那](?:边|里|儿|块|片)")
_CLAUSE_START = re.compile(r"(?:^|[,.。!?;:、()])$")
_SELF_END = re.compile(
    r"(?:的|这边|那边|这里|那里)(?:$|[,.。!?;:、()]|我|俺|咱|人|村民|群众|百姓|老百姓|住户)"
)
_HOME = re.compile(
    r"(?:我|俺|咱|本人|我们|俺们|家|娘家|婆家|老家)(?:就是|是|家是|家在|家住|住在|住|在)?$"
)
_HOME_END = re.compile(r"(?:村|庄|社区)?(?:人|的)(?![a-z0-9]|路|桥|地|水|电|井|灯|渠|树|坡|房)")
_NOT_THERE = re.compile(r"(?:不是|不在|不属于|并非|不归|不去|我叫|他叫|她叫|名叫|名字叫)$")
BETWEEN = re.compile(r"(?:村|庄)?(?:和|跟|与|及|到|至|、|往|通往|通|去往|-|—)(?:去)?")
COUNTY_WIDE = re.compile(
    r"全县|咱县|我县|我们县|各村|各乡镇|各乡|村村|每个村|建议.{0,6}县里|建议.{0,4}依托县|县里在"
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
    """Whether even a common word is a place here: 我是半道的, or 安上那边 at a clause's start."""
    if _OVER_THERE.match(text.text, end) and _CLAUSE_START.search(text.before(start, 4)):
        return True
    return bool(
        _SELF.search(text.text[max(0, start - 8) : start])
        and (_SELF_END.match(text.text[end : end + 8]) or _SELF_END.match(text.after(end, 8)))
    )


def says_home(text: str, start: int, end: int) -> bool:
    """Whether the name is where the writer is from: 我是孔村的, 娘家是英寨的."""
    before = text[max(0, start - 8) : start]
    return bool(_HOME.search(before) and _HOME_END.match(text, end))


def denied(text: str, start: int) -> bool:
    """Whether the name is denied (不是孔村的) or that of a person (我叫李庄)."""
    return _NOT_THERE.search(text[max(0, start - 4) : start]) is not None
