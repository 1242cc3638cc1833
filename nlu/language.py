"""What the readings of all models share: the county's vocabulary and the word lists.

Replaced as a whole when the county or the names of its matters change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from nlu.breaker import Breaker
from nlu.divider import Divider
from nlu.interpret import Interpreter, Vocabulary
from nlu.keywords import KeywordClassifier
from nlu.present_labels import present_keys
from nlu.thresholds import Thresholds
from nlu.understand import ModelUnderstander, Parser


@dataclass(frozen=True, slots=True)
class Language:
    """One county's words."""

    vocabulary: Vocabulary
    words: KeywordClassifier

    @classmethod
    def load(cls, vocabulary: Vocabulary, keywords: Path) -> Language:
        """With the word lists of a folder; reads files and takes a tenth of a second."""
        words = KeywordClassifier.load(keywords, vocabulary.matters, vocabulary.became)
        return cls(vocabulary, words)

    def reading(
        self, parser: Parser | None, breaker: Breaker, thresholds: Thresholds | None
    ) -> ModelUnderstander:
        """What one model makes of messages; the word lists alone without a `parser`."""
        interpreter = Interpreter(self.words, self.vocabulary, self._present(thresholds))
        divider = Divider(interpreter, self.vocabulary)
        return ModelUnderstander(parser, breaker, interpreter, divider)

    def _present(self, thresholds: Thresholds | None) -> Thresholds | None:
        if thresholds is None:
            return None
        known = self.vocabulary
        by_intent = present_keys(thresholds.by_intent, known.became, known.labels)
        return replace(thresholds, by_intent=by_intent)
