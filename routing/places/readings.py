"""From names in a text to readings: this name, here, means these divisions, with this score."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from routing.places.cues import BETWEEN, SUFFIX, denied, locative_around, says_home, telling_around
from routing.places.finding import How
from routing.places.gazetteer import Entry, Gazetteer, Kind, Name
from routing.places.group_numbers import number_follows
from routing.places.normalise import NormalText
from routing.places.wordlike import Need, is_other_word

# Between a township and its village people say nothing, 的, or "over there".
_JOINT = re.compile(r"(?:镇|乡|街道)?(?:的|那边|这边|那儿|这儿|那|底下|下面|那个|这个|里)?[,,]?")
_SEAT_VILLAGE = re.compile(r"村(?!镇)|庄|居委|社区")


@dataclass(frozen=True, slots=True)
class Reading:
    """One name read as a place. `end` includes a suffix; `entries` fit equally."""

    start: int
    end: int
    kind: Kind
    entries: tuple[Entry, ...]
    score: float
    home: bool = False
    adjacent: str = ""

    @property
    def how(self) -> How:
        return self.entries[0].how

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(entry.code for entry in self.entries)


def read_names(gazetteer: Gazetteer, text: NormalText, answering: bool) -> list[Reading]:
    """Every accepted reading of the exact names and aliases in a text, in order."""
    plain = text.text
    hits = [
        (start, name)
        for start, name in gazetteer.occurrences(plain)
        if not denied(plain, start)
        and not is_other_word(
            name.word, plain[max(0, start - 1) : start], plain[start + len(name.word) :][:4]
        )
    ]
    spoken_townships = {
        entry.code for _, name in hits for entry in name.entries if entry.kind == "township"
    }
    readings: list[Reading] = []
    for start, name in hits:
        adjacent = _adjacent_township(plain, start, readings)
        reading = _read(gazetteer, text, start, name, adjacent)
        if reading is not None and (
            answering
            or (
                bool(readings)
                and start > readings[-1].end
                and joined_to(plain, readings[-1], start)
            )
            or _accepted(text, name, start, reading, spoken_townships)
        ):
            readings.append(reading)
    return readings


def joined_to(text: str, village: Reading, start: int) -> bool:
    """Whether a name at `start` is joined to a village before it: 沟口到半道, 唐村刘村."""
    if village.kind != "village":
        return False
    between = text[village.end : start]
    return not between or BETWEEN.fullmatch(between) is not None


def _read(
    gazetteer: Gazetteer, text: NormalText, start: int, name: Name, adjacent: str
) -> Reading | None:
    end = start + len(name.word)
    suffix = SUFFIX.match(text.text, end)
    whole = suffix.end() if suffix else end
    kind, entries = _meaning(text.text, name, end, whole)
    confidence = max(entry.confidence for entry in entries)
    score = 0.95 if suffix or adjacent or number_follows(text.text, end) else 0.9
    home = says_home(text.text, start, end)
    reading = Reading(start, whole, kind, entries, score * confidence, home, adjacent)
    if kind == "village" and adjacent:
        return _within(gazetteer, reading, name.word)
    return reading


def _meaning(text: str, name: Name, end: int, whole: int) -> tuple[Kind, tuple[Entry, ...]]:
    """Village or township, for a seat's name: with 村 or a group number it is the village."""
    villages, townships = name.of_kind("village"), name.of_kind("township")
    if villages and townships:
        as_village = (
            _SEAT_VILLAGE.match(text, end)
            or number_follows(text, whole)
            or ((joint := _JOINT.match(text, end)) and number_follows(text, joint.end()))
            or name.word.endswith("村")
        )
        return ("village", villages) if as_village else ("township", townships)
    for kind in ("village", "township", "county"):
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
    return readings[-1].entries[0].code if _JOINT.fullmatch(between) else ""


def _accepted(text: NormalText, name: Name, start: int, reading: Reading, spoken: set[str]) -> bool:
    end = start + len(name.word)
    if reading.kind != "village" or name.need is Need.NOTHING:
        return True
    if reading.adjacent or reading.end > end or number_follows(text.text, end):
        return True
    in_spoken = any(entry.township_code in spoken for entry in reading.entries)
    locative = locative_around(text, start, end)
    if name.need is Need.CUE:
        return in_spoken or locative
    return (in_spoken and locative) or telling_around(text, start, end)
