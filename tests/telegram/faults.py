"""What can go wrong between a bot and Telegram, on demand: one fault for so many calls.

api.fail(too_many_requests(2), bot="residents", method="sendMessage", times=1)
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class BotApiError(Exception):
    """An answer with ok = false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Mistake(BotApiError):
    """A refusal that only a bug of ours can earn: recorded among the violations."""


@dataclass(frozen=True, slots=True)
class Fault:
    """kind is refuse, page (HTML instead of JSON), reset, hang or reply_lost."""

    kind: str
    error: BotApiError | None = None
    status: int = 0
    seconds: float | None = None


@dataclass(slots=True)
class Plan:
    """A fault that waits for the calls it is meant for; `used` counts those it has met."""

    fault: Fault
    bot: str | None
    method: str | None
    chat_id: int | None
    times: int | None
    skip: int
    used: int = 0

    def cancel(self) -> None:
        self.times = self.used

    def take(self, bot: str, method: str, params: dict[str, Any]) -> bool:
        wanted = (self.bot in (None, bot) and self.method in (None, method)
                  and self.chat_id in (None, params.get("chat_id")))  # fmt: skip
        if not wanted or (self.times is not None and self.used >= self.times):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.used += 1
        return True


def too_many_requests(retry_after: int) -> Fault:
    """429; `retry_after` in real seconds, because clients wait real seconds."""
    return refuse(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def blocked() -> Fault:
    return refuse(403, "Forbidden: bot was blocked by the user")


def migrated(new_chat_id: int) -> Fault:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return refuse(400, text, migrate_to_chat_id=new_chat_id)


def refuse(code: int, description: str, **parameters: int) -> Fault:
    """Any answer with ok = false, for example `refuse(401, "Unauthorized")`."""
    return Fault("refuse", error=BotApiError(code, description, **parameters))


def server_error(status: int = 500) -> Fault:
    """A 5xx of a proxy on the way: an HTML page where JSON is expected. The call is not done."""
    return Fault("page", status=status)


def bad_gateway() -> Fault:
    return server_error(502)


def reset() -> Fault:
    """The connection breaks before the call is done."""
    return Fault("reset")


def hang(seconds: float | None = None) -> Fault:
    """No answer for so many seconds, or until the stand-in closes; the call is not done."""
    return Fault("hang", seconds=seconds)


def reply_lost() -> Fault:
    """The call is done, then the connection breaks: the message is in the chat."""
    return Fault("reply_lost")


@dataclass(slots=True)
class RateLimits:
    """Published limits in real seconds: (calls, per seconds) for a chat, a group, a bot.

    `RateLimits(per_chat=(1, 1.0), per_group=(20, 60.0), overall=(30, 1.0))` is what the Bot FAQ
    names. Sends and edits count, whatever becomes of them afterwards.
    """

    per_chat: tuple[int, float] | None = (1, 1.0)
    per_group: tuple[int, float] | None = (20, 60.0)
    overall: tuple[int, float] | None = (30, 1.0)
    _times: dict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, bot: str, method: str, chat_id: object) -> None:
        """Count one call; raises `BotApiError` 429 when it is one too many."""
        if not method.startswith(("send", "edit", "copy", "forward")) or method == "sendChatAction":
            return
        in_group = isinstance(chat_id, int) and chat_id < 0
        rules = [((bot, chat_id), self.per_chat), ((bot,), self.overall)]
        if in_group:
            rules.append(((bot, chat_id, "group"), self.per_group))
        now = time.monotonic()
        waits = [_wait(self._times[key], rule, now) for key, rule in rules if rule]
        if any(waits):
            seconds = math.ceil(max(waits))
            text = f"Too Many Requests: retry after {seconds}"
            raise BotApiError(429, text, retry_after=seconds)
        for key, rule in rules:
            if rule:
                self._times[key].append(now)


def _wait(times: deque[float], rule: tuple[int, float], now: float) -> float:
    count, period = rule
    while times and times[0] <= now - period:
        times.popleft()
    return times[0] + period - now if len(times) >= count else 0.0
