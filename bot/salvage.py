"""What can be kept of an update that a library cannot read.

Both libraries refuse a whole batch when one update in it has a shape they do not know (a newer
Bot API, a new kind of sender). That would silence every resident behind it, so the few fields
that we need ourselves are picked out and read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_UPDATE_PARTS = ("message", "edited_message", "callback_query")
_KEPT = {
    "message_id": int,
    "date": int,
    "edit_date": int,
    "text": str,
    "caption": str,
    "id": str,
    "data": str,
    "chat_instance": str,
}


def salvage(raw: object) -> dict[str, Any] | None:
    """The plain core of a raw update, or None when it does not even carry an update id.

    (`Any`: it is JSON on its way into a library.)
    """
    if not isinstance(raw, Mapping) or not _is_int(raw.get("update_id")):
        return None
    kept: dict[str, Any] = {"update_id": raw["update_id"]}
    for part in _UPDATE_PARTS:
        body = _body(raw.get(part))
        if body is not None:
            kept[part] = body
    return kept


def _body(raw: object) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping):
        return None
    sender, chat = raw.get("from"), raw.get("chat")
    if not isinstance(sender, Mapping) or not _is_int(sender.get("id")):
        return None
    body: dict[str, Any] = {
        name: raw[name] for name, kind in _KEPT.items() if isinstance(raw.get(name), kind)
    }
    body["from"] = {
        "id": sender["id"],
        "is_bot": sender.get("is_bot") is True,
        "first_name": "-",
    }
    if isinstance(chat, Mapping) and _is_int(chat.get("id")):
        body["chat"] = {"id": chat["id"], "type": str(chat.get("type"))}
    return body


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
