"""Derived facts that the articles invoked, or one another fact, already tell."""

from __future__ import annotations

from decimal import Decimal

from achats_check.law.context import Context
from achats_check.law.records import number
from achats_check.model.fact import MARCHE, Scope

CENTRAL_PURCHASING = {"L2113-2", "L2113-3", "L2113-4"}
"""A buyer who orders from a central purchasing body is held to have met its duties of publication and competition."""
OTHER_DISPENSES = {*(f"R2122-{rank}" for rank in (1, 2, 3, 4, 5, 6, 7, 10, 11)), "R2122-9-1", *CENTRAL_PURCHASING}
BOOK_DISPENSE = "R2122-9"
SMALL_AMOUNT = "R2122-8"
UNSETTLED_ARTICLES = ("L2122-1", "Décret", "décret", "Ordonnance", "ordonnance", "Code", "code", "Art", "art")
"""Beginnings of what is invoked without saying which case: the article that sends to all of them, the older texts."""
BOOKS = ("22110", "22113", "22114")
INNOVATION = {"R2122-9-1", "R2322-16"}


def other_dispense(context: Context) -> bool | None:
    """Say that a case of dispensation other than the small amount is invoked, or is that of books.

    Source:
        CCP, art. R2122-1 to R2122-11; R2122-9 for books other than schoolbooks; L2113-4 for central purchasing.
    """
    invoked = invoked_articles(context)
    if invoked & OTHER_DISPENSES:
        return True
    books = BOOK_DISPENSE in invoked or _all_books(context)
    return True if books and _under_the_limit_of_books(context) else None


def other_dispense_unsettled(context: Context) -> bool:
    """Say that another case may be invoked: an article that names none, an urgency, books of unknown value."""
    invoked = invoked_articles(context)
    if SMALL_AMOUNT in invoked:
        return False
    if context.known("urgence") is True or (BOOK_DISPENSE in invoked and _value(context) is None):
        return True
    return any(article.startswith(UNSETTLED_ARTICLES) for article in invoked)


def _all_books(context: Context) -> bool:
    codes = context.known("cpv")
    return isinstance(codes, tuple) and bool(codes) and all(str(code).startswith(BOOKS) for code in codes)


def _under_the_limit_of_books(context: Context) -> bool:
    value = _value(context)
    limits = [row.value for row in context.rows("dispense.livres") if row.value is not None]
    return value is not None and bool(limits) and value < min(limits)


def _value(context: Context) -> Decimal | None:
    return number(context.known("valeur_besoin_ht")) or number(context.known("valeur_estimee_ht"))


def innovative(context: Context) -> bool | None:
    """Say that the purchase is innovative when the articles on innovation are invoked."""
    return True if invoked_articles(context) & INNOVATION else None


def invoked_articles(context: Context) -> set[str]:
    """Return the articles invoked for the procedure, and the other texts as they are written."""
    held = context.known("procedure.fondement")
    return {str(article) for article in held} if isinstance(held, tuple) else set()


def ceiling_fixed(context: Context) -> bool | None:
    """Say that a ceiling is fixed when one is known, for the market or for one of its lots."""
    scopes = [MARCHE, *(Scope("lot", lot) for lot in context.facts.lots)]
    return True if any(context.at(scope).known("valeur_maximale_ht") is not None for scope in scopes) else None


def described_lots(context: Context) -> int | None:
    """Count the lots described one by one; a market that is not divided has none to describe."""
    return len(context.facts.lots) or (0 if context.known("alloti") is False else None)


def value_of_all_lots(context: Context) -> Decimal | None:
    """Add the estimates of the lots described, when all are known: a ceiling is no estimate to hold against another."""
    values = [number(context.at(Scope("lot", lot)).known("valeur_estimee_ht")) for lot in context.facts.lots]
    return None if not values or None in values else sum((v for v in values if v is not None), Decimal(0))


def list_published(context: Context) -> bool | None:
    """Say that the yearly list was published when its date is known."""
    return True if context.known("execution.date_liste_publiee") is not None else None
