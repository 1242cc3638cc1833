"""Pipelines of Rasa components, trained and asked in process, and plain linear classifiers.

Runs in the Rasa environment (Python 3.10); see `messages.py` for the measurement itself.
"""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Component = dict[str, Any]
_VECTORS = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]


@dataclass(frozen=True)
class Answers:
    """What a pipeline said of the test texts, and how long it learnt and answered."""

    labels: list[str]
    confidences: list[float]
    """Empty for classifiers without probabilities."""
    train_seconds: float
    parse_seconds: float


def product_pipeline(root: Path) -> list[Component]:
    """The pipeline of nlu/config.yml."""
    return list(yaml.safe_load((root / "nlu" / "config.yml").read_text("utf-8"))["pipeline"])


def stock_regression() -> list[Component]:
    """Rasa's own logistic regression on its own character n-grams."""
    return [*_VECTORS, {"name": "LogisticRegressionClassifier"}]


def stock_diet(epochs: int) -> list[Component]:
    """Rasa's own DIET on the same n-grams, intents only."""
    diet = {"name": "DIETClassifier", "epochs": epochs, "entity_recognition": False}
    return [*_VECTORS, {**diet, "random_seed": 1, "constrain_similarities": True}]


def run_rasa(
    pipeline: Sequence[Component], train: Sequence[tuple[str, str]], test: Sequence[str]
) -> Answers:
    """Train the components in order as Rasa's graph does, then ask them."""
    warnings.filterwarnings("ignore")  # of Rasa's imports
    import rasa.engine.recipes.default_components  # noqa: F401 - registers them
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData
    from rasa.shared.utils.common import class_from_module_path

    names = sorted({label for _, label in train})  # Rasa gives some signs in names a meaning
    code = {name: f"label_{i}" for i, name in enumerate(names)}
    context = ExecutionContext(GraphSchema({}), model_id="benchmark")
    data = TrainingData([Message.build(text=text, intent=code[label]) for text, label in train])
    components = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        for number, entry in enumerate(pipeline):
            if "." in entry["name"]:
                cls = class_from_module_path(entry["name"])
            else:
                cls = DefaultV1Recipe._from_registry(entry["name"]).clazz
            own = {key: value for key, value in entry.items() if key != "name"}
            config = {**cls.get_default_config(), **own}
            component = cls.create(config, storage, Resource(f"part_{number}"), context)
            if hasattr(component, "train"):
                component.train(data)
            if hasattr(component, "process_training_data"):
                data = component.process_training_data(data)
            components.append(component)
        trained = time.monotonic() - began
        began = time.monotonic()
        messages = [Message.build(text=text) for text in test]
        for component in components:
            messages = component.process(messages)
    found = [message.get("intent") or {} for message in messages]
    return Answers(
        [names[int(f["name"][6:])] if f.get("name") else "" for f in found],
        [float(f.get("confidence", 0.0)) for f in found],
        trained,
        time.monotonic() - began,
    )


def run_linear(kind: str, train: Sequence[tuple[str, str]], test: Sequence[str]) -> Answers:
    """`characters`: TF-IDF of 1-2-grams and a linear SVM; `words`: logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    began = time.monotonic()
    if kind == "characters":
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
        model: Any = LinearSVC(random_state=0)
    else:
        import jieba

        jieba.setLogLevel(60)
        vectors = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None)
        model = LogisticRegression(C=10, max_iter=1000)
    model.fit(vectors.fit_transform([t for t, _ in train]), [label for _, label in train])
    trained = time.monotonic() - began
    began = time.monotonic()
    labels = [str(label) for label in model.predict(vectors.transform(list(test)))]
    return Answers(labels, [], trained, time.monotonic() - began)
