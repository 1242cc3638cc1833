"""What is out of scope is answered with why and where to turn, and opens nothing."""

from __future__ import annotations

import pytest

from tests.services.town import KINDS, Town, texts


async def test_weather__is_sent_to_the_weather_service(town: Town) -> None:
    assert "气象台" in texts(await town.say("明天天气咋样"))
    assert await town.tickets() == []


async def test_far_office__is_named_with_its_number_and_the_area_code(town: Town) -> None:
    told = texts(await town.say("浙江杭州的公积金咋提取，不问天气"))
    assert "12329" in told and "区号" in told and "浙江" in told


async def test_unknown_kind__gets_the_one_sentence_for_all(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "王小明", "out_of_scope")
    assert texts(await town.say("王小明")) == town.office.wording.say("out_of_scope")


async def test_real_matter__is_never_referred(town: Town) -> None:
    await town.say("高壁村停水了，快递也送不进来，电费照收")
    assert (await town.ticket()).matter == "water_supply"
