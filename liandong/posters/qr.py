"""A QR code as rectangles: sharp at every size, and smaller than a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Light modules around the symbol (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A square of `size` modules without quiet zone; rectangles are (x, y, w, h) in modules."""

    size: int
    rectangles: tuple[tuple[int, int, int, int], ...]


def symbol(text: str) -> Symbol:
    """The QR code of a text, error correction Q: a quarter of it may be torn or dirty.

    Where the same size has room for it segno raises the correction to H.
    """
    code = segno.make_qr(text, error="q")
    rows = [bytes(row) for row in code.matrix]
    return Symbol(len(rows), tuple(_merged(rows)))


def _merged(rows: list[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Dark runs, drawn together with the same run in the rows below."""
    open_runs: dict[tuple[int, int], int] = {}
    for y, row in enumerate([*rows, b""]):
        runs = set(_runs(row))
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            yield run[0], top, run[1], y - top
        for run in runs:
            open_runs.setdefault(run, y)


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = None
    for x, dark in enumerate(b"%b\0" % row):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
