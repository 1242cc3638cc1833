"""The model of the present sentence files, and what the database says instead.

An installation whose sentences nobody ever changed in the console serves the model of its files,
trained at the start where it is missing. As soon as the retraining loop is in use the row says
what serves: changed sentences then make no model, and no start waits for one.
"""

from __future__ import annotations

from pathlib import Path

from liandong.county_database import is_there
from liandong.settings import Settings
from liandong.terminal import steps
from nlu.archive import SUFFIX
from nlu.fingerprint import model_path
from nlu.train import train
from routing.errors import LiandongError
from services.learning.models import Serving


class SomebodysModels(LiandongError):
    """识别由 LIANDONG_RASA_URL 指的服务来做，它用哪个模型由那边决定，这里换不了。"""


def own_models_only(settings: Settings) -> None:
    """Raise `SomebodysModels` where the models are not ours to switch."""
    if settings.rasa_url:
        raise SomebodysModels


def shipped_archive(settings: Settings) -> Path:
    """Where the model for the present files lies, or will lie."""
    return model_path(settings.project_dir, settings.models_dir)


def shipped_model(settings: Settings) -> Path | None:
    """The trained model for the present files, if there is one."""
    path = shipped_archive(settings)
    return path if path.is_file() else None


async def chosen_serving(settings: Settings) -> Serving:
    """What the database says serves; an empty row where it says nothing, or is not there yet."""
    if not is_there(settings):
        return Serving()
    # Imported here: who finds no database need not wait for its libraries.
    from sqlalchemy.exc import DBAPIError

    from storage.database import Database, StorageUnavailable
    from storage.serving_book import SqlServingBook

    database = Database(settings.database)
    book = SqlServingBook(database)
    try:
        return await book.serving() if await book.is_begun() else Serving()
    except (DBAPIError, StorageUnavailable):
        return Serving()  # a database of before there were models in it
    finally:
        await database.close()


def first_serving(settings: Settings, chosen: Serving) -> Serving:
    """With the model of the files where nobody chose one, trained when it is not there."""
    if chosen.active or not settings.nlu or settings.rasa_url:
        return chosen
    archive = shipped_archive(settings)
    if not archive.is_file():
        train_if_needed(settings)
    return Serving(active=archive.name.removesuffix(SUFFIX))


def train_if_needed(settings: Settings) -> None:
    """Train the model of the present files when it is not there; says what it does."""
    if not settings.nlu or settings.rasa_url or shipped_model(settings) is not None:
        return
    with steps() as progress:
        task = progress.add_task("训练识别模型 training the model", total=None)

        def told(stage: str) -> None:
            progress.update(task, description=f"训练识别模型 training the model: {stage}")

        train(settings.project_dir, settings.rasa_python, settings.models_dir, told)
        progress.update(task, total=1, completed=1, description="识别模型已训练 model trained")
