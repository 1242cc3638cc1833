"""Who is signed in to the console: a signed cookie that ends when it is idle, old, or outdated.

It carries the account's epoch: changing the password, the roles, or closing the account ends every
session of it with the next request, without any table of sessions.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from services.ports import Clock

COOKIE = "console"
PATH = "/console"
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
_RENEW = timedelta(minutes=1)
"""A cookie is written anew at most so often."""


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A signed-in account, and the token that every change must carry."""

    account: str
    epoch: int
    csrf: str
    began: datetime
    seen: datetime

    def owns(self, token: str) -> bool:
        """Whether a form or a request of the script came from one of this session's pages."""
        return secrets.compare_digest(token.encode(), self.csrf.encode())


@dataclass(frozen=True, slots=True)
class DeskSessions:
    """Writes and reads the cookie."""

    secret: str = field(repr=False)
    clock: Clock

    def read(self, request: Request) -> DeskSession | None:
        """The session of a request; None when there is none, it is forged, idle or too old."""
        try:
            value = self._signer.loads(request.cookies.get(COOKIE, ""))
        except BadSignature:
            return None
        match value:
            case [str(account), int(epoch), str(csrf), int(began), int(seen)]:
                session = DeskSession(account, epoch, csrf, _moment(began), _moment(seen))
            case _:
                return None
        now = self.clock()
        if now - session.seen > IDLE or now - session.began > LONGEST:
            return None
        return session

    def begin(self, request: Request, response: Response, account: str, epoch: int) -> None:
        """Sign an account in on this browser."""
        now = self.clock()
        token = secrets.token_urlsafe(24)
        self._write(request, response, DeskSession(account, epoch, token, now, now))

    def go_on(
        self, request: Request, response: Response, session: DeskSession, epoch: int | None = None
    ) -> None:
        """Somebody is still there; with `epoch`, after they changed their own account."""
        now = self.clock()
        if epoch is None and now - session.seen < _RENEW:
            return
        epoch = session.epoch if epoch is None else epoch
        self._write(request, response, replace(session, seen=now, epoch=epoch))

    def end(self, response: Response) -> None:
        """Sign out on this browser."""
        response.delete_cookie(COOKIE, path=PATH)

    def _write(self, request: Request, response: Response, session: DeskSession) -> None:
        times = [int(session.began.timestamp()), int(session.seen.timestamp())]
        response.set_cookie(
            COOKIE,
            self._signer.dumps([session.account, session.epoch, session.csrf, *times]),
            max_age=int(LONGEST.total_seconds()),
            path=PATH,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    @property
    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="console")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
