"""A workbook is right when `load_county` takes its tables; mistakes are told in terms of Excel."""

from __future__ import annotations

from collections.abc import Iterator

from liandong.workbook.mistakes import Mistake, in_order, translated
from liandong.workbook.reading import Book
from routing.county_tables import load_county
from routing.problems import CountyDataError


def mistakes_of(book: Book) -> list[Mistake]:
    """Every mistake, in the order of the sheets; an empty list is a county that can be served.

    While sheets, columns or codes are missing, nothing is said of what hangs together between them:
    everything would.
    """
    return in_order([*book.mistakes, *_between_the_sheets(book)])


def _between_the_sheets(book: Book) -> Iterator[Mistake]:
    if not book.is_whole:
        return
    try:
        load_county(book.tables)
    except CountyDataError as exc:
        named = set(book.unsure)
        for problem in exc.problems:
            mistake = translated(problem, book.rows, book.letters)
            if mistake.row and mistake.place in named:
                continue  # a cell has to be mended once, whatever follows from it
            named.add(mistake.place)
            yield mistake
