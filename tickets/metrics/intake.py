"""How a ticket found its first owner: by whose hand, and whether it was the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tickets.events import Event, EventName
from tickets.history import Told

_GIVEN = frozenset({EventName.DISPATCHED, EventName.ACCEPTED, EventName.REASSIGNED})
_OUT_OF_INTAKE = frozenset(
    {EventName.DISPATCHED, EventName.ACCEPTED, EventName.SIGNED, EventName.DECLINED}
)
_NOBODY = frozenset({"system", "resident"})


def auto_dispatched(events: Sequence[Event]) -> bool | None:
    """Whether it left intake by the machine's dispatch, no cadre having touched it before.

    None while nobody has dispatched, taken or declined it.
    """
    for position, event in enumerate(events):
        if event.name in _OUT_OF_INTAKE:
            by_hand = any(each.actor not in _NOBODY for each in events[: position + 1])
            return event.name is EventName.DISPATCHED and not by_hand
    return None


def first_dispatch_right(events: Sequence[Event], history: Sequence[Told]) -> bool | None:
    """Whether the first dispatch held until the first public answer.

    Wrong: given to another unit before anybody signed, or given back and ruled to be another
    unit's. None while nobody has signed, while a return waits for its ruling, and for what was
    never dispatched. A climb is late, not wrong. `history` is what the events `told`.
    """
    course = list(takewhile(lambda event: event.name is not EventName.RESOLVED, events))
    names = [event.name for event in course]
    if not {EventName.DISPATCHED, EventName.ACCEPTED} & set(names):
        return None
    if any(_moved(course, history)):
        return False
    waits = names.count(EventName.RETURNED) > names.count(EventName.RULED)
    # Nobody can rule any more on what was withdrawn meanwhile: then it was simply signed for.
    over = EventName.WITHDRAWN in names
    return True if EventName.SIGNED in names and (over or not waits) else None


def _moved(course: Sequence[Event], history: Sequence[Told]) -> Iterator[bool]:
    """For each time that it was given to a unit: whether the one that had it was not right."""
    first: str | None = None
    owner = returned_by = ""
    signed = False
    for event, changed in zip(course, history, strict=False):
        signed = signed or event.name is EventName.SIGNED
        if event.name in _GIVEN and not signed:
            yield first is not None and event.unit != first
            first = first or event.unit
        elif event.name is EventName.RETURNED:
            returned_by = owner
        elif event.name is EventName.RULED:
            yield event.unit != returned_by
        owner = changed.get("owner", owner)
