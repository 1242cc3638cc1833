"""What must hold for what ended: it says what took its place, and every chain arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.problems import Problem

Row = Mapping[str, str]


def check_succession(sheet: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """The mistakes in validity and successors of a sheet (`divisions` or `grids`)."""
    known = {row.get("code", ""): row for row in rows}
    for number, row in enumerate(rows, 2):
        begun, ended = row.get("valid_from", ""), row.get("valid_to", "")
        successors = _successors(row)
        if begun and ended and begun >= ended:
            yield Problem(sheet, number, "valid_to", "停用日期应在启用日期之后")
        if ended and not successors:
            yield Problem(sheet, number, "successors", "停用的要写明由哪个（些）编码承接")
        if successors and not ended:
            yield Problem(sheet, number, "valid_to", "有承接编码就要写停用日期")
        for code in successors:
            if code not in known:
                yield Problem(sheet, number, "successors", f"承接编码“{code}”不存在，请核对")
            elif known[code].get("level") != row.get("level"):
                yield Problem(sheet, number, "successors", f"承接编码“{code}”的级别与它不同")
        if _turns_back(row.get("code", ""), known):
            yield Problem(sheet, number, "successors", "承接关系绕回了自己，请核对")


def _successors(row: Row) -> list[str]:
    return [part.strip() for part in row.get("successors", "").split("|") if part.strip()]


def _turns_back(start: str, known: Mapping[str, Row]) -> bool:
    waiting, seen = _successors(known.get(start, {})), set[str]()
    while waiting:
        code = waiting.pop()
        if code == start:
            return True
        if code not in seen and code in known:
            seen.add(code)
            waiting.extend(_successors(known[code]))
    return False
