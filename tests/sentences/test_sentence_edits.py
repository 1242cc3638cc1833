"""What recorded edits of sentences make of a project's files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nlu.sentence_files.store import ProjectSentences
from services.learning.edits import (
    AddSentence,
    Count,
    EditRefused,
    FilesBroken,
    RemoveSentence,
    ReplaceSentence,
)
from services.learning.labels import Part
from services.learning.sentences import WRITTEN, Sentence
from tests.sentences.conftest import changed, texts

REAL_ROAD = Sentence("俺村口的路叫大车压烂了", "road", "help")
DATA, GOLDEN = Part.DATA, Part.GOLDEN


async def test_add__a_real_sentence_gets_a_block_of_its_own(root: Path) -> None:
    before = texts(root)
    await ProjectSentences(root).apply(AddSentence(REAL_ROAD))
    assert texts(root)["nlu/data/road.yml"] == before["nlu/data/road.yml"] + (
        "- intent: road\n  metadata:\n    appeal_type: help\n    source: real\n"
        "  examples: |\n    - 俺村口的路叫大车压烂了\n"
    )
    assert list(changed(before, texts(root))) == ["nlu/data/road.yml"]


async def test_add__a_written_sentence_joins_the_written_ones(root: Path) -> None:
    before = texts(root)
    await ProjectSentences(root).apply(AddSentence(replace(REAL_ROAD, source=WRITTEN)))
    line = "    - 俺村口的路叫大车压烂了"
    assert changed(before, texts(root)) == {"nlu/data/road.yml": (set(), {line})}


async def test_add__all_that_the_model_learns_of_it(root: Path) -> None:
    said = replace(REAL_ROAD, urgent=True, confidential=True)
    files = ProjectSentences(root)
    await files.apply(AddSentence(said, GOLDEN))
    assert [each.sentence for each in await files.sentences("road")][-1] == said


async def test_add__twice_is_once(root: Path) -> None:
    files = ProjectSentences(root)
    await files.apply(AddSentence(REAL_ROAD))
    once = texts(root)
    await files.apply(AddSentence(REAL_ROAD))
    assert texts(root) == once


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (AddSentence(Sentence("桥 塌了!", "road", "help")), "data/bridge.yml 第7行 是 bridge"),
        (AddSentence(Sentence("路坏了。", "road", "help")), "data/road.yml 第7行 重复"),
        (AddSentence(Sentence("路坏了", "road", "report")), "data/road.yml 第7行 重复"),
        (AddSentence(Sentence("路上有坑", "bridge", "help")), "data/road.yml 第8行 是 road"),
        (AddSentence(Sentence("考一考这条路", "road", "help")), "是考题，不能拿来训练"),
        (AddSentence(Sentence("路上有坑", "road", "help"), GOLDEN), "已经学过，不能拿来考"),
        (AddSentence(Sentence("没有灯", "street_lamp")), "没有意图 street_lamp"),
        (AddSentence(Sentence("路", "road", "angry")), "appeal_type “angry”不对"),
        (AddSentence(Sentence("我的号码13912345678", "road")), "真的电话"),
        (AddSentence(Sentence(" ", "road")), "空的"),
        (ReplaceSentence("路坏了", "road", DATA, Sentence("桥塌了", "road"), DATA), "是 bridge"),
    ],
)
async def test_refused__with_the_place_and_without_a_change(
    root: Path, edit: AddSentence | ReplaceSentence, told: str
) -> None:
    before = texts(root)
    with pytest.raises(EditRefused, match=told):
        await ProjectSentences(root).apply(edit)
    assert texts(root) == before


async def test_refusal__of_what_is_there_already(root: Path) -> None:
    files = ProjectSentences(root)
    await files.apply(AddSentence(REAL_ROAD))
    assert await files.refusal(AddSentence(REAL_ROAD)) == "和 data/road.yml 第14行 重复"
    assert await files.refusal(AddSentence(replace(REAL_ROAD, text="另一条路也烂了"))) == ""


async def test_short_sentences__may_be_learnt_and_examined(root: Path) -> None:
    await ProjectSentences(root).apply(AddSentence(Sentence("着火了", "fire", "help"), GOLDEN))
    assert "着火了" in texts(root)["nlu/golden/fire.yml"]


async def test_remove__wherever_it_stands(root: Path) -> None:
    before = texts(root)
    files = ProjectSentences(root)
    await files.apply(RemoveSentence("路边草着了吗", "road"))
    await files.apply(RemoveSentence("路边草着了吗", "road"))
    after = texts(root)["nlu/data/fire.yml"]
    assert after == before["nlu/data/fire.yml"].split("- intent: road")[0]


async def test_remove__the_last_of_a_file_of_ours_takes_the_file(root: Path) -> None:
    files = ProjectSentences(root)
    before = texts(root)
    await files.apply(AddSentence(Sentence("起火冒烟", "fire"), GOLDEN))
    await files.apply(RemoveSentence("起火冒烟", "fire", GOLDEN))
    assert texts(root) == before


async def test_replace__under_another_intent_keeps_marks_of_entities(root: Path) -> None:
    by = Sentence("路上有坑", "bridge", "help", source=WRITTEN)
    await ProjectSentences(root).apply(ReplaceSentence("路上有坑", "road", DATA, by, DATA))
    assert "    - 路上有[坑](hole)\n" in texts(root)["nlu/data/bridge.yml"]
    assert "坑" not in texts(root)["nlu/data/road.yml"]


async def test_replace__into_the_exam_and_back(root: Path) -> None:
    before, files = texts(root), ProjectSentences(root)
    by = Sentence("路上有坑", "road", "help", source=WRITTEN)
    await files.apply(ReplaceSentence("路上有坑", "road", DATA, by, GOLDEN))
    assert "坑" not in texts(root)["nlu/data/road.yml"]
    await files.apply(ReplaceSentence("路上有坑", "road", GOLDEN, by, DATA))
    assert texts(root) == before


async def test_replace__only_what_is_said_of_it(root: Path) -> None:
    files = ProjectSentences(root)
    by = Sentence("路坏了", "road", "report", urgent=True)
    for _ in range(2):
        await files.apply(ReplaceSentence("路坏了", "road", DATA, by, DATA))
    assert [each.sentence for each in await files.sentences("road")].count(by) == 1
    assert len(await files.sentences("road")) == 4


async def test_a_broken_file__holds_up_every_edit_and_is_named(root: Path) -> None:
    (root / "nlu/data/bridge.yml").write_text('nlu:\n- intent: "b\n', encoding="utf-8")
    before = texts(root)
    with pytest.raises(FilesBroken, match=r"data/bridge\.yml 第3行:YAML 写坏了"):
        await ProjectSentences(root).apply(AddSentence(REAL_ROAD))
    assert texts(root) == before


async def test_a_file_in_another_encoding__is_named(root: Path) -> None:
    (root / "nlu/data/bridge.yml").write_bytes("nlu: 桥".encode("gbk"))
    with pytest.raises(FilesBroken, match=r"data/bridge\.yml 第1行:不是 UTF-8"):
        await ProjectSentences(root).apply(AddSentence(REAL_ROAD))


async def test_a_byte_order_mark_and_windows_lines_stay(root: Path) -> None:
    path = root / "nlu/data/road.yml"
    start = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(start)
    await ProjectSentences(root).apply(AddSentence(replace(REAL_ROAD, source=WRITTEN)))
    assert path.read_bytes() == start + "    - 俺村口的路叫大车压烂了\r\n".encode()


async def test_counts__written_and_real_apart(root: Path) -> None:
    files = ProjectSentences(root)
    await files.apply(AddSentence(REAL_ROAD))
    assert (await files.counts())["road"] == Count(3, 1, 1, 0)
