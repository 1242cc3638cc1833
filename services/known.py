"""When a question is answered from the knowledge base, and what an answer's verdict is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from routing.knowledge import Entry
from services.understanding import Understanding
from tickets.ticket import Ticket

PREFIX = "k"
"""Buttons below an answer carry `k:<id>:<verdict>`."""
WORDS_COUNT_FOR = timedelta(minutes=30)
"""So long 没用 can mean the last answer; its buttons can be pressed at any time."""
NOT_AGAIN_FOR = timedelta(hours=24)
"""So long an entry that did not help is not told to the same chat again."""


class Verdict(StrEnum):
    """What the resident said of an answer."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    SUPERSEDED = "superseded"
    """The question was edited: what was answered counts no more."""


FINAL = frozenset({Verdict.UNHELPFUL, Verdict.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that a resident got. `id` is random: it cannot be guessed."""

    id: str
    conversation: str
    inbox_id: int
    """The message that asked."""
    entry: str
    """The code of the entry."""
    text: str
    """What was told, as it was told."""
    score: float
    given_at: datetime
    verdict: Verdict | None = None
    judged_at: datetime | None = None


_HELPFUL = re.compile(r"^(?:挺|很|真)?(?:有用|管用|明白了|清楚了|知道了|懂了|晓得了)$")
_UNHELPFUL = (
    r"(?:没[啥甚]?用|没有用|不管用|没帮上忙|没说清楚?|没有说清楚?|说的不清楚|没听懂|看不懂|没看懂|"
    r"不是(?:问)?这个(?:意思)?|我?问的不是这个|答非所问|"
    r"(?:给我|帮我|请|要|我要)?(?:找|转|换)?(?:个)?(?:真人|人工)|"
    r"(?:给我|帮我|我要|要|想)?(?:找|请)(?:个)?人(?:问问?|答|回答|说|来答|问一下)?)"
)
_ONLY_UNHELPFUL = re.compile(rf"^(?:还是|这)?{_UNHELPFUL}(?:吧|啊|呀|呢|了|的)?$")
_AND_MORE = re.compile(rf"^\s*{_UNHELPFUL}(?:吧|啊|呀|呢|了|的)?[,，。.;；!！?？:：\s]+(?=\w)")
_SIGNS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict in words, and what else was said with it."""

    verdict: Verdict
    more: bool = False


def verdict_in(text: str) -> Said | None:
    """The verdict that the words give; None where they say anything else."""
    bare = _SIGNS.sub("", text)
    if _HELPFUL.match(bare):
        return Said(Verdict.HELPFUL)
    if _ONLY_UNHELPFUL.match(bare):
        return Said(Verdict.UNHELPFUL)
    return Said(Verdict.UNHELPFUL, more=True) if _AND_MORE.match(text) else None


def may_be_answered(understanding: Understanding) -> bool:
    """A single question about services, in no danger and with nothing confidential in it."""
    return (
        understanding.kind == "benefit_question"
        and not understanding.urgent
        and not understanding.confidential
        and len(understanding.parts) < 2
    )


def meant_by_words(
    given: Sequence[GivenAnswer], open_tickets: Sequence[Ticket], now: datetime
) -> GivenAnswer | None:
    """The answer that 没用 means: the last one, if nothing has happened to a ticket since."""
    newest = next(iter(given), None)
    if newest is None or newest.verdict in FINAL or now - newest.given_at > WORDS_COUNT_FOR:
        return None
    moved = any(ticket.updated_at > newest.given_at for ticket in open_tickets)
    return None if moved else newest


def failed_before(given: Sequence[GivenAnswer], entry: Entry) -> bool:
    """Whether this entry was told to the chat of late and did not help."""
    return any(each.entry == entry.code and each.verdict is Verdict.UNHELPFUL for each in given)


def validity(entry: Entry) -> tuple[str, dict[str, str]]:
    """The key of the sentence that says how long an entry holds, and its slots."""
    key = "known_from" if entry.valid_from else "known_no_dates"
    if entry.valid_to:
        key = "known_from_to" if entry.valid_from else "known_to"
    return key, {"from": _day(entry.valid_from), "to": _day(entry.valid_to)}


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
