"""Where cadres' pictures go: with public words to the resident, else to who has the ticket."""

from __future__ import annotations

from services.files import Files
from services.messages import Address, Attachment, BotName, InboundKind
from tests.services.town import Town

PICTURE = Attachment("media:lamp.jpg", "image/jpeg", 10)
POWER = "unit:power"


async def shown(town: Town) -> None:
    """Files that wait are brought before whoever they are for."""
    files = Files(town.store.units_of_work, {}, None, lambda: town.office)  # type: ignore[arg-type]
    await files.run_once()


async def in_hand(town: Town) -> tuple[str, str]:
    ticket = await town.open_lamp()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "sign")
    async with town.store.units_of_work() as work:
        chat = Address("telegram", BotName.CADRES, ticket.person)
        await work.bind_cadre(chat, ticket.person, ticket.person)
        await work.commit()
    await town.news(town.chat())
    return ticket.person, ticket.number


async def send(town: Town, cadre: str, number: str, verb: str, text: str = "好了") -> None:
    await town.send(
        town.desk_of(cadre),
        InboundKind.PRESS,
        data=f"c:{number}:{verb}",
        text=text,
        attachment=PICTURE,
    )
    await shown(town)


async def media_to(town: Town, address: Address) -> list[str]:
    lines = await town.store.mailbox.since(address, 0, 100)
    return [line.message.text for line in lines if line.message.media == PICTURE.ref]


async def test_with_a_public_answer__the_resident_gets_it(town: Town) -> None:
    cadre, number = await in_hand(town)
    await send(town, cadre, number, "reply", "明天去修")
    assert len(await media_to(town, town.chat())) == 1


async def test_with_a_note__the_resident_does_not_get_it(town: Town) -> None:
    cadre, number = await in_hand(town)
    await send(town, cadre, number, "note", "户主不在")
    assert await media_to(town, town.chat()) == []


async def test_with_a_part__who_has_the_ticket_gets_it(town: Town) -> None:
    cadre, number = await in_hand(town)
    await town.cadre(cadre, number, "join", f"{POWER} 看一下线路")
    helper = town.office.in_charge(POWER)
    assert helper is not None
    await send(town, helper, number, "part", "线路没问题")
    assert await media_to(town, town.chat()) == []
    chat = Address("telegram", BotName.CADRES, cadre)
    assert await media_to(town, chat) == [f"【{number}】同事发来的照片"]
