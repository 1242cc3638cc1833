"""A file of areas that a clerk hands in, and what it would change. Imported only where needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rich.markup import escape
from rich.table import Table

from liandong.workbook.names import Names, Tables
from routing.area_features import read, write
from routing.areas import area_rows, read_areas
from routing.errors import LiandongError
from routing.problems import Problem

LARGEST_FILE = 20 * 2**20
"""Every village of a county in full detail has a few MB."""
_KINDS = {"centre": "中心点", "boundary": "边界"}

Row = Mapping[str, str]


class BadAreaFile(LiandongError):
    """这个文件不能导入；请用测绘软件另存为 GeoJSON（UTF-8）。"""


def read_area_file(
    path: Path, tables: Tables
) -> tuple[tuple[dict[str, str], ...], tuple[Problem, ...]]:
    """The rows of a file, and everything that is wrong with it.

    Raises `BadAreaFile` for what is no GeoJSON at all.
    """
    known = {row["code"] for table in ("divisions", "grids") for row in tables.get(table, ())}
    features, problems = read(_document(path), known)
    return area_rows(features), problems


def write_area_file(tables: Tables, file: BinaryIO) -> int:
    """Write the areas that a county has, with their names; gives their number."""
    names = Names(tables)
    features, _ = read_areas(tables.get("areas", ()))
    ordered = sorted(features, key=lambda each: (len(each.code), each.code, each.kind))
    named = [replace(each, name=names.of("places", each.code)) for each in ordered]
    file.write(json.dumps(write(named), ensure_ascii=False).encode() + b"\n")
    return len(named)


def problems_table(problems: Sequence[Problem]) -> Table:
    """Every mistake with the number of its feature."""
    table = Table(highlight=False)
    for header in ("要素", "属性", "怎么改"):
        table.add_column(header, overflow="fold")
    for each in problems:
        where = f"第 {each.row} 个" if each.row else "整个文件"
        table.add_row(where, *map(escape, (each.column, each.mend)))
    return table


@dataclass(frozen=True, slots=True)
class AreaChanges:
    """Codes and kinds (中心点, 边界) with their names, as a clerk reads them."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def summary(self) -> str:
        """One line for the county's history: 区域 +1 ~2."""
        counts = (("+", self.added), ("−", self.removed), ("~", self.changed))
        return " ".join(("区域", *(f"{mark}{len(each)}" for mark, each in counts if each)))

    @property
    def lines(self) -> Iterator[str]:
        """One for each area."""
        for mark, each in (("+", self.added), ("−", self.removed), ("~", self.changed)):
            yield from (f"{mark} 区域 {line}" for line in each)


def area_changes(tables: Tables, new: Sequence[Row]) -> AreaChanges:
    """What differs; the order of features and the writing of numbers have no meaning."""
    # What is kept is read once more, so that only the shape counts.
    before = _by_key(area_rows(read_areas(tables.get("areas", ()))[0]))
    after = _by_key(new)
    names = Names(tables)

    def told(keys: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        return tuple(
            f"{code} {names.of('places', code)} {_KINDS[kind]}" for code, kind in sorted(keys)
        )

    return AreaChanges(
        told([key for key in after if key not in before]),
        told([key for key in before if key not in after]),
        told([key for key, row in after.items() if before.get(key, row) != row]),
    )


def _by_key(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    return {(row["code"], row["kind"]): row for row in rows}


def _document(path: Path) -> object:
    if not path.is_file():
        raise BadAreaFile(f"没有 {path} 这个文件，请核对文件名和所在的文件夹")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadAreaFile(f"{path.name} 超过 {LARGEST_FILE >> 20} MB，请先简化边界")
        found: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise BadAreaFile(f"{path} 读不了（{exc.strerror}），请检查权限") from exc
    except (ValueError, RecursionError) as exc:
        raise BadAreaFile(f"{path.name} 不是 GeoJSON：{BadAreaFile.__doc__}") from exc
    return found
