"""Where a matter goes: the rules of dispatch, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from routing.county import County
from routing.decide import decide
from routing.decision import Decision, RoutingRequest
from routing.places import NOWHERE, PlaceContext, PlaceFinder

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
LAMP = RoutingRequest("appeal", "street_lamp", 0.9, appeal_type="help")


class Desk:
    """Decides about a request whose place is said in words."""

    def __init__(self, county: County, finder: PlaceFinder) -> None:
        self.county = county
        self.finder = finder

    def __call__(self, words: str, request: RoutingRequest = LAMP) -> Decision:
        place = self.finder.find(words) if words else NOWHERE
        return decide(self.county, replace(request, place=place), NOW)


@pytest.fixture(scope="module")
def desk(county: County, finder: PlaceFinder) -> Desk:
    return Desk(county, finder)


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def test_dispatch__village_goes_to_the_townships_group_of_the_matter(desk: Desk) -> None:
    decision = desk("府城镇高壁村三组路灯坏了")
    assert (decision.action, decision.owner_unit) == ("dispatch", "group:141026100:infrastructure")
    assert decision.place is not None and decision.place.grid_code == "14102610020603"
    assert (decision.group, decision.county_unit) == ("infrastructure", "住建局")


def test_dispatch__reasons_quote_words_place_row_and_person(desk: Desk) -> None:
    decision = desk("府城镇高壁村三组路灯坏了")
    said = "".join(reason.text for reason in decision.reasons)
    assert codes(decision) == ["matter", "place", "by_catalogue", "person_in_charge"]
    assert all(word in said for word in ("高壁村", "“三组”", "路灯", "住建局", "示例"))


def test_dispatch__whole_county_goes_to_the_lead_unit(desk: Desk) -> None:
    decision = desk("全县的路灯都不亮")
    assert (decision.action, decision.owner_unit) == ("dispatch", "unit:housing")


def test_min_level__county_matter_is_never_pushed_down(desk: Desk) -> None:
    gambling = RoutingRequest("appeal", "public_order", 0.9)
    decision = desk("高壁村有人聚众赌博", gambling)
    assert (decision.owner_unit, decision.min_level) == ("unit:police", "county")


def test_ask__no_place_offers_the_townships(desk: Desk) -> None:
    decision = desk("路灯坏了")
    assert decision.action == "ask_place"
    assert decision.ask is not None and decision.ask.level == "township"
    assert len(decision.ask.codes) == 7


def test_ask__while_asking_the_ticket_has_an_owner(desk: Desk) -> None:
    assert desk("路灯坏了").owner_unit == "county"
    assert desk("和川镇路灯坏了").owner_unit == "township:141026101"


def test_ask__township_offers_its_villages(desk: Desk, county: County) -> None:
    decision = desk("和川镇路灯坏了")
    villages = tuple(village.code for village in county.tree.children("141026101"))
    assert decision.ask is not None
    assert (decision.ask.level, decision.ask.codes) == ("village", villages)


def test_ask__same_name_in_two_townships_offers_both(desk: Desk) -> None:
    decision = desk("荆村路灯坏了")
    assert (decision.action, decision.place) == ("ask_place", None)
    assert decision.ask is not None
    assert set(decision.ask.codes) == {"141026101207", "141026200201"}


def test_ask__qr_code_only_becomes_a_button(desk: Desk, finder: PlaceFinder) -> None:
    place = finder.find("路灯坏了", PlaceContext(grid_code="14102610020603"))
    decision = decide(desk.county, replace(LAMP, place=place), NOW)
    assert decision.ask is not None
    assert (decision.ask.level, decision.ask.codes) == ("grid", ("14102610020603",))


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("路灯坏了", "county"),
        ("和川镇路灯坏了", "township:141026101"),
        ("荆村路灯坏了", "county"),
        ("和川镇洪驿村路灯坏了", "township:141026101"),
    ],
)
def test_ask__after_two_questions_a_human_triages(desk: Desk, words: str, owner: str) -> None:
    decision = desk(words, replace(LAMP, places_asked=2))
    assert (decision.action, decision.owner_unit, decision.ask) == ("triage", owner, None)


def test_ask__second_question_is_still_asked(desk: Desk) -> None:
    assert desk("路灯坏了", replace(LAMP, places_asked=1)).action == "ask_place"


def test_matter_unclear__goes_to_triage_where_the_place_is(desk: Desk) -> None:
    unsure = replace(LAMP, matter_confidence=0.2)
    assert desk("高壁村那个事", unsure).owner_unit == "township:141026100"
    assert desk("那个事", unsure).owner_unit == "county"


def test_matter_unclear__threshold_is_the_callers(desk: Desk) -> None:
    place = desk.finder.find("高壁村路灯")
    request = replace(LAMP, matter_confidence=0.5, place=place)
    assert decide(desk.county, request, NOW, matter_threshold=0.6).action == "triage"


def test_matter_unknown__goes_to_triage(desk: Desk) -> None:
    decision = desk("高壁村那个事", replace(LAMP, matter=None))
    assert (decision.action, decision.group) == ("triage", None)


def test_outside__goes_to_the_countys_triage_with_its_reason(desk: Desk) -> None:
    decision = desk("古县那边的路灯坏了")
    assert (decision.action, decision.owner_unit) == ("triage", "county")
    assert "outside_county" in codes(decision)


FIRE = RoutingRequest("appeal", "fire", 0.9, urgent=True)


def test_urgent__township_is_enough_and_the_village_is_asked_meanwhile(desk: Desk) -> None:
    decision = desk("唐城镇着火了", FIRE)
    assert (decision.action, decision.owner_unit) == ("dispatch", "group:141026102:emergency")
    assert decision.ask is not None and decision.ask.level == "village"


def test_urgent__without_a_place_the_county_centre_has_it_at_once(desk: Desk) -> None:
    decision = desk("着火了", FIRE)
    assert (decision.action, decision.owner_unit) == ("dispatch", "county")
    assert decision.ask is not None and decision.ask.level == "township"


def test_urgent__known_village_asks_nothing(desk: Desk) -> None:
    assert desk("高壁村着火了", FIRE).ask is None


def test_urgent__matter_keeps_its_group_but_lies_with_the_emergency_group(desk: Desk) -> None:
    cow = RoutingRequest("appeal", "livestock", 0.9, urgent=True)
    decision = desk("高壁村牛难产", cow)
    assert (decision.group, decision.owner_unit) == ("agriculture", "group:141026100:emergency")


def test_urgent__unclear_matter_does_not_wait(desk: Desk) -> None:
    decision = desk("高壁村救命", RoutingRequest("appeal", None, 0.0, urgent=True))
    assert (decision.action, decision.group) == ("dispatch", "emergency")


def test_urgent__catalogue_makes_a_matter_urgent(desk: Desk) -> None:
    assert desk("高壁村着火了", replace(FIRE, urgent=False)).urgent is True


@pytest.mark.parametrize("words", ["高壁村书记", "村书记", "全县", "古县"])
@pytest.mark.parametrize("urgent", [False, True])
def test_discipline__sealed_and_never_asks(desk: Desk, words: str, urgent: bool) -> None:
    report = RoutingRequest("appeal", "discipline_report", 0.1, urgent=urgent)
    decision = desk(words, report)
    assert (decision.owner_unit, decision.confidential, decision.ask) == ("discipline", True, None)
    assert (decision.group, decision.county_unit) == ("discipline", "纪委监委")


def test_confidential__is_kept_on_any_matter(desk: Desk) -> None:
    assert desk("高壁村路灯坏了", replace(LAMP, confidential=True)).confidential is True


def test_degraded__says_that_keywords_stood_in(desk: Desk) -> None:
    assert "degraded" in codes(desk("高壁村路灯坏了", replace(LAMP, degraded=True)))


def test_owner__is_a_known_unit_for_every_matter_and_place(desk: Desk, county: County) -> None:
    for matter in (None, *county.catalogue.by_matter):
        for words in ("", "高壁村", "和川镇", "荆村", "全县", "古县"):
            for asked in (0, 2):
                request = RoutingRequest("appeal", matter, 0.9, places_asked=asked)
                assert desk(words, request).owner_unit in county.org.units
