"""Understandings that need no classifier: what is remembered, and what nobody could read."""

from __future__ import annotations

from services.understanding import Guess, Understanding
from tickets.ticket import Ticket

KEYWORD_FREE = Understanding(
    kind="appeal",
    matter=None,
    confidence=0.0,
    ranking=(),
    appeal_type=None,
    urgent=False,
    confidential=False,
    n_matters=1,
    evidence=(),
    model="none",
    degraded=True,
    latency_ms=0.0,
)
"""Nothing could be understood: a human will read it."""


def voice_message() -> Understanding:
    """A voice message or a lone file: a human listens to it."""
    return Understanding(
        kind="appeal",
        matter=None,
        confidence=0.0,
        ranking=(),
        appeal_type="help",
        urgent=False,
        confidential=False,
        n_matters=1,
        evidence=(),
        model="none",
        degraded=False,
        latency_ms=0.0,
    )


def remembered(ticket: Ticket) -> Understanding:
    """What a ticket already says of its matter, for routing it again without the classifier."""
    return Understanding(
        kind=ticket.kind,
        matter=ticket.matter,
        confidence=1.0 if ticket.matter else 0.0,
        ranking=(Guess(ticket.matter, 1.0),) if ticket.matter else (),
        appeal_type=ticket.appeal_type,
        urgent=ticket.urgent,
        confidential=ticket.confidential,
        n_matters=1,
        evidence=(),
        model="ticket",
        degraded=ticket.degraded,
        latency_ms=0.0,
    )
