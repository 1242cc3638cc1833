"""Every mistake of a plan at once, each with its row and how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from routing.migration.grids import MOST_GRIDS, new_numbers
from routing.migration.plan import GRIDS, SHEET, PlanRow
from routing.migration.tables import Change, Row, division_of, is_present
from routing.problems import Problem

_LENGTHS = {"township": 9, "village": 12}
_SAID = {"township": "乡镇", "village": "村（社区）"}


def check_plan(change: Change) -> Iterator[Problem]:
    """The mistakes of a plan whose form is right."""
    known = change.divisions
    for row in change.plan.rows:
        yield from _old(change, row, known.get(row.old_code))
        yield from _code(change, row, known)
        yield from _parent(change, row, known)
    yield from _contradictions(change)
    yield from _left_behind(change, known)
    yield from _splits(change)
    yield from _too_many_grids(change)


def _problem(row: PlanRow, column: str, mend: str) -> Problem:
    return Problem(SHEET, row.number, column, mend)


def _old(change: Change, row: PlanRow, old: Row | None) -> Iterator[Problem]:
    if old is None:
        yield _problem(row, "old_code", f"现有区划里没有编码“{row.old_code}”，请核对")
        return
    if not is_present(old):
        since = old.get("valid_to")
        yield _problem(row, "old_code", f"“{old.get('name')}”已于{since}停用，不能再改")
        return
    if old.get("level") not in _LENGTHS:
        yield _problem(row, "old_code", "县本级不能用这份方案调整")
        return
    if row.old_name not in {old.get("name"), old.get("short_name"), division_of(old).spoken_name}:
        mend = f"编码{row.old_code}现在叫“{old.get('short_name')}”，与“{row.old_name}”不符，请核对"
        yield _problem(row, "old_name", mend)
    if row.level and row.level != old.get("level"):
        said = _SAID.get(old.get("level", ""), "")
        yield _problem(row, "new_level", f"“{row.old_name}”是{said}，调整后的级别要相同")
    begun = old.get("valid_from", "")
    if begun and begun >= change.day.isoformat():
        yield _problem(row, "old_code", f"它从{begun}才启用，调整日期{change.day}要在那之后")


def _code(change: Change, row: PlanRow, known: dict[str, Row]) -> Iterator[Problem]:
    length = _LENGTHS.get(row.level)
    code = row.new_code
    if length and not (code.isascii() and code.isdecimal() and len(code) == length):
        yield _problem(row, "new_code", f"“{code}”应为{length}位数字的区划代码")
    elif row.level and row.parent_code and not code.startswith(row.parent_code):
        yield _problem(row, "new_code", f"“{code}”应以上级编码“{row.parent_code}”开头")
    target = known.get(code)
    if target is None:
        return
    if not is_present(target):
        yield _problem(row, "new_code", f"“{code}”是已停用的“{target.get('name')}”的编码，不能再用")
    elif code in change.plan.ending:
        at = change.plan.of(code)[0].number
        yield _problem(row, "new_code", f"“{code}”在第{at}行被撤销，请直接写最后的编码")
    elif not change.plan.of(code):
        yield from _as_it_is(row, target)


def _as_it_is(row: PlanRow, target: Row) -> Iterator[Problem]:
    """A division that takes others in without a row of its own keeps what it is called."""
    for column, value, present in (
        ("new_level", row.level, target.get("level", "")),
        ("new_name", row.name, target.get("name", "")),
        ("new_short_name", row.short_name, target.get("short_name", "")),
        ("new_parent_code", row.parent_code, target.get("parent_code", "")),
    ):
        if value and value != present:
            mend = f"“{row.new_code}”现在是“{present}”；如果它自己也改，请给它写一行"
            yield _problem(row, column, mend)


def _parent(change: Change, row: PlanRow, known: dict[str, Row]) -> Iterator[Problem]:
    wanted = {"township": "county", "village": "township"}.get(row.level)
    if wanted is None or not row.parent_code:
        return
    parent = known.get(row.parent_code)
    founded = [each for each in change.plan.into(row.parent_code) if each.level == wanted]
    if row.parent_code in change.plan.ending:
        at = change.plan.of(row.parent_code)[0].number
        mend = f"上级“{row.parent_code}”在第{at}行被撤销，请写新的上级"
    elif founded or (parent is not None and is_present(parent) and parent["level"] == wanted):
        return
    else:
        mend = f"上级“{row.parent_code}”不存在或级别不对"
    yield _problem(row, "new_parent_code", mend)


def _contradictions(change: Change) -> Iterator[Problem]:
    first: dict[str, PlanRow] = {}
    pairs: dict[tuple[str, str], PlanRow] = {}
    for row in change.plan.rows:
        pair = pairs.setdefault((row.old_code, row.new_code), row)
        if pair is not row:
            yield _problem(row, "new_code", f"与第{pair.number}行重复，请删掉其中一行")
            continue
        earlier = first.setdefault(row.new_code, row)
        for column, value, other in _attributes(row, earlier):
            if value != other:
                mend = f"与第{earlier.number}行对“{row.new_code}”的写法不一致，请统一"
                yield _problem(row, column, mend)


def _attributes(row: PlanRow, other: PlanRow) -> tuple[tuple[str, str, str], ...]:
    """What two rows say of a new division: (column, this one, the other one)."""
    return (
        ("new_level", row.level, other.level),
        ("new_name", row.name, other.name),
        ("new_short_name", row.short_name, other.short_name),
        ("new_parent_code", row.parent_code, other.parent_code),
        ("new_urban_rural", row.urban_rural, other.urban_rural),
    )


def _left_behind(change: Change, known: dict[str, Row]) -> Iterator[Problem]:
    """A township ends, and a village in it has no row."""
    for row in change.plan.rows:
        if row.old_code not in change.plan.ending or row is not change.plan.of(row.old_code)[0]:
            continue
        for village in known.values():
            inside = village.get("parent_code") == row.old_code and is_present(village)
            if inside and not change.plan.of(village["code"]):
                name = f"{village.get('short_name')}（{village['code']}）"
                mend = f"{row.old_name}撤销，它的村{name}没有写去向，请加一行"
                yield _problem(row, "old_code", mend)


def _splits(change: Change) -> Iterator[Problem]:
    for code in change.plan.old_codes:
        rows = change.plan.of(code)
        if len(rows) < 2 or rows[0].level != "village":
            for row in rows:
                if row.grids:
                    yield _problem(row, GRIDS, "只有一村分成几村时才写 grids，请清空")
            continue
        yield from _shares(change, rows)


def _shares(change: Change, rows: tuple[PlanRow, ...]) -> Iterator[Problem]:
    """Each old grid of a village that is split goes to exactly one part."""
    there = {int(grid.get("number") or 0) for grid in change.grids_of(rows[0].old_code)}
    given: dict[int, PlanRow] = {}
    for row in rows:
        if not row.grids:
            yield _problem(row, GRIDS, "一村分成几村，要写明带走的原网格序号，如 1|2")
        for number in row.grids:
            if number not in there:
                yield _problem(row, GRIDS, f"{row.old_name}没有第{number}网格")
            elif (other := given.setdefault(number, row)) is not row:
                yield _problem(row, GRIDS, f"第{number}网格在第{other.number}行已写过")
    left = sorted(there - given.keys())
    if left and all(row.grids for row in rows):
        said = "、".join(str(number) for number in left)
        yield _problem(rows[0], GRIDS, f"{rows[0].old_name}的第{said}网格没有写去向")


def _too_many_grids(change: Change) -> Iterator[Problem]:
    last: dict[str, int] = defaultdict(int)
    for village, number in new_numbers(change).values():
        last[village] = max(last[village], number)
    for code, number in last.items():
        if number > MOST_GRIDS:
            row = change.plan.into(code)[0]
            mend = f"“{row.short_name}”的网格会排到第{number}，最多{MOST_GRIDS}个，请分开"
            yield _problem(row, "new_code", mend)
