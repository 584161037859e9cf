"""Identifiers of the parts of a page, each used once."""

from __future__ import annotations

from achats_check.patterns import compiled

_OTHERS = compiled(r"[^a-z0-9]+")
_SUFFIXES = ("", "-titre", "-chiffres", "-wide-titre", "-wide-texte", "-narrow-titre", "-narrow-texte")
"""What the parts of one block add to its anchor."""


class Anchors:
    """Hands out identifiers."""

    def __init__(self) -> None:
        self._taken = {"contenu", "sommaire"}

    def take(self, wanted: str) -> str:
        """Return an identifier that nothing else of the page has, as close as can be to the one wanted.

        Those that begin with it and end in one of the names of its parts are kept for it too.
        """
        base = _OTHERS.sub("-", wanted.lower()).strip("-") or "partie"
        anchor, number = base, 1
        while any(f"{anchor}{suffix}" in self._taken for suffix in _SUFFIXES):
            number += 1
            anchor = f"{base}-{number}"
        self._taken |= {f"{anchor}{suffix}" for suffix in _SUFFIXES}
        return anchor
