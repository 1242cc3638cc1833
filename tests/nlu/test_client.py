"""What the client makes of every kind of answer, against a real HTTP server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from nlu.client import RasaClient, guarded
from nlu.errors import ClassifierUnavailable

GOOD = {
    "intent": {"name": "road", "confidence": 0.9},
    "intent_ranking": [
        {"name": "road", "confidence": 0.9},
        {"name": "bridge", "confidence": 0.1},
    ],
    "appeal_type": {"name": "help", "confidence": 0.8},
    "evidence": ["路", "坑"],
}
Answer = Callable[[dict[str, str]], Awaitable[tuple[int, bytes]]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[RasaClient]:
    """A client of a server that answers one request per connection."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split()[0])
        status, body = await answer(json.loads(await reader.readexactly(length)))
        writer.write(
            b"HTTP/1.1 %d X\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%b"
            % (status, len(body), body)
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = RasaClient(f"http://127.0.0.1:{port}", timeout=0.5)
    try:
        yield client
    finally:
        await client.aclose()
        server.close()
        await server.wait_closed()


def always(status: int, body: object) -> Answer:
    async def answer(_: dict[str, str]) -> tuple[int, bytes]:
        return status, body if isinstance(body, bytes) else json.dumps(body).encode()

    return answer


async def test_client__reads_ranking_type_and_evidence() -> None:
    async with serving(always(200, GOOD)) as client:
        parse = await client.parse("路上有坑")
    assert [g.label for g in parse.ranking] == ["road", "bridge"]
    assert parse.appeal_type is not None and parse.appeal_type.label == "help"
    assert parse.evidence == ("路", "坑")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {}),
        (409, {}),
        (500, {}),
        (200, b"<html>"),
        (200, []),
        (200, {"intent": {"name": None, "confidence": 0.0}}),
        (200, {"intent_ranking": [{"name": "road"}]}),
        (200, {}),
    ],
)
async def test_client__anything_but_a_good_answer_is_unavailable(status: int, body: object) -> None:
    async with serving(always(status, body)) as client:
        with pytest.raises(ClassifierUnavailable):
            await client.parse("路上有坑")


async def test_client__a_silent_server_costs_no_more_than_the_timeout() -> None:
    over = asyncio.Event()

    async def silent(_: dict[str, str]) -> tuple[int, bytes]:
        await over.wait()
        return 200, b"{}"

    async with serving(silent) as client:
        with pytest.raises(ClassifierUnavailable):
            await asyncio.wait_for(client.parse("路"), 1.5)
        over.set()
        await asyncio.sleep(0)


async def test_client__nobody_listening_is_unavailable() -> None:
    client = RasaClient("http://127.0.0.1:9")
    with pytest.raises(ClassifierUnavailable):
        await client.parse("路")
    await client.aclose()


async def test_client__residents_text_never_arrives_as_an_intent_payload() -> None:
    seen: list[str] = []

    async def note(body: dict[str, str]) -> tuple[int, bytes]:
        seen.append(body["text"])
        return 200, json.dumps(GOOD).encode()

    async with serving(note) as client:
        for text in ("/road", "  /road", "\n/road{}", "路/灯"):
            await client.parse(text)
    assert [text.startswith("/") for text in seen] == [False] * 4


def test_guard__leaves_ordinary_text_alone() -> None:
    assert guarded("路灯/水管坏了") == "路灯/水管坏了"
