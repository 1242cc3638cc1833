"""The key that signs cadres' sessions: configured, or made once and kept beside the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from liandong.settings import Settings
from routing.errors import LiandongError

SHORTEST = 32


class WeakSecret(LiandongError):
    """LIANDONG_SECRET_KEY must have at least 32 characters; leave it empty to have one made."""


def session_secret(settings: Settings) -> str:
    """The configured key, or the one in `data_dir/secret_key`, made at the first start."""
    configured = settings.secret_key.get_secret_value()
    if configured:
        if len(configured) < SHORTEST:
            raise WeakSecret(WeakSecret.__doc__)
        return configured
    return _kept(settings.data_dir / "secret_key")


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
