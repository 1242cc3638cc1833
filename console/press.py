"""From a small form of the page to a recorded press: checked, its picture kept, handed over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import UploadFile

from console.handing import UPDATE_ID, Receive, address_of, hand_over
from console.sent import problem, said
from console.uploads import PICTURE_LIMIT, NotTaken, Sent, too_large
from routing.units import Cadre
from services.case_entries import ENTRIES
from services.errors import Refused
from services.messages import Attachment, Inbound, InboundKind
from services.office import Office
from services.ports import Clock, MediaStore, Wakeups

VERBS = frozenset(entry.verb for entry in ENTRIES)
NUMBER = re.compile(r"LD-[0-9A-Z-]{1,40}")


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
        if not known or not UPDATE_ID.fullmatch(update_id):
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
        if not await hand_over(self.receive, self.wakeups, inbound):
            raise NotTaken(503, "没有收下来，请再按一次。")

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
