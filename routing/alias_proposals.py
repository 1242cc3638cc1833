"""Words of a first message that may be another name of the place its writer then chose.

Only proposed, never used before an admin approves them: so doubt means none. A wrong proposal
costs an admin a look, a person's name on the list would cost a resident more.
"""

from __future__ import annotations

import re

from routing.county import County
from routing.places import PlaceFinding, place_from_code
from routing.places.wordlike import begins_with_person, starts_with_surname

_MISSPELT = ("pinyin", "edit_distance")
_SUFFIX = re.compile(r"(?:自然村|村委会|村委|社区|村)$")
_PHRASE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]+")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}")
_LANDFORM = "沟坡岭湾滩坪垣寨庄河口桥庙厂矿站坝洼圪塔场院头"
_BESIDE = r"那边|这边|那儿|这儿|附近|旁边|村|[一二三四五六七八九十\d]+[组队]"
# Two characters before 的 are as often a verb and its object: 挖沟的, 修桥的.
_TOPONYM = re.compile(
    rf"[\u4e00-\u9fff]{{2,5}}[{_LANDFORM}](?=的|路|桥|里|门口|{_BESIDE})"
    rf"|[\u4e00-\u9fff][{_LANDFORM}](?={_BESIDE})"
)
_LEAD = re.compile(
    r"(?:请问|你好|您好|我们|咱们|俺们|我家|我|咱|俺|家)*(?:住在|是|在|住|到|去|从)?"
)
_NO_NAME = re.compile(
    # Words that join, point, do or count stand in no name of this kind; nor does a level.
    r"[的了是在有没不我你您他她它这那哪把被和跟与就也都还给让从到去来住等很太又再要说请问个们些"
    r"每各本全组队号村镇乡县省市区路街修建挖填拆停坏塌垮堵偷占挡断堆倒掉漏吵脏臭打走骑想能会该帮查管]"
    r"|家(?![沟坡岭湾滩坪垣寨庄河洼圪塔])|[东西南北上下前后左右里外对]面|十字"
)
# What every village has: 医院, 车站, 路口 are no names, 石场 and 大桥 neither.
_EVERYWHERE = re.compile(
    r".*(?:[医法戏剧影学寺小大后前]院|卫生院|[养敬]老院|福利院|检察院|四合院"
    r"|[广操市商农球现磨考立麦]场|停车场|垃圾[场站]|打谷场|戏台场|养.场|[工电水车石砖肥药]厂|[煤铁厂]矿"
    r"|[车水网驿]站|加油站|服务站|供电站|变电站|收购站|卫生站"
    r"|[街地田井坟码龙里外前后上下村床石木砖骨镜罐念老馒锄红]头"
    r"|[路门村巷街院伤人井窗户出入道速]口|胡同口)"
    r"|.*(?:公司|单位|政府|学校|小区|幼儿园|宾馆|饭店|超市).*"
    rf"|[大小老新旧山水土石东西南北上下前后一两河沟]*[{_LANDFORM}]"
)


def proposed_alias(
    text: str, finding: PlaceFinding, chosen_code: str, county: County
) -> str | None:
    """The one word of `text` that may be another name of the village with `chosen_code`.

    `finding` is what the words alone led to, `chosen_code` the village or grid that the writer
    then chose. None when nothing stands out, or more than one word does.
    """
    village = place_from_code(county, chosen_code).village_code
    if village is None:
        return None  # a township has its names: what people call places lies below
    if any(candidate.village_code for candidate in finding.candidates):
        words = _misspelt(finding, village)
    else:
        words = _toponyms(text, finding)
    known = _known_names(county)
    fit = {word for word in words if _is_new_name(word, known)}
    return fit.pop() if len(fit) == len(words) == 1 else None


def _misspelt(finding: PlaceFinding, village: str) -> set[str]:
    return {
        _SUFFIX.sub("", evidence.span)
        for candidate in finding.candidates
        if candidate.village_code == village
        for evidence in candidate.evidence
        if evidence.how in _MISSPELT
    }


def _toponyms(text: str, finding: PlaceFinding) -> set[str]:
    """Words that look like a place's name, where a phrase begins or a township's name ends."""
    known = [each for candidate in finding.candidates for each in candidate.evidence]
    starts = {each.end for each in known}
    starts.update(each.start() for each in _PHRASE.finditer(text))
    found = set()
    for start in starts:
        lead = _LEAD.match(text, start)
        word = _TOPONYM.match(text, lead.end() if lead else start)
        if word is None or begins_with_person(text[word.start() :]):
            continue
        if any(each.start < word.end() and word.start() < each.end for each in known):
            continue
        if text.startswith("的", word.end()) and starts_with_surname(word[0]):
            continue  # whose it is, or where it is: 王小河的, 李家沟的
        found.add(word[0])
    return found


def _is_new_name(word: str, known: set[str]) -> bool:
    return (
        _NAME.fullmatch(word) is not None
        and _NO_NAME.search(word) is None
        and _EVERYWHERE.fullmatch(word) is None
        and not begins_with_person(word)
        and not any(name in word for name in known)
    )


def _known_names(county: County) -> set[str]:
    """Every name that already leads somewhere: of divisions, present and ended, and aliases."""
    names = {alias.alias for alias in county.aliases}
    for division in county.tree.by_code.values():
        names.update((division.name, division.short_name, division.stem, division.spoken_name))
    names.update(each.name for each in county.organisations.by_code.values())
    return {name for name in names if len(name) > 1}
