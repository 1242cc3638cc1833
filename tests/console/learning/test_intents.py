"""The pages of intents, without a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from console.learning.intents_news import files_lines
from console.learning.intents_words import limits_cell, limits_text
from services.console_policy import ConsoleRole
from services.learning.applying import Applied
from services.learning.edits import AddIntent, EditState, RecordedEdit
from services.learning.intents import IntentState, KnownIntent
from tests.console.learning.desk import Loop, Visitor, visitor
from tests.console.stand_ins import NOW

LAMP: dict[str, str | list[str]] = {
    "code": "square_lamp",
    "name": "广场灯",
    "group": "infrastructure",
    "lead_unit": "住建局",
    "co_units": ["交通局|水利局", "交通局"],
    "min_level": "village",
    "appeal_types": ["help", "report"],
    "urgency": "normal",
    "limits": "求助：5、report:3",
    "evidence": ["photo", "contact"],
    "basis": "城市照明管理规定|道路条例",
    "covers": "广场上的灯；路上的归路灯",
}
AT = "/console/intents"


async def told(web: Visitor, answer: httpx.Response) -> str:
    """The page after a change that went well."""
    assert answer.status_code == 303, answer.text
    return (await web.get(answer.headers["location"])).text


# the list


@pytest.mark.parametrize("typed", ["桥梁", "bridge", "qiaoliang", "ql"])
async def test_search__finds_by_name_code_and_pinyin(web: Visitor, typed: str) -> None:
    page = (await web.get(f"{AT}?q={typed}")).text
    assert f'href="{AT}/bridge"' in page and f'href="{AT}/road"' not in page


async def test_list__says_counts_and_what_a_draft_lacks(web: Visitor, loop: Loop) -> None:
    await web.post(AT, **LAMP)
    loop.matters.enough("square_lamp", 4)
    page = (await web.get(f"{AT}?state=draft")).text
    assert "还差 6 句例句（已有 4 句，至少 10 句）" in page
    assert 'data-label="等上线">4<' in page and f"{AT}/road" not in page
    bridge = (await web.get(f"{AT}?q=bridge")).text
    assert 'data-label="例句">1<' in bridge and 'data-label="其中真实">1<' in bridge


async def test_list__unknown_filter_shows_all(web: Visitor) -> None:
    assert f"{AT}/road" in (await web.get(f"{AT}?state=x")).text


async def test_list__says_which_line_keeps_the_files_back(web: Visitor, loop: Loop) -> None:
    edit = RecordedEdit(0, NOW, "admin", AddIntent("a", "甲"), EditState.PENDING)
    why = "data/road.yml 第3行:YAML <b>写坏了"
    refused = replace(edit, id=1, state=EditState.REFUSED, problem="同一句话在 data/x.yml 第9行")
    loop.matters.journal.kept = [replace(edit, problem=why), refused]
    page = (await web.get(AT)).text
    assert "data/road.yml 第3行:YAML &lt;b&gt;写坏了" in page and "data/x.yml 第9行" in page


async def test_broken_sentences__are_told_and_keep_everything_as_it_is(
    web: Visitor, loop: Loop
) -> None:
    (loop.matters.root / "nlu/data/road.yml").write_text("nlu: [", encoding="utf-8")
    page = (await web.get(AT)).text
    assert "data/road.yml 第" in page and f"{AT}/bridge" in page
    answer = await web.post(f"{AT}/road/rename", new_code="lane", new_name="小路")
    assert answer.status_code == 422 and "data/road.yml 第" in answer.text
    assert loop.matters.row("road") and not loop.matters.journal.kept


async def test_broken_keywords__are_told_with_file_and_line(web: Visitor, loop: Loop) -> None:
    (loop.matters.root / "nlu/keywords/things.yml").write_text("a:\n  b: [", encoding="utf-8")
    answer = await web.get(AT)
    assert answer.status_code == 200 and "keywords/things.yml 第" in answer.text


async def test_broken_list_of_intents__is_told_on_every_page(web: Visitor, loop: Loop) -> None:
    (loop.matters.root / "domain.yml").write_text("intents: [", encoding="utf-8")
    answer = await web.get(AT)
    assert answer.status_code == 200 and "domain.yml 第" in answer.text
    answer = await web.get(f"{AT}/road")
    assert answer.status_code == 422 and "domain.yml 第" in answer.text


# drafts


async def test_draft__becomes_a_row_with_every_cell(web: Visitor, loop: Loop) -> None:
    page = await told(web, await web.post(AT, **LAMP))
    assert "草稿“广场灯”记下了" in page and "没有考题" in page
    row = loop.matters.records["square_lamp"].row
    assert row["co_units"] == "交通局|水利局" and row["limits"] == "help:5|report:3"
    assert row["appeal_types"] == "help|report" and row["basis"] == "城市照明管理规定|道路条例"
    assert "求助:5、举报:3" in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "Lamp"}, "小写英文字母"),
        ({"code": "road"}, "已经是"),
        ({"name": ""}, "请写名称"),
        ({"lead_unit": "", "appeal_types": []}, "请选主办单位；请至少勾一种诉求类型"),
        ({"lead_unit": "没有的局"}, "没有的局"),
        ({"limits": "求助:五天、举报:5"}, "时限“求助:五天”看不懂"),
        ({"limits": "举报:91"}, "时限“举报:91”看不懂"),
        ({"covers": "长" * 301}, "最多写 300 个字"),
    ],
)
async def test_draft__refused_keeps_what_was_typed(
    web: Visitor, loop: Loop, changed: dict[str, str | list[str]], says: str
) -> None:
    answer = await web.post(AT, **{**LAMP, **changed})
    assert answer.status_code == 422 and says in answer.text
    assert "广场上的灯" in answer.text or "长长" in answer.text
    assert 'value="photo" checked' in answer.text
    assert not loop.matters.records


async def test_draft__is_changed_and_keeps_its_code(web: Visitor, loop: Loop) -> None:
    await web.post(AT, **LAMP)
    form = (await web.get(f"{AT}/square_lamp/draft")).text
    assert 'value="求助:5、举报:3"' in form and 'value="交通局" checked' in form
    answer = await web.post(f"{AT}/square_lamp/draft", **{**LAMP, "code": "x_lamp"})
    assert answer.status_code == 422 and "改名" in answer.text
    await told(web, await web.post(f"{AT}/square_lamp/draft", **{**LAMP, "urgency": "complex"}))
    assert loop.matters.records["square_lamp"].row["urgency"] == "complex"


async def test_draft_form__is_for_drafts_alone(web: Visitor) -> None:
    assert (await web.get(f"{AT}/road/draft")).status_code == 422
    assert (await web.get(f"{AT}/nothing/draft")).status_code == 404


async def test_live__is_offered_when_nothing_is_missing(web: Visitor, loop: Loop) -> None:
    await web.post(AT, **LAMP)
    assert "确定上线" not in (await web.get(f"{AT}/square_lamp")).text
    answer = await web.post(f"{AT}/square_lamp/live")
    assert answer.status_code == 422 and "还差 10 句例句" in answer.text
    loop.matters.enough("square_lamp")
    assert "确定上线" in (await web.get(f"{AT}/square_lamp")).text
    page = await told(web, await web.post(f"{AT}/square_lamp/live"))
    assert "上线了" in page and "在用" in page and loop.matters.row("square_lamp")
    assert "第3盏灯" in (loop.matters.root / "nlu/data/square_lamp.yml").read_text("utf-8")


async def test_names__are_never_markup(web: Visitor, loop: Loop) -> None:
    name = "<img src=x>\"'"
    await web.post(AT, **{**LAMP, "name": name, "covers": "<script>1</script>"})
    assert loop.matters.records["square_lamp"].name == name
    for path in (AT, f"{AT}/square_lamp", f"{AT}/square_lamp/draft", f"{AT}?q=%3Cimg%20src"):
        page = (await web.get(path)).text
        assert "&lt;img" in page and "<img" not in page and "<script>1" not in page


# matters


async def test_one__says_what_would_change(web: Visitor, loop: Loop) -> None:
    loop.matters.open = 7
    page = (await web.get(f"{AT}/road")).text
    assert "nlu/data/road.yml、nlu/golden/road.yml" in page and "7 件没办完的工单" in page
    assert "下一次训练" in page and "道路损坏与修路" in page


async def test_rename__leads_to_the_new_code(web: Visitor, loop: Loop) -> None:
    answer = await web.post(f"{AT}/bridge/rename", new_code="viaduct", new_name="桥和涵洞")
    page = await told(web, answer)
    assert "现在是“桥和涵洞”（viaduct）" in page
    assert (loop.matters.root / "nlu/data/viaduct.yml").exists()
    assert "桥和涵洞（viaduct）" in (await web.get(f"{AT}/bridge")).text
    assert "viaduct" in (await web.get(f"{AT}?state=changed")).text


async def test_rename__refused_keeps_the_form_open_with_what_was_typed(web: Visitor) -> None:
    answer = await web.post(f"{AT}/bridge/rename", new_code="road", new_name="桥<b>")
    assert answer.status_code == 422 and "已经是" in answer.text
    assert 'value="桥&lt;b&gt;"' in answer.text and 'value="road"' in answer.text
    assert re.search(r'<details class="switch" name="act" open>.*\n.*bridge/rename', answer.text)


async def test_merge__tells_what_moved(web: Visitor, loop: Loop) -> None:
    page = await told(web, await web.post(f"{AT}/bridge/merge", into="road"))
    assert "1 句例句并过去了" in page and loop.matters.row("bridge") is None


async def test_merge__of_an_urgent_one_is_neither_offered_nor_done(web: Visitor) -> None:
    assert 'value="fire"' not in (await web.get(f"{AT}/road")).text
    answer = await web.post(f"{AT}/road/merge", into="fire")
    assert answer.status_code == 422 and "紧急" in answer.text


async def test_split__waits_for_the_sorting_and_can_be_taken_back(web: Visitor, loop: Loop) -> None:
    parts = {"part_code": ["pothole", ""], "part_name": ["路面坑洼", ""]}
    page = await told(web, await web.post(f"{AT}/road/split", **parts))
    assert "3 句例句已排进复核" in page and "还有 3 句例句没有分" in page
    assert loop.matters.records["pothole"].row["lead_unit"] == loop.matters.row("road")["lead_unit"]  # type: ignore[index]
    assert "3 句没分" in (await web.get(f"{AT}?state=splitting")).text
    part = (await web.get(f"{AT}/pothole")).text
    assert "拆出来的" in part and "原来的例句还有 3 句" in part
    assert "不拆分了" in await told(web, await web.post(f"{AT}/road/cancel_split"))
    assert loop.matters.records["road"].state is IntentState.LIVE


async def test_split__into_nothing_is_refused(web: Visitor) -> None:
    answer = await web.post(f"{AT}/road/split", part_code=["", ""], part_name=["", ""])
    assert answer.status_code == 422 and "至少要有一个新事项" in answer.text


async def test_split__refused_keeps_the_parts(web: Visitor) -> None:
    answer = await web.post(f"{AT}/road/split", part_code=["Bad"], part_name=["坑<i>洼"])
    assert answer.status_code == 422
    assert 'value="Bad"' in answer.text and 'value="坑&lt;i&gt;洼"' in answer.text


async def test_remove__says_what_still_refers_to_it(web: Visitor, loop: Loop) -> None:
    loop.matters.open = 2
    answer = await web.post(f"{AT}/road/remove")
    assert answer.status_code == 422 and "还有 2 件没办完的工单是它" in answer.text


async def test_remove__of_a_draft_leads_to_the_list(web: Visitor, loop: Loop) -> None:
    await web.post(AT, **LAMP)
    assert "square_lamp 删掉了" in await told(web, await web.post(f"{AT}/square_lamp/remove"))
    assert "删掉了" in (await web.get(f"{AT}/square_lamp")).text


async def test_sealed__is_renamed_in_chinese_alone(web: Visitor) -> None:
    page = (await web.get(f"{AT}/discipline_report")).text
    assert "/discipline_report/rename" in page and "readonly" in page
    assert not re.search(r"/discipline_report/(merge|split|remove)", page)


async def test_somebody_was_quicker__is_told(web: Visitor, loop: Loop) -> None:
    async def known() -> list[KnownIntent]:
        loop.matters.version += 1
        return []

    loop.matters.known = known  # type: ignore[method-assign]
    answer = await web.post(f"{AT}/bridge/rename", new_code="bridge", new_name="桥")
    assert answer.status_code == 422 and "刚被别人改过" in answer.text


@pytest.mark.parametrize("path", ["nothing", "a%2F..%2Fb", "%3Cb%3E"])
async def test_unknown__is_not_found(web: Visitor, path: str) -> None:
    assert (await web.get(f"{AT}/{path}")).status_code == 404


# who, and what is told


@pytest.fixture
async def reviewer(loop: Loop) -> AsyncIterator[Visitor]:
    async with visitor(loop, ConsoleRole.REVIEWER) as signed_in:
        yield signed_in


async def test_reviewer__sees_but_is_offered_no_change(reviewer: Visitor) -> None:
    assert "加一个" not in (await reviewer.get(AT)).text
    page = (await reviewer.get(f"{AT}/road")).text
    assert "道路" in page and "/road/rename" not in page


async def test_news__are_told_on_the_page_of_the_change_alone(web: Visitor) -> None:
    answer = await web.post(f"{AT}/bridge/merge", into="road")
    page = answer.headers["location"]
    assert "并过去了" not in (await web.get(page.split("?")[0])).text
    assert "并过去了" not in (await web.get(f"{AT}?told=x")).text
    web.web.cookies.set("intent-news", "forged", path="/console/intents")
    assert "forged" not in (await web.get(page)).text


def test_files__that_wait_are_told_with_the_place() -> None:
    lines = files_lines(Applied(waiting=2, problem="data/a.yml 第3行:坏了"))
    assert lines == ["有 2 处还没写进例句文件：data/a.yml 第3行:坏了。修好了会自己接着写"]


@pytest.mark.parametrize("typed", ["求助:5、举报:3", "help:5|report:3", "求助：5 举报：3"])
def test_limits__are_typed_in_chinese_or_in_codes(typed: str) -> None:
    assert limits_cell(typed) == "help:5|report:3"
    assert limits_text(limits_cell(typed)) == "求助:5、举报:3"
