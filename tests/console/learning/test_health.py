"""The page of the data's health, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from console.learning.health_advice import good, next_steps
from console.learning.health_chart import chart
from console.learning.health_shares import people_rows, share_row
from services.console_policy import ConsoleRole
from services.learning.drift import drift_of
from services.learning.edits import Count
from services.learning.health import DataHealth, IntentHealth
from services.learning.review_items import Share
from tests.console.learning.desk import Loop, Visitor, visitor
from tests.console.learning.healths import NOTHING, calm, sick, week

REPORT = "/console/health/report"


def said(health: DataHealth) -> list[str]:
    return [step.says for step in next_steps(health, str)]


async def test_page__stands_at_once_and_asks_for_the_rest(web: Visitor) -> None:
    assert f'hx-get="{REPORT}"' in (await web.get("/console/health")).text


async def test_report__for_the_script_is_a_part_and_else_a_page(web: Visitor) -> None:
    part = (await web.web.get(REPORT, headers={"HX-Request": "true"})).text
    assert part.startswith('<div id="health"') and "<html" in (await web.get(REPORT)).text


async def test_report__needs_no_style_that_the_policy_forbids(web: Visitor) -> None:
    assert not re.search(r"<style|\sstyle=", (await web.get(REPORT)).text)


async def test_bars__the_thinnest_first_with_what_it_lacks(web: Visitor) -> None:
    page = (await web.get(REPORT)).text
    bars = page[page.index('class="bars"') :]
    assert bars.index("再添 16 句") < bars.index("再添 6 句") < bars.index("学 <b>162</b>")
    assert bars.count("没有考题") == 2 and "（居民写的 12）" in bars


async def test_confusions__lead_to_what_was_taken_for_it(web: Visitor) -> None:
    page = (await web.get(REPORT)).text
    assert "/console/inbox/all?intent=street_lamp" in page
    assert page.index("intent=street_lamp") < page.index("intent=road")


async def test_weeks__tell_what_moved_and_mark_it(web: Visitor) -> None:
    page = (await web.get(REPORT)).text
    assert "秸秆焚烧与处理 0% → 42%" in page and page.count('class="different"') == 1


async def test_disputes__few_labels_are_no_share(web: Visitor) -> None:
    page = (await web.get(REPORT)).text
    assert "样本太少" in page and "50%" not in page


async def test_steps__lead_nowhere_that_is_closed_to_the_reader(loop: Loop) -> None:
    loop.healths.now = replace(NOTHING, intents=(IntentHealth("road", Count(30), 1, 4),))
    async with visitor(loop, ConsoleRole.ANNOTATOR) as web:
        page = (await web.get(REPORT)).text
    assert "4 条标注等第二个人看" in page and 'href="/console/review"' not in page
    assert 'href="/console/inbox"' in page


async def test_authors__are_for_admins_alone(loop: Loop) -> None:
    async with visitor(loop, ConsoleRole.REVIEWER) as web:
        assert "zhao" not in (await web.get(REPORT)).text


async def test_authors__stand_by_name_and_not_by_share(web: Visitor) -> None:
    page = (await web.get(REPORT)).text
    assert page.index("<td>anna<") < page.index("<td>zhao<") < page.index("<td>一位干部<")


async def test_report__of_nothing_says_so_everywhere(web: Visitor, loop: Loop) -> None:
    loop.healths.now = NOTHING
    page = (await web.get(REPORT)).text
    assert page.count('class="empty"') == 5 and "<svg class" not in page


def test_people__are_never_ranked() -> None:
    rows = people_rows([Share("b", 9, 10), Share("a", 1, 10), Share("c", 5, 6)], str)
    assert [row.name for row in rows] == ["a", "b", "c"]


def test_share__comes_with_its_interval() -> None:
    # Wilson by hand: (0.1 + 0.0384 ± 1.96·√(0.09/50 + 0.000384)) / 1.0768 = 0.0435, 0.2136
    row = share_row(Share("", 5, 50))
    assert (row.rate, row.interval) == ("10%", "4%–21%")


def test_share__of_nine_says_nothing() -> None:
    assert not share_row(Share("", 9, 9)).rate and share_row(Share("", 10, 10)).rate


def test_steps__are_three_and_what_stops_a_training_is_first() -> None:
    found = said(sick())
    assert len(found) == 3 and found[0].startswith("“straw_burning”不到 10 句")


def test_steps__a_changed_week_names_what_moved_most() -> None:
    changed = [*calm(), week(0, road=60, straw_burning=60)]
    assert "“straw_burning”从 0% 到 50%" in "".join(said(replace(NOTHING, weeks=drift_of(changed))))


def test_steps__a_calm_week_is_good_and_nothing_to_do() -> None:
    still = replace(
        NOTHING, weeks=drift_of([*calm(), week(0, road=61, water_supply=40, unknown=9)])
    )
    assert "居民最近说的事，和前几周差不多。" in good(still)
    assert not any("变了" in each for each in said(still))


@pytest.mark.parametrize(("sentences", "is_asked"), [(10, True), (19, True), (20, False)])
def test_steps__more_sentences_up_to_twenty(sentences: int, is_asked: bool) -> None:
    health = replace(NOTHING, intents=(IntentHealth("road", Count(sentences), 1, 0),))
    assert any("多添几句" in each for each in said(health)) is is_asked
    assert any("20 句以上" in each for each in good(health)) is not is_asked


def test_chart__breaks_where_a_week_says_nothing() -> None:
    found = chart(drift_of(calm()))
    assert found is not None
    assert len(found.dots) == 9 and len(found.lines) == 1


def test_chart__higher_is_more_and_nothing_leaves_the_picture() -> None:
    found = chart(drift_of([*calm(), week(0, straw_burning=80)]))
    assert found is not None
    last = found.dots[-1]
    assert last.is_different and last.y == min(dot.y for dot in found.dots)
    assert all(12 <= dot.y <= 158 and 42 <= dot.x <= 350 for dot in found.dots)


def test_chart__without_a_telling_week_is_none() -> None:
    assert chart(drift_of([week(0, road=3)])) is None
