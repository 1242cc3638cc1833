"""What the health page calls intents and shares. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.learning.percent import percent


@dataclass(frozen=True, slots=True)
class HealthNames:
    """Names of intents by code; a code that nobody knows stays as it is."""

    by_code: Mapping[str, str]

    def __call__(self, code: str) -> str:
        """An empty code: the service could not tell."""
        return self.by_code.get(code, code) if code else "没认出来的"


def share_text(share: float | None) -> str:
    """12%, or a dash where there is nothing to say."""
    return "—" if share is None else f"{percent(share)}%"
