"""Labels as rows: how they are written and read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Table

from services.learning.drafts import LabelDraft
from services.learning.labels import Label, LabelState, Origin, Part, Verdict


def label_of(row: RowMapping) -> Label:
    """The label of one row."""
    return Label(
        id=row["id"],
        text=row["text"],
        bare=row["bare"],
        origin=Origin(row["origin"]),
        author=row["author"],
        proposed_at=row["proposed_at"],
        verdict=Verdict(row["verdict"]),
        intent=row["intent"],
        appeal_type=row["appeal_type"],
        urgent=row["urgent"],
        confidential=row["confidential"],
        said=row["said"],
        said_by=row["said_by"],
        alike=row["alike"],
        state=LabelState(row["state"]),
        inbox_id=row["inbox_id"],
        ticket=row["ticket"],
        reviewer=row["reviewer"],
        reviewed_at=row["reviewed_at"],
        proposed_intent=row["proposed_intent"],
        part=Part(row["part"]) if row["part"] else None,
        why=row["why"],
    )


def values_of(draft: LabelDraft, now: datetime) -> dict[str, object]:
    """The columns of a new label."""
    return {
        "text": draft.text,
        "bare": draft.bare,
        "inbox_id": draft.inbox_id,
        "ticket": draft.ticket,
        "origin": str(draft.origin),
        "author": draft.author,
        "proposed_at": now,
        "verdict": str(draft.verdict),
        "intent": draft.intent,
        "appeal_type": draft.appeal_type,
        "urgent": draft.urgent,
        "confidential": draft.confidential,
        "said": draft.said,
        "said_by": draft.said_by,
        "alike": draft.alike,
        "state": str(draft.state),
        "proposed_intent": "",
        "part": "",
        "why": draft.why,
        "key": draft.key,
    }


Inserts = Callable[[Table], Any]
"""The dialect's INSERT, which knows ON CONFLICT; both share no base class."""
