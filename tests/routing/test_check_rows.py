"""Rows of the catalogue that no message comes to, and rows that contradict themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.checks import Finding, Reach
from routing.county import County
from tests.routing.checking import (
    codes,
    found,
    found_in,
    only,
    reach_of,
    with_row,
    without_units,
)
from tests.routing.speech import Tables

LAMP = "street_lamp"


def without(labels: frozenset[str], label: str) -> frozenset[str]:
    assert label in labels
    return labels - {label}


def rows(county: County, reach: Reach) -> list[Finding]:
    return [each for each in found_in(county, reach) if each.topic == "rows"]


def test_sample__nothing_is_found(county: County) -> None:
    assert found_in(county) == []


def test_intent__without_a_row(county: County) -> None:
    reach = reach_of(county)
    [finding] = rows(county, replace(reach, intents=reach.intents | {"moon_landing"}))
    assert finding.code == "intent_without_row" and "moon_landing" in finding.what


def test_intent__a_kind_of_message_needs_no_row(county: County) -> None:
    reach = reach_of(county)
    assert rows(county, replace(reach, intents=reach.intents | {"nudge", "benefit_question"})) == []


def test_row__that_domain_yml_does_not_list(county: County) -> None:
    reach = reach_of(county)
    [finding] = rows(county, replace(reach, intents=without(reach.intents, LAMP)))
    assert finding.code == "row_without_intent" and finding.is_problem
    assert "路灯" in finding.what and LAMP in finding.what


def test_row__that_neither_model_nor_words_know(county: County) -> None:
    reach = reach_of(county)
    labels = without(reach.taught, LAMP)
    [finding] = rows(county, Reach(reach.intents, labels, labels))
    assert finding.code == "row_never_recognised" and finding.is_problem


@pytest.mark.parametrize(
    ("way", "code"), [("taught", "row_without_sentences"), ("worded", "row_without_words")]
)
def test_row__that_only_one_of_them_knows_is_a_note(county: County, way: str, code: str) -> None:
    reach = reach_of(county)
    [finding] = rows(county, replace(reach, **{way: without(reach.taught, LAMP)}))
    assert finding.code == code and not finding.is_problem


def test_appeal_types__none(tables: Tables) -> None:
    tables["catalogue"] = [
        row | {"appeal_types": "", "limits": ""} if row["matter"] == LAMP else row
        for row in tables["catalogue"]
    ]
    assert "路灯" in only(found(tables), "row_without_appeal_type").what


def test_appeal_types__a_sealed_matter_is_a_report(county: County) -> None:
    broken = with_row(county, "discipline_report", appeal_types=("complaint",))
    assert "举报" in only(found_in(broken), "row_without_appeal_type").what


def test_group__that_no_township_has(county: County) -> None:
    broken = with_row(county, LAMP, group="tourism")
    assert codes(found_in(broken)) == {"group_nowhere"}


def test_lead_unit__that_is_not_there(county: County) -> None:
    finding = only(found_in(with_row(county, LAMP, lead_unit="天文局")), "lead_unit_unknown")
    assert "天文局" in finding.what


def test_lead_unit__sealed_channel_takes_no_ordinary_matter(tables: Tables) -> None:
    [at] = [row for row in tables["catalogue"] if row["matter"] == "mining"]
    assert at["min_level"] == "county"
    at["lead_unit"] = "纪委监委"
    every = found(tables)
    assert "矿山" in only(every, "unsealed_in_sealed_channel").what
    [cells] = [each for each in every if each.code == "cell_breaks_seal"]
    assert "（8 格）" in cells.what and "不是密封举报" in cells.what


def test_limits__of_an_urgent_matter_are_never_used(county: County) -> None:
    finding = only(found_in(with_row(county, "fire", limits={"help": 3})), "limit_never_used")
    assert not finding.is_problem and "紧急" in finding.what


def test_limits__for_a_type_that_does_not_occur(county: County) -> None:
    broken = with_row(county, LAMP, appeal_types=("help",), limits={"help": 3, "praise": 2})
    finding = only(found_in(broken), "limit_never_used")
    assert not finding.is_problem and "praise" in finding.what and "help" not in finding.what


def test_lead_unit__gone_from_the_organisation(county: County) -> None:
    broken = without_units(county, "unit:housing")
    lost = [each for each in found_in(broken) if each.code == "lead_unit_unknown"]
    led = [row for row in county.catalogue.rows if row.lead_unit == "住建局"]
    assert len(lost) == len(led) > 1
