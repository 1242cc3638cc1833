"""Names that are only heard: 高必村 for 高壁, 月量湾, 付城镇. Asked when no name is exact.

A sound alone proves little (进村 sounds like 荆村), so a short name needs a telling cue: a suffix,
its township just before it, a group number, or a speaker who says to be from there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from routing.places.cues import SUFFIX, denied, says_home, telling_around
from routing.places.gazetteer import Entry, Gazetteer, Name
from routing.places.group_numbers import number_follows
from routing.places.normalise import NormalText
from routing.places.readings import Reading
from routing.places.sound import rough_sounds, sounds

_TOWNSHIP_AFTER = re.compile(r"镇|乡|街上|这边|那边|村")
_ANSWER_END = re.compile(r"(?:村|社区|庄|的|这边|那边|人)*[,.。!!]?$")
# Names hold no such words: 便在村里 is not 边寨.
_FUNCTION_WORDS = frozenset("在到了的是有不从我你他这那被把就都也还没让给")
_SCORE = 0.7


def read_sounds(
    gazetteer: Gazetteer, text: NormalText, exact: list[Reading], answering: bool
) -> list[Reading]:
    """Readings by sound and by characters that look alike, beside the exact ones."""
    plain = text.text
    rough = rough_sounds(plain)
    taken = {i for reading in exact for i in range(reading.start, reading.end)}
    townships = [reading for reading in exact if reading.kind == "township"]
    readings: list[Reading] = []
    for length in range(min(gazetteer.longest, 5), 1, -1):
        for start in range(len(plain) - length + 1):
            names = gazetteer.sounding_like(rough[start : start + length])
            window = range(start, start + length)
            if not names or not taken.isdisjoint(window) or denied(plain, start):
                continue
            if not _FUNCTION_WORDS.isdisjoint(plain[start : start + length]):
                continue
            reading = _read(text, start, length, names, townships, answering)
            if reading is not None:
                readings.append(reading)
                taken.update(window)
    return sorted(readings, key=lambda reading: reading.start)


def _read(
    text: NormalText,
    start: int,
    length: int,
    names: list[Name],
    townships: list[Reading],
    answering: bool,
) -> Reading | None:
    plain, end = text.text, start + length
    heard = sounds(plain[start:end])
    same = [name for name in names if sounds(name.word) == heard]
    suffix = SUFFIX.match(plain, end)
    reading = Reading(start, suffix.end() if suffix else end, "village", (), _SCORE)
    reading = replace(reading, home=says_home(plain, start, end))
    adjacent = next((t for t in townships if _just_before(plain, t, start)), None)
    villages = _villages(same or names, adjacent)
    cued = (
        adjacent is not None
        or telling_around(text, start, end)
        or (answering and start <= 3 and _ANSWER_END.match(plain, end) is not None)
    )
    # 进村, 四村, 烂村 sound like names of the form X村: these need more than their own 村.
    ends_in_village = all(name.word.endswith("村") for name in names)
    if not ends_in_village:
        cued = cued or suffix is not None or number_follows(plain, end) or length >= 3
    elif not same:
        return None
    if villages and cued:
        kept = tuple(replace(e, how="pinyin") for e in villages)
        return replace(reading, entries=kept, adjacent=adjacent.entries[0].code if adjacent else "")
    seats = tuple(e for name in same for e in name.of_kind("township"))
    if seats and _TOWNSHIP_AFTER.match(plain, end):
        entries = tuple(replace(e, how="pinyin") for e in seats)
        return replace(reading, kind="township", entries=entries)
    return None


def _just_before(text: str, township: Reading, start: int) -> bool:
    return township.end <= start and text[township.end : start] in ("", "的", "那边", "这边")


def _villages(names: list[Name], adjacent: Reading | None) -> tuple[Entry, ...]:
    found = [entry for name in names for entry in name.of_kind("village")]
    seat = any(name.of_kind("township") for name in names)
    if adjacent is not None:
        found = [e for e in found if e.township_code == adjacent.entries[0].code]
    elif seat:
        return ()
    return tuple({entry.code: entry for entry in found}.values())
