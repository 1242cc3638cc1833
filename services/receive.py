"""Takes a message from a channel: durable first, processed afterwards."""

from __future__ import annotations

from typing import Protocol

import structlog

from services.messages import Inbound
from services.ports import Clock, Inbox, InboxItem, Receipt

log = structlog.get_logger()


class Submit(Protocol):
    """Starts the processing of a conversation in the background."""

    def __call__(self, key: str, item: InboxItem | None = None) -> None:
        """`item`: the only message of the conversation that waits, if that is known."""
        ...


class Receiver:
    """What every channel calls. When it returns, the message may be acknowledged."""

    def __init__(self, inbox: Inbox, clock: Clock, submit: Submit) -> None:
        """`submit` starts the processing of a conversation in the background."""
        self._inbox = inbox
        self._clock = clock
        self._submit = submit

    async def __call__(self, inbound: Inbound) -> Receipt:
        """Record once; raises when the inbox cannot be written (then nothing is acknowledged)."""
        now = self._clock()
        receipt = await self._inbox.record(inbound, now)
        log.info(
            "inbox.recorded",
            inbox_id=receipt.inbox_id,
            new=receipt.is_new,
            channel=inbound.address.channel,
            bot=str(inbound.address.bot),
            kind=str(inbound.kind),
        )
        at_once = receipt.is_new and receipt.is_alone
        item = InboxItem(receipt.inbox_id, inbound, now, 0) if at_once else None
        self._submit(inbound.address.key, item)
        return receipt
