"""Both client libraries work with the stand-in without a single violation."""

from __future__ import annotations

import asyncio

import pytest
import telegram
import telegram.ext
from aiogram import Bot, Dispatcher, F
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from tests.telegram.standin import BotApiStandIn

PICTURE = b"\xff\xd8\xff\xe0picture"
CHOICE = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="是", callback_data="yes")],
                     [InlineKeyboardButton(text="否", callback_data="no")]]
)  # fmt: skip


async def test_aiogram__polling_answers_a_resident(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"入口 {command.args}")

    polling = asyncio.create_task(
        dispatcher.start_polling(residents_bot, handle_signals=False, close_bot_session=False)
    )
    bot_api.residents_start("residents", 1001, "grid-7")
    sent = await bot_api.wait_for(lambda: bot_api.sent("residents", 1001))
    assert sent[0].text == "入口 grid-7"
    await dispatcher.stop_polling()
    await polling


async def test_aiogram__press_is_answered_and_the_message_edited(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def ask(message: Message) -> None:
        await message.answer("是这里吗？", reply_markup=CHOICE)

    @dispatcher.callback_query(F.data == "yes")
    async def confirm(query: CallbackQuery) -> None:
        await query.answer("好的")
        if isinstance(query.message, Message):
            await query.message.edit_text("已记下")

    polling = asyncio.create_task(
        dispatcher.start_polling(residents_bot, handle_signals=False, close_bot_session=False)
    )
    bot_api.residents_say("residents", 1001, "路灯坏了")
    [question] = await bot_api.wait_for(lambda: bot_api.sent("residents", 1001))
    press = bot_api.press("residents", question, "是")
    await bot_api.wait_for(lambda: question.text == "已记下")
    assert question.buttons == []
    assert question.history[0]["text"] == "是这里吗？"
    answer = bot_api.answer_to("residents", press)
    assert answer is not None and answer["text"] == "好的"
    with pytest.raises(LookupError):
        bot_api.press("residents", question, "否")
    bot_api.press("residents", question, "否", stale=True)
    await dispatcher.stop_polling()
    await polling


async def test_ptb__application_polls_replies_and_edits(bot_api: BotApiStandIn) -> None:
    async def start(
        update: telegram.Update, context: telegram.ext.ContextTypes.DEFAULT_TYPE
    ) -> None:
        assert update.message is not None
        await update.message.reply_html(
            "<b>待办</b> 1 件",
            reply_markup=telegram.InlineKeyboardMarkup.from_button(
                telegram.InlineKeyboardButton("签收", callback_data="sign:1")
            ),
        )

    async def sign(
        update: telegram.Update, context: telegram.ext.ContextTypes.DEFAULT_TYPE
    ) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("已签收")

    application = (
        telegram.ext.Application.builder()
        .token(bot_api.token("cadres"))
        .base_url(f"{bot_api.base_url}/bot")
        .base_file_url(f"{bot_api.base_url}/file/bot")
        .build()
    )
    application.add_handler(telegram.ext.CommandHandler("start", start))
    application.add_handler(telegram.ext.CallbackQueryHandler(sign))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        bot_api.residents_start("cadres", 2001)
        [todo] = await bot_api.wait_for(lambda: bot_api.sent("cadres", 2001))
        assert todo.message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
        bot_api.press("cadres", todo, "sign:1")
        await bot_api.wait_for(lambda: todo.text == "已签收")
        await application.updater.stop()
        await application.stop()


async def test_aiogram__sends_every_kind_of_message(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    first = bot_api.residents_say("residents", 1001, "你好")["message"]["message_id"]
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="发位置", request_location=True)]], resize_keyboard=True
    )
    plain = await residents_bot.send_message(
        1001, "请发位置", reply_markup=keyboard, reply_parameters=ReplyParameters(message_id=first)
    )
    assert plain.reply_markup is None
    picture = BufferedInputFile(PICTURE, "a.jpg")
    photo = await residents_bot.send_photo(1001, picture, caption="现场")
    assert photo.photo
    await residents_bot.send_photo(1001, photo.photo[-1].file_id)
    await residents_bot.send_voice(1001, BufferedInputFile(b"OggS", "a.oga"))
    await residents_bot.send_document(1001, BufferedInputFile(b"%PDF", "单.pdf"))
    await residents_bot.send_location(1001, 36.16, 112.25)
    await residents_bot.send_chat_action(1001, "typing")
    assert await residents_bot.delete_message(1001, plain.message_id)
    kinds = ("photo", "photo", "voice", "document", "location")
    assert [k in s.message for k, s in zip(kinds, bot_api.sent("residents", 1001), strict=True)]
    assert bot_api.file("residents", photo.photo[0].file_id) == PICTURE


