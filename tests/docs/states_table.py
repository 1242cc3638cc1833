"""docs/reference/ticket-states.md's tables, made from the tables of the code itself."""

from __future__ import annotations

import yaml

from services.wording import read_responses
from tests.docs.guards import guards
from tests.docs.pages import ROOT
from tickets.actions import ACTION_NAMES, NEED_NAMES, ROLE_NAMES, Action
from tickets.clocks import CLOCK_NAMES
from tickets.moves import MOVES, Move
from tickets.states import CLOCKS, FINAL, IN_HAND, STAGE_CLOCK, STAGES, STATE_NAMES, State

FROM_MANY = {Action.WITHDRAW, Action.MERGE}
"""Actions that the picture leaves out: they lead to an end from almost everywhere."""


def states_table() -> str:
    """One row for each state."""
    lines = ["| state | 中文 | stage | open | a named person has it |", "|---|---|---|---|---|"]
    for state in State:
        is_open = "no" if state in FINAL else "yes"
        in_hand = "yes" if state in IN_HAND else ""
        lines.append(
            f"| `{state}` | {STATE_NAMES[state]} | {STAGES[state]} | {is_open} | {in_hand} |"
        )
    return "\n".join(lines)


def clocks_table() -> str:
    """Which clocks may stand in each open state."""
    lines = ["| state | its own clock | beside it |", "|---|---|---|"]
    for state in State:
        own = STAGE_CLOCK.get(state, ())
        if not own:
            continue
        first = " or ".join(f"`{kind}` {CLOCK_NAMES[kind]}" for kind in own)
        beside = ", ".join(f"`{kind}`" for kind in sorted(CLOCKS[state] - set(own)))
        lines.append(f"| `{state}` | {first} | {beside} |")
    return "\n".join(lines)


def moves_table() -> str:
    """One row for each rule: states from which the same people may do the same are together."""
    lines = ["| action | 中文 | from | by | needs | to | why |", "|---|---|---|---|---|---|---|"]
    together: dict[tuple[Action, str, Move], list[State]] = {}
    for (state, action), move in MOVES.items():
        to = "stays" if move.to is state else f"`{move.to}`"
        rule = Move(State.CLOSED, move.by, move.why, move.needs)  # where it leads is in `to`
        together.setdefault((action, to, rule), []).append(state)
    for (action, to, rule), states in together.items():
        cells = (
            f"`{action}`",
            ACTION_NAMES[action],
            ", ".join(f"`{state}`" for state in states),
            "、".join(ROLE_NAMES[role] for role in sorted(rule.by)),
            "、".join(NEED_NAMES[need] for need in sorted(rule.needs)),
            to,
            rule.why,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def guards_table() -> str:
    """Each rule that looks at more than the state, with the sentence that a cadre reads."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    sentences = read_responses(domain["responses"])
    lines = ["| rule | asked of | what a cadre reads |", "|---|---|---|"]
    for code, functions in guards().items():
        asked = ", ".join(f"`{name}`" for name in functions)
        lines.append(f"| `{code}` | {asked} | {sentences[f'refused_{code}']} |")
    return "\n".join(lines)


def diagram() -> str:
    """The same moves as a picture, those that stay or lead to an end from everywhere left out."""
    arrows: dict[tuple[State, State], list[Action]] = {}
    for (state, action), move in MOVES.items():
        if move.to is not state and action not in FROM_MANY:
            arrows.setdefault((state, move.to), []).append(action)
    lines = ["```mermaid", "stateDiagram-v2"]
    for (state, to), actions in arrows.items():
        lines.append(f"    {state} --> {to}: {' / '.join(actions)}")
    return "\n".join([*lines, "```"])
