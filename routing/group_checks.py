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
    begun = {row.get("code", ""): row.get("valid_from", "") for row in divisions}
    first = _first_grids(grids)
    covered: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for number, row in enumerate(grids, 2):
        if row.get("valid_to"):
            continue
        village, code = row.get("village_code", ""), row.get("code", "")
        groups = dict.fromkeys(part.strip() for part in row.get("groups", "").split("|"))
        for group in filter(None, groups):
            others = covered[village, group]
            for at, other in others:
                if not _came_apart(first[code], first[other], village, begun.get(village, "")):
                    yield Problem("grids", number, "groups", f"第{group}组已属于第{at}行的网格")
                    break
            others.append((number, code))


def _first_grids(grids: Sequence[Row]) -> dict[str, list[Row]]:
    """For each grid its oldest forerunners: itself where it has none."""
    rows = {row.get("code", ""): row for row in grids}
    before: dict[str, set[str]] = defaultdict(set)
    for code, row in rows.items():
        for follower in row.get("successors", "").split("|"):
            before[follower.strip()].add(code)
    found: dict[str, list[Row]] = {}
    for code in rows:
        waiting, seen = [code], set[str]()
        found[code] = []
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting.extend(before[at])
                if not before[at]:
                    found[code].append(rows[at])
    return found


def _came_apart(mine: Sequence[Row], others: Sequence[Row], village: str, begun: str) -> bool:
    """Whether two grids of `village` began in different villages and came together later.

    A grid that began in `village` itself counts as its own only where the village was there before
    the others came to it; else it was added by hand, and its groups must be its own.
    """
    homes = [{row.get("village_code", "") for row in grid} for grid in (mine, others)]
    if not all(homes) or homes[0] & homes[1]:
        return False
    came = [row for row in (*mine, *others) if row.get("village_code") != village]
    own = len(came) < len(mine) + len(others)
    return all(begun < row.get("valid_to", "") for row in came) if own else True
