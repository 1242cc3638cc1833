"""From names in a text to readings: this name, here, means these divisions, with this score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from routing.places.cues import (
    BETWEEN,
    SUFFIX,
    begins_with_somebody,
    holds_something,
    lives_there,
    locative_around,
    stands_alone,
    telling_around,
)
from routing.places.finding import How
from routing.places.gazetteer import Entry, Gazetteer, Kind, Name
from routing.places.group_numbers import number_follows
from routing.places.normalise import NormalText
from routing.places.roles import Role, role_of
from routing.places.wordlike import (
    ON_THE_WAY,
    Need,
    is_office_of_person,
    is_other_word,
    is_person_like,
)

# Between a township and its village people say nothing, 的, or "over there".
JOINT = re.compile(
    r"(?:镇|乡|街道)?(?:那边|这边|那儿|这儿|那|底下|下面|下边|下头|里|境内|辖区)?(?:的|管的)?(?:那个|这个)?[,,]?"
)
_SEAT_VILLAGE = re.compile(r"村(?!镇)|庄|居委|社区")
_SEAT_AS_TOWNSHIP = re.compile(r"镇|乡|街")
_NO_NAME = frozenset("在到是系本该我俺咱们的去住从回和跟与或往离叫归属给把让找来过了也都就嫁说问向")
_NOT_FAR = re.compile(r"[镇乡村路街庄]")
_THERE = re.compile(r"[在去来从到往]$")
_UPPER_KINDS = ("region", "county", "township")


@dataclass(frozen=True, slots=True)
class Reading:
    """One name read as a place. `end` includes a suffix; `entries` fit equally."""

    start: int
    end: int
    kind: Kind
    entries: tuple[Entry, ...]
    score: float
    role: Role
    adjacent: str = ""
    """The code of the township that was said just before."""
    word: str = ""
    unsure: bool = False
    """More likely no place, or another one: worth a question, never settled."""

    @property
    def how(self) -> How:
        return self.entries[0].how

    def is_tail(self, text: str) -> bool:
        """Whether it may be the end of a longer name that is written wrong: 仪唐村 for 义唐."""
        if len(self.word) != 2 or not self.word.endswith("村") or self.adjacent:
            return False
        before = text[self.start - 1 : self.start] if self.start else ""
        return "\u4e00" <= before <= "\u9fff" and before not in _NO_NAME

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(entry.code for entry in self.entries)


def read_names(gazetteer: Gazetteer, text: NormalText, answering: bool) -> list[Reading]:
    """Every accepted reading of the exact names and aliases in a text, in order."""
    plain = text.text
    hits = _apart(plain, gazetteer.hits(plain))
    spoken = {entry.code for _, name in hits for entry in name.entries if entry.kind == "township"}
    uppers: list[str] = []
    doubtful: list[Reading] = []
    readings: list[Reading] = []
    for start, name in hits:
        name = _uncrowded(gazetteer, name, uppers)
        if not name.entries or _of_another_place(plain, start, name, readings):
            continue
        adjacent = _adjacent_township(plain, start, readings)
        reading = _read(gazetteer, text, start, name, adjacent)
        uppers.extend(e.code for e in reading.entries if e.kind in _UPPER_KINDS)
        joined = bool(
            readings and start > readings[-1].end and joined_to(plain, readings[-1], start)
        )
        below = bool(readings) and _is_below(plain, readings[-1], start)
        if answering or joined or below or _accepted(text, name, start, reading, spoken):
            readings.append(reading)
        else:
            doubtful.append(reading)
    return _with_support(plain, readings, doubtful)


def joined_to(text: str, earlier: Reading, start: int) -> bool:
    """Whether a name at `start` is joined to a place before it: 沟口到半道, 唐村刘村."""
    if earlier.kind not in ("village", "township"):
        return False
    between = text[earlier.end : start]
    if not between:
        return earlier.kind == "village"
    return BETWEEN.fullmatch(between) is not None


def _apart(plain: str, hits: Sequence[tuple[int, Name]]) -> list[tuple[int, Name]]:
    """Hits without overlaps: leftmost first, then longest; what makes another word is no hit."""
    kept: list[tuple[int, Name]] = []
    free_from = 0
    for start, name in hits:
        if start < free_from:
            continue
        end = start + len(name.word)
        if is_other_word(name.word, plain[max(0, start - 3) : start], plain[end : end + 4]):
            continue
        if plain.startswith("区", end) and name.of_kind("village"):
            continue  # 河东区 is a town somewhere else
        if (
            plain.startswith("村", end)
            and not name.crowd
            and all(entry.kind == "outside" for entry in name.entries)
        ):
            continue  # 古县村 is not the county 古县
        if number_follows(plain, start) and plain.startswith("第", start):
            continue  # 第五村民小组 is a group
        kept.append((start, name))
        free_from = end
    return kept


def _uncrowded(gazetteer: Gazetteer, name: Name, uppers: list[str]) -> Name:
    """A name with too many meanings, narrowed by the nearest divisions said before it.

    What is above a county stays as it is: it narrows others.
    """
    for prefix in reversed(uppers):
        if not name.crowd:
            break
        narrowed = gazetteer.within(name, prefix)
        if narrowed.entries:
            return narrowed
    return name


def _read(gazetteer: Gazetteer, text: NormalText, start: int, name: Name, adjacent: str) -> Reading:
    plain, end = text.text, start + len(name.word)
    suffix = SUFFIX.match(plain, end)
    whole = suffix.end() if suffix else end
    kind, entries = _meaning(plain, name, end, whole, adjacent)
    if kind not in ("village", "outside") and suffix:
        whole = end
    if kind == "village" and plain[end : end + 1] == "村":
        # 塘下村 is the village where 塘下社区 is its neighbour.
        entries = tuple(e for e in entries if e.confidence == 1.0) or entries
    confidence = max(entry.confidence for entry in entries)
    score = 0.95 if suffix or adjacent or number_follows(plain, end) else 0.9
    role = role_of(plain, start, whole, kind)
    unsure = is_office_of_person(name.word, plain[end : end + 2]) and not adjacent
    reading = Reading(
        start, whole, kind, entries, score * confidence, role, adjacent, name.word, unsure
    )
    if kind == "village" and adjacent:
        return _within(gazetteer, reading, name.word)
    return reading


def _meaning(
    text: str, name: Name, end: int, whole: int, adjacent: str
) -> tuple[Kind, tuple[Entry, ...]]:
    """Village or township, for a seat's name: with 村 or a group number it is the village."""
    villages, townships = name.of_kind("village"), name.of_kind("township")
    if villages and townships:
        inside = [e for e in villages if e.township_code == adjacent]
        as_village = (
            _SEAT_VILLAGE.match(text, end)
            or number_follows(text, whole)
            or ((joint := JOINT.match(text, end)) and number_follows(text, joint.end()))
            or name.word.endswith("村")
            or (inside and not _SEAT_AS_TOWNSHIP.match(text, end))
        )
        return ("village", villages) if as_village else ("township", townships)
    above = (*name.of_kind("county"), *name.of_kind("region"))
    if above and not _SEAT_VILLAGE.match(text, end):
        return above[0].kind, tuple(e for e in above if e.kind == above[0].kind)
    for kind in ("village", "township", "county", "region"):
        if entries := name.of_kind(kind):
            return kind, entries
    return "outside", name.entries


