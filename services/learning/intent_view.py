"""The county's matters and what is known of intents, as they are when somebody changes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from routing.catalogue import SHEET, CatalogueRow
from routing.checks.rows import KINDS, SEALED_MATTER
from routing.county_tables import load_county
from routing.decide import DISCIPLINE
from routing.problems import CountyDataError
from services.learning.intents import (
    FORMER,
    IntentRefused,
    IntentState,
    KnownIntent,
    Row,
    Sheets,
    became,
)

COLUMNS = tuple(field.name for field in fields(CatalogueRow))
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LONGEST_NAME = 20
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class IntentView:
    """One look."""

    version: int
    sheets: Sheets
    known: tuple[KnownIntent, ...]
    vocabulary: frozenset[str]
    """What `domain.yml` lists."""

    def get(self, code: str) -> KnownIntent | None:
        """What the console knows of an intent."""
        return next((each for each in self.known if each.code == code), None)

    def state(self, code: str) -> IntentState | None:
        """How far an intent is; None: there is no such intent."""
        known = self.get(code)
        if known is not None:
            return known.state
        return IntentState.LIVE if self.row(code) is not None else None

    def row(self, code: str) -> Row | None:
        """The row of the catalogue in force."""
        return next((row for row in self.sheets[SHEET] if row["matter"] == code), None)

    def name(self, code: str) -> str:
        """An intent's name for people."""
        row, known = self.row(code), self.get(code)
        return row["name"] if row else known.name if known else code

    def codes(self, code: str) -> tuple[str, ...]:
        """A code with all that became it: what tickets and labels may say."""
        found, new = [code], [code]
        while new:
            new = [
                each.code
                for each in self.known
                if each.state in FORMER and each.became in new and each.code not in found
            ]
            found += new
        return tuple(found)

    def current(self, code: str) -> str:
        """The code that an intent has now."""
        return became(self.known).get(code, code)

    def drafts(self) -> tuple[KnownIntent, ...]:
        """Intents that are not live yet."""
        return tuple(each for each in self.known if each.state is IntentState.DRAFT)

    def splitting(self, code: str) -> KnownIntent | None:
        """The intent that is being split into this one, or that is this one."""
        return next(
            (
                each
                for each in self.known
                if each.state is IntentState.SPLITTING and code in (each.code, *each.parts)
            ),
            None,
        )

    def live(self, code: str) -> Row:
        """The row of a matter that works. Raises `IntentRefused` for anything else."""
        if code in KINDS:
            raise IntentRefused(f"“{code}”是消息种类，不是事项，这里改不了")
        row, state = self.row(code), self.state(code)
        if row is None or state is IntentState.DRAFT:
            raise IntentRefused(f"没有“{code}”这个事项，或者它还没有上线")
        return row

    def whole(self, code: str) -> Row:
        """The same, of a matter that may be merged, split or removed."""
        row = self.live(code)
        if code == SEALED_MATTER or row["group"] == DISCIPLINE:
            raise IntentRefused(f"“{row['name']}”要密封直送纪检，不能合并、拆分、改代码或删除")
        if self.splitting(code) is not None:
            raise IntentRefused(f"“{row['name']}”正在拆分，先分完或者取消拆分")
        return row

    def refuse_code(self, code: str) -> None:
        """Raise `IntentRefused` for a code that is none, or that was given before."""
        if not _CODE.fullmatch(code):
            raise IntentRefused("代码要用小写英文字母开头，后面可以有数字和下划线，2 到 40 个")
        if code in KINDS:
            raise IntentRefused(f"代码“{code}”是消息种类，请换一个")
        known = self.get(code)
        if known is not None:
            raise IntentRefused(f"代码“{code}”已经给过“{known.name}”，请换一个")
        if self.row(code) is not None and code in self.vocabulary:
            raise IntentRefused(f"代码“{code}”已经是“{self.name(code)}”，请换一个")

    def refuse_name(self, name: str, code: str) -> None:
        """Raise `IntentRefused` for a name that is none, or that another intent has."""
        if not name or len(name) > _LONGEST_NAME:
            raise IntentRefused(f"名称要写，最多 {_LONGEST_NAME} 个字")
        names = {row["name"]: row["matter"] for row in self.sheets[SHEET]}
        names |= {each.name: each.code for each in self.drafts()}
        if names.get(name, code) != code:
            raise IntentRefused(f"名称“{name}”已经有了（{names[name]}），请换一个")

    def with_rows(self, rows: Sequence[Row], without: Sequence[str] = ()) -> list[dict[str, str]]:
        """The catalogue with rows put in, or in the place of those with their code."""
        new = {row["matter"]: dict(row) for row in rows}
        kept = [dict(row) for row in self.sheets[SHEET] if row["matter"] not in without]
        return [new.pop(row["matter"], row) for row in kept] + list(new.values())

    def refuse_sheets(self, sheets: Sheets) -> None:
        """Raise `IntentRefused` for what an import would refuse."""
        try:
            load_county({**self.sheets, **sheets})
        except CountyDataError as exc:
            told = "；".join(problem.mend for problem in exc.problems[:_MOST_TOLD])
            raise IntentRefused(f"派单目录不能这样：{told}") from exc

    def refuse_group(self, row: Row) -> None:
        """Raise `IntentRefused` for a linkage group that no township has."""
        if row["group"] == DISCIPLINE:
            raise IntentRefused("举报干部违纪只有一个事项，不能再加")
        groups = {unit.get("group", "") for unit in self.sheets["units"]}
        if row["group"] not in groups - {""}:
            raise IntentRefused(f"没有“{row['group']}”这个联动服务组，请先在组织表里登记")


def row_of(row: Mapping[str, str], code: str, name: str) -> dict[str, str]:
    """A row of the catalogue with every column; cells that it does not know are dropped."""
    cells = {column: str(row.get(column) or "").strip() for column in COLUMNS}
    return cells | {"matter": code, "name": name}
