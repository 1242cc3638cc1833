"""python-telegram-bot's updates in our own words. Pure: nothing is looked up or decided.

Cadres work in private chats and in their unit's group, so a message always says who wrote it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot.cadres.content import content_of
from bot.text import clean
from services.messages import Address, BotName, Inbound, InboundKind

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def translate(update: Update, now: datetime) -> Inbound | None:
    """What `update` says, or None when it is not for us.

    `now` dates what Telegram does not date (a pressed button).
    """
    number = str(update.update_id)
    if update.message is not None:
        return _message(update.message, number)
    if update.edited_message is not None:
        return _edited(update.edited_message, number)
    if update.callback_query is not None:
        return _press(update.callback_query, number, now)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, number)
    return None


def _message(message: Message, number: str) -> Inbound | None:
    if message.migrate_to_chat_id is not None:
        return _moved(message, message.migrate_to_chat_id, number)
    content = content_of(message)
    sender = _sender(message)
    if content is None or sender is None:
        return None
    quoted = message.reply_to_message
    return Inbound(
        address=_address(message.chat.id),
        update_id=number,
        kind=content.kind,
        sender=sender,
        sent_at=message.date.astimezone(UTC),
        text=content.text,
        message_id=str(message.message_id),
        reply_to=None if quoted is None else str(quoted.message_id),
        attachment=content.attachment,
        location=content.location,
        in_group=_is_group(message.chat),
    )


def _moved(message: Message, new_chat: int, number: str) -> Inbound:
    person = message.from_user
    return Inbound(
        address=_address(message.chat.id),
        update_id=number,
        kind=InboundKind.MOVED,
        sender="" if person is None else str(person.id),
        sent_at=message.date.astimezone(UTC),
        text=str(new_chat),
        in_group=True,
    )


def _edited(message: Message, number: str) -> Inbound | None:
    words = message.text if message.text is not None else message.caption
    sender = _sender(message)
    if words is None or sender is None:
        return None
    return Inbound(
        address=_address(message.chat.id),
        update_id=number,
        kind=InboundKind.EDITED,
        sender=sender,
        sent_at=(message.edit_date or message.date).astimezone(UTC),
        text=clean(words),
        message_id=str(message.message_id),
        in_group=_is_group(message.chat),
    )


def _press(press: CallbackQuery, number: str, now: datetime) -> Inbound | None:
    if not press.data:
        return None
    card = press.message
    return Inbound(
        # In a private chat the person's id is the chat's: enough when the card is not told.
        address=_address(press.from_user.id if card is None else card.chat.id),
        update_id=number,
        kind=InboundKind.PRESS,
        sender=str(press.from_user.id),
        sent_at=now,
        data=clean(press.data),
        message_id=None if card is None else str(card.message_id),
        in_group=card is not None and _is_group(card.chat),
    )


def _membership(change: ChatMemberUpdated, number: str) -> Inbound | None:
    if change.chat.type not in (ChatType.PRIVATE, *_GROUPS):
        return None
    member = change.new_chat_member
    gone = member.status in (ChatMember.BANNED, ChatMember.LEFT)
    return Inbound(
        address=_address(change.chat.id),
        update_id=number,
        kind=InboundKind.BLOCKED if gone else InboundKind.UNBLOCKED,
        sender=str(change.from_user.id),
        sent_at=change.date.astimezone(UTC),
        in_group=_is_group(change.chat),
    )


def _sender(message: Message) -> str | None:
    """The person who wrote. None when nobody can be named: channels, other bots, and group
    administrators who write anonymously (they all share one account)."""
    person = message.from_user
    if message.chat.type not in (ChatType.PRIVATE, *_GROUPS):
        return None
    if person is None or person.is_bot or message.sender_chat is not None:
        return None
    return str(person.id)


def _is_group(chat: Chat) -> bool:
    return chat.type in _GROUPS


def _address(chat: int) -> Address:
    return Address("telegram", BotName.CADRES, str(chat))
