"""Our own model server: the stock server's addresses, batches, memory, and bad requests."""

from __future__ import annotations

import asyncio
import json
import tarfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp.test_utils import TestClient, TestServer

from nlu.client import parse_of
from nlu.components.lean_server import NoTextModel, Reader, application, archived_model
from nlu.components.model import TextModel


class Model:
    """Says the length of each text, and counts."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def classify(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        self.batches.append(list(texts))
        if "坏" in texts:
            raise ValueError("坏")
        guess = {"name": "road", "confidence": 0.5}
        return [{"intent": guess, "intent_ranking": [guess], "length": len(t)} for t in texts]


def reader_of(model: Model, remembered: int = 8) -> Reader:
    return Reader(cast("TextModel", model), remembered)


@pytest.fixture
async def client() -> AsyncIterator[TestClient[Any, Any]]:
    app = application(reader_of(Model()), "nlu-1.tar.gz")
    async with TestClient(TestServer(app)) as opened:
        yield opened


async def test_read__what_waits_together_is_read_together() -> None:
    model = Model()
    reader = reader_of(model)
    answers = await asyncio.gather(*(reader.answer("路" * n) for n in range(1, 6)))
    assert [json.loads(answer)["length"] for answer in answers] == [1, 2, 3, 4, 5]
    assert len(model.batches) == 1


async def test_read__a_text_that_comes_again_is_not_read_again() -> None:
    model = Model()
    reader = reader_of(model)
    first = await reader.answer("路")
    assert await reader.answer("路") == first
    assert (await asyncio.gather(reader.answer("桥"), reader.answer("桥")))[0] != first
    assert model.batches == [["路"], ["桥"]]


async def test_read__memory_is_bounded() -> None:
    model = Model()
    reader = reader_of(model, remembered=2)
    for text in ("一", "二", "三", "一"):
        await reader.answer(text)
    assert [batch[0] for batch in model.batches] == ["一", "二", "三", "一"]


async def test_read__a_failure_reaches_who_waits_and_nobody_else() -> None:
    reader = reader_of(Model())
    with pytest.raises(RuntimeError, match="ValueError"):
        await reader.answer("坏")
    assert json.loads(await reader.answer("好"))["text"] == "好"


async def test_server__answers_like_the_stock_one(client: TestClient[Any, Any]) -> None:
    status = await (await client.get("/status")).json()
    assert status["model_file"] == "nlu-1.tar.gz"
    answer = await (await client.post("/model/parse", json={"text": "路坏了"})).json()
    assert (answer["text"], answer["entities"]) == ("路坏了", [])
    assert parse_of(answer).ranking[0].label == "road"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": 1}', b'{"words": "x"}'])
async def test_server__a_bad_request_is_refused(client: TestClient[Any, Any], body: bytes) -> None:
    assert (await client.post("/model/parse", data=body)).status == 400


def test_archive__without_a_text_model_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "other.tar.gz"
    with tarfile.open(archive, "w:gz"):
        pass
    with pytest.raises(NoTextModel):
        archived_model(archive)
