"""The inbox of corrections: a row for each message that could be labelled, grouped with its like.

What a message is worth is written once, when it is taken up, so that a page reads its own rows
only. The sentence stands here with placeholders in place of personal data.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.columns import SerialInteger, long_text, message_number, moment, no, table_of

_OPEN_HEAD = text("state = 'open' AND inbox_id = head")


class CorrectionRow(SQLModel, table=True):
    """A resident's message that the classifier read; `head` is the message it is shown with."""

    __tablename__ = "corrections"
    __table_args__ = (
        Index(
            "ix_corrections_worth", "worth", sqlite_where=_OPEN_HEAD, postgresql_where=_OPEN_HEAD
        ),
        Index("ix_corrections_lot", "lot", sqlite_where=_OPEN_HEAD, postgresql_where=_OPEN_HEAD),
        Index("ix_corrections_head", "head"),
        Index("ix_corrections_label", "label"),
        Index("ix_corrections_at", "at"),
    )

    inbox_id: int = Field(sa_column=Column(SerialInteger, primary_key=True, autoincrement=False))
    head: int = Field(sa_column=message_number())
    at: datetime = Field(sa_column=moment())
    """Of the message; of a head: of the newest of its group."""
    text: str = Field(sa_column=long_text())
    """Empty for what is left out (a sealed report)."""
    shape: str = Field(sa_column=long_text())
    """The sentence without places, numbers and signs: by it messages are alike."""
    best: str
    """The label that the service read; `second` the next likely one."""
    second: str
    margin: float
    keywords: str
    """What the word lists say."""
    desk: str
    """The matter of its ticket when it was taken up, where a person had decided."""
    model: str
    degraded: bool = Field(default=False, sa_column=no())
    urgent: bool = Field(default=False, sa_column=no())
    count: int = 1
    """Of a head: open messages of its group, itself included."""
    worth: float
    lot: float
    """Drawn once from its number: the random sample are the lowest."""
    state: str
    """`open`, `labelled`, `left_out`."""
    label: int | None = Field(default=None, sa_column=message_number(nullable=True))
    held_by: str | None = None
    held_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class CorrectionBandRow(SQLModel, table=True):
    """Where the likes of a group are looked for: hashes that two like sentences share."""

    __tablename__ = "correction_bands"
    __table_args__ = (Index("ix_correction_bands_head", "head"),)

    band: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    head: int = Field(sa_column=Column(SerialInteger, primary_key=True, autoincrement=False))


CORRECTIONS = table_of(CorrectionRow)
CORRECTION_BANDS = table_of(CorrectionBandRow)
