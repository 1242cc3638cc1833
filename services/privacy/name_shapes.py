"""How a name is cut out of running text: a family name and one or two signs after it. Pure."""

from __future__ import annotations

import re

from services.privacy.not_names import BLOCKED, LONGEST
from services.privacy.surnames import CLEAR, COMPOUND, GIVEN, SINGLE

_PARTICLES = frozenset(
    "的了在是我你他她它们这那个不没就都也又还很太把被给让跟与及因从到去要会说啥吗呢吧呀啊哦吃喝"
    "打骂欠偷位各每几村镇乡县组队号层街区校厂店站局所什怎哪谁些点事吵闹跑拉挖砍盖拆拖修着"
)
_NEVER_SECOND = _PARTICLES | frozenset(
    "家和占户男女电该曾将已自住等能可为做干卖买借等两今昨前去找向对"
)
_NEXT_WORDS = frozenset(
    """
    反映 反应 电话 同志 书记 主任 身份 房子 媳妇 儿子 女儿 老婆 丈夫 母亲 父亲 老人 大爷 大娘 一家
    两家 偷偷 私自 经常 长期 多次 非法 违规 违法 养猪 养鸡 养牛 养羊 养狗 种地 承包 开的 开车 骗了
    骗我 来电 来信 表示 称其 要求 咨询 投诉 举报 求助 建议 希望 户口 低保 身患 因病 患有 死亡 去世
    失踪 走失 吸毒 赌博 酒后 当众 当着 一直 一个 一样 天天 每天 今年 去年 昨天 明明 开始 已经 没有
    不肯 不给 不让 还有 有钱 有人 有病 有事 有没 大概 大约 于是 本人 年龄 性别 住址 地址 手机 联系
    微信 夫妻 夫妇 全家 兄弟 姐妹 父子 母子 多年 多岁 先生 女士 老师 医生 大夫 老板 师傅 支书 村长
    队长 会计 组长 书记 建房 盖房 强占 霸占 侵占 占地 占用 平时 平常 平白 为了 因为 现在 目前 来我
    来家 来了 到底 起诉 上访 在家 在外 向我 把我 把路 反复 态度 拉土 利用 明知 一月 二月 三月 一千
    两千 三千 一万 两万 三万 五千 五万 十万""".split()
)
"""What may follow a name of two signs: its first sign is then no third one of the name."""


TITLE = re.compile(
    "大爷|大娘|大妈|大叔|大婶|大哥|大姐|大伯|大嫂|二爷|三爷|二叔|三叔|二婶|奶奶|爷爷|叔叔|婶子|婶婶|阿姨|"
    "嫂子|老汉|老太太|老太|老头|婆婆|先生|女士|小姐|同志|师傅|师父|老师|医生|大夫|护士|书记|副书记|支书|"
    "主任|副主任|村长|会计|镇长|副镇长|乡长|副乡长|县长|副县长|局长|副局长|科长|所长|副所长|站长|队长|组长|"
    "网格长|网格员|校长|院长|园长|警官|民警|律师|经理|老板|老板娘|掌柜|主席|部长|教练|班长|村医|法官|"
    "叔|婶|姨|嫂|伯|哥|姐|爷|总(?!是|共|的|算|有|会|说|在|面|数|量|体|部|站|支|工|想|得|之|计)|某某|某"
)


def surname_at(text: str, at: int) -> int:
    """Length of the family name that may stand there; 0 for none."""
    if text[at : at + 2] in COMPOUND:
        return 2
    return 1 if text[at : at + 1] in SINGLE else 0


def is_clear(text: str, at: int) -> bool:
    """The family name there begins few other words."""
    return text[at : at + 2] in COMPOUND or text[at] in CLEAR


def is_han(char: str) -> bool:
    """A Chinese sign; false for the end of the text."""
    return "\u4e00" <= char <= "\u9fff"


def is_word(text: str, at: int) -> bool:
    """A word that is no name begins there, or began one sign before and goes on there."""
    return any(
        text[start : start + length] in BLOCKED
        for start in (at, at - 1)
        if start >= 0
        for length in range(2, LONGEST + 1)
        if start + length > at
    )


def name_end(text: str, at: int) -> int:
    """Where the name that begins there ends; `at` where there is none."""
    surname = surname_at(text, at)
    first = at + surname
    if surname and TITLE.match(text, first):
        return first
    if not surname or not is_han(text[first : first + 1]) or text[first] in _PARTICLES:
        return at
    second = text[first + 1 : first + 2]
    if not is_han(second) or second in _NEVER_SECOND:
        return first + 1
    follows = text[first + 1 : first + 3]
    if follows in _NEXT_WORDS or (follows in BLOCKED and second not in GIVEN):
        return first + 1
    return first + 2


def looks_given(text: str, start: int, end: int) -> bool:
    """The signs after the family name are such as given names are made of."""
    given = text[start + surname_at(text, start) : end]
    return bool(given) and all(char in GIVEN for char in given)
