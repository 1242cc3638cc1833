"""Whatever is merged, renumbered or split: nothing is lost and everything old leads on."""

from __future__ import annotations

import random
from copy import deepcopy
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.county_files import read_sheets
from routing.county import County
from routing.county_tables import load_county
from routing.ladder import next_rung
from routing.migration import Migration, migrate
from tests.routing.plans import DAY, Record, row
from tests.routing.speech import Tables

SAMPLE = read_sheets(Path(__file__).parents[2] / "data" / "sample_county")
BEFORE = load_county(SAMPLE)


def _village_rows(
    tables: Tables, code: str, township: str, at: random.Random, stage: int
) -> list[Record]:
    """A village goes to a new code, to one that others may share, or to two of them."""
    numbers = _numbers(tables, code)
    if len(numbers) > 1 and at.random() < 0.2:
        cut = at.randrange(1, len(numbers))
        new = at.sample(range(400, 600), 2)
        return [
            row(
                tables,
                code,
                f"{township}{number + 200 * stage}",
                f"分{number}",
                grids="|".join(part),
            )
            for number, part in zip(new, (numbers[:cut], numbers[cut:]), strict=True)
        ]
    shared = at.randrange(300, 306) + 10 * stage
    return [row(tables, code, f"{township}{shared}", f"合{shared}")]


def _agreeing(plan: list[Record]) -> list[Record]:
    """Rows of one new code say the same of it."""
    first: dict[str, Record] = {}
    columns = ("new_level", "new_name", "new_short_name", "new_parent_code", "new_urban_rural")
    for record in plan:
        like = first.setdefault(record["new_code"], record)
        record.update({column: like[column] for column in columns})
    pairs = {(record["old_code"], record["new_code"]): record for record in plan}
    return list(pairs.values())


def a_plan(tables: Tables, seed: int, townships: int, stage: int = 0) -> list[Record]:
    """A change of some townships and of some villages in the others."""
    at = random.Random(seed)
    present = [each for each in tables["divisions"] if not each["valid_to"]]
    codes = [each["code"] for each in present if each["level"] == "township"]
    ending = set(at.sample(codes, townships))
    new = {code: f"141026{3 + stage}{at.randrange(2):02}" for code in ending}
    plan = [row(tables, code, new[code], f"新{new[code]}镇") for code in sorted(ending)]
    for each in present:
        if each["level"] != "village":
            continue
        if each["parent_code"] in ending:
            plan += _village_rows(tables, each["code"], new[each["parent_code"]], at, stage)
        elif at.random() < 0.1:
            plan += _village_rows(tables, each["code"], each["parent_code"], at, stage)
        elif at.random() < 0.1:
            plan += _staying_rows(tables, each, at, stage)
    return _agreeing([*plan, *_absorbed(tables, plan, ending, at)])


def _staying_rows(tables: Tables, village: Record, at: random.Random, stage: int) -> list[Record]:
    """A village is renamed, or gives its last grid away and stays."""
    code = village["code"]
    *rest, last = _numbers(tables, code)
    if not rest or at.random() < 0.5:
        return [row(tables, code, code, f"改名{stage}{code[9:]}")]
    given = f"{village['parent_code']}{at.randrange(400, 600) + 200 * stage}"
    return [
        row(tables, code, given, "分出", grids=last),
        row(tables, code, code, new_name=village["name"], grids="|".join(rest)),
    ]


def _absorbed(
    tables: Tables, plan: list[Record], ending: set[str], at: random.Random
) -> list[Record]:
    """Some villages go into a neighbour that stays, renamed or not."""
    said = {
        record["new_code"]: record for record in plan if record["old_code"] == record["new_code"]
    }
    changing = {record["old_code"] for record in plan}
    villages = [
        each
        for each in tables["divisions"]
        if each["level"] == "village" and not each["valid_to"] and each["parent_code"] not in ending
    ]
    going = [v for v in villages if v["code"] not in changing and at.random() < 0.1]
    staying = [
        v for v in villages if v not in going and (v["code"] not in changing or v["code"] in said)
    ]
    rows = []
    for village in going:
        near = [v for v in staying if v["parent_code"] == village["parent_code"]]
        if near:
            into = at.choice(near)
            like = said.get(into["code"], {})
            name = {
                "new_name": like.get("new_name") or into["name"],
                "new_short_name": like.get("new_short_name") or into["short_name"],
            }
            rows.append(row(tables, village["code"], into["code"], **name))
    return rows


def _numbers(tables: Tables, village: str) -> list[str]:
    return [
        grid["number"]
        for grid in tables["grids"]
        if grid["village_code"] == village and not grid["valid_to"]
    ]


def holds(before: County, done: Migration) -> None:
    """What must be true after every change."""
    county, tree = done.county, done.county.tree
    for division in tree.by_code.values():
        assert tree.present(division.code)
        parent = tree.by_code.get(division.parent_code)
        assert not division.is_present or parent is None or parent.is_present
    for grid in county.grids.by_code.values():
        assert len(county.grids.present(grid.code)) == 1
    assert len(county.grids.grids) == len(before.grids.grids)
    assert county.org.cadres.keys() == before.org.cadres.keys()
    assert [(c.name, c.phone, c.role) for c in county.org.cadres.values()] == [
        (c.name, c.phone, c.role) for c in before.org.cadres.values()
    ]
    shifts = [sum(map(len, c.roster.by_unit.values())) for c in (before, county)]
    assert shifts[0] == shifts[1]
    for grid in county.grids.grids:
        assert county.org.cadres[grid.leader].unit == f"village:{grid.village_code}"
    for unit in county.org.units:
        at: str | None = unit
        for _ in range(6):
            at = next_rung(county, at, "street_lamp") if at else None
        assert at is None


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), townships=st.integers(0, 4))
def test_any_change__loses_nothing(seed: int, townships: int) -> None:
    plan = a_plan(SAMPLE, seed, townships)
    if plan:
        holds(BEFORE, migrate(deepcopy(SAMPLE), plan, DAY))


@settings(max_examples=20, deadline=None)
@given(first=st.integers(0, 2**32), second=st.integers(0, 2**32))
def test_two_changes__one_after_the_other(first: int, second: int) -> None:
    once = migrate(SAMPLE, a_plan(SAMPLE, first, 2), DAY)
    plan = a_plan(once.tables, second, 2, stage=1)
    twice = migrate(once.tables, plan, DAY.replace(year=2028))
    holds(BEFORE, twice)
    assert all(twice.county.tree.present(code) for code in BEFORE.tree.by_code)
