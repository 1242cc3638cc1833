"""The intents that somebody may choose, with everything that a search may find them by. Pure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
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
    matter: bool = True
    """A row of the catalogue, which has appeal types; otherwise a kind of message."""
    live: bool = True
    """The model knows it already; a draft waits for its examples."""


def choice(
    code: str, name: str, covers: str = "", *, matter: bool = True, live: bool = True
) -> IntentChoice:
    """One intent as a line of the list."""
    letters = "".join(character for character in name if character.isalnum())
    pinyin = lazy_pinyin(letters)
    initials = lazy_pinyin(letters, style=Style.FIRST_LETTER)
    return IntentChoice(
        code, name, covers, "".join(pinyin).lower(), "".join(initials).lower(), matter, live
    )


def by_name(choices: Iterable[IntentChoice]) -> tuple[IntentChoice, ...]:
    """In the order of the alphabet in which people look for them."""
    return tuple(sorted(choices, key=lambda each: (each.pinyin, each.code)))


@dataclass(frozen=True, slots=True)
class IntentNames:
    """What intents are called, by code; a code that nobody knows stays as it is."""

    by_code: Mapping[str, str]

    def __call__(self, code: str) -> str:
        return self.by_code.get(code) or code


def names_of(choices: Iterable[IntentChoice]) -> IntentNames:
    """The names in a list of choices."""
    return IntentNames({each.code: each.name for each in choices})


Choices = Callable[[], Awaitable[Sequence[IntentChoice]]]
"""All intents that may be chosen now, drafts included."""
