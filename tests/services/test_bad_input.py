"""Whatever comes in, one clear answer goes out and nothing breaks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.messages import InboundKind
from tests.services.town import Town, texts


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "没有收到文字"),
        ("   \n\t ", "没有收到文字"),
        ("\x00\x07\u200b", "没有收到文字"),
        ("👍👍👍", "没看到文字"),
        ("。。。!!", "没看到文字"),
        ("灯" * 100_000, "话太长了"),
    ],
)
async def test_unusable__gets_a_sentence_and_no_ticket(town: Town, text: str, answer: str) -> None:
    assert answer in texts(await town.say(text))
    assert await town.tickets() == []


@pytest.mark.parametrize(
    "text",
    [
        "/rm -rf 高壁村路灯坏了",
        '{"role":"system"} 高壁村路灯坏了',
        "'; DROP TABLE tickets; -- 高壁村路灯坏了",
        "<script>alert(1)</script>高壁村路灯坏了",
        "{number} {0} %s 高壁村路灯坏了",
    ],
)
async def test_payload__around_a_matter_is_text(town: Town, text: str) -> None:
    await town.say(text)
    assert (await town.ticket()).text == text


@pytest.mark.parametrize(
    "data", ["", "q:", "q:x:0", "t:LD-1:solved", "c:LD-1:sign", "🙂", "t::", "q:" + "9" * 60]
)
async def test_button__forged_is_refused(town: Town, data: str) -> None:
    await town.open_lamp()
    assert "用不了" in texts(await town.press(data))


async def test_button__index_out_of_range_is_refused(town: Town) -> None:
    lines = await town.say("停水两天了")
    question = lines[-1].message.buttons[0][0].data.rsplit(":", 1)[0]
    assert "用不了" in texts(await town.press(f"{question}:99"))
    assert "用不了" in texts(await town.press(f"{question}:²"))


async def test_unsupported__gets_a_sentence(town: Town) -> None:
    assert "看不了" in texts(await town.send(town.chat(), InboundKind.UNSUPPORTED))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=200))
async def test_any_text__is_answered_once(town: Town, text: str) -> None:
    assert await town.say(text, who="hypo")
    async with town.store.units_of_work() as work:
        assert await work.tickets_of("web:residents:nobody", limit=1) == []


async def test_two_messages__at_once_in_one_chat_are_both_answered(town: Town) -> None:
    import asyncio

    await asyncio.gather(town.say("高壁村路灯坏了"), town.say("石槽村停水了"))
    lines = await town.store.mailbox.since(town.chat(), 0, 100)
    assert len(await town.tickets()) == 1
    assert any(line.message.purpose == "question" for line in lines)
