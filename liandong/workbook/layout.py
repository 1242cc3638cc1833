"""What a sheet of the workbook and a column of it are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from liandong.workbook.words import Words


class Kind(Enum):
    """How the text of a cell is understood."""

    TEXT = "文字"
    CODE = "编码"
    NUMBER = "整数"
    SHARE = "0 到 1 的数"
    DAY = "日期"
    CLOCK = "时间"
    SPAN = "时段"
    MONTH_DAY = "几月几日"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    header: str
    fields: Mapping[str, str]
    """Table to the name of its field; a table without one must leave the cell empty."""
    meaning: str
    """For the clerk: what belongs here."""
    kind: Kind = Kind.TEXT
    many: bool = False
    """Whether a cell may hold several values."""
    must: bool = False
    """Whether an empty cell is always a mistake."""
    may_lack: bool = False
    """Whether the column may be missing, because older workbooks do not have it."""
    words: Mapping[str, Words] = field(default_factory=dict)
    """Table to the words of its field."""
    names: str = ""
    """The table whose rows a code of this column names; `places` for divisions and grids."""
    shows: str = ""
    """The header of a column of reference behind it that says what the code names."""
    alert: str = ""
    """The code of the table whose cells stand out: there is something left to do."""
    width: int = 16

    def words_of(self, table: str) -> Words | None:
        """The words of a table's field, if it is written in words."""
        return self.words.get(table)

    @property
    def choices(self) -> tuple[str, ...]:
        """All words, for the drop-down list."""
        found = (word for each in self.words.values() for word in each.shown.values())
        return tuple(dict.fromkeys(found))

    @property
    def is_closed(self) -> bool:
        """Whether only the words may be written."""
        return bool(self.words) and all(each.closed for each in self.words.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. The first column of a sheet with two tables tells them apart."""

    title: str
    tables: tuple[str, ...]
    columns: tuple[Column, ...]
    key: Mapping[str, tuple[str, ...]]
    """The fields that a row of a table is known by."""
    may_be_empty: bool = False

    def column(self, table: str, name: str) -> Column | None:
        """The column that carries a field of a table."""
        return next((each for each in self.columns if each.fields.get(table) == name), None)

    def columns_of(self, table: str) -> Iterator[tuple[str, Column]]:
        """The fields of a table with their columns, in the order of the sheet."""
        for each in self.columns:
            if table in each.fields:
                yield each.fields[table], each
