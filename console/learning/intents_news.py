"""What an act did, told by the page that the browser is led to.

The sentences go along in a signed cookie of a minute: they are too long for an address, which
others could write and proxies would log.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import quote

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from services.learning.applying import Applied
from services.learning.intent_office import Outcome

_COOKIE, _PATH = "intent-news", "/console/intents"
_SECONDS = 60
_MOST = 400
"""Characters: a cookie holds 4 KB, and a Chinese character may take eight bytes of it."""


def told(console: Console, visit: Visit, path: str, done: str, outcome: Outcome) -> Response:
    """To `path`, which tells what was done."""
    key = secrets.token_urlsafe(6)
    response = RedirectResponse(f"{quote(path)}?told={key}", status_code=303)
    lines = _fitting([done, *outcome.notes, *files_lines(outcome.applied)])
    response.set_cookie(
        _COOKIE,
        _signer(console).dumps([visit.account.name, key, lines]),
        max_age=_SECONDS,
        path=_PATH,
        httponly=True,
        samesite="lax",
        secure=visit.request.url.scheme == "https",
    )
    console.sessions.go_on(visit.request, response, visit.session)
    return response


def news(console: Console, visit: Visit) -> str:
    """The sentences for this page, one a line; empty for none."""
    try:
        value = _signer(console).loads(visit.request.cookies.get(_COOKIE, ""), max_age=_SECONDS)
    except BadSignature:
        return ""
    match value:
        case [visit.account.name, str(key), list(lines)] if key == visit.query("told"):
            return "\n".join(str(line) for line in lines)
    return ""


def files_lines(applied: Applied) -> list[str]:
    """What the sentence files have not taken, in Chinese."""
    lines = []
    if applied.waiting:
        why = f"：{applied.problem}" if applied.problem else ""
        lines.append(f"有 {applied.waiting} 处还没写进例句文件{why}。修好了会自己接着写")
    if applied.refused:
        lines.append(f"有 {applied.refused} 处例句文件没有收，原因在“没写进文件的改动”里")
    return lines


def _fitting(lines: Sequence[str]) -> list[str]:
    """As many as the cookie holds."""
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) > _MOST:
            return [*kept, f"另外还有 {len(lines) - len(kept)} 条，这里列不下"]
        kept.append(line)
    return kept


def _signer(console: Console) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(console.sessions.secret, salt=_COOKIE)
