"""Names of sheets as spreadsheets accept them: short, without their own signs, each used once."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.reports.page.markup import clean
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
            title: What is best; of a long one, what stands before its colon, its comma or its bracket.
            fallback: A name in kebab-case, when the title has nothing that a sheet accepts.
        """
        wanted = _accepted(title)
        if len(wanted) > _LENGTH:
            wanted = _accepted(_head(title)) or wanted
        if not wanted:
            wanted = _accepted(fallback.replace("-", " ").capitalize()) or "Tableau"
        name, number = _fit(wanted, _LENGTH), 1
        while name.casefold() in self._taken:
            number += 1
            suffix = f" ({number})"
            name = _fit(wanted, _LENGTH - len(suffix)) + suffix
        self._taken.add(name.casefold())
        return name


def _head(title: str) -> str:
    """Return the first words of a title, when they say enough: one alone, as « SPASER », does not."""
    head = compiled(r" ?[:,(—]").split(title, maxsplit=1)[0]
    return head if " " in head.strip() else ""


def _accepted(text: str) -> str:
    return clean(_REFUSED.sub(" ", text)).strip("' ")


def _fit(name: str, length: int) -> str:
    """Cut a name, measured as spreadsheets do: a sign outside the first plane counts for two."""
    cut = shorten(name, length)
    while len(cut.encode("utf-16-le")) > 2 * length:
        cut = cut[:-1]
    return cut.strip("' ")
