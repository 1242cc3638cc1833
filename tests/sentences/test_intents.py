"""The life of intents: catalogue, files and records change together, and history is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from liandong.county_files import SAMPLE_COUNTY, read_sheets
from nlu.dataset_checks import FEWEST as LEARNT_FROM
from nlu.sentence_files.layout import key_of
from nlu.sentence_files.store import ProjectSentences
from routing.county import County
from routing.county_tables import load_county
from services.learning.edits import FilesBroken
from services.learning.intent_desk import Intents
from services.learning.intent_listing import FEWEST, ListedIntent, Staged
from services.learning.intent_office import Draft
from services.learning.intents import IntentChanged, IntentRefused, IntentState
from storage.county_store import CountyStore, RenamedMatter
from storage.database import Database
from storage.intent_book import SqlIntentBook
from storage.learning_tables import LABELS
from storage.sentence_journal import SqlSentenceJournal
from storage.tables import COUNTY_VERSIONS, TICKETS
from tests.sentences.conftest import block, file_of, texts
from tests.storage.values import ticket as made_ticket

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ROW = {
    "group": "infrastructure",
    "lead_unit": "住建局",
    "min_level": "village",
    "appeal_types": "help|report",
    "urgency": "normal",
}
LAMP = Draft("square_lamp", "广场灯", ROW)


@dataclass
class Desk:
    """The use cases on a database and a project folder."""

    database: Database
    root: Path
    intents: Intents

    async def county(self) -> County:
        return load_county(await CountyStore(self.database).read())

    async def listed(self, code: str) -> ListedIntent:
        return next(each for each in await self.intents.listed() if each.code == code)

    async def label(
        self, text: str, intent: str, *, state: str = "accepted", part: str = "data"
    ) -> None:
        await self.run(
            insert(LABELS).values(
                **dict.fromkeys(("said", "said_by", "proposed_intent", "why"), ""),
                text=text,
                bare=key_of(text),
                origin="inbox",
                author="ann",
                proposed_at=NOW,
                verdict="label",
                intent=intent,
                appeal_type="help",
                alike=1,
                state=state,
                part=part,
            )
        )

    async def enough(self, code: str, count: int = FEWEST) -> None:
        for number in range(count):
            await self.label(f"广场上第{number}盏灯灭了", code)

    async def run(self, statement: object) -> list[object]:
        async with self.database.write() as connection:
            found = await connection.execute(statement)  # type: ignore[call-overload]
            rows = list(found.scalars()) if found.returns_rows else []
            await connection.commit()
        return rows


@pytest.fixture
async def desk(sqlite_url: str, root: Path) -> AsyncIterator[Desk]:
    database = Database(sqlite_url)
    await CountyStore(database).replace(read_sheets(SAMPLE_COUNTY), "sample", NOW)
    files, journal = ProjectSentences(root), SqlSentenceJournal(database)
    intents = Intents(SqlIntentBook(database), files, journal, lambda: NOW, key_of)
    yield Desk(database, root, intents)
    await database.close()


def test_fewest__is_what_a_training_asks_for() -> None:
    assert FEWEST == LEARNT_FROM


# drafts


async def test_draft__may_be_labelled_for_and_is_read_by_nobody(desk: Desk) -> None:
    before = texts(desk.root)
    await desk.intents.add_draft(LAMP, "admin")
    found = await desk.listed("square_lamp")
    assert (found.name, found.state) == ("广场灯", IntentState.DRAFT)
    assert found.missing == ("还差 10 句例句（已有 0 句，至少 10 句）",)
    assert (await desk.county()).catalogue.get("square_lamp") is None
    assert texts(desk.root) == before


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (Draft("Lamp", "广场灯", ROW), "小写英文字母"),
        (Draft("l", "广场灯", ROW), "2 到 40"),
        (Draft("thanks", "广场灯", ROW), "消息种类"),
        (Draft("road", "广场灯", ROW), "已经是“道路损坏与修路”"),
        (Draft("square_lamp", "路灯", ROW), "已经有了（street_lamp）"),
        (Draft("square_lamp", "", ROW), "名称要写"),
        (Draft("square_lamp", "广场灯", ROW | {"group": "lamps"}), "没有“lamps”这个联动服务组"),
        (Draft("square_lamp", "广场灯", ROW | {"group": "discipline"}), "只有一个"),
        (Draft("square_lamp", "广场灯", ROW | {"lead_unit": "路灯局"}), "没有县直单位“路灯局”"),
        (Draft("square_lamp", "广场灯", ROW | {"urgency": "soon"}), "不在可选值内"),
        (Draft("square_lamp", "广场灯", ROW | {"limits": "help:0"}), "1 到 90 个工作日"),
        (Draft("square_lamp", "广场灯", ROW | {"appeal_types": "cry"}), "不是诉求类型"),
    ],
)
async def test_draft__what_an_import_would_refuse_is_refused(
    desk: Desk, draft: Draft, told: str
) -> None:
    with pytest.raises(IntentRefused, match=told):
        await desk.intents.add_draft(draft, "admin")
    assert await SqlIntentBook(desk.database).known() == []


async def test_draft__a_code_is_given_once(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.intents.remove("square_lamp", "admin")
    with pytest.raises(IntentRefused, match="已经给过“广场灯”"):
        await desk.intents.add_draft(LAMP, "admin")


async def test_draft__can_be_filled_in_again(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    again = Draft("square_lamp", "广场照明", ROW | {"urgency": "complex"})
    await desk.intents.change_draft(again, "admin")
    found = await desk.listed("square_lamp")
    assert (found.name, found.row["urgency"]) == ("广场照明", "complex")


# going live


async def test_go_live__row_vocabulary_and_sentences(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp")
    await desk.label("广场的灯考一考", "square_lamp", part="golden")

    outcome = await desk.intents.go_live("square_lamp", "admin")

    found = await desk.listed("square_lamp")
    assert (found.state, found.count.data_real, found.count.golden_real) == ("live", 10, 1)
    assert found.staged == Staged()
    row = (await desk.county()).catalogue.get("square_lamp")
    assert row is not None and (row.name, row.lead_unit) == ("广场灯", ROW["lead_unit"])
    assert "  - square_lamp  # 广场灯\n" in texts(desk.root)["domain.yml"]
    assert outcome.notes == ("没有关键词：模型停着的时候认不出它，可在 nlu/keywords 里写几个词",)


async def test_go_live__the_version_names_who(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp")
    await desk.intents.go_live("square_lamp", "admin")
    newest = select(COUNTY_VERSIONS.c.source).order_by(COUNTY_VERSIONS.c.id.desc()).limit(1)
    assert await desk.run(newest) == ["console: admin"]


async def test_go_live__not_with_too_few(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp", FEWEST - 1)
    await desk.label("广场上第0盏灯灭了！", "square_lamp")
    await desk.label("还没有复核的", "square_lamp", state="proposed")
    before = texts(desk.root)
    with pytest.raises(IntentRefused, match="“广场灯”还不能上线：还差 1 句例句"):
        await desk.intents.go_live("square_lamp", "admin")
    assert texts(desk.root) == before
    assert (await desk.listed("square_lamp")).state is IntentState.DRAFT


async def test_go_live__a_contradicting_label_is_told_and_left(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp")
    await desk.label("路坏了", "square_lamp")
    outcome = await desk.intents.go_live("square_lamp", "admin")
    assert any("data/road.yml 第7行 是 road" in note for note in outcome.notes)
    assert (await desk.listed("square_lamp")).staged.data == 1


async def test_go_live__an_urgent_one_is_learnt_as_danger(desk: Desk) -> None:
    await desk.intents.add_draft(Draft("dam", "垮坝", ROW | {"urgency": "urgent"}), "admin")
    await desk.enough("dam")
    await desk.intents.go_live("dam", "admin")
    assert "violence, dam]" in texts(desk.root)["nlu/config.yml"]


async def test_go_live__a_broken_file_is_mended_first(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp")
    (desk.root / "nlu/data/road.yml").write_text("nlu: [", encoding="utf-8")
    with pytest.raises(FilesBroken, match=r"data/road\.yml 第"):
        await desk.intents.go_live("square_lamp", "admin")
    assert (await desk.county()).catalogue.get("square_lamp") is None


# renaming


async def test_rename__files_catalogue_and_what_names_it(desk: Desk) -> None:
    await desk.intents.rename("road", "way", "道路", "admin")
    county = await desk.county()
    assert county.catalogue.by_matter["way"].name == "道路"
    assert "road" not in county.catalogue.by_matter
    assert "nlu/data/way.yml" in texts(desk.root)
    assert (await desk.listed("road")).became == "way"


async def test_rename__the_old_code_leads_to_the_new_row_for_ever(desk: Desk) -> None:
    await desk.intents.rename("road", "way", "道路", "admin")
    await desk.intents.rename("way", "lane", "小路", "admin")
    catalogue = (await desk.county()).catalogue
    assert catalogue.get("road") is catalogue.get("way") is catalogue.by_matter["lane"]
    assert await desk.intents.became() == {"road": "lane", "way": "lane"}


async def test_rename__rulings_and_answers_follow(desk: Desk) -> None:
    store = CountyStore(desk.database)
    ruling = {"matter": "broadcast_tv", "township_code": "", "owner": "unit:media"}
    await store.replace({"precedents": [ruling]}, "test", NOW)
    await desk.intents.rename("broadcast_tv", "tv", "电视", "admin")
    county = await desk.county()
    assert county.precedents.find("tv", None) is not None
    assert "tv" in {entry.matter for entry in county.knowledge.entries}


async def test_rename__other_rows_that_name_it_follow(desk: Desk) -> None:
    await desk.intents.rename("medicinal_herbs", "herbs", "药材", "admin")
    row = (await desk.county()).catalogue.by_matter["crop_pest"]
    assert "归 herbs" in row.covers


async def test_rename__only_the_name(desk: Desk) -> None:
    await desk.intents.rename("road", "road", "道路", "admin")
    assert (await desk.listed("road")).name == "道路"
    assert "  - road  # 道路\n" in texts(desk.root)["domain.yml"]
    assert await desk.intents.became() == {}


async def test_rename__a_draft_keeps_its_labels(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp")
    await desk.intents.rename("square_lamp", "plaza_lamp", "广场照明", "admin")
    await desk.intents.go_live("plaza_lamp", "admin")
    assert (await desk.listed("plaza_lamp")).count.data == FEWEST


@pytest.mark.parametrize(
    ("code", "new_code", "name", "told"),
    [
        ("road", "bridge", "道路", "已经是“桥梁涵洞”"),
        ("road", "way", "桥梁涵洞", "已经有了"),
        ("discipline_report", "report", "举报", "密封"),
        ("thanks", "thank", "感谢", "消息种类"),
        ("nothing", "way", "道路", "没有“nothing”"),
    ],
)
async def test_rename__refused(desk: Desk, code: str, new_code: str, name: str, told: str) -> None:
    with pytest.raises(IntentRefused, match=told):
        await desk.intents.rename(code, new_code, name, "admin")


async def test_import__of_an_old_workbook_does_not_bring_the_old_code_back(desk: Desk) -> None:
    await desk.intents.rename("road", "way", "道路", "admin")
    with pytest.raises(RenamedMatter, match="“road”已改成“way”"):
        await CountyStore(desk.database).replace(read_sheets(SAMPLE_COUNTY), "workbook", NOW)


# merging


async def test_merge__history_leads_to_the_other(desk: Desk) -> None:
    (desk.root / "nlu/data/bridge.yml").write_text(
        file_of(block("bridge", "桥塌了", "路坏了!", metadata="appeal_type: report")),
        encoding="utf-8",
    )
    outcome = await desk.intents.merge("road", "bridge", "admin")
    catalogue = (await desk.county()).catalogue
    assert catalogue.get("road") is catalogue.by_matter["bridge"]
    assert "intent: road" not in "".join(texts(desk.root).values())
    assert outcome.notes[0] == "3 句例句并过去了"
    assert "data/road.yml 第7行和 data/bridge.yml 第8行是同一句" in outcome.notes[1]


async def test_merge__of_two_rulings_the_target_s_stays(desk: Desk) -> None:
    rulings = [
        {"matter": "road", "township_code": "", "owner": "unit:media"},
        {"matter": "bridge", "township_code": "", "owner": "county"},
    ]
    await CountyStore(desk.database).replace({"precedents": rulings}, "test", NOW)
    outcome = await desk.intents.merge("road", "bridge", "admin")
    found = (await desk.county()).precedents.find("bridge", None)
    assert found is not None and found.owner == "county"
    assert "1 条先例和“桥梁涵洞”的重了，留下后者的" in outcome.notes


@pytest.mark.parametrize(
    ("code", "into", "told"),
    [
        ("fire", "road", "急事会被当成平常事"),
        ("road", "road", "不能并到自己"),
        ("road", "discipline_report", "密封"),
        ("road", "thanks", "消息种类"),
    ],
)
async def test_merge__refused(desk: Desk, code: str, into: str, told: str) -> None:
    with pytest.raises(IntentRefused, match=told):
        await desk.intents.merge(code, into, "admin")


# splitting

PART = Draft("mountain_road", "山路", ROW)


async def split_road(desk: Desk) -> None:
    lines = [f"第{n}条路坏了" for n in range(25)]
    (desk.root / "nlu/data/road.yml").write_text(file_of(block("road", *lines)), encoding="utf-8")
    await desk.intents.split("road", [PART], "admin")


async def sort_out(desk: Desk, *, mountain: int, left: int = 0) -> None:
    """The first ones are mountain roads, the last ones nobody has sorted."""
    found = select(LABELS.c.id).where(LABELS.c.origin == "split").order_by(LABELS.c.id)
    numbers = await desk.run(found)
    for place, number in enumerate(numbers[: len(numbers) - left]):
        intent = "mountain_road" if place < mountain else "road"
        done = update(LABELS).where(LABELS.c.id == number)
        await desk.run(done.values(intent=intent, state="accepted"))


async def test_split__every_old_example_waits_to_be_sorted(desk: Desk) -> None:
    await split_road(desk)
    texts_to_sort = await desk.run(select(LABELS.c.text).where(LABELS.c.origin == "split"))
    assert len(texts_to_sort) == 27  # with the one in fire.yml, and the one of the exam
    assert (await desk.listed("road")).state is IntentState.SPLITTING


async def test_split__until_then_it_works_as_before(desk: Desk) -> None:
    await split_road(desk)
    county = await desk.county()
    assert county.catalogue.get("road") is not None
    assert county.catalogue.get("mountain_road") is None
    assert (await desk.listed("mountain_road")).missing[-1] == "原来的例句还有 27 句没有分好"


@pytest.mark.parametrize(
    ("mountain", "left", "told"),
    [
        (12, 3, "“道路损坏与修路”还不能上线：原来的例句还有 3 句没有分好"),
        (9, 0, "“山路”还不能上线：还差 1 句例句"),
        (20, 0, "“道路损坏与修路”还不能上线：还差 4 句例句"),
    ],
)
async def test_split__not_live_before_all_is_sorted_and_each_has_enough(
    desk: Desk, mountain: int, left: int, told: str
) -> None:
    await split_road(desk)
    await sort_out(desk, mountain=mountain, left=left)
    with pytest.raises(IntentRefused, match=told):
        await desk.intents.go_live("mountain_road", "admin")


async def test_split__live(desk: Desk) -> None:
    await split_road(desk)
    await sort_out(desk, mountain=12)
    await desk.intents.go_live("mountain_road", "admin")
    road, mountain = await desk.listed("road"), await desk.listed("mountain_road")
    assert [(each.state, each.count.data) for each in (road, mountain)] == [
        (IntentState.LIVE, 14),
        (IntentState.LIVE, 12),
    ]
    assert (await desk.county()).catalogue.get("mountain_road") is not None


async def test_split__a_sentence_that_came_since_is_sorted_as_well(desk: Desk) -> None:
    await split_road(desk)
    await sort_out(desk, mountain=12)
    path = desk.root / "nlu/data/road.yml"
    path.write_text(path.read_text(encoding="utf-8") + "    - 手工写的路\n", encoding="utf-8")
    with pytest.raises(IntentRefused, match="还有 1 句没有分好"):
        await desk.intents.go_live("mountain_road", "admin")
    await sort_out(desk, mountain=12)
    await desk.intents.go_live("road", "admin")
    assert (await desk.listed("road")).count.data == 15


async def test_split__cancelled(desk: Desk) -> None:
    before = texts(desk.root)
    await desk.intents.split("road", [PART], "admin")
    await desk.intents.cancel_split("road", "admin")
    assert (await desk.listed("road")).state is IntentState.LIVE
    assert texts(desk.root) == before


@pytest.mark.parametrize("act", ["merge", "rename", "remove"])
async def test_split__nothing_else_meanwhile(desk: Desk, act: str) -> None:
    await split_road(desk)
    arguments = {"merge": ["bridge"], "rename": ["way", "道路"], "remove": []}[act]
    with pytest.raises(IntentRefused, match="正在拆分"):
        await getattr(desk.intents, act)("road", *arguments, "admin")


# removing


async def test_remove__names_everything_that_refers_to_it(desk: Desk) -> None:
    values = {"number": "LD-1", "matter": "road", "state": "dispatched"}
    await add_ticket(desk, **values)
    await desk.label("路又坏了", "road", state="proposed")
    ruling = {"matter": "road", "township_code": "", "owner": "county"}
    await CountyStore(desk.database).replace({"precedents": [ruling]}, "test", NOW)
    with pytest.raises(IntentRefused) as refused:
        await desk.intents.remove("road", "admin")
    assert str(refused.value) == (
        "“道路损坏与修路”还不能删：还有 1 件没办完的工单是它；有 1 条先例写着它；"
        "有 1 条标注在等它；keywords/things.yml 里有它的关键词；golden/must_pass.csv 第2行用到它；"
        "golden/several.csv 第2行用到它"
    )


async def test_remove__what_nothing_refers_to(desk: Desk) -> None:
    await desk.intents.add_draft(LAMP, "admin")
    await desk.enough("square_lamp")
    await desk.intents.go_live("square_lamp", "admin")
    await desk.intents.remove("square_lamp", "admin")
    assert (await desk.county()).catalogue.get("square_lamp") is None
    assert "square_lamp" not in "".join(texts(desk.root).values())
    assert (await desk.listed("square_lamp")).state is IntentState.REMOVED


async def add_ticket(desk: Desk, *, number: str, matter: str, state: str) -> None:
    from storage.memory_coordination import MemoryWakeups
    from storage.unit_of_work import SqlUnitOfWorkFactory
    from tests.storage.values import event

    async with SqlUnitOfWorkFactory(desk.database, MemoryWakeups())() as work:
        await work.add_ticket(made_ticket(number), [event()])
        await work.commit()
    changed = update(TICKETS).where(TICKETS.c.number == number)
    await desk.run(changed.values(matter=matter, state=state))


# two at once


async def test_somebody_was_quicker__nothing_is_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = SqlIntentBook(desk.database)
    view = await desk.intents._view()
    await desk.intents.add_draft(LAMP, "first")

    async def stale() -> object:
        return view

    monkeypatch.setattr(desk.intents, "_view", stale)
    with pytest.raises(IntentChanged):
        await desk.intents.add_draft(Draft("square_lamp", "另一盏灯", ROW), "second")
    assert [each.changed_by for each in await book.known()] == ["first"]
