"""The pages of intents in a real browser, from a draft to a split."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from services.learning.edits import AddIntent, EditState, RecordedEdit
from tests.console.learning.desk import Loop
from tests.console.learning.seen import looked_at, opened
from tests.console.stand_ins import NOW


def test_intent__from_draft_to_live_then_another_is_split(chrome: Browser, loop: Loop) -> None:
    with opened(chrome, loop) as page:
        page.goto("/console/intents")
        page.get_by_role("link", name="加一个").click()
        page.get_by_label("名称").fill("广场灯")
        page.get_by_label("代码").fill("square_lamp")
        page.get_by_label("服务组").select_option("infrastructure")
        page.get_by_label("主办单位").select_option("住建局")
        page.get_by_label("最低由谁办").select_option("village")
        page.get_by_label("求助").check()
        page.get_by_label("自己的办结时限").fill("求助:五天")
        page.get_by_role("button", name="记下草稿").click()
        expect(page.get_by_role("alert")).to_contain_text("五天")
        looked_at(page, "intents-draft-refused")
        page.get_by_label("自己的办结时限").fill("求助:5")
        page.get_by_role("button", name="记下草稿").click()
        expect(page.get_by_role("alert")).to_contain_text("记下了")
        loop.matters.enough("square_lamp")
        page.reload()
        page.get_by_text("上线", exact=True).click()
        looked_at(page, "intents-live")
        page.get_by_role("button", name="确定上线").click()
        expect(page.get_by_role("alert")).to_contain_text("上线了")
        page.goto("/console/intents/road")
        page.get_by_text("拆成几项", exact=True).click()
        page.get_by_label("代码").nth(1).fill("pothole")
        page.get_by_label("名称").nth(1).fill("路面坑洼")
        looked_at(page, "intents-split")
        page.get_by_role("button", name="确定拆成几项").click()
        expect(page.get_by_role("alert")).to_contain_text("开始拆分了")
        looked_at(page, "intents-splitting")
        why = "data/road.yml 第3行:YAML 写坏了"
        edit = AddIntent("pothole", "路面坑洼")
        loop.matters.journal.kept.append(
            RecordedEdit(99, NOW, "admin", edit, EditState.PENDING, why)
        )
        page.goto("/console/intents")
        looked_at(page, "intents")
