"""What the stand-in remembers: chats, messages with their edits, calls, and the bots' state."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.telegram.faults import BotApiError
from tests.telegram.files import FileStore

Json = dict[str, Any]

# Every bot counts from the same numbers, as strangers' bots may: what is not kept apart by bot
# will collide here first.
FIRST_UPDATE_ID = 500_000_001
FIRST_MESSAGE_ID = 11


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast Telegram's slow rules run here.

    second: real seconds that one second of waiting before a redelivery takes (also for
    Retry-After); callback_life: real seconds for which a press is delivered and may be answered
    (150 at Telegram); webhook_timeout: real seconds for which a webhook may take to answer.
    """

    second: float = 0.05
    longest_delay: float = 60.0
    callback_life: float = 150.0
    webhook_timeout: float = 60.0


@dataclass(slots=True)
class Call:
    """One request of a bot. outcome: pending, ok, or what was answered or done instead."""

    bot: str
    method: str
    params: Json
    at: float
    via: str = "http"
    outcome: str = "pending"
    result: Any = None


@dataclass(frozen=True, slots=True)
class Violation:
    """A mistake of ours that Telegram, or the schema, does not forgive."""

    bot: str
    method: str
    description: str
    detail: str


@dataclass(slots=True)
class Sent:
    """One message of a chat as people see it now, with the keyboard that Telegram would show."""

    message: Json
    from_bot: bool
    keyboard: Json | None = None
    history: list[Json] = field(default_factory=list)
    deleted: bool = False

    @property
    def id(self) -> int:
        return int(self.message["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.message["chat"]["id"])

    @property
    def text(self) -> str:
        """The text, or the caption of a photo, voice message or document."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def edited(self) -> bool:
        return bool(self.history)

    @property
    def buttons(self) -> list[Json]:
        """All buttons in reading order, of an inline or a reply keyboard."""
        return list(buttons_of(self.keyboard))


@dataclass(slots=True)
class Chat:
    """One conversation of one bot. standing: member, blocked, kicked or deactivated."""

    id: int
    kind: str
    title: str = ""
    standing: str = "member"
    migrated_to: int | None = None
    members: set[int] = field(default_factory=set)
    messages: dict[int, Sent] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: count(FIRST_MESSAGE_ID))

    def json(self, person: Json | None) -> Json:
        if self.kind != "private" or person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        named = {k: person[k] for k in ("first_name", "username") if k in person}
        return {"id": self.id, "type": "private"} | named


@dataclass(slots=True)
class Press:
    """A callback query; `answer` holds the parameters of answerCallbackQuery once it came."""

    id: str
    at: float
    answer: Json | None = None


@dataclass(slots=True)
class Pending:
    """An update that the bot has not accepted yet; updates of one queue wait for each other."""

    update: Json
    queue: str
    expires_at: float = float("inf")
    attempts: int = 0

    def expired(self) -> bool:
        return time.monotonic() > self.expires_at


@dataclass(slots=True)
class BotState:
    """Everything about one bot."""

    name: str
    token: str
    reads_groups: bool = False
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Json] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    files: FileStore = field(default_factory=FileStore)
    pending: list[Pending] = field(default_factory=list)
    replays: deque[Json] = field(default_factory=deque)
    past: dict[int, tuple[Json, str]] = field(default_factory=dict)
    profile: Json = field(default_factory=dict)
    allowed_updates: list[str] | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    update_ids: Iterator[int] = field(default_factory=lambda: count(FIRST_UPDATE_ID))
    message_ids: Iterator[int] = field(default_factory=lambda: count(FIRST_MESSAGE_ID))

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])

    @property
    def username(self) -> str:
        return f"{self.name}_bot"

    def user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def person(self, user_id: int) -> Json:
        plain = {"id": user_id, "is_bot": False, "first_name": f"居民{user_id}",
                 "language_code": "zh-hans"}  # fmt: skip
        return self.people.setdefault(user_id, plain)

    def chat_json(self, chat: Chat) -> Json:
        return chat.json(self.people.get(chat.id))

    def next_message_id(self, chat: Chat) -> int:
        """Unique for the bot, but in a supergroup only within the group, as at Telegram."""
        return next(chat.ids if chat.kind == "supergroup" else self.message_ids)

    def writable_chat(self, chat_id: object) -> Chat:
        """The chat if the bot may write there; raises `BotApiError` as Telegram refuses."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            if chat_id in self.people:
                raise BotApiError(403, "Forbidden: bot can't initiate conversation with a user")
            raise BotApiError(400, "Bad Request: chat not found")
        if chat.migrated_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise BotApiError(400, text, migrate_to_chat_id=chat.migrated_to)
        refusals = {
            "blocked": "bot was blocked by the user",
            "deactivated": "user is deactivated",
            "kicked": f"bot was kicked from the {chat.kind} chat",
        }
        if chat.standing in refusals:
            raise BotApiError(403, f"Forbidden: {refusals[chat.standing]}")
        return chat


def buttons_of(keyboard: Json | None) -> Iterator[Json]:
    rows = (keyboard or {}).get("inline_keyboard") or (keyboard or {}).get("keyboard") or []
    for row in rows:
        yield from row
