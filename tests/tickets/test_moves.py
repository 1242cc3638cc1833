"""The table of allowed moves, against the county's rules in words: who may, from where, to where.

`RULES` was written down from the procedure (domain.md §5), action by action, and not from the
table in the code, which goes state by state. What no line allows is refused to everybody.
"""

from __future__ import annotations

import itertools

import pytest

from tickets.actions import ACTION_NAMES, NEED_NAMES, ROLE_NAMES, Action, Need, Role
from tickets.moves import MOVES, NotAllowed, allowed, move
from tickets.states import FINAL, OPEN, State

# action | by | from | to (“=”: it stays where it is)
RULES = """
ask_info          | system owner above   | pending_intake                                  | need_info
ask_info          | owner                | signed handling                                 | need_info
ask_info          | system               | need_info                                       | =
resume            | resident system owner| need_info                                       | handling
triage            | system               | need_info                                       | pending_intake
accept            | owner above          | pending_intake need_info                        | dispatched
decline           | owner above          | pending_intake need_info                        | declined
appeal            | resident             | declined                                        | pending_intake
dispatch          | system owner above   | pending_intake need_info                        | dispatched
dispatch          | system               | dispatched                                      | =
sign_for          | owner above          | pending_intake dispatched rework                | signed
return_order      | owner                | dispatched signed handling rework               | return_pending
rule_on_dispute   | owner above          | return_pending                                  | dispatched
reassign          | above                | dispatched rework INHAND shelved                | dispatched
reply             | owner above          | signed                                          | handling
reply             | owner above          | handling extension_pending shelved need_info    | =
reply             | owner above          | pending_review return_pending ANSWERED          | =
internal_note     | owner above reviewer co_unit | UNANSWERED ANSWERED                     | =
add_unit          | owner above          | INHAND                                          | =
joint_handle      | owner above          | INHAND                                          | =
answer_subtask    | co_unit              | INHAND need_info shelved                        | =
drop_unit         | owner above          | INHAND need_info shelved                        | =
nudge             | resident             | UNANSWERED                                      | =
supervise         | above                | UNANSWERED                                      | =
escalate          | system               | UNANSWERED                                      | =
request_extension | owner                | signed handling                                 | extension_pending
approve_extension | reviewer             | extension_pending                               | handling
refuse_extension  | reviewer             | extension_pending                               | handling
shelve            | above                | signed handling                                 | shelved
unshelve          | owner above          | shelved                                         | handling
resolve           | owner above          | signed handling                                 | resolved
submit_closing    | owner above          | signed handling                                 | pending_review
approve_closing   | reviewer system      | pending_review                                  | resolved
send_back         | reviewer             | pending_review                                  | handling
call_back         | system               | resolved                                        | pending_callback
confirm_solved    | resident center      | resolved pending_callback                       | called_back
rate              | resident center      | called_back                                     | closed
not_solved        | resident center      | ANSWERED closed                                 | rework
close             | system               | pending_callback called_back                    | closed
merge             | system resident owner above | pending_intake need_info dispatched signed handling rework | merged
unmerge           | resident owner above | merged                                          | dispatched
split             | system owner above   | pending_intake need_info dispatched signed handling | =
exclude_from_stats| owner above          | ANSWERED closed withdrawn declined              | =
confirm_exclusion | center               | ANSWERED closed withdrawn declined              | =
withdraw          | resident             | UNANSWERED                                      | withdrawn
"""  # noqa: E501 - a table
ANSWERED = "resolved pending_callback called_back"
INHAND = "signed handling extension_pending"
UNANSWERED = (
    f"pending_intake need_info dispatched rework {INHAND} return_pending shelved pending_review"
)


def _read(text: str) -> dict[tuple[State, Action], tuple[frozenset[Role], State]]:
    for word, states in [("UNANSWERED", UNANSWERED), ("ANSWERED", ANSWERED), ("INHAND", INHAND)]:
        text = text.replace(word, states)
    rules: dict[tuple[State, Action], tuple[frozenset[Role], State]] = {}
    for line in text.strip().splitlines():
        action, by, states, to = (cell.strip() for cell in line.split("|"))
        for state in states.split():
            key = (State(state), Action(action))
            assert key not in rules, f"two rules for {key}"
            end = State(state) if to == "=" else State(to)
            rules[key] = (frozenset(Role(role) for role in by.split()), end)
    return rules


ALLOWED = _read(RULES)
FIRST = {State.PENDING_INTAKE, State.NEED_INFO}
PAIRS = list(itertools.product(State, Action))


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_every_combination__is_allowed_by_the_rules_or_refused(
    state: State, action: Action
) -> None:
    by, to = ALLOWED.get((state, action), (frozenset(), None))
    for role in Role:
        if role in by:
            assert move(state, action, role).to is to
        else:
            with pytest.raises(NotAllowed) as refused:
                move(state, action, role)
            found = refused.value
            assert (found.state, found.action, found.roles) == (state, action, frozenset({role}))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_allowed__names_what_the_rules_let_a_role_do(state: State, role: Role) -> None:
    assert allowed(state, role) == {
        a for (s, a), (by, _) in ALLOWED.items() if s is state and role in by
    }


def test_several_capacities__any_of_them_is_enough_and_none_is_not() -> None:
    assert move(State.DISPATCHED, Action.SIGN_FOR, Role.CO_UNIT, Role.OWNER).to is State.SIGNED
    with pytest.raises(NotAllowed, match="by nobody"):
        move(State.DISPATCHED, Action.SIGN_FOR)


