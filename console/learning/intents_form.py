"""The form of a draft: what it offers, what stands in it, what was typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from console.forms import Form
from console.learning.intents_words import limits_cell, limits_text, unreadable_limits
from services.learning.intent_office import Draft
from services.learning.intents import IntentRefused, Row

LONGEST = 300
"""Characters of a cell that people read in one look."""
_MUST: Mapping[str, str] = {
    "name": "请写名称",
    "group": "请选服务组",
    "lead_unit": "请选主办单位",
    "min_level": "请选最低由谁办",
    "appeal_types": "请至少勾一种诉求类型",
    "urgency": "请选紧急程度",
}
_CHOSEN = ("group", "lead_unit", "min_level", "urgency")
_SEVERAL = ("co_units", "appeal_types", "evidence", "basis")


@dataclass(frozen=True, slots=True)
class DraftFields:
    """What stands in the form."""

    code: str = ""
    name: str = ""
    row: Row = field(default_factory=dict)
    limits: str = ""
    """As it was typed, or in people's words."""

    def get(self, column: str) -> str:
        """A cell."""
        return self.row.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell."""
        return tuple(part for part in self.get(column).split("|") if part)


def fields_of(code: str, name: str, row: Row) -> DraftFields:
    """The form of a draft that is there."""
    return DraftFields(code, name, row, limits_text(row.get("limits", "")))


def typed_fields(form: Form, code: str = "") -> DraftFields:
    """What was sent, right or wrong; `code` of a draft that is there."""
    row = {column: form.text(column).strip() for column in (*_CHOSEN, "covers")}
    row |= {column: "|".join(_parts(form.all(column))) for column in _SEVERAL}
    limits = "、".join(each for each in form.all("limits") if each.strip())
    row["limits"] = limits_cell(limits)
    return DraftFields(code or form.text("code").strip(), form.text("name").strip(), row, limits)


def draft_of(fields: DraftFields) -> Draft:
    """The draft that a form asks for. Raises `IntentRefused` for what is not filled in."""
    cells = {**fields.row, "name": fields.name}
    if missing := [say for column, say in _MUST.items() if not cells.get(column)]:
        raise IntentRefused("；".join(missing))
    if wrong := unreadable_limits(cells["limits"]):
        told = "、".join(wrong)
        raise IntentRefused(f"时限“{told}”看不懂：请写成 求助:5、举报:10 这样，1 到 90 个工作日")
    if any(len(cell) > LONGEST for cell in cells.values()):
        raise IntentRefused(f"一格最多写 {LONGEST} 个字，请写短一些")
    return Draft(fields.code, fields.name, fields.row)


def parts_of(form: Form) -> list[tuple[str, str]]:
    """Code and name of each part of a split; empty lines are none."""
    pairs = zip(form.all("part_code"), form.all("part_name"), strict=False)
    typed = [(code.strip(), name.strip()) for code, name in pairs]
    return [pair for pair in typed if any(pair)]


def _parts(values: Iterable[str]) -> list[str]:
    """Each once, whether sent one by one or joined."""
    found = [part.strip() for value in values for part in value.split("|")]
    return list(dict.fromkeys(part for part in found if part))
