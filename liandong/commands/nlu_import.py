"""`liandong nlu import`: a county's past work orders become labels that wait for review."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from liandong.settings import Settings
from liandong.terminal import bar, err, out, plainly, steps
from routing.errors import LiandongError

if TYPE_CHECKING:
    from liandong.past_orders.columns import Columns
    from liandong.past_orders.mapping import Category
    from liandong.past_orders.opening import Orders
    from liandong.past_orders.plan import Plan
    from routing.county import County

_SHOWN = 20


class NotAnswered(LiandongError):
    """还有类别没有对上事项，什么都没有导入。"""


class NothingToImport(LiandongError):
    """没有可以导入的，什么都没有改。"""


@plainly
def import_orders(
    file: Annotated[Path, typer.Argument(help="过去的工单，.xlsx / past work orders")],
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help="类别和事项的对照表 CSV；没有就写一份 / the mapping"),
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="工作表的名字 / the sheet")] = "",
    text: Annotated[str, typer.Option("--text", help="内容是哪一列 / the text's column")] = "",
    category: Annotated[
        str, typer.Option("--category", help="类别是哪一列 / the category's column")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="谁导入 / who imports")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会怎样，不导入 / change nothing")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再问 / do not ask")] = False,
) -> None:
    """导入过去的工单，等人复核 / import past work orders, to be reviewed."""
    from liandong.past_orders.columns import refuse_merged

    settings = Settings()
    orders = _read(file, sheet)
    columns = _columns(orders, text, category)
    refuse_merged(orders, columns)
    if orders.formulas & {columns.text, columns.category}:
        err.print("[yellow]![/yellow] 有公式的格子按 Excel 上次算出来的结果读", highlight=False)
    county = asyncio.run(_county(settings))
    said, mapping_file = _mapped(settings, orders, columns, county, file, mapping)
    plan = asyncio.run(_plan(settings, orders, columns, said, county, by or getpass.getuser()))
    _show(plan, county)
    if not plan.drafts:
        raise NothingToImport
    if dry_run:
        out.print("只是看看，什么都没有改；去掉 --dry-run 就导入", highlight=False)
        return
    from liandong.commands.county_import import confirm

    confirm(yes=yes)
    new = asyncio.run(_propose(settings, plan))
    out.print(f"✓ {new} 条等人复核（对照表在 {escape(str(mapping_file))}）", highlight=False)
    if new < len(plan.drafts):
        out.print(f"另有 {len(plan.drafts) - new} 条以前导入过", highlight=False)


def _read(file: Path, sheet: str) -> Orders:
    from liandong.past_orders.opening import read_orders

    with steps() as progress:
        task = progress.add_task(f"读取 {file.name}", total=None)
        orders = read_orders(file, sheet)
        progress.update(task, total=1, completed=1, description=f"读了 {len(orders.rows)} 行")
    return orders


def _columns(orders: Orders, text: str, category: str) -> Columns:
    from liandong.past_orders.asking import asked_columns
    from liandong.past_orders.columns import Columns, column_named, guess_columns
    from liandong.workbook.file_kind import BadWorkbook

    guess = guess_columns(orders)
    if text and category:
        kind = guess.kind if guess else None
        return Columns(column_named(orders, text), column_named(orders, category), kind)
    if sys.stdin.isatty():
        return asked_columns(orders, guess)
    if guess is None:
        raise BadWorkbook("看不出哪一列是内容、哪一列是类别：请用 --text 和 --category 说明")
    return Columns(
        column_named(orders, text) if text else guess.text,
        column_named(orders, category) if category else guess.category,
        guess.kind,
    )


async def _county(settings: Settings) -> County:
    from liandong.county_database import county_database
    from routing.county_tables import load_county
    from storage.county_store import CountyStore

    async with county_database(settings) as database:
        return load_county(await CountyStore(database).read())


def _mapped(
    settings: Settings,
    orders: Orders,
    columns: Columns,
    county: County,
    file: Path,
    mapping: Path | None,
) -> tuple[dict[str, str], Path]:
    """Category -> intent, from the file of before and from answers; written for the next time.

    Raises `NotAnswered` where nobody can be asked: the written file is then to be filled in.
    """
    from liandong.labelling import keywords_of
    from liandong.past_orders.asking import asked_intent
    from liandong.past_orders.mapping import categories_of, read_mapping, write_mapping

    path = mapping or file.with_suffix(".mapping.csv")
    pairs = [
        (row[columns.text], row[columns.category])
        for row in orders.rows
        if max(columns.text, columns.category) < len(row) and row[columns.category]
    ]
    keywords = keywords_of(settings, lambda: county)
    categories = categories_of(pairs, county.catalogue, keywords)
    said = read_mapping(path) if path.is_file() else {}
    _refuse_unknown(said, county, path)
    asks = sys.stdin.isatty()
    for each in categories:
        if each.name not in said and each.certain:
            said[each.name] = each.guesses[0]
        elif each.name not in said and asks:
            said[each.name] = asked_intent(each, county.catalogue)
    write_mapping(path, categories, said, county.catalogue)
    _refuse_open(categories, said, path, county)
    return said, path


def _refuse_unknown(said: Mapping[str, str], county: County, path: Path) -> None:
    from liandong.past_orders.mapping import NOT_TAKEN, BadMapping

    for category, intent in said.items():
        if intent != NOT_TAKEN and county.catalogue.get(intent) is None:
            raise BadMapping(f"{path.name}：类别“{category}”的事项 {intent} 目录里没有")


def _refuse_open(
    categories: Sequence[Category], said: Mapping[str, str], path: Path, county: County
) -> None:
    left = [each for each in categories if each.name not in said]
    for each in left[:_SHOWN]:
        rows = [county.catalogue.get(code) for code in each.guesses]
        likely = "、".join(f"{row.matter}（{row.name}）" for row in rows if row)
        err.print(
            f"  {escape(each.name)}（{each.count} 条）可能是：{likely or '看不出来'}",
            highlight=False,
        )
    if left:
        raise NotAnswered(
            f"{len(left)} 个类别还没有对上事项，什么都没有导入。请在 {path} 的“事项”一列填上代码"
            "（不导入的填 -），再运行一次"
        )


async def _plan(
    settings: Settings,
    orders: Orders,
    columns: Columns,
    said: Mapping[str, str],
    county: County,
    author: str,
) -> Plan:
    from liandong.labelling import keywords_of, known_examples
    from liandong.past_orders.plan import beside_examples, plan_of
    from services.privacy import learnt, masker_of

    keywords = keywords_of(settings, lambda: county)
    with bar() as progress:
        task = progress.add_task("去掉姓名电话", total=len(orders.rows))
        plan = plan_of(
            orders,
            columns,
            said,
            masker_of(county).mask,
            keywords,
            author=author,
            step=lambda: progress.advance(task),
        )
    examples = known_examples(settings.project_dir)
    twins = await examples.twins_of([learnt(draft.text) for draft in plan.drafts])
    return beside_examples(plan, twins)


def _show(plan: Plan, county: County) -> None:
    table = Table("事项", "条数")
    for intent, count in plan.by_intent.most_common():
        row = county.catalogue.get(intent)
        table.add_row(f"{row.name if row else intent}（{intent}）", str(count))
    out.print(table)
    for reason, count in sorted(plan.left_out.items(), key=lambda each: -each[1]):
        if count:
            out.print(f"不导入 {count} 条：{reason}", highlight=False)
    for each in plan.conflicts[:_SHOWN]:
        said = f"{each.one} / {each.other}，{each.where}"
        out.print(f"  矛盾：{escape(each.text[:60])}（{said}）", highlight=False, soft_wrap=True)
    if len(plan.conflicts) > _SHOWN:
        out.print(f"  …另有 {len(plan.conflicts) - _SHOWN} 处矛盾", highlight=False)


async def _propose(settings: Settings, plan: Plan) -> int:
    from liandong.bootstrap import utc_now
    from liandong.county_database import county_database
    from storage.label_book import SqlLabelBook

    async with county_database(settings) as database:
        return await SqlLabelBook(database).propose_all(plan.drafts, utc_now())
