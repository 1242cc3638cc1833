"""Names of people, by the words around them and by what names are made of.

A village's name may be a family name (王村), and so may a matter's word (高压线): what the county
lists as a place, a unit or a matter stays, unless the words say that it is a person (我叫…).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from services.privacy.name_shapes import (
    TITLE,
    is_clear,
    is_han,
    is_word,
    looks_given,
    name_end,
    surname_at,
)
from services.privacy.not_names import BLOCKED
from services.privacy.placeholders import Placeholder
from services.privacy.span import Span
from services.privacy.surnames import CLEAR, COMPOUND, FREQUENT, SINGLE

KNOWN_NAME = "\ue000"
"""Stands, as often as the placeholder is long, where a name was replaced already."""
KNOWN_NUMBER = "\ue001"
"""The same for phones and papers."""
_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SINGLE))}])"
_TITLED = re.compile(rf"(?={_SURNAME})")
_NOT_BEFORE_TITLE = frozenset(
    "原时任副总全党班车包支老小连区公商同和来从于向查火单强农国都有过那代东南西占常名路水边能安双"
    "权位门修位干海管关文广化通后从经年别平方乡明应相线皮盖种何左右楼易"
)
_STRONG = re.compile(
    r"(?:我(?:的)?(?:名字)?叫|我名叫|名叫|名字(?:叫|是|:)|姓名(?:是|为|:)?|叫做|联系人(?:是|为|:)?|"
    r"户主(?:是|为|叫|:)?|收件人(?:是|:)?|真名(?:叫|是)?|本名|署名|签名|申请人(?:是|:)?|"
    r"(?:被)?(?:举报|投诉|反映|申诉|求助|来电|来信)人(?:是|为|叫|:)|"
    r"(?:他|她|孩子|儿子|女儿|老人|老板|名字|人|书记|主任|村长|医生|老师|的)(?:名)?叫)\s*[:：,，]?\s*"
)
_MIDDLE = re.compile(
    r"(?:我是|本人|这里是|村民|居民|群众|业主|邻居|房东|租户|住户|农户|贫困户|低保户|五保户|残疾人|老党员|"
    r"党员|养殖户|种粮大户|承包户|承包人|包工头|老板|负责人|经办人|法人|代表|户主|患者|病人|死者|伤者|"
    r"受害人|嫌疑人|肇事者|司机|学生|同学|同事|战友|朋友|亲戚|工友|老乡|本村|同村|我村|邻村|对门|隔壁|"
    r"(?:举报|投诉|申请|求助|当事|责任|监护)人|干部|书记|主任|支书|村长|会计|镇长|乡长|县长|局长|所长|"
    r"队长|组长|站长|[^人党会动社官演职]员|网格长|医生|大夫|护士|老师|校长|院长|民警|警官|教师|"
    r"(?:我|俺)(?:男人|家男人|女人|叔|姑|舅|姨|当家的)|单身汉|光棍|村里的|组里的|"
    r"(?:我|俺|他|她|咱)?(?:爸爸?|妈妈?|爹|娘|父亲|母亲|爷爷|奶奶|姥姥|姥爷|外公|外婆|儿子|女儿|闺女|"
    r"丈夫|老公|对象|媳妇|儿媳妇?|妻子|爱人|老婆|孙子|孙女|外孙女?|哥哥?|弟弟?|姐姐?|妹妹?|大哥|二哥|"
    r"大姐|二姐|叔叔|叔|大伯|伯父|舅舅|舅|姑姑|姑|婶婶|侄子|侄女|外甥女?|公公|婆婆|岳父|岳母|老伴|"
    r"孩子|小孩|女婿|堂哥|堂弟|表哥|表弟|亲家))\s*(?:叫|是|:|：)?\s*"
)
_NICK = re.compile(rf"(?:老|小|阿)(?={_SURNAME})")
_COMMON_DOUBTFUL = frozenset(
    "高马黄周林石金白田江方毛安于常万段文温项康严尚易程洪霍季关任牛柴焦章荣颜乔戚伍纪席兰史戴钱"
)
"""Doubtful ones that many people have."""
_NEVER_BARE = frozenset(
    "于同从来都有经过那能和时向应管解任全党明红老支别单查占强公沙山相楼干买双随"
)
"""Rare ones that are everyday words: other words around them are too many."""
_SAFE_DOUBTFUL = frozenset("黄周林马毛江项康严洪霍季段程易田金石白尚荣颜章")
"""Of these, those that do not end other words before a title (提高老师待遇)."""
_AFTER_NICK = re.compile(
    r"家|说|他|她|叔|头|汉|太|爷|哥|姐|婶|嫂|师傅|、|,|，|。|!|！|\?|？|的|和|跟|在|把|又|也|不|没|是|"
    r"欠|打|骂|偷|占|被|给|开|养|$"
)
_FAMILY = re.compile(rf"(?<=姓)({_SURNAME})(?=的|,|，|。|、|;|；|\s|$|家|人|那|名)")
_HIDDEN = re.compile(rf"({_SURNAME})(?:[*×xX○〇]{{1,2}})(?![A-Za-z\d])")
_BEFORE = frozenset(
    "和跟与是叫由让被把给找问告打骂户人民友居主子女儿妈爸爷奶哥弟姐妹叔婶姑舅对向请如像为的有替帮到看"
    "听见说了及同里谢怪管查因求嫁娶让求骗抓按等欠借还"
)
_AFTER = re.compile(
    r"家|的|说|他|她|打|骂|欠|偷|占|霸|强占|在|把|将|盖|养|种|承包|开|骗|住|等|一家|夫妻|夫妇|媳妇|儿子|"
    r"女儿|老婆|、|,|，|。|;|；|:|：|!|！|\?|？|\(|（|\s|和|与|跟|及|同志|电话|手机|男|女|因|今年|反映|患|"
    r"不|已|也|又|去|来|到|是|没|被|让|给|从|当|借|拿|私|非法|拉|挖|砍|烧|撞|摔|死|病|吃|喝|干|做|收|卖|"
    r"买|租|骑|带|想|要|有|用|能|走|两口|兄弟|姐妹|父子|母子|俩|态度|老人|就|还|都|身份|身患|向|$|\ue000|\ue001"
)
_LIST = re.compile(rf"{KNOWN_NAME}{{2,}}\s?(?:、|和|与|跟|及|以及|还有|,|，|/|\s)\s?")
_SIGNED = re.compile(r"[\n。！!;；,，、\s…~～]\s*(?=[\u4e00-\u9fff]{2,4}\s*[。.!！]?\s*$)")
_PLACE_END = re.compile(
    r"(?:家)?(?:村|庄|沟|寨|坡|湾|坪|垣|镇|乡|屯|营|堡|岭|塬|峪|洼|坝|沟口|家庄|社区|小区|花园|路|街|桥|"
    r"山|河|县|市|省|组|局|公司|超市|饭店|酒店|学校|中学|小学|医院|诊所|药店|大厦|广场|煤矿|厂)"
)


class Names:
    """Finds names in texts of one county."""

    def __init__(self, people: Collection[str] = (), places: Collection[str] = ()) -> None:
        """`people`: names that are known (cadres); `places`: names that are no persons."""
        kept = sorted({each for each in places if len(each) > 1}, key=len, reverse=True)
        known = sorted({each for each in people if len(each) > 1} - {*kept}, key=len, reverse=True)
        self._places = re.compile("|".join(map(re.escape, kept)) or r"(?!)")
        self._people = re.compile("|".join(map(re.escape, known)) or r"(?!)")

    def find(self, text: str) -> Iterator[Span]:
        """Every name in a text in narrow forms, in which what is masked already is no sign."""
        kept = bytearray(len(text))
        for found in self._places.finditer(text):
            kept[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        for start, end in (*self._sure(text), *self._likely(text, kept)):
            yield Span(start, end, Placeholder.NAME)

    def _sure(self, text: str) -> Iterator[tuple[int, int]]:
        """Known names, and what the words call a name."""
        for found in self._people.finditer(text):
            yield found.span()
        for found in _STRONG.finditer(text):
            start, end = found.end(), name_end(text, found.end())
            given = looks_given(text, start, end)
            if end > start and (given or not (is_word(text, start) or _is_rare(text, start))):
                yield start, end
        for pattern in (_FAMILY, _HIDDEN):
            for found in pattern.finditer(text):
                yield found.start(1), found.end()

    def _likely(self, text: str, kept: bytearray) -> Iterator[tuple[int, int]]:
        yield from self._titled(text, kept)
        yield from _nicknames(text, kept)
        for found in _MIDDLE.finditer(text):
            yield from self._named(text, found.end(), kept)
        for found in _LIST.finditer(text):
            yield from self._named(text, found.end(), kept)
        for found in _SIGNED.finditer(text):
            yield from _signed(text, found.end(), kept)
        if len(text) <= 4:
            yield from _signed(text, 0, kept)
        for found in _TITLED.finditer(text):
            at = found.start()
            if not kept[at] or text[at : at + 2] in COMPOUND:
                yield from _bare(text, at)

    def _named(self, text: str, at: int, kept: bytearray) -> Iterator[tuple[int, int]]:
        """After a word that a name often follows (村民, 我儿子)."""
        end = name_end(text, at)
        if end == at or kept[at] or is_word(text, at) or _PLACE_END.match(text, end - 1):
            return
        if _PLACE_END.match(text, end) and not looks_given(text, at, end):
            return
        two_more = end - at - surname_at(text, at) == 2
        after = _AFTER.match(text, end) is not None
        given = looks_given(text, at, end)
        if _is_rare(text, at):
            if two_more and given and after:
                yield at, end
        elif (is_clear(text, at) or given) and (two_more or after):
            yield at, end

    def _titled(self, text: str, kept: bytearray) -> Iterator[tuple[int, int]]:
        """王书记, 李秀英大娘, 赵某某."""
        for found in _TITLED.finditer(text):
            at = found.start()
            surname = surname_at(text, at)
            for given in (0,) if TITLE.match(text, at + surname) else (2, 1):
                end = at + surname + given
                title = TITLE.match(text, end)
                if title is None or kept[at] or not all(map(is_han, text[at:end])):
                    continue
                if _is_titled(text, at, end, given, title.group()):
                    yield at, title.end() if title.group().startswith("某") else end
                    break


def _is_titled(text: str, at: int, end: int, given: int, title: str) -> bool:
    free = at == 0 or not is_han(text[at - 1])
    if is_word(text, at):
        return False
    if _is_rare(text, at) and title not in ("某", "某某"):
        cued = free or text[at - 1] in _BEFORE
        return (
            cued
            and text[at] not in _NEVER_BARE | _NOT_BEFORE_TITLE
            and (given == 0 or looks_given(text, at, end))
        )
    free = at == 0 or not is_han(text[at - 1])
    if given == 0:
        cued = free or text[at - 1] in _BEFORE or text[at - 1] in "村镇乡县"
        if text[at] in _NOT_BEFORE_TITLE:
            return free and text[at] in "于任向安常文关何"
        return (
            cued
            or (text[at] in (CLEAR | _SAFE_DOUBTFUL) and len(title) > 1)
            or (text[at] in FREQUENT and title not in ("总", "爷"))
        )
    if any(char in "村镇乡县局所站组队委会支党副老小的是了" for char in text[at + 1 : end]):
        return False
    if len(title) == 1 and title != "某" and not looks_given(text, at, end):
        return False
    return text[at] in CLEAR or (free and looks_given(text, at, end)) or text[at - 1] in _BEFORE


def _is_rare(text: str, at: int) -> bool:
    """A family name that few people have, and that many words begin with."""
    return not is_clear(text, at) and text[at] not in _COMMON_DOUBTFUL


def _nicknames(text: str, kept: bytearray) -> Iterator[tuple[int, int]]:
    """老王, 小李, 阿芳 is none."""
    for found in _NICK.finditer(text):
        at = found.end()
        end = at + surname_at(text, at)
        if is_word(text, at) and text[at - 1 : end] != text[at - 1] + text[at]:
            continue
        if is_word_from(text, at) or text[at - 2 : at] == "养老":
            continue
        place = kept[at - 1] and kept[end - 1] and _PLACE_END.match(text, end)
        if place or _PLACE_END.match(text, end):
            continue
        clear = is_clear(text, at) and not is_word_from(text, at - 1)
        doubtful = text[at] in _COMMON_DOUBTFUL and not is_word_from(text, at - 1)
        if clear or (doubtful and _AFTER_NICK.match(text, end)):
            yield at - 1, end


def is_word_from(text: str, at: int) -> bool:
    """A word that is no name begins exactly there."""
    return text[at : at + 2] in BLOCKED or text[at : at + 3] in BLOCKED


def _signed(text: str, at: int, kept: bytearray) -> Iterator[tuple[int, int]]:
    """A name alone at the end, as letters are signed."""
    end = name_end(text, at)
    rest = text[end:].strip(" 。.!！\n")
    if end == at or rest or kept[at] or is_word(text, at) or not is_clear(text, at):
        return
    if not _PLACE_END.match(text, end - 1) and looks_given(text, at, end):
        yield at, end


def _bare(text: str, at: int) -> Iterator[tuple[int, int]]:
    """A name without any word that announces it."""
    surname = surname_at(text, at)
    if not surname or is_word(text, at):
        return
    end = name_end(text, at)
    if end == at or not looks_given(text, at, end) or _PLACE_END.match(text, end):
        return
    rare = _is_rare(text, at)
    free = at == 0 or not is_han(text[at - 1])
    before = free or text[at - 1] in _BEFORE
    after = _AFTER.match(text, end) is not None
    two_more = end - at - surname == 2
    whole = two_more and is_clear(text, at) and (before or after)
    sure = whole or (two_more and text[at] in FREQUENT)
    fair = two_more or is_clear(text, at)
    if rare:
        sure, fair = False, two_more and text[at] not in _NEVER_BARE
    if sure or (fair and before and after):
        yield at, end
