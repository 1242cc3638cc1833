"""From a pressed button to the inbox, and what came of it: the same for every page of cadres."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from console.remaining import local
from routing.units import Cadre
from services.messages import Address, BotName, Inbound
from services.ports import Line, Mailbox, Receipt, Wakeups

log = logging.getLogger(__name__)

Receive = Callable[[Inbound], Awaitable[Receipt]]
Notice = tuple[str, str, bool]
"""When, what, and whether just now."""

UPDATE_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
"""What a form's own id looks like."""
_NOTICES = 3
_NOTICE_AGE = timedelta(minutes=15)
_JUST_NOW = timedelta(seconds=60)
"""So long the newest outcome stays in sight, wherever the page is scrolled to."""
_PATIENCE = 1.5
"""Seconds to wait for the outcome before the page is shown again."""


def address_of(cadre: Cadre) -> Address:
    """The mailbox behind a cadre's pages."""
    return Address(channel="web", bot=BotName.CADRES, chat=cadre.id)


async def hand_over(receive: Receive, wakeups: Wakeups, inbound: Inbound) -> bool:
    """Record it and wait a moment for the outcome; False when it was not saved."""
    # What was told before, while nobody waited, is not the outcome of this.
    await wakeups.wait(inbound.address.key, 0)
    outcome = asyncio.create_task(wakeups.wait(inbound.address.key, _PATIENCE))
    await asyncio.sleep(0)
    try:
        receipt = await receive(inbound)
        if receipt.is_new:
            await outcome
    # Whatever broke, the cadre must hear that nothing was saved.
    except Exception as exc:
        log.error(
            "work.not_saved",
            extra={"update": inbound.update_id, "error": type(exc).__name__},
        )
        return False
    finally:
        outcome.cancel()
    return True


async def told(mailbox: Mailbox, cadre: Cadre, now: datetime) -> list[Line]:
    """The newest outcomes, the latest first."""
    lines = await mailbox.history(address_of(cadre), 30)
    young = now - _NOTICE_AGE
    found = [ln for ln in lines if not ln.mine and ln.message.slot is None and ln.at > young]
    return found[-_NOTICES:][::-1]


def notices(lines: list[Line], now: datetime) -> list[Notice]:
    """Outcomes as a page shows them."""
    return [(local(line.at, now), line.message.text, now - line.at < _JUST_NOW) for line in lines]
