"""The console's accounts on one database, for the web application and the command line."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from services.account_desk import AccountDesk
from services.console_policy import ConsoleRole, names_of
from services.office import Office
from services.ports import Clock
from storage.accounts import SqlAccountBook
from storage.console_log import SqlConsoleLog
from storage.database import Database
from storage.passwords import Argon2Passwords

_R = ConsoleRole
_SAMPLES: tuple[tuple[str, str, frozenset[ConsoleRole]], ...] = (
    ("demo.dispatcher", "周小满", frozenset({_R.DISPATCHER})),
    ("demo.admin", "吴一帆", frozenset({_R.ADMIN})),
    ("demo.reviewer", "郑开来", frozenset({_R.REVIEWER})),
    ("demo.annotator", "孙立春", frozenset({_R.ANNOTATOR})),
)
"""Invented people of the demonstration."""


def account_desk(database: Database, office: Callable[[], Office], clock: Clock) -> AccountDesk:
    """An account is bound to a cadre of the county centre, or to none: who reads sealed reports
    (domain.md §5, rule 7) is no matter of the console."""

    def is_cadre(cadre: str) -> bool:
        found = office().cadre(cadre)
        return found is not None and found.unit == office().county.org.county_center.code

    log = SqlConsoleLog(database)
    return AccountDesk(SqlAccountBook(database), Argon2Passwords(), log, clock, is_cadre)


async def sample_accounts(desk: AccountDesk, office: Office) -> Sequence[tuple[str, str]]:
    """The demonstration's accounts (name, label), made where they are missing.

    Their passwords are random and nobody knows them: they open by their buttons alone.
    """
    center = office.county.org.county_center.code
    cadre = next(iter(office.county.org.staff(center)), None)
    listed = []
    for name, person, roles in _SAMPLES:
        acts_as = cadre.id if cadre and ConsoleRole.DISPATCHER in roles else None
        if ConsoleRole.DISPATCHER in roles and acts_as is None:
            continue
        found = await desk.book.account(name)
        if found is None:
            found = await desk.add("demo", name, person, roles, acts_as, secrets.token_urlsafe(24))
        if found.is_open:
            listed.append((name, f"{names_of(found.roles)} · {person}"))
    return listed
