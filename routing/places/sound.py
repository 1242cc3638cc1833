"""How a name sounds, roughly: the second opinion on typed and dictated mistakes.

Tones are dropped, and sounds that the north of the country mixes up are one: z/zh, c/ch, s/sh,
n/l as initials, in/ing, en/eng. A few characters also stand for one they look like (塞 for 寨).
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_LOOKS_LIKE = {"材": "村", "寸": "村", "屯": "村", "塞": "寨", "荘": "庄", "壮": "庄", "糟": "槽"}
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ing", "in"), ("eng", "en"))


@lru_cache(maxsize=8192)
def syllable(char: str) -> str:
    """The plain syllable of one Chinese character; other characters stand for themselves."""
    if not "\u4e00" <= char <= "\u9fff":
        return char
    return lazy_pinyin(_LOOKS_LIKE.get(char, char), style=Style.NORMAL)[0]


@lru_cache(maxsize=8192)
def rough_syllable(char: str) -> str:
    """The syllable with the sounds that people mix up made one."""
    sound = syllable(char)
    for initial, plain in _INITIALS:
        if sound.startswith(initial):
            sound = plain + sound.removeprefix(initial)
            break
    for final, plain in _FINALS:
        if sound.endswith(final):
            return sound.removesuffix(final) + plain
    return sound


def rough_sounds(text: str) -> tuple[str, ...]:
    return tuple(rough_syllable(char) for char in text)


def sounds(text: str) -> tuple[str, ...]:
    return tuple(syllable(char) for char in text)
