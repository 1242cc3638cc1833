"""Numbers of rows as they come in addresses and forms. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from console.problem import Problem


def number(text: str, what: str = "没有这一条。") -> int:
    """The number of a row. Raises `Problem` 404 with `what`."""
    if not _is_number(text):
        raise Problem(404, what)
    return int(text)


def numbers(texts: Iterable[str]) -> set[int]:
    """Every number among ticked boxes; what is none was not made by our page."""
    return {int(text) for text in texts if _is_number(text)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
