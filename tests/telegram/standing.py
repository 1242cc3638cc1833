"""Where a bot stands with people and groups: blocked, added, removed, moved to a supergroup."""

from __future__ import annotations

import time

from tests.telegram.desk import Desk, envelope
from tests.telegram.model import Chat, Json
from tests.telegram.residents import Residents


class Standing(Residents):
    """Driving methods about membership, mixed into the stand-in."""

    def person(self, bot: str, user_id: int, first_name: str, username: str | None = None) -> Json:
        """Give a person a name before they act."""
        known = self.desk(bot).bot.person(user_id)
        known["first_name"] = first_name
        if username:
            known["username"] = username
        return known

    def block(self, bot: str, chat_id: int) -> Json:
        """The resident blocks the bot; sends from now on are answered 403."""
        return self._change(bot, chat_id, "blocked", chat_id)

    def unblock(self, bot: str, chat_id: int) -> Json:
        return self._change(bot, chat_id, "member", chat_id)

    def deactivate(self, bot: str, chat_id: int) -> None:
        """The resident's account is gone; the bot learns it from a 403 only."""
        self.desk(bot).bot.chats[chat_id].standing = "deactivated"

    def group(
        self, bot: str, chat_id: int, title: str, *, added_by: int, kind: str = "supergroup"
    ) -> Json:
        """A person adds the bot to a group (kind "group" or "supergroup")."""
        desk = self.desk(bot)
        chat = desk.bot.chats.setdefault(chat_id, Chat(chat_id, kind, title, standing="kicked"))
        chat.members.add(added_by)
        return self._change(bot, chat_id, "member", added_by)

    def remove_from_group(self, bot: str, chat_id: int, *, by: int) -> Json:
        return self._change(bot, chat_id, "kicked", by)

    def migrate(self, bot: str, chat_id: int, new_chat_id: int) -> None:
        """A group becomes a supergroup: the old id is refused, with the new one in the answer."""
        desk = self.desk(bot)
        old = desk.bot.chats[chat_id]
        new = Chat(new_chat_id, "supergroup", old.title, members=set(old.members))
        desk.bot.chats[new_chat_id] = new
        old.migrated_to = new_chat_id
        self._service(desk, old, {"migrate_to_chat_id": new_chat_id})
        self._service(desk, new, {"migrate_from_chat_id": chat_id})

    def _service(self, desk: Desk, chat: Chat, content: Json) -> None:
        sender = desk.bot.person(min(chat.members))
        message = envelope(desk.bot, chat, sender) | content
        self.emit(desk, "message", message, str(chat.id))

    def _change(self, bot: str, chat_id: int, standing: str, by: int) -> Json:
        desk = self.desk(bot)
        chat = desk.bot.chats[chat_id]
        before, chat.standing = chat.standing, standing
        change = {
            "chat": desk.bot.chat_json(chat),
            "from": desk.bot.person(by),
            "date": int(time.time()),
            "old_chat_member": _membership(desk, before),
            "new_chat_member": _membership(desk, standing),
        }
        return self.emit(desk, "my_chat_member", change, str(chat_id))


def _membership(desk: Desk, standing: str) -> Json:
    if standing == "member":
        return {"status": "member", "user": desk.bot.user()}
    return {"status": "kicked", "user": desk.bot.user(), "until_date": 0}
