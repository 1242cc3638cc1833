"""The residents' Telegram bot, on aiogram: transport only."""
