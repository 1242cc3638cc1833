"""What must be right in the labelled sentences before a model is trained on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import yaml

from nlu.dataset import Dataset, Example, Fault
from nlu.normalise import simplified
from services.learning.sentences import REAL, WRITTEN

APPEAL_TYPES = ("consult", "help", "complaint", "report", "suggestion", "praise")
FEWEST = 10
"""Sentences below which an intent cannot be learnt, nor its certainty measured."""
LONGEST = 2_000
SOURCES = (REAL, WRITTEN)
_FLAGS = ("urgent", "confidential")
_BARE = re.compile(r"[\W_]+")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_INVENTED_PHONE = re.compile(r"1380{6}\d{2}|139000000\d{2}")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def faults_of(
    data: Dataset, intents: Collection[str], *, golden: Dataset | None = None
) -> list[Fault]:
    """Every mistake at once, by file and line.

    `intents` is the vocabulary of domain.yml; a sentence of `golden`, the held-out set, must not
    be trained on, because it then measures nothing.
    """
    found = [*data.faults, *_unknown(data, intents), *_few(data, intents)]
    for example in data.examples:
        found += faults_of_example(example)
    found += _contradictions(data.examples)
    if golden is not None:
        found += [*golden.faults, *_unknown(golden, intents), *_leaks(data, golden)]
    return sorted(set(found), key=lambda fault: (str(fault.file), fault.line, fault.text))


def domain_intents(root: Path) -> frozenset[str]:
    """The vocabulary of `domain.yml`."""
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    return frozenset(domain.get("intents") or ())


def bare(text: str) -> str:
    """A sentence by its letters and digits only: what counts as the same sentence."""
    return _BARE.sub("", simplified(text)).lower()


def _unknown(data: Dataset, intents: Collection[str]) -> Iterator[Fault]:
    told: set[tuple[Path, str]] = set()
    for example in data.examples:
        key = (example.file, example.intent)
        if example.intent not in intents and key not in told:
            told.add(key)
            yield Fault(example.file, example.line, f"domain.yml 里没有意图 {example.intent}")


def _few(data: Dataset, intents: Collection[str]) -> Iterator[Fault]:
    counts = Counter(example.intent for example in data.examples)
    at = {example.intent: example for example in data.examples}
    for intent in sorted(intents):
        if intent not in at:
            yield Fault(Path("domain.yml"), 1, f"意图 {intent} 一条例句也没有")
        elif counts[intent] < FEWEST:
            mend = f"意图 {intent} 只有 {counts[intent]} 条例句,至少要 {FEWEST} 条"
            yield Fault(at[intent].file, at[intent].line, mend)


def faults_of_example(example: Example) -> Iterator[Fault]:
    """What is wrong with a sentence by itself."""

    def fault(text: str) -> Fault:
        return Fault(example.file, example.line, text)

    kind = example.metadata.get("appeal_type")
    if kind is not None and kind not in APPEAL_TYPES:
        yield fault(f"appeal_type “{kind}”不对,可选:{'、'.join(APPEAL_TYPES)}")
    for flag in _FLAGS:
        if example.metadata.get(flag, 0) not in (0, 1):
            yield fault(f"{flag} 只能是 0 或 1")
    if example.source not in SOURCES:
        yield fault(f"source “{example.source}”不对,可选:{'、'.join(SOURCES)}")
    if example.text.startswith("/"):
        yield fault("例句不能以 / 开头:Rasa 会把它当成命令")
    if len(example.text) > LONGEST:
        yield fault(f"例句超过 {LONGEST} 个字")
    if not bare(example.text) and len(example.text) > 8:
        yield fault("例句里没有字")
    real = [number for number in _PHONE.findall(example.text) if not _INVENTED_PHONE.match(number)]
    if real or _IDENTITY.search(example.text):
        yield fault("例句里像是有真的电话或身份证号,请换成 138000000xx")


def _contradictions(examples: Iterable[Example]) -> Iterator[Fault]:
    first: dict[str, Example] = {}
    for example in examples:
        key = bare(example.text) or example.text
        before = first.setdefault(key, example)
        if before is example:
            continue
        where = f"{before.file.name} 第{before.line}行"
        if before.intent != example.intent:
            text = f"同一句话在 {where} 是 {before.intent},这里是 {example.intent}"
            yield Fault(example.file, example.line, text)
        else:
            yield Fault(example.file, example.line, f"和 {where} 重复")


def _leaks(data: Dataset, golden: Dataset) -> Iterator[Fault]:
    trained = {bare(example.text): example for example in data.examples if len(example.text) >= 4}
    for example in golden.examples:
        twin = trained.get(bare(example.text))
        if twin is not None:
            where = f"{example.file.name} 第{example.line}行"
            yield Fault(twin.file, twin.line, f"这句在考题 nlu/golden/{where} 里也有,不能拿来训练")
