"""Takes a message from a channel: durable first, processed afterwards."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from services.messages import Inbound
from services.ports import Clock, Inbox, Receipt

log = structlog.get_logger()


class Receiver:
    """What every channel calls. When it returns, the message may be acknowledged."""

    def __init__(self, inbox: Inbox, clock: Clock, submit: Callable[[str], None]) -> None:
        """`submit` starts the processing of a conversation in the background."""
        self._inbox = inbox
        self._clock = clock
        self._submit = submit

    async def __call__(self, inbound: Inbound) -> Receipt:
        """Record once; raises when the inbox cannot be written (then nothing is acknowledged)."""
        receipt = await self._inbox.record(inbound, self._clock())
        log.info(
            "inbox.recorded",
            inbox_id=receipt.inbox_id,
            new=receipt.is_new,
            channel=inbound.address.channel,
            bot=str(inbound.address.bot),
            kind=str(inbound.kind),
        )
        self._submit(inbound.address.key)
        return receipt
