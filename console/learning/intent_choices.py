"""The intents that somebody may choose, with everything that a search may find them by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin


@dataclass(frozen=True, slots=True)
class IntentChoice:
    """One line of the list; the page's script compares what is typed with its fields."""

    code: str
    name: str
    covers: str
    pinyin: str
    """`lu deng` without the space."""
    initials: str
    """`ld`."""
    live: bool = True


def choice(code: str, name: str, covers: str = "", *, live: bool = True) -> IntentChoice:
    """One intent as a line of the list."""
    letters = "".join(character for character in name if character.isalnum())
    pinyin = lazy_pinyin(letters)
    initials = lazy_pinyin(letters, style=Style.FIRST_LETTER)
    return IntentChoice(
        code, name, covers, "".join(pinyin).lower(), "".join(initials).lower(), live
    )


def by_name(choices: Iterable[IntentChoice]) -> tuple[IntentChoice, ...]:
    """In the order of the alphabet in which people look for them."""
    return tuple(sorted(choices, key=lambda each: (each.pinyin, each.code)))
