"""Which words are commands, the same way for both bots."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.messages import InboundKind

# `/start PAYLOAD`, `/start@SomeBot PAYLOAD`; anything after a further character is plain text.
_COMMAND = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


def kind_of(text: str, commands: Mapping[str, InboundKind]) -> tuple[InboundKind, str]:
    """The kind of a text and what is left to read: a command's payload, or all its words.

    `commands` holds names without the slash in lower case, and whole sentences such as `进度`.
    A text with an unknown command is TEXT, its words untouched.
    """
    stripped = text.strip()
    if not stripped.startswith("/") and stripped in commands:
        return commands[stripped], ""
    found = _COMMAND.fullmatch(stripped)
    if found is None or found[1].lower() not in commands:
        return InboundKind.TEXT, text
    return commands[found[1].lower()], (found[2] or "").strip()
