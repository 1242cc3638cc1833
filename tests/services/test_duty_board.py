"""值班: who is on duty here, above and below, and what lies ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.messages import InboundKind
from tests.regressions.chats import bind, bind_group, delivered
from tests.services.test_duty_leave import NIGHT, OFFICER, OTHER_NIGHT, TOWNSHIP, VILLAGER, name
from tests.services.town import Town, texts


@pytest.mark.parametrize("words", ["值班", "/duty", "谁值班", "今天谁在值班？", "值班表"])
async def test_board__by_any_of_its_words(town: Town, words: str) -> None:
    assert "现在值班：" in texts(await town.write(OFFICER, words))


async def test_board__own_unit_above_and_below(town: Town) -> None:
    lines = texts(await town.write(OFFICER, "值班")).splitlines()
    own = town.office.cadre(OFFICER)
    assert own is not None
    assert lines[1] == f"府城镇联动服务中心：{own.name}（值班，到 18:00） 电话 {own.phone}"
    assert lines[2].startswith("县联动服务指导中心：")
    below = lines[lines.index("下面各单位：") :]
    assert sum("组：" in line for line in below) == 5
    assert any(line.startswith("高壁村") for line in below)


async def test_board__village_sees_its_township_and_who_leads_now(town: Town) -> None:
    lines = texts(await town.write(VILLAGER, "值班")).splitlines()
    assert "没有排班，由其负责，到 15:00" in lines[1]
    assert lines[2].startswith("府城镇联动服务中心：") and "下面各单位：" not in lines


async def test_board__my_next_shifts_leaves_and_offers(town: Town) -> None:
    await town.write(NIGHT, "请假 12月1日")
    await town.write(NIGHT, f"换班 周三 {OTHER_NIGHT}")
    found = texts(await town.write(NIGHT, "值班"))
    assert "您接下来的班：\n11月23日（周一）18:00–次日08:00，府城镇" in found
    assert "您请了假：12月1日" in found
    assert f"等{name(town, OTHER_NIGHT)}答复换班：11月25日（周三）18:00" in found


async def test_board__deputy_and_number_left_are_named(town: Town) -> None:
    await town.write(OFFICER, f"请假 今天 替班 {NIGHT}")
    assert f"{name(town, NIGHT)}（替班" in texts(await town.write(NIGHT, "值班"))
    town.now += timedelta(hours=6)  # 15:00
    await town.write(VILLAGER, "请假 今天 打我电话")
    assert "（不在岗，有事打电话，到 18:00）" in texts(await town.write(VILLAGER, "值班"))


async def test_board__in_a_group_without_buttons(town: Town) -> None:
    await bind(town, OFFICER)
    group = await bind_group(town, TOWNSHIP)
    await town.send(group, InboundKind.DUTY, sender="900", in_group=True)
    [answer] = [item.message for item in await delivered(town) if item.address == group]
    assert "现在值班：" in answer.text and answer.buttons == ()


async def test_board__discipline_office_sees_nothing_else(town: Town) -> None:
    lines = texts(await town.write("c005", "值班")).splitlines()
    assert lines[1].startswith("纪委监委") and lines[2] == ""


async def test_stranger__is_asked_to_bind_first(town: Town) -> None:
    assert "请先绑定" in texts(await town.write("c999", "请假 明天"))
