"""A line of the chat as the page shows it: the same for JSON, for the server's HTML and for SSE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from routing.duty import CHINA_TIME
from services.messages import Button
from services.ports import Line

_TICKET = "t:"
"""Slots of tickets: cards with a title. A question has a slot too, but is a plain line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One bubble or card. Texts are plain: whoever makes HTML of them escapes."""

    id: str
    """`o<outbox id>` of ours, `i<inbox id>` of theirs: what a `reply_to` names."""
    mine: bool
    at: str
    """ISO 8601, UTC."""
    clock: str
    """The same for people, local: `11月23日 08:05`."""
    title: str
    """First line of a card, empty for a plain message."""
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    slot: str | None
    media: str | None
    """Id of a file, to be fetched below the chat's own address."""
    quotes: str | None
    """Id of the line that this one answers."""

    def as_json(self) -> dict[str, object]:
        """For the page's script."""
        return asdict(self)


def shown(line: Line) -> Shown:
    """How `line` appears."""
    message = line.message
    title, text = "", message.text
    if message.slot is not None and message.slot.startswith(_TICKET) and not line.mine:
        title, _, text = message.text.partition("\n")
    return Shown(
        id=f"{'i' if line.mine else 'o'}{line.id}",
        mine=line.mine,
        at=line.at.isoformat(),
        clock=_clock(line.at),
        title=title,
        text=text.strip("\n"),
        buttons=message.buttons,
        slot=message.slot,
        media=message.media.removeprefix("media:") if message.media else None,
        quotes=message.reply_to,
    )


def all_shown(lines: Iterable[Line]) -> list[Shown]:
    """The lines that have something to show: a pressed button leaves a line without words."""
    return [shown(line) for line in lines if line.message.text or line.message.media]


def last_of_ours(lines: Iterable[Line]) -> int:
    """The highest outbox id, 0 when we have not said anything yet."""
    return max((line.id for line in lines if not line.mine), default=0)


def _clock(at: datetime) -> str:
    local = at.astimezone(CHINA_TIME)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