def _within(gazetteer: Gazetteer, reading: Reading, word: str) -> Reading:
    """Make a village agree with the township said just before it, where that is possible."""
    inside = tuple(e for e in reading.entries if e.township_code == reading.adjacent)
    if inside:
        return replace(reading, entries=inside)
    part = gazetteer.part_of_name(word, reading.adjacent)
    if part is not None:
        return replace(reading, entries=(part,), score=reading.score * part.confidence)
    # The divisions have changed before: the village is surer than the township beside it.
    return replace(reading, score=reading.score * 0.8, adjacent="")


def _adjacent_township(text: str, start: int, readings: list[Reading]) -> str:
    if not readings or readings[-1].kind != "township":
        return ""
    between = text[readings[-1].end : start]
    return readings[-1].entries[0].code if JOINT.fullmatch(between) else ""


def _is_below(plain: str, upper: Reading, start: int) -> bool:
    """Whether a name stands directly after its county: 安泽县双头."""
    above = upper.kind in ("county", "region")
    return above and JOINT.fullmatch(plain, upper.end, start) is not None


def _of_another_place(plain: str, start: int, name: Name, readings: list[Reading]) -> bool:
    """Whether a bare name belongs to the place outside just before it: 沁水县城, 北京清华园."""
    if not readings or readings[-1].kind != "outside":
        return False
    if any(e.kind in _UPPER_KINDS and e.how == "exact" for e in name.entries):
        return False
    between = plain[readings[-1].end : start]
    end = start + len(name.word)
    return between in ("", "的", "市", "县", "那边", "那边的") and not SUFFIX.match(plain, end)


def _accepted(text: NormalText, name: Name, start: int, reading: Reading, spoken: set[str]) -> bool:
    end = start + len(name.word)
    if reading.kind == "outside":
        far = reading.entries[0].how == "exact"
        if far and _NOT_FAR.match(text.text, end):
            return False
        return (
            name.need is Need.NOTHING
            or _THERE.search(text.text[max(0, start - 2) : start]) is not None
        )
    if reading.kind != "village" or name.need is Need.NOTHING:
        return True
    if reading.adjacent or reading.end > end or number_follows(text.text, end):
        return True
    in_spoken = any(entry.township_code in spoken for entry in reading.entries)
    locative = locative_around(text, start, end)
    if name.need is Need.CUE:
        return in_spoken or locative
    return (
        (in_spoken and locative)
        or telling_around(text, start, end)
        or holds_something(text, start, end)
        or (name.word not in ON_THE_WAY and stands_alone(text, start, end))
        or lives_there(text, start, end)
        or (name.word not in ON_THE_WAY and begins_with_somebody(text, start, end))
        or (not is_person_like(name.word) and text.text[start - 1 : start] in ("俺", "咱"))
        or reading.role.corrected
    )


def _with_support(plain: str, readings: list[Reading], doubtful: list[Reading]) -> list[Reading]:
    """Common words become places where the rest of the message supports them.

    That is where another place is denied (不是大黄是小黄), or the same name was accepted elsewhere.
    """
    if not doubtful:
        return readings
    said = {reading.word for reading in readings}
    contrast = any(
        reading.role.denied and not reading.role.person for reading in (*readings, *doubtful)
    )
    paths = [
        reading
        for one, other in pairwise(doubtful)
        if plain[one.start - 1 : one.start] == "从" and joined_to(plain, one, other.start)
        for reading in (one, other)
    ]
    supported = [
        reading
        for reading in doubtful
        if not reading.role.person
        and (
            reading.word in said
            or (contrast and not reading.role.denied)
            or any(
                reading.end < other.start and joined_to(plain, reading, other.start)
                for other in readings
            )
            or reading in paths
        )
    ]
    return sorted([*readings, *supported], key=lambda reading: reading.start)