async def test_ptb__sends_every_kind_of_message(
    bot_api: BotApiStandIn, cadres_bot: telegram.Bot
) -> None:
    bot_api.residents_say("cadres", 2001, "在")
    await cadres_bot.send_message(2001, "待办", reply_markup=telegram.ReplyKeyboardRemove())
    photo = await cadres_bot.send_photo(2001, PICTURE, caption="<i>现场</i>", parse_mode="HTML")
    await cadres_bot.edit_message_caption(2001, photo.message_id, caption="换个说明")
    await cadres_bot.send_voice(2001, b"OggS")
    await cadres_bot.send_document(2001, b"%PDF", filename="a.pdf")
    await cadres_bot.send_location(2001, latitude=36.16, longitude=112.25)
    assert bot_api.sent("cadres", 2001)[1].text == "换个说明"
    assert len(bot_api.sent("cadres", 2001)) == 5


async def test_files__both_libraries_download_what_a_resident_sent(
    bot_api: BotApiStandIn, residents_bot: Bot, cadres_bot: telegram.Bot
) -> None:
    photo = bot_api.residents_photo("residents", 1001, PICTURE)["message"]["photo"][-1]
    content = await residents_bot.download(photo["file_id"])
    assert content is not None and content.read() == PICTURE
    voice = bot_api.residents_voice("cadres", 2001, b"OggS-voice")["message"]["voice"]
    file = await cadres_bot.get_file(voice["file_id"])
    assert await file.download_as_bytearray() == b"OggS-voice"


async def test_profile__both_libraries_introduce_themselves(
    bot_api: BotApiStandIn, residents_bot: Bot, cadres_bot: telegram.Bot
) -> None:
    me = await residents_bot.get_me()
    assert me.username == "residents_bot"
    await residents_bot.set_my_commands([BotCommand(command="start", description="开始")])
    assert (await residents_bot.get_my_commands())[0].command == "start"
    await cadres_bot.set_my_commands(
        [("todo", "待办")], scope=telegram.BotCommandScopeAllGroupChats()
    )
    await cadres_bot.set_my_description("县联动中心")
    bot_api.residents_say("cadres", 2001, "在")
    assert (await cadres_bot.get_chat(2001)).type == "private"


async def test_group__privacy_mode_hides_what_is_not_for_the_bot(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    bot_api.group("residents", -1001, "一组", added_by=1001)
    bot_api.residents_say("residents", -1001, "大家好", user_id=1001)
    bot_api.residents_say("residents", -1001, "@residents_bot 路灯坏了", user_id=1001)
    updates = await residents_bot.get_updates()
    assert [u.event_type for u in updates] == ["my_chat_member", "message"]


async def test_all_kinds_of_updates__are_valid_for_both_libraries(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    said = bot_api.residents_say("residents", 1001, "一")["message"]["message_id"]
    bot_api.residents_edit("residents", 1001, said, "二")
    bot_api.residents_say("residents", 1001, "三", reply_to=said)
    bot_api.residents_photo("residents", 1001, PICTURE, "图", album="a1")
    bot_api.residents_document("residents", 1001, b"x", "a.txt")
    bot_api.residents_location("residents", 1001, 36.16, 112.25)
    bot_api.residents_contact("residents", 1001, "13800000001")
    bot_api.group("residents", -5, "一组", added_by=1001, kind="group")
    bot_api.migrate("residents", -5, -1005)
    bot_api.block("residents", 1001)
    raw = [p.update for p in bot_api.desk("residents").bot.pending]
    updates = await residents_bot.get_updates()
    assert len(updates) == len(raw) == 11
    assert all(telegram.Update.de_json(u, None).effective_chat for u in raw)
