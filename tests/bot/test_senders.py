"""Both senders on a Bot API that refuses what Telegram refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.text import utf16_units
from services.errors import (
    AddressChanged,
    BadMessage,
    DeliveryError,
    RecipientGone,
    RetryLater,
)
from services.messages import Address, BotName, Button, Outbound
from tests.bot.twins import Channel, MediaTwin
from tests.telegram import faults
from tests.telegram.standin import BotApiStandIn

CHAT = 1001
BUTTONS = ((Button("撤销", "t:LD-1:withdraw"),),)
LONG = "村口的路灯坏了三天了。" * 600
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40

pytestmark = pytest.mark.asyncio


@pytest.fixture
def to(name: str, bot_api: BotApiStandIn) -> Address:
    """A resident's chat that has been opened."""
    bot_api.residents_start(name, CHAT)
    return Address("telegram", BotName(name), str(CHAT))


def shown(api: BotApiStandIn, name: str) -> list[str]:
    return [sent.text for sent in api.sent(name, CHAT)]


async def test_send__text_with_buttons_and_quote(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    quoted = bot_api.shown(name, CHAT)[0]
    message = Outbound("<b>&", buttons=BUTTONS, reply_to=str(quoted.id))
    sent_id = await bot.sender.send(to, message, None)
    sent = bot_api.sent(name, CHAT)[0]
    assert (str(sent.id), sent.text) == (sent_id, "<b>&")
    assert sent.buttons[0]["callback_data"] == "t:LD-1:withdraw"
    assert sent.message["reply_to_message"]["message_id"] == quoted.id


async def test_send__quoted_message_gone_is_no_obstacle(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    await bot.sender.send(to, Outbound("答复", reply_to="99999"), None)
    assert shown(bot_api, name) == ["答复"]


async def test_send__long_text_is_split_with_buttons_at_the_end(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    last = await bot.sender.send(to, Outbound(LONG, buttons=BUTTONS), None)
    sent = bot_api.sent(name, CHAT)
    assert "".join(part.text for part in sent) == LONG
    assert [bool(part.buttons) for part in sent] == [False, True]
    assert str(sent[-1].id) == last


async def test_send__parts_that_arrived_are_not_repeated(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    bot_api.fail(faults.too_many_requests(3), bot=name, method="sendMessage", skip=1)
    with pytest.raises(RetryLater):
        await bot.sender.send(to, Outbound(LONG), None)
    await bot.sender.send(to, Outbound(LONG), None)
    assert "".join(shown(bot_api, name)) == LONG


async def test_edit__replaces_in_place(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    first = await bot.sender.send(to, Outbound("待签收", buttons=BUTTONS), None)
    second = await bot.sender.send(to, Outbound("办理中"), first)
    assert (shown(bot_api, name), second) == (["办理中"], first)
    assert bot_api.sent(name, CHAT)[0].buttons == []


async def test_edit__same_again_is_a_success(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    first = await bot.sender.send(to, Outbound("待签收", buttons=BUTTONS), None)
    assert await bot.sender.send(to, Outbound("待签收", buttons=BUTTONS), first) == first


@pytest.mark.parametrize("refused", ["message to edit not found", "message can't be edited"])
async def test_edit__card_that_is_gone_is_sent_anew(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn, refused: str
) -> None:
    first = await bot.sender.send(to, Outbound("待签收"), None)
    bot_api.fail(faults.refuse(400, f"Bad Request: {refused}"), method="editMessageText")
    second = await bot.sender.send(to, Outbound("办理中"), first)
    assert second != first
    assert shown(bot_api, name)[-1] == "办理中"


async def test_edit__never_splits(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    first = await bot.sender.send(to, Outbound("待签收"), None)
    await bot.sender.send(to, Outbound(LONG), first)
    (text,) = shown(bot_api, name)
    assert text.endswith("…")
    assert utf16_units(text) <= 4096


async def test_media__picture_with_caption(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn, media: MediaTwin
) -> None:
    ref = (await media.put(PNG, "image/png", "")).ref
    await bot.sender.send(to, Outbound("已修好", media=ref, buttons=BUTTONS), None)
    sent = bot_api.sent(name, CHAT)[0]
    assert (sent.message["caption"], bool(sent.buttons)) == ("已修好", True)
    assert bot_api.file(name, sent.message["photo"][-1]["file_id"]) == PNG


async def test_media__long_words_follow_as_a_message(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn, media: MediaTwin
) -> None:
    ref = (await media.put(b"%PDF", "application/pdf", "")).ref
    await bot.sender.send(to, Outbound("好" * 1025, media=ref, buttons=BUTTONS), None)
    first, second = bot_api.sent(name, CHAT)
    assert "document" in first.message
    assert (second.text, bool(first.buttons), bool(second.buttons)) == ("好" * 1025, False, True)


async def test_media__picture_that_is_no_photo_goes_as_a_file(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn, media: MediaTwin
) -> None:
    ref = (await media.put(PNG, "image/png", "")).ref
    bot_api.fail(faults.refuse(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), method="sendPhoto")
    await bot.sender.send(to, Outbound("", media=ref), None)
    assert "document" in bot_api.sent(name, CHAT)[0].message


async def test_media__missing_file_leaves_the_words(
    bot: Channel, name: str, to: Address, bot_api: BotApiStandIn
) -> None:
    await bot.sender.send(to, Outbound("已修好", media="media:none"), None)
    assert shown(bot_api, name) == ["已修好"]


def refused(text: str) -> faults.Fault:
    return faults.refuse(400, f"Bad Request: {text}")


FAILURES: list[tuple[str, Any, type[DeliveryError], dict[str, Any]]] = [
    ("429", faults.too_many_requests(7), RetryLater, {"seconds": 7.0}),
    ("403", faults.blocked(), RecipientGone, {}),
    ("deactivated", faults.refuse(403, "Forbidden: user is deactivated"), RecipientGone, {}),
    ("no chat", refused("chat not found"), RecipientGone, {}),
    ("no rights", refused("not enough rights to send text messages to the chat"),
     RecipientGone, {}),
    ("migrated", faults.migrated(-10042), AddressChanged, {"chat": "-10042"}),
    ("bad button", refused("BUTTON_DATA_INVALID"), BadMessage, {}),
    ("an edit's refusal", refused("MESSAGE_ID_INVALID"), BadMessage, {}),
    ("too large", faults.refuse(413, "Request Entity Too Large"), BadMessage, {}),
    ("500", faults.server_error(), RetryLater, {"seconds": 2.0}),
    ("502", faults.bad_gateway(), RetryLater, {"seconds": 2.0}),
    ("reset", faults.reset(), RetryLater, {"seconds": 2.0}),
    ("hang", faults.hang(), RetryLater, {"seconds": 2.0}),
    ("reply lost", faults.reply_lost(), RetryLater, {"seconds": 2.0}),
    ("401", faults.refuse(401, "Unauthorized"), RetryLater, {"seconds": 60.0}),
    ("404", faults.refuse(404, "Not Found"), RetryLater, {"seconds": 60.0}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "kind", "fields"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES]
)
async def test_failure__is_one_of_the_four(
    bot: Channel, to: Address, bot_api: BotApiStandIn, fault: faults.Fault,
    kind: type[DeliveryError], fields: dict[str, Any],
) -> None:  # fmt: skip
    bot_api.fail(fault, method="sendMessage")
    with pytest.raises(kind) as caught:
        await bot.sender.send(to, Outbound("答复"), None)
    assert {key: getattr(caught.value, key) for key in fields} == fields
    assert bot_api.token(str(to.bot)) not in str(caught.value)


async def test_failure__nobody_at_the_address_any_more(bot: Channel, name: str) -> None:
    with pytest.raises(RecipientGone):
        await bot.sender.send(Address("telegram", BotName(name), "424242"), Outbound("x"), None)


@pytest.mark.parametrize("message", [Outbound(""), Outbound(" \n"), Outbound("", media="media:0")])
async def test_failure__nothing_to_say(bot: Channel, to: Address, message: Outbound) -> None:
    with pytest.raises(BadMessage):
        await bot.sender.send(to, message, None)


async def test_failure__not_a_telegram_chat(bot: Channel, name: str) -> None:
    with pytest.raises(BadMessage):
        await bot.sender.send(Address("telegram", BotName(name), "abc"), Outbound("x"), None)


async def test_fetch__gives_bytes_and_type(bot: Channel, name: str, bot_api: BotApiStandIn) -> None:
    update = bot_api.residents_voice(name, CHAT, b"OggS")
    assert await bot.fetch(update["message"]["voice"]["file_id"]) == (b"OggS", "audio/ogg")


async def test_fetch__unknown_file_is_given_up(bot: Channel, bot_api: BotApiStandIn) -> None:
    with pytest.raises(BadMessage):
        await bot.fetch("no-such-file")


async def test_fetch__large_file_is_refused(
    bot: Channel, name: str, bot_api: BotApiStandIn
) -> None:
    update = bot_api.residents_document(name, CHAT, b"x" * (20 * 1024 * 1024 + 1), "a.bin")
    with pytest.raises(BadMessage):
        await bot.fetch(update["message"]["document"]["file_id"])


@pytest.mark.parametrize("fault", [faults.bad_gateway(), faults.reset()])
async def test_fetch__telegram_away_is_tried_again(
    bot: Channel, name: str, bot_api: BotApiStandIn, fault: faults.Fault
) -> None:
    update = bot_api.residents_voice(name, CHAT, b"OggS")
    bot_api.fail(fault, method="getFile")
    with pytest.raises(RetryLater):
        await bot.fetch(update["message"]["voice"]["file_id"])
