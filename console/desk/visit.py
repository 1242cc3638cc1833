"""One request of somebody who is signed in, and the pages that they may go to."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from console.desk.session import DeskSession
from console.forms import NO_FORM, Form
from services.accounts import Account
from services.console_policy import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the console's navigation, for whoever has the permission."""

    path: str
    """`/console/triage`; everything below belongs to it."""
    title: str
    permission: Permission
    says: str = ""
    """What it is for, in a sentence."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, and what."""

    request: Request
    account: Account
    session: DeskSession
    form: Form = NO_FORM
    """What a change brought; empty for a look."""

    @property
    def csrf(self) -> str:
        """The token for this session's forms."""
        return self.session.csrf

    @property
    def is_htmx(self) -> bool:
        """Whether the page's script asks for a part of it."""
        return self.request.headers.get("hx-request") == "true"

    def may(self, permission: Permission) -> bool:
        """Whether they may do this."""
        return self.account.may(permission)

    def path(self, name: str) -> str:
        """A part of the address: `{number}`."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """What stands behind the question mark; printable characters only, at most 100."""
        value = self.request.query_params.get(name, "")
        return "".join(c for c in value if c.isprintable())[:100].strip()
