"""The methods about the bot itself, its updates, its chats and its files."""

from __future__ import annotations

from tests.telegram.desk import Desk
from tests.telegram.faults import BotApiError
from tests.telegram.files import DOWNLOAD_LIMIT
from tests.telegram.model import Chat, Json

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
         "gifts_from_channels")  # fmt: skip


async def get_me(desk: Desk, params: Json) -> Json:
    return desk.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": desk.bot.reads_groups,
        "supports_inline_queries": False,
    }


async def get_updates(desk: Desk, params: Json) -> list[Json]:
    return await desk.feed.get_updates(params)


async def set_webhook(desk: Desk, params: Json) -> bool:
    await desk.feed.set_webhook(params)
    return True


async def delete_webhook(desk: Desk, params: Json) -> bool:
    await desk.feed.delete_webhook(params)
    return True


async def get_webhook_info(desk: Desk, params: Json) -> Json:
    return desk.feed.webhook_info()


async def get_file(desk: Desk, params: Json) -> Json:
    stored = desk.bot.files.get(params["file_id"])
    if len(stored.data) > DOWNLOAD_LIMIT:
        raise BotApiError(400, "Bad Request: file is too big")
    return stored.json() | {"file_path": stored.path}


async def get_chat(desk: Desk, params: Json) -> Json:
    chat = _known_chat(desk, params)
    return desk.bot.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


async def get_chat_member(desk: Desk, params: Json) -> Json:
    chat = _known_chat(desk, params)
    user_id = params["user_id"]
    if user_id == desk.bot.id:
        return {"status": "member", "user": desk.bot.user()}
    if user_id not in desk.bot.people:
        raise BotApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    status = "member" if user_id in chat.members else "left"
    return {"status": status, "user": desk.bot.person(user_id)}


async def leave_chat(desk: Desk, params: Json) -> bool:
    chat = _known_chat(desk, params)
    if chat.kind == "private":
        raise BotApiError(400, "Bad Request: chat member status can't be changed in private chats")
    chat.standing = "kicked"
    return True


async def set_my_commands(desk: Desk, params: Json) -> bool:
    desk.bot.profile[_commands_key(params)] = params["commands"]
    return True


async def get_my_commands(desk: Desk, params: Json) -> list[Json]:
    return list(desk.bot.profile.get(_commands_key(params), []))


def _commands_key(params: Json) -> str:
    scope = params.get("scope") or {"type": "default"}
    return f"commands {sorted(scope.items())} {params.get('language_code', '')}"


def _known_chat(desk: Desk, params: Json) -> Chat:
    chat = desk.bot.chats.get(params["chat_id"])
    if chat is None:
        raise BotApiError(400, "Bad Request: chat not found")
    return chat


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
}
