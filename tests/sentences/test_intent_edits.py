"""What a new, renamed, merged or removed intent makes of every file that names it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from nlu.dataset import read_dataset
from nlu.dataset_checks import domain_intents, faults_of
from nlu.labels import worded_labels
from nlu.sentence_files.store import ProjectSentences
from services.learning.edits import AddIntent, Edit, MergeIntent, RemoveIntent, RenameIntent
from tests.sentences.conftest import changed, texts

RENAME = RenameIntent("road", "way", "道路损坏与修路", "道路")
FIRE = RenameIntent("fire", "blaze", "火情", "火灾")


async def difference(root: Path, edit: Edit) -> dict[str, tuple[set[str], set[str]]]:
    """The lines that went and came, of an edit that is done twice."""
    before, files = texts(root), ProjectSentences(root)
    await files.apply(edit)
    after = texts(root)
    await files.apply(edit)
    assert texts(root) == after
    return changed(before, after)


async def test_add__behind_the_last_matter(root: Path) -> None:
    found = await difference(root, AddIntent("square_lamp", "广场灯"))
    assert found == {"domain.yml": (set(), {"  - square_lamp  # 广场灯"})}
    assert "火情\n  - square_lamp" in texts(root)["domain.yml"]


async def test_add__an_urgent_one_is_learnt_as_danger(root: Path) -> None:
    await ProjectSentences(root).apply(AddIntent("dam", "垮坝", urgent=True))
    config = yaml.safe_load(texts(root)["nlu/config.yml"])
    assert config["pipeline"][0]["urgent_intents"] == ["accident", "fire", "violence", "dam"]


async def test_rename__only_the_chinese_name(root: Path) -> None:
    found = await difference(root, RenameIntent("road", "road", "道路损坏与修路", "道路"))
    assert found == {"domain.yml": ({"  - road  # 道路损坏与修路"}, {"  - road  # 道路"})}


async def test_rename__the_code_everywhere_and_nothing_else(root: Path) -> None:
    before = texts(root)
    await difference(root, RENAME)
    after = texts(root)
    expected = {
        name.replace("/road.yml", "/way.yml"): re.sub(r"\broad\b", "way", text).replace(
            "道路损坏与修路", "道路"
        )
        for name, text in before.items()
    }
    assert after == expected


async def test_rename__an_emergency_keeps_its_advice_and_its_danger(root: Path) -> None:
    found = await difference(root, FIRE)
    assert found["nlu/config.yml"] == ({"      [accident, fire,"}, {"      [accident, blaze,"})
    assert "  utter_emergency_blaze:" in found["domain.yml"][1]


async def test_rename__a_comment_that_says_something_else_stays(root: Path) -> None:
    found = await difference(root, RenameIntent("road", "way", "别的名字", "道路"))
    assert found["domain.yml"][1] == {"  - way  # 道路损坏与修路"}


async def test_merge__examples_words_and_vocabulary(root: Path) -> None:
    await difference(root, MergeIntent("road", "bridge"))
    after = texts(root)
    assert "road" not in "".join(after.values())
    assert after["nlu/data/bridge.yml"].endswith(
        "    - 路 坏了桥\n    - 路边草着了吗\n    - 路坏了\n    - 路上有[坑](hole)\n"
    )
    words = yaml.safe_load(after["nlu/keywords/things.yml"])["bridge"]
    assert words == {"strong": ["桥", "路面", "坑", "水泥 路", "路基"], "weak": ["路"]}
    assert after["nlu/golden/several.csv"].splitlines()[1] == '"路坏了,桥也塌了",2,bridge|bridge'


async def test_merge__what_is_there_already_is_dropped(root: Path) -> None:
    path = root / "nlu/data/bridge.yml"
    path.write_text(path.read_text(encoding="utf-8") + "    - 路坏了!\n", encoding="utf-8")
    await difference(root, MergeIntent("road", "bridge"))
    assert path.read_text(encoding="utf-8").count("路坏了") == 1


async def test_merge__danger_goes_on_being_learnt(root: Path) -> None:
    await difference(root, MergeIntent("fire", "road"))
    assert "urgent: 1\n  examples: |\n    - 着火了\n" in texts(root)["nlu/data/road.yml"]


async def test_remove__takes_examples_words_and_vocabulary(root: Path) -> None:
    found = await difference(root, RemoveIntent("bridge"))
    assert sorted(found) == [
        "domain.yml",
        "nlu/data/bridge.yml",
        "nlu/golden/bridge.yml",
        "nlu/keywords/things.yml",
        "nlu/thresholds.yml",
    ]


@pytest.mark.parametrize(
    "edit",
    [
        RenameIntent("discipline_report", "cadre_report", "举报干部违纪", "举报"),
        RenameIntent("fire", "blaze", "火情", "火灾"),
        RenameIntent("street_lamp", "lamp", "路灯", "灯"),
        MergeIntent("bridge", "road"),
        MergeIntent("gas_leak", "fire"),
    ],
    ids=lambda each: f"{type(each).__name__}-{each.code}",
)
async def test_shipped__stays_fit_to_learn_from(shipped: Path, edit: RenameIntent) -> None:
    """The real files: all say the new label, none is broken, the vocabulary fits the examples."""
    before = read_dataset(shipped / "nlu" / "data")
    await ProjectSentences(shipped).apply(edit)
    data, golden = (read_dataset(shipped / "nlu" / part) for part in ("data", "golden"))
    assert faults_of(data, domain_intents(shipped), golden=golden) == []
    assert len(data.examples) == len(before.examples)
    assert data.intents == domain_intents(shipped)
    assert edit.code not in worded_labels(shipped / "nlu" / "keywords")
    assert not re.search(rf"(?<![a-z_]){edit.code}(?![a-z_])", text_without_notes(shipped))


async def test_shipped__a_rename_changes_as_few_lines_as_it_must(shipped: Path) -> None:
    found = await difference(shipped, RenameIntent("bridge", "span", "桥梁涵洞", "桥"))
    moved = {"nlu/data/bridge.yml", "nlu/data/span.yml"}
    moved |= {name.replace("/data/", "/golden/") for name in moved}
    others = {name: lines for name, lines in found.items() if name not in moved}
    assert all(len(went) == len(came) for went, came in others.values())
    assert all("bridge" in line for went, _ in others.values() for line in went)


def text_without_notes(root: Path) -> str:
    """Everything but the notes of the exam's tables, which are for people."""
    skipped = ("emergency.csv", "sealed.csv", "dangers.csv")
    return "".join(text for name, text in texts(root).items() if not name.endswith(skipped))
