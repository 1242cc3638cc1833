"""What was acknowledged is kept, answered, and stays where it belongs."""

from __future__ import annotations

from datetime import timedelta

from services.errors import RetryLater
from services.files import Files
from services.messages import Address, Attachment, BotName, InboundKind, Location
from services.understanding import Understanding
from storage.media import MediaFolder
from tests.regressions.chats import bind, delivered, events, names
from tests.services.town import Reader, Town, button, texts
from tickets.states import State

LAMP_GROUP = "group:141026100:infrastructure"


async def files(town: Town) -> dict[str, str]:
    async with town.store.units_of_work() as work:
        return {item.ref: item.ticket for item in await work.files_to_show(100)}


async def photo(town: Town, ref: str, text: str = "", **more: object) -> list:  # type: ignore[type-arg]
    file = Attachment(f"media:{ref}", "image/jpeg", 10)
    return await town.send(town.chat(), InboundKind.PHOTO, text=text, attachment=file, **more)


async def test_waiting_message__survives_that_the_chosen_ticket_is_gone(town: Town) -> None:
    lamp = await town.open_lamp()
    lines = await town.say("石槽村停水了")
    await town.press(f"t:{lamp.number}:withdraw_yes")
    await town.press(button(lines, lamp.number))
    town.now += timedelta(hours=1)
    await town.escalation.run_once()
    assert "water_supply" in [t.matter for t in await town.tickets()]


async def test_not_solved__of_which_question_without_answer_is_not_dropped(town: Town) -> None:
    for text in ("高壁村路灯坏了", "高壁村着火了"):
        await town.say(text)
        ticket = await town.resolve(await town.ticket())
        assert ticket.state is State.RESOLVED
    await town.news(town.chat())
    lines = await town.say("还是没修好,天天摸黑走路")
    assert "哪一件" in texts(lines)
    before = [await names(town, t.number) for t in await town.tickets()]
    town.now += timedelta(hours=1)
    await town.escalation.run_once()
    after = [await names(town, t.number) for t in await town.tickets()]
    assert after != before or len(await town.tickets()) > 2


