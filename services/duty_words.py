"""What cadres say about their duty: which command it is, whom it names, which number it leaves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from routing.county import County
from routing.units import Cadre


class Verb(StrEnum):
    """What somebody wants."""

    BOARD = "board"
    """值班: who is on duty, and my next shifts."""
    LEAVE = "leave"
    SWAP = "swap"
    BACK = "back"


_BOARD = re.compile(
    r"/?(?:duty|值班|值班表|排班|排班表|我的班|(?:今天|今晚|现在|明天)?(?:是)?谁(?:在)?值班|值班的?是谁)[?。!吗呢]*",
    re.IGNORECASE,
)
_I = r"[/ ]*(?:我|本人)?(?:要|想|申请|需要)?"
_VERBS = (
    (Verb.LEAVE, re.compile(rf"{_I}(?:请个?假|休假|leave\b)", re.IGNORECASE)),
    (Verb.SWAP, re.compile(rf"{_I}(?:换个?班|调个?班|swap\b)", re.IGNORECASE)),
    (Verb.BACK, re.compile(rf"{_I}(?:销假|提前回来|back\b)", re.IGNORECASE)),
)
_NAME = r"[\u4e00-\u9fff·]{2,6}"
_DEPUTY = re.compile(
    rf"(?:替班|代班|顶班)(?:的?人|是|由|请|[:：,，、\s])*(?P<after>{_NAME})"
    rf"|(?:由|请|让|找|托)\s*(?P<before>{_NAME}?)\s*(?:来|给我|帮我|替我)?(?:替|代|顶)"
    rf"|(?P<bare>{_NAME})\s*(?:替班|代班|顶班)"
)
_FOR_ME = re.compile(r"替|代班|代我|顶班|顶我")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?\d{7,8})(?!\d)")
_DIGITS = re.compile(r"\d[\d -]{5,}")
_MY_PHONE = re.compile(r"电话|手机|联系|打给?我")
_BREAKS = re.compile(r"[\s,，。、;；]+")
_ID = re.compile(r"[A-Za-z][\w-]*")


@dataclass(frozen=True, slots=True)
class Ask:
    """A command and the words behind it."""

    verb: Verb
    rest: str


def read_ask(text: str) -> Ask | None:
    """The command that a text begins with, None when it is about something else."""
    text = unicodedata.normalize("NFKC", text).strip()
    if _BOARD.fullmatch(text):
        return Ask(Verb.BOARD, "")
    for verb, pattern in _VERBS:
        if found := pattern.match(text):
            return Ask(verb, text[found.end() :].strip(" :,，。、"))
    return None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a text names."""

    people: tuple[Cadre, ...] = ()
    """Colleagues; several of one name, or several names."""
    strangers: tuple[Cadre, ...] = ()
    """Cadres of the county who are no colleagues."""


def named_in(text: str, colleagues: Iterable[Cadre], county: County) -> Named:
    """The cadres whose names or numbers stand in a text; longer names first, letters used once."""
    colleagues = tuple(colleagues)
    if people := _found(text, colleagues):
        return Named(people=people)
    return Named(strangers=_found(text, county.org.cadres.values()))


def _found(text: str, people: Iterable[Cadre]) -> tuple[Cadre, ...]:
    people = tuple(people)
    numbers = {*_ID.findall(text), *_BREAKS.split(text)}
    found = {cadre.id: cadre for cadre in people if cadre.id in numbers}
    for name in sorted({cadre.name for cadre in people if cadre.name}, key=len, reverse=True):
        if name in text:
            text = text.replace(name, " ")
            found |= {cadre.id: cadre for cadre in people if cadre.name == name}
    return tuple(found.values())


def speaks_of_deputy(text: str, people: Iterable[Cadre]) -> bool:
    """Whether the people named are to stand in: somebody says so, or says nothing but a name.

    陪李示例看病 names a colleague too.
    """
    alone = re.sub(r"[\s,，。、]", "", text)
    return bool(_FOR_ME.search(text)) or any(alone in (each.name, each.id) for each in people)


def deputy_words(text: str) -> str:
    """What stands where a deputy is named (替班 李示例, 由李示例替班); empty when nobody is."""
    found = _DEPUTY.search(text)
    return next(filter(None, found.groups()), "") if found else ""


@dataclass(frozen=True, slots=True)
class Contact:
    """The number that a text leaves."""

    phone: str = ""
    is_mine: bool = False
    """The one that is known: 打我电话."""
    is_wrong: bool = False
    """Digits that are no telephone number."""


def contact_in(text: str) -> Contact:
    """A mobile or landline number of mainland China, or the word for one's own."""
    found = _PHONE.search(text)
    if found is not None:
        return Contact(re.sub(r"[ -]", "", found[0]) if found[0][0] == "1" else found[0])
    return Contact(is_mine=bool(_MY_PHONE.search(text)), is_wrong=bool(_DIGITS.search(text)))
