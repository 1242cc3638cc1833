"""A ticket in every state, and every action done to it by somebody in one capacity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tickets import life
from tickets.actions import Action, Role
from tickets.clocks import Clock, ClockKind, ordered
from tickets.deadlines import Limits
from tickets.life import Change
from tickets.states import IN_HAND, STAGE_CLOCK, State
from tickets.ticket import Request, SubTask, Ticket

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday 09:30 in the county
LIMITS = Limits()
OWNER, ABOVE, OTHER = "group:infrastructure", "township", "unit:housing"


def in_state(state: State, *, in_hand: bool = False, number: str = "LD-20261123-0001-3") -> Ticket:
    """A whole ticket in `state`; `in_hand`: what waits for the resident was signed for."""
    worked = state in (*IN_HAND, State.SHELVED, State.PENDING_REVIEW)
    worked |= in_hand and state is State.NEED_INFO
    due = NOW + timedelta(hours=1)
    clocks = [Clock(kind, due, NOW) for kind in STAGE_CLOCK.get(state, ())[:1]]
    if worked and state in (State.SHELVED, State.PENDING_REVIEW, State.NEED_INFO):
        clocks.append(Clock(ClockKind.CLOSE, None, NOW, left=600.0))
    elif worked and state not in (State.SIGNED, State.HANDLING):
        clocks.append(Clock(ClockKind.CLOSE, NOW + timedelta(days=5), NOW))
    return Ticket(
        number=number,
        reporter="web:residents:anna",
        state=state,
        text="路灯坏了三天没人管",
        kind="appeal",
        matter="street_lamp",
        matter_name="路灯",
        appeal_type="help",
        group="infrastructure",
        county_unit=None,
        urgent=False,
        confidential=False,
        township="141026100",
        village="141026100201",
        grid=None,
        villager_group=3,
        location_level="village",
        owner=OWNER,
        person="li",
        created_at=NOW,
        updated_at=NOW,
        clocks=ordered(clocks),
        dispatched_at=NOW,
        signed_by="li" if worked else None,
        resolved_at=NOW if state in (State.RESOLVED, State.PENDING_CALLBACK) else None,
        closed_at=NOW if state in (State.CLOSED, State.DECLINED) else None,
        reviewer=ABOVE if state in (State.EXTENSION_PENDING, State.PENDING_REVIEW) else None,
        request=Request("li", "说明", days=2, limit=NOW, missing=("photo",)),
        main="LD-20261122-0009-1" if state is State.MERGED else None,
    )


def with_part(ticket: Ticket) -> Ticket:
    """The same ticket with a co-unit's open part, where somebody has signed for it."""
    if ticket.state not in (*IN_HAND, State.SHELVED) and not ticket.waits_in_hand:
        return ticket
    part = Clock(ClockKind.SUBTASK, NOW + timedelta(days=3), NOW, OTHER)
    clocks = ordered((*ticket.clocks, part))
    return replace(ticket, clocks=clocks, subtasks=(SubTask(OTHER, "查线路", "li"),))


MAIN = in_state(State.HANDLING, number="LD-20261122-0009-1")
_NEVER_CLIMB = (ClockKind.ANSWER, ClockKind.FEEDBACK, ClockKind.REOPEN)
_LATER = NOW + timedelta(minutes=5)
_GIVEN = {"owner": OTHER, "person": "wu", "limits": LIMITS, "now": _LATER}


def _sign(ticket: Ticket, role: Role) -> Change:
    return life.sign_for(ticket, person="li", owner=OWNER, limits=LIMITS, now=_LATER, roles=(role,))


def _ask(ticket: Ticket, role: Role) -> Change:
    if role is Role.OWNER:
        return life.pause(ticket, by="li", text="哪一盏？", limits=LIMITS, now=_LATER)
    return life.ask_place(ticket, owner=OTHER, person="wu", limits=LIMITS, now=_LATER)


def _submit(ticket: Ticket, role: Role) -> Change:
    return life.submit_closing(
        ticket,
        person="li",
        text="修好了",
        missing=("photo",),
        reviewer=ABOVE,
        limits=LIMITS,
        now=_LATER,
        roles=(role,),
    )


def _extend(ticket: Ticket, _: Role) -> Change:
    return life.request_extension(
        ticket,
        by="li",
        days=2,
        reason="等配件",
        reviewer=ABOVE,
        close_days=5,
        limits=LIMITS,
        now=_LATER,
    )


def _return(ticket: Ticket, _: Role) -> Change:
    return life.return_order(
        ticket,
        by="li",
        reason="不归我们",
        proposed=OTHER,
        arbiter=ABOVE,
        person="wu",
        limits=LIMITS,
        now=_LATER,
    )


def _shelve(ticket: Ticket, role: Role) -> Change:
    return life.shelve(
        ticket, by="wu", reason="缺资金", review=None, limits=LIMITS, now=_LATER, roles=(role,)
    )


def _unmerge(ticket: Ticket, role: Role) -> Change:
    return life.unmerge(
        ticket, by="wu", reason="不是一件事", person="li", limits=LIMITS, now=_LATER, roles=(role,)
    )


