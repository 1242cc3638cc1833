"""Learns a text model from labelled examples. Needs scipy; the model itself does not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Dict, Optional, Sequence

import numpy as np

from nlu.components.features import Features, matrix
from nlu.components.heads import Strength, fit_binary, fit_choice
from nlu.components.model import TextModel


@dataclass(frozen=True)
class Example:
    """One labelled text."""

    text: str
    intent: str
    appeal_type: Optional[str] = None
    urgent: bool = False
    confidential: bool = False


def learn(
    examples: Sequence[Example],
    shares: Dict[str, float],
    strength: Strength,
    words_from: float,
    informed: float,
    sharpness: float = 1.0,
) -> TextModel:
    """The same examples in the same order always give the same model.

    Words are features where texts have `words_from` characters on average: fewer characters
    teach too few words. `informed`: see `Features.informed`; 0 leaves it out. `sharpness`: see
    `TextModel.sharpness`.
    """
    texts = [example.text for example in examples]
    if sum(map(len, texts)) < words_from * len(texts):
        shares = {kind: share for kind, share in shares.items() if kind != "words"}
    names = [example.intent for example in examples]
    index = {name: i for i, name in enumerate(sorted(set(names)))}
    target = np.array([index[name] for name in names])
    features = Features.fit(texts, shares)
    readings = [features.read(text) for text in texts]
    if informed > 0:
        features = features.informed(readings, target, informed)
    x = matrix([features.row(reading) for reading in readings], features.width)
    typed = [i for i, example in enumerate(examples) if example.appeal_type]
    types = [examples[i].appeal_type or "" for i in typed]
    keys = np.array([_key(text) for text in texts])
    return TextModel.of_heads(
        features,
        fit_choice(x, names, keys, strength),
        fit_choice(x[typed], types, keys[typed], strength) if len(set(types)) > 1 else None,
        fit_binary(x, np.array([e.urgent for e in examples]), target, keys, strength),
        fit_binary(x, np.array([e.confidential for e in examples]), target, keys, strength),
        sharpness,
    )


def _key(text: str) -> int:
    """A number of the text alone, the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
