"""What residents look at: the page, its history, its live line, the files of its own chat."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.webchat import translate
from bot.webchat.assets import DATA_HEADERS
from bot.webchat.intake import Intake, chat_of
from bot.webchat.lines import all_shown, last_of_ours
from bot.webchat.links import is_grid_code, is_token, new_token
from bot.webchat.page import ChatPage
from bot.webchat.rejected import Rejected
from bot.webchat.stream import BATCH, live
from services.ports import Mailbox, MediaStore, Wakeups

_HISTORY = 80
"""Lines on the page."""
_REACH = 1000
"""Lines that are searched for a file."""
_COOKIE = "chat"
_YEAR = 365 * 24 * 3600
_INLINE = re.compile(r"image/(jpeg|png|webp|gif)|audio/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The GET side of the web chat."""

    mailbox: Mailbox
    wakeups: Wakeups
    media: MediaStore
    page: ChatPage
    intake: Intake

    async def home(self, request: Request) -> Response:
        """Go on with this phone's chat, or begin one; `?new=1` begins one for another person.

        The token is kept in a cookie, not by script: that works in every browser, and a
        script that went wrong could not read it.
        """
        known = request.cookies.get(_COOKIE, "")
        token = known if is_token(known) and "new" not in request.query_params else new_token()
        grid = request.query_params.get("grid", "")
        query = f"?grid={grid}" if is_grid_code(grid) else ""
        return _remember(request, RedirectResponse(f"/c/{token}{query}", 303), token)

    async def chat(self, request: Request) -> Response:
        """The page. With `?grid=CODE` it notes the QR code first and drops it from the address."""
        try:
            address = chat_of(request)
            token = request.path_params["token"]
            grid = request.query_params.get("grid", "")
            if is_grid_code(grid):
                await self.intake.take(translate.arrival(grid, address, self.intake.clock()))
                return _remember(request, RedirectResponse(f"/c/{token}", 303), token)
        except Rejected as refusal:
            return self.page.notice(refusal, back="/")
        lines = await self.mailbox.history(address, _HISTORY)
        reply = request.query_params.get("reply", "")
        return _remember(request, self.page.chat(token, address, lines, reply), token)

    async def history(self, request: Request) -> Response:
        """Both sides as JSON: `lines`, and `after` for the next `updates`."""
        return await self._lines(request, whole=True)

    async def updates(self, request: Request) -> Response:
        """Our messages above `?after=N` as JSON: for networks that swallow the live line."""
        return await self._lines(request, whole=False)

    async def events(self, request: Request) -> Response:
        """The live line (SSE) from `?after=N`, or from where the browser says that it was."""
        try:
            address = chat_of(request)
        except Rejected as refusal:
            return Response(status_code=refusal.status)
        seen = max(_after(request), _number(request.headers.get("last-event-id", "")))
        return live(address, seen, self.mailbox, self.wakeups)

    async def file(self, request: Request) -> Response:
        """A file that came or went in this very chat; 404 for everybody else's."""
        try:
            address = chat_of(request)
        except Rejected as refusal:
            return Response(status_code=refusal.status)
        ref = f"media:{request.path_params['media_id']}"
        lines = await self.mailbox.history(address, _REACH)
        found = None
        if any(line.message.media == ref for line in lines):
            found = await self.media.get(ref)
        if found is None:
            return Response(status_code=404, headers=dict(DATA_HEADERS))
        return _download(*found)

    async def _lines(self, request: Request, *, whole: bool) -> Response:
        try:
            address = chat_of(request)
        except Rejected as refusal:
            return Response(status_code=refusal.status)
        after = _after(request)
        if whole:
            lines = await self.mailbox.history(address, _HISTORY)
        else:
            lines = await self.mailbox.since(address, after, BATCH)
        body = {
            "lines": [line.as_json() for line in all_shown(lines)],
            "after": max(after, last_of_ours(lines)),
        }
        return JSONResponse(body, headers=dict(DATA_HEADERS))


def _download(content: bytes, mime: str) -> Response:
    shown = _INLINE.fullmatch(mime) is not None
    ending = mimetypes.guess_extension(mime) or ".bin"
    headers = {
        "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="file{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, max-age=86400",
    }
    media_type = mime if shown else "application/octet-stream"
    return Response(content, media_type=media_type, headers=headers)


def _remember(request: Request, response: Response, token: str) -> Response:
    """Keep the chat on this phone. A link that somebody sent does not push out one's own chat."""
    known = request.cookies.get(_COOKIE, "")
    if request.url.path == "/" or not is_token(known):
        response.set_cookie(
            _COOKIE,
            token,
            max_age=_YEAR,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _after(request: Request) -> int:
    return _number(request.query_params.get("after", ""))


def _number(text: str) -> int:
    """A number that fits every database; what is none counts as 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
