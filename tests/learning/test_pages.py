"""The pages of corrections and reviews over the real desks, on both databases."""

from __future__ import annotations

from console.learning.router import add_inbox, add_review
from services.learning.labels import LabelState
from tests.console.desk_office import DeskOffice, browser, csrf_of, sign_in
from tests.console.learning.choices import choices
from tests.console.learning.desk import Visitor
from tests.learning.school import School


async def test_correction__is_reviewed_by_somebody_else_and_becomes_an_example(
    here: School,
) -> None:
    office = DeskOffice()
    add_inbox(office.console, here.inbox, choices)
    add_review(office.console, here.review, choices)
    await office.people()
    await here.say("村口的路灯坏了三天")
    number = (await here.only("annotator")).inbox_id
    async with browser(office) as web:
        await sign_in(web, "annotator")
        first = Visitor(web, await csrf_of(web))
        answer = await first.htmx(f"/console/inbox/{number}", intent="road", appeal_type="help")
        assert "等另一个人复核" in answer.text
        web.cookies.clear()
        await sign_in(web, "reviewer")
        second = Visitor(web, await csrf_of(web))
        (label,) = await here.labels()
        answer = await second.htmx(f"/console/review/{label.id}", appeal_type="help")
    assert "收下" in answer.text
    (label,) = await here.labels()
    assert (label.intent, label.state) == ("road", LabelState.WRITTEN)


async def test_undo__shows_the_message_again(here: School) -> None:
    office = DeskOffice()
    add_inbox(office.console, here.inbox, choices)
    await office.people()
    await here.say("村口的路灯坏了三天")
    number = (await here.only("annotator")).inbox_id
    async with browser(office) as web:
        await sign_in(web, "annotator")
        one = Visitor(web, await csrf_of(web))
        await one.htmx(f"/console/inbox/{number}", verdict="unclear")
        answer = await one.htmx("/console/inbox/undo")
    assert f'data-item="{number}"' in answer.text
