"""What goes in and out of the chat channels, in words that no channel owns.

A channel adapter translates its own objects into `Inbound` and delivers `Outbound`; nothing
else of Telegram or of the web crosses this border, so another channel is one more adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BotName(StrEnum):
    """The two trust zones: whoever speaks to one never reaches what belongs to the other."""

    RESIDENTS = "residents"
    CADRES = "cadres"


@dataclass(frozen=True, slots=True)
class Address:
    """One chat: where messages come from and answers go to."""

    channel: str
    """`telegram` or `web`."""
    bot: BotName
    chat: str
    """The channel's own id of the chat; for the cadres' web page the cadre's id."""

    @property
    def key(self) -> str:
        """The conversation's identity, e.g. `web:residents:x7Gk…`."""
        return f"{self.channel}:{self.bot}:{self.chat}"

    @classmethod
    def from_key(cls, key: str) -> Address:
        """The address that `key` was made from."""
        channel, bot, chat = key.split(":", 2)
        return cls(channel, BotName(bot), chat)


class InboundKind(StrEnum):
    """What a person (or the channel on their behalf) did."""

    TEXT = "text"
    EDITED = "edited"
    """New words for an earlier message, named by `message_id`."""
    PRESS = "press"
    """A button; `data` is what the button carries, `text` what a web form said with it."""
    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"
    LOCATION = "location"
    START = "start"
    """/start; `text` is its payload: a grid code (residents) or a one-time code (cadres)."""
    HELP = "help"
    PROGRESS = "progress"
    """/progress or 进度 (residents); /today or 今日 (cadres)."""
    DUTY = "duty"
    """/duty or 值班 (cadres)."""
    BLOCKED = "blocked"
    """The person blocked the bot or the bot was put out of the group."""
    UNBLOCKED = "unblocked"
    MOVED = "moved"
    """The group chat has a new id: `text`."""
    UNSUPPORTED = "unsupported"
    """Something that is kept but cannot be understood: a sticker, a poll, a contact."""


@dataclass(frozen=True, slots=True)
class Location:
    """A point that a person sent, WGS-84 (what Telegram and browsers give), degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    ref: str
    """`media:<id>` when it already lies in our media store, else the channel's own file id."""
    mime: str = ""
    size: int = 0
    """Bytes; 0 when the channel did not say."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that arrived, exactly once for each (channel, bot, update_id)."""

    address: Address
    update_id: str
    kind: InboundKind
    sender: str
    """The channel's id of the person; in a group chat not the chat's."""
    sent_at: datetime
    text: str = ""
    data: str = ""
    message_id: str | None = None
    reply_to: str | None = None
    """The channel's id of the message that this one answers."""
    attachment: Attachment | None = None
    location: Location | None = None
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One button below a message. `data` is at most 64 bytes (Telegram's limit)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to be delivered, plain text (never HTML: residents' words stand in it)."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
    slot: str | None = None
    """A card's name in its chat. The newest message of a slot replaces the earlier one in place."""
    reply_to: str | None = None
    """The channel's id of the message to quote."""
    media: str | None = None
    """`media:<id>` of a picture or file to send along."""
    ticket: str | None = None
    """The ticket that a reply to this message is about."""
    purpose: str = "say"
    """What a reply to it means: `say`, `card`, `question`, `return_reason`, `resolve_answer`."""
    fresh: bool = False
    """Send a card anew although the chat has an earlier one: an edit rings no bell."""
