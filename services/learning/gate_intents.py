"""The gate's checks of what messages are about: no intent much worse, all together not worse. Pure.

An intent has some twenty exam sentences: one more or less is chance, so each has a tolerance, and
all sentences together, and those of a new intent, are held to an exact test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from services.learning.comparison import IntentChange, Pair, intent_changes
from services.learning.examined import Examination, Paper
from services.learning.findings import Finding
from services.learning.gate_rules import GateRules
from services.learning.significance import chance_of_losing, chance_of_so_few


def intent_findings(
    new: Examination,
    old: Examination | None,
    both: Sequence[Pair],
    examples: Mapping[str, int],
    names: Mapping[str, str],
    rules: GateRules,
) -> Iterator[Finding]:
    """Each intent's tolerance, all together, new intents, intents without sentences."""
    both = [pair for pair in both if pair[1].paper is Paper.INTENTS]
    yield _tolerance(intent_changes(both, names), old, rules)
    yield _together(both, old, rules)
    if old is not None and old.intents:
        yield _new_intents(new, old, names, rules)
    yield _unexamined(new, names, rules)
    yield _few_examples(examples, names, rules)


def tolerated(count: int, rules: GateRules) -> int:
    """How many of so many sentences an intent may lose on balance."""
    return max(rules.intent_loss_least, int(rules.intent_loss_share * count))


def _tolerance(
    changes: Sequence[IntentChange], old: Examination | None, rules: GateRules
) -> Finding:
    beyond = [row for row in changes if row.lost - row.won > tolerated(row.count, rules)]
    told = "、".join(
        f"{row.name}（{row.count} 句，原来对 {row.old_right}，现在对 {row.new_right}）"
        for row in beyond
    )
    said = f"{len(beyond)} 个意图变差太多：{told}" if beyond else "没有一个意图变差太多"
    return Finding(
        "intent_tolerance",
        "每个意图",
        said if old else "没有现用模型可比",
        passed=not beyond,
        numbers={"beyond": len(beyond)},
    )


def _together(both: Sequence[Pair], old: Examination | None, rules: GateRules) -> Finding:
    lost = sum(before.right and not after.right for before, after in both)
    won = sum(after.right and not before.right for before, after in both)
    chance = chance_of_losing(lost, won)
    passed = lost <= won or chance >= rules.significance
    said = f"考题里 {won} 句变对、{lost} 句变错"
    said += "" if passed else f"，不像是碰巧（碰巧的可能 {chance:.1%}）"
    return Finding(
        "overall",
        "总的对错",
        said if old else "没有现用模型可比",
        passed=passed,
        numbers={"won": won, "lost": lost, "chance": chance},
    )


def _new_intents(
    new: Examination, old: Examination, names: Mapping[str, str], rules: GateRules
) -> Finding:
    answers = new.of(Paper.INTENTS)
    added = {answer.wanted for answer in answers} - old.intents
    asked = Counter(answer.wanted for answer in answers)
    right = Counter(answer.wanted for answer in answers if answer.right)
    share = rules.new_intent_recall
    short = [i for i in sorted(added) if right[i] < share * asked[i]]
    weak = [i for i in short if chance_of_so_few(right[i], asked[i], share) < rules.significance]
    told = "、".join(
        f"{names.get(i, i)}（考 {asked[i]} 句，对 {right[i]}）"
        for i in weak or short or sorted(added)
    )
    if not added:
        said = "没有新意图"
    elif weak:
        said = f"新意图还认不好：{told}；至少要对 {share:.0%}"
    elif short:
        said = f"新意图认得还少，多添几句例句会好：{told}"
    else:
        said = f"新意图认得出：{told}"
    return Finding(
        "new_intents",
        "新意图",
        said,
        passed=not short,
        binding=bool(weak) or not short,
        numbers={"new": len(added), "weak": len(weak), "short": len(short)},
    )


def _unexamined(new: Examination, names: Mapping[str, str], rules: GateRules) -> Finding:
    asked = Counter(answer.wanted for answer in new.of(Paper.INTENTS))
    few = [intent for intent in sorted(new.intents) if asked[intent] < rules.exam_sentences]
    told = "、".join(f"{names.get(i, i)}（{asked[i]} 句）" for i in few)
    said = (
        f"考题太少，不知道认得怎么样：{told}；至少要 {rules.exam_sentences} 句"
        if few
        else f"每个意图都有 {rules.exam_sentences} 句以上考题"
    )
    return Finding("exam_sentences", "考题够不够", said, passed=not few, numbers={"few": len(few)})


def _few_examples(
    examples: Mapping[str, int], names: Mapping[str, str], rules: GateRules
) -> Finding:
    few = [intent for intent in sorted(examples) if examples[intent] < rules.examples]
    told = "、".join(f"{names.get(i, i)}（{examples[i]} 条）" for i in few)
    said = (
        f"例句偏少，多添几条会认得更好：{told}"
        if few
        else f"每个意图都有 {rules.examples} 条以上例句"
    )
    return Finding(
        "examples",
        "例句够不够",
        said,
        passed=not few,
        binding=False,
        numbers={"few": len(few)},
    )
