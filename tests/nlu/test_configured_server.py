"""A Rasa server at a configured address that does not answer is said so, in a sentence."""

from __future__ import annotations

import pytest

from liandong import classifier
from liandong.settings import Settings


async def test_configured_server__that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "_EXTERNAL_SECONDS", 0.3)
    ours = classifier.make_classifier(Settings(rasa_url="http://127.0.0.1:9"))
    try:
        await ours.start()
        with pytest.raises(classifier.ClassifierDidNotStart, match="LIANDONG_RASA_URL"):
            await ours.wait_ready()
    finally:
        await ours.stop()
