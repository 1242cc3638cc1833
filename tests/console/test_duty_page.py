"""The page 值班: what it shows, and what its forms become, on the real services."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from tests.console.duty_office import town_app
from tests.services.test_duty_leave import NIGHT, OFFICER, OTHER_NIGHT, TOWNSHIP, VILLAGER, name
from tests.services.town import Town

pytestmark = pytest.mark.asyncio


@pytest.fixture
def town() -> Town:
    return Town()


class Visitor:
    """One signed-in cadre's browser."""

    def __init__(self, web: httpx.AsyncClient) -> None:
        self.web = web

    async def page(self, path: str = "/work/duty") -> str:
        return (await self.web.get(path)).text

    async def send(self, what: str, **fields: str) -> httpx.Response:
        token = re.search(r'name="csrf" value="([^"]+)"', await self.page())
        form = {"csrf": token[1] if token else "", "id": str(uuid.uuid4())} | fields
        return await self.web.post(f"/work/duty/{what}", data=form)


@pytest_asyncio.fixture
async def visit(town: Town) -> AsyncIterator[dict[str, Visitor]]:
    people = (OFFICER, NIGHT, OTHER_NIGHT, VILLAGER)
    transport = httpx.ASGITransport(town_app(town, *people))
    visitors = {}
    for person in people:
        web = httpx.AsyncClient(transport=transport, base_url="http://work")
        await web.post("/work/sign-in", data={"code": person})
        visitors[person] = Visitor(web)
    yield visitors
    for visitor in visitors.values():
        await visitor.web.aclose()


async def test_page__is_closed_to_strangers(town: Town) -> None:
    transport = httpx.ASGITransport(town_app(town))
    async with httpx.AsyncClient(transport=transport, base_url="http://work") as web:
        for answer in (await web.get("/work/duty"), await web.post("/work/duty/leave")):
            assert (answer.status_code, answer.headers["location"]) == (303, "/work/sign-in")


async def test_page__shows_who_is_there_and_my_shifts(visit: dict[str, Visitor]) -> None:
    found = await visit[NIGHT].page()
    assert "府城镇联动服务中心：" in found and "（值班，到 18:00）" in found
    assert "下面各单位（" in found
    assert "11月23日（周一）18:00–次日08:00" in found
    assert 'href="/work/duty"' in await visit[NIGHT].page("/work")


async def test_leave__is_recorded_and_shown(town: Town, visit: dict[str, Visitor]) -> None:
    answer = await visit[OFFICER].send(
        "leave", first="2026-11-23", last="2026-11-25", who=NIGHT, phone=""
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/work/duty")
    assert town.office.in_charge(TOWNSHIP) == NIGHT
    found = await visit[OFFICER].page()
    assert f"由{name(town, NIGHT)}替班" in found and "您请了假：11月23日至11月25日" in found
    assert "请您替班" in await visit[NIGHT].page()


async def test_leave__number_alone_stands_for_nobody(town: Town, visit: dict[str, Visitor]) -> None:
    await visit[VILLAGER].send(
        "leave", first="2026-11-24", last="", who="@leader", phone="13800000066"
    )
    [absence] = town.office.live.absences
    assert (absence.deputy, absence.contact) == ("", "13800000066")


async def test_gap__stands_on_the_page_of_who_has_to_mend_it(visit: dict[str, Visitor]) -> None:
    await visit[VILLAGER].send("leave", first="2026-11-24", last="2026-11-24", who="@leader")
    assert "今后 48 小时没人值班" in await visit[OFFICER].page()
    assert "高壁村便民服务中心：11月24日（周二）15:00–18:00" in await visit[OFFICER].page()


async def test_back__ends_it(town: Town, visit: dict[str, Visitor]) -> None:
    await visit[OFFICER].send("leave", first="2026-11-23", last="2026-11-25", who=NIGHT)
    [absence] = town.office.live.absences
    await visit[OFFICER].send("back", leave=absence.id)
    assert town.office.in_charge(TOWNSHIP) == OFFICER
    assert "已销假" in await visit[OFFICER].page()


async def test_swap__is_asked_and_agreed_to_on_the_page(
    town: Town, visit: dict[str, Visitor]
) -> None:
    await visit[NIGHT].send("swap", shift="20261125:1800", who=OTHER_NIGHT)
    assert "等" + name(town, OTHER_NIGHT) + "答复换班" in await visit[NIGHT].page()
    assert "有同事请您替班（1）" in await visit[OTHER_NIGHT].page("/work")
    found = re.search(r'name="swap" value="([^"]+)"', await visit[OTHER_NIGHT].page())
    assert found is not None
    await visit[OTHER_NIGHT].send("answer", swap=found[1], word="yes")
    assert "已经换好" in await visit[NIGHT].page()
    assert 'id="wanted"' not in await visit[OTHER_NIGHT].page()


async def test_work__poll_tells_of_a_new_request(visit: dict[str, Visitor]) -> None:
    page = await visit[OTHER_NIGHT].page("/work")
    mark = re.search(r'data-mark="(\w+)"', page)
    assert mark is not None
    await visit[NIGHT].send("swap", shift="20261125:1800", who=OTHER_NIGHT)
    answer = await visit[OTHER_NIGHT].web.get(f"/work/cards?seen={mark[1]}")
    assert answer.status_code == 200 and "有同事请您替班" in answer.text


@pytest.mark.parametrize(
    ("what", "fields", "status"),
    [
        ("leave", {"first": "", "who": NIGHT}, 422),
        ("leave", {"first": "tomorrow", "who": NIGHT}, 422),
        ("leave", {"first": "2026-11-24", "who": ""}, 422),
        ("leave", {"first": "2026-11-24", "who": "a b"}, 422),
        ("swap", {"shift": "", "who": NIGHT}, 422),
        ("swap", {"shift": "20261125:1800", "who": ""}, 422),
        ("back", {}, 422),
        ("answer", {"swap": "x", "word": "maybe"}, 422),
        ("erase", {}, 422),
        ("back", {"leave": "x", "id": "<b>"}, 400),
        ("back", {"leave": "x", "csrf": "y"}, 403),
    ],
)
async def test_bad_form__is_refused_on_the_page(
    town: Town, visit: dict[str, Visitor], what: str, fields: dict[str, str], status: int
) -> None:
    answer = await visit[OFFICER].send(what, **fields)
    assert answer.status_code == status and 'role="alert"' in answer.text
    assert (town.office.live.absences, town.office.live.swaps) == ((), ())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"first": "2026-11-20", "last": "2026-11-20", "who": NIGHT}, "已经过了"),
        ({"first": "2026-11-25", "last": "2026-11-24", "who": NIGHT}, "结束的日子比开始的还早"),
        ({"first": "2026-11-24", "last": "2026-11-24", "who": "c001"}, "已经没有用了"),
        ({"first": "2026-11-24", "last": "", "who": NIGHT, "phone": "138"}, "电话号码不对"),
    ],
)
async def test_leave__that_cannot_be_is_said(
    visit: dict[str, Visitor], fields: dict[str, str], said: str
) -> None:
    await visit[OFFICER].send("leave", **fields)
    page = await visit[OFFICER].page()
    assert said in page


async def test_double_tap__is_one_leave(town: Town, visit: dict[str, Visitor]) -> None:
    fields = {"first": "2026-11-24", "last": "2026-11-24", "who": NIGHT}
    for _ in range(2):
        await visit[OFFICER].send("leave", id="11111111-1111-4111-8111-111111111111", **fields)
    assert len(town.office.live.absences) == 1
