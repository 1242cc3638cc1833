"""The root of every error that this product raises on purpose.

It lives in the innermost package so that every layer can derive from it without importing
anything that does I/O.
"""

from __future__ import annotations


class LiandongError(Exception):
    """Something went wrong that an operator can act on."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())
