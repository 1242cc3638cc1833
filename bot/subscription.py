"""Which updates both bots ask Telegram for; named explicitly, since the default leaves some out
and an earlier choice of the same bot would otherwise stay in force."""

from __future__ import annotations

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
