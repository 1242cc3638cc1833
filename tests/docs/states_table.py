"""docs/reference/ticket-states.md's tables, made from the table of moves itself."""

from __future__ import annotations

from tickets.moves import MOVES
from tickets.states import FINAL, IN_HAND, STATE_NAMES, State


def states_table() -> str:
    """One row for each state."""
    lines = ["| state | 中文 | open | a named person has it |", "|---|---|---|---|"]
    for state in State:
        is_open = "no" if state in FINAL else "yes"
        in_hand = "yes" if state in IN_HAND else ""
        lines.append(f"| `{state}` | {STATE_NAMES[state]} | {is_open} | {in_hand} |")
    return "\n".join(lines)


def moves_table() -> str:
    """One row for each allowed move, in the order of the table in the code."""
    lines = ["| from | action | by | to | why |", "|---|---|---|---|---|"]
    for (state, action), move in MOVES.items():
        by = ", ".join(f"`{role}`" for role in sorted(move.by))
        lines.append(f"| `{state}` | `{action}` | {by} | `{move.to}` | {move.why} |")
    return "\n".join(lines)


def diagram() -> str:
    """The same moves as a picture; moves that stay in their state are left out."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for (state, action), move in MOVES.items():
        if move.to is not state:
            lines.append(f"    {state} --> {move.to}: {action}")
    return "\n".join([*lines, "```"])
