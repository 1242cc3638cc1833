"""Who is signed in: a signed cookie, no table. The cookie ends after 12 hours."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "work"
TWELVE_HOURS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in cadre and the token that every form of theirs must carry."""

    cadre: str
    csrf: str

    def owns_form(self, token: object) -> bool:
        """Whether a form came from one of this session's own pages."""
        return isinstance(token, str) and secrets.compare_digest(token.encode(), self.csrf.encode())


@dataclass(frozen=True, slots=True)
class Sessions:
    """Writes and reads the cookie."""

    secret: str = field(repr=False)

    def read(self, request: Request) -> Session | None:
        """The session of a request; None when there is none, it is forged or too old."""
        try:
            value = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=TWELVE_HOURS)
        except BadSignature:
            return None
        match value:
            case {"cadre": str(cadre), "csrf": str(csrf)}:
                return Session(cadre, csrf)
        return None

    def begin(self, request: Request, response: Response, cadre: str) -> None:
        """Sign `cadre` in on this browser."""
        value = self._signer.dumps({"cadre": cadre, "csrf": secrets.token_urlsafe(16)})
        response.set_cookie(
            COOKIE,
            value,
            max_age=TWELVE_HOURS,
            path="/work",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def end(self, response: Response) -> None:
        """Sign out on this browser."""
        response.delete_cookie(COOKIE, path="/work")

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt="work-page")
