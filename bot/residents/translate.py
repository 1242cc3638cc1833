"""aiogram's updates in our own words. Pure: nothing is looked up, nothing decided.

The residents' bot lives in private chats only. What somebody shows to a group is not for it,
and what it knows of a resident is not for a group, so groups are not heard at all.
"""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update

from bot.residents.content import content_of
from bot.text import clean
from services.messages import Address, BotName, Inbound, InboundKind


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
    )


def _edited(message: Message, number: str) -> Inbound | None:
    words = message.text if message.text is not None else message.caption
    sender = _sender(message)
    if words is None or sender is None:
        return None
    edited = message.edit_date
    return Inbound(
        address=_address(message.chat.id),
        update_id=number,
        kind=InboundKind.EDITED,
        sender=sender,
        sent_at=message.date.astimezone(UTC) if not edited else datetime.fromtimestamp(edited, UTC),
        text=clean(words),
        message_id=str(message.message_id),
    )


def _press(press: CallbackQuery, number: str, now: datetime) -> Inbound | None:
    card = press.message
    if not press.data or (card is not None and card.chat.type != ChatType.PRIVATE):
        return None
    return Inbound(
        # In a private chat the person's id is the chat's: enough when the card is not told.
        address=_address(press.from_user.id if card is None else card.chat.id),
        update_id=number,
        kind=InboundKind.PRESS,
        sender=str(press.from_user.id),
        sent_at=now,
        data=clean(press.data),
        message_id=None if card is None else str(card.message_id),
    )


def _membership(change: ChatMemberUpdated, number: str) -> Inbound | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    gone = change.new_chat_member.status in (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)
    return Inbound(
        address=_address(change.chat.id),
        update_id=number,
        kind=InboundKind.BLOCKED if gone else InboundKind.UNBLOCKED,
        sender=str(change.from_user.id),
        sent_at=change.date.astimezone(UTC),
    )


def _sender(message: Message) -> str | None:
    """The person who wrote, in a private chat; None for groups, channels and other bots."""
    person = message.from_user
    if message.chat.type != ChatType.PRIVATE or person is None or person.is_bot:
        return None
    return str(person.id)


def _address(chat: int) -> Address:
    return Address("telegram", BotName.RESIDENTS, str(chat))
