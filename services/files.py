"""Brings photos and voice messages from the channel into our store and before the owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog

from services.errors import DeliveryError, Refused, RetryLater
from services.intake import POINT
from services.messages import Address, BotName, Outbound
from services.office import Office
from services.ports import FileItem, FileSource, MediaStore, UnitOfWorkFactory

log = structlog.get_logger()

OURS = "media:"


class Files:
    """One pass fetches and shows what came with tickets."""

    def __init__(
        self,
        units_of_work: UnitOfWorkFactory,
        sources: Mapping[tuple[str, str], FileSource],
        media: MediaStore,
        office: Callable[[], Office],
        *,
        batch: int = 20,
    ) -> None:
        """`sources` by (channel, bot)."""
        self._units_of_work = units_of_work
        self._sources = sources
        self._media = media
        self._office = office
        self._batch = batch

    async def run_once(self) -> int:
        """Handle everything that waits; returns how many files were shown."""
        shown, after = 0, 0
        while True:
            async with self._units_of_work() as work:
                waiting = await work.files_to_show(self._batch, after)
            if not waiting:
                return shown
            after = waiting[-1].id
            for item in waiting:
                ours = item.ref.startswith((OURS, POINT))
                ref = item.ref if ours else await self._fetch(item)
                if ref is not None:
                    shown += await self._show(item, ref)

    async def _fetch(self, item: FileItem) -> str | None:
        source = self._sources.get((item.address.channel, str(item.address.bot)))
        if source is None:
            return None
        try:
            data, mime = await source.fetch(item.ref)
            kept = await self._media.put(data, item.mime or mime, "")
        except RetryLater:
            return None  # the channel is away: tried again at the next pass, and not counted
        except (DeliveryError, Refused) as exc:
            log.warning("files.not_fetched", file=item.id, error=type(exc).__name__)
            async with self._units_of_work() as work:
                await work.file_failed(item.id)
                await work.commit()
            return None
        async with self._units_of_work() as work:
            await work.file_fetched(item.id, kept.ref, kept.mime, kept.size)
            await work.commit()
        return kept.ref

    async def _show(self, item: FileItem, ref: str) -> bool:
        """Send the file to the other side, once whatever number of processes look."""
        office = self._office()
        async with self._units_of_work() as work:
            if not await work.file_shown(item.id):
                return False
            ticket = await work.ticket(item.ticket)
            if ticket is not None and not ref.startswith(POINT):
                key, chats = "cadre_file", []
                of_a_cadre = item.address.bot is BotName.CADRES
                if of_a_cadre and not item.internal:
                    key, chats = "answer_file", [Address.from_key(ticket.reporter)]
                elif ticket.person is not None:
                    # Pictures may show people: they go to the person in charge, not to groups.
                    key = "cadre_photo" if of_a_cadre else key
                    found = await work.chats_for([ticket.person], None)
                    chats = [c.address for c in found if c.address != item.address]
                words = office.wording.say(key, {"number": ticket.number})
                for address in chats:
                    message = Outbound(words, media=ref, ticket=ticket.number, purpose="card")
                    await work.send(address, message, office.clock())
            await work.commit()
        return True
