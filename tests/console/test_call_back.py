"""Whom the county centre calls back, and what only it sees of that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.console.open_county import CENTER, GROUP, TOWNSHIP, OpenCounty, open_county, photo
from tickets.events import EventName
from tickets.life import remark


@pytest.fixture
async def county(tmp_path: Path) -> AsyncIterator[OpenCounty]:
    async with open_county(tmp_path) as opened:
        yield opened


async def sampled(county: OpenCounty) -> str:
    number = (await county.town.open_lamp()).number
    await county.act(GROUP, number, "sign")
    await county.act(GROUP, number, "resolve", text="灯换好了", photo=photo())
    async with county.town.store.units_of_work() as work:
        ticket = await work.ticket(number)
        assert ticket is not None
        event = remark(ticket, EventName.SAMPLED, "system", "签收 2 分钟就办结", county.town.now)
        await work.save_ticket(replace(ticket, suspicion="签收 2 分钟就办结"), [event])
        await work.commit()
    return number


async def test_centre__sees_whom_to_call_and_why_before_what_is_calm(county: OpenCounty) -> None:
    number = await sampled(county)
    other = await county.another_lamp()
    page = await county.page(CENTER)
    assert "请您回访" in page and "签收 2 分钟就办结" in page
    assert f'id="{number}"' in page and f'id="{other}"' in page


@pytest.mark.parametrize("unit", [GROUP, TOWNSHIP])
async def test_owner__is_not_asked_to_look_at_its_own_work(county: OpenCounty, unit: str) -> None:
    number = await sampled(county)
    page = await county.page(unit)
    assert f'id="{number}"' in page and "请您回访" not in page and "真办好了" not in page
