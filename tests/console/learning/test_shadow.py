"""What a model that reads along would have done otherwise, as a page."""

from __future__ import annotations

from tests.console.learning.desk import Loop, Visitor
from tests.console.learning.fleet import NEW, OLD

PATH = f"/console/models/{NEW}/shadow"


async def test_page__says_how_often_and_where(web: Visitor) -> None:
    page = (await web.get(PATH)).text
    assert "跟着读了 <b>120</b> 条" in page and "不同的有 <b>2</b> 条（2%）" in page
    assert "1 条，请逐条看" in page


async def test_page__words_are_letters_and_what_may_not_be_read_says_so(web: Visitor) -> None:
    page = (await web.get(PATH)).text
    assert "路灯&lt;u&gt;杆子" in page and "不给看" in page


async def test_page__examples_of_one_pair(web: Visitor) -> None:
    page = (await web.get(f"{PATH}?live=street_lamp&shadow=power_supply")).text
    assert "现用的说“路灯”，它说“停电与供电”" in page and "它没看出紧急" in page


async def test_page__of_a_pair_that_never_was_is_empty(web: Visitor) -> None:
    page = (await web.get(f"{PATH}?live=<b>&shadow=y")).text
    assert "没有。" in page and "<b>”" not in page


async def test_page__of_no_readings_says_what_to_do(web: Visitor) -> None:
    assert "还没有试读过消息" in (await web.get(f"/console/models/{OLD}/shadow")).text


async def test_page__of_an_unknown_model_or_number_is_not_found(web: Visitor) -> None:
    assert (await web.get("/console/models/x/shadow")).status_code == 404
    assert (await web.get(f"{PATH}?before=x")).status_code == 404


async def test_page__is_written_down_as_read(web: Visitor, loop: Loop) -> None:
    await web.get(PATH)
    assert "model.differences" in loop.actions()
