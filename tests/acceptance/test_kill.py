"""The process is killed at each step; afterwards there is one ticket and every reply arrives."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.acceptance.dying import POINTS
from tests.acceptance.running import Running, classifier_ready, descendants, rows, running
from tests.telegram.fixtures import TOKENS
from tests.telegram.standin import BotApiStandIn
from tickets.number import find

RESIDENT = 4001
SAID = "府城镇高壁村三组路灯坏了三天没人管"


def cards(api: BotApiStandIn) -> list[str]:
    """The ticket numbers in what the resident's chat shows, one for each message."""
    return [n for sent in api.sent("residents", RESIDENT) for n in find(sent.text)]


def settled(service: Running, api: BotApiStandIn) -> bool:
    waiting = rows(service.data_dir, "SELECT count(*) FROM outbox WHERE status = 'waiting'")
    fresh = rows(service.data_dir, "SELECT count(*) FROM inbox WHERE status = 'new'")
    return bool(cards(api)) and waiting == [(0,)] and fresh == [(0,)]


@pytest.mark.parametrize("point", POINTS)
async def test_kill__one_ticket_and_every_reply(
    point: str, tmp_path: Path, bot_api: BotApiStandIn
) -> None:
    telegram = {"telegram_api": bot_api.base_url, "residents_token": TOKENS["residents"]}
    async with running(tmp_path, die_at=point, **telegram) as service:
        bot_api.residents_say("residents", RESIDENT, SAID)
        assert await service.killed() == -9
    async with running(tmp_path, **telegram) as service:
        await bot_api.wait_for(lambda: bool(cards(bot_api)), timeout=20)
        async with asyncio.timeout(20):
            while not settled(service, bot_api):
                await asyncio.sleep(0.1)
    assert rows(tmp_path, "SELECT count(*) FROM tickets") == [(1,)]
    assert rows(tmp_path, "SELECT DISTINCT status FROM inbox") == [("done",)]
    assert 1 <= len(cards(bot_api)) <= 2
    assert len(set(cards(bot_api))) == 1


async def test_stop__lets_go_of_everything(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        assert await service.stop() == 0
    assert "已停止" in "".join(service.printed)


async def test_stop__ends_the_model_server_too(tmp_path: Path) -> None:
    async with running(tmp_path, nlu="true") as service:
        await classifier_ready(service.url)
        below = descendants(service.process.pid)
        assert below
        assert await service.stop() == 0
    assert not [pid for pid in below if Path(f"/proc/{pid}").exists()]


async def test_killed__takes_the_model_server_with_it(tmp_path: Path) -> None:
    async with running(tmp_path, nlu="true") as service:
        await classifier_ready(service.url)
        below = descendants(service.process.pid)
        service.process.kill()
        await service.killed()
        async with asyncio.timeout(15):
            while any(Path(f"/proc/{pid}").exists() for pid in below):
                await asyncio.sleep(0.1)
