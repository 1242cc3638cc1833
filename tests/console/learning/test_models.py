"""The pages of models and their switches, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk.action_names import ACTION_NAMES
from services.console_policy import ConsoleRole
from services.learning.books import Follower
from tests.console.desk_office import csrf_of, sign_in
from tests.console.learning.desk import Loop, Visitor, visitor
from tests.console.learning.fleet import BAD, FRESH, NEW, OLD
from tests.console.stand_ins import NOW

TOWNSHIP = "141026100"


async def test_list__what_works_comes_first(web: Visitor) -> None:
    page = (await web.get("/console/models")).text
    assert page.index(f"/models/{OLD}") < page.index(f"/models/{NEW}")
    assert "正在用" in page and "没过关" in page


async def test_list__empty_says_what_to_do(web: Visitor, loop: Loop) -> None:
    loop.fleet.kept.clear()
    assert "还没有登记模型" in (await web.get("/console/models")).text


async def test_list__a_process_that_does_not_follow_is_named(web: Visitor, loop: Loop) -> None:
    loop.fleet.running.append(Follower("county-2:9", NOW, 3, "keywords", "", "", "文件读不出来"))
    page = (await web.get("/console/models")).text
    assert "county-2:9 还没有换好：文件读不出来（现在用 关键词）" in page


async def test_report__says_first_what_keeps_it_back(web: Visitor) -> None:
    page = (await web.get(f"/console/models/{BAD}")).text
    assert page.index("险情不许丢") < page.index("考题认对")
    assert "电线&lt;i&gt;断了" in page and "<i>断了" not in page


async def test_report__of_no_examination_is_said_to_be_missing(web: Visitor) -> None:
    assert "还没有报告" in (await web.get(f"/console/models/{FRESH}")).text


async def test_report__of_another_version_does_not_break_the_page(web: Visitor, loop: Loop) -> None:
    loop.fleet.kept[NEW] = replace(loop.fleet.kept[NEW], report='{"old":1}')
    answer = await web.get(f"/console/models/{NEW}")
    assert answer.status_code == 200 and "报告读不出来" in answer.text


async def test_report__as_pdf(web: Visitor) -> None:
    answer = await web.get(f"/console/models/{NEW}/report.pdf")
    assert answer.content == b"%PDF nlu-new"
    assert answer.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("path", ["nlu-x", "nlu-x/report.pdf", f"{FRESH}/report.pdf", "a%2F..%2Fb"])
async def test_unknown__is_not_found(web: Visitor, path: str) -> None:
    assert (await web.get(f"/console/models/{path}")).status_code == 404


async def test_way__shadow_then_some_townships_then_all_then_back(web: Visitor, loop: Loop) -> None:
    fleet = loop.fleet
    await web.post(f"/console/models/{NEW}/shadow", reason="先看看")
    assert fleet.now.shadow == NEW
    await web.post(f"/console/models/{NEW}/canary", reason="府城先试", township=[TOWNSHIP])
    assert (fleet.now.canary, fleet.now.townships) == (NEW, (TOWNSHIP,))
    await web.post(f"/console/models/{NEW}/activate", reason="没问题")
    assert (fleet.now.active, fleet.now.previous, fleet.now.canary) == (NEW, OLD, "")
    await web.post(f"/console/models/{OLD}/rollback", reason="路灯认错")
    assert (fleet.now.active, fleet.now.previous) == (OLD, "")
    assert [r.by for r in fleet.records] == ["admin"] * 4
    done = {"model.shadow", "model.canary", "model.activate", "model.rollback"}
    assert done <= {*loop.actions()} and done <= {*ACTION_NAMES}


async def test_switch__history_is_shown_with_who_and_why(web: Visitor) -> None:
    await web.post(f"/console/models/{NEW}/activate", reason="没<b>问题")
    page = (await web.get("/console/models")).text
    assert "全县换上" in page and "admin：没&lt;b&gt;问题" in page


async def test_switch__without_a_reason_is_refused(web: Visitor, loop: Loop) -> None:
    answer = await web.post(f"/console/models/{NEW}/activate", reason="  ")
    assert answer.status_code == 422 and loop.fleet.now.active == OLD


async def test_refused_model__reads_along_but_does_not_go_live(web: Visitor, loop: Loop) -> None:
    page = (await web.get(f"/console/models/{BAD}")).text
    assert f"/models/{BAD}/shadow" in page and f"/models/{BAD}/activate" not in page
    answer = await web.post(f"/console/models/{BAD}/activate", reason="就要")
    assert answer.status_code == 422 and loop.fleet.now.active == OLD


async def test_canary__of_no_township_is_refused(web: Visitor, loop: Loop) -> None:
    answer = await web.post(f"/console/models/{NEW}/canary", reason="试试")
    assert answer.status_code == 422 and not loop.fleet.now.canary


async def test_back__to_another_than_the_page_said_is_refused(web: Visitor, loop: Loop) -> None:
    loop.fleet.now = replace(loop.fleet.now, active=NEW, previous=OLD)
    answer = await web.post(f"/console/models/{FRESH}/rollback", reason="退")
    assert answer.status_code == 422 and loop.fleet.now.active == NEW


@pytest.mark.parametrize("what", ["remove", "x"])
async def test_unknown_switch__is_not_found(web: Visitor, what: str) -> None:
    assert (await web.post(f"/console/models/{NEW}/{what}", reason="试")).status_code == 404


async def test_override__one_asks_and_another_agrees(loop: Loop) -> None:
    async with visitor(loop, ConsoleRole.ADMIN) as admin:
        await admin.post(f"/console/models/{BAD}/override", reason="汛期急着要新事项")
        answer = await admin.post(f"/console/models/{BAD}/override", agree="1")
        assert answer.status_code == 422 and "换一个人" in answer.text
        assert "我看过报告" not in (await admin.get(f"/console/models/{BAD}")).text
        await sign_over(admin, "reviewer")
        assert "我看过报告" in (await admin.get(f"/console/models/{BAD}")).text
        await admin.post(f"/console/models/{BAD}/override", agree="1")
    assert loop.fleet.asked[BAD].agreed_by == "reviewer"
    assert {"model.override_asked", "model.override_agreed"} <= {*loop.actions()}


async def sign_over(visit: Visitor, name: str) -> None:
    """Somebody else at the same browser."""
    visit.web.cookies.clear()
    await sign_in(visit.web, name)
    visit.csrf = await csrf_of(visit.web)


async def test_reviewer__sees_the_report_but_no_switches(loop: Loop) -> None:
    async with visitor(loop, ConsoleRole.REVIEWER) as web:
        page = (await web.get(f"/console/models/{NEW}")).text
    assert "可以上线" in page and f"/models/{NEW}/activate" not in page
