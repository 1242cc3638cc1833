"""What the county's sheets become when a matter gets another code or goes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from routing.catalogue import SHEET
from services.learning.intent_view import IntentView
from services.learning.intents import Row

Rows = list[dict[str, str]]


def renamed_sheets(view: IntentView, code: str, row: Row) -> dict[str, Rows]:
    """Catalogue, rulings and answers with `row` in place of the row of `code`."""
    new = row["matter"]
    catalogue = [
        dict(row) if each["matter"] == code else _named_anew(each, code, new)
        for each in view.sheets[SHEET]
    ]
    return {SHEET: catalogue, **_followers(view, code, new)}


def merged_sheets(view: IntentView, code: str, into: str) -> dict[str, Rows]:
    """The same without the row of `code`, whose rulings and answers are now of `into`."""
    catalogue = [
        _named_anew(each, code, into) for each in view.sheets[SHEET] if each["matter"] != code
    ]
    return {SHEET: catalogue, **_followers(view, code, into)}


def dropped_rulings(view: IntentView, code: str, into: str) -> list[Row]:
    """Rulings for `code` where `into` has one for the same township: that one stays."""
    theirs = {
        row["township_code"] for row in view.sheets.get("precedents", ()) if row["matter"] == into
    }
    return [
        row
        for row in view.sheets.get("precedents", ())
        if row["matter"] == code and row["township_code"] in theirs and code != into
    ]


def _followers(view: IntentView, code: str, new: str) -> dict[str, Rows]:
    """The sheets that name matters, where one of their rows is concerned."""
    gone = dropped_rulings(view, code, new)
    found: dict[str, Rows] = {}
    for sheet in ("precedents", "knowledge"):
        rows: Sequence[Row] = view.sheets.get(sheet, ())
        if any(row["matter"] == code for row in rows) and code != new:
            found[sheet] = [
                {**row, "matter": new} if row["matter"] == code else dict(row)
                for row in rows
                if row not in gone
            ]
    return found


def _named_anew(row: Row, code: str, new: str) -> dict[str, str]:
    """What a row says of its neighbours follows: 药材归 medicinal_herbs."""
    covers = re.sub(rf"(?<![a-z0-9_]){code}(?![a-z0-9_])", new, row.get("covers", ""))
    return {**row, "covers": covers}
