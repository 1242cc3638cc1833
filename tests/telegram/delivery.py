"""Brings updates to a bot's webhook as Telegram does.

Every answer other than 2xx is repeated with the same update_id, after a delay that doubles or
that Retry-After names. Updates of one chat wait for each other; chats run in parallel. What a
bot writes into its answer is a method call and is carried out.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.telegram.model import BotState, Json, Pace, Pending

Reply = Callable[[str, Json], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt; status 0 stands for no answer at all."""

    bot: str
    update_id: int
    attempt: int
    status: int
    at: float


@dataclass(slots=True)
class Webhook:
    """What setWebhook said, and what became of it."""

    url: str
    secret_token: str | None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Postman:
    """Delivers the pending updates of one bot to its webhook until it is stopped."""

    def __init__(
        self, bot: BotState, webhook: Webhook, pace: Pace, log: list[Delivery], reply: Reply
    ) -> None:
        self.webhook = webhook
        self._bot = bot
        self._pace = pace
        self._log = log
        self._reply = reply
        self._slots = asyncio.Semaphore(webhook.max_connections)
        self._rounds: dict[str, asyncio.Task[None]] = {}
        timeout = aiohttp.ClientTimeout(total=pace.webhook_timeout)
        self._session = aiohttp.ClientSession(timeout=timeout)

    def wake(self) -> None:
        """Start a round for every queue that has something to deliver and is not on its way."""
        for queue in {p.queue for p in self._bot.pending}:
            if queue not in self._rounds or self._rounds[queue].done():
                self._rounds[queue] = asyncio.create_task(self._deliver_queue(queue))

    async def stop(self) -> None:
        for task in self._rounds.values():
            task.cancel()
        await asyncio.gather(*self._rounds.values(), return_exceptions=True)
        await self._session.close()

    async def _deliver_queue(self, queue: str) -> None:
        while first := next((p for p in self._bot.pending if p.queue == queue), None):
            delay = 1.0
            while not first.expired():
                wait = await self._attempt(first)
                if wait is None:
                    break
                pause = delay if wait == 0 else wait
                delay = min(delay * 2, self._pace.longest_delay)
                await asyncio.sleep(pause * self._pace.second)
            if first in self._bot.pending:
                self._bot.pending.remove(first)

    async def _attempt(self, pending: Pending) -> float | None:
        """None when accepted, else the Retry-After of the answer, or 0."""
        pending.attempts += 1
        status, wait, body = 0, 0.0, None
        headers = {}
        if self.webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret_token
        try:
            async with (
                self._slots,
                self._session.post(
                    self.webhook.url, json=pending.update, headers=headers
                ) as answer,
            ):
                status = answer.status
                wait = _retry_after(answer.headers.get("Retry-After"))
                if 200 <= status < 300:
                    body = await _method_call(answer)
            said = f"Wrong response from the webhook: {status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            said = f"Connection failed: {type(problem).__name__}"
        update_id = pending.update["update_id"]
        now = time.monotonic()
        self._log.append(Delivery(self._bot.name, update_id, pending.attempts, status, now))
        if 200 <= status < 300:
            if body:
                await self._reply(body.pop("method"), body)
            return None
        self.webhook.last_error_date = int(time.time())
        self.webhook.last_error_message = said
        return wait


def _retry_after(header: str | None) -> float:
    return min(float(header), 3600.0) if header and header.isdigit() else 0.0


async def _method_call(answer: aiohttp.ClientResponse) -> Json | None:
    """The method call in the body of a 2xx answer, as JSON or as the multipart of aiogram."""
    if answer.content_type.startswith("multipart/"):
        reader = aiohttp.MultipartReader.from_response(answer)
        fields: dict[str, Any] = {}
        async for part in reader:
            if isinstance(part, aiohttp.BodyPartReader) and part.name:
                fields[part.name] = await part.text()
        return fields if "method" in fields else None
    try:
        content = json.loads(await answer.text())
    except ValueError:
        return None
    return content if isinstance(content, dict) and "method" in content else None
