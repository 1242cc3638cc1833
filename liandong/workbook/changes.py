"""What an import would change, line by line, in the words of the workbook. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest

from liandong.workbook.cells import alike, shown
from liandong.workbook.columns import SHEETS
from liandong.workbook.layout import Sheet
from liandong.workbook.names import Names, Tables

Row = Mapping[str, str]
Key = tuple[str, ...]
Pair = tuple[Row | None, Row | None]


class ChangeKind(Enum):
    """What happens to a row."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is not as it was; `line` says it to a clerk."""

    kind: ChangeKind
    sheet: str
    table: str
    key: Key
    line: str


def changes_between(old: Tables, new: Tables) -> tuple[Change, ...]:
    """Everything that differs, sheet by sheet; empty when both are the same county."""
    old_names, new_names = Names(old), Names(new)
    found: list[Change] = []
    for sheet in SHEETS:
        for table in sheet.tables:
            before = [_meant(sheet, table, row) for row in old.get(table, ())]
            after = [_meant(sheet, table, row) for row in new.get(table, ())]
            key = sheet.key[table]
            pairs = _shifts(before, after) if table == "duty" else _by_key(key, before, after)
            teller = _Teller(sheet, table, old_names, new_names)
            found.extend(teller.change(*pair) for pair in pairs)
    return tuple(found)


def _meant(sheet: Sheet, table: str, row: Row) -> Row:
    return {name: alike(column, row.get(name, "")) for name, column in sheet.columns_of(table)}


def _by_key(key: Key, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Pair]:
    """Rows with one key belong together; their order has no meaning."""
    old = {tuple(row[name] for name in key): row for row in before}
    new = {tuple(row[name] for name in key): row for row in after}
    for each, row in old.items():
        if row != new.get(each):
            yield row, new.get(each)
    yield from ((None, row) for each, row in new.items() if each not in old)


def _shifts(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Pair]:
    """Within a unit the first shift that fits counts, so that their order is compared too."""
    units = dict.fromkeys(row["unit"] for row in (*before, *after))
    for unit in units:
        old = [row for row in before if row["unit"] == unit]
        new = [row for row in after if row["unit"] == unit]
        was, now = ([tuple(row.values()) for row in rows] for rows in (old, new))
        for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if tag != "equal":
                yield from zip_longest(old[a:b], new[c:d])


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says what happened to the rows of one table."""

    sheet: Sheet
    table: str
    old_names: Names
    new_names: Names

    def change(self, old: Row | None, new: Row | None) -> Change:
        row = new or old or {}
        key = tuple(row[name] for name in self.sheet.key[self.table])
        if old is not None and new is not None:
            kind, names = ChangeKind.CHANGED, self.old_names
            line = f"{self._title(old, names)} {self._differences(old, new)}"
        else:
            kind = ChangeKind.REMOVED if new is None else ChangeKind.ADDED
            names = self.old_names if new is None else self.new_names
            line = f"{self._title(row, names)} {self._rest(row, names)}".rstrip()
        return Change(kind, self.sheet.title, self.table, key, line)

    def _title(self, row: Row, names: Names) -> str:
        """The sheet and what the row is known by."""
        if self.table == "duty":
            unit = names.of("units", row["unit"]) or row["unit"]
            day = row["day"] or self._words("weekday", row, names)
            return f"{self.sheet.title} {unit} {day} {row['start']}–{row['end']}"
        if self.table == "hours":
            unit = self._words("applies_to", row, names)
            season = f" {row['season_from']}–{row['season_to']}" if row["season_from"] else ""
            return f"{self.sheet.title} {unit}{season}"
        return " ".join((self.sheet.title, *(row[name] for name in self.sheet.key[self.table])))

    def _rest(self, row: Row, names: Names) -> str:
        """A few words more, so that nobody has to know codes by heart."""
        if self.table == "duty":
            return f"{self._words('cadre', row, names)} {self._words('role', row, names)}"
        if self.table == "hours":
            return self._words("slots", row, names)
        if self.table == "precedents":
            return self._words("owner", row, names)
        if self.table == "aliases":
            return self._words("code", row, names)
        return row.get("name") or row.get("title", "")

    def _differences(self, old: Row, new: Row) -> str:
        parts = []
        for name, column in self.sheet.columns_of(self.table):
            if old[name] != new[name]:
                was = self._words(name, old, self.old_names)
                now = self._words(name, new, self.new_names)
                if was == now:  # two people of one name
                    was, now = f"{was}({old[name]})", f"{now}({new[name]})"
                parts.append(f"{column.shows or column.header}: {was} → {now}")
        return "；".join(parts)

    def _words(self, name: str, row: Row, names: Names) -> str:
        column = next(c for field, c in self.sheet.columns_of(self.table) if field == name)
        if column.names and not column.many and (found := names.of(column.names, row[name])):
            return found
        return shown(column, self.table, row[name]) or "（空）"
