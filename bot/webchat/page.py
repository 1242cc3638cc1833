"""The chat page as HTML: complete without script, so that an old phone can use it too."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from bot.webchat.assets import PAGE_HEADERS, Assets
from bot.webchat.lines import all_shown, last_of_ours
from bot.webchat.rejected import Rejected
from services.messages import Address
from services.ports import Line, Wording


def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class ChatPage:
    """Renders the chat and the notices for one county."""

    county: str
    """The county's name, shown beside the service's."""
    wording: Wording
    assets: Assets
    _environment: Environment = field(default_factory=_templates)

    def chat(self, token: str, address: Address, lines: Sequence[Line], reply: str) -> Response:
        """The chat with its history; `reply` is the id of the line to be answered, or empty."""
        history = all_shown(lines)
        html = self._environment.get_template("chat.html").render(
            county=self.county,
            base=f"/c/{token}",
            chat=address.chat,
            lines=history,
            after=last_of_ours(lines),
            quoted=next((line for line in history if line.id == reply), None),
            welcome=self.wording.say("welcome", {"county": self.county}),
            asset=self.assets.names,
            fresh=lambda: str(uuid.uuid4()),
        )
        return HTMLResponse(html, headers=dict(PAGE_HEADERS))

    def notice(self, refusal: Rejected, back: str) -> Response:
        """One sentence and the way back."""
        html = self._environment.get_template("notice.html").render(
            county=self.county, sentence=refusal.sentence, back=back, asset=self.assets.names
        )
        return HTMLResponse(html, status_code=refusal.status, headers=dict(PAGE_HEADERS))
