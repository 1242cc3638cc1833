"""A strict stand-in for the Telegram Bot API, so that tests speak real HTTP to something that
refuses what Telegram refuses. Start with `standin.BotApiStandIn` or the fixture `bot_api`."""
