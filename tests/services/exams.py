"""Exams made up for the gate: few sentences, each under its label."""

from __future__ import annotations

from dataclasses import replace

from services.learning.examined import Answer, Examination, Paper

LAMP, ROAD, FIRE = "street_lamp", "road", "fire"
NAMES = {LAMP: "路灯", ROAD: "道路", FIRE: "火情"}
INTENTS = frozenset(NAMES)


def answer(text: str, wanted: str, said: str | None = None, *, sure: float = 0.95) -> Answer:
    """One of the intents' sentences."""
    said = wanted if said is None else said
    return Answer(
        Paper.INTENTS, text, wanted, said, said == wanted, sure, danger=False, secret=False,
        appeal=True,
    )  # fmt: skip


def danger(text: str, *, heard: bool = True, real: bool = True) -> Answer:
    """One of the danger exam."""
    return Answer(Paper.DANGER, text, "", "", heard == real, danger=real, urgent=heard)


def secret(text: str, *, sealed: bool = True) -> Answer:
    """One of the secrecy exam, that must be sealed."""
    return Answer(Paper.SECRECY, text, "", "", sealed, secret=True, sealed=sealed)


def must_pass(text: str, *, right: bool = True) -> Answer:
    """One of the plainest sentences."""
    return Answer(Paper.MUST_PASS, text, "matter=street_lamp", LAMP, right)


def sentences(intent: str, right: int, wrong: int = 0, said: str = "chitchat") -> list[Answer]:
    """So many of an intent, the wrong ones first."""
    return [
        answer(f"{intent}{n}", intent, said if n < wrong else intent) for n in range(right + wrong)
    ]


def exam(*answers: Answer, model: str = "nlu-new", **changes: object) -> Examination:
    """Twenty sentences of each intent and some of each other paper, all right, but for the given:
    a given answer takes the place of the one with its text."""
    given = {a.text: a for a in answers}
    every = [
        *(a for intent in sorted(INTENTS) for a in sentences(intent, 20)),
        *(danger(f"险{n}") for n in range(20)),
        *(danger(f"不险{n}", heard=False, real=False) for n in range(20)),
        *(secret(f"密{n}") for n in range(20)),
        *(must_pass(f"必{n}") for n in range(5)),
    ]
    texts = {a.text for a in every}
    kept = [given.get(a.text, a) for a in every]
    kept += [a for text, a in given.items() if text not in texts]
    made = Examination(model, tuple(kept), 2.0, 5.0, 20_000_000, INTENTS)
    return replace(made, **changes)  # type: ignore[arg-type]  # as given
