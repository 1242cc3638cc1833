"""The web chat's mailbox and the cadres' desk."""

from __future__ import annotations

from datetime import timedelta

from services.messages import Attachment, InboundKind, Outbound
from services.ports import Line
from tests.storage.stores import Store
from tests.storage.values import NOW, RESIDENT, WEB, add, inbound, ticket

SECOND = timedelta(seconds=1)


async def _say(store: Store, text: str, at: int, slot: str | None = None) -> None:
    async with store.units_of_work() as work:
        await work.send(WEB, Outbound(text, slot=slot), NOW + at * SECOND)
        await work.commit()


def _words(lines: list[Line]) -> list[str]:
    return [line.message.text for line in lines]


async def test_history__both_sides_in_the_order_of_time(store: Store) -> None:
    await store.inbox.record(inbound("1", WEB, text="路灯坏了"), NOW)
    await _say(store, "收到", 0)
    await store.inbox.record(inbound("2", WEB, text="还有水管"), NOW + SECOND)
    await _say(store, "好的", 2)
    history = await store.mailbox.history(WEB, 9)
    assert _words(history) == ["路灯坏了", "收到", "还有水管", "好的"]
    assert [line.mine for line in history] == [True, False, True, False]
    assert _words(await store.mailbox.history(WEB, 2)) == ["还有水管", "好的"]


async def test_history__of_a_card_the_newest_form_where_it_began(store: Store) -> None:
    for second, (text, slot) in enumerate([("旧", "card"), ("话", None), ("新", "card")]):
        await _say(store, text, second, slot)
    assert _words(await store.mailbox.history(WEB, 9)) == ["新", "话"]


async def test_history__shows_what_was_sent_but_no_presses(store: Store) -> None:
    photo = Attachment("media:1", "image/jpeg")
    await store.inbox.record(inbound("1", WEB, kind=InboundKind.PRESS, text=""), NOW)
    await store.inbox.record(
        inbound("2", WEB, kind=InboundKind.PHOTO, text="看", attachment=photo), NOW
    )
    await store.inbox.record(inbound("3", WEB, kind=InboundKind.LOCATION), NOW)
    history = await store.mailbox.history(WEB, 9)
    assert [(line.message.text, line.message.media) for line in history] == [
        ("看", "media:1"), ("📍", None),
    ]  # fmt: skip


async def test_since__ours_only_above_the_id(store: Store) -> None:
    await store.inbox.record(inbound("1", WEB), NOW)
    for second, text in enumerate("一二三"):
        await _say(store, text, second)
    lines = await store.mailbox.since(WEB, 0, 9)
    assert _words(await store.mailbox.since(WEB, lines[0].id, 9)) == ["二", "三"]
    assert _words(await store.mailbox.since(WEB, 0, 2)) == ["一", "二"]
    assert await store.mailbox.since(RESIDENT, 0, 9) == []


async def test_desk__only_files_that_lie_in_our_store(store: Store) -> None:
    await add(store, ticket("A"))
    async with store.units_of_work() as work:
        for ref, number in (("media:2", "A"), ("tg-file", "A"), ("media:1", "A"), ("media:3", "B")):
            await work.add_attachment(RESIDENT, 1, number, Attachment(ref))
        await work.commit()
    found = await store.desk.ticket("A")
    assert found is not None and found[2] == ["media:2", "media:1"]
    assert await store.desk.ticket("unknown") is None
