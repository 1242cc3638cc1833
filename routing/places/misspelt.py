"""Names that are written or heard wrong: 高必村 for 高壁, 月量湾, 挑寨村, 城墙社区, gaobi村.

Asked when no name is exact. A likeness alone proves little (进村 sounds like 荆村), so a word is
compared only where something says that a name stands there: a suffix, a group number, its
township just before it, a speaker who says to be from there. What is further off than sound,
shape or one slip is offered as a question and never settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from routing.places.cues import SUFFIX, TOLD_AFTER, fixed_after, locative_around, telling_around
from routing.places.finding import How
from routing.places.gazetteer import Entry, Name
from routing.places.group_numbers import find_numbers, number_follows
from routing.places.normalise import NormalText
from routing.places.readings import JOINT, Reading
from routing.places.roles import denied, role_of
from routing.places.sound import rough_key
from routing.places.spelling import ALIKE, OTHER, ROUGH_SOUND, SAME_SOUND, SLIP, Sounding, Speller
from routing.places.wordlike import is_other_word

_TOWNSHIP_AFTER = re.compile(r"镇|乡|街上|这边|那边|村")
_ANSWER_END = re.compile(r"(?:村|社区|庄|的|这边|那边|人)*[,.。!!]?$")
_CLAUSE_START = re.compile(r"(?:^|[,.。!?;:、()]|[我俺咱们是在到去住嫁往从离回来])$")
_LETTERS = re.compile(r"[a-z]{1,14}")
# 便在村里 is not 边寨: words of these characters stand before 村 in any message.
_FUNCTION_WORDS = frozenset(
    "在到了的是有不从我你他她它这那被把就都也还没让给们个些每各本全外进出同邻回来去和跟与"
)
_NUMERALS = frozenset("一二三四五六七八九十几两0123456789")
_OTHER_VILLAGES = frozenset(
    "隔壁 自然 行政 农 新农 贫困 美丽 乡 山 老 新 旧 整个 哪个 这个 那个 该 某 空心 城中 驻 包 帮扶 文明 示范 中心 "
    "附近 旁边 周边 周围 对面 前 后 东 西 南 北 上 下 大 小 我们 咱们 俺们 你们 他们 人家 别的 其他 其它 移民 搬迁 "
    "住 离 到 回 隔 邻 同 全 本 外 进 出 一个 几个 两个 每个 各个 多个 好几个 小区 幸福 平安 阳光".split()
)
_SCORES = ((SAME_SOUND, 0.78), (ROUGH_SOUND, 0.74), (0.45, 0.7), (0.8, 0.64))
_FAR = 0.5
_REPLACES = 0.74
"""From this score on, a longer name takes the place of the exact one at its end."""
_SURE_PAIR = 0.45
"""What a name of two characters may differ in and still be settled."""
_SURE = 0.8
_MARGIN = 0.15
_LONGEST_WORD = 6


class _Place(NamedTuple):
    """A span of the text where something says that a name stands."""

    start: int
    end: int
    suffixed: bool
    """村 or a group number follows."""
    beside: bool = False
    """Its township stands just before."""


def read_misspelt(
    speller: Speller, text: NormalText, exact: list[Reading], answering: bool
) -> list[Reading]:
    """Readings of what is near a name, beside the exact ones."""
    plain = text.text
    taken = {i for reading in exact for i in range(reading.start, reading.end)}
    townships = [reading for reading in exact if reading.kind == "township"]
    readings: list[Reading] = []
    found = [
        *_in_letters(speller, text),
        *_heard(speller, text),
        *_written(speller, text, townships, answering),
    ]
    found.sort(key=lambda reading: (reading.unsure, -reading.score, reading.start - reading.end))
    tails = {r.start for r in exact if r.is_tail(plain)}
    for reading in found:
        span = range(reading.start, reading.end)
        if reading.score >= _REPLACES and any(reading.start < t < reading.end for t in tails):
            taken -= set(span)
        if taken.isdisjoint(span):
            readings.append(reading)
            taken.update(span)
    return sorted(readings, key=lambda reading: reading.start)


def _written(
    speller: Speller, text: NormalText, townships: list[Reading], answering: bool
) -> Iterator[Reading]:
    plain = text.text
    for place in _places(text, townships, answering):
        word = plain[place.start : place.end]
        # 蓝村, 白才: the 村 of a name like 兰村 is the suffix itself.
        full = word if len(word) > 1 else plain[place.start : place.end + 1]
        near = speller.near(full)
        if not near or _is_common(word) or denied(plain, place.start):
            continue
        if is_other_word(word, plain[max(0, place.start - 3) : place.start], ""):
            continue
        adjacent = next((t for t in townships if _just_before(plain, t, place.start)), None)
        reading = _nearest(near, text, place, full, adjacent)
        if reading is not None:
            yield reading


def _places(text: NormalText, townships: list[Reading], answering: bool) -> Iterator[_Place]:
    """Spans before a suffix or a number, after a township, or at a speaker's own place."""
    plain = text.text
    ends = {found.start() for found in SUFFIX.finditer(plain)}
    ends.update(number.start for number in find_numbers(plain))
    for position in ends:
        for length in range(min(_LONGEST_WORD, position), 0, -1):
            if plain[position - length : position].isalpha():
                yield _Place(position - length, position, True)
    for township in townships:
        joint = JOINT.match(plain, township.end)
        start = joint.end() if joint else township.end
        for end in range(start + 2, min(start + 5, len(plain)) + 1):
            if not plain.startswith(("镇", "乡"), end):
                yield _Place(start, end, False, True)
    told = {found.start() for found in TOLD_AFTER.finditer(plain)}
    for end in told:
        for start in range(max(0, end - 4), end - 1):
            if telling_around(text, start, end):
                yield _Place(start, end, False)
    if answering:
        for start in range(4):
            for end in range(start + 2, min(start + 4, len(plain)) + 1):
                if _ANSWER_END.match(plain, end):
                    yield _Place(start, end, True)


