"""Bad training data is refused with its file and line, all mistakes at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.dataset import Dataset, read_dataset
from nlu.dataset_checks import FEWEST, faults_of
from nlu.errors import BadTrainingData
from nlu.train import train

INTENTS = frozenset({"road", "bridge"})


def block(intent: str, *lines: str, metadata: str = "appeal_type: help") -> str:
    listed = "\n".join(f"    - {line}" for line in lines)
    return f"- intent: {intent}\n  metadata:\n    {metadata}\n  examples: |\n{listed}\n"


def many(word: str, count: int = FEWEST) -> list[str]:
    return [f"{word}坏了{chr(0x4E00 + i)}" for i in range(count)]


def data_of(folder: Path, **files: str) -> Dataset:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(f'version: "3.1"\nnlu:\n{text}', encoding="utf-8")
    return read_dataset(folder)


def told(data: Dataset, golden: Dataset | None = None) -> list[str]:
    return [str(fault) for fault in faults_of(data, INTENTS, golden=golden)]


def test_good_data__has_no_fault(tmp_path: Path) -> None:
    data = data_of(tmp_path, a=block("road", *many("路")) + block("bridge", *many("桥")))
    assert told(data) == []
    assert {e.appeal_type for e in data.examples} == {"help"}


def test_read__knows_the_line_of_each_sentence(tmp_path: Path) -> None:
    data = data_of(tmp_path, a=block("road", *many("路")) + block("bridge", *many("桥")))
    for example in data.examples:
        line = example.file.read_text(encoding="utf-8").splitlines()[example.line - 1]
        assert line.strip() == f"- {example.text}"


def test_read__an_entity_is_read_as_its_words(tmp_path: Path) -> None:
    data = data_of(tmp_path, a=block("road", "[三组](villager_group)的路"))
    assert data.examples[0].text == "三组的路"


def test_same_text_under_two_intents(tmp_path: Path) -> None:
    data = data_of(
        tmp_path, a=block("road", *many("路"), "坏了!"), b=block("bridge", *many("桥"), "坏 了")
    )
    assert told(data) == ["b.yml 第17行:同一句话在 a.yml 第17行 是 road,这里是 bridge"]


def test_an_intent_with_one_example(tmp_path: Path) -> None:
    data = data_of(tmp_path, a=block("road", *many("路")), b=block("bridge", "桥塌了"))
    assert told(data) == [f"b.yml 第7行:意图 bridge 只有 1 条例句,至少要 {FEWEST} 条"]


def test_an_intent_without_any(tmp_path: Path) -> None:
    data = data_of(tmp_path, a=block("road", *many("路")))
    assert told(data) == ["domain.yml 第1行:意图 bridge 一条例句也没有"]


def test_broken_yaml__names_the_line(tmp_path: Path) -> None:
    data = data_of(tmp_path, a=block("road", *many("路")), b='- intent: "bridge\n  examples: |\n')
    [broken, _missing] = sorted(told(data), key=lambda text: not text.startswith("b.yml"))
    assert broken.startswith("b.yml 第") and "YAML 写坏了" in broken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- intent: road\n", "没有 examples"),
        ("- examples: |\n    - 路\n", "没有 intent"),
        (block("road", *many("路")).replace("    - 路坏了一", "    路坏了一"), "例句要写成"),
        (block("road", *many("路"), metadata="appeal_type: ask"), "appeal_type “ask”不对"),
        (block("road", *many("路"), metadata="urgent: 2"), "urgent 只能是 0 或 1"),
        (block("road", *many("路"), "/restart"), "不能以 / 开头"),
        (block("road", *many("路"), "电话13512345678"), "真的电话"),
        (block("rode", *many("路")), "没有意图 rode"),
        (block("road", *many("路"), "路" * 2001), "超过 2000"),
    ],
)
def test_each_mistake__is_named_with_a_line(tmp_path: Path, text: str, said: str) -> None:
    data = data_of(tmp_path, a=text, b=block("bridge", *many("桥")))
    [first, *_rest] = [line for line in told(data) if line.startswith("a.yml 第") and said in line]
    assert first


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe\x00")
    assert told(read_dataset(tmp_path))[0].startswith("a.yml 第1行:不是 UTF-8")


def test_held_out_sentences__must_not_be_trained_on(tmp_path: Path) -> None:
    data = data_of(tmp_path / "data", a=block("road", *many("路")), b=block("bridge", *many("桥")))
    golden = data_of(tmp_path / "golden", g=block("road", "路坏了一！"))
    assert told(data, golden) == [
        "a.yml 第7行:这句在考题 nlu/golden/g.yml 第7行 里也有,不能拿来训练"
    ]


def test_train__refuses_before_rasa_starts(tmp_path: Path) -> None:
    (tmp_path / "nlu" / "data").mkdir(parents=True)
    (tmp_path / "domain.yml").write_text("intents: [road, bridge]\n", encoding="utf-8")
    (tmp_path / "nlu" / "config.yml").write_text("pipeline: []\n", encoding="utf-8")
    for name in ("lexicon.py", "normalise.py", "simplified.py"):
        (tmp_path / "nlu" / name).write_text("", encoding="utf-8")
    data_of(tmp_path / "nlu" / "data", a=block("road", "路坏了"))
    with pytest.raises(BadTrainingData, match=r"a\.yml 第7行"):
        train(tmp_path, Path("/nonexistent/python"), tmp_path / "models")
