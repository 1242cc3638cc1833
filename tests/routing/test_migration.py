"""What a change of divisions makes of a county's tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from routing.county_tables import load_county
from routing.duty import person_in_charge
from routing.migration import AlreadyMigrated, migrate
from tests.routing.plans import (
    DAY,
    FOZHAI,
    FUCHENG,
    GAOBI,
    MABI,
    SIMIAO,
    division,
    migrated,
    row,
    township,
)
from tests.routing.speech import Tables

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
NEW = "141026100230"
OTHER = "141026100231"


def merger(tables: Tables) -> list[dict[str, str]]:
    return [row(tables, SIMIAO, NEW, "寺佛"), row(tables, FOZHAI, NEW, "寺佛")]


def numbers(tables: Tables, village: str) -> list[str]:
    return [each["number"] for each in tables["grids"] if each["village_code"] == village]


def test_merger__the_old_villages_end_and_lead_to_the_new_one(tables: Tables) -> None:
    tree = migrated(tables, *merger(tables)).county.tree
    old = tree.by_code[SIMIAO]
    assert (old.valid_to, old.successors, old.short_name) == (DAY, (NEW,), "寺村")
    assert tree.by_code[NEW].valid_from == DAY
    assert tree.present(FOZHAI) == (tree.by_code[NEW],)


def test_merger__grids_are_numbered_anew_in_the_order_of_the_plan(tables: Tables) -> None:
    first, second = numbers(tables, FOZHAI), numbers(tables, SIMIAO)
    plan = reversed(merger(tables))
    done = migrated(tables, *plan)
    grids = done.county.grids.of_village(NEW)
    assert [grid.number for grid in grids] == [*range(1, len(first) + len(second) + 1)]
    assert grids[0].name == "寺佛村第一网格"
    assert done.moves.grids[f"{FOZHAI}01"] == grids[0].code
    assert done.moves.grids[f"{SIMIAO}01"] == grids[len(first)].code


def test_merger__people_follow_and_keep_their_ids(tables: Tables) -> None:
    done = migrated(tables, *merger(tables))
    old = {c["id"] for c in tables["cadres"] if c["unit"][8:] in (SIMIAO, FOZHAI)}
    assert {cadre.id for cadre in done.county.org.staff(f"village:{NEW}")} == old
    center = done.county.org.village_center(NEW)
    assert center is not None and center.name == "寺佛村便民服务中心"
    assert done.county.org.village_center(SIMIAO) is None
    assert done.county.org.unit(f"village:{NEW}").parent == f"township:{FUCHENG}"  # type: ignore[union-attr]  # it is there


def test_merger__shifts_follow(tables: Tables) -> None:
    for post in tables["duty"][:2]:
        post["unit"] = f"village:{FOZHAI}"
    done = migrated(tables, *merger(tables))
    assert [post["unit"] for post in done.tables["duty"][:2]] == [f"village:{NEW}"] * 2
    old, new = f"village:{FOZHAI}", f"village:{NEW}"
    assert done.moves.duty[:2] == ((0, old, new), (1, old, new))


def test_merger__into_a_village_that_stays__its_own_grids_stay(tables: Tables) -> None:
    own, came = numbers(tables, FOZHAI), numbers(tables, SIMIAO)
    done = migrated(tables, row(tables, SIMIAO, FOZHAI, "佛寨"))
    grids = done.county.grids.of_village(FOZHAI)
    assert [grid.number for grid in grids] == [*range(1, len(own) + len(came) + 1)]
    assert [grid.valid_from for grid in grids] == [None] * len(own) + [DAY] * len(came)
    assert done.moves.founded == () and done.moves.renamed == ()


def test_another_code__grids_keep_number_name_and_groups(tables: Tables) -> None:
    tables["grids"][-1]["name"] = "河东片"
    village = tables["grids"][-1]["village_code"]
    before = load_county(tables).grids.of_village(village)
    done = migrated(tables, row(tables, village, village[:9] + "299"))
    after = done.county.grids.of_village(village[:9] + "299")
    assert [(g.number, g.name, g.groups, g.leader) for g in after] == [
        (g.number, g.name, g.groups, g.leader) for g in before
    ]


def test_another_code_and_name__grids_are_called_after_it(tables: Tables) -> None:
    done = migrated(tables, row(tables, GAOBI, NEW, "高碧"))
    assert {grid.name[:3] for grid in done.county.grids.of_village(NEW)} == {"高碧村"}


def test_rename__the_village_stays_and_its_old_name_leads_on(tables: Tables) -> None:
    done = migrated(tables, row(tables, GAOBI, GAOBI, "高碧"))
    village = done.county.tree.by_code[GAOBI]
    assert village.is_present and village.short_name == "高碧"
    assert ("高壁", GAOBI, "old_name") in {
        (alias.alias, alias.code, alias.source) for alias in done.county.aliases
    }
    assert done.county.grids.of_village(GAOBI)[0].name == "高碧村第一网格"
    assert done.county.org.unit(f"village:{GAOBI}").name == "高碧村便民服务中心"  # type: ignore[union-attr]  # it is there
    assert done.moves.grids == {} and done.moves.cadres == {}


def test_rename__of_a_township_reaches_its_units(tables: Tables) -> None:
    done = migrated(tables, row(tables, FUCHENG, FUCHENG, "府州镇"))
    center = done.county.org.township_center(FUCHENG)
    assert center is not None and center.name == "府州镇联动服务中心"
    assert len(done.county.tree.children(FUCHENG)) == len(
        load_county(tables).tree.children(FUCHENG)
    )


def test_township__units_and_people_follow_to_the_new_one(tables: Tables) -> None:
    done = migrated(tables, *township(tables, MABI, "141026105", "马壁镇"))
    org = done.county.org
    assert {code for code in org.units if MABI in code} == set()
    group = org.linkage_group("141026105", "emergency")
    assert group is not None and group.name == "马壁镇突发事件处置组"
    assert group.parent == "township:141026105"
    assert [cadre.id for cadre in org.staff(group.code)] == ["c146", "c147"]
    assert org.unit("village:141026105200").township_code == "141026105"  # type: ignore[union-attr]  # it is there


def test_township__that_takes_another_in_has_both_staffs(tables: Tables) -> None:
    villages = [
        row(tables, each["code"], f"{FUCHENG}9{each['code'][10:]}")
        for each in tables["divisions"]
        if each["parent_code"] == MABI
    ]
    done = migrated(tables, row(tables, MABI, FUCHENG, "府城镇"), *villages)
    staff = load_county(tables).org.staff
    both = [*staff(f"township:{FUCHENG}"), *staff(f"township:{MABI}")]
    assert len(done.county.org.staff(f"township:{FUCHENG}")) == len(both)
    assert person_in_charge(done.county, f"township:{FUCHENG}", NOON) is not None
    assert done.moves.new_units == tuple(f"village:{each['new_code']}" for each in villages)


def test_split_of_a_township__staff_goes_to_the_first(tables: Tables) -> None:
    villages = [each for each in tables["divisions"] if each["parent_code"] == MABI]
    plan = [
        row(tables, MABI, "141026105", "马壁镇", basis="split"),
        row(tables, MABI, "141026106", "马河镇", basis="split"),
        *(
            row(tables, v["code"], f"14102610{5 + n % 2}{v['code'][9:]}")
            for n, v in enumerate(villages)
        ),
    ]
    done = migrated(tables, *plan)
    org = done.county.org
    assert len(org.staff("township:141026105")) == 5
    assert org.staff("township:141026106") == ()
    assert org.unit("group:141026106:emergency").name == "马河镇突发事件处置组"  # type: ignore[union-attr]  # it is there
    assert done.county.tree.by_code[MABI].successors == ("141026105", "141026106")


def test_split_of_a_village__grids_and_their_leaders_go_where_the_plan_says(
    tables: Tables,
) -> None:
    leaders = [g["leader"] for g in tables["grids"] if g["village_code"] == GAOBI]
    rest = "|".join(numbers(tables, GAOBI)[:-1])
    last = numbers(tables, GAOBI)[-1]
    done = migrated(
        tables,
        row(tables, GAOBI, NEW, "上高壁", grids=rest),
        row(tables, GAOBI, OTHER, "下高壁", grids=last),
    )
    [grid] = done.county.grids.of_village(OTHER)
    assert (grid.number, grid.name, grid.leader) == (1, "下高壁村第一网格", leaders[-1])
    assert done.county.org.cadres[leaders[-1]].unit == f"village:{OTHER}"
    assert done.county.org.cadres[leaders[0]].unit == f"village:{NEW}"
    assert done.county.tree.by_code[GAOBI].successors == (NEW, OTHER)


def test_split_off__what_is_left_stays_with_its_staff(tables: Tables) -> None:
    last = numbers(tables, GAOBI)[-1]
    rest = "|".join(numbers(tables, GAOBI)[:-1])
    done = migrated(
        tables,
        row(tables, GAOBI, OTHER, "下高壁", grids=last),
        row(tables, GAOBI, GAOBI, "高壁", grids=rest),
    )
    tree, org = done.county.tree, done.county.org
    assert tree.by_code[GAOBI].is_present and tree.by_code[OTHER].is_present
    assert len(done.county.grids.of_village(GAOBI)) == len(numbers(tables, GAOBI)) - 1
    assert [c.role for c in org.staff(f"village:{OTHER}")] == ["grid_leader"]
    assert done.moves.ended == {}


def test_organisations__serve_what_their_villages_have_become(tables: Tables) -> None:
    done = migrated(tables, *merger(tables))
    [near] = done.county.organisations.near(NEW)
    assert NEW in near.villages and not {SIMIAO, FOZHAI} & set(near.villages)


def test_knowledge__unit_that_ended_is_followed(tables: Tables) -> None:
    entry = tables["knowledge"][0]
    entry["unit"] = f"village:{SIMIAO}"
    done = migrated(tables, *merger(tables))
    moved = done.county.knowledge.get(entry["code"])
    assert moved is not None and moved.unit == f"village:{NEW}"


def test_hours__of_a_unit_that_ended_are_followed(tables: Tables) -> None:
    for village, slots in ((SIMIAO, "09:00-12:00"), (FOZHAI, "10:00-12:00")):
        row = {"applies_to": f"village:{village}", "season_from": "", "season_to": ""}
        tables["hours"].append(row | {"slots": slots})
    done = migrated(tables, *merger(tables))
    unit = done.county.org.unit(f"village:{NEW}")
    first, *_ = done.county.hours.seasons_of(unit)
    assert first.slots[0][0].hour == 9  # those of the first, once
    assert [row["applies_to"] for row in done.tables["hours"]] == ["*", "*", f"village:{NEW}"]


def test_hours__of_a_unit_that_stays_come_before_those_that_join_it(tables: Tables) -> None:
    hours = {f"village:{SIMIAO}": "09:00-12:00", f"village:{GAOBI}": "10:00-12:00"}
    tables["hours"] = [
        {"applies_to": unit, "season_from": "", "season_to": "", "slots": slots}
        for unit, slots in hours.items()
    ]
    done = migrated(tables, row(tables, SIMIAO, GAOBI, "高壁"), row(tables, GAOBI, GAOBI, "高壁"))
    assert done.tables["hours"] == tables["hours"][1:]


def test_areas__go_along_one_to_one_and_not_into_a_merger(tables: Tables) -> None:
    def area(code: str) -> dict[str, str]:
        point = '{"type":"Point","coordinates":[112.2,36.1]}'
        return {"code": code, "kind": "centre", "datum": "WGS-84", "geometry": point}

    tables["areas"] = [area(SIMIAO), area(GAOBI), area(f"{SIMIAO}01")]
    done = migrated(tables, *merger(tables), row(tables, GAOBI, OTHER))
    codes = [each["code"] for each in done.tables["areas"]]
    assert codes == [SIMIAO, GAOBI, f"{SIMIAO}01", OTHER, f"{NEW}01"]


def test_second_change__follows_the_first(tables: Tables) -> None:
    once = migrated(tables, *merger(tables))
    plan = [row(once.tables, NEW, OTHER, "三合"), row(once.tables, GAOBI, OTHER, "三合")]
    twice = migrate(once.tables, plan, DAY.replace(year=2028))
    assert [each.code for each in twice.county.tree.present(SIMIAO)] == [OTHER]
    assert [each.village_code for each in twice.county.grids.present(f"{SIMIAO}01")] == [OTHER]


def test_second_change__never_gives_the_code_of_an_ended_grid_again(tables: Tables) -> None:
    last = numbers(tables, GAOBI)[-1]
    rest = "|".join(numbers(tables, GAOBI)[:-1])
    once = migrated(
        tables,
        row(tables, GAOBI, GAOBI, "高壁", grids=rest),
        row(tables, GAOBI, OTHER, "下高壁", grids=last),
    )
    later = DAY.replace(year=2028)
    twice = migrate(once.tables, [row(once.tables, SIMIAO, GAOBI, "高壁")], later)
    codes = [grid["code"] for grid in twice.tables["grids"]]
    assert len(codes) == len(set(codes))


def test_same_plan_again__is_refused_in_a_sentence(tables: Tables) -> None:
    plan = [*merger(tables), row(tables, GAOBI, GAOBI, "高碧", new_urban_rural="122")]
    once = migrated(tables, *plan)
    with pytest.raises(AlreadyMigrated, match="已经执行过"):
        migrate(once.tables, plan, DAY)


def test_tables__that_were_given_are_left_alone(tables: Tables) -> None:
    copy = {sheet: [dict(each) for each in rows] for sheet, rows in tables.items()}
    migrated(tables, *merger(tables))
    assert tables == copy


def test_old_name__may_be_short_whole_or_spoken(tables: Tables) -> None:
    whole = division(tables, GAOBI)["name"]
    for name in ("高壁", "高壁村", whole):
        assert migrated(tables, row(tables, GAOBI, NEW, old_name=name)).moves.founded == (NEW,)


def test_second_change__a_grid_from_a_village_that_stays_keeps_its_groups(tables: Tables) -> None:
    last = numbers(tables, GAOBI)[-1]
    rest = "|".join(numbers(tables, GAOBI)[:-1])
    split = (
        row(tables, GAOBI, GAOBI, "高壁", grids=rest),
        row(tables, GAOBI, OTHER, "下高壁", grids=last),
    )
    once = migrated(tables, *split)
    [group, *_] = once.county.grids.of_village(OTHER)[0].groups
    grids = [grid for grid in once.tables["grids"] if grid["village_code"] == SIMIAO]
    grids[0]["groups"], grids[1]["groups"] = str(group), ""
    for grid in grids[2:]:
        grid["groups"] = ""
    twice = migrate(once.tables, [row(once.tables, OTHER, SIMIAO, "寺村")], DAY.replace(year=2028))
    assert len(twice.county.grids.all_of_group(SIMIAO, group)) == 2