def _climb(ticket: Ticket, _: Role) -> Change:
    climbs = [clock for clock in ticket.clocks if clock.kind not in _NEVER_CLIMB and clock.due_at]
    kind, of = climbs[0].key if climbs else (ClockKind.SIGN, "")
    return life.climb(
        ticket, kind, to=ABOVE, person="wu", limits=LIMITS, now=_LATER, reason="超时", of=of
    )


ACTS: Mapping[Action, Callable[[Ticket, Role], Change]] = {
    Action.ASK_INFO: _ask,
    Action.RESUME: lambda t, r: life.resume(
        t, by="x", text="补充", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.TRIAGE: lambda t, _: life.triage(t, reason="没答复", **_GIVEN),  # type: ignore[arg-type]
    Action.ACCEPT: lambda t, r: life.accept(t, actor="li", roles=(r,), **_GIVEN),  # type: ignore[arg-type]
    Action.DECLINE: lambda t, r: life.decline(t, by="li", reason="找法院", now=_LATER, roles=(r,)),
    Action.APPEAL: lambda t, _: life.appeal(t, text="不服", **_GIVEN),  # type: ignore[arg-type]
    Action.DISPATCH: lambda t, r: life.dispatch(t, roles=(r,), **_GIVEN),  # type: ignore[arg-type]
    Action.SIGN_FOR: _sign,
    Action.RETURN_ORDER: _return,
    Action.RULE_ON_DISPUTE: lambda t, r: life.rule_on_dispute(
        t,
        by="wu",
        reason="依据职责",
        final=False,
        roles=(r,),
        **_GIVEN,  # type: ignore[arg-type]
    ),
    Action.REASSIGN: lambda t, r: life.reassign(t, by="wu", reason="转办", roles=(r,), **_GIVEN),  # type: ignore[arg-type]
    Action.ADD_UNIT: lambda t, r: life.add_units(
        t, by="li", units=[("unit:power", "qi")], text="查", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.JOINT_HANDLE: lambda t, r: life.add_units(
        t,
        by="li",
        units=[("unit:power", "qi")],
        text="查",
        limits=LIMITS,
        now=_LATER,
        joint=True,
        roles=(r,),
    ),
    Action.ANSWER_SUBTASK: lambda t, _: life.answer_subtask(
        t, unit=OTHER, person="wu", text="查过了", now=_LATER
    ),
    Action.DROP_UNIT: lambda t, r: life.drop_unit(
        t, unit=OTHER, by="li", reason="不用了", now=_LATER, roles=(r,)
    ),
    Action.NUDGE: lambda t, _: life.nudge(t, text="快点", now=_LATER),
    Action.SUPERVISE: lambda t, r: life.supervise(t, by="wu", text="抓紧", now=_LATER, roles=(r,)),
    Action.ESCALATE: _climb,
    Action.REQUEST_EXTENSION: _extend,
    Action.APPROVE_EXTENSION: lambda t, r: life.approve_extension(
        t, by="wu", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.REFUSE_EXTENSION: lambda t, r: life.refuse_extension(
        t, by="wu", reason="能办完", now=_LATER, roles=(r,)
    ),
    Action.SHELVE: _shelve,
    Action.UNSHELVE: lambda t, r: life.unshelve(
        t, by="li", reason="有钱了", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.REPLY: lambda t, r: life.reply(t, person="li", text="去看了", now=_LATER, roles=(r,)),
    Action.INTERNAL_NOTE: lambda t, r: life.note(t, by="li", text="记", now=_LATER, roles=(r,)),
    Action.RESOLVE: lambda t, r: life.resolve(
        t, person="li", text="修好了", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.SUBMIT_CLOSING: _submit,
    Action.APPROVE_CLOSING: lambda t, r: life.approve_closing(
        t, by="wu", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.SEND_BACK: lambda t, r: life.send_back(
        t, by="wu", reason="没照片", limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.CALL_BACK: lambda t, _: life.call_back(t, limits=LIMITS, now=_LATER),
    Action.CONFIRM_SOLVED: lambda t, r: life.confirm_solved(
        t, limits=LIMITS, now=_LATER, roles=(r,)
    ),
    Action.RATE: lambda t, r: life.rate(t, level=5, now=_LATER, roles=(r,)),
    Action.NOT_SOLVED: lambda t, r: life.not_solved(t, text="还黑着", roles=(r,), **_GIVEN),  # type: ignore[arg-type]
    Action.CLOSE: lambda t, _: life.close(t, _LATER),
    Action.MERGE: lambda t, r: life.merge(
        t, into=MAIN, by="li", reason="同一盏", now=_LATER, roles=(r,)
    ),
    Action.UNMERGE: _unmerge,
    Action.EXCLUDE_FROM_STATS: lambda t, r: life.ask_exclusion(
        t, by="li", reason="恶意", now=_LATER, roles=(r,)
    ),
    Action.CONFIRM_EXCLUSION: lambda t, r: life.confirm_exclusion(
        replace(t, excluded="asked", excluded_by="li"), by="wu", now=_LATER, roles=(r,)
    ),
    Action.WITHDRAW: lambda t, _: life.withdraw(t, _LATER),
}
