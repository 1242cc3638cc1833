"""Who proposed a label, as people of the office know them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from services.office import Office


@dataclass(frozen=True, slots=True)
class AuthorNames:
    """An account as it is; a cadre by name."""

    office: Office

    def __call__(self, author: str) -> str:
        kind, _, cadre_id = author.partition(":")
        if kind != "cadre" or not cadre_id:
            return author
        cadre = self.office.cadre(cadre_id)
        return f"干部{cadre.name}" if cadre else "一位干部"
