"""What both bots hear in Telegram's raw JSON, and where they differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram.types import Update as AiogramUpdate
from telegram import Update as PtbUpdate

from bot.cadres.translate import translate as translate_cadres
from bot.residents.translate import translate as translate_residents
from services.messages import Inbound, InboundKind, Location
from tests.bot.raw import (
    DATE,
    FILE,
    GROUP,
    PERSON,
    POLL,
    PRIVATE,
    SIZES,
    STICKER,
    Json,
    edited,
    membership,
    message,
    pressed,
    said,
)
from tests.bot.twins import NOW

Hear = Callable[[Json], Inbound | None]


def hear_residents(raw: Json) -> Inbound | None:
    return translate_residents(AiogramUpdate.model_validate(raw), NOW)


def hear_cadres(raw: Json) -> Inbound | None:
    return translate_cadres(PtbUpdate.de_json(raw, None), NOW)


@pytest.fixture
def hear(name: str) -> Hear:
    return hear_residents if name == "residents" else hear_cadres


def heard(hear: Hear, raw: Json) -> Inbound:
    inbound = hear(raw)
    assert inbound is not None
    return inbound


VOICE = FILE | {"duration": 3, "file_size": 5000}
VIDEO = FILE | {"width": 1, "height": 1, "duration": 3, "mime_type": "video/mp4"}
NOTE = FILE | {"length": 1, "duration": 3}
PAPER = FILE | {"file_name": "a\0b.pdf", "mime_type": "application/pdf", "file_size": 70}

KINDS: list[tuple[str, dict[str, Any], InboundKind, str]] = [
    ("plain words", {"text": "路灯坏了"}, InboundKind.TEXT, "路灯坏了"),
    ("unknown command", {"text": "/drop table"}, InboundKind.TEXT, "/drop table"),
    ("a path", {"text": "/etc/passwd"}, InboundKind.TEXT, "/etc/passwd"),
    ("only NUL", {"text": "a\0b"}, InboundKind.TEXT, "ab"),
    ("half a character", {"text": "a\ud800b"}, InboundKind.TEXT, "a?b"),
    ("start", {"text": "/start"}, InboundKind.START, ""),
    ("deep link", {"text": "/start g-1002003"}, InboundKind.START, "g-1002003"),
    ("addressed", {"text": "/start@some_bot x"}, InboundKind.START, "x"),
    ("no command", {"text": "/startle me"}, InboundKind.TEXT, "/startle me"),
    ("help", {"text": "/HELP"}, InboundKind.HELP, ""),
    ("picture", {"photo": SIZES, "caption": "看\0"}, InboundKind.PHOTO, "看"),
    ("voice", {"voice": VOICE}, InboundKind.VOICE, ""),
    ("document", {"document": PAPER, "caption": "合同"}, InboundKind.DOCUMENT, "合同"),
    ("video", {"video": VIDEO}, InboundKind.DOCUMENT, ""),
    ("round video", {"video_note": NOTE}, InboundKind.DOCUMENT, ""),
    ("audio", {"audio": FILE | {"duration": 3}}, InboundKind.DOCUMENT, ""),
    ("point", {"location": {"latitude": 36.1, "longitude": 112.2}}, InboundKind.LOCATION, ""),
    ("sticker", {"sticker": STICKER}, InboundKind.UNSUPPORTED, ""),
    ("poll", {"poll": POLL}, InboundKind.UNSUPPORTED, ""),
    ("contact", {"contact": {"phone_number": "13800000001", "first_name": "Li"}},
     InboundKind.UNSUPPORTED, ""),
    ("dice", {"dice": {"emoji": "🎲", "value": 3}}, InboundKind.UNSUPPORTED, ""),
    ("a kind of tomorrow", {"hologram": {"a": 1}}, InboundKind.UNSUPPORTED, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind", "text"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS]
)
def test_message__has_kind_and_words(
    hear: Hear, content: Json, kind: InboundKind, text: str
) -> None:
    inbound = heard(hear, said(**content))
    assert (inbound.kind, inbound.text) == (kind, text)


def test_message__carries_who_where_and_when(hear: Hear, name: str) -> None:
    inbound = heard(hear, said(text="x"))
    assert inbound.address.key == f"telegram:{name}:1001"
    assert (inbound.update_id, inbound.message_id, inbound.sender) == ("55", "7", "1001")
    assert (inbound.sent_at, inbound.in_group) == (NOW, False)


def test_picture__largest_size_is_taken(hear: Hear) -> None:
    file = heard(hear, said(photo=SIZES)).attachment
    assert file is not None
    assert (file.ref, file.mime, file.size) == ("large", "image/jpeg", 90000)


def test_document__says_type_and_clean_name(hear: Hear) -> None:
    file = heard(hear, said(document=PAPER)).attachment
    assert file is not None
    assert (file.mime, file.name) == ("application/pdf", "ab.pdf")


def test_location__is_kept_as_sent(hear: Hear) -> None:
    inbound = heard(hear, said(location={"latitude": 36.1, "longitude": 112.2}))
    assert inbound.location == Location(36.1, 112.2)


def test_reply__names_the_message_it_answers(hear: Hear) -> None:
    inbound = heard(hear, said(text="还没好", reply_to_message=message(text="card")))
    assert inbound.reply_to == "7"


@pytest.mark.parametrize("words", [{"text": "新话"}, {"caption": "新话", "photo": SIZES}])
def test_edit__gives_new_words_and_time(hear: Hear, words: Json) -> None:
    inbound = heard(hear, edited(**words))
    assert (inbound.kind, inbound.text, inbound.message_id) == (InboundKind.EDITED, "新话", "7")
    assert inbound.sent_at == NOW + timedelta(seconds=60)


def test_edit__moving_point_is_not_heard(hear: Hear) -> None:
    assert hear(edited(location={"latitude": 36.1, "longitude": 112.2})) is None


def test_press__says_data_and_card(hear: Hear) -> None:
    inbound = heard(hear, pressed(message(text="card")))
    assert (inbound.kind, inbound.data) == (InboundKind.PRESS, "t:LD-1:withdraw")
    assert (inbound.message_id, inbound.address.chat) == ("7", "1001")


def test_press__card_out_of_reach_still_names_its_chat(hear: Hear) -> None:
    inbound = heard(hear, pressed({"message_id": 7, "date": 0, "chat": PRIVATE}))
    assert (inbound.message_id, inbound.address.chat) == ("7", "1001")


def test_press__without_card_falls_back_to_the_person(hear: Hear) -> None:
    inbound = heard(hear, pressed(None))
    assert (inbound.message_id, inbound.address.chat) == (None, "1001")


@pytest.mark.parametrize(
    ("status", "kind"), [("kicked", InboundKind.BLOCKED), ("member", InboundKind.UNBLOCKED)]
)
def test_membership__blocked_and_back(hear: Hear, status: str, kind: InboundKind) -> None:
    assert heard(hear, membership(status)).kind is kind


NOT_HEARD: dict[str, Json] = {
    "channel post": {"update_id": 1, "channel_post": message({"id": -5, "type": "channel"})},
    "inline query": {
        "update_id": 1, "inline_query": {"id": "1", "from": PERSON, "query": "", "offset": ""},
    },
    "update of tomorrow": {"update_id": 1, "telepathy": {"a": 1}},
    "nothing": {"update_id": 1},
    "pinned": said(pinned_message=message(text="card")),
    "another bot": said(text="x", sender=PERSON | {"is_bot": True}),
    "press without data": pressed(message(text="card"), data=None),
}  # fmt: skip


@pytest.mark.parametrize("raw", NOT_HEARD.values(), ids=NOT_HEARD.keys())
def test_not_for_us__is_not_heard(hear: Hear, raw: Json) -> None:
    assert hear(raw) is None


@pytest.mark.parametrize("text", ["/progress", "进度", " 进度 "])
def test_residents__progress(text: str) -> None:
    assert heard(hear_residents, said(text=text)).kind is InboundKind.PROGRESS


@pytest.mark.parametrize("text", ["/today", "今日", "/bind"])
def test_residents__cadres_commands_are_words(text: str) -> None:
    assert heard(hear_residents, said(text=text)).kind is InboundKind.TEXT


@pytest.mark.parametrize(
    "raw",
    [
        said(GROUP, text="/progress"),
        edited(GROUP, text="x"),
        membership("left", GROUP),
        pressed(message(GROUP, text="card")),
        said(GROUP, migrate_to_chat_id=-100),
    ],
)
def test_residents__groups_are_not_heard(raw: Json) -> None:
    assert hear_residents(raw) is None


@pytest.mark.parametrize("text", ["/duty", "/duty@SomeBot", "值班"])
def test_cadres__duty(text: str) -> None:
    assert heard(hear_cadres, said(text=text)).kind is InboundKind.DUTY


@pytest.mark.parametrize("text", ["/today", "今日"])
def test_cadres__today(text: str) -> None:
    assert heard(hear_cadres, said(text=text)).kind is InboundKind.PROGRESS


def test_cadres__bind_is_start_with_a_code() -> None:
    inbound = heard(hear_cadres, said(text="/bind K7-22"))
    assert (inbound.kind, inbound.text) == (InboundKind.START, "K7-22")


def test_cadres__in_a_group_the_sender_is_the_person() -> None:
    inbound = heard(hear_cadres, said(GROUP, text="已到现场"))
    assert (inbound.address.chat, inbound.sender, inbound.in_group) == ("-42", "1001", True)


def test_cadres__press_in_a_group_names_the_group() -> None:
    inbound = heard(hear_cadres, pressed(message(GROUP, text="card")))
    assert (inbound.address.chat, inbound.sender, inbound.in_group) == ("-42", "1001", True)


def test_cadres__anonymous_administrator_is_nobody() -> None:
    assert hear_cadres(said(GROUP, text="x", sender_chat=GROUP)) is None


def test_cadres__put_out_of_the_group() -> None:
    inbound = heard(hear_cadres, membership("left", GROUP))
    assert (inbound.kind, inbound.address.chat) == (InboundKind.BLOCKED, "-42")


def test_cadres__moved_group_says_its_new_id() -> None:
    inbound = heard(hear_cadres, said(GROUP, migrate_to_chat_id=-10042))
    assert (inbound.kind, inbound.text) == (InboundKind.MOVED, "-10042")
    assert inbound.sent_at.timestamp() == DATE


@pytest.mark.parametrize(
    "content",
    [
        {"migrate_from_chat_id": -1},
        {"new_chat_title": "x"},
        {"hologram": 1},
        {"new_chat_members": [PERSON]},
    ],
)
def test_cadres__telegram_speaking_in_a_group_is_not_heard(content: Json) -> None:
    assert hear_cadres(said(GROUP, **content)) is None
