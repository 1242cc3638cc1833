"""What is compared: one ticket's words, matter and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Report:
    """One ticket as it is compared with others.

    `township`, `village` and `grid` are codes, None for what is not known; `at` is when the
    resident wrote (aware). `place_words` are the resident's own words for the place: every report
    from there has them, so they say nothing of the thing itself. `place_name` and `matter_name`
    are for people.
    """

    number: str
    text: str
    at: datetime
    matter: str | None
    group: str | None
    township: str | None
    village: str | None = None
    villager_group: int | None = None
    grid: str | None = None
    reporter: str = ""
    """Who gets the answers; three messages of one person are one voice. Empty: not known, and
    then every report is a voice of its own."""
    urgent: bool = False
    confidential: bool = False
    place_words: tuple[str, ...] = ()
    place_name: str = ""
    matter_name: str = ""

    @property
    def voice(self) -> str:
        """What tells one person from another."""
        return self.reporter or f"#{self.number}"
