"""A training from its reason to its report, in a real browser with a stand-in for the runner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from services.learning.jobs import JobState, Step
from tests.console.learning.desk import Loop
from tests.console.learning.seen import looked_at, opened


@pytest.fixture
def page(chrome: Browser, loop: Loop) -> Iterator[Page]:
    with opened(chrome, loop) as one:
        one.goto("/console/training")
        yield one


def test_training__is_started_watched_and_ends_at_its_report(page: Page, loop: Loop) -> None:
    expect(page.locator("#changes")).to_contain_text("多了 42 句")
    page.keyboard.press("n")
    page.keyboard.type("加了四十句秸秆焚烧")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="排队")).to_be_visible()
    loop.trainings.works(1, Step.TRAIN, 0.42, 95)
    expect(page.locator(".ladder .is-now")).to_contain_text("42%")
    expect(page.get_by_role("heading", name="正在训练")).to_be_visible()
    looked_at(page, "training-running")
    loop.trainings.works(1, Step.TEST, 0.1, 40)
    expect(page.locator(".ladder .is-now")).to_contain_text("考试")
    loop.trainings.ends(1, JobState.DONE, model="nlu-0a1b2c")
    expect(page.get_by_role("link", name="看把关报告")).to_be_visible()
    looked_at(page, "training-done")


def test_training__is_cancelled_after_one_question(page: Page, loop: Loop) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("为什么现在训练").fill("试一试")
    page.get_by_role("button", name="开始训练").click()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("heading", name="取消了")).to_be_visible()
    assert loop.trainings.kept[0].state is JobState.CANCELLED
