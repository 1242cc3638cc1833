"""The divisions after a change: what ends gets its successors, what is new a beginning."""

from __future__ import annotations

from collections.abc import Mapping

from routing.migration.tables import Change, Row, Tables


def move_divisions(change: Change, after: Tables) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Write the divisions; returns what ended with its successors, and what was renamed."""
    plan, ended, renamed = change.plan, dict[str, tuple[str, ...]](), list[str]()
    rows: list[Row] = []
    for row in after["divisions"]:
        code = row.get("code", "")
        if code in plan.ending:
            ended[code] = plan.parts(code)
            row = row | {"valid_to": change.day.isoformat(), "successors": "|".join(ended[code])}
        elif into := plan.into(code):
            urban_rural = next((each.urban_rural for each in into if each.urban_rural), "")
            named = row | {"name": into[0].name, "short_name": into[0].short_name}
            if named != row:
                renamed.append(code)
            row = named | {"urban_rural": urban_rural or row.get("urban_rural", "")}
        rows.append(row)
    after["divisions"] = [*rows, *change.new_rows().values()]
    return ended, renamed


def move_aliases(
    before: Mapping[str, Row], renamed: list[str], after: Tables
) -> list[tuple[str, str]]:
    """Old names of divisions that keep their code; an ended one keeps its own name."""
    rows = after.setdefault("aliases", [])
    known = {(row.get("alias"), row.get("code")) for row in rows}
    added: list[tuple[str, str]] = []
    for code in renamed:
        now = next(row for row in after["divisions"] if row.get("code") == code)
        for column in ("short_name", "name"):
            name = before[code].get(column, "")
            if len(name) > 1 and name != now.get(column) and (name, code) not in known:
                known.add((name, code))
                added.append((name, code))
    rows.extend(
        {"alias": name, "code": code, "source": "old_name", "confidence": "1.0"}
        for name, code in added
    )
    return added
