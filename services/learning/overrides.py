"""A model that goes live although the gate refused it: one asks with a reason, another agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from routing.errors import LiandongError

SHORTEST_REASON = 5
"""Characters; “急” is no reason."""


class OverrideRefused(LiandongError):
    """这样不能破例上线。"""


@dataclass(frozen=True, slots=True)
class Override:
    """What was asked for, and whether a second person agreed."""

    model: str
    asked_by: str
    reason: str
    asked_at: datetime
    agreed_by: str | None = None
    agreed_at: datetime | None = None

    @property
    def granted(self) -> bool:
        """Two people stand for it."""
        return self.agreed_by is not None


class OverrideBook(Protocol):
    """Where they are kept."""

    async def of(self, model: str) -> Override | None:
        """The one of a model."""
        ...

    async def ask(self, override: Override) -> bool:
        """Record it in the place of one that nobody agreed to; False: one is granted already."""
        ...

    async def agree(self, model: str, by: str, at: datetime) -> bool:
        """Grant the one that waits, unless `by` asked for it; False: there is none, or it is."""
        ...

    async def same_person(self, one: str, other: str) -> bool:
        """Whether two accounts are the same person's."""
        ...


async def ask_override(
    book: OverrideBook, model: str, passed: bool | None, *, by: str, reason: str, now: datetime
) -> Override:
    """Ask for a model that the gate refused; `passed` is the gate's word. Raises
    `OverrideRefused`."""
    if passed is None:
        raise OverrideRefused("这个模型还没有考过试，先考试再说：liandong nlu test。")
    if passed:
        raise OverrideRefused("这个模型已经过了关，不用破例。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise OverrideRefused("请写清楚为什么要破例，别人要看着这个理由决定同不同意。")
    asked = Override(model, by, reason.strip(), now)
    if not await book.ask(asked):
        raise OverrideRefused("已经有两个人同意破例了，不用再提。")
    return asked


async def agree_override(book: OverrideBook, model: str, *, by: str, now: datetime) -> Override:
    """The second person's word. Raises `OverrideRefused`."""
    asked = await book.of(model)
    if asked is None:
        raise OverrideRefused("没有人提出要破例，先由一个人写明理由提出来。")
    if asked.granted:
        raise OverrideRefused("已经有两个人同意破例了。")
    if asked.asked_by == by or await book.same_person(asked.asked_by, by):
        raise OverrideRefused("提出破例的人不能自己同意，要换一个人来看。")
    if not await book.agree(model, by, now):
        raise OverrideRefused("刚才有人改了这条破例，请再看一遍。")
    granted = await book.of(model)
    assert granted is not None  # noqa: S101 - nothing removes one
    return granted


def may_go_live(passed: bool | None, override: Override | None) -> bool:
    """The gate let it through, or two people stand for it."""
    return passed is True or (override is not None and override.granted)
