"""A request that cannot be done, as a status and a sentence for whoever sits before the page."""

from __future__ import annotations

from routing.errors import LiandongError


class Problem(LiandongError):
    """A request that cannot be done; nothing was changed."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
