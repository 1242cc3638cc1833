"""The live line to a phone: waits for our next messages and hands them on (SSE)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.webchat.lines import shown
from services.messages import Address
from services.ports import Mailbox, Wakeups

HEARTBEAT = 15
"""Seconds. Proxies of mobile networks cut a silent connection after 30 to 60 s."""
BATCH = 50


def live(address: Address, after: int, mailbox: Mailbox, wakeups: Wakeups) -> EventSourceResponse:
    """A response that goes on until the phone hangs up."""
    return EventSourceResponse(
        events(address, after, mailbox, wakeups),
        ping=HEARTBEAT,
        ping_message_factory=heartbeat,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def heartbeat() -> ServerSentEvent:
    """An event, not a comment: the page has to notice a network that swallows events."""
    return ServerSentEvent(event="beat", data="")


async def events(
    address: Address, after: int, mailbox: Mailbox, wakeups: Wakeups
) -> AsyncIterator[ServerSentEvent]:
    """Our messages with an outbox id above `after`, in order, for ever."""
    yield heartbeat()
    while True:
        # Listen before looking: a message that arrives in between is not slept over.
        woken = asyncio.create_task(wakeups.wait(address.key, HEARTBEAT))
        await asyncio.sleep(0)
        try:
            lines = await mailbox.since(address, after, BATCH)
            for line in lines:
                after = line.id
                body = json.dumps(shown(line).as_json(), ensure_ascii=False)
                yield ServerSentEvent(id=str(line.id), event="line", data=body)
            if len(lines) < BATCH:
                # All is sent, and whatever came since the look has woken us already.
                await woken
        finally:
            woken.cancel()
