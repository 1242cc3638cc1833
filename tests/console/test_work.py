"""The cadres' page: who gets in, what is shown, what a press becomes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from services.messages import Address, BotName, InboundKind
from tests.console.stand_ins import CODE, OTHER, Desk, busy_desk, cadre, ticket, work_app
from tickets.states import State

pytestmark = pytest.mark.asyncio
FORM_ID = "11111111-1111-4111-8111-111111111111"
LAMP = ticket(1, 0).number


@pytest.fixture
def desk() -> Desk:
    return busy_desk()


@pytest_asyncio.fixture
async def web(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(work_app(desk))
    async with httpx.AsyncClient(transport=transport, base_url="http://work") as client:
        yield client


@pytest_asyncio.fixture
async def signed_in(web: httpx.AsyncClient) -> httpx.AsyncClient:
    answer = await web.post("/work/sign-in", data={"code": CODE})
    assert answer.status_code == 303
    return web


async def csrf_of(web: httpx.AsyncClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', (await web.get("/work")).text)
    assert found is not None
    return found[1]


async def press(web: httpx.AsyncClient, verb: str, text: str = "", **more: str) -> httpx.Response:
    form = {"csrf": await csrf_of(web), "id": FORM_ID, "text": text} | more
    return await web.post(f"/work/{LAMP}/{verb}", data=form)


async def test_page__is_closed_to_strangers(web: httpx.AsyncClient) -> None:
    assert (await web.get("/work")).headers["location"] == "/work/sign-in"
    assert (await web.get("/work/cards")).status_code == 401
    assert (await web.post(f"/work/{LAMP}/sign")).status_code == 303


async def test_code__opens_once(web: httpx.AsyncClient) -> None:
    first = await web.post("/work/sign-in", data={"code": f" {CODE} "})
    again = await web.post("/work/sign-in", data={"code": CODE})
    assert (first.status_code, again.status_code) == (303, 403)


async def test_cookie__is_closed_to_scripts_and_other_sites(web: httpx.AsyncClient) -> None:
    cookie = (await web.post("/work/sign-in", data={"code": CODE})).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/work" in cookie


async def test_cookie__forged_is_no_session(web: httpx.AsyncClient) -> None:
    web.cookies.set("work", "eyJjYWRyZSI6ImMwMDEifQ.x.y", path="/work")
    assert (await web.get("/work")).status_code == 303


async def test_sign_in__guessing_is_stopped_after_ten_tries(
    web: httpx.AsyncClient, desk: Desk
) -> None:
    wrong = [await web.post("/work/sign-in", data={"code": f"x{n}"}) for n in range(10)]
    blocked = await web.post("/work/sign-in", data={"code": CODE})
    assert {answer.status_code for answer in wrong} == {403}
    assert (blocked.status_code, CODE in desk.codes) == (429, True)


async def test_sign_in__from_another_site_is_refused(web: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await web.post("/work/sign-in", data={"code": CODE}, headers=headers)
    assert answer.status_code == 400


async def test_demo__is_for_the_listed_cadres_only(desk: Desk) -> None:
    transport = httpx.ASGITransport(work_app(desk, [(cadre(), "基础设施组")]))
    async with httpx.AsyncClient(transport=transport, base_url="http://work") as web:
        other = await web.post("/work/sign-in", data={"demo": cadre("county")})
        listed = await web.post("/work/sign-in", data={"demo": cadre()})
    assert (other.status_code, listed.status_code) == (403, 303)


async def test_demo__is_shut_without_a_list(web: httpx.AsyncClient) -> None:
    assert "演示" not in (await web.get("/work/sign-in")).text
    assert (await web.post("/work/sign-in", data={"demo": cadre()})).status_code == 403


async def test_sign_out__ends_the_session(signed_in: httpx.AsyncClient) -> None:
    await signed_in.post("/work/sign-out", data={"csrf": await csrf_of(signed_in)})
    assert (await signed_in.get("/work")).status_code == 303


async def test_cards__urgent_first_then_overdue(signed_in: httpx.AsyncClient) -> None:
    page = (await signed_in.get("/work")).text
    order = [page.index(name) for name in ("燃气泄漏", "路灯损坏", "自来水停水")]
    assert order == sorted(order)
    assert re.findall(r'class="card (\w+)"', page) == ["soon", "late", "calm"]


async def test_card__says_until_when_who_and_why(signed_in: httpx.AsyncClient) -> None:
    page = (await signed_in.get("/work")).text
    for words in ("已超时 25 分", "还剩 1 小时 20 分", "今天 13:25", "府城镇高壁村3组", LAMP):
        assert words in page
    assert "派单目录" in page


async def test_card__that_waits_for_the_resident_is_not_late(
    signed_in: httpx.AsyncClient, desk: Desk
) -> None:
    desk.tickets.add(ticket(1, -25, state=State.PENDING_CALLBACK))
    page = (await signed_in.get("/work")).text
    assert "等居民确认" in page
    assert "已超时" not in page


async def test_card__of_another_unit_is_not_shown(signed_in: httpx.AsyncClient, desk: Desk) -> None:
    desk.tickets.add(ticket(9, 5, owner=OTHER, text="别处的事"))
    assert "别处的事" not in (await signed_in.get("/work")).text


async def test_card__escapes_the_residents_words(signed_in: httpx.AsyncClient, desk: Desk) -> None:
    desk.tickets.add(ticket(9, 5, text="<script>alert(1)</script>"))
    assert "<script>alert" not in (await signed_in.get("/work")).text


@pytest.mark.parametrize(
    ("state", "shown", "missing"),
    [
        (State.DISPATCHED, {"sign", "reply", "return"}, {"dispatch"}),
        (State.PENDING_INTAKE, {"sign", "accept"}, {"return", "resolve", "dispatch"}),
        (State.HANDLING, {"reply", "resolve", "return"}, {"sign", "dispatch"}),
        (State.PENDING_CALLBACK, {"reply"}, {"sign", "resolve", "return", "dispatch"}),
    ],
)
async def test_card__offers_what_its_state_allows(
    signed_in: httpx.AsyncClient, desk: Desk, state: State, shown: set[str], missing: set[str]
) -> None:
    desk.tickets.rows.clear()
    desk.tickets.add(ticket(1, 50, state=state))
    offered = set(re.findall(rf'action="/work/{LAMP}/(\w+)"', (await signed_in.get("/work")).text))
    assert shown <= offered
    assert not missing & offered


async def test_triage__offers_the_groups_of_its_township(
    signed_in: httpx.AsyncClient, desk: Desk
) -> None:
    desk.tickets.add(ticket(1, 50, state=State.PENDING_INTAKE))
    page = (await signed_in.get("/work")).text
    assert 'value="group:141026100:emergency"' in page
    assert 'value="unit:water"' in page
    assert 'value="group:141026101:emergency"' not in page


async def test_press__becomes_an_inbound_of_the_cadre(
    signed_in: httpx.AsyncClient, desk: Desk
) -> None:
    answer = await press(signed_in, "return", "这是供电公司的灯")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/work#{LAMP}")
    inbound = desk.chats.received[0]
    assert inbound.address == Address("web", BotName.CADRES, cadre())
    assert (inbound.kind, inbound.data) == (InboundKind.PRESS, f"c:{LAMP}:return")
    assert (inbound.sender, inbound.text) == (cadre(), "这是供电公司的灯")


async def test_press__double_tap_is_one_action(signed_in: httpx.AsyncClient, desk: Desk) -> None:
    for _ in range(2):
        await press(signed_in, "sign")
    assert len(desk.chats.received) == 1


async def test_press__outcome_stands_on_the_page(signed_in: httpx.AsyncClient) -> None:
    await press(signed_in, "sign")
    page = (await signed_in.get("/work")).text
    assert f"〔c:{LAMP}:sign〕办好了" in page
    assert "已签收" in page


@pytest.mark.parametrize(
    ("verb", "text", "more", "status"),
    [
        ("return", "", {}, 422),
        ("reply", " \u0007 ", {}, 422),
        ("dispatch", "", {}, 422),
        ("reply", "字" * 2001, {}, 422),
        ("reply", "字" * 30_000, {}, 403),
        ("erase", "", {}, 400),
        ("sign", "", {"id": "<b>"}, 400),
        ("sign", "", {"csrf": "x"}, 403),
        ("sign", "", {"csrf": "字"}, 403),
    ],
)
async def test_bad_press__is_refused_on_the_page(
    signed_in: httpx.AsyncClient,
    desk: Desk,
    verb: str,
    text: str,
    more: dict[str, str],
    status: int,
) -> None:
    answer = await press(signed_in, verb, text, **more)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert desk.chats.received == []


async def test_not_saved__is_said(signed_in: httpx.AsyncClient, desk: Desk) -> None:
    desk.chats.broken = True
    answer = await press(signed_in, "sign")
    assert answer.status_code == 503
    assert "没有收下来" in answer.text


async def test_poll__says_nothing_until_something_changes(
    signed_in: httpx.AsyncClient, desk: Desk
) -> None:
    found = re.search(r'data-mark="(\w+)"', (await signed_in.get("/work")).text)
    assert found is not None
    assert (await signed_in.get(f"/work/cards?seen={found[1]}")).status_code == 204
    desk.tickets.add(ticket(9, 5))
    assert (await signed_in.get(f"/work/cards?seen={found[1]}")).status_code == 200


async def test_photo__is_shown_to_who_may_handle_the_ticket(
    signed_in: httpx.AsyncClient, desk: Desk
) -> None:
    own = await signed_in.get(f"/work/{LAMP}/media/m1")
    desk.tickets.add(ticket(1, 5, owner=OTHER))
    other = await signed_in.get(f"/work/{LAMP}/media/m1")
    assert (own.status_code, other.status_code) == (200, 404)
