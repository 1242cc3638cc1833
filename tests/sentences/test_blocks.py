"""Adding and removing examples changes the lines concerned and no others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.dataset import read_text
from nlu.sentence_files.blocks import (
    HEADER,
    with_examples,
    with_intent_renamed,
    without_example,
)
from nlu.sentence_files.layout import key_of, meaning_of
from services.learning.edits import FilesBroken

ROOT = Path(__file__).parents[2]
SHIPPED = [
    (ROOT / "nlu" / "data" / f"{name}.yml").read_text(encoding="utf-8")
    for name in ("thanks", "asks_secrecy", "entities")
]
BY_HAND = """\
# 上面的说明
version:   '3.1'   # 版本
nlu:
  # 路
  - intent: "road"   # 道路
    metadata: {appeal_type: help}
    examples: |-
        - 路坏了

        - '路'又坏了 # 不是注释

  -
    intent: bridge
    examples: |
      - [桥](place)塌了
    metadata:
      note: "x: y"

  # 末尾的说明
"""
TEXTS = [
    *SHIPPED,
    BY_HAND,
    BY_HAND.replace("\n", "\r\n"),
    BY_HAND.rstrip().removesuffix("# 末尾的说明").rstrip(),
    HEADER + "- intent: road\n  examples: |\n    - 路坏了",
    'version: "3.1"\nnlu: []  # 还没有\n',
    "nlu:\n- regex: x\n  examples: |\n    - \\d+\n\nversion: '3.1'\n",
]
METADATA = [{}, {"appeal_type": "help"}, {"appeal_type": "help", "urgent": 1, "source": "real"}]
added = st.tuples(
    st.sampled_from(["road", "bridge", "new_one"]),
    st.sampled_from(METADATA),
    st.sampled_from(["路坏了吗", "- 桥", "# 路", "| 甲", "a: b", "'甲'", "{x}", "!甲 &乙 *丙 %丁"]),
)
steps = st.lists(st.tuples(st.booleans(), added), max_size=8)


def said(text: str | None) -> Counter[tuple[str, str, str]]:
    data = read_text(Path("x.yml"), text if text is not None else HEADER + "[]")
    return Counter(
        (each.intent, each.text, str(meaning_of(each.metadata))) for each in data.examples
    )


def lines(text: str | None) -> list[str]:
    return (text or "").splitlines()


def is_part_of(fewer: list[str], more: list[str]) -> bool:
    """Whether `more` is `fewer` with lines put in, in the same order."""
    rest = iter(more)
    return all(any(line == other for other in rest) for line in fewer)


def without_list_mark(found: list[str]) -> list[str]:
    return [line.replace("nlu: []", "nlu:") for line in found]


@settings(deadline=None)
@given(st.sampled_from(range(len(TEXTS))), steps)
def test_any_edits__say_just_that_and_leave_other_lines_alone(
    start: int, edits: list[tuple[bool, tuple[str, dict[str, object], str]]]
) -> None:
    text: str | None = TEXTS[start]
    expected = said(text)
    for is_added, (intent, metadata, words) in edits:
        before = text
        if is_added:
            text = with_examples(text, "x.yml", intent, metadata, words)
            expected[intent, words, str(metadata)] += 1
            assert is_part_of(without_list_mark(lines(before)), lines(text))
        elif text is not None:
            there = [each for each in +expected if each[0] == intent]
            if there:
                text = without_example(text, "x.yml", *there[0][:2])
                same = list(said(before) - said(text))
                assert len(same) == 1 and same[0][:2] == there[0][:2]
                expected[same[0]] -= 1
                assert is_part_of(without_list_mark(lines(text)), without_list_mark(lines(before)))
        assert said(text) == +expected


@settings(deadline=None)
@given(st.sampled_from(range(-1, len(TEXTS))), st.lists(added, min_size=1, max_size=6))
def test_add_then_remove__restores_every_byte(
    number_of_text: int, edits: list[tuple[str, dict[str, object], str]]
) -> None:
    start = TEXTS[number_of_text] if number_of_text >= 0 else None
    text, new = start, []
    for number, (intent, metadata, words) in enumerate(edits):
        text = with_examples(text, "x.yml", intent, metadata, f"{words}{number}号")
        new.append((intent, f"{words}{number}号"))
    for intent, words in reversed(new):
        assert text is not None
        text = without_example(text, "x.yml", intent, words)
    assert text == start


def test_add__to_the_end_of_the_block_that_says_the_same() -> None:
    text = with_examples(BY_HAND, "x.yml", "road", {"appeal_type": "help"}, "路灯下的路")
    assert "# 不是注释\n        - 路灯下的路\n\n  -\n" in text


def test_add__a_block_that_says_something_else_is_not_the_place() -> None:
    text = with_examples(BY_HAND, "x.yml", "bridge", {"source": "real"}, "桥断了")
    assert text == BY_HAND.replace(
        '      note: "x: y"\n',
        '      note: "x: y"\n  - intent: bridge\n    metadata:\n      source: real\n'
        "    examples: |\n      - 桥断了\n",
    )


def test_add__zero_flags_mean_the_same_as_none() -> None:
    start = HEADER + "- intent: road\n  metadata:\n    urgent: 0\n  examples: |\n    - 路坏了\n"
    assert with_examples(start, "x.yml", "road", {}, "路塌了") == start + "    - 路塌了\n"


def test_remove__the_very_same_text_before_one_of_the_same_letters() -> None:
    start = HEADER + "- intent: road\n  examples: |\n    - 路坏了!\n    - 路坏了\n"
    left = without_example(start, "x.yml", "road", "路坏了")
    assert left == HEADER + "- intent: road\n  examples: |\n    - 路坏了!\n"


def test_remove__of_the_same_letters_will_do() -> None:
    assert key_of("路 坏了。") == key_of("路坏了")
    assert (
        without_example(HEADER + "- intent: a\n  examples: |\n    - 路坏了\n", "", "a", "路 坏了。")
        is None
    )


def test_rename__only_the_name_in_its_own_quotes() -> None:
    assert with_intent_renamed(BY_HAND, "x.yml", "road", "way") == BY_HAND.replace(
        '- intent: "road"', '- intent: "way"'
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version: '3.1'\n", "x.yml 第1行:最上面应有 nlu: 和一列意图"),
        ('nlu:\n- intent: "road\n', "x.yml 第3行:YAML 写坏了"),
        ("nlu: [{intent: a, examples: '- b'}]\n", "x.yml 第1行:写在 [ ] 里的改不了"),
        ("nlu:\n- intent: a\n  examples:\n  - b\n", "x.yml 第2行:这一段应有"),
    ],
)
def test_a_broken_file__is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(FilesBroken, match=told.replace("[", r"\[").replace("]", r"\]")):
        with_examples(text, "x.yml", "road", {}, "路坏了")


def test_remove__what_is_not_one_in_a_line_is_left_to_a_human() -> None:
    text = 'nlu:\n- intent: a\n  examples: "- 甲\\n- 乙"\n'
    assert without_example(text, "x.yml", "a", "甲") == text
