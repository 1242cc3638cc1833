"""`liandong duty`: who is on duty now, and where nobody will be."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from liandong.bootstrap import utc_now
from liandong.office_at_hand import office_at_hand
from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from routing.duty import gaps
from routing.units import Unit
from services.duty_board import GAP_HOURS, Line, gap_words, line_words
from services.office import Office

_LONGEST = 31 * 24


@plainly
def duty(
    gaps_only: Annotated[
        bool, typer.Option("--gaps", help="只列没人值班的时段；有就以 1 退出")
    ] = False,
    hours: Annotated[
        int, typer.Option("--hours", help="看今后多少小时", min=1, max=_LONGEST)
    ] = GAP_HOURS,
) -> None:
    """现在谁值班，哪里没人 / who is on duty now, and where nobody will be."""
    office = asyncio.run(office_at_hand(Settings()))
    if gaps_only:
        _list_gaps(office, hours)
    else:
        out.print(duty_tree(office), highlight=False)


def _list_gaps(office: Office, hours: int) -> None:
    found = gaps(office.county, office.live, utc_now(), hours)
    for gap in found:
        out.print(escape(gap_words(office, gap)), highlight=False)
    if found:
        err.print(f"今后 {hours} 小时有 {len(found)} 处没人值班")
        raise typer.Exit(1)
    out.print(f"✓ 今后 {hours} 小时都有人值班", highlight=False)


def duty_tree(office: Office) -> Tree:
    """Who answers for every unit now: county first, then township by township."""
    units: dict[str, list[Unit]] = defaultdict(list)
    for unit in office.county.org.units.values():
        units[unit.township_code].append(unit)
    tree = Tree(escape(office.county.name))
    for unit in units.pop("", []):
        tree.add(_words(office, unit))
    for code, members in units.items():
        township = office.county.tree.get(code)
        branch = tree.add(escape(township.short_name if township else code))
        for unit in members:
            branch.add(_words(office, unit))
    return tree


def _words(office: Office, unit: Unit) -> str:
    return escape(line_words(office, Line(unit.code, unit.name, office.presence(unit.code))))