def _nearest(
    near: Sequence[tuple[float, Name]],
    text: NormalText,
    place: _Place,
    full: str,
    adjacent: Reading | None,
) -> Reading | None:
    plain = text.text
    word = plain[place.start : place.end]
    ranked = [
        (cost, entries, name)
        for cost, name in near
        if (entries := _villages(name, adjacent)) and (len(word) > 1 or name.word.endswith("村"))
    ]
    if not ranked or (ranked[0][0] == 0.0 and len(word) == 1):
        return None
    cost = ranked[0][0]
    if place.suffixed and re.match("[镇乡]", plain[place.end + 1 : place.end + 2]):
        return None  # 肚村乡 is the township
    limit = ALIKE
    if place.suffixed or place.beside:
        longest = max(len(name.word) for _, _, name in ranked[:1])
        limit = _SURE_PAIR if len(full) == 2 == longest else SLIP if len(full) == 2 else _SURE
        if not place.suffixed and SUFFIX.match(plain, place.end) is None:
            limit = min(limit, ALIKE)
    weak = len(word) == 1 or (len(word) == 2 and (word[0] in _FUNCTION_WORDS or word[1] == "村"))
    if weak:
        # 进村, 到寨: only what sounds just like it, where a name can begin.
        limit = SAME_SOUND
        begins = _CLAUSE_START.search(plain[: place.start][-1:] or ",")
        if not begins and adjacent is None:
            return None
    best = [r for r in ranked if r[0] < cost + _MARGIN]
    best = (
        [r for r in best if r[0] <= cost + 0.01] if len(best) > 1 and cost <= SAME_SOUND else best
    )
    entries = tuple({entry.code: entry for r in best for entry in r[1]}.values())
    if cost > limit and (not place.suffixed or cost > OTHER or (len(full) < 3 and not adjacent)):
        return None
    unsure = cost > limit or len({entry.code for entry in entries}) > 3
    score = next((score for limit_, score in _SCORES if cost <= limit_), _FAR)
    how: How = (
        "pinyin"
        if cost <= ROUGH_SOUND * len(full) and _sounds_alike(full, best[0][2])
        else "edit_distance"
    )
    suffix = SUFFIX.match(plain, place.end)
    end = suffix.end() if suffix else place.end
    reading = Reading(
        place.start,
        end,
        "village",
        tuple(replace(entry, how=how) for entry in entries),
        score,
        role_of(plain, place.start, end, "village"),
        adjacent.entries[0].code if adjacent else "",
        word,
        unsure,
    )
    return reading


