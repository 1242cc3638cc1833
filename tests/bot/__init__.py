"""Tests of the two Telegram channels."""
