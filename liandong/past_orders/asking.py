"""The dialogue: which columns, and which matter each category means."""

from __future__ import annotations

import typer
from rich.markup import escape

from liandong.past_orders.columns import Columns, column_named
from liandong.past_orders.mapping import NOT_TAKEN, Category
from liandong.past_orders.opening import Orders
from liandong.terminal import err
from liandong.workbook.file_kind import BadWorkbook
from routing.catalogue import Catalogue


def asked_columns(orders: Orders, guess: Columns | None) -> Columns:
    """The guess, shown with its first row and confirmed or changed."""
    for number, title in enumerate(orders.titles, 1):
        err.print(f"  {number} {escape(title or '（空）')}", highlight=False)
    text = _asked(orders, "内容是哪一列", guess.text if guess else None)
    category = _asked(orders, "类别是哪一列", guess.category if guess else None)
    return Columns(text, category, guess.kind if guess else None)


def _asked(orders: Orders, question: str, guess: int | None) -> int:
    while True:
        default = None if guess is None else str(guess + 1)
        said = typer.prompt(question, default=default, err=True)
        try:
            return column_named(orders, str(said).strip())
        except BadWorkbook as exc:
            err.print(escape(str(exc)), highlight=False)


def asked_intent(category: Category, catalogue: Catalogue) -> str:
    """The intent of a category: a number of the guesses, a code or a name, `-` for none."""
    choices = list(category.guesses)
    err.print(f"“{escape(category.name)}”（{category.count} 条）是哪个事项？", highlight=False)
    for number, code in enumerate(choices, 1):
        row = catalogue.get(code)
        err.print(f"  {number} {row.name if row else code}（{code}）", highlight=False)
    hint = "序号、事项代码或名称，- 不导入"
    while True:
        default = "1" if choices else NOT_TAKEN
        said = str(typer.prompt(hint, default=default, err=True)).strip()
        if said == NOT_TAKEN:
            return NOT_TAKEN
        if said.isdecimal() and 1 <= int(said) <= len(choices):
            return choices[int(said) - 1]
        for row in catalogue.rows:
            if said in (row.matter, row.name):
                return row.matter
        err.print(f"没有“{escape(said)}”这个事项", highlight=False)
