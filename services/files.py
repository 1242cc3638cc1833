"""Brings photos and voice messages from the channel into our store and before the owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog

from services.errors import DeliveryError, Refused
from services.messages import Outbound
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
        """Handle a batch; returns how many files were shown."""
        async with self._units_of_work() as work:
            waiting = await work.files_to_show(self._batch)
        shown = 0
        for item in waiting:
            ref = item.ref if item.ref.startswith(OURS) else await self._fetch(item)
            if ref is not None:
                await self._show(item, ref)
                shown += 1
        return shown

    async def _fetch(self, item: FileItem) -> str | None:
        source = self._sources.get((item.address.channel, str(item.address.bot)))
        if source is None:
            return None
        try:
            data, mime = await source.fetch(item.ref)
            kept = await self._media.put(data, item.mime or mime, "")
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

    async def _show(self, item: FileItem, ref: str) -> None:
        office = self._office()
        async with self._units_of_work() as work:
            ticket = await work.ticket(item.ticket)
            if ticket is not None:
                words = office.wording.say("cadre_file", {"number": ticket.number})
                people = [p for p in (ticket.person,) if p]
                # Pictures may show people: they go to the person in charge, not to groups.
                for chat in await work.chats_for(people, None):
                    message = Outbound(words, media=ref, ticket=ticket.number, purpose="card")
                    await work.send(chat.address, message, office.clock())
            await work.file_shown(item.id)
            await work.commit()
