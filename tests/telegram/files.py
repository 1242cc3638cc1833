"""Files that people and bots put into chats, and the pictures that count as pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.telegram.faults import BotApiError

DOWNLOAD_LIMIT = 20 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `path` is what getFile names and the download address ends with."""

    file_id: str
    kind: str
    path: str
    data: bytes

    def json(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": f"u{self.file_id}",
            "file_size": len(self.data),
        }


@dataclass(slots=True)
class FileStore:
    """The files of one bot: its identifiers mean nothing to another bot."""

    _files: dict[str, StoredFile] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)

    def add(self, kind: str, data: bytes, extension: str) -> StoredFile:
        number = next(self._numbers)
        stored = StoredFile(f"{kind}-{number}", kind, f"{kind}s/file_{number}.{extension}", data)
        self._files[stored.file_id] = stored
        return stored

    def add_upload(self, kind: str, data: bytes, filename: str) -> StoredFile:
        """Keep what a bot uploads; raises `BotApiError` for what Telegram does not take."""
        if not data:
            raise BotApiError(400, "Bad Request: file must be non-empty")
        if len(data) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
            raise BotApiError(413, "Request Entity Too Large")
        if kind == "photo" and not data.startswith(PICTURE_STARTS):
            raise BotApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
        extension = filename.rpartition(".")[2] if "." in filename else "bin"
        return self.add(kind, data, extension)

    def get(self, file_id: str) -> StoredFile:
        """The file with this identifier; raises `BotApiError` when it is not this bot's."""
        if file_id not in self._files:
            text = "Bad Request: wrong file_id or the file is temporarily unavailable"
            raise BotApiError(400, text)
        return self._files[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        return next((f for f in self._files.values() if f.path == path), None)
