"""What the codes of a county's tables are called, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Tables = Mapping[str, Sequence[Mapping[str, str]]]


class Names:
    """Looks up cadres, and divisions, grids and units, by their codes."""

    def __init__(self, tables: Tables) -> None:
        self._cadres = {row["id"]: row["name"] for row in tables.get("cadres", ())}
        self._places = {row["code"]: row["name"] for row in tables.get("units", ())}
        self._places |= {row["code"]: row["name"] for row in tables.get("grids", ())}
        self._places |= {row["code"]: row["short_name"] for row in tables.get("divisions", ())}

    def of(self, what: str, code: str) -> str:
        """The name behind a code (`what` as in `Column.names`), empty when there is none."""
        return (self._cadres if what == "cadres" else self._places).get(code, "")
