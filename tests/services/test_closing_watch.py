"""Which closings a human calls back: facts that look as if nothing was done, and a random share."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from services.closing_watch import ClosingWatch
from services.messages import Attachment, InboundKind
from storage.media import MediaFolder
from tests.services.town import Town
from tickets.events import EventName
from tickets.ticket import Ticket

ANSWER = "灯泡和线路都换过了，当晚亮了"
NO_SHARE = "x"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path)


@pytest.fixture(autouse=True)
def _nobody_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.closing_watch.SHARE", 0.0)


def picture(seed: int, quality: int = 85, side: int = 400) -> bytes:
    """A scene of soft shapes; the same seed is the same scene."""
    choice = np.random.default_rng(seed)
    small = choice.integers(0, 255, (9, 9, 3), dtype=np.uint8)
    image = Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


async def closed(
    town: Town,
    media: MediaFolder,
    who: str,
    *,
    seed: int,
    answer: str = ANSWER,
    took: timedelta = timedelta(hours=2),
    quality: int = 85,
) -> Ticket:
    """A lamp of somebody's own villager group, signed for, answered and closed with a picture."""
    await town.say(f"府城镇高壁村{who}组路灯坏了", who)
    ticket = await town.ticket(who)
    person = ticket.person or ""
    await town.cadre(person, ticket.number, "sign")
    town.now += took
    await town.cadre(person, ticket.number, "reply", "正在修")
    file: Attachment = await media.put(picture(seed, quality), "image/jpeg", "")
    await town.send(
        town.desk_of(person),
        InboundKind.PRESS,
        data=f"c:{ticket.number}:resolve",
        text=answer,
        attachment=file,
    )
    town.now += timedelta(minutes=11)
    return await town.ticket(who)


def watch(town: Town, media: MediaFolder) -> ClosingWatch:
    return ClosingWatch(town.store.units_of_work, media, lambda: town.office, NO_SHARE)


async def test_honest_closing__is_left_alone(town: Town, media: MediaFolder) -> None:
    await closed(town, media, "三", seed=1)
    assert await watch(town, media).run_once() == 0
    assert (await town.ticket("三")).suspicion == ""
    assert await town.store.desk.to_call_back(limit=9) == []


async def test_closed_in_seconds__is_called_back(town: Town, media: MediaFolder) -> None:
    ticket = await closed(town, media, "三", seed=1, took=timedelta(seconds=20))
    looking = watch(town, media)
    assert await looking.run_once() == 1
    found = await town.ticket("三")
    assert "秒就办结了" in found.suspicion
    assert [each.number for each in await town.store.desk.to_call_back(limit=9)] == [ticket.number]
    assert await looking.run_once() == 0  # once is enough
    async with town.store.units_of_work() as work:
        names = [event.name for event in await work.events(ticket.number)]
    assert names.count(EventName.SAMPLED) == 1


async def test_same_photo_again__is_found_though_smaller(town: Town, media: MediaFolder) -> None:
    looking = watch(town, media)
    first = await closed(town, media, "三", seed=1)
    assert await looking.run_once() == 0
    await closed(town, media, "五", seed=1, quality=50, answer="五组的线路接好了，灯已经亮了")
    assert await looking.run_once() == 1
    assert f"照片和工单 {first.number} 的照片相同" in (await town.ticket("五")).suspicion


async def test_other_photo__is_none(town: Town, media: MediaFolder) -> None:
    looking = watch(town, media)
    await closed(town, media, "三", seed=1)
    await closed(town, media, "五", seed=2, answer="五组的线路接好了，灯已经亮了")
    assert await looking.run_once() == 0


async def test_template_answer__the_fourth_is_called_back(town: Town, media: MediaFolder) -> None:
    looking = watch(town, media)
    for seed, who in enumerate(("一", "二", "三", "四")):
        await closed(town, media, who, seed=seed)
    assert await looking.run_once() == 4  # all four say the same
    assert "模板答复" in (await town.ticket("四")).suspicion


async def test_drawn__one_in_twenty_is_called_back_without_a_fact(
    town: Town, media: MediaFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.closing_watch.SHARE", 1.0)
    await closed(town, media, "三", seed=1)
    assert await watch(town, media).run_once() == 1
    assert (await town.ticket("三")).suspicion == "随机抽查"
