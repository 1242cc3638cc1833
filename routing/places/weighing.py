"""Weighs the places of one message against each other: the heaviest is where the matter is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from routing.places.readings import JOINT, Reading, joined_to

_REPEATED = 0.3
"""What a second mention adds: people come back to the place of the matter."""
_EQUAL = 0.15
_REGION_JOINT = re.compile(r"[省市县区]?的?")
_SEAT = 0.25
_BASE = {"village": 1.0, "township": 0.8}
_CLOSE = 0.3


@dataclass(frozen=True, slots=True)
class Mention:
    """A place with the reading that speaks best for it.

    `total` is the weight of all its mentions, `joined` the codes it was named together with
    (高壁和孔村), `certainty` what the score is multiplied with: less where another place is close.
    """

    reading: Reading
    total: float
    joined: frozenset[str]
    certainty: float = 1.0

    def fits_equally_with(self, best: Mention) -> bool:
        """Whether it was named in one breath with the best and weighs about the same."""
        if self.joined.isdisjoint(best.reading.codes):
            return False
        if best.total - self.total <= _EQUAL:
            return True
        # 杜村到良马的路: the seat of another township is as much its end as the village.
        own = {entry.township_code for entry in best.reading.entries}
        seat = self.reading.kind == "township" and self.reading.how == "exact"
        return seat and own.isdisjoint(self.reading.codes) and best.total - self.total <= _SEAT


def weigh(readings: list[Reading], text: str) -> list[Mention]:
    """The places of a message, the heaviest first; of equal ones the first said."""
    readings = _level(
        _absorbed(
            _without_own_region(_settled_by_others(_within_spoken(_agreed(readings))), text), text
        ),
        text,
    )
    places: dict[frozenset[str], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.kind in ("village", "township", "outside") and not reading.role.denied:
            key = reading.codes if reading.kind != "outside" else frozenset((reading.word,))
            places[key].append(reading)
    joined = _joined(readings, text)
    mentions = []
    for key, said in places.items():
        best = max(said, key=lambda r: (not r.unsure, r.role.weight, r.score))
        placed = [r for r in said if not r.role.home]
        total = best.role.weight + _REPEATED * (len(said) - 1) * bool(placed)
        total += 0.0 if not best.unsure else -0.3
        together = frozenset(code for other in joined.get(key, ()) for code in other)
        mentions.append(Mention(best, round(total, 3), together))
    mentions.sort(key=lambda m: (-m.total, m.reading.start))
    return [_less_certain(mention, mentions) for mention in mentions]


def _less_certain(mention: Mention, mentions: list[Mention]) -> Mention:
    others = [m for m in mentions if m is not mention and m.reading.kind != "outside"]
    close = any(
        mention.total - other.total < _CLOSE and mention.joined.isdisjoint(other.reading.codes)
        for other in others
    )
    certainty = 0.82 if close else 1.0
    return Mention(mention.reading, mention.total, mention.joined, certainty)


def _agreed(readings: list[Reading]) -> list[Reading]:
    """A name said again with its township means the same place everywhere: 三交 … 唐城的三交."""
    exact = {r.word: r for r in readings if r.kind == "village" and r.adjacent}
    places = defaultdict(set)
    for reading in readings:
        if reading.kind == "village" and reading.adjacent:
            places[reading.word].add(reading.codes)
    agreed = []
    for reading in readings:
        known = exact.get(reading.word)
        if (
            known is not None
            and reading.kind == "village"
            and not reading.adjacent
            and len(places[reading.word]) == 1
        ):
            reading = replace(reading, entries=known.entries, score=known.score)
        agreed.append(reading)
    return agreed


def _without_own_region(readings: list[Reading], text: str) -> list[Reading]:
    """Without the province and city before the county's own name: 山西省临汾市安泽县."""
    kept: list[Reading] = []
    inside = False
    following: Reading | None = None
    for reading in reversed(readings):
        above = (
            reading.kind == "outside"
            and following is not None
            and inside
            and _REGION_JOINT.fullmatch(text, reading.end, following.start) is not None
        )
        inside = above or reading.kind in ("county", "township", "region")
        following = reading
        if not above:
            kept.append(reading)
    return kept[::-1]


