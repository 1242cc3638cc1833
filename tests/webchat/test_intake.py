"""What residents send becomes one Inbound each, or is refused with a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from bot.webchat.links import address_of
from services.messages import InboundKind, Location
from tests.webchat.stand_ins import TOKEN, Chats, Pictures, chat_app, picture

pytestmark = pytest.mark.asyncio
ID = "11111111-1111-4111-8111-111111111111"
BASE = f"/c/{TOKEN}"


@pytest.fixture
def chats() -> Chats:
    return Chats()


@pytest_asyncio.fixture
async def web(chats: Chats) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(chat_app(chats))
    async with httpx.AsyncClient(transport=transport, base_url="http://chat") as client:
        yield client


async def test_text__is_received_for_the_chat_of_the_link(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    answer = await web.post(f"{BASE}/messages", json={"id": ID, "text": "路灯坏了"})
    assert (answer.status_code, answer.json()) == (202, {"ok": True, "id": "i1"})
    assert chats.received[0].address == address_of(TOKEN)
    assert (chats.received[0].kind, chats.received[0].text) == (InboundKind.TEXT, "路灯坏了")


async def test_text__same_id_twice_is_one_message(web: httpx.AsyncClient, chats: Chats) -> None:
    for _ in range(2):
        answer = await web.post(f"{BASE}/messages", json={"id": ID, "text": "路灯坏了"})
        assert answer.json() == {"ok": True, "id": "i1"}
    assert len(chats.received) == 1


async def test_text__same_id_in_another_chat_is_another_message(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    for token in (TOKEN, "B" * 22):
        await web.post(f"/c/{token}/messages", json={"id": ID, "text": "路灯坏了"})
    assert len({inbound.update_id for inbound in chats.received}) == 2


async def test_secret__is_in_nothing_that_is_recorded(web: httpx.AsyncClient, chats: Chats) -> None:
    await web.post(f"{BASE}/messages", json={"id": ID, "text": "路灯坏了"})
    assert TOKEN not in repr(chats.received)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": ID, "text": ""}, 422),
        ({"id": ID, "text": " \u0000\u0007\u200b\n"}, 422),
        ({"id": ID}, 422),
        ({"id": ID, "text": "路" * 2001}, 413),
        ({"id": ID, "text": "路" * 100_000}, 413),
        ({"id": ID, "text": 5}, 400),
        ({"id": "x", "text": "路灯"}, 400),
        ({"text": "路灯"}, 400),
        ({"id": ID, "text": "路灯", "reply_to": "<b>"}, 400),
        ({"id": ID, "press": "字" * 22}, 400),
        ({"id": ID, "press": "q:1\u0000:2"}, 400),
        ([], 400),
        ("text", 400),
    ],
)
async def test_bad_message__is_refused_with_a_sentence(
    web: httpx.AsyncClient, chats: Chats, body: object, status: int
) -> None:
    answer = await web.post(f"{BASE}/messages", json=body)
    assert answer.status_code == status
    assert answer.json()["say"].endswith("。")
    assert chats.received == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 60_000])
async def test_bad_json__is_refused_with_a_sentence(web: httpx.AsyncClient, body: bytes) -> None:
    answer = await web.post(f"{BASE}/messages", content=body)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


@pytest.mark.parametrize(
    "text", ["😀😀", "/intent{}", '{"a":1}', "<script>alert(1)</script>", "' OR 1=1"]
)
async def test_odd_text__is_received_as_it_is(
    web: httpx.AsyncClient, chats: Chats, text: str
) -> None:
    answer = await web.post(f"{BASE}/messages", json={"id": ID, "text": text})
    assert answer.status_code == 202
    assert (chats.received[0].kind, chats.received[0].text) == (InboundKind.TEXT, text)


async def test_text__loses_what_a_database_or_an_eye_cannot_take(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    body = rf'{{"id": "{ID}", "text": "路\u0000灯\ud800坏\u202e了\r\n三天"}}'
    await web.post(f"{BASE}/messages", content=body.encode())
    assert chats.received[0].text == "路灯坏了\n三天"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("进度", InboundKind.PROGRESS), ("/help", InboundKind.HELP), ("/start", InboundKind.START)],
)
async def test_command__is_its_own_kind(
    web: httpx.AsyncClient, chats: Chats, text: str, kind: InboundKind
) -> None:
    await web.post(f"{BASE}/messages", json={"id": ID, "text": text})
    assert chats.received[0].kind is kind


async def test_button__carries_its_data(web: httpx.AsyncClient, chats: Chats) -> None:
    body = {"id": ID, "press": "q:abc:1", "reply_to": "o7"}
    await web.post(f"{BASE}/messages", json=body)
    inbound = chats.received[0]
    assert (inbound.kind, inbound.data, inbound.reply_to) == (InboundKind.PRESS, "q:abc:1", "o7")


async def test_not_saved__is_not_acknowledged(web: httpx.AsyncClient, chats: Chats) -> None:
    chats.broken = True
    answer = await web.post(f"{BASE}/messages", json={"id": ID, "text": "路灯坏了"})
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


async def test_location__is_received(web: httpx.AsyncClient, chats: Chats) -> None:
    answer = await web.post(f"{BASE}/location", json={"id": ID, "lat": 36.1, "lon": 112})
    assert answer.status_code == 202
    assert chats.received[0].location == Location(36.1, 112.0)


@pytest.mark.parametrize("lat", ['"36"', "null", "true", "91", "1e400", "NaN", "[]"])
async def test_location__off_the_earth_is_refused(
    web: httpx.AsyncClient, chats: Chats, lat: str
) -> None:
    body = f'{{"id": "{ID}", "lat": {lat}, "lon": 112}}'
    answer = await web.post(f"{BASE}/location", content=body)
    assert answer.status_code == 422
    assert chats.received == []


async def test_photo__is_kept_and_received(web: httpx.AsyncClient, chats: Chats) -> None:
    files = {"file": ("lamp.jpg", picture(), "image/jpeg")}
    answer = await web.post(f"{BASE}/files", data={"id": ID}, files=files)
    assert answer.status_code == 202
    inbound = chats.received[0]
    assert inbound.kind is InboundKind.PHOTO
    assert inbound.attachment is not None
    assert inbound.attachment.ref == "media:m1"


async def test_voice__is_received(web: httpx.AsyncClient, chats: Chats) -> None:
    files = {"file": ("a.m4a", b"sound", "audio/mp4;codecs=x")}
    await web.post(f"{BASE}/files", data={"id": ID}, files=files)
    assert chats.received[0].kind is InboundKind.VOICE


@pytest.mark.parametrize(
    ("name", "content", "mime", "status"),
    [
        ("a.jpg", b"no picture", "image/jpeg", 422),
        ("a.jpg", b"", "image/jpeg", 422),
        ("a.html", b"<script>", "text/html", 415),
        ("a.jpg", b"0" * (10 * 1024 * 1024 + 1), "image/jpeg", 413),
        ("a.jpg", b"0" * (11 * 1024 * 1024), "image/jpeg", 413),
    ],
)
async def test_bad_file__is_refused_with_a_sentence(
    web: httpx.AsyncClient, chats: Chats, name: str, content: bytes, mime: str, status: int
) -> None:
    answer = await web.post(f"{BASE}/files", data={"id": ID}, files={"file": (name, content, mime)})
    assert answer.status_code == status
    assert answer.json()["say"]
    assert chats.received == []


async def test_plain_form__sends_and_returns_to_the_page(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    answer = await web.post(f"{BASE}/say", data={"id": ID, "text": "路灯坏了", "reply_to": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}#end")
    assert chats.received[0].text == "路灯坏了"


async def test_plain_form__takes_a_photo_with_words(web: httpx.AsyncClient, chats: Chats) -> None:
    files = {"file": ("lamp.jpg", picture(), "image/jpeg")}
    await web.post(f"{BASE}/say", data={"id": ID, "text": "就是这盏"}, files=files)
    assert (chats.received[0].kind, chats.received[0].text) == (InboundKind.PHOTO, "就是这盏")


async def test_plain_form__says_why_not(web: httpx.AsyncClient) -> None:
    answer = await web.post(f"{BASE}/say", data={"id": ID, "text": " "})
    assert answer.status_code == 422
    assert "还没有写内容" in answer.text


@pytest.mark.parametrize("path", ["messages", "files", "location", "say"])
async def test_unknown_link__takes_nothing(web: httpx.AsyncClient, chats: Chats, path: str) -> None:
    answer = await web.post(f"/c/short/{path}", json={"id": ID, "text": "路灯"})
    assert answer.status_code == 404
    assert chats.received == []


async def test_refused_file__leaves_nothing_in_the_store(chats: Chats) -> None:
    pictures = Pictures()
    transport = httpx.ASGITransport(chat_app(chats, pictures))
    async with httpx.AsyncClient(transport=transport, base_url="http://chat") as web:
        files = {"file": ("lamp.jpg", picture(), "image/jpeg")}
        await web.post(f"{BASE}/files", data={"id": "x"}, files=files)
    assert pictures.files == {}
