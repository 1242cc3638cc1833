"""The pages of models: which there are, what the gate said, and the switches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.follower_view import follower_rows
from console.learning.model_view import (
    in_order,
    model_row,
    readable_report,
    switch_rows,
)
from console.learning.report_view import report_page
from console.learning.switch_view import next_steps
from console.problem import Problem
from services.console_policy import Permission
from services.learning.books import Followers, ModelBook, NoSuchModel, ServingBook, ServingChanged
from services.learning.gate_report import GateReport
from services.learning.models import Serving, TrainedModel
from services.learning.overrides import (
    OverrideBook,
    OverrideRefused,
    agree_override,
    ask_override,
)
from services.learning.serving import ModelRefused, ReasonMissing
from services.learning.serving_rules import AlreadyServesAll, NothingToDo, NothingToGoBackTo

HISTORY = 30
_NONE = "没有这个模型。"
_REFUSALS = (
    AlreadyServesAll,
    ModelRefused,
    NothingToDo,
    NothingToGoBackTo,
    OverrideRefused,
    ReasonMissing,
)
ReportPdf = Callable[[GateReport], Awaitable[bytes]]


class Switches(Protocol):
    """`services.learning.serving.Switching`."""

    async def activate(self, model: str, *, by: str, reason: str) -> Serving:
        """Let it read all messages."""
        ...

    async def rollback(self, *, by: str, reason: str) -> Serving:
        """Back to the one before."""
        ...

    async def shadow(self, model: str, *, by: str, reason: str) -> Serving:
        """Let it read along without effect."""
        ...

    async def canary(
        self, model: str, townships: Collection[str], *, by: str, reason: str
    ) -> Serving:
        """Let it read the messages of some townships."""
        ...

    async def stop(self, *, by: str, reason: str) -> Serving:
        """End shadow and canary."""
        ...


@dataclass(frozen=True, slots=True)
class Models:
    """Everything about the models of the county."""

    console: Console
    models: ModelBook
    serving: ServingBook
    followers: Followers
    overrides: OverrideBook
    switches: Switches
    pdf: ReportPdf | None = None
    """None: this installation makes no PDF."""

    async def page(self, visit: Visit) -> Response:
        """The list, what serves, and the history of switches."""
        serving, now = await self.serving.serving(), self.console.clock()
        places = self._townships()
        rows = [model_row(m, serving, places, now) for m in await self.models.models()]
        return self.console.page(
            visit,
            "learning/models.html",
            models=in_order(rows),
            serving=serving,
            townships=places,
            followers=await follower_rows(self.followers, serving, now),
            history=switch_rows(await self.serving.history(HISTORY), now),
        )

    async def one(self, visit: Visit) -> Response:
        """One model: the gate's report, and what may be done with it."""
        model = await self._model(visit)
        serving, now = await self.serving.serving(), self.console.clock()
        override = await self.overrides.of(model.name)
        served = await self.serving.has_served(model.name)
        report = readable_report(model)
        return self.console.page(
            visit,
            "learning/model.html",
            model=model_row(model, serving, self._townships(), now),
            report=report_page(report, now) if report else None,
            unreadable=bool(model.report) and report is None,
            steps=next_steps(model, serving, override, visit.account.name, served=served),
            override=override,
            has_pdf=self.pdf is not None,
            serving=serving,
            townships=self._townships(),
            may_switch=visit.may(Permission.SWITCH_MODELS),
            may_override=visit.may(Permission.OVERRIDE_GATE),
        )

    async def download(self, visit: Visit) -> Response:
        """The report as a PDF."""
        report = readable_report(await self._model(visit))
        if report is None or self.pdf is None:
            raise Problem(404, "这个模型还没有报告。")
        headers = {
            "Content-Disposition": f'attachment; filename="{report.candidate}.pdf"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(await self.pdf(report), media_type="application/pdf", headers=headers)

    async def switch(self, visit: Visit) -> Response:
        """One of the switches."""
        model, what = await self._model(visit), visit.path("what")
        by, reason = visit.account.name, visit.form.text("reason").strip()
        match what:
            case "shadow":
                doing: Awaitable[object] = self.switches.shadow(model.name, by=by, reason=reason)
            case "canary":
                places = visit.form.all("township")
                doing = self.switches.canary(model.name, places, by=by, reason=reason)
            case "activate":
                doing = self.switches.activate(model.name, by=by, reason=reason)
            case "rollback":
                doing = self._back_to(model.name, by, reason)
            case "stop":
                doing = self.switches.stop(by=by, reason=reason)
            case _:
                raise Problem(404, "没有这个操作。")
        await self._done(doing)
        await self.console.note(visit, f"model.{what}", f"model:{model.name}")
        return RedirectResponse(f"/console/models/{model.name}", status_code=303)

    async def override(self, visit: Visit) -> Response:
        """One person asks to let a refused model through, or a second one agrees."""
        model, now = await self._model(visit), self.console.clock()
        by, agrees = visit.account.name, bool(visit.form.text("agree"))
        if agrees:
            await self._done(agree_override(self.overrides, model.name, by=by, now=now))
        else:
            reason = visit.form.text("reason")
            await self._done(
                ask_override(
                    self.overrides, model.name, model.passed, by=by, reason=reason, now=now
                )
            )
        action = "model.override_agreed" if agrees else "model.override_asked"
        await self.console.note(visit, action, f"model:{model.name}")
        return RedirectResponse(f"/console/models/{model.name}", status_code=303)

    async def _back_to(self, name: str, by: str, reason: str) -> None:
        """The page said to which model: somebody else may have switched meanwhile."""
        if (await self.serving.serving()).previous != name:
            raise NothingToGoBackTo
        await self.switches.rollback(by=by, reason=reason)

    async def _done(self, doing: Awaitable[object]) -> None:
        """What the use case refuses is told. Raises `Problem`."""
        try:
            await doing
        except NoSuchModel as exc:
            raise Problem(404, str(exc)) from exc
        except ServingChanged as exc:
            raise Problem(409, str(exc)) from exc
        except _REFUSALS as exc:
            raise Problem(422, str(exc)) from exc

    async def _model(self, visit: Visit) -> TrainedModel:
        model = await self.models.model(visit.path("name"))
        if model is None:
            raise Problem(404, _NONE)
        return model

    def _townships(self) -> dict[str, str]:
        townships = self.console.office().county.tree.townships
        return {each.code: each.short_name for each in townships}
