"""One villager group belongs to one grid, except where old villages brought the same numbers along.

After a merger there are two groups called 三组, one of either old village. Each keeps its own grid,
so two grids of the new village cover the number; whoever says only “三组” has to be asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from routing.problems import Problem

Row = Mapping[str, str]


def check_groups(divisions: Sequence[Row], grids: Sequence[Row]) -> Iterator[Problem]:
    """Villager groups that two present grids of one village cover without such a reason."""
    villages = {row.get("code", ""): row for row in divisions}
    homes = _first_homes(grids)
    covered: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for number, row in enumerate(grids, 2):
        if row.get("valid_to"):
            continue
        village, code = row.get("village_code", ""), row.get("code", "")
        groups = dict.fromkeys(part.strip() for part in row.get("groups", "").split("|"))
        for group in filter(None, groups):
            others = covered[village, group]
            for first, other in others:
                if first != number and not _came_apart(
                    homes[code], homes[other], village, villages
                ):
                    yield Problem("grids", number, "groups", f"第{group}组已属于第{first}行的网格")
                    break
            others.append((number, code))


def _first_homes(grids: Sequence[Row]) -> dict[str, frozenset[str]]:
    """For each grid the villages in which its oldest forerunners lay."""
    before: dict[str, set[str]] = defaultdict(set)
    village = {row.get("code", ""): row.get("village_code", "") for row in grids}
    for row in grids:
        for code in row.get("successors", "").split("|"):
            if code.strip() in village:
                before[code.strip()].add(row.get("code", ""))
    homes: dict[str, frozenset[str]] = {}
    for code in village:
        waiting, seen, found = [code], set[str](), set[str]()
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            waiting.extend(before[at])
            if not before[at]:
                found.add(village[at])
        homes[code] = frozenset(found)
    return homes


def _came_apart(
    mine: frozenset[str], others: frozenset[str], village: str, villages: Mapping[str, Row]
) -> bool:
    """Whether two grids of `village` come from different villages, one of which has ended."""
    if not mine or not others or mine & others:
        return False
    old = [villages.get(code, {}) for code in (mine | others) - {village}]
    if not all(row.get("valid_to") for row in old):
        return False
    if village not in mine | others:
        return True
    # A grid without forerunners counts as the village's own only where the village was there
    # before the others came to it; else it was added by hand, and its groups must be its own.
    begun = villages.get(village, {}).get("valid_from", "")
    return all(begun < row.get("valid_to", "") for row in old)
