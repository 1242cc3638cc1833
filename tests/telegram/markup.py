"""Telegram's HTML: what a bot may write, and what it looks like once parsed."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.telegram.prose import utf16_length

ENTITY_OF_TAG = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
TAG = re.compile(r"<(/?)([^\s>/]*)([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
# The only named references that Telegram knows; others stay as written.
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?")
MENTION = re.compile(r"(?<!\w)@\w{4,32}")


class MarkupError(ValueError):
    """The text is not the HTML that Telegram accepts."""


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities (UTF-16 offsets); raises `MarkupError`."""
    text, at = "", 0
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, dict[str, str], int]] = []
    while at < len(source):
        start = source.find("<", at)
        text += _unescape(source[at : start if start >= 0 else len(source)])
        if start < 0:
            break
        offset = len(source[:start].encode())
        tag = TAG.match(source, start)
        name = tag[2].lower() if tag else ""
        if tag is None or (not tag[1] and not _supported(name, tag[3])):
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {offset}')
        if tag[1]:
            entities.append(_close(name, open_tags, text, offset))
        else:
            open_tags.append((name, _attributes(tag[3]), utf16_length(text)))
        at = tag.end()
    if open_tags:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return _strip(text, [e for e in entities if e["length"]])


def detect_entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks by itself in what people write."""
    found = [("bot_command", m) for m in COMMAND.finditer(text)]
    found += [("mention", m) for m in MENTION.finditer(text)]
    return [
        {"type": kind, "offset": utf16_length(text[: m.start()]), "length": utf16_length(m[0])}
        for kind, m in sorted(found, key=lambda pair: pair[1].start())
    ]


def _supported(name: str, attributes: str) -> bool:
    if name == "span":
        return _attributes(attributes).get("class") == "tg-spoiler"
    return name in ENTITY_OF_TAG


def _close(
    name: str, open_tags: list[tuple[str, dict[str, str], int]], text: str, offset: int
) -> dict[str, Any]:
    if not open_tags:
        raise MarkupError(f"Unexpected end tag at byte offset {offset}")
    opened, attributes, begin = open_tags.pop()
    if name not in ("", opened):
        raise MarkupError(
            f'Unmatched end tag at byte offset {offset}, expected "</{opened}>", found "</{name}>"'
        )
    entity = {"type": ENTITY_OF_TAG[opened], "offset": begin, "length": utf16_length(text) - begin}
    if opened == "a":
        entity["url"] = attributes.get("href") or text.encode("utf-16-le")[begin * 2 :].decode(
            "utf-16-le"
        )
    if opened == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    return entity


def _attributes(source: str) -> dict[str, str]:
    return {m[1].lower(): _unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(source)}


def _unescape(source: str) -> str:
    return REFERENCE.sub(lambda m: html.unescape(m[0]), source)


def _strip(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    stripped = text.strip()
    lead = utf16_length(text) - utf16_length(text.lstrip())
    size = utf16_length(stripped)
    kept: list[dict[str, Any]] = []
    for entity in entities:
        begin = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] - lead + entity["length"], size)
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return stripped, sorted(kept, key=lambda e: (e["offset"], -e["length"]))
