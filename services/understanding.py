"""What the classifier made of one text, whichever classifier it was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """One label with its confidence between 0 and 1."""

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """Kind and matter of a message (domain.md §9), with what spoke for it."""

    kind: str
    """`appeal`, `benefit_question`, `supplement`, … ."""
    matter: str | None
    """The dispatch catalogue's row, for kinds that carry one."""
    confidence: float
    """Of the matter for an appeal, of the kind otherwise."""
    ranking: tuple[Guess, ...]
    """The best labels (matters and kinds mixed), best first, three at most."""
    appeal_type: str | None
    """`consult`, `help`, `complaint`, `report`, `suggestion`, `praise`; None without a matter."""
    urgent: bool
    confidential: bool
    """The writer asks not to be named, or accuses an official."""
    n_matters: int
    """Separate matters in the message; 0 for kinds that carry none."""
    evidence: tuple[str, ...]
    """Words and rules that spoke for the decision, for people to read."""
    model: str
    """Identity of the model, or `keywords` when the model could not be asked."""
    degraded: bool
    latency_ms: float
    margin: float = 0.0
    """How far the best label is ahead of the second, 0 to 1."""
    rule: str = "model"
    """What decided in the end: `model`, `keywords`, or the rule that overruled them."""
    destination_confidence: float | None = None
    """Of all matters together that would go to the same unit; None when not known."""
    threshold: float | None = None
    """What that confidence must reach to go there without a human; None: the county's default."""
    parts: tuple[Part, ...] = ()
    """The separate matters in the order in which they were told; empty for a single one."""

    @property
    def first(self) -> Understanding:
        """What the first matter is: with several, unit and type of a message belong to it."""
        return self.parts[0].understanding if self.parts else self

    @property
    def matters(self) -> tuple[str, ...]:
        """The catalogue's rows of all matters, each once, in order."""
        every = [part.understanding.matter for part in self.parts] or [self.matter]
        return tuple(dict.fromkeys(matter for matter in every if matter))


@dataclass(frozen=True, slots=True)
class Part:
    """One of several matters in a message."""

    text: str
    """What its ticket says: its own words, after the words that are said of all parts."""
    understanding: Understanding
