"""Serves the text model of a model archive over HTTP, without the rest of Rasa.

It answers what the stock server answers under the same addresses (`/status`, `/model/parse`). What
arrives together is read together; what was read lately is remembered. A pipeline that holds
anything but the text model needs the stock server: `archived_model` refuses such an archive. Runs
in the Rasa environment (Python 3.10).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tarfile
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from nlu.components.model import TextModel

_LONGEST_BODY = 4 * 1024 * 1024
_REMEMBERED = 4_096
"""Texts whose answers are kept."""
_COMPONENT = "MessageClassifier"
_FILES = ("model.npz", "model.json")


class NoTextModel(Exception):
    """The archive holds no text model that this server can read; use the stock server."""


def archived_model(archive: Path) -> TextModel:
    """The text model out of a model archive; raises `NoTextModel`."""
    with tempfile.TemporaryDirectory(prefix="liandong-model-") as scratch:
        folder = Path(scratch)
        with tarfile.open(archive) as members:
            for member in members:
                name = Path(member.name).name
                if _COMPONENT in member.name and name in _FILES and member.isfile():
                    content = members.extractfile(member)
                    if content is not None:
                        (folder / name).write_bytes(content.read())
        if not all((folder / name).is_file() for name in _FILES):
            raise NoTextModel(str(archive))
        return TextModel.load(folder)


class Reader:
    """Reads texts, those that wait at the same moment together."""

    def __init__(self, model: TextModel, remembered: int = _REMEMBERED) -> None:
        """`remembered`: how many answers are kept for texts that come again; 0 keeps none."""
        self._model = model
        self._most = remembered
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._waiting: list[tuple[str, asyncio.Future[bytes]]] = []
        self.batches = 0
        """How often the model was asked, for measuring."""

    async def answer(self, text: str) -> bytes:
        """The answer to one text, as JSON."""
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
            return known
        loop = asyncio.get_running_loop()
        future: asyncio.Future[bytes] = loop.create_future()
        self._waiting.append((text, future))
        if len(self._waiting) == 1:
            # After whatever else is ready to be read: all of it goes in one batch.
            loop.call_soon(self._read_waiting)
        return await future

    def answers(self, texts: Sequence[str]) -> list[bytes]:
        """The answers to many texts, in their order."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        fresh = dict(zip(unknown, self._read(unknown), strict=True)) if unknown else {}
        found = [fresh.get(text) or self._known[text] for text in texts]
        for text, answer in fresh.items():
            self._remember(text, answer)
        return found

    def _read_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            answers = self.answers([text for text, _ in waiting])
        except Exception as exc:
            # Whoever waits must hear of it; the texts themselves stay out of it.
            for _, future in waiting:
                if not future.done():
                    future.set_exception(RuntimeError(type(exc).__name__))
            return
        for (_, future), answer in zip(waiting, answers, strict=True):
            if not future.done():
                future.set_result(answer)

    def _read(self, texts: Sequence[str]) -> list[bytes]:
        self.batches += 1
        verdicts = self._model.classify(texts)
        return [
            json.dumps({"text": text, "entities": [], **verdict}, ensure_ascii=False).encode()
            for text, verdict in zip(texts, verdicts, strict=True)
        ]

    def _remember(self, text: str, answer: bytes) -> None:
        if self._most > 0:
            self._known[text] = answer
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def application(reader: Reader, model_file: str) -> web.Application:
    """The two addresses."""

    async def status(_request: web.Request) -> web.Response:
        return web.json_response({"model_file": model_file, "server": "lean"})

    async def parse(request: web.Request) -> web.Response:
        text = (await _object(request)).get("text")
        if not isinstance(text, str):
            raise web.HTTPBadRequest(text="text is missing")
        return web.Response(body=await reader.answer(text), content_type="application/json")

    app = web.Application(client_max_size=_LONGEST_BODY)
    app.router.add_get("/status", status)
    app.router.add_post("/model/parse", parse)
    return app


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="not a JSON object")
    return body


def main() -> None:
    """`python -m nlu.components.lean_server --model … --port …`: dies with its parent."""
    from nlu.rasa_child import die_with_parent

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--interface", default="127.0.0.1")
    parser.add_argument("--remembered", type=int, default=_REMEMBERED)
    options = parser.parse_args()
    die_with_parent()
    reader = Reader(archived_model(options.model), options.remembered)
    web.run_app(
        application(reader, options.model.name),
        host=options.interface,
        port=options.port,
        access_log=None,
        print=lambda *_: None,
    )


if __name__ == "__main__":
    main()
