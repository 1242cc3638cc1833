"""The page's own style, script and icon: read once, named by content, kept by phones for good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

PAGE_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    # The address is the key to the chat: no other site may learn it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}
DATA_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Assets:
    """The static files below `/chat-assets/`."""

    files: Mapping[str, tuple[bytes, str]]
    """Fingerprinted name -> content and type."""
    names: Mapping[str, str]
    """Plain name -> address."""

    @classmethod
    def load(cls) -> Assets:
        """Read the folder."""
        files: dict[str, tuple[bytes, str]] = {}
        names: dict[str, str] = {}
        for path in sorted(_FOLDER.iterdir()):
            content = path.read_bytes()
            mark = hashlib.sha256(content).hexdigest()[:10]
            name = f"{path.stem}.{mark}{path.suffix}"
            files[name] = (content, _TYPES[path.suffix])
            names[path.name] = f"/chat-assets/{name}"
        return cls(files, names)

    async def serve(self, request: Request) -> Response:
        """One file; its name changes with its content, so it never grows stale."""
        found = self.files.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        content, mime = found
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=mime, headers=headers)