def _within_spoken(readings: list[Reading]) -> list[Reading]:
    """Where a province, city or county is said, what lies in it counts and its namesakes do not."""
    spoken = sorted(
        (
            reading.entries[0].code
            for reading in readings
            if reading.kind in ("county", "region") and len(reading.entries) == 1
        ),
        key=len,
        reverse=True,
    )
    for code in spoken:
        narrowed = [_inside(reading, code) for reading in readings]
        if any(reading is not None and reading.kind == "village" for reading in narrowed):
            return [reading for reading in narrowed if reading is not None]
    return readings


def _inside(reading: Reading, code: str) -> Reading | None:
    """A reading with only what lies below a code; None for a place elsewhere."""
    if reading.kind not in ("village", "township"):
        return reading
    inside = tuple(entry for entry in reading.entries if entry.code.startswith(code))
    if len(inside) == len(reading.entries):
        return reading
    return replace(reading, entries=inside) if inside else None


def _settled_by_others(readings: list[Reading]) -> list[Reading]:
    """A name of several villages means the one that is also named in full, or the one in the
    township of the others: 孔滩 beside 北孔滩, 荆村 beside 唐村."""
    sure = [r for r in readings if r.kind == "village" and len(r.entries) == 1]
    codes = {code for r in sure for code in r.codes}
    townships = {r.entries[0].township_code for r in sure}
    settled = []
    for reading in readings:
        if reading.kind == "village" and len(reading.entries) > 1:
            named = tuple(e for e in reading.entries if e.code in codes)
            near = tuple(e for e in reading.entries if e.township_code in townships)
            fits = named or (near if len(townships) == 1 else ())
            if len(fits) == 1:
                reading = replace(reading, entries=fits)
        settled.append(reading)
    return settled


def _level(readings: list[Reading], text: str) -> list[Reading]:
    """Places named in one breath weigh the same: 从议亭到安上 ends at the second, is at both."""
    joined = {
        code for others in _joined(readings, text).values() for each in others for code in each
    }
    return [
        replace(
            reading, role=replace(reading.role, weight=_BASE.get(reading.kind, 0.6), away=False)
        )
        if not joined.isdisjoint(reading.codes)
        and not reading.role.home
        and not reading.role.denied
        else reading
        for reading in readings
    ]


def _absorbed(readings: list[Reading], text: str) -> list[Reading]:
    """Without the townships that were only said before their village: 府城镇高壁村 is one place."""
    villages = [r for r in readings if r.kind == "village" and not r.role.denied]
    homes = {
        entry.township_code: reading.start
        for reading in villages
        if reading.role.home
        for entry in reading.entries
    }
    placed = {
        entry.township_code
        for reading in villages
        if not reading.role.home and not reading.role.away and not reading.unsure
        for entry in reading.entries
    }
    kept = []
    for index, reading in enumerate(readings):
        following = readings[index + 1] if index + 1 < len(readings) else None
        part = (
            reading.kind == "township"
            and following is not None
            and following.kind == "village"
            and following.start >= reading.end
            and JOINT.fullmatch(text, reading.end, following.start) is not None
        ) or (
            # 我是和平的,冀氏那个: the township only says which 和平.
            reading.kind == "township"
            and not reading.role.whole
            and (
                not reading.codes.isdisjoint(placed)
                or any(
                    reading.role.weight <= _BASE["township"] or reading.start < homes[code]
                    for code in reading.codes & homes.keys()
                )
            )
        )
        if not part:
            kept.append(reading)
    return kept


def _joined(readings: list[Reading], text: str) -> dict[frozenset[str], set[frozenset[str]]]:
    """Which places were named together, in both directions."""
    together: dict[frozenset[str], set[frozenset[str]]] = defaultdict(set)
    run: list[Reading] = []
    for reading in readings:
        if reading.kind not in ("village", "township") or reading.role.denied:
            continue
        if run and not joined_to(text, run[-1], _beginning(reading, readings)):
            run = []
        for other in run:
            together[other.codes].add(reading.codes)
            together[reading.codes].add(other.codes)
        run.append(reading)
    return together


def _beginning(reading: Reading, readings: list[Reading]) -> int:
    """Where the whole of it begins: with its township, if that was said before it."""
    if not reading.adjacent:
        return reading.start
    township = [r for r in readings if r.kind == "township" and r.end <= reading.start]
    return township[-1].start if township else reading.start