def reachable(start: set[State]) -> set[State]:
    """Every state that moves of the table lead to from these."""
    found = set(start)
    while True:
        more = {entry.to for (state, _), entry in MOVES.items() if state in found} - found
        if not more:
            return found
        found |= more


def test_every_state__can_be_reached_from_intake() -> None:
    assert reachable(FIRST) == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_open_state__leads_to_the_end(state: State) -> None:
    assert State.CLOSED in reachable({state})


def test_answered_state__ends_though_nobody_acts() -> None:
    silent = {
        state: entry.to
        for (state, action), entry in MOVES.items()
        if action in (Action.CALL_BACK, Action.CLOSE) and Role.SYSTEM in entry.by
    }
    for state in map(State, ANSWERED.split()):
        while state in silent:
            state = silent[state]
        assert state is State.CLOSED


@pytest.mark.parametrize("state", [State(name) for name in UNANSWERED.split()])
def test_unanswered_state__climbs_and_can_be_taken_back_or_nudged(state: State) -> None:
    assert Action.ESCALATE in allowed(state, Role.SYSTEM)
    assert {Action.NUDGE, Action.WITHDRAW} <= allowed(state, Role.RESIDENT)


def test_final_state__is_left_only_by_a_resident_or_cadres_who_undo_a_merge() -> None:
    left = {(s, a) for (s, a), entry in MOVES.items() if s in FINAL and entry.to is not s}
    assert left == {
        (State.CLOSED, Action.NOT_SOLVED),
        (State.DECLINED, Action.APPEAL),
        (State.MERGED, Action.UNMERGE),
    }


def test_system__never_does_what_a_person_must_sign_for() -> None:
    persons = set(Action) - {a for s in State for a in allowed(s, Role.SYSTEM)}
    assert persons >= {
        *(Action.SIGN_FOR, Action.RETURN_ORDER, Action.RULE_ON_DISPUTE, Action.REASSIGN),
        *(Action.DECLINE, Action.RESOLVE, Action.REPLY, Action.SHELVE, Action.APPROVE_EXTENSION),
        *(Action.WITHDRAW, Action.CONFIRM_SOLVED, Action.RATE, Action.CONFIRM_EXCLUSION),
    }


def test_resident__does_nothing_that_is_a_cadres() -> None:
    assert {a for s in State for a in allowed(s, Role.RESIDENT)} == {
        *(Action.RESUME, Action.APPEAL, Action.NUDGE, Action.WITHDRAW, Action.MERGE),
        *(Action.UNMERGE, Action.CONFIRM_SOLVED, Action.RATE, Action.NOT_SOLVED),
    }


def test_owner__never_decides_on_their_own_request() -> None:
    own = {a for s in State for a in allowed(s, Role.OWNER)}
    assert not own & {
        *(Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION, Action.APPROVE_CLOSING),
        *(Action.SEND_BACK, Action.SHELVE, Action.REASSIGN, Action.SUPERVISE),
        *(Action.CONFIRM_SOLVED, Action.RATE, Action.CONFIRM_EXCLUSION, Action.WITHDRAW),
    }


# What the rules of domain.md §5 and the county's practice ask for with an action.
NEEDED = {
    Action.ASK_INFO: {Need.WORDS},
    Action.ACCEPT: {Need.MATTER},
    Action.DECLINE: {Need.REASON},
    Action.DISPATCH: {Need.UNIT},
    Action.RETURN_ORDER: {Need.REASON, Need.UNIT},
    Action.RULE_ON_DISPUTE: {Need.REASON, Need.UNIT},
    Action.REASSIGN: {Need.REASON, Need.UNIT},
    Action.REPLY: {Need.WORDS},
    Action.INTERNAL_NOTE: {Need.WORDS},
    Action.ADD_UNIT: {Need.UNIT, Need.WORDS},
    Action.JOINT_HANDLE: {Need.WORDS},
    Action.ANSWER_SUBTASK: {Need.WORDS},
    Action.DROP_UNIT: {Need.UNIT, Need.REASON},
    Action.SUPERVISE: {Need.WORDS},
    Action.REQUEST_EXTENSION: {Need.DAYS, Need.REASON},
    Action.REFUSE_EXTENSION: {Need.REASON},
    Action.SHELVE: {Need.REASON, Need.REVIEW_DATE},
    Action.UNSHELVE: {Need.REASON},
    Action.RESOLVE: {Need.WORDS},
    Action.SUBMIT_CLOSING: {Need.WORDS},
    Action.SEND_BACK: {Need.REASON},
    Action.RATE: {Need.LEVEL},
    Action.MERGE: {Need.MAIN_TICKET},
    Action.UNMERGE: {Need.REASON},
    Action.SPLIT: {Need.WORDS},
    Action.EXCLUDE_FROM_STATS: {Need.REASON},
    Action.CONFIRM_EXCLUSION: {Need.SECOND_PERSON},
}


@pytest.mark.parametrize("action", Action)
def test_every_action__is_used_and_needs_the_same_everywhere(action: Action) -> None:
    moves = [entry for (_, a), entry in MOVES.items() if a is action]
    assert moves
    assert {entry.needs for entry in moves} == {frozenset(NEEDED.get(action, ()))}


def test_every_move__says_why_and_by_whom() -> None:
    assert [key for key, entry in MOVES.items() if not entry.why.strip() or not entry.by] == []


def test_every_word_of_the_table__has_a_name_for_people() -> None:
    assert (set(ACTION_NAMES), set(ROLE_NAMES), set(NEED_NAMES)) == (
        set(Action),
        set(Role),
        set(Need),
    )
