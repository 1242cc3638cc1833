"""How a bot gets its updates: the long poll, or the webhook that excludes it."""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import urlsplit

from tests.telegram.delivery import Delivery, Postman, Reply, Webhook
from tests.telegram.faults import BotApiError
from tests.telegram.model import BotState, Json, Pace, Pending

# Sent only to a bot that asks for them by name.
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class UpdateFeed:
    """The updates of one bot on their way out."""

    def __init__(self, bot: BotState, pace: Pace, log: list[Delivery], reply: Reply) -> None:
        self._bot = bot
        self._pace = pace
        self._log = log
        self._reply = reply
        self._poll = 0
        self._closed = False
        self._postman: Postman | None = None
        self._last_set = float("-inf")

    def put(self, update: Json, queue: str) -> None:
        """Queue an update for the bot, unless the bot does not take this kind."""
        kind = next((key for key in update if key != "update_id"), "")
        allowed = self._bot.allowed_updates
        if (kind not in allowed) if allowed else kind in ON_REQUEST_ONLY:
            return
        self.put_again(update, queue)

    def put_again(self, update: Json, queue: str) -> None:
        life = self._pace.callback_life if "callback_query" in update else float("inf")
        self._bot.pending.append(Pending(update, queue, time.monotonic() + life))
        self.wake()

    def wake(self) -> None:
        self._bot.changed.set()
        if self._postman:
            self._postman.wake()

    @property
    def has_webhook(self) -> bool:
        return self._postman is not None

    async def get_updates(self, params: Json) -> list[Json]:
        if self.has_webhook:
            text = "can't use getUpdates method while webhook is active"
            raise BotApiError(
                409, f"Conflict: {text}; use deleteWebhook to delete the webhook first"
            )
        self._allow(params)
        self._poll += 1
        mine = self._poll
        self._bot.changed.set()  # a poll that still waits learns that it has been replaced
        self._confirm(params.get("offset", 0))
        until = time.monotonic() + min(params.get("timeout", 0), 50)
        while True:
            self._expire()
            found = self._page(params.get("offset", 0), params.get("limit", 100))
            if found or self._closed or time.monotonic() >= until:
                return found
            await self._wait(until - time.monotonic())
            if mine != self._poll:
                text = "terminated by other getUpdates request"
                raise BotApiError(
                    409, f"Conflict: {text}; make sure that only one bot instance is running"
                )

    async def set_webhook(self, params: Json) -> str:
        url = params["url"]
        if not url:
            return await self.delete_webhook(params)
        address = urlsplit(url)
        # Telegram insists on https; a receiver under test listens on the loopback without it.
        if address.scheme != "https" and address.hostname not in LOOPBACK:
            raise BotApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        if time.monotonic() < self._last_set + self._pace.second:
            raise BotApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        self._last_set = time.monotonic()
        await self._stop_postman()
        self._poll += 1
        self._drop(params)
        self._allow(params)
        webhook = Webhook(url, params.get("secret_token"), params.get("max_connections", 40))
        self._postman = Postman(self._bot, webhook, self._pace, self._log, self._reply)
        self.wake()
        return "Webhook was set"

    async def delete_webhook(self, params: Json) -> str:
        had = self.has_webhook
        await self._stop_postman()
        self._drop(params)
        return "Webhook was deleted" if had else "Webhook is already deleted"

    def webhook_info(self) -> Json:
        webhook = self._postman.webhook if self._postman else Webhook("", None)
        info: Json = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._bot.pending),
        }
        if webhook.url:
            info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if webhook.last_error_date:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
        if self._bot.allowed_updates:
            info["allowed_updates"] = self._bot.allowed_updates
        return info

    async def close(self) -> None:
        self._closed = True
        self._bot.changed.set()
        await self._stop_postman()

    async def _stop_postman(self) -> None:
        postman, self._postman = self._postman, None
        if postman:
            await postman.stop()

    async def _wait(self, seconds: float) -> None:
        self._bot.changed.clear()
        try:
            await asyncio.wait_for(self._bot.changed.wait(), max(seconds, 0))
        except TimeoutError:
            return

    def _allow(self, params: Json) -> None:
        if "allowed_updates" in params:
            self._bot.allowed_updates = params["allowed_updates"] or None

    def _drop(self, params: Json) -> None:
        if params.get("drop_pending_updates"):
            self._bot.pending.clear()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            del self._bot.pending[:offset]
            return
        kept = [p for p in self._bot.pending if p.update["update_id"] >= offset]
        self._bot.pending[:] = kept

    def _expire(self) -> None:
        self._bot.pending[:] = [p for p in self._bot.pending if not p.expired()]

    def _page(self, offset: int, limit: int) -> list[Json]:
        again = [self._bot.replays.popleft()] if self._bot.replays else []
        ordered = sorted(self._bot.pending, key=lambda p: int(p.update["update_id"]))
        fresh = [p.update for p in ordered if p.update["update_id"] >= offset]
        return (again + fresh)[:limit]


def is_token(text: str) -> bool:
    """Whether this looks like a bot token at all (else Telegram answers 404, not 401)."""
    return re.fullmatch(r"\d+:[\w-]+", text) is not None
