"""`liandong train`: trains the shipped model for the present data, unless it is there."""

from __future__ import annotations

from liandong.settings import Settings
from liandong.shipped import shipped_model, train_if_needed
from liandong.terminal import out, plainly


@plainly
def train() -> None:
    """训练识别模型 / train the shipped model when there is none for the present data."""
    settings = Settings()
    train_if_needed(settings)
    model = shipped_model(settings)
    out.print(f"✓ {model.name}" if model else "没有要训练的模型", highlight=False)
