"""The text model as a component of Rasa's default recipe.

Only the wrapping is here: what is learnt and how it answers stands in `learning` and `model`,
which know nothing of Rasa. Runs in the Rasa environment (Python 3.10).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.heads import Strength
from nlu.components.learning import Example, learn
from nlu.components.model import TextModel

_SOURCES = ("normalise.py", "simplified.py")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MessageClassifier(IntentClassifier, GraphComponent):
    """Sets intent, ranking, margin, appeal type, urgency, secrecy and evidence on a message."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The component's defaults; a block's metadata adds to both lists of intents."""
        return {
            "shares": {"lead": 1.0, "chars": 0.8, "words": 0.6},
            "words_from": 100,
            "informed": 0.2,
            "ridge": 0.21,
            "decay": 0.03,
            "balance": 0.5,
            "sharpness": 1.0,
            "urgent_intents": [],
            "confidential_intents": [],
            "ranking_length": 10,
            "evidence_length": 5,
        }

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[TextModel] = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MessageClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Code that Rasa's own training cache would not notice."""
        here = Path(__file__).resolve().parent
        files = [*sorted(here.rglob("*.py")), *(here.parent / name for name in _SOURCES)]
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit every head and store the model."""
        found = training_data.intent_examples
        examples = [self._example(m) for m in found if m.get(TEXT) and m.get(INTENT)]
        if not examples:
            return self._resource
        own = self._config
        self._model = learn(
            examples,
            own["shares"],
            Strength(own["ridge"], own["decay"], own["balance"]),
            own["words_from"],
            own["informed"],
            own["sharpness"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Classify all at once; a message without text keeps what it has."""
        if self._model is None:
            return messages
        read = [message for message in messages if message.get(TEXT)]
        verdicts = self._model.classify(
            [message.get(TEXT) for message in read],
            self._config["ranking_length"],
            self._config["evidence_length"],
        )
        for message, verdict in zip(read, verdicts, strict=True):
            for name, value in verdict.items():
                message.set(name, value, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing later in the pipeline learns from our predictions."""
        return training_data

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "MessageClassifier":
        """The trained component from the model archive."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TextModel.load(folder))

    def _example(self, message: Message) -> Example:
        of_block = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
        said = of_block if isinstance(of_block, dict) else {}
        intent = message.get(INTENT)
        return Example(
            text=message.get(TEXT),
            intent=intent,
            appeal_type=said.get("appeal_type"),
            urgent=intent in self._config["urgent_intents"] or bool(said.get("urgent")),
            confidential=intent in self._config["confidential_intents"]
            or bool(said.get("confidential")),
        )