async def test_location__chosen_as_supplement_reaches_the_ticket(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.say("高壁村着火了")
    lines = await town.send(town.chat(), InboundKind.LOCATION, location=Location(36.1, 112.2))
    await town.press(button(lines, lamp.number))
    said = [e.text for e in await events(town, lamp.number)]
    assert any("36.1" in words for words in said), said


async def test_location__before_its_words_belongs_to_them(town: Town) -> None:
    await town.send(town.chat(), InboundKind.LOCATION, location=Location(36.1, 112.2))
    lamp = await town.open_lamp()
    said = [e.text for e in await events(town, lamp.number)]
    assert any("36.1" in words for words in said), said


async def test_photo__whose_caption_answers_the_place_belongs_to_the_ticket(town: Town) -> None:
    await town.say("停水两天了")
    number = (await town.ticket()).number
    await photo(town, "a.jpg", "石槽村")
    assert await files(town) == {"media:a.jpg": number}


async def test_photo__whose_caption_says_not_solved_belongs_to_the_ticket(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await photo(town, "b.jpg", "还是没修")
    assert (await town.ticket()).state is State.REWORK
    assert (await files(town))["media:b.jpg"] == lamp.number


async def test_photo__that_waits_for_an_answer_is_not_taken_by_another_matter(town: Town) -> None:
    await town.open_lamp()
    await photo(town, "lamp.jpg", "补充一下,灯杆歪了")
    await town.say("高壁村支书贪了修路的钱")
    assert "media:lamp.jpg" not in await files(town)


async def test_album__asks_once_and_makes_no_ticket_of_its_pictures(town: Town) -> None:
    await photo(town, "1.jpg", "高壁村路灯坏了")
    await photo(town, "2.jpg")
    await photo(town, "3.jpg")
    town.now += timedelta(hours=1)
    await town.escalation.run_once()
    assert len(await town.tickets()) == 1


async def test_edit__of_a_message_that_waits_makes_no_second_ticket(town: Town) -> None:
    await town.open_lamp()
    await town.say("石槽村停水了", message_id="m2")
    await town.send(town.chat(), InboundKind.EDITED, text="石槽村停水两天了", message_id="m2")
    town.now += timedelta(hours=1)
    await town.escalation.run_once()
    assert len(await town.tickets()) == 2


async def test_edit__of_a_supplement_leaves_the_first_words_alone(town: Town) -> None:
    lines = await town.say("高壁村那个那个事情你们知道的吧", message_id="m1")
    card = next(line for line in lines if line.message.slot)
    await town.say("补充:在学校", message_id="m2", reply_to=f"o{card.id}")
    await town.send(town.chat(), InboundKind.EDITED, text="补充:在学校门口", message_id="m2")
    assert (await town.ticket()).text == "高壁村那个那个事情你们知道的吧"


async def test_edit__corrects_the_matter_too(town: Town) -> None:
    await town.say("停水了", message_id="m1")
    await town.send(town.chat(), InboundKind.EDITED, text="高壁村低保停了", message_id="m1")
    ticket = await town.ticket()
    assert ticket.owner == "group:141026100:livelihood"
    assert ticket.matter == "low_income"


async def test_edit__that_gives_the_place_ends_the_place_question(town: Town) -> None:
    await town.say("停水了", message_id="m1")
    await town.send(town.chat(), InboundKind.EDITED, text="石槽村停水了", message_id="m1")
    await town.say("高壁村路灯坏了")
    water = (await town.tickets())[0]
    assert town.office.place_name(water).endswith("石槽村")


async def test_edit__of_a_typo_does_not_end_the_place_question(town: Town) -> None:
    await town.say("停水了", message_id="m1")
    await town.send(town.chat(), InboundKind.EDITED, text="停水两天了", message_id="m1")
    assert (await town.ticket()).state is State.NEED_INFO


async def test_place__in_words_with_two_questions_open_is_not_guessed(town: Town) -> None:
    await town.say("停水两天了")
    lines = await town.say("路灯不亮了")
    await town.press(button(lines, "新问题"))
    await town.say("石槽村")
    states = [t.state for t in await town.tickets()]
    assert states == [State.NEED_INFO, State.NEED_INFO]


async def test_place__answer_finds_the_open_ticket_behind_a_withdrawn_one(town: Town) -> None:
    await town.say("停水两天了")
    lines = await town.say("路灯不亮了")
    await town.press(button(lines, "新问题"))
    second = await town.ticket()
    await town.press(f"t:{second.number}:withdraw_yes")
    await town.say("石槽村")
    assert (await town.tickets())[0].state is State.DISPATCHED


async def test_withdrawal__is_not_taken_for_a_place(town: Town) -> None:
    await town.say("停水两天了")
    lines = await town.say("石槽村的不办了")
    assert "确定不办了" in texts(lines)


async def test_number__of_an_old_own_ticket_is_known(town: Town) -> None:
    first = await town.open_lamp()
    for _ in range(20):
        await town.say("高壁村着火了")
    assert "没有找到" not in texts(await town.say(f"{first.number} 到哪一步了"))


async def test_not_solved__after_a_mistaken_solved_is_not_refused(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.press(f"t:{lamp.number}:solved")
    assert (await town.ticket()).state is State.CALLED_BACK
    answer = texts(await town.say(f"{lamp.number} 还是没修"))
    assert (await town.ticket()).state is State.REWORK, answer


async def test_not_solved__after_a_rating_that_closed_it_is_not_refused(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.press(f"t:{lamp.number}:solved")
    await town.press(f"t:{lamp.number}:rate5")
    assert (await town.ticket()).state is State.CLOSED
    answer = texts(await town.say(f"{lamp.number} 还是没修"))
    again = await town.ticket()
    assert (again.state, again.satisfaction) == (State.REWORK, None), answer


async def test_supplement__to_an_answered_ticket_is_owed_by_somebody(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.say(f"{lamp.number} 路灯晚上又灭了")  # read as an appeal
    answer = texts(await town.cadre(lamp.person, lamp.number, "reply", "再去看"))
    assert "答复已发给群众" in answer


async def test_not_solved__sent_before_the_window_closed_counts_after_a_standstill(
    town: Town,
) -> None:
    lamp = await town.resolved_lamp()
    # The message is recorded, then the process stands still for longer than the window.
    from services.messages import Inbound

    await town.store.inbox.record(
        Inbound(
            address=town.chat(),
            update_id="late",
            kind=InboundKind.PRESS,
            sender="anna",
            sent_at=town.now,
            data=f"t:{lamp.number}:unsolved",
        ),
        town.now,
    )
    for days in (8, 2):  # it is asked late, and closed after a day of silence
        town.now += timedelta(days=days)
        await town.escalation.run_once()
    assert (await town.ticket()).state is State.CLOSED
    town.now += timedelta(days=8)
    await town.processor.sweep()
    await town.processor.settle()
    assert (await town.ticket()).state is State.REWORK


class Stumbling(Reader):
    """Cannot read one message three times."""

    left = 3

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        if text == "停水了" and self.left:
            self.left -= 1
            raise RuntimeError("not yet")
        return await super().understand(text)


async def test_order__a_message_that_failed_once_is_not_overtaken(town: Town) -> None:
    town.processor._understander = Stumbling()
    await town.say("停水了", message_id="m1")
    for _ in range(2):  # 1 s and 2 s later it is tried again, in vain
        town.now += timedelta(seconds=2)
        await town.processor.sweep()
        await town.processor.settle()
    await town.send(town.chat(), InboundKind.EDITED, text="石槽村停水了", message_id="m1")
    town.now += timedelta(minutes=5)
    await town.processor.sweep()
    await town.processor.settle()
    town.now += timedelta(hours=1)
    await town.escalation.run_once()
    assert len(await town.tickets()) == 1


class Broken(Reader):
    async def understand(self, text: str, township: str | None = None) -> Understanding:
        raise RuntimeError("always")


async def test_set_aside__somebody_hears_of_it(town: Town) -> None:
    town.processor._understander = Broken()
    await town.say("高壁村路灯坏了")
    for _ in range(10):
        town.now += timedelta(minutes=5)
        await town.processor.sweep()
        await town.processor.settle()
    assert await town.store.mailbox.since(town.chat(), 0, 10) or await town.tickets()


class Slow:
    """Telegram away five times, then back."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    async def fetch(self, ref: str) -> tuple[bytes, str]:
        if self.failures:
            self.failures -= 1
            raise RetryLater(2.0, "network")
        return b"\x00", "application/octet-stream"


async def with_telegram_file(town: Town, count: int = 1) -> None:
    chat = Address("telegram", BotName.RESIDENTS, "5")
    for index in range(count):
        await town.send(
            chat,
            InboundKind.DOCUMENT,
            text="高壁村着火了",
            attachment=Attachment(f"tg-file-{index}", "application/pdf", 10),
        )


async def test_file__outlives_a_short_outage_of_its_channel(town: Town, tmp_path) -> None:  # type: ignore[no-untyped-def]
    await with_telegram_file(town)
    source = {("telegram", "residents"): Slow(5)}
    passes = Files(town.store.units_of_work, source, MediaFolder(tmp_path), lambda: town.office)
    shown = 0
    for _ in range(10):
        town.now += timedelta(seconds=2)
        shown += await passes.run_once()
    assert shown == 1


async def test_file__of_a_channel_that_is_off_does_not_hold_up_others(
    town: Town,
    tmp_path,  # type: ignore[no-untyped-def]
) -> None:
    await with_telegram_file(town, 20)
    await photo(town, "web.jpg", "高壁村路灯坏了")
    passes = Files(town.store.units_of_work, {}, MediaFolder(tmp_path), lambda: town.office)
    assert await passes.run_once() == 1


async def test_file__is_shown_once_by_two_processes(town: Town, tmp_path) -> None:  # type: ignore[no-untyped-def]
    cadre = town.office.in_charge(LAMP_GROUP)
    chat = await bind(town, cadre)
    await photo(town, "web.jpg", "高壁村路灯坏了")
    await delivered(town)
    two = [
        Files(town.store.units_of_work, {}, MediaFolder(tmp_path), lambda: town.office)
        for _ in range(2)
    ]
    async with town.store.units_of_work() as work:
        (item,) = await work.files_to_show(10)
    for one in two:  # both processes have looked before one of them showed it
        await one._show(item, item.ref)
    shown = [i for i in await delivered(town) if i.address == chat and i.message.media]
    assert len(shown) == 1


async def test_supplement__in_reply_to_a_closed_ticket_is_not_dropped(town: Town) -> None:
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    lamp = await town.resolve(await town.ticket())
    await town.press(f"t:{lamp.number}:solved")
    await town.press(f"t:{lamp.number}:rate4")
    assert (await town.ticket()).state is State.CLOSED
    before = len(await events(town, lamp.number))
    await town.say("补充:灯又灭了,还是那根杆子", reply_to=f"o{card.id}")
    assert len(await town.tickets()) == 2 or len(await events(town, lamp.number)) > before
