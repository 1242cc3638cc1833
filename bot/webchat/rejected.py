"""A request that the web chat does not take, with the sentence for the person."""

from __future__ import annotations

from routing.errors import LiandongError


class Rejected(LiandongError):
    """The request was not taken: answer with this status and sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
