"""Whether two reports are about one and the same thing, and why. Pure, symmetric.

The closer the places and the matters, the less the words must say. The score says how far they are
above what is needed: 0.5 is just enough, 1 is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from routing.hot.closeness import Closeness, closeness
from routing.hot.needs import Kinship, need
from routing.hot.numbered import differing_unit
from routing.hot.reach import Reach, reach_of
from routing.hot.report import Report
from routing.hot.words import Said, read, shared_words, similarity

ALIKE = 0.5
"""From this score on two reports are about one thing."""
_CONTRARY = 0.4
"""What is left of a score when numbers or aspects speak against it: never enough."""
_PLACES = {
    Closeness.GRID: "同一村民小组或网格",
    Closeness.VILLAGE: "同一村",
    Closeness.TOWNSHIP: "同一乡镇",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0 to 1 (alike from `ALIKE`), `why` a Chinese sentence for people."""

    score: float
    why: str

    @property
    def is_alike(self) -> bool:
        """About one and the same thing."""
        return self.score >= ALIKE


@dataclass(frozen=True, slots=True)
class _Compared:
    score: float
    place: Closeness
    kin: Kinship
    mine: Said
    theirs: Said
    against: str


def alike(a: Report, b: Report) -> Likeness:
    """How sure it is that two reports are about one thing; `alike(a, b)` is `alike(b, a)`."""
    if a.number == b.number:
        return Likeness(1.0, "同一件工单")
    first, second = sorted((a, b), key=lambda report: (report.at, report.number))
    compared = _compared(first, second)
    if compared is None:
        return Likeness(0.0, _apart(first, second))
    return Likeness(compared.score, _why(compared))


def are_alike(a: Report, b: Report) -> bool:
    """The same judgement without its reasons, for comparing many."""
    if a.number == b.number:
        return True
    reach = min(reach_of(a.matter), reach_of(b.matter))
    place = closeness(a, b, reach)
    if place is Closeness.APART:
        return False
    mine, theirs = read(a.text, a.place_words), read(b.text, b.place_words)
    words = _words(mine, theirs, reach)
    return (
        words > 0
        and words >= _needed(mine, theirs, reach, place, _kinship(a, b))
        and not _against(mine, theirs, reach)
    )


def _compared(a: Report, b: Report) -> _Compared | None:
    """None when the places are apart: then nobody looks at the words."""
    reach = min(reach_of(a.matter), reach_of(b.matter))
    place = closeness(a, b, reach)
    if place is Closeness.APART:
        return None
    mine, theirs = read(a.text, a.place_words), read(b.text, b.place_words)
    kin = _kinship(a, b)
    needed = _needed(mine, theirs, reach, place, kin)
    score = _above(_words(mine, theirs, reach), needed)
    against = _against(mine, theirs, reach)
    return _Compared(score * _CONTRARY if against else score, place, kin, mine, theirs, against)


def _words(mine: Said, theirs: Said, reach: Reach) -> float:
    # Every matter of a household names the same thing (低保): only its own words can tell.
    return similarity(mine, theirs, by_name=reach is not Reach.PERSONAL)


def _needed(mine: Said, theirs: Said, reach: Reach, place: Closeness, kin: Kinship) -> float:
    return need(reach, kin, place, min(mine.literal_weight, theirs.literal_weight))


def _kinship(a: Report, b: Report) -> Kinship:
    if a.matter is not None and a.matter == b.matter:
        return Kinship.SAME
    return Kinship.GROUP if a.group is not None and a.group == b.group else Kinship.OTHER


def _above(words: float, needed: float) -> float:
    if words < needed:
        return ALIKE * words / needed
    return ALIKE + (1 - ALIKE) * (words - needed) / (1 - needed)


def _against(mine: Said, theirs: Said, reach: Reach) -> str:
    unit = differing_unit(mine.things, theirs.things) if reach is not Reach.WIDE else None
    if unit:
        return f"{unit}的编号不同"
    sides, others = mine.aspects, theirs.aspects
    if sides and others and not sides & others:
        return f"一个说{'、'.join(sorted(sides))}，一个说{'、'.join(sorted(others))}"
    return ""


def _why(found: _Compared) -> str:
    shared = dict.fromkeys(shared_words(found.mine, found.theirs))
    longest = sorted(shared, key=len, reverse=True)[:3]
    said = "都说到" + "".join(f"“{word}”" for word in longest) if longest else "用词不同"
    parts = [_PLACES[found.place], found.kin, said]
    if found.against:
        parts.append(f"但{found.against}")
    return f"{'、'.join(parts)}（相似度 {found.score:.2f}，{ALIKE} 起算同一件）"


def _apart(a: Report, b: Report) -> str:
    if a.township is None or b.township is None:
        return "有一件还不知道在哪个乡镇"
    if a.township != b.township:
        return "不在同一乡镇"
    if a.village is None or b.village is None:
        return "有一件还不知道在哪个村"
    return "不在同一村" if a.village != b.village else "不在同一村民小组或网格"
