"""Names of buyers: the category each tells, and those that tell an organisation only."""

from __future__ import annotations

from achats_check.facts.terms import Subject, any_of, held, opening
from achats_check.patterns import compiled

_ACRONYM = r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&'’ .-]{3,40}"
_APPOSITION = r" ?(?:\(([^()\n]{2,120})\)|[,-] ?([^;.(\n]{4,120}?)(?=,? ?(?:siret\b|\d|$)|, |[;.(\n]))"
_APPOSITIONS = 2
_SMALLEST = 3
_LONGEST = 300
"""Code points of a name that are read: a field of a notice may hold anything."""


def category_of(name: str, words: Subject) -> str | None:
    """Return the category that a folded buyer's name says, or None.

    Args:
        name: The name, folded.
        words: What tells the buyer, from ``rules/lexique/structure/acheteur.yaml``.
    """
    category: str | None = held(words["categories"], name[:_LONGEST])
    return category


def is_organisation(name: str, words: Subject) -> bool:
    """Say whether a folded name opens like that of an association, a company or a chamber, category unknown."""
    return opening(words["organisations"], name) is not None and held(words["pas_un_nom"], name) is None


def is_proper(name: str, folded: str, words: Subject) -> bool:
    """Say whether a name is written as one, each of its words with a capital but the smallest: "Brenne Énergies"."""
    parts = [part for part in compiled(r"[^\W\d_]+").findall(name) if len(part) > _SMALLEST]
    return bool(parts) and all(part[0].isupper() for part in parts) and held(words["pas_un_nom"], folded) is None


def is_owner(line: str, words: Subject) -> bool:
    """Say whether a folded line of a cover is the name of a landlord, a developer or a group of hospitals."""
    return opening(words["proprietaires"], line[:_LONGEST]) is not None


def is_brand(name: str, folded: str, words: Subject) -> bool:
    """Say whether the name after the label of the owner is an acronym or a brand, and no town under another form.

    Args:
        name: The name as written.
        folded: The same, folded.
        words: What tells a brand, a town, and what is no name.
    """
    if category_of(folded, words) or held(words["pas_un_nom"], folded) or held(words["d_une_collectivite"], folded):
        return False
    return bool(
        compiled(_ACRONYM).fullmatch(name) or held(words["enseignes"], folded) or is_organisation(folded, words)
    )


def kind_beside(folded: str, end: int, words: Subject) -> str | None:
    """Return the category told right after a name: "Brenne Grand Large (communauté de communes)", "…, syndicat mixte".

    Args:
        folded: Folded line.
        end: Where the name ends; its initials may follow.
        words: What tells the buyer. A kind that has a name of its own ("commune de Valombre") is somebody else.
    """
    for _ in range(_APPOSITIONS):
        match = compiled(_APPOSITION).match(folded, end)
        if match is None:
            return None
        told = (match[1] or match[2]).strip()
        if compiled(any_of(words["sortes"])).fullmatch(told):
            return category_of(told, words)
        end = match.end()
    return None
