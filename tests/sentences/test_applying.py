"""What is recorded comes into the files once, whatever dies when and whoever else writes."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from nlu.sentence_files import store
from nlu.sentence_files.project import Project
from nlu.sentence_files.store import ProjectSentences
from nlu.sentence_files.writing import carry_out, locked
from services.learning.applying import Applied, apply_edits
from services.learning.edits import (
    AddSentence,
    Edit,
    EditState,
    FilesBroken,
    MergeIntent,
    RemoveSentence,
    RenameIntent,
    ReplaceSentence,
)
from services.learning.labels import Part
from services.learning.sentences import Sentence
from storage.database import Database
from storage.sentence_journal import SqlSentenceJournal
from tests.sentences.conftest import ROOT, texts
from tests.sentences.dying import NOW, Died, live

NEW = AddSentence(Sentence("俺村口的路叫大车压烂了", "road", "help"))
PIT = Sentence("路上有坑", "bridge", "help")
MOVED = ReplaceSentence(PIT.text, "road", Part.DATA, PIT, Part.DATA)
MERGE = MergeIntent("road", "bridge")
EDITS: tuple[Edit, ...] = (NEW, MOVED, RenameIntent("road", "way", "道路损坏与修路", "道路"))


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def journal(database: Database) -> SqlSentenceJournal:
    return SqlSentenceJournal(database)


async def applied(journal: SqlSentenceJournal, root: Path) -> Applied:
    return await apply_edits(journal, ProjectSentences(root), lambda: NOW)


async def test_apply__in_order_and_marked(journal: SqlSentenceJournal, root: Path) -> None:
    await journal.record(EDITS, "admin", NOW)
    assert await applied(journal, root) == Applied(applied=3)
    assert {each.state for each in await journal.recent(9)} == {EditState.APPLIED}
    assert "俺村口的路叫大车压烂了" in texts(root)["nlu/data/way.yml"]


async def test_apply__a_contradiction_is_refused_and_the_next_goes_on(
    journal: SqlSentenceJournal, root: Path
) -> None:
    wrong = AddSentence(Sentence("桥塌了", "road"))
    await journal.record([wrong, NEW], "admin", NOW)
    assert await applied(journal, root) == Applied(applied=1, refused=1)
    assert "bridge.yml 第7行" in (await journal.recent(2))[1].problem


async def test_apply__waits_for_a_human_and_goes_on_when_the_file_is_mended(
    journal: SqlSentenceJournal, root: Path
) -> None:
    await journal.record([NEW, MOVED], "admin", NOW)
    path = root / "nlu/data/bridge.yml"
    good = path.read_bytes()
    path.write_bytes(good + b"- : [\n")

    stopped = await applied(journal, root)

    assert (stopped.applied, stopped.waiting) == (0, 2)
    assert stopped.problem == (await journal.pending())[0].problem
    assert stopped.problem.startswith("data/bridge.yml 第")
    path.write_bytes(good)
    assert await applied(journal, root) == Applied(applied=2)


@pytest.mark.parametrize("step", ["before", *map(str, range(1, 20)), "unmarked"])
@pytest.mark.parametrize("edit", [*EDITS, MERGE], ids=lambda each: type(each).__name__)
async def test_death_at_any_step__nothing_lost_and_nothing_doubled(
    database: Database, journal: SqlSentenceJournal, root: Path, step: str, edit: Edit
) -> None:
    twin = root.with_name("twin")
    shutil.copytree(root, twin)
    await ProjectSentences(twin).apply(edit)
    await journal.record([edit], "admin", NOW)

    try:
        await live(database, root, step)
    except Died:
        assert len(await journal.pending()) == 1
    else:
        assert int(step) > 1  # it wrote fewer files

    await applied(journal, root)
    assert texts(root) == texts(twin)
    assert await journal.pending() == []


@pytest.mark.parametrize("step", ["2", "unmarked"])
async def test_sigkill__nothing_lost_and_nothing_doubled(
    sqlite_url: str, journal: SqlSentenceJournal, root: Path, step: str
) -> None:
    await journal.record([EDITS[-1]], "admin", NOW)

    died = await run(sqlite_url, root, step)

    assert died == -signal.SIGKILL
    assert await applied(journal, root) == Applied(applied=1)
    assert "intent: road" not in "".join(texts(root).values())


async def test_several_processes__one_applies_each_edit(
    sqlite_url: str, journal: SqlSentenceJournal, root: Path
) -> None:
    many = [AddSentence(Sentence(f"第{n}条路压烂了", "road", "help")) for n in range(30)]
    await journal.record(many, "admin", NOW)

    ended = await asyncio.gather(*(run(sqlite_url, root, "never") for _ in range(2)))

    assert ended == [0, 0]
    assert await journal.pending() == []
    assert texts(root)["nlu/data/road.yml"].count("条路压烂了") == 30


async def run(url: str, root: Path, step: str) -> int:
    """Another process that applies what is pending; how it ended."""
    command = (sys.executable, "-m", "tests.sentences.dying", url, str(root), step)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    return await process.wait()


async def test_locked__another_one_waits_until_it_is_free(root: Path) -> None:
    with locked(root) as mine:
        assert mine
        waiting = asyncio.create_task(_hold(root))
        with locked(root) as second:
            assert not second
    await asyncio.wait_for(waiting, 10)


async def _hold(root: Path) -> None:
    async with ProjectSentences(root).hold():
        return


async def test_a_hand_edit_meanwhile__is_kept_and_the_edit_done_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "nlu/data/road.yml"
    by_hand = ["    - 手工写的一句\n"]

    def late(folder: Path, project: Project) -> None:
        if by_hand:
            path.write_text(path.read_text(encoding="utf-8") + by_hand.pop(), encoding="utf-8")
        carry_out(folder, project)

    monkeypatch.setattr(store, "carry_out", late)
    await ProjectSentences(root).apply(NEW)
    assert "手工写的一句" in path.read_text(encoding="utf-8")
    assert NEW.sentence.text in path.read_text(encoding="utf-8")


async def test_a_hand_edit_every_time__leaves_the_edit_pending(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "nlu/data/road.yml"

    def late(folder: Path, project: Project) -> None:
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        carry_out(folder, project)

    monkeypatch.setattr(store, "carry_out", late)
    with pytest.raises(FilesBroken, match="刚被人改过"):
        await ProjectSentences(root).apply(NEW)


async def test_what_a_killed_process_left__goes_with_the_next(root: Path) -> None:
    left = root / "nlu/data/.road.yml.liandong-new"
    left.write_text("half", encoding="utf-8")
    await _hold(root)
    assert not left.exists()


async def test_remove_after_add__in_one_go(journal: SqlSentenceJournal, root: Path) -> None:
    before = texts(root)
    await journal.record([NEW, RemoveSentence(NEW.sentence.text, "road")], "admin", NOW)
    await applied(journal, root)
    assert texts(root) == before
