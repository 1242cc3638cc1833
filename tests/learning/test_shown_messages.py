"""Which words of a message somebody of the console may read."""

from __future__ import annotations

from sqlalchemy import select

from storage.shown_messages import SqlShownMessages
from storage.tables import INBOX
from tests.learning.school import School

PHONE = "13800000017"


async def texts(here: School) -> list[str]:
    async with here.database.read() as connection:
        every = [row.id for row in await connection.execute(select(INBOX.c.id))]
    return sorted((await SqlShownMessages(here.database).texts(every)).values())


async def test_texts__are_masked(here: School) -> None:
    await here.say(f"路灯坏了，打{PHONE}找我")
    (text,) = await texts(here)
    assert PHONE not in text and text.startswith("路灯坏了")


async def test_texts__a_sealed_report_has_none(here: School) -> None:
    await here.say("村支书贪了修路的钱", "村口的路灯坏了")
    assert await texts(here) == ["村口的路灯坏了"]


async def test_texts__what_was_sealed_since_has_none(here: School) -> None:
    await here.say("有个事想跟上面说")
    ticket = await here.town.ticket("who0")
    await here.town.cadre(ticket.person, ticket.number, "dispatch", "discipline 举报干部")
    assert await texts(here) == []


async def test_texts__of_unknown_numbers_are_missing(here: School) -> None:
    assert await SqlShownMessages(here.database).texts([4711]) == {}
