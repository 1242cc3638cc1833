"""拆单: the matters of one message become tickets of their own, none lost and none doubled.

What may be asked about waits for the resident: 分开办 or 就一件事. What is urgent does not wait,
and a message with anything confidential in it is divided at once: only its own ticket may hold
the words of a report. Files and points of the message go to every part, because nobody knows which
they show; with something confidential in it they stay with that part alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from routing.places import NOWHERE, PlaceFinding
from services.conversation import Conversation
from services.intake import Matter, find_place
from services.messages import Attachment
from services.office import Office
from services.opening import Opened, announce, write_ticket
from services.ports import InboxItem, UnitOfWork
from services.understanding import Part
from tickets import life
from tickets.events import EventName
from tickets.ticket import Ticket


async def open_parts(
    work: UnitOfWork,
    office: Office,
    item: InboxItem,
    conversation: Conversation,
    text: str,
    parts: Sequence[Part],
    *,
    earlier: Sequence[Ticket] = (),
) -> list[Ticket]:
    """A ticket for each part, with the others' numbers in its history; then everybody is told.

    `text` is the whole message, `earlier` are tickets that it has already.
    """
    address = item.inbound.address
    places = places_of(office, conversation, text, parts)
    files: tuple[Attachment, ...] = ()
    if earlier and item.inbound.attachment is not None:
        files = (item.inbound.attachment,)
    # What is confidential is written first: it takes the files, and a reply to the message is
    # bound to where nobody else reads it.
    order = sorted(range(len(parts)), key=lambda i: not parts[i].understanding.confidential)
    written: list[Opened] = []
    for index in order:
        part = parts[index]
        matter = Matter(address, item.id, part.text, part.understanding, places[index], files)
        written.append(await write_ticket(work, office, matter))
        if len(written) == 1:
            files = () if part.understanding.confidential else written[0].files
    tickets = [*earlier, *(opened.ticket for opened in written)]
    holder = next((ticket for ticket in tickets if ticket.confidential), tickets[0])
    await work.bind_inbox(item.id, holder.number)
    for ticket in tickets:
        await note_split(work, office, ticket, visible_to(ticket, tickets))
    for opened in written:
        siblings = visible_to(opened.ticket, tickets)
        await announce(work, office, opened, siblings)
    return [opened.ticket for opened in written]


def visible_to(ticket: Ticket, tickets: Sequence[Ticket]) -> tuple[str, ...]:
    """Numbers of the other tickets of the message; nobody learns of a confidential one."""
    return tuple(
        other.number
        for other in tickets
        if other.number != ticket.number and not other.confidential
    )


async def note_split(
    work: UnitOfWork,
    office: Office,
    ticket: Ticket,
    numbers: Sequence[str],
    actor: str = "system",
) -> None:
    """拆单 in the history; not where there is no other ticket that it may know of."""
    if not numbers:
        return
    slots = {"count": str(len(numbers) + 1), "numbers": "、".join(numbers)}
    words = office.wording.say("reason_split", slots)
    event = life.remark(ticket, EventName.SPLIT, actor, words, office.clock())
    await work.append_events(ticket.number, [event])


def places_of(
    office: Office, conversation: Conversation, text: str, parts: Sequence[Part]
) -> list[PlaceFinding]:
    """Where each part is: the place it names, else the one place that the message names.

    With several places in the message, a part that names none is asked about.
    """
    own = [office.finder.find(part.text) for part in parts]
    named = {_code(finding) for finding in own if _says(finding)}
    common = office.finder.find(text) if len(named) < 2 else NOWHERE
    return [
        finding
        if _says(finding)
        else common
        if _says(common)
        else find_place(office, conversation, part.text)
        for part, finding in zip(parts, own, strict=True)
    ]


def _says(finding: PlaceFinding) -> bool:
    return bool(finding.candidates) or finding.level == "county" or finding.outside is not None


def _code(finding: PlaceFinding) -> str | None:
    """The village, the township, or what else the words say."""
    return finding.village_code or finding.township_code or finding.outside or finding.level
