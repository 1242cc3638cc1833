"""From a small form of the page to a recorded press: checked, its picture kept, handed over."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.datastructures import UploadFile

from console.sent import problem, said
from console.uploads import PICTURE_LIMIT, NotTaken, Sent, too_large
from routing.units import Cadre
from services.case_entries import ENTRIES
from services.errors import Refused
from services.messages import Address, Attachment, BotName, Inbound, InboundKind
from services.office import Office
from services.ports import Clock, MediaStore, Receipt, Wakeups

log = logging.getLogger(__name__)

Receive = Callable[[Inbound], Awaitable[Receipt]]

VERBS = frozenset(entry.verb for entry in ENTRIES)
NUMBER = re.compile(r"LD-[0-9A-Z-]{1,40}")
_UPDATE_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
_PATIENCE = 1.5
"""Seconds to wait for the outcome before the page is shown again."""


def address_of(cadre: Cadre) -> Address:
    """Where a cadre's own page is reached."""
    return Address(channel="web", bot=BotName.CADRES, chat=cadre.id)


@dataclass(frozen=True, slots=True)
class Press:
    """Takes what a cadre sends; what is done with it is decided in the services."""

    receive: Receive
    wakeups: Wakeups
    media: MediaStore
    office: Callable[[], Office]
    clock: Clock

    async def take(self, cadre: Cadre, number: str, verb: str, form: Sent) -> None:
        """Record the press, and wait a moment for its outcome. Raises `NotTaken`."""
        update_id = form.fields.get("id", "")
        known = verb in VERBS and NUMBER.fullmatch(number)
        if not known or not _UPDATE_ID.fullmatch(update_id):
            raise NotTaken(400, "没有这个操作。")
        if form.picture is not None and not form.is_picture:
            raise NotTaken(422, "请选照片（JPG、PNG、WEBP）。")
        if wrong := problem(verb, form.fields, photo=form.is_picture):
            raise NotTaken(422, wrong)
        inbound = Inbound(
            address=address_of(cadre),
            # The cadre is part of it, so that nobody can take another one's id away.
            update_id=f"{cadre.id}:{update_id}",
            kind=InboundKind.PRESS,
            sender=cadre.id,
            sent_at=self.clock(),
            text=said(verb, form.fields),
            data=f"c:{number}:{verb}",
            attachment=await self._kept(form.picture) if form.picture else None,
        )
        await self._hand_over(inbound)

    async def _kept(self, picture: UploadFile) -> Attachment:
        """The picture in our store, re-encoded."""
        data = await picture.read(PICTURE_LIMIT + 1)
        if len(data) > PICTURE_LIMIT:
            raise too_large()
        try:
            name = (picture.filename or "")[-80:]
            return await self.media.put(data, picture.content_type or "", name)
        except Refused as refusal:
            sentence = self.office().wording.say(refusal.say, refusal.slots)
            raise NotTaken(422, sentence) from refusal

    async def _hand_over(self, inbound: Inbound) -> None:
        outcome = asyncio.create_task(self.wakeups.wait(inbound.address.key, _PATIENCE))
        await asyncio.sleep(0)
        try:
            receipt = await self.receive(inbound)
            if receipt.is_new:
                await outcome
        # Whatever broke, the cadre must hear that nothing was saved.
        except Exception as exc:
            log.error(
                "work.not_saved",
                extra={"update": inbound.update_id, "error": type(exc).__name__},
            )
            raise NotTaken(503, "没有收下来，请再按一次。") from exc
        finally:
            outcome.cancel()
