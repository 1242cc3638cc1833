"""Where a sentence stands in the files already; they are read again when they have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol

from services.learning.bare import plain_letters
from services.learning.edits import Placed
from services.learning.review_items import Twin


class Sentences(Protocol):
    """The files, as far as it takes to find a sentence in them."""

    async def sentences(self, intent: str | None = None) -> list[Placed]:
        """The examples with the places where they stand."""
        ...


class KnownExamples:
    """`services.learning.review_book.Examples` over the sentence files."""

    def __init__(self, files: Sentences, stamp: Callable[[], object]) -> None:
        """`stamp` is another value after every change of the files, and quick."""
        self._files = files
        self._stamp = stamp
        self._read: object = None
        self._twins: dict[str, list[Twin]] = {}

    async def twins(self, text: str) -> list[Twin]:
        """Where the same sentence stands."""
        return (await self.twins_of([text]))[0]

    async def twins_of(self, texts: Sequence[str]) -> list[list[Twin]]:
        """The same for many, with one look at whether the files have changed."""
        await self._look()
        return [list(self._twins.get(plain_letters(text), ())) for text in texts]

    async def _look(self) -> None:
        stamp = self._stamp()
        if stamp != self._read:
            found: dict[str, list[Twin]] = defaultdict(list)
            for each in await self._files.sentences():
                found[plain_letters(each.sentence.text)].append(_twin(each))
            self._twins, self._read = dict(found), stamp


def _twin(placed: Placed) -> Twin:
    where = f"{placed.file} 第{placed.line}行"
    return Twin(placed.sentence.text, placed.sentence.intent, placed.part, where)
