"""The forms of a page, read as a browser would, filled in and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: where it goes, what it carries already, what it asks for."""

    action: str
    multipart: bool
    hidden: dict[str, str] = field(default_factory=dict)
    asks: dict[str, list[str]] = field(default_factory=dict)
    """Name → the values to choose from; empty for free input."""
    required: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def filled(self, **values: str) -> dict[str, str]:
        """What a browser would send; refuses what a browser would refuse."""
        for name, value in values.items():
            assert name in self.asks, f"{self.action} does not ask for {name}: {sorted(self.asks)}"
            assert not self.asks[name] or value in self.asks[name], f"{value} is not offered"
        missing = {name for name in self.required - self.files if not values.get(name)}
        assert not missing, f"{self.action} needs {missing}"
        empty = {name: "" for name in self.asks if name not in self.files}
        return {**self.hidden, **empty, **values}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            multipart = given.get("enctype") == "multipart/form-data"
            self.forms.append(Form(given["action"], multipart))
        elif self.forms and tag in ("input", "textarea", "select") and "name" in given:
            self._field(tag, given)
        elif tag == "option" and self._select and given.get("value"):
            self.forms[-1].asks[self._select].append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given["name"]
        if given.get("type") == "hidden":
            form.hidden[name] = given["value"]
            return
        form.asks[name] = []
        if "required" in given:
            form.required.add(name)
        if given.get("type") == "file":
            form.files.add(name)
        self._select = name if tag == "select" else None


def forms_in(html: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_for(html: str, number: str, verb: str) -> Form:
    """The one form of an action on a ticket."""
    found = [form for form in forms_in(html) if form.action == f"/work/{number}/{verb}"]
    assert len(found) == 1, f"{len(found)} forms for {verb}: {offered(html, number)}"
    return found[0]


def offered(html: str, number: str) -> list[str]:
    """The actions that a page offers for a ticket, in their order."""
    start = f"/work/{number}/"
    actions = [form.action for form in forms_in(html)]
    return [action.removeprefix(start) for action in actions if action.startswith(start)]
