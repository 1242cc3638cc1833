"""Which model serves: activate, roll back, read along, try in some townships, stop.

Each only writes the row and its line of history; running processes follow it by themselves. What
can be known to be wrong is refused here, before anything is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from routing.errors import LiandongError
from services.learning.books import (
    MODELS_TOPIC,
    SYSTEM,
    ModelBook,
    NoSuchModel,
    Overrides,
    ServingBook,
    SwitchRecord,
)
from services.learning.models import Serving, Switch, TrainedModel
from services.learning.serving_rules import activated, on_trial, rolled_back, shadowed, stopped
from services.ports import Clock, Wakeups

_ADOPTED = "随系统带的例句训练的模型，启动时登记"


class ModelRefused(LiandongError):
    """这个模型现在不能用。"""


class ReasonMissing(LiandongError):
    """请写明是谁换的、为什么换：以后查得到。"""


class ModelFiles(Protocol):
    """The archives in the models' folder."""

    async def problem(self, model: TrainedModel) -> str | None:
        """Why this archive cannot serve here, in Chinese; None when nothing is known against it.

        Missing, cut short, other than the one that was registered, of another Rasa version.
        """
        ...


class Successors(Protocol):
    """Intents that were renamed or merged."""

    async def became(self) -> Mapping[str, str]:
        """Old intent -> the one that it became."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What the county knows now."""

    labels: frozenset[str]
    """Matters of the catalogue, and the kinds of messages."""
    townships: Mapping[str, str]
    """Code -> name."""


class Switching:
    """The switches, for console and command line."""

    def __init__(
        self,
        models: ModelBook,
        serving: ServingBook,
        overrides: Overrides,
        files: ModelFiles,
        successors: Successors,
        known: Callable[[], Known],
        clock: Clock,
        wakeups: Wakeups | None = None,
    ) -> None:
        """`known` is the present county; without `wakeups` processes find out within a second."""
        self._models = models
        self._serving = serving
        self._overrides = overrides
        self._files = files
        self._successors = successors
        self._known = known
        self._clock = clock
        self._wakeups = wakeups

    async def activate(self, model: str, *, by: str, reason: str) -> Serving:
        """Let `model` read all messages; what did so is kept warm.

        Raises `NoSuchModel`, `ModelRefused`, `NothingToDo`, `ServingChanged`.
        """
        now = await self._serving.serving()
        wanted = activated(now, model)
        await self._fit(model, for_residents=True)
        return await self._write(wanted, Switch.ACTIVATE, model, now.active, by, reason)

    async def rollback(self, *, by: str, reason: str) -> Serving:
        """Back to the previous model.

        Raises `NothingToGoBackTo`, `ServingChanged`, and `ModelRefused` only when its files do
        not work any more: it served, whatever its gate may say today.
        """
        now = await self._serving.serving()
        wanted = rolled_back(now)
        await self._whole(wanted.active)
        return await self._write(wanted, Switch.ROLLBACK, wanted.active, now.active, by, reason)

    async def shadow(self, model: str, *, by: str, reason: str) -> Serving:
        """Let `model` read along without any effect; it may have failed its gate."""
        now = await self._serving.serving()
        wanted = shadowed(now, model)
        await self._fit(model, for_residents=False)
        return await self._write(wanted, Switch.SHADOW, model, now.shadow, by, reason)

    async def canary(
        self, model: str, townships: Collection[str], *, by: str, reason: str
    ) -> Serving:
        """Let `model` read the messages of some townships, named by code or by name."""
        now = await self._serving.serving()
        wanted = on_trial(now, model, self._codes(townships))
        await self._fit(model, for_residents=True)
        return await self._write(wanted, Switch.CANARY, model, now.canary, by, reason)

    async def stop(self, *, by: str, reason: str) -> Serving:
        """End shadow and canary; all messages go to the active model."""
        now = await self._serving.serving()
        ended = "|".join(sorted({now.shadow, now.canary} - {""}))
        return await self._write(stopped(now), Switch.STOP, ended, ended, by, reason)

    async def adopt(self, model: str) -> Serving:
        """Write down that `model` serves where nobody ever chose: the shipped one, at the start.

        Once the loop is in use only an empty row is filled. Raises `ServingChanged`.
        """
        now = await self._serving.serving()
        if now.active == model or (now.active and await self._serving.is_begun()):
            return now
        wanted = activated(now, model)
        return await self._write(wanted, Switch.ACTIVATE, model, now.active, SYSTEM, _ADOPTED)

    async def _write(
        self, wanted: Serving, what: Switch, model: str, before: str, by: str, reason: str
    ) -> Serving:
        if not by.strip() or not reason.strip():
            raise ReasonMissing
        record = SwitchRecord(self._clock(), by.strip(), what, model, before, reason.strip())
        written = await self._serving.switch(wanted, record)
        if self._wakeups is not None:
            await self._wakeups.notify(MODELS_TOPIC)
        return written

    async def _fit(self, name: str, *, for_residents: bool) -> None:
        """Raise what can be known against a model before anything is changed."""
        model = await self._whole(name)
        unknown = await self._unknown_intents(model)
        if unknown:
            raise ModelRefused(
                f"模型 {name} 认得 {len(unknown)} 个派单目录里没有的意图（{_few(unknown)}）："
                "这样的诉求派不出去。请先在目录里加上，或者用现在的例句重新训练。"
            )
        if for_residents and not await self._may_serve(model):
            raise ModelRefused(
                f"模型 {name} {'没有通过' if model.passed is False else '还没有经过'}上线检查。"
                "请看检查报告；确有必要时由一人申请、另一人同意后再启用。"
            )

    async def _whole(self, name: str) -> TrainedModel:
        model = await self._models.model(name)
        if model is None:
            raise NoSuchModel(f"没有叫 {name} 的模型：用 liandong nlu list 看有哪些。")
        if model.removed_at is not None:
            raise ModelRefused(f"模型 {name} 的文件已经按保留规则清理了，不能再用。")
        problem = await self._files.problem(model)
        if problem is not None:
            raise ModelRefused(problem)
        return model

    async def _may_serve(self, model: TrainedModel) -> bool:
        """The gate let it through, or two people did, or it served before there was a gate."""
        override = await self._overrides.of(model.name)
        if model.passed or (override is not None and override.granted):
            return True
        return model.passed is None and await self._serving.has_served(model.name)

    async def _unknown_intents(self, model: TrainedModel) -> Sequence[str]:
        known, became = self._known().labels, await self._successors.became()
        return [each for each in model.intents if successor(each, became, known) is None]

    def _codes(self, townships: Collection[str]) -> tuple[str, ...]:
        names = self._known().townships
        by_name = {name: code for code, name in names.items()}
        wanted = [each.strip() for each in townships if each.strip()]
        unknown = [each for each in wanted if each not in names and each not in by_name]
        if unknown:
            raise ModelRefused(f"不认得乡镇：{'、'.join(unknown)}。有：{'、'.join(by_name)}。")
        if not wanted:
            raise ModelRefused("请写明在哪些乡镇试用。")
        return tuple(each if each in names else by_name[each] for each in wanted)


def successor(label: str, became: Mapping[str, str], known: Collection[str]) -> str | None:
    """What a label is called today; None when nobody knows it any more. Pure."""
    seen: set[str] = set()
    while label not in known:
        if label in seen or label not in became:
            return None
        seen.add(label)
        label = became[label]
    return label


def _few(names: Sequence[str]) -> str:
    more = " 等" if len(names) > 3 else ""
    return "、".join(names[:3]) + more
