"""One class for each reaction that a caller can have."""

from __future__ import annotations

from routing.errors import LiandongError


class Refused(LiandongError):
    """What was asked for is not allowed now; `say` names the sentence for the person."""

    def __init__(self, say: str, **slots: str) -> None:
        super().__init__(say)
        self.say = say
        self.slots = slots


class Conflict(LiandongError):
    """Somebody else changed the row meanwhile: read it again and decide again."""


class DeliveryError(LiandongError):
    """A message could not be delivered. Only the four subclasses are raised."""


class RetryLater(DeliveryError):
    """The channel cannot take the message now; try again after `seconds`."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason or f"retry after {seconds:.1f} s")
        self.seconds = seconds


class RecipientGone(DeliveryError):
    """The person blocked the bot, left, or never existed: stop sending to this chat."""


class AddressChanged(DeliveryError):
    """The chat has a new id."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"the chat moved to {chat}")
        self.chat = chat


class BadMessage(DeliveryError):
    """The channel will never take this message: list it for a human, go on with the next."""
