"""Any value of every kind that is stored, with whatever people write in it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from itertools import count

from hypothesis import strategies as st

from services.conversation import About, Option, Question
from services.messages import (
    Address,
    Attachment,
    BotName,
    Button,
    Inbound,
    InboundKind,
    Location,
    Outbound,
)
from services.understanding import Guess, Part, Understanding
from tickets.clocks import Clock, ClockKind, ordered
from tickets.events import Event, EventName
from tickets.states import State
from tickets.ticket import Request, SubTask, SubTaskState, Ticket

_FRESH = count(1)

# What services let through: no control characters but line breaks, no lone surrogates.
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40
) | st.sampled_from(
    [
        "路燈壞了，沒人管！",
        "👨‍👩‍👧‍👦🏮",
        'it\'s "quoted" `back` \\ %s {x} :y ?',
        "𠮷野家𡃁",
        "'; DROP TABLE tickets;--",
    ]
)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
MAYBE = st.none() | NAMES
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
COUNTS = st.integers(0, 2**31 - 1)
SHARES = st.floats(0, 1)
ADDRESSES = st.builds(
    Address, st.sampled_from(["telegram", "web"]), st.sampled_from(BotName), NAMES
)

CLOCKS = st.builds(
    Clock,
    kind=st.sampled_from(ClockKind),
    due_at=st.none() | MOMENTS,
    set_at=MOMENTS,
    of=st.just("") | NAMES,
    left=st.none() | st.floats(0, 1e6),
)
REQUESTS = st.builds(
    Request,
    by=NAMES,
    reason=WORDS,
    unit=MAYBE,
    days=COUNTS,
    limit=st.none() | MOMENTS,
    from_unit=MAYBE,
    missing=st.lists(NAMES, max_size=2).map(tuple),
)
PARTS = st.builds(
    SubTask,
    unit=NAMES,
    asked=WORDS,
    by=NAMES,
    person=MAYBE,
    state=st.sampled_from(SubTaskState),
    answer=WORDS,
    told_up=MAYBE,
)
TICKETS = st.builds(
    Ticket,
    number=st.builds(lambda: f"N{next(_FRESH)}"),
    reporter=NAMES,
    state=st.sampled_from(State),
    text=WORDS,
    kind=NAMES,
    matter=MAYBE,
    matter_name=WORDS,
    appeal_type=NAMES,
    group=MAYBE,
    county_unit=MAYBE,
    urgent=st.booleans(),
    confidential=st.booleans(),
    township=MAYBE,
    village=MAYBE,
    grid=MAYBE,
    villager_group=st.none() | COUNTS,
    location_level=NAMES,
    owner=NAMES,
    person=MAYBE,
    created_at=MOMENTS,
    updated_at=MOMENTS,
    clocks=st.lists(CLOCKS, max_size=4).map(ordered),
    complex=st.booleans(),
    degraded=st.booleans(),
    places_asked=COUNTS,
    escalations=COUNTS,
    returns=COUNTS,
    rung=COUNTS,
    answer=WORDS,
    signed_by=MAYBE,
    signed_at=st.none() | MOMENTS,
    dispatched_at=st.none() | MOMENTS,
    contacted_at=st.none() | MOMENTS,
    resolved_at=st.none() | MOMENTS,
    closed_at=st.none() | MOMENTS,
    reviewer=MAYBE,
    told_up=MAYBE,
    request=st.none() | REQUESTS,
    extensions=COUNTS,
    ruled=st.booleans(),
    supervised=st.booleans(),
    subtasks=st.lists(PARTS, max_size=2).map(tuple),
    main=MAYBE,
    reworks=COUNTS,
    solved=st.none() | st.booleans(),
    satisfaction=st.none() | st.integers(1, 5),
    why_not=WORDS,
    excluded=st.sampled_from(["", "asked", "done"]),
    excluded_by=MAYBE,
    suspicion=WORDS,
    hot_spot=MAYBE,
    version=st.integers(0, 1000),
)
EVENTS = st.builds(
    Event,
    name=st.sampled_from(EventName),
    at=MOMENTS,
    actor=NAMES,
    state=st.sampled_from(State),
    text=WORDS,
    unit=MAYBE,
    person=MAYBE,
    due_at=st.none() | MOMENTS,
    clock=st.just("") | NAMES,
    changes=st.just(""),  # written when it is recorded: the first event holds the whole ticket
)
QUESTIONS = st.builds(
    Question,
    id=st.builds(lambda: f"q{next(_FRESH)}"),
    conversation=NAMES,
    about=st.sampled_from(About),
    options=st.lists(st.builds(Option, WORDS, NAMES), max_size=3).map(tuple),
    asked_at=MOMENTS,
    due_at=MOMENTS,
    ticket=MAYBE,
    inbox_id=st.none() | COUNTS,
    verb=NAMES,
    answered_at=st.none(),
)
INBOUNDS = st.builds(
    Inbound,
    address=ADDRESSES,
    update_id=st.builds(lambda: f"u{next(_FRESH)}"),
    kind=st.sampled_from(InboundKind),
    sender=NAMES,
    sent_at=MOMENTS,
    text=WORDS,
    data=WORDS,
    message_id=MAYBE,
    reply_to=MAYBE,
    attachment=st.none() | st.builds(Attachment, NAMES, NAMES, COUNTS, WORDS),
    location=st.none() | st.builds(Location, st.floats(-90, 90), st.floats(-180, 180)),
    in_group=st.booleans(),
)
OUTBOUNDS = st.builds(
    Outbound,
    text=WORDS,
    buttons=st.lists(
        st.lists(st.builds(Button, WORDS, NAMES), max_size=2).map(tuple), max_size=2
    ).map(tuple),
    slot=MAYBE,
    reply_to=MAYBE,
    media=MAYBE,
    ticket=MAYBE,
    purpose=NAMES,
    fresh=st.booleans(),
)
WHOLES = partial(
    st.builds,
    Understanding,
    kind=NAMES,
    matter=MAYBE,
    confidence=SHARES,
    ranking=st.lists(st.builds(Guess, NAMES, SHARES), max_size=3).map(tuple),
    appeal_type=MAYBE,
    urgent=st.booleans(),
    confidential=st.booleans(),
    n_matters=COUNTS,
    evidence=st.lists(WORDS, max_size=3).map(tuple),
    model=NAMES,
    degraded=st.booleans(),
    latency_ms=SHARES,
    margin=SHARES,
    rule=NAMES,
    destination_confidence=st.none() | SHARES,
    threshold=st.none() | SHARES,
)
UNDERSTANDINGS = WHOLES(
    parts=st.lists(st.builds(Part, WORDS, WHOLES(parts=st.just(()))), max_size=3).map(tuple)
)
