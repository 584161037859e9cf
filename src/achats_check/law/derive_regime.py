"""Which book of the code governs a purchase, and what keeps from presuming that it is the ordinary one."""

from __future__ import annotations

from typing import Any

from achats_check.law.context import Context
from achats_check.law.derive_articles import invoked_articles

ORDINARY_ARTICLES = ("L21", "R21", "D21")
BOOKS_OF_ARTICLES = {
    "livre_v": ("L25", "R25", "L32", "R32"),
    "defense_securite": ("L23", "R23"),
}
"""Beginnings of the articles that only such a purchase invokes; a concession has the same exclusions in part three."""
OWN_LAW_OVERSEAS = ("wallis_et_futuna", "polynesie_francaise", "nouvelle_caledonie")
"""Where the code governs the purchases of the State and of its establishments only."""
STATE = ("etat", "epa_etat", "epic_etat")
LOCAL = ("region", "departement", "commune", "epci", "metropole", "etablissement_public_local")


def governing_book(context: Context) -> str | None:
    """Return the book told by the articles invoked, or "hors_code" for a local authority that has its own law.

    Source:
        CCP, art. L1113-1, L2511-1 to L2515-1, L3211-1 to L3221-7; L2651-1, L2661-1 and L2671-1 overseas.
    """
    if context.known("outre_mer") in OWN_LAW_OVERSEAS and context.known("acheteur.categorie") in LOCAL:
        return "hors_code"
    invoked = invoked_articles(context)
    if any(article.startswith(ORDINARY_ARTICLES) for article in invoked):
        return None
    for book, beginnings in BOOKS_OF_ARTICLES.items():
        if any(article.startswith(beginnings) for article in invoked):
            return book
    return None


def ordinary_book_unsettled(context: Context) -> bool:
    """Say that the object, the articles or the place may take the purchase out of the ordinary book.

    Source:
        CCP, art. L2512-5 (buildings, loans, legal representation, research…) and L1113-1 (defence, the State only).
    """
    category = context.known("acheteur.categorie")
    if context.known("outre_mer") in OWN_LAW_OVERSEAS and category not in STATE:
        return True
    if any(article.startswith(_EXCLUDING) for article in invoked_articles(context)):
        return True
    lists = context.book.lists
    if category in {None, *STATE} and _touches(context, lists["objets_de_defense"]):
        return True
    return context.known("type") not in {"travaux", "fournitures"} and _touches(context, lists["objets_exclus"])


_EXCLUDING = tuple(beginning for beginnings in BOOKS_OF_ARTICLES.values() for beginning in beginnings)


def _touches(context: Context, table: Any) -> bool:
    codes, subject = context.known("cpv"), context.known("objet")
    if isinstance(codes, tuple) and any(str(code).startswith(tuple(table["cpv"])) for code in codes):
        return True
    return isinstance(subject, str) and any(word in subject.lower() for word in table["mots"])
