"""Raw Telegram JSON for the translation tests. People and numbers are invented."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
DATE = 1772413200  # 2026-03-02T01:00:00Z
PERSON: Json = {"id": 1001, "is_bot": False, "first_name": "Li"}
PRIVATE: Json = {"id": 1001, "type": "private", "first_name": "Li"}
GROUP: Json = {"id": -42, "type": "group", "title": "G"}


def message(chat: Json = PRIVATE, **content: Any) -> Json:
    """A message; `sender=` puts somebody else than the usual person."""
    sender = content.pop("sender", PERSON)
    return {"message_id": 7, "date": DATE, "chat": chat, "from": sender} | content


def said(chat: Json = PRIVATE, **content: Any) -> Json:
    """An update with a message."""
    return {"update_id": 55, "message": message(chat, **content)}


def edited(chat: Json = PRIVATE, **content: Any) -> Json:
    """An update with an edited message."""
    return {"update_id": 55, "edited_message": message(chat, edit_date=DATE + 60, **content)}


def pressed(card: Json | None, data: str | None = "t:LD-1:withdraw") -> Json:
    """An update with a pressed button below `card`."""
    query = {"id": "9", "from": PERSON, "chat_instance": "c", "message": card, "data": data}
    kept = {key: value for key, value in query.items() if value is not None}
    return {"update_id": 55, "callback_query": kept}


def membership(status: str, chat: Json = PRIVATE) -> Json:
    """The bot's own standing in a chat has changed."""
    bot = {"id": 7, "is_bot": True, "first_name": "B"}
    old: Json = {"status": "member", "user": bot}
    new: Json = {"status": status, "user": bot}
    if status == "kicked":
        new["until_date"] = 0
    body = {"chat": chat, "from": PERSON, "date": DATE}
    return {
        "update_id": 55,
        "my_chat_member": body | {"old_chat_member": old, "new_chat_member": new},
    }


FILE: Json = {"file_id": "F1", "file_unique_id": "U1"}
SIZES: list[Json] = [
    FILE | {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
    FILE | {"file_id": "large", "width": 1280, "height": 853, "file_size": 90000},
    FILE | {"file_id": "middle", "width": 320, "height": 213, "file_size": 9000},
]
STICKER: Json = FILE | {
    "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False,
}  # fmt: skip
POLL: Json = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip
