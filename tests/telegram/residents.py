"""What people do in chats with a bot: write, send pictures, edit, press buttons.

The telephone side of the stand-in. Every action returns the Update that it made; the bot gets it
by its webhook or its next getUpdates. `chat_id` is the resident's own id in a private chat; in a
group `user_id` says who acts.
"""

from __future__ import annotations

import time
from copy import deepcopy
from itertools import count

from tests.telegram.desk import Desk, envelope, quoted
from tests.telegram.markup import detect_entities
from tests.telegram.model import Chat, Json, Press, Sent, buttons_of
from tests.telegram.schema import BotApiSchema
from tests.telegram.sending import document, photo_sizes, voice

_press_numbers = count(4_000_000_000_000_000_001)


class Residents:
    """Driving methods, mixed into the stand-in."""

    schema: BotApiSchema

    def desk(self, bot: str) -> Desk:
        raise NotImplementedError

    def residents_say(
        self,
        bot: str,
        chat_id: int,
        text: str,
        *,
        reply_to: Sent | int | None = None,
        user_id: int | None = None,
    ) -> Json:
        return self._incoming(bot, chat_id, _text(text), reply_to, user_id)

    def residents_start(self, bot: str, chat_id: int, payload: str = "") -> Json:
        """Open the chat by its Start button or a deep link t.me/bot?start=payload."""
        return self.residents_say(bot, chat_id, f"/start {payload}".strip())

    def residents_photo(
        self,
        bot: str,
        chat_id: int,
        data: bytes,
        caption: str = "",
        *,
        album: str | None = None,
        reply_to: Sent | int | None = None,
        user_id: int | None = None,
    ) -> Json:
        """Send a picture; pictures of one `album` share their media_group_id."""
        stored = self.desk(bot).bot.files.add("photo", data, "jpg")
        content: Json = {"photo": photo_sizes(stored)} | _caption(caption)
        if album:
            content["media_group_id"] = album
        return self._incoming(bot, chat_id, content, reply_to, user_id)

    def residents_voice(
        self, bot: str, chat_id: int, data: bytes, seconds: int = 3, *, user_id: int | None = None
    ) -> Json:
        stored = self.desk(bot).bot.files.add("voice", data, "oga")
        return self._incoming(bot, chat_id, {"voice": voice(stored, seconds)}, None, user_id)

    def residents_document(
        self,
        bot: str,
        chat_id: int,
        data: bytes,
        name: str,
        caption: str = "",
        *,
        user_id: int | None = None,
    ) -> Json:
        stored = self.desk(bot).bot.files.add("document", data, name.rpartition(".")[2])
        content = {"document": document(stored, name)} | _caption(caption)
        return self._incoming(bot, chat_id, content, None, user_id)

    def residents_location(
        self, bot: str, chat_id: int, latitude: float, longitude: float,
        *, user_id: int | None = None,
    ) -> Json:  # fmt: skip
        """Send a point; degrees, WGS-84 as telephones give them."""
        point = {"latitude": latitude, "longitude": longitude}
        return self._incoming(bot, chat_id, {"location": point}, None, user_id)

    def residents_contact(self, bot: str, chat_id: int, phone: str) -> Json:
        """Share the own telephone number by the button of a reply keyboard."""
        person = self.desk(bot).bot.person(chat_id)
        contact = {"phone_number": phone, "first_name": person["first_name"], "user_id": chat_id}
        return self._incoming(bot, chat_id, {"contact": contact}, None, None)

    def residents_edit(self, bot: str, chat_id: int, message_id: int, text: str) -> Json:
        """Change the text of a message that a person wrote earlier."""
        desk = self.desk(bot)
        sent = desk.bot.chats[chat_id].messages[message_id]
        sent.history.append(deepcopy(sent.message))
        sent.message.pop("entities", None)
        sent.message.update(_text(text), edit_date=int(time.time()))
        return self.emit(desk, "edited_message", sent.message, str(chat_id))

    def press(
        self,
        bot: str,
        sent: Sent,
        button: str,
        *,
        user_id: int | None = None,
        stale: bool = False,
    ) -> Json:
        """Press an inline button, named by its label or its data.

        `stale` also looks at keyboards that an edit has taken away, as a telephone shows them
        until the edit arrives. Raises `LookupError` when there is no such button.
        """
        desk = self.desk(bot)
        keyboards = [sent.message.get("reply_markup")]
        if stale:
            keyboards += [version.get("reply_markup") for version in sent.history]
        found = [b for k in keyboards for b in buttons_of(k)
                 if button in (b["text"], b.get("callback_data"))]  # fmt: skip
        data = next((b["callback_data"] for b in found if "callback_data" in b), None)
        if data is None:
            shown = [b["text"] for k in keyboards for b in buttons_of(k)]
            raise LookupError(f"no button {button!r} that sends data among {shown}")
        presser = desk.bot.person(user_id or sent.chat_id)
        press = Press(str(next(_press_numbers)), time.monotonic())
        desk.bot.presses[press.id] = press
        query = {
            "id": press.id,
            "from": presser,
            "message": deepcopy(sent.message),
            "chat_instance": f"instance{sent.chat_id}",
            "data": data,
        }
        return self.emit(desk, "callback_query", query, f"user {presser['id']}")

    def answer_to(self, bot: str, press: Json) -> Json | None:
        """What the bot answered to a press (its parameters), or None while it has not."""
        return self.desk(bot).bot.presses[press["callback_query"]["id"]].answer

    def raw_update(self, bot: str, update: Json, queue: str = "raw") -> Json:
        """Deliver any JSON as an update, unchecked; an update_id is added when it has none."""
        desk = self.desk(bot)
        whole: Json = dict(update)
        whole.setdefault("update_id", next(desk.bot.update_ids))
        desk.bot.past[whole["update_id"]] = (whole, queue)
        desk.feed.put_again(whole, queue)
        return whole

    def redeliver(self, bot: str, update_id: int, times: int = 1) -> None:
        """Deliver an earlier update again, as Telegram does when a confirmation got lost."""
        desk = self.desk(bot)
        update, queue = desk.bot.past[update_id]
        for _ in range(times):
            if desk.feed.has_webhook:
                desk.feed.put_again(update, queue)
            else:
                desk.bot.replays.append(update)
        desk.feed.wake()

    def emit(self, desk: Desk, kind: str, value: Json, queue: str) -> Json:
        """Make an update of this kind and queue it, having checked it against the schema."""
        update: Json = {"update_id": next(desk.bot.update_ids), kind: deepcopy(value)}
        problems = self.schema.problems_of("Update", update)
        if problems:
            raise ValueError(f"the stand-in made an impossible update: {problems}")
        desk.bot.past[update["update_id"]] = (update, queue)
        desk.feed.put(update, queue)
        return update

    def _incoming(
        self, bot: str, chat_id: int, content: Json, reply_to: Sent | int | None,
        user_id: int | None,
    ) -> Json:  # fmt: skip
        desk = self.desk(bot)
        chat = self._room(desk, chat_id)
        if chat.kind != "private" and user_id is None:
            raise ValueError("in a group, say who acts: user_id=")
        person = desk.bot.person(user_id or chat_id)
        chat.members.add(person["id"])
        message = envelope(desk.bot, chat, person) | content
        if reply_to is not None:
            target = reply_to.id if isinstance(reply_to, Sent) else reply_to
            message["reply_to_message"] = quoted(chat.messages[target].message)
        chat.messages[message["message_id"]] = Sent(message, from_bot=False)
        if chat.kind != "private" and not _bot_may_read(desk, message):
            return {"message": message}
        return self.emit(desk, "message", message, str(chat_id))

    def _room(self, desk: Desk, chat_id: int) -> Chat:
        chat = desk.bot.chats.get(chat_id)
        if chat is None:
            if chat_id < 0:
                raise LookupError("the bot is not in this group: use group() first")
            desk.bot.person(chat_id)
            chat = desk.bot.chats[chat_id] = Chat(chat_id, "private")
        if chat.standing == "blocked":
            self.unblock(desk.bot.name, chat_id)
        return chat

    def unblock(self, bot: str, chat_id: int) -> Json:
        raise NotImplementedError


def _bot_may_read(desk: Desk, message: Json) -> bool:
    """Privacy mode: in a group a bot sees commands, mentions of it and replies to it only."""
    text = str(message.get("text", message.get("caption", "")))
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    addressed = text.startswith("/") or f"@{desk.bot.username}" in text
    return desk.bot.reads_groups or addressed or replied == desk.bot.id


def _text(text: str) -> Json:
    entities = detect_entities(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption(caption: str) -> Json:
    return {"caption": caption} if caption else {}
