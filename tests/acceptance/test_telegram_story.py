"""The story through both bots, over real HTTP: a message, a card, an answer in the same chat."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from routing.duty import person_in_charge
from tests.acceptance.running import command, free_port, rows, running
from tests.services.town import sample_county
from tests.telegram.fixtures import TOKENS
from tests.telegram.model import Sent
from tests.telegram.standin import BotApiStandIn
from tests.webchat.stand_ins import picture
from tickets.number import find

RESIDENT, CADRE = 4001, 9001
GROUP = "group:141026100:infrastructure"
SECRET = "a-secret-for-tests_0123456789"


async def told(api: BotApiStandIn, bot: str, chat: int, words: str, button: str = "") -> Sent:
    """Wait for a message that shows `words` (and a button) now."""

    def found() -> Sent | None:
        shown = [s for s in api.sent(bot, chat) if words in s.text and button in str(s.buttons)]
        return shown[-1] if shown else None

    await api.wait_for(lambda: found() is not None, timeout=20)
    sent = found()
    assert sent is not None
    return sent


async def bind_the_cadre_on_duty(api: BotApiStandIn, data_dir: Path) -> None:
    cadre = person_in_charge(sample_county(), GROUP, datetime.now(UTC))
    assert cadre is not None
    printed = await command(data_dir, "cadre", "code", cadre.id)
    code = re.search(r"一次性码[：:](\w+)", printed)
    assert code is not None, printed
    api.residents_say("cadres", CADRE, f"/bind {code[1]}")
    await told(api, "cadres", CADRE, "工单会发到这里")


async def tell_the_story(api: BotApiStandIn, data_dir: Path) -> None:
    await bind_the_cadre_on_duty(api, data_dir)
    api.residents_say("residents", RESIDENT, "府城镇高壁村三组路灯坏了三天没人管")
    receipt = await told(api, "residents", RESIDENT, "已派给府城镇基础设施与环境服务组")
    [number] = find(receipt.text)

    card = await told(api, "cadres", CADRE, "三天没人管", "签收")
    api.press("cadres", card, "签收")
    await told(api, "residents", RESIDENT, "已签收")

    card = await told(api, "cadres", CADRE, "三天没人管", "办结")
    api.residents_say("cadres", CADRE, "明天上午去换灯", reply_to=card.id)
    await told(api, "residents", RESIDENT, "明天上午去换灯")

    card = await told(api, "cadres", CADRE, "已答复", "办结")
    api.press("cadres", card, "办结")
    prompt = await told(api, "cadres", CADRE, "现场照片")
    api.residents_photo("cadres", CADRE, picture(400, 300), "灯换好了", reply_to=prompt.id)
    asked = await told(api, "residents", RESIDENT, "灯换好了", "解决了")
    api.press("residents", asked, "解决了")
    rating = await told(api, "residents", RESIDENT, "办得怎么样", "非常满意")
    api.press("residents", rating, "非常满意")
    await told(api, "residents", RESIDENT, "结案。谢谢您")

    closed = rows(data_dir, "SELECT number, state, solved, satisfaction FROM tickets")
    assert closed == [(number, "closed", 1, 5)]
    assert rows(data_dir, "SELECT count(*) FROM deadlines WHERE ended_at IS NULL") == [(0,)]
    first = next(s for s in api.sent("residents", RESIDENT) if s.id == receipt.id)
    assert first.edited, "the receipt is edited in place"


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_story(mode: str, tmp_path: Path, bot_api: BotApiStandIn) -> None:
    port = free_port()
    settings = {
        "telegram_api": bot_api.base_url,
        "residents_token": TOKENS["residents"],
        "cadres_token": TOKENS["cadres"],
    }
    if mode == "webhook":
        settings |= {
            "public_url": f"http://127.0.0.1:{port}",
            "telegram_webhook_secret": SECRET,
        }
    async with running(tmp_path, port=port, **settings):
        await tell_the_story(bot_api, tmp_path)
    log = (tmp_path / "liandong.log").read_text(encoding="utf-8")
    assert not any(token in log for token in TOKENS.values())
    assert "路灯" not in log, "residents' words never reach a log"
