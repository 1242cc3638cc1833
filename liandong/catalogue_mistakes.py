"""The mistakes of a catalogue's file, shown before the sentence that refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from liandong.catalogue_file import BadCatalogue
from liandong.terminal import err
from liandong.workbook.report import mistakes_table


@contextmanager
def mistakes_shown() -> Iterator[None]:
    """A `BadCatalogue` goes on its way after a table of everything that is to be mended."""
    try:
        yield
    except BadCatalogue as exc:
        if exc.mistakes:
            err.print(mistakes_table(exc.mistakes))
        raise
