"""The same code on PostgreSQL and Redis: two processes share the work and lose nothing."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import uuid
from pathlib import Path

import httpx

from tests.acceptance.running import running
from tickets.number import find

VILLAGES = "高壁 飞岭 义唐 大黄 孔村 第五 东洪驿 三交 东湾 东里 杜村 东唐".split()
"""One each: a second report of one lamp would be asked whether it is the same."""


async def ask(write: str, read: str, village: str) -> list[str]:
    """Write a message at one process; the ticket numbers that the other shows in the chat."""
    chat = f"/c/{secrets.token_urlsafe(16)}"
    said = {"id": str(uuid.uuid4()), "text": f"{village}村路灯坏了三天没人管"}
    async with httpx.AsyncClient(timeout=20) as http, asyncio.timeout(40):
        for _ in range(3):
            answer = await http.post(f"{write}{chat}/messages", json=said)
            assert answer.status_code == 202, answer.text
        while True:
            shown = (await http.get(f"{read}{chat}/updates?after=0")).text
            if numbers := find(shown):
                return list(numbers)
            await asyncio.sleep(0.1)


async def test_two_processes__one_ticket_for_each_message(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    shared = {"database_url": postgres_url, "redis_url": redis_url}
    async with (
        running(tmp_path / "one", **shared) as one,
        running(tmp_path / "two", **shared) as two,
    ):
        ways = itertools.cycle([(one.url, two.url), (two.url, one.url)])
        asked = [ask(*urls, village) for urls, village in zip(ways, VILLAGES, strict=False)]
        numbers = [number for found in await asyncio.gather(*asked) for number in found]
    assert len(numbers) == len(VILLAGES)
    assert len(set(numbers)) == len(VILLAGES)
