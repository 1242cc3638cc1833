"""What the gate demands of a new model, as numbers that a county may change (`nlu/gate.yml`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateRules:
    """The defaults; `docs/explanation/gate.md` says where each comes from."""

    danger_recall: float = 1.0
    """Of the dangers of the danger exam, how many must raise an alarm."""
    danger_precision: float = 0.85
    """Of the alarms on the danger exam, how many must be dangers: who cries wolf is not heard."""
    dangers_lost: int = 0
    """Dangers that the model in use sees and the new one may miss."""
    intent_loss_share: float = 0.15
    """Of an intent's exam sentences, how many it may lose on balance…"""
    intent_loss_least: int = 2
    """…and at least so many: with few sentences two are chance."""
    significance: float = 0.05
    """Refused when all sentences together are worse, or a new intent short, at this level
    (one-sided)."""
    new_intent_recall: float = 0.50
    """Of a new intent's exam sentences, how many must be right: refused when fewer are at the level
    `significance`, a hint when it may be chance."""
    exam_sentences: int = 5
    """Exam sentences that an intent needs; without them nobody knows how good it is."""
    examples: int = 20
    """Training sentences below which the report gives a hint."""
    calibration_bound: float = 0.05
    """A calibration error up to this is good enough…"""
    calibration_slack: float = 0.01
    """…above it the new model's may be so much larger than the old one's."""
    alone_slack: float = 0.02
    """Of what goes without a human, so much less may arrive at the right unit."""
    speed_factor: float = 2.0
    """The slowest hundredth may take so many times the old model's time…"""
    speed_slack_ms: float = 5.0
    """…and so many milliseconds more."""
    size_factor: float = 2.0
    """The archive may be so many times as large…"""
    size_slack_mb: float = 20.0
    """…and so many megabytes more."""
    shown: int = 12
    """Example sentences in each list of the report."""
