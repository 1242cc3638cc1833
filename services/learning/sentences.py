"""A labelled sentence on its way into the files that Rasa learns from."""

from __future__ import annotations

from dataclasses import dataclass

WRITTEN = "written"
"""Made up by somebody who knows how residents write."""
REAL = "real"
"""A resident wrote it; personal data are replaced."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One example with everything that the model learns of it."""

    text: str
    intent: str
    appeal_type: str = ""
    """`consult`, `help`, `complaint`, `report`, `suggestion`, `praise`; empty for kinds."""
    urgent: bool = False
    confidential: bool = False
    source: str = REAL
    """`real` or `written`; blocks of the files without `source:` are `written`."""
