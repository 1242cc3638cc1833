"""How a character sounds, exactly and roughly: the second opinion on typed and dictated mistakes.

Tones are dropped. Roughly, sounds that the north of the country mixes up are one: z/zh, c/ch,
s/sh, n/l as initials, in/ing, en/eng.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import count

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ing", "in"), ("eng", "en"))
_CONFUSED_INITIALS = tuple(
    frozenset(pair.split("/")) for pair in "b/p d/t g/k j/q h/f r/l z/j s/x c/q".split()
)
_CONFUSED_FINALS = tuple(
    frozenset(pair.split("/"))
    for pair in "en/in an/ang ian/iang uan/uang un/ong o/uo e/uo ui/ei u/ou an/ian iu/ou".split()
)
_LETTERS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


@lru_cache(maxsize=16_384)
def syllable(char: str) -> str:
    """The plain syllable of one Chinese character; other characters stand for themselves."""
    if not "\u4e00" <= char <= "\u9fff":
        return char
    return syllables(char)[0]


@lru_cache(maxsize=16_384)
def syllables(char: str) -> tuple[str, ...]:
    """Every syllable that a character can have (都: dou, du), the usual one first."""
    if not "\u4e00" <= char <= "\u9fff":
        return (char,)
    # The dictionary itself: a fiftieth of the time that the library's own functions take.
    readings = PINYIN_DICT.get(ord(char), char).split(",")
    return tuple(dict.fromkeys(_toneless(reading) for reading in readings))


@lru_cache(maxsize=4096)
def _toneless(reading: str) -> str:
    return str(to_normal(reading))


@lru_cache(maxsize=4096)
def rough(sound: str) -> str:
    """A syllable with the sounds that people mix up made one."""
    for initial, plain in _INITIALS:
        if sound.startswith(initial):
            sound = plain + sound.removeprefix(initial)
            break
    for final, plain in _FINALS:
        if sound.endswith(final):
            return sound.removesuffix(final) + plain
    return sound


@lru_cache(maxsize=16_384)
def rough_syllable(char: str) -> str:
    """The rough sound of a character."""
    return rough(syllable(char))


_SOUND_CHARACTERS: dict[str, str] = {}
_NEXT = count(0xE000)


def sound_character(sound: str) -> str:
    """One character that stands for a syllable, so that sounds are searched like words."""
    known = _SOUND_CHARACTERS.get(sound)
    if known is not None:
        return known
    # The private use area has room for all syllables many times over. A county is loaded in one
    # thread while another reads messages: whoever comes first decides, and no character is given
    # to two sounds.
    return _SOUND_CHARACTERS.setdefault(sound, chr(next(_NEXT)) if len(sound) > 1 else sound)


@lru_cache(maxsize=16_384)
def rough_character(char: str) -> str:
    """The rough sound of a character as one character; what is no Chinese stands for itself."""
    return sound_character(rough_syllable(char)) if "\u4e00" <= char <= "\u9fff" else char


def rough_key(word: str) -> str:
    """The rough sounds of a word, one character each."""
    return "".join(map(rough_character, word))


@lru_cache(maxsize=4096)
def parts(sound: str) -> tuple[str, str]:
    """Initial and final of a syllable."""
    initial = next((letters for letters in _LETTERS if sound.startswith(letters)), "")
    return initial, sound.removeprefix(initial)


def near(one: str, other: str) -> bool:
    """Whether two rough sounds differ in one part only, and in that by a common confusion."""
    (initial, final), (initial2, final2) = parts(one), parts(other)
    if final == final2:
        return frozenset((initial, initial2)) in _CONFUSED_INITIALS
    return initial == initial2 and frozenset((final, final2)) in _CONFUSED_FINALS
