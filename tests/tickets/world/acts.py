"""What is tried, each with words of its own; the rules refuse what they must."""

from __future__ import annotations

from collections.abc import Callable

from tests.tickets.world import desks, residents, work
from tests.tickets.world.world import World
from tickets.ticket import Ticket

Act = Callable[[World, Ticket], None]

ACTS: tuple[tuple[Act, int], ...] = (
    (work.sign, 14),
    (work.reply, 5),
    (work.resolve, 12),
    (desks.dispatch, 3),
    (residents.solved, 8),
    (residents.rate, 12),
    (residents.not_solved, 3),
    (work.note, 3),
    (work.pause, 3),
    (residents.resume, 3),
    (work.submit, 2),
    (work.approve, 2),
    (desks.return_order, 2),
    (desks.rule, 3),
    (work.extend, 2),
    (work.grant, 2),
    (residents.nudge, 2),
    *(
        (rare, 1)
        for rare in (
            residents.place_given,
            desks.read_again,
            desks.decline,
            residents.appeal,
            work.deny,
            work.shelve,
            work.unshelve,
            desks.reassign,
            work.join,
            work.part,
            work.send_back,
            residents.rated_in_words,
            desks.supervise,
            desks.merge,
            desks.unmerge,
            residents.withdraw,
            desks.exclude,
            desks.excluded,
            desks.amend,
        )
    ),
)
"""What is tried how often."""
