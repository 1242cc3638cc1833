"""What people call an intent: the catalogue's name of a matter, a word for a kind of message."""

from __future__ import annotations

from console.kind_names import KIND_NAMES
from services.office import Office


def intent_names(office: Office) -> dict[str, str]:
    """Code -> name, for everything that a message can be taken for."""
    matters = {row.matter: row.name for row in office.county.catalogue.by_matter.values()}
    return {**KIND_NAMES, "appeal": "没认出事项的诉求", **matters}
