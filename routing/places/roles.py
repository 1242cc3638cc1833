"""What part a named place plays: where the matter is, where the writer is from, who came from there.

"我是孔村的,但路是在飞岭村坏的" names two villages and the road lies in one of them. Each rule moves
a mention's weight; the heaviest place is the matter's. The rules read the words just before and
just after a name and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = r"[,.。!?;:、()]"
_PEOPLE = (
    r"我|俺|咱|本人|我们|俺们|咱们|我家|俺家|自己|我自己|我人|爸|妈|爹|娘|爷|奶|姥姥|姥爷|叔|婶|舅|姨|姑|哥|姐|弟|妹"
    r"|儿子|闺女|女儿|媳妇|老公|老婆|对象|孩子|娃|孙子|外甥|侄子|亲戚|朋友|同学|老乡|表[哥弟姐妹]|丈人|岳父|岳母|公公|婆婆|人家"
)
_HOMES = r"娘家|婆家|老家|丈人家|姥姥家|舅家|姨家|姑家|亲戚家?|家里?|户口|籍贯|祖籍|原籍"

_HOME_BEFORE = re.compile(
    rf"(?:(?:{_PEOPLE})(?:也|都|就|原本|其实|现在|如今|自己|人|家)?(?:是|住在?|家在|家住|家是|在|属于|来自)"
    rf"|(?:{_HOMES})(?:就?是|在|都在)?|住在?|来自|籍贯)$"
)
_HOME_AFTER = re.compile(
    rf"(?:村|庄|社区|镇|乡)?(?:人|的人?)(?={_ENDS}|$|[,，但可不过只就]|嫁|在|到)"
)
_LIVES_BEFORE = re.compile(
    r"(?:(?:爸|妈|爹|娘|叔|婶|舅|姨|姑|哥|姐|弟|妹|亲戚|朋友|同学|表[哥弟姐妹]|丈人|岳[父母])(?:都|也)?在|家在|家住|住在?|户口在|老家在?|娘家在?|婆家在?|丈人家在|亲戚在)$"
)
_PAST_BEFORE = re.compile(
    r"(?:去年|前年|上个?月|上周|前几天|原来|原先|以前|之前|先前|早先|过去|从前|上次|上回|头一回|本来|当初)(?:我|俺|是|都|就|在|住在?|报的?是?|说的?是?|反映的?是?|家在)*$"
)
_FROM_BEFORE = re.compile(r"(?:从|自|由|打)$")
_FROM_AFTER = re.compile(r"[^,.。!?;]{0,5}(?:嫁|搬|迁|来|回|出来|过来|出发|开车|往|坐车|调|拉|移)")
_PATH_AFTER = re.compile(r"(?:村|镇|乡)?(?:到|至|往|去|通)")
_DENIED_BEFORE = re.compile(
    r"(?:不是|不在|不属于|并非|不归|不去|不到|不算|没在|又不是|别去|别跑到|别派到|不用去|比|不如|好比|不像)$"
)
_PERSON_BEFORE = re.compile(r"(?:我叫|他叫|她叫|名叫|名字叫|叫做|叫|姓)$")
_DONE_AFTER = re.compile(
    r"(?:村|镇|乡)?[^,.。!?;]{0,7}(?:修好|弄好|解决|装好|通了|都好了|办好)(?:了)?(?![没吗么])"
)
_NOW_BEFORE = re.compile(r"(?:现在|如今|目前|眼下|现)(?:都|就|是)?(?:住在?)$")
_LIVES_AFTER = re.compile(r"(?:村|社区|镇|乡)?(?:那边|这边)?(?:里)?(?:住|居住|租房)")
_LEFT_AFTER = re.compile(
    r"(?:村|镇|乡)?(?:那边)?(?:嫁(?:过来|到|来|出)|搬(?:过来|到|来|出)|迁(?:过?来|到|出))"
)
_INTO_BEFORE = re.compile(r"(?:去往|前往|迁往|发往|去|往|到|赴|回|上)$")
_CALLED_FROM = re.compile(r"(?:村)?人[,.。!?;]")
_PERSON_OF = re.compile(r"(?:^|[,.。!?;])$")
_GOING_AFTER = re.compile(r"[,.。!?;]")
_MISTAKEN_AFTER = re.compile(
    r"(?:村|镇|乡)?(?:是(?:我)?(?:写|说|打|报)错|不对|打错|写错|说错|报错|(?:我|俺|咱)(?:也)?(?:先)?不(?:管|说|问))"
)
_CORRECTED_BEFORE = re.compile(
    r"(?:其实|实际|应该|说的|指的|改成|更正|准确说|确切说|这回|这次|只问|只说|专门说|(?:出事|坏|着火|停电|停水|漏水|塌方?|要问|要说|反映)的?(?:地方|地点|事)?)(?:上)?(?:就)?(?:是|在|归|属于)?$|而是$|是在$|就在$|事在$|事发在$"
)
_AT_BEFORE = re.compile(
    r"(?:在|位于|发生在|出在|轮到|快到|刚到|就到|到了|过|搬到|搬去|搬进|迁到|嫁到|嫁给|嫁在|调到|落到|跑到|流到|拉到|倒到|倒在|运到)(?:了)?$"
)
_PASSING_BEFORE = re.compile(r"(?:离|路过|经过|途经|途径|绕过|走过|绕|借道)$")
_TOWARDS_BEFORE = re.compile(r"(?:去|上|到|往|回|来|跑|进)$")
_ERRAND_AFTER = re.compile(
    r"(?:村|镇|乡|县|那边|那儿|这边)?(?:上|里|街上|医院)?(?:看病|上学|念书|读书|赶集|打工|干活|上班|办事|办|走亲|拜年|买|卖|存|取|开会|开药|拉|送|接|住院|体检|交|租|玩|问|跑|拍|串门|吃席|坐车|做|找|报销|领|开证明|盖章|要)"
)
_WORKS_AFTER = re.compile(
    r"(?:市|县|那边|那儿|城里?|一个|的)?(?:打工|上班|上学|念书|读书|做生意|开店|当兵|租房|务工|干活|工地|厂里|厂子|住院|看病|陪读|带孩子|看孙子)"
)
_ACTOR_AFTER = re.compile(
    r"(?:村|庄|社区|镇|乡|县|市)?(?:那边|那头|这边)?(?:来的?|过来的|下来的|口音的)?(?:的)?(?:那个|那些|几个|有个|一个|个)?"
    r"(?:人|村民|老乡|亲戚|车队|大?卡车|货车|大车|拖拉机|三轮车?|车|羊群|羊|牛|狗|猪|鸡|兽医|[^,.。!?;的]{0,3}(?:商|贩|队|老板|施工队|司机|公司|厂|户|工人|媳妇|后生|老汉|小子|媒人|师傅|骗子|贩子)|政府|派出所|卫生院|信用社|供电所)"
    r"(?=[^.。!?;]{0,8}(?:把|跑|来|到|在|去|给|占|拦|堵|开|倒|偷|拉|砍|打|撞|截|说|卖|骗|收|压|挖|放|要|住|抢|吃|咬|轧|送|过|不让|欺|堆|嫁|搞|弄|乱|,|，))"
)
_OBJECT_BEFORE = re.compile(
    r"(?:把|将|占了?|碾烂|压坏|压断|淹了?|毁了?|挖断|挖了|截断|堵了?|剐倒了?|撞了?|撞坏|砍了?|咬了?|影响|害得|坑了|弄坏|拆了?|冲了?|冲到|流进|飘到|刮到|熏得)$"
)
_HEARSAY_BEFORE = re.compile(r"(?:听|听说|据|问|问过|跟|和)$")
_HERE_AFTER = re.compile(
    r"(?:村|镇|乡|社区)?(?:这边|这里|这儿|这块|这片|本地|当地|现在|路段|路口|段|口上?|街上|村口|村里|村东|村西|村南|村北|村委|境内|地界)"
)
_THING_AFTER = re.compile(
    r"(?:村|镇|乡|社区)?(?:[东西南北]头|那条|那座|那段|那个|里头?|里的|上的|的)?(?:那条|那座|那段|那个)?"
    r"(?:路|桥|水|电|灯|渠|井|河|坡|沟|山|地|坝|网|街|房|楼|学校|小学|中学|卫生|医院|污水|垃圾|公交|班车|信号|变压器|自来水|厕所|安置|广场|果|玉米|小孩|老人|村干部|支书|会计|低保|池塘|水库|养|井盖|墙|树|电线|楼下)"
)
_OURS_BEFORE = re.compile(r"(?:我们|俺们|咱们)(?:村|这边|这儿)?$")
_WHOLE_BEFORE = re.compile(r"(?:全|整个|咱|我们|俺们|咱们)$")


@dataclass(frozen=True, slots=True)
class Role:
    """The weight of a mention, and what it was taken for."""

    weight: float
    home: bool = False
    denied: bool = False
    corrected: bool = False
    """Said to be the right one: 其实是X, 我说的是X."""
    person: bool = False
    """The name of a person: 我叫李庄, 姓司马."""
    whole: bool = False
    """All of a township is meant: 全和川."""
    bound: bool = False
    """Only on the way there: 去临汾的车."""
    away: bool = False
    """Only where somebody or something comes from, goes to or passes."""


def denied(text: str, start: int) -> bool:
    """Whether the name is denied (不是孔村的) or that of a person (我叫李庄)."""
    before = text[max(0, start - 6) : start]
    return bool(_DENIED_BEFORE.search(before) or _PERSON_BEFORE.search(before))


def says_home(text: str, start: int, end: int) -> bool:
    """Whether the name is where somebody is from: 我是孔村的, 娘家是英寨的, 家在原木."""
    before = text[max(0, start - 10) : start]
    if _LIVES_BEFORE.search(before):
        return True
    if _CALLED_FROM.match(text, end) and _PERSON_OF.search(text[max(0, start - 1) : start]):
        return True
    if (
        before.endswith(("我是", "俺是", "我们是", "俺们是", "咱是"))
        and text[end : end + 1] == "的"
    ):
        return True
    if before.endswith(("我在", "俺在", "人在", "咱在", "现在在")) and _GOING_AFTER.match(
        text, end
    ):
        return True
    if before.endswith("在") and _LIVES_AFTER.match(text, end):
        return True
    return bool(_HOME_BEFORE.search(before) and _HOME_AFTER.match(text, end))


def role_of(text: str, start: int, end: int, kind: str) -> Role:
    """The role of the place named in `text[start:end]` (a village, township or place outside)."""
    before = text[max(0, start - 12) : start]
    weight = {"village": 1.0, "township": 0.8}.get(kind, 0.6)
    corrected = bool(_CORRECTED_BEFORE.search(before))
    if denied(text, start) or _MISTAKEN_AFTER.match(text, end):
        person = _PERSON_BEFORE.search(before) is not None
        return Role(weight - 1.5, denied=True, away=True, person=person)
    home = says_home(text, start, end)
    away = bound = False
    if _PAST_BEFORE.search(before):
        weight, away = weight - 0.7, True
    elif _DONE_AFTER.match(text, end):
        weight, away = weight - 0.6, True
    elif home and _NOW_BEFORE.search(before):
        weight, home = weight - 0.2, False
    elif home:
        weight -= 0.6
    elif kind == "outside" and _INTO_BEFORE.search(before):
        weight, away, bound = weight - 0.4, True, True
    elif (
        _LEFT_AFTER.match(text, end)
        or (_FROM_BEFORE.search(before) and _FROM_AFTER.match(text, end))
        or (_HEARSAY_BEFORE.search(before) and _ACTOR_AFTER.match(text, end))
    ):
        weight, away = weight - 0.5, True
    elif (
        _PASSING_BEFORE.search(before)
        or (before.endswith("去") and _GOING_AFTER.match(text, end))
        or (before.endswith("到") and text.startswith(("那边去", "去", "那里去"), end))
    ):
        weight, away = weight - 0.35, True
    elif (_TOWARDS_BEFORE.search(before) and _ERRAND_AFTER.match(text, end)) or (
        kind == "outside" and _WORKS_AFTER.match(text, end)
    ):
        weight, away = weight - 0.5, True
    elif _OBJECT_BEFORE.search(before):
        weight += 0.35
    elif _ACTOR_AFTER.match(text, end):
        weight, away = weight - 0.5, True
    elif _AT_BEFORE.search(before) and not _PATH_AFTER.match(text, end):
        weight += 0.25
    if corrected:
        weight += 0.6
    if not home and _OURS_BEFORE.search(before):
        weight += 0.25
    if not home and not away and (_HERE_AFTER.match(text, end) or _THING_AFTER.match(text, end)):
        weight += 0.2
    whole = kind == "township" and _WHOLE_BEFORE.search(before) is not None
    if whole:
        weight += 0.5
    return Role(
        round(weight, 3), home=home, corrected=corrected, whole=whole, bound=bound, away=away
    )
