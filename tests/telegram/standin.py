"""A real HTTP server that behaves like api.telegram.org towards bots under test.

async with BotApiStandIn({"residents": "7000000001:AAresidents"}) as api:
    ...  # give api.base_url to aiogram or python-telegram-bot
    api.residents_say("residents", 1001, "村口路灯坏了")
    await api.wait_for(lambda: api.sent("residents", 1001))
    assert not api.violations
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.telegram import account, editing, faults, sending
from tests.telegram.delivery import Delivery
from tests.telegram.desk import Desk
from tests.telegram.faults import BotApiError, Fault, Mistake, Plan, RateLimits
from tests.telegram.fetch_schema import fetch
from tests.telegram.model import BotState, Call, Json, Pace, Sent, Violation
from tests.telegram.requests import read_request
from tests.telegram.schema import load_schema, telegram_says
from tests.telegram.standing import Standing
from tests.telegram.updates import UpdateFeed, is_token

METHODS = account.METHODS | sending.METHODS | editing.METHODS
MAX_BODY = 60 * 1024 * 1024
Found = TypeVar("Found")


class BotApiStandIn(Standing):
    """One server with any number of bots, each with its own chats, updates and files.

    tokens: the bots by the names that tests call them; reads_groups: those whose privacy mode is
    off; limits: rate limits to enforce, none by default.
    """

    def __init__(
        self,
        tokens: Mapping[str, str],
        *,
        reads_groups: frozenset[str] = frozenset(),
        pace: Pace | None = None,
        limits: RateLimits | None = None,
        schema: Path | None = None,
    ) -> None:
        self.schema = load_schema(schema or fetch())
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self.deliveries: list[Delivery] = []
        self.limits = limits
        self.base_url = ""
        self._plans: list[Plan] = []
        self._desks: dict[str, Desk] = {}
        self._closing = asyncio.Event()
        for name, token in tokens.items():
            self._desks[name] = self._open_desk(
                BotState(name, token, name in reads_groups), pace or Pace()
            )

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._serve)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        for desk in self._desks.values():
            await desk.feed.close()
        await self._runner.cleanup()

    def desk(self, bot: str) -> Desk:
        return self._desks[bot]

    def token(self, bot: str) -> str:
        return self.desk(bot).bot.token

    def sent(self, bot: str, chat_id: int) -> list[Sent]:
        """The bot's messages in a chat as it shows them now: edited, without deleted ones."""
        return [sent for sent in self.shown(bot, chat_id) if sent.from_bot]

    def shown(self, bot: str, chat_id: int) -> list[Sent]:
        """All messages in a chat, of the bot and of people."""
        chat = self.desk(bot).bot.chats.get(chat_id)
        return [s for s in chat.messages.values() if not s.deleted] if chat else []

    def calls_of(self, bot: str, method: str) -> list[Call]:
        return [c for c in self.calls if (c.bot, c.method) == (bot, method)]

    def file(self, bot: str, file_id: str) -> bytes:
        """The content of a file, for example of a photo that the bot sent."""
        return self.desk(bot).bot.files.get(file_id).data

    def take_violations(self) -> list[Violation]:
        """The violations so far, forgetting them: for tests that provoke them on purpose."""
        taken = list(self.violations)
        self.violations.clear()
        return taken

    def pending(self, bot: str) -> int:
        """How many updates the bot has not accepted yet."""
        return len(self.desk(bot).bot.pending)

    def fail(
        self,
        fault: Fault,
        *,
        bot: str | None = None,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        skip: int = 0,
    ) -> Plan:
        """Let the next `times` matching calls meet this fault, after `skip` that do not.

        times=None lasts until `.cancel()`. Several plans are met in the order they were made.
        """
        plan = Plan(fault, bot, method, chat_id, times, skip)
        self._plans.append(plan)
        return plan

    async def wait_for(self, predicate: Callable[[], Found], timeout: float = 5.0) -> Found:
        """Return what `predicate` gives as soon as it is true.

        `timeout` in seconds; raises `TimeoutError` that names the last calls and violations.
        """
        until = time.monotonic() + timeout
        while not (found := predicate()):
            if time.monotonic() > until:
                last = [f"{c.bot} {c.method} {c.outcome}" for c in self.calls[-8:]]
                raise TimeoutError(f"still waiting; last calls {last}; {self.violations}")
            await asyncio.sleep(0.01)
        return found

    def _open_desk(self, bot: BotState, pace: Pace) -> Desk:
        async def reply(method: str, params: Json) -> None:
            call = Call(bot.name, method, params, time.monotonic(), via="webhook answer")
            self.calls.append(call)
            try:
                await self._carry_out(self._desks[bot.name], call, params, {})
            except BotApiError as refusal:
                call.outcome = f"{refusal.code} {refusal.description}"

        return Desk(bot, UpdateFeed(bot, pace, self.deliveries, reply), pace)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        desk = next((d for d in self._desks.values() if d.bot.token == token), None)
        if desk is None:
            refusal = (401, "Unauthorized") if is_token(token) else (404, "Not Found")
            return _answer(BotApiError(*refusal))
        method = request.match_info["method"]
        call = Call(desk.bot.name, self.schema.method_name(method) or method, {}, time.monotonic())
        self.calls.append(call)
        try:
            raw, uploads = await read_request(request)
            fault = self._next_fault(call, raw)
            if fault is not None and fault.kind != "reply_lost":
                # A call that meets a fault is held to the schema all the same.
                self._read(call, raw, uploads)
                return await self._meet(fault, call, request)
            await self._carry_out(desk, call, raw, uploads)
        except BotApiError as refusal:
            call.outcome = f"{refusal.code} {refusal.description}"
            return _answer(refusal)
        if fault is not None:
            call.outcome = "ok, reply lost"
            return _broken(request)
        return _json(200, {"ok": True, "result": call.result})

    async def _carry_out(self, desk: Desk, call: Call, raw: Json, uploads: Json) -> None:
        self._read(call, raw, uploads)
        if self.limits is not None:
            self.limits.check(call.bot, call.method, call.params.get("chat_id"))
        handler = METHODS.get(call.method)
        try:
            if handler is not None:
                call.result = await handler(desk, call.params)
            elif self.schema.answers_true(call.method):
                desk.bot.profile[call.method] = call.params
                call.result = True
            else:
                raise Mistake(501, f"Not Implemented: the stand-in has no {call.method}")
        except Mistake as mistake:
            self._violated(call, mistake.description, "")
            raise
        call.outcome = "ok"

    def _read(self, call: Call, raw: Json, uploads: Json) -> None:
        name = self.schema.method_name(call.method)
        if name is None:
            self._violated(call, "Not Found: method not found", "")
            raise BotApiError(404, "Not Found: method not found")
        call.method = name
        call.params, problems = self.schema.read_call(name, raw, uploads)
        for problem in problems:
            said = telegram_says(name, problem)
            self._violated(call, said, f"{problem.path} {problem.text}")
        if problems:
            raise BotApiError(400, telegram_says(name, problems[0]))

    def _violated(self, call: Call, description: str, detail: str) -> None:
        self.violations.append(Violation(call.bot, call.method, description, detail))

    def _next_fault(self, call: Call, raw: Json) -> Fault | None:
        chat = str(raw.get("chat_id", ""))
        params = {"chat_id": int(chat)} if chat.lstrip("-").isdigit() else {}
        taken = (p.fault for p in self._plans if p.take(call.bot, call.method, params))
        return next(taken, None)

    async def _meet(self, fault: Fault, call: Call, request: web.Request) -> web.StreamResponse:
        call.outcome = fault.kind
        if fault.error is not None:
            raise fault.error
        if fault.kind == "page":
            call.outcome = f"{fault.status} page"
            return web.Response(
                status=fault.status, text=faults.BAD_GATEWAY_PAGE, content_type="text/html"
            )
        if fault.kind == "hang":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), fault.seconds)
        return _broken(request)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        token, path = request.match_info["token"], request.match_info["path"]
        desk = next((d for d in self._desks.values() if d.bot.token == token), None)
        stored = desk.bot.files.by_path(path) if desk else None
        if stored is None:
            return _answer(BotApiError(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _answer(refusal: BotApiError) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return _json(refusal.code, body)


def _json(status: int, body: Json) -> web.Response:
    return web.Response(
        status=status, text=json.dumps(body, ensure_ascii=False), content_type="application/json"
    )


def _broken(request: web.Request) -> web.Response:
    """Cut the connection, so that whatever is returned here never arrives."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
