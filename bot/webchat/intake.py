"""What residents send: every POST becomes one `Inbound`, and is answered only when it is safe."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.webchat import translate
from bot.webchat.assets import DATA_HEADERS
from bot.webchat.body import FILE_LIMIT, form_of, json_of
from bot.webchat.links import address_of, is_token
from bot.webchat.page import ChatPage
from bot.webchat.rejected import Rejected
from bot.webchat.sentences import FILE_TOO_LARGE, NO_FILE, NO_SUCH_CHAT, NOT_SAVED
from services.errors import Refused
from services.messages import Address, Inbound
from services.ports import Clock, MediaStore, Receipt, Wording

log = logging.getLogger(__name__)

Receive = Callable[[Inbound], Awaitable[Receipt]]
"""Records a message for good; may raise, then the phone must send it again."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The POST side of the web chat."""

    receive: Receive
    media: MediaStore
    wording: Wording
    clock: Clock
    page: ChatPage

    async def message(self, request: Request) -> Response:
        """A text or a button: JSON `id`, `text`, `reply_to`, `press`."""
        return await _answer(self._message(request))

    async def file(self, request: Request) -> Response:
        """A photo or a recording: a form with `id`, `file`, `text`, `reply_to`."""
        return await _answer(self._file(request))

    async def location(self, request: Request) -> Response:
        """Where the phone is: JSON `id`, `lat`, `lon` in WGS-84 degrees."""
        return await _answer(self._location(request))

    async def form(self, request: Request) -> Response:
        """The same without script: a plain form, then back to the page."""
        try:
            address = chat_of(request)
            async with form_of(request) as form:
                if _upload(form) is None:
                    await self.take(translate.message(form, address, self.clock()))
                else:
                    await self._keep(form, address)
        except Rejected as refusal:
            return self.page.notice(refusal, back=_back(request))
        return RedirectResponse(f"{_back(request)}#end", status_code=303)

    async def take(self, inbound: Inbound) -> Receipt:
        """Hand over; raises `Rejected` (503) when it could not be made safe."""
        try:
            return await self.receive(inbound)
        # Whatever broke, the person must hear "not saved" and the phone must try again.
        except Exception as exc:
            log.error(
                "webchat.not_saved",
                extra={"update": inbound.update_id, "error": type(exc).__name__},
            )
            raise Rejected(503, NOT_SAVED) from exc

    async def _message(self, request: Request) -> Receipt:
        address = chat_of(request)
        fields = await json_of(request)
        return await self.take(translate.message(fields, address, self.clock()))

    async def _location(self, request: Request) -> Receipt:
        address = chat_of(request)
        fields = await json_of(request)
        return await self.take(translate.location(fields, address, self.clock()))

    async def _file(self, request: Request) -> Receipt:
        address = chat_of(request)
        async with form_of(request) as form:
            return await self._keep(form, address)

    async def _keep(self, form: FormData, address: Address) -> Receipt:
        upload = _upload(form)
        if upload is None:
            raise Rejected(422, NO_FILE)
        mime = (upload.content_type or "").partition(";")[0].strip().lower()
        translate.check(form, mime)
        data = await upload.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            raise Rejected(413, FILE_TOO_LARGE)
        try:
            kept = await self.media.put(data, mime, translate.clean(upload.filename or "")[-80:])
        except Refused as refusal:
            raise Rejected(422, self.wording.say(refusal.say, refusal.slots)) from refusal
        return await self.take(translate.file(form, address, self.clock(), kept))


def chat_of(request: Request) -> Address:
    """The chat that the request's address names; raises `Rejected`."""
    token = request.path_params["token"]
    if not is_token(token):
        raise Rejected(404, NO_SUCH_CHAT)
    return address_of(token)


def _back(request: Request) -> str:
    token = request.path_params["token"]
    return f"/c/{token}" if is_token(token) else "/"


def _upload(form: FormData) -> UploadFile | None:
    upload = form.get("file")
    return upload if isinstance(upload, UploadFile) and upload.size else None


async def _answer(work: Awaitable[Receipt]) -> Response:
    try:
        receipt = await work
    except Rejected as refusal:
        body: dict[str, object] = {"ok": False, "say": refusal.sentence}
        return JSONResponse(body, status_code=refusal.status, headers=dict(DATA_HEADERS))
    body = {"ok": True, "id": f"i{receipt.inbox_id}"}
    return JSONResponse(body, status_code=202, headers=dict(DATA_HEADERS))
