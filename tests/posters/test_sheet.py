"""What stands on a sheet, for every shape that a county's data can have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

import pytest

from liandong.posters.sheet import Links, Sheet, phone_in_groups, sheet_of
from routing.duty import DutyPost, Roster
from routing.grids import Grid
from routing.units import Cadre, OrgChart, Role
from services.office import Office
from tests.posters.conftest import GAOBI, LINKS, NOW

CENTRE = "village:141026100206"


def _grid(office: Office) -> Grid:
    grid = office.county.grids.get(GAOBI)
    assert grid
    return grid


def _sheet(office: Office, links: Links = LINKS, **changes: object) -> Sheet:
    return sheet_of(office, replace(_grid(office), **changes), links, NOW)  # type: ignore[arg-type]


def _with_posts(office: Office, posts: Iterable[DutyPost]) -> Office:
    return replace(office, county=replace(office.county, roster=Roster.of(posts)))


def _post(weekday: int | None, start: int, end: int, cadre: str, role: Role) -> DutyPost:
    return DutyPost(CENTRE, weekday, time(start), time(end), cadre, role)


def _with_people(office: Office, people: Iterable[Cadre]) -> Office:
    org = OrgChart.of(office.county.org.units.values(), people)
    return replace(office, county=replace(office.county, org=org, roster=Roster.of(())))


def test_sheet__names_the_place_its_leader_and_who_is_on_duty(office: Office) -> None:
    sheet = _sheet(office)
    assert (sheet.township, sheet.title) == ("府城镇", "高壁村第三网格")
    assert (sheet.leader.name, sheet.leader.phone) == ("林示例十一", "138 0000 0015")
    (shift,) = sheet.shifts
    assert shift.person
    assert (shift.hours, shift.person.name) == ("每天 15:00—18:00", "黄示例七")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("高壁村第三网格", "高壁村第三网格"),
        ("府城镇高壁村第三网格", "高壁村第三网格"),
        ("高壁三格", "高壁三格"),
        ("第三网格", "高壁村第三网格"),
    ],
)
def test_title__has_the_village_once_and_never_the_township(
    office: Office, name: str, title: str
) -> None:
    assert _sheet(office, name=name).title == title


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((3,), "本网格：第3村民小组"),
        ((2, 1), "本网格：第1、2村民小组"),
        ((1, 2, 3, 4, 6), "本网格：第1至4、6村民小组"),
        ((), "本网格的住户、商户，有事都可以说"),
    ],
)
def test_covers__groups_are_drawn_together(
    office: Office, groups: tuple[int, ...], words: str
) -> None:
    assert _sheet(office, groups=groups).covers == words


def test_shifts__equal_hours_of_one_person_are_one_line(office: Office) -> None:
    posts = [_post(day, 8, 12, "c188", "duty_officer") for day in range(5)]
    weekend = [_post(day, 9, 0, "c314", "duty_leader") for day in (5, 6)]
    sheet = _sheet(_with_posts(office, [*posts, *weekend]))
    assert [(s.hours, s.person.role if s.person else "") for s in sheet.shifts] == [
        ("周一至周五 08:00—12:00", "值班干部"),
        ("周六、周日 09:00—24:00", "带班领导"),
    ]


def test_shifts__where_people_take_turns_only_the_hours_stand(office: Office) -> None:
    people = ("c188", "c314", "c315", "c316")
    posts = [_post(day, 8, 12, cadre, "duty_officer") for day, cadre in enumerate(people)]
    (shift,) = _sheet(_with_posts(office, posts)).shifts
    assert (shift.hours, shift.person) == ("周一至周四 08:00—12:00", None)


def test_shifts__hours_too_many_for_a_wall_are_left_to_the_door(office: Office) -> None:
    posts = [_post(day, 8 + day, 12 + day, "c188", "duty_officer") for day in range(5)]
    (shift,) = _sheet(_with_posts(office, posts)).shifts
    assert (shift.hours, shift.person) == ("值班时间见门口公示", None)


def test_shifts__without_a_roster_somebody_of_the_centre_answers(office: Office) -> None:
    (shift,) = _sheet(_with_posts(office, ())).shifts
    assert shift.person
    assert (shift.hours, shift.person.name) == ("", "黄示例七")


def test_shifts__a_grid_leader_is_not_named_twice(office: Office) -> None:
    leader = office.county.org.cadre(_grid(office).leader)
    assert leader
    sheet = _sheet(_with_people(office, [leader]))
    assert sheet.shifts == ()
    assert "便民服务中心" not in sheet.otherwise


def test_leader__without_a_telephone_is_not_to_be_called(office: Office) -> None:
    leader = office.county.org.cadre(_grid(office).leader)
    assert leader
    sheet = _sheet(_with_people(office, [replace(leader, phone="")]))
    assert sheet.leader.phone == "" and "电话" not in sheet.otherwise


def test_sample__is_whoever_is_called_so(office: Office) -> None:
    leader = replace(office.county.org.cadres[_grid(office).leader], name="王小明")
    real = _sheet(_with_people(office, [leader]))
    assert (real.is_sample, real.warning) == (False, "")
    sample = _sheet(office)
    assert sample.is_sample and "请勿张贴" in sample.warning


def test_warning__an_address_of_this_machine_must_not_be_put_up(office: Office) -> None:
    leader = replace(office.county.org.cadres[_grid(office).leader], name="王小明")
    sheet = _sheet(_with_people(office, [leader]), Links("http://127.0.0.1:8420"))
    assert "请勿张贴" in sheet.warning and sheet.telegram is None


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800000015", "138 0000 0015"), ("0357-8520000", "0357-8520000"), ("", "")],
)
def test_phone__a_mobile_number_is_read_in_groups(phone: str, shown: str) -> None:
    assert phone_in_groups(phone) == shown
