"""The page of trainings, without a browser."""

from __future__ import annotations

import pytest

from services.learning.gate_report import DataChange
from services.learning.jobs import JobState, Step
from tests.console.learning.desk import Loop, Visitor

REASON = "加了 40 句秸秆焚烧"


async def test_page__says_whether_a_training_is_worth_it(web: Visitor) -> None:
    page = (await web.get("/console/training/changes")).text
    assert "多了 <b>42</b> 句" in page and "秸秆焚烧与处理" in page
    assert "村口的&lt;b&gt;灯" in page


async def test_page__nothing_changed_says_so(web: Visitor, loop: Loop) -> None:
    loop.trainings.changed = DataChange(True)
    page = (await web.get("/console/training/changes")).text
    assert "现在训练，出来的还是同一个模型" in page


async def test_start__queues_with_its_reason_and_is_written_down(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    job = loop.trainings.kept[0]
    assert (job.author, job.reason) == ("admin", REASON)
    assert "train.start" in loop.actions()


@pytest.mark.parametrize("reason", ["", " 急 ", "长" * 201])
async def test_start__without_a_sentence_is_refused(web: Visitor, loop: Loop, reason: str) -> None:
    assert (await web.post("/console/training", reason=reason)).status_code == 422
    assert not loop.trainings.kept


async def test_start__while_one_runs_is_refused(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    assert (await web.post("/console/training", reason=REASON)).status_code == 409
    assert len(loop.trainings.kept) == 1


async def test_now__shows_the_rung_its_share_and_what_is_left(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    loop.trainings.works(1, Step.TRAIN, 0.5, 95)
    part = (await web.get("/console/training/1/now")).text
    assert '<li class="is-done"><b>检查例句</b>' in part and "50%" in part
    assert "大约还要 1 分 35 秒" in part and "&lt;第 0 行&gt;" in part


async def test_now__reloads_the_page_when_it_is_over(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    loop.trainings.ends(1, JobState.DONE, model="nlu-1")
    answer = await web.get("/console/training/1/now")
    assert answer.headers["hx-refresh"] == "true"


async def test_failed__says_where_and_why(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    loop.trainings.works(1, Step.TEST, 0.2, None)
    loop.trainings.ends(1, JobState.FAILED, problem="磁盘满了")
    page = (await web.get("/console/training")).text
    assert "磁盘满了" in page and "没有做成" in page


async def test_cancel__asks_the_runner_to_end(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    loop.trainings.works(1, Step.TRAIN, 0.5, 95)
    await web.post("/console/training/1/cancel")
    assert loop.trainings.kept[0].cancel
    assert "正在取消" in (await web.get("/console/training")).text
    assert "train.cancel" in loop.actions()


async def test_cancel__of_one_that_is_over_is_a_sentence(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    loop.trainings.ends(1, JobState.DONE, model="nlu-1")
    assert (await web.post("/console/training/1/cancel")).status_code == 409


async def test_done__leads_to_its_report(web: Visitor, loop: Loop) -> None:
    await web.post("/console/training", reason=REASON)
    loop.trainings.works(1, Step.GATE, 0.9, 1)
    loop.trainings.ends(1, JobState.DONE, model="nlu-1")
    page = (await web.get("/console/training")).text
    assert 'href="/console/models/nlu-1"' in page and "用了 3 分 20 秒" in page


@pytest.mark.parametrize("path", ["7", "x", "7/now", "x/now"])
async def test_unknown_training__is_not_found(web: Visitor, path: str) -> None:
    assert (await web.get(f"/console/training/{path}")).status_code == 404
