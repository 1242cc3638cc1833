"""Somebody at the console and residents at their phones, over HTTP, as their browsers would."""

from __future__ import annotations

import html
import re
import secrets
import uuid
from dataclasses import dataclass
from types import TracebackType

import httpx

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


@dataclass
class Visitor:
    """One signed-in person; forms are sent with the token of the page that they stand on."""

    http: httpx.AsyncClient
    token: str = ""

    @classmethod
    async def signed_in(cls, url: str, name: str, password: str) -> Visitor:
        """Through the door. Fails where the door stays closed."""
        http = httpx.AsyncClient(base_url=url, timeout=60, headers={"origin": url})
        answer = await http.post("/console/sign-in", data={"name": name, "password": password})
        assert answer.status_code == 303, shown(answer.text)
        return cls(http)

    async def page(self, path: str) -> str:
        """A page's HTML; its token is kept for the next form."""
        answer = await self.http.get(path, follow_redirects=True)
        assert answer.status_code == 200, shown(answer.text)
        if found := _TOKEN.search(answer.text):
            self.token = html.unescape(found[1])
        return answer.text

    async def send(self, path: str, **fields: str | list[str]) -> str:
        """A form; the page that comes of it."""
        data = {"csrf": self.token, **fields}
        answer = await self.http.post(path, data=data, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {shown(answer.text)}"
        return answer.text

    async def __aenter__(self) -> Visitor:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.aclose()


def shown(page: str) -> str:
    """The words of a page."""
    body = page.split("<body", 1)[-1]
    return " ".join(html.unescape(_TAG.sub(" ", body)).split())[:2000]


async def residents_say(url: str, texts: list[str]) -> None:
    """Each text from a phone of its own."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        for text in texts:
            # The token of a chat is the browser's own.
            chat = f"/c/{secrets.token_urlsafe(16)}"
            message = {"id": str(uuid.uuid4()), "text": text}
            answer = await http.post(f"{chat}/messages", json=message)
            assert answer.is_success, answer.text
