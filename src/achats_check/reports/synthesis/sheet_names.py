"""Names of sheets as spreadsheets accept them: short, without their own signs, each used once."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.reports.synthesis.markup import clean
from achats_check.wording import shorten

_LENGTH = 31
_REFUSED = compiled(r"[\[\]:*?/\\]")
_RESERVED = frozenset({"history", "historique"})


class SheetNames:
    """Hands out names of sheets."""

    def __init__(self, taken: tuple[str, ...]) -> None:
        self._taken = {name.casefold() for name in taken} | _RESERVED

    def take(self, title: str, fallback: str) -> str:
        """Return a name that no other sheet has.

        Args:
            title: What is best, when it is short enough.
            fallback: A shorter one, in kebab-case.
        """
        wanted = _accepted(title)
        if not wanted or len(wanted) > _LENGTH:
            wanted = _accepted(fallback.replace("-", " ").capitalize()) or "Tableau"
        name, number = _fit(wanted, _LENGTH), 1
        while name.casefold() in self._taken:
            number += 1
            suffix = f" ({number})"
            name = _fit(wanted, _LENGTH - len(suffix)) + suffix
        self._taken.add(name.casefold())
        return name


def _accepted(text: str) -> str:
    return clean(_REFUSED.sub(" ", text)).strip("' ")


def _fit(name: str, length: int) -> str:
    """Cut a name, measured as spreadsheets do: a sign outside the first plane counts for two."""
    cut = shorten(name, length)
    while len(cut.encode("utf-16-le")) > 2 * length:
        cut = cut[:-1]
    return cut.strip("' ")
