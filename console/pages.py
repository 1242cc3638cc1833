"""The pages' HTML and their own style and script. Nothing comes from outside."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_HERE = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Every form carries its own id, so that a double tap is one action.
    environment.globals["fresh"] = lambda: str(uuid.uuid4())
    return environment


def _assets() -> dict[str, tuple[bytes, str, str]]:
    """Our own files, and those of others that setting up put into `vendor/`, if it did."""
    found = {}
    static = _HERE / "static"
    for path in (*sorted(static.glob("*.*")), *sorted((static / "vendor").glob("*.*"))):
        content = path.read_bytes()
        mark = hashlib.sha256(content).hexdigest()[:10]
        found[path.name] = (content, _TYPES[path.suffix], mark)
    return found


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders templates and serves the files beside them."""

    prefix: str = "/work"
    """Below which the assets are asked for: a cookie's path is not left."""
    _environment: Environment = field(default_factory=_templates)
    _files: Mapping[str, tuple[bytes, str, str]] = field(default_factory=_assets)

    def show(self, template: str, status: int = 200, **values: object) -> Response:
        """One page."""
        asset = {
            name: f"{self.prefix}/assets/{name}?v={file[2]}" for name, file in self._files.items()
        }
        html = self._environment.get_template(template).render(asset=asset, **values)
        return HTMLResponse(html, status_code=status, headers=dict(HEADERS))

    async def asset(self, request: Request) -> Response:
        """A style or script; its address changes with its content."""
        found = self._files.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        content, mime, _ = found
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=mime, headers=headers)
