"""What an admin does with intents; what is refused stands on the page with what was typed."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass

from starlette.responses import Response

from console.desk.visit import Visit
from console.learning.intents import IntentPages
from console.learning.intents_form import draft_of, parts_of, typed_fields
from console.learning.intents_news import told
from services.learning.edits import FilesBroken
from services.learning.intent_office import Draft, Outcome
from services.learning.intents import IntentChanged, IntentRefused

_LIST = "/console/intents"
_REFUSALS = (IntentRefused, IntentChanged, FilesBroken)
_LATER = "模型到下一次训练才学到。"


@dataclass(frozen=True, slots=True)
class IntentActs:
    """The changes, each written down in the console's log by its use case."""

    pages: IntentPages

    async def add(self, visit: Visit) -> Response:
        """A new draft."""
        fields = typed_fields(visit.form)
        try:
            outcome = await self.pages.intents.add_draft(draft_of(fields), visit.account.name)
        except _REFUSALS as exc:
            return self.pages.draft_form(visit, fields, str(exc))
        done = f"草稿“{fields.name}”记下了：现在可以给它标例句，够了再上线。"
        return self._told(visit, fields.code, done, outcome)

    async def change(self, visit: Visit) -> Response:
        """Another row of a draft."""
        code = visit.path("code")
        fields = typed_fields(visit.form, code)
        try:
            if visit.form.text("code").strip() not in ("", code):
                raise IntentRefused("这里改不了代码，要改请用“改名”")
            outcome = await self.pages.intents.change_draft(draft_of(fields), visit.account.name)
        except _REFUSALS as exc:
            return self.pages.draft_form(visit, fields, str(exc), code)
        return self._told(visit, code, f"草稿“{fields.name}”改好了。", outcome)

    async def live(self, visit: Visit) -> Response:
        """From a draft to a matter; a part of a split with all others."""
        code = visit.path("code")
        doing = self.pages.intents.go_live(code, visit.account.name)
        done = f"上线了：派单目录里有了，标好的例句写进了文件。{_LATER}"
        return await self._done(visit, "live", doing, code, done)

    async def rename(self, visit: Visit) -> Response:
        """Another name, another code, or both; without a new code the old one stays."""
        code, form = visit.path("code"), visit.form
        new_code, name = form.text("new_code").strip() or code, form.text("new_name").strip()
        doing = self.pages.intents.rename(code, new_code, name, visit.account.name)
        done = f"改好了：现在是“{name}”（{new_code}）。"
        if new_code != code:
            done += f"写着 {code} 的工单和标注照样算它的。{_LATER}"
        return await self._done(visit, "rename", doing, new_code, done)

    async def merge(self, visit: Visit) -> Response:
        """Its examples, words and tickets become another's."""
        code, into = visit.path("code"), visit.form.text("into").strip()
        doing = self.pages.intents.merge(code, into, visit.account.name)
        return await self._done(visit, "merge", doing, into, f"{code} 并到这里了。{_LATER}")

    async def split(self, visit: Visit) -> Response:
        """New drafts beside it, whose rows begin as its own."""
        code = visit.path("code")
        doing = self._split(code, parts_of(visit.form), visit.account.name)
        done = "开始拆分了：例句没分完以前，它照旧用。新的几项先跟它同一行目录，可以各自改。"
        return await self._done(visit, "split", doing, code, done)

    async def cancel_split(self, visit: Visit) -> Response:
        """All stays one matter."""
        code = visit.path("code")
        doing = self.pages.intents.cancel_split(code, visit.account.name)
        done = "不拆分了，还是一个事项。新的几项仍是草稿，不要了可以删。"
        return await self._done(visit, "cancel_split", doing, code, done)

    async def remove(self, visit: Visit) -> Response:
        """What nothing refers to any more."""
        code = visit.path("code")
        doing = self.pages.intents.remove(code, visit.account.name)
        return await self._done(visit, "remove", doing, "", f"{code} 删掉了。{_LATER}")

    async def _split(self, code: str, parts: list[tuple[str, str]], by: str) -> Outcome:
        listed = await self.pages.intents.listed()
        row = next((each.row for each in listed if each.code == code), {})
        drafts = [Draft(part, name, row) for part, name in parts]
        return await self.pages.intents.split(code, drafts, by)

    async def _done(
        self, visit: Visit, act: str, doing: Awaitable[Outcome], code: str, done: str
    ) -> Response:
        try:
            outcome = await doing
        except _REFUSALS as exc:
            return await self.pages.show(visit, visit.path("code"), str(exc), act, visit.form)
        return self._told(visit, code, done, outcome)

    def _told(self, visit: Visit, code: str, done: str, outcome: Outcome) -> Response:
        path = f"{_LIST}/{code}" if code else _LIST
        return told(self.pages.console, visit, path, done, outcome)
