"""The page of the workbook names the sheets and headers that are read."""

from __future__ import annotations

from liandong.workbook.columns import GUIDE, REFERENCE, REMARK, SHEETS
from liandong.workbook.opening import LARGEST_FILE, MOST_ROWS
from tests.docs.generated import WORKBOOK, written
from tests.docs.pages import table
from tests.docs.workbook_table import sheets_table


def test_sheets__are_documented_as_they_are() -> None:
    assert written("sheets") == sheets_table()
    assert [row[0] for row in table(written("sheets"))] == [sheet.title for sheet in SHEETS]


def test_page__uses_the_names_and_limits_of_the_code() -> None:
    text = WORKBOOK.read_text(encoding="utf-8")
    for words in (GUIDE, REFERENCE, REMARK, f"{MOST_ROWS:,} rows", f"{LARGEST_FILE >> 20} MB"):
        assert words in text, words
