"""What a model should read where personal data were: placeholder, invented value, or nothing.

A third of the training sentences get somebody's name, phone and door, in four forms; all exam
sentences get raw ones (invented), as residents write them. Prints the share of right intents, and
how many exam sentences of other intents are taken for telecom, whose word 电话 is. Runs in the Rasa
environment: `python -m benchmarks.placeholder_forms [every n-th sentence]`.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from benchmarks.correction_learners import Quick
from nlu.dataset import read_dataset

ROOT = Path(__file__).parents[1]
_RAW = (
    "我叫{name}，电话{phone}，",
    "{name}反映，",
    "家在{door}，",
    "联系人{name}{phone}，",
    "打{phone}，",
)
_NAMES = ("张小明", "李秀英", "王建国", "赵大勇", "孙美玲", "周大年", "吴翠花", "郑玉莲")
_FORMS = {
    "placeholder": {"name": "〔姓名〕", "phone": "〔电话〕", "door": "〔地址〕"},
    "invented value": {"name": "某某", "phone": "13800000000", "door": "0号"},
    "nothing": {"name": "", "phone": "", "door": ""},
}


def _raw(chance: random.Random) -> dict[str, str]:
    return {
        "name": chance.choice(_NAMES),
        "phone": f"138000000{chance.randrange(100):02d}",
        "door": f"{chance.randrange(1, 30)}号楼{chance.randrange(1, 5)}单元",
    }


def _told(text: str, chance: random.Random, form: dict[str, str]) -> str:
    return chance.choice(_RAW).format(**form) + text


def main(every: int) -> None:
    """One line for each form, learnt from every n-th sentence."""
    data = read_dataset(ROOT / "nlu" / "data").examples[::every]
    golden = read_dataset(ROOT / "nlu" / "golden").examples
    exam = [_told(e.text, random.Random(n), _raw(random.Random(n))) for n, e in enumerate(golden)]
    truth = [e.intent for e in golden]
    for name in ("without any", "raw", *_FORMS):
        texts = []
        for n, example in enumerate(data):
            chance = random.Random(n)
            touched = n % 3 == 0 and name != "without any"
            form = _FORMS.get(name) or _raw(chance)
            texts.append(_told(example.text, chance, form) if touched else example.text)
        count = len(texts)
        learner = Quick(ROOT, [*texts, *exam], [*(e.intent for e in data), *truth])
        model = learner.fit(range(count))
        told = learner.ask(model, range(count, count + len(exam)))
        said = [told.labels[i] for i in told.shares.argmax(axis=1)]
        right = sum(a == b for a, b in zip(said, truth, strict=True))
        telecom = sum(a == "telecom" != b for a, b in zip(said, truth, strict=True))
        household = sum(a == "household_register" != b for a, b in zip(said, truth, strict=True))
        print(
            f"{name:15} right {right}/{len(truth)} = {right / len(truth):.4f}, "
            f"wrongly telecom {telecom}, wrongly household_register {household}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
