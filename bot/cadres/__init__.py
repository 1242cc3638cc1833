"""The cadres' Telegram bot, on python-telegram-bot: transport only."""

from __future__ import annotations

import os

# Asks the library for its coming way to give times. Without it every "retry after" of Telegram
# comes with a deprecation warning, which a process that treats warnings as errors cannot survive.
os.environ.setdefault("PTB_TIMEDELTA", "true")