def _sounds_alike(word: str, name: Name) -> bool:
    return rough_key(word) == rough_key(name.word)


def _villages(name: Name, adjacent: Reading | None) -> tuple[Entry, ...]:
    found = name.of_kind("village")
    if adjacent is not None:
        return tuple(e for e in found if e.township_code == adjacent.entries[0].code)
    return found


def _heard(speller: Speller, text: NormalText) -> Iterator[Reading]:
    """Long names and townships that sound right, wherever they stand."""
    plain = text.text
    for start, end, sounding in speller.sounding(plain):
        word = plain[start:end]
        short = end - start == 2
        if not _FUNCTION_WORDS.isdisjoint(word) or (short and not _NUMERALS.isdisjoint(word)):
            continue
        if sounding.seats:
            reading = _heard_seat(text, start, end, sounding.seats)
        elif sounding.villages and (not short or _is_cued(text, start, end, sounding)):
            role = role_of(plain, start, end, "village")
            reading = Reading(
                start, end, "village", sounding.villages, 0.72 if short else 0.76, role, "", word
            )
        else:
            continue
        if reading is not None and not denied(plain, start):
            yield reading


def _heard_seat(text: NormalText, start: int, end: int, seats: tuple[Entry, ...]) -> Reading | None:
    plain = text.text
    if not _TOWNSHIP_AFTER.match(plain, end):
        return None
    if SUFFIX.match(plain, end) or number_follows(plain, end):
        return None
    role = role_of(plain, start, end, "township")
    return Reading(start, end, "township", seats, 0.7, role, "", plain[start:end])


def _is_cued(text: NormalText, start: int, end: int, sounding: Sounding) -> bool:
    """Whether a sound of two syllables may be a name: at a beginning, with a thing that stays."""
    if sounding.is_wordlike or not _CLAUSE_START.search(
        text.text[max(0, start - 1) : start] or ","
    ):
        return False
    return fixed_after(text, end) and locative_around(text, start, start)


def _in_letters(speller: Speller, text: NormalText) -> Iterator[Reading]:
    """Names typed in pinyin, wholly or in part: gaobi村, 高bi, 高b村."""
    plain = text.text
    for found in _LETTERS.finditer(plain):
        before = re.search(r"[\u4e00-\u9fff]{0,3}$", plain[: found.start()])
        after = re.match(r"[\u4e00-\u9fff]{0,3}", plain[found.end() :])
        left, right = before[0] if before else "", after[0] if after else ""
        for size in range(len(left) + len(right), -1, -1):
            spans = [
                (i, size - i) for i in range(size + 1) if i <= len(left) and size - i <= len(right)
            ]
            readings = [
                reading
                for i, j in spans
                if (reading := _spelt(speller, text, found, left[len(left) - i :], right[:j]))
            ]
            if readings:
                yield readings[0]
                break


def _spelt(
    speller: Speller, text: NormalText, letters: re.Match[str], left: str, right: str
) -> Reading | None:
    names = speller.in_letters(left, letters[0], right)
    entries = tuple(
        {e.code: replace(e, how="pinyin") for n in names for e in n.of_kind("village")}.values()
    )
    start, end = letters.start() - len(left), letters.end() + len(right)
    suffix = SUFFIX.match(text.text, end)
    if not entries or (len(left) + len(right) + len(letters[0]) < 3 and suffix is None):
        return None
    end = suffix.end() if suffix else end
    role = role_of(text.text, start, end, "village")
    return Reading(start, end, "village", entries, 0.74, role, "", text.text[start:end])


def _is_common(word: str) -> bool:
    """Whether a word before 村 is one of every message's: 隔壁村, 新农村, 三村."""
    if word in _OTHER_VILLAGES or set(word) <= _NUMERALS:
        return True
    if len(word) == 1:
        return word in _FUNCTION_WORDS
    return word[0] in "的们个了着" or any(word.endswith(each) for each in ("个", "的", "们"))


def _just_before(text: str, township: Reading, start: int) -> bool:
    return township.end <= start and JOINT.fullmatch(text, township.end, start) is not None
