"""What the console and the command line do with models, put together on one database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from liandong.settings import Settings
from nlu.archive import ArchiveFolder, rasa_version
from nlu.interpret import county_vocabulary
from routing.county import County
from services.learning.books import Followers, ModelBook, ServingBook
from services.learning.keeping import Keeping, KeepingRule
from services.learning.serving import Known, Successors, Switching
from services.learning.shadow import ShadowBook
from services.ports import Clock, Wakeups
from storage.database import Database
from storage.followers import SqlFollowers
from storage.intent_successors import SqlIntentSuccessors
from storage.model_book import SqlModelBook
from storage.override_book import SqlOverrideBook
from storage.serving_book import SqlServingBook
from storage.shadow_book import SqlShadowBook


@dataclass(frozen=True, slots=True)
class ModelDesk:
    """Books and switches."""

    models: ModelBook
    serving: ServingBook
    followers: Followers
    shadow: ShadowBook
    successors: Successors
    switching: Switching
    keeping: Keeping


def model_desk(
    settings: Settings,
    database: Database,
    county: Callable[[], County],
    clock: Clock,
    wakeups: Wakeups | None = None,
) -> ModelDesk:
    """`county` is the present one: its catalogue and its townships are what models may speak of."""
    models, serving = SqlModelBook(database), SqlServingBook(database)
    successors = SqlIntentSuccessors(database)
    files = ArchiveFolder(settings.models_dir, rasa_version(settings.rasa_python))
    overrides = SqlOverrideBook(database)

    def known() -> Known:
        townships = county().tree.townships
        labels = county_vocabulary(county()).labels
        return Known(labels, {each.code: each.short_name for each in townships})

    switching = Switching(models, serving, overrides, files, successors, known, clock, wakeups)
    rule = KeepingRule(settings.models_kept, settings.models_kept_days)
    return ModelDesk(
        models,
        serving,
        SqlFollowers(database),
        SqlShadowBook(database),
        successors,
        switching,
        Keeping(models, serving, files, rule, clock),
    )
