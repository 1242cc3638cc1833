"""The sample county is complete, consistent and visibly a sample."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta

from routing.county import County
from routing.duty import on_duty


def test_sample__has_the_numbers_of_the_reference_county(county: County) -> None:
    kinds = Counter(grid.kind for grid in county.grids.by_code.values())
    assert (len(county.tree.townships), len(county.tree.villages)) == (7, 106)
    assert kinds == {"community": 10, "rural": 313}


def test_sample__every_village_has_a_grid_and_a_service_centre(county: County) -> None:
    for village in county.tree.villages:
        assert county.grids.of_village(village.code)
        assert county.org.village_center(village.code)


def test_sample__every_grid_has_a_leader_of_its_village(county: County) -> None:
    for grid in county.grids.by_code.values():
        leader = county.org.cadre(grid.leader)
        assert leader is not None and leader.unit == f"village:{grid.village_code}"


def test_sample__people_are_visibly_invented(county: County) -> None:
    for cadre in county.org.cadres.values():
        assert "示例" in cadre.name
        assert re.fullmatch(r"138000000\d\d", cadre.phone)


def test_sample__somebody_is_on_duty_at_every_hour_above_the_village(county: County) -> None:
    monday = datetime(2026, 6, 1)
    hours = [monday + timedelta(hours=hour) for hour in range(7 * 24)]
    units = [u for u in county.org.units.values() if u.level != "village_center"]
    gaps = [(u.code, at) for u in units for at in hours if not on_duty(county.roster, u.code, at)]
    assert gaps == []


def test_sample__discipline_channel_is_staffed_by_discipline_officers_only(county: County) -> None:
    assert {cadre.role for cadre in county.org.staff("discipline")} == {"discipline_officer"}


def test_sample__short_names_keep_a_village_ending_that_belongs_to_the_name(county: County) -> None:
    names = {village.short_name for village in county.tree.villages}
    assert {"高壁", "孔村", "王村", "小李", "月亮湾社区"} <= names


def test_sample__spoken_names_read_naturally(county: County) -> None:
    spoken = {village.spoken_name for village in county.tree.villages}
    assert {"高壁村", "孔村", "月亮湾社区"} <= spoken
