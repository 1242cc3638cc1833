"""The text model as a lean server sees it: loaded without Rasa, trained in Rasa's environment."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nlu.components.evidence import pieces
from nlu.components.features import Features
from nlu.components.model import TextModel
from nlu.components.words import cut, learn_words
from nlu.rasa_env import rasa_environment, rasa_python
from tests.nlu.project import ROOT

_PARTS = {
    "street_lamp": ("路灯", "不亮", "黑灯瞎火"),
    "road": ("路面", "坑洼", "塌了"),
    "fire": ("着火", "冒烟", "快来救火"),
    "discipline_report": ("举报", "支书", "贪污"),
}
_WHERE = ("村口", "三组", "学校旁", "桥头", "沟里", "河滩", "庙前", "场院", "后街", "坡上")
_SCRIPT = """
import json, sys
from pathlib import Path
from nlu.components.heads import Strength
from nlu.components.learning import Example, learn
examples = [Example(**e) for e in json.load(sys.stdin)]
for folder in sys.argv[1:]:
    shares = {"lead": 1.0, "chars": 0.8, "words": 0.6}
    learn(examples, shares, Strength(), 5, 0.2).save(Path(folder))
"""


def _examples() -> list[dict[str, object]]:
    return [
        {
            "text": f"{where}{words[i % 3]}{words[(i + 1) % 3]}了",
            "intent": intent,
            "appeal_type": "report" if intent == "discipline_report" else "help",
            "urgent": intent == "fire",
            "confidential": intent == "discipline_report",
        }
        for intent, words in _PARTS.items()
        for i, where in enumerate(_WHERE)
    ]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders of the same training."""
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    _train(_examples(), *folders)
    return folders


def _train(examples: list[dict[str, object]], *folders: Path) -> None:
    subprocess.run(
        [str(rasa_python(ROOT)), "-c", _SCRIPT, *map(str, folders)],
        cwd=ROOT,
        env=rasa_environment(),
        input=json.dumps(examples),
        text=True,
        check=True,
    )


@pytest.fixture
def small(twice: list[Path]) -> TextModel:
    """A model of four intents."""
    return TextModel.load(twice[0])


def test_training__the_same_examples_give_the_same_answers(twice: list[Path]) -> None:
    texts = ["村口路灯不亮", "着火了快来", "天气不错", ""]
    first, second = (TextModel.load(folder).probabilities(texts) for folder in twice)
    assert np.array_equal(first, second)


def test_storage__a_copy_answers_alike(small: TextModel, tmp_path: Path) -> None:
    small.save(tmp_path)
    text = ["桥头路面塌了\n车过不去"]
    assert TextModel.load(tmp_path).classify(text) == small.classify(text)


def test_storage__nothing_is_pickled(twice: list[Path]) -> None:
    assert {file.name for file in twice[0].iterdir()} == {"model.npz", "model.json"}
    with np.load(twice[0] / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind == "f" for name in arrays.files)


def test_loading__needs_neither_rasa_nor_scipy() -> None:
    check = (
        "import sys, nlu.components.model; "
        "assert not {'rasa', 'tensorflow', 'scipy', 'sklearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=True)


def test_classify__a_batch_answers_like_single_texts(small: TextModel) -> None:
    texts = ["村口路灯不亮", "", "举报支书", "着火了" * 300, "路面坑洼"] * 10
    assert small.classify(texts) == [small.classify([text])[0] for text in texts]


def test_classify__probabilities_are_probabilities(small: TextModel) -> None:
    found = small.classify(["路灯不亮了"])[0]
    assert sum(g["confidence"] for g in found["intent_ranking"]) == pytest.approx(1)
    best, second = found["intent_ranking"][:2]
    assert found["margin"] == best["confidence"] - second["confidence"]


def test_heads__urgent_and_confidential(small: TextModel) -> None:
    fire, report = small.classify(["沟里着火冒烟", "举报支书贪污"])
    assert fire["urgent"]["confidence"] > 0.5 > report["urgent"]["confidence"]
    assert report["confidential"]["confidence"] > 0.5 > fire["confidential"]["confidence"]
    assert (report["appeal_type"]["name"], "urgent_evidence" in report) == ("report", False)
    assert any("火" in piece for piece in fire["urgent_evidence"])


def test_evidence__pieces_stand_in_the_text(small: TextModel) -> None:
    found = small.classify(["后街路灯不亮"])[0]["evidence"]
    assert 0 < len(found) <= 5 and all(piece in "后街路灯不亮" for piece in found)


def test_evidence__strong_neighbours_are_one_piece() -> None:
    words = [(0, 2), (2, 4), (4, 6)]
    found = pieces("村口路灯坏了", [("路灯", 2, 6), ("坏了", 1, 6)], lambda *_: words, 5)
    assert found == ["路灯坏了"]


def test_words__what_returns_is_one_word() -> None:
    costs = learn_words([f"{where}路灯坏了" for where in _WHERE])
    text = "西街路灯"
    assert "路灯" in [text[a:b] for a, b in cut(text, costs)] or "路灯坏了" in costs


def test_features__a_lead_counts_only_where_training_had_leads() -> None:
    without = Features.fit(["路灯坏了", "路面坏了"] * 5, {"lead": 1, "chars": 1})
    with_leads = Features.fit(["路灯\n坏了", "路面\n坏了"] * 5, {"lead": 1, "chars": 1})
    assert [b.kind for b in without.blocks] == ["chars"]
    assert [b.kind for b in with_leads.blocks] == ["chars", "lead"]


def test_calibration__where_a_third_is_mislabelled_nothing_is_certain(tmp_path: Path) -> None:
    chance = random.Random(1)
    noisy = [dict(e, text=f"{e['text']}{tail}") for e in _examples() for tail in "啊呀呢吧"]
    for example in noisy:
        if chance.random() < 1 / 3:
            example["intent"] = chance.choice([n for n in _PARTS if n != example["intent"]])
    _train(noisy, tmp_path)
    found = TextModel.load(tmp_path).classify([str(example["text"]) for example in noisy])
    assert 0.5 <= np.mean([f["intent"]["confidence"] for f in found]) <= 0.85
