"""Files that people sent. Pictures are re-encoded, which drops EXIF, GPS and anything hidden."""

from __future__ import annotations

import asyncio
import io
import secrets
import warnings
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps

from services.errors import Refused
from services.messages import Attachment

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
_LONGEST_SIDE = 2000
_VOICE = {
    "audio/ogg": ".ogg",
    "audio/webm": ".webm",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "audio/wav": ".wav",
}
_TYPES = {suffix: mime for mime, suffix in _VOICE.items()} | {
    ".jpg": "image/jpeg",
    ".bin": "application/octet-stream",
}


class MediaFolder:
    """`services.ports.MediaStore` in a folder; names are random and cannot be guessed."""

    def __init__(self, folder: Path, new_id: Callable[[], str] | None = None) -> None:
        """`new_id` makes the names; they must be as hard to guess as the default's."""
        self._folder = folder
        self._new_id = new_id or _unguessable

    async def put(self, data: bytes, mime: str, name: str) -> Attachment:
        """Keep a file; a picture as JPEG of at most 2,000 pixels a side."""
        if not data:
            raise Refused("file_empty")
        if len(data) > LARGEST_BYTES:
            raise Refused("file_too_large")
        suffix, kept = await asyncio.to_thread(_prepare, data, mime)
        media_id = self._new_id() + suffix
        await asyncio.to_thread(self._write, media_id, kept)
        return Attachment(f"media:{media_id}", _TYPES[suffix], len(kept), name[:100])

    def _write(self, media_id: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        waiting = self._folder / f".{media_id}"
        waiting.write_bytes(data)
        waiting.replace(self._folder / media_id)

    async def fingerprint(self, ref: str) -> str | None:
        """The perceptual hash of a picture, computed in a thread."""
        from storage.picture_hash import picture_hash  # loads numpy, which most commands need not

        content = await self.get(ref)
        if content is None or not content[1].startswith("image/"):
            return None
        return await asyncio.to_thread(picture_hash, content[0])

    async def get(self, ref: str) -> tuple[bytes, str] | None:
        """The bytes and type of `media:<id>`, None for anything else."""
        media_id = ref.removeprefix("media:")
        path = self._folder / media_id
        if path.name != media_id or media_id.startswith("."):
            return None
        try:
            return await asyncio.to_thread(path.read_bytes), _TYPES.get(path.suffix, _TYPES[".bin"])
        except FileNotFoundError:
            return None


def _unguessable() -> str:
    return secrets.token_urlsafe(16)


def _prepare(data: bytes, mime: str) -> tuple[str, bytes]:
    main = mime.split(";")[0].strip().lower()
    if main in _VOICE:
        return _VOICE[main], data
    if main.startswith("image/"):
        return ".jpg", _reencoded(data)
    return ".bin", data


def _reencoded(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
                if picture.width * picture.height > LARGEST_PIXELS:
                    raise Refused("file_too_large")
                upright = ImageOps.exif_transpose(picture).convert("RGB")
                upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                out = io.BytesIO()
                upright.save(out, "JPEG", quality=85)
                return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as exc:
        raise Refused("file_not_an_image") from exc
