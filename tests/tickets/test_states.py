"""The states have the names, stages and clocks of domain.md §5 and §6."""

from __future__ import annotations

import pytest

from tickets.clocks import CLOCK_NAMES, ClockKind
from tickets.states import CLOCKS, FINAL, OPEN, STAGE_CLOCK, STAGES, STATE_NAMES, State

# Written down from the county's procedure, not from the code: 受理 → 预审 → 处置 → 回访 → 结案.
PROCEDURE = """
pending_intake    待受理   受理
need_info         待补充   受理
declined          不予受理 受理
dispatched        待签收   预审
signed            已签收   处置
handling          办理中   处置
return_pending    退单待审 处置
extension_pending 延期待批 处置
shelved           挂账     处置
pending_review    待审核   处置
resolved          已办结   处置
pending_callback  待回访   回访
called_back       已回访   回访
rework            重办     处置
closed            已结案   结案
merged            已并单   –
withdrawn         已撤销   –
"""
ROWS = [line.split() for line in PROCEDURE.strip().splitlines()]


def test_states__are_those_of_the_procedure() -> None:
    assert [(str(s), STATE_NAMES[s], STAGES[s]) for s in State] == [tuple(row) for row in ROWS]


def test_final__is_what_nobody_owes_anything_for() -> None:
    assert {State.DECLINED, State.CLOSED, State.MERGED, State.WITHDRAWN} == FINAL
    assert set(State) == OPEN | FINAL and not OPEN & FINAL


@pytest.mark.parametrize("state", sorted(OPEN))
def test_open_state__has_a_clock_of_its_own(state: State) -> None:
    assert STAGE_CLOCK[state]
    assert CLOCKS[state].issuperset(STAGE_CLOCK[state])


@pytest.mark.parametrize("state", sorted(FINAL))
def test_final_state__has_no_clock(state: State) -> None:
    assert state not in STAGE_CLOCK and not CLOCKS[state]


def test_every_clock__runs_somewhere_and_has_a_name_for_people() -> None:
    assert frozenset().union(*CLOCKS.values()) == set(ClockKind) == set(CLOCK_NAMES)
