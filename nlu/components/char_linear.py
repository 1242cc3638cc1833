"""The intent and appeal-type classifier, as a component of Rasa's default recipe.

Character n-grams need no word segmentation, survive typos and dialect, and a linear model over
them answers in well under a millisecond without TensorFlow. Everything learnt is stored as plain
arrays and JSON, nothing is pickled. Runs in the Rasa environment (Python 3.10).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.features import Features, matrix
from nlu.components.linear_head import LinearHead, as_arrays, from_arrays, train_head
from nlu.lexicon import read_lexicon
from nlu.normalise import normalise

APPEAL_TYPE = "appeal_type"
_SOURCES = ("components", "lexicon.py", "normalise.py", "simplified.py")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CharLinearClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking`, `appeal_type` and `evidence` on a message."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The component's defaults; `lexicon` is relative to the project root."""
        return {
            "longest_gram": 2,
            "lexicon": "nlu/keywords",
            "lexicon_share": 0.1,
            "ranking_length": 10,
            "evidence_length": 5,
        }

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        features: Optional[Features] = None,
        intents: Optional[LinearHead] = None,
        appeal_types: Optional[LinearHead] = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._features = features
        self._intents = intents
        self._appeal_types = appeal_types

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CharLinearClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Word lists and code that Rasa's own training cache would not notice."""
        here = Path(__file__).resolve().parent.parent
        lists = Path(config.get("lexicon", cls.get_default_config()["lexicon"]))
        files = [file for name in _SOURCES for file in _python_files(here / name)]
        files += sorted(lists.glob("*.yml"))
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit both heads on the same features."""
        examples = [
            (normalise(example.get(TEXT)), example.get(INTENT), _appeal_type_of(example))
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT)
        ]
        if not examples:
            return self._resource
        texts = [text for text, _, _ in examples]
        intents = [intent for _, intent, _ in examples]
        self._features = Features.fit(
            texts,
            self._config["longest_gram"],
            sorted(set(intents)),
            read_lexicon(Path(self._config["lexicon"]), normalise),
            self._config["lexicon_share"],
        )
        x = matrix((self._features.row(text) for text in texts), self._features.width)
        self._intents = train_head(x, intents)
        typed = [i for i, (_, _, kind) in enumerate(examples) if kind]
        if len({examples[i][2] for i in typed}) > 1:
            self._appeal_types = train_head(x[typed], [examples[i][2] for i in typed])
        self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Classify; a message without text keeps what it has."""
        for message in messages:
            if message.get(TEXT) and self._features and self._intents:
                self._classify(message, self._features, self._intents)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing later in the pipeline learns from our predictions."""
        return training_data

    def _classify(self, message: Message, features: Features, intents: LinearHead) -> None:
        row = features.row(normalise(message.get(TEXT)))
        shares = intents.probabilities(row)
        order = np.argsort(-shares, kind="stable")[: self._config["ranking_length"]]
        ranking = [{"name": intents.labels[i], "confidence": float(shares[i])} for i in order]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        best = intents.contributions(row, int(order[0]))[: self._config["evidence_length"]]
        message.set("evidence", [features.name_of(c) for c, _ in best], add_to_output=True)
        if self._appeal_types is not None:
            types = self._appeal_types.probabilities(row)
            top = int(np.argmax(types))
            value = {"name": self._appeal_types.labels[top], "confidence": float(types[top])}
            message.set(APPEAL_TYPE, value, add_to_output=True)

    def _persist(self) -> None:
        if self._features is None or self._intents is None:
            return
        arrays = {"idf": self._features.idf, **as_arrays(self._intents, "intent_")}
        if self._appeal_types is not None:
            arrays.update(as_arrays(self._appeal_types, "type_"))
        learnt = {
            "longest": self._features.longest,
            "vocabulary": sorted(self._features.vocabulary, key=self._features.vocabulary.get),
            "labels": list(self._features.labels),
            "lexicon": self._features.lexicon,
            "lexicon_share": self._features.lexicon_share,
        }
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "heads.npz", **arrays)
            text = json.dumps(learnt, ensure_ascii=False, sort_keys=True)
            (folder / "features.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CharLinearClassifier":
        """The trained component from the model archive."""
        with model_storage.read_from(resource) as folder:
            learnt = json.loads((folder / "features.json").read_text(encoding="utf-8"))
            with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
                features = Features(
                    learnt["longest"],
                    {gram: i for i, gram in enumerate(learnt["vocabulary"])},
                    arrays["idf"],
                    learnt["labels"],
                    learnt["lexicon"],
                    learnt["lexicon_share"],
                )
                intents = from_arrays(arrays, "intent_")
                types = from_arrays(arrays, "type_") if "type_bias" in arrays.files else None
        return cls(config, model_storage, resource, features, intents, types)


def _appeal_type_of(example: Message) -> Optional[Text]:
    """The appeal type that the example's block in nlu/data names."""
    of_intent = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return of_intent.get(APPEAL_TYPE) if isinstance(of_intent, dict) else None


def _python_files(path: Path) -> List[Path]:
    return sorted(path.glob("*.py")) if path.is_dir() else [path]
