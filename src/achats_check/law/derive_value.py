"""Derived facts on the value, the lots, the object and the procedure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal

from achats_check.law.context import Context
from achats_check.law.kleene import agreed
from achats_check.law.records import number
from achats_check.model.fact import KNOWN, MARCHE, Scope

FORMAL = {
    "appel_offres_ouvert",
    "appel_offres_restreint",
    "procedure_avec_negociation",
    "dialogue_competitif",
    "partenariat_innovation",
    "concours",
}

_SURE_KIND = 0.85
"""Confidence from which a market of supplies or works is not one of services."""


def lot_count(context: Context) -> int | None:
    """Count the lots described; a single one may be a passing mention, and proves nothing."""
    count = len(context.facts.lots)
    return count if count > 1 else None


def divided_in_lots(context: Context) -> bool | None:
    """Say whether the market is divided, from the number of lots; "lot 20" alone is one of a market put out before."""
    count = number(context.known("nombre_lots"))
    if count is None or (count == 1 and any(lot.isdigit() and int(lot) > 1 for lot in context.facts.lots)):
        return None
    return count > 1


def reason_of_the_law(context: Context) -> bool | None:
    """Say whether the reason given for not dividing into lots uses the words of one that the law admits.

    Unknown when it also speaks of convenience: "un interlocuteur unique pour la coordination" may be either.

    Source:
        CCP, art. L2113-10 and L2113-11.
    """
    reason = context.known("non_allotissement.motif")
    if not isinstance(reason, str):
        return None
    table, told = context.book.lists["motifs_non_allotissement"], reason.lower()
    if not any(word in told for word in table["mots"]):
        return False
    return None if any(word in told for word in table["commodites"]) else True


def contract_kind(context: Context) -> str | None:
    """Return "concession" when the form of the purchase, or that of a convention, says so."""
    delegated = context.known("conventionnement.forme") == "dsp"
    return "concession" if delegated or context.known("forme") == "concession" else None


def beneficiary_kind(context: Context) -> str | None:
    """Return "association" for the project of an association, which is the one aided unless another is named."""
    return "association" if context.known("conventionnement.initiative") == "association" else None


def procedure_family(context: Context) -> str | None:
    """Return "dispense", "adaptee" or "formalisee"."""
    kind = context.known("procedure.type")
    if kind == "sans_publicite_ni_mise_en_concurrence":
        return "dispense"
    if kind == "procedure_adaptee":
        return "adaptee"
    return "formalisee" if kind in FORMAL else None


def value_of_need(context: Context) -> Decimal | None:
    """Return the value compared with thresholds: a framework's ceiling, an estimate, or all lots together.

    Source:
        CCP, art. R2121-1 (all lots, options and renewals) and R2121-8 (ceiling of a framework).
    """
    estimate = number(context.known("valeur_estimee_ht"))
    ceiling = number(context.known("valeur_maximale_ht"))
    if estimate is not None and ceiling is not None and context.known("forme") != "marche":
        return max(estimate, ceiling)
    if estimate is not None:
        return estimate
    return ceiling if ceiling is not None else _sum_of_lots(context)


def _sum_of_lots(context: Context) -> Decimal | None:
    lots = context.facts.lots
    if context.scope != MARCHE or not lots or number(context.known("nombre_lots")) != len(lots):
        return None
    values = [value_of_need(context.at(Scope("lot", lot))) for lot in lots]
    return None if None in values else sum((v for v in values if v is not None), Decimal(0))


def family_total(context: Context) -> Decimal | None:
    """Add the orders of twelve months and this purchase."""
    orders = context.known("famille_achats.commandes_12_mois")
    need = number(context.known("valeur_besoin_ht"))
    if not isinstance(orders, tuple) or need is None:
        return None
    return sum((amount for order in orders if (amount := number(order)) is not None), need)


def social_services(context: Context) -> bool | None:
    """Say whether the CPV codes are social and specific services; None when a code is only probable."""
    if context.known("type") in {"travaux", "fournitures"}:
        return False
    table = context.book.lists["cpv_services_sociaux"]
    codes = _codes(context)
    if codes is None:
        return None if _may_be_social(context.known("objet"), table["mots"]) else False
    certain = [_starts(code, table["certains"]) for code in codes]
    if all(certain):
        return True
    return None if any(certain) or any(_starts(code, table["probables"]) for code in codes) else False


def _may_be_social(subject: object, words: Iterable[str]) -> bool:
    """Say whether an object, without its code, could be a social or specific service."""
    return not isinstance(subject, str) or any(word in subject.lower() for word in words)


def reservable_to_ess(context: Context) -> bool | None:
    """Say whether the object is in the list of services that may be reserved to the ESS.

    A lot among several that has no code of its own is not judged by the market's; but the list holds services only.
    """
    codes = _codes(context)
    borrowed = context.scope.kind == "lot" and context.facts.get("cpv", context.scope) is None
    if borrowed and len(context.facts.lots) > 1:
        return False if _surely_no_service(context) else None
    if codes is None:
        return None
    table = context.book.lists["cpv_reservables_ess"]
    inside = [
        code in table["codes"] or any(low <= code <= high for low, high in table["intervalles"]) for code in codes
    ]
    if not inside[0]:
        return False
    return True if all(inside) else None


def _surely_no_service(context: Context) -> bool:
    kind = context.fact("type")
    return kind.status == KNOWN and kind.value in {"fournitures", "travaux"} and kind.confidence >= _SURE_KIND


def _codes(context: Context) -> tuple[str, ...] | None:
    codes = context.known("cpv")
    return tuple(str(code)[:8] for code in codes) if isinstance(codes, tuple) and codes else None


def _starts(code: str, prefixes: Iterable[str]) -> bool:
    return code.startswith(tuple(prefixes))


def reserved_duration(context: Context) -> int | None:
    """Return the duration of the market when it is reserved."""
    category = context.known("reservation.categorie")
    duration = context.known("duree_mois")
    return duration if category not in {None, "aucune"} and isinstance(duration, int) else None


def months_since_previous(context: Context) -> Decimal | None:
    """Count the whole months from the previous reserved award to the day of the law."""
    awarded = context.known("reservation.titulaire_precedent.date_attribution")
    if not isinstance(awarded, date):
        return None
    months = (context.day.year - awarded.year) * 12 + context.day.month - awarded.month
    return Decimal(months - (context.day.day < awarded.day))


def turnover_ratio(context: Context) -> Decimal | None:
    """Return the required turnover over the estimated value; None unless the form is known not to be a framework.

    The base of a framework is what one holder may have to perform at the same time. Rounded up, so that a
    turnover one euro over the ceiling is over it.

    Source:
        CCP, art. R2142-7 to R2142-9.
    """
    turnover = number(context.known("chiffre_affaires_minimal_ht"))
    need = number(context.known("valeur_besoin_ht"))
    if turnover is None or not need or context.known("forme") in {None, "accord_cadre"}:
        return None
    return (turnover / need).quantize(Decimal("0.0001"), ROUND_CEILING)


def small_lots_share(context: Context) -> Decimal | None:
    """Return the share of the small lots in the value of all lots, in percent, rounded up: one euro over is over."""
    total = number(context.known("valeur_besoin_ht"))
    lots = [context.at(Scope("lot", lot)) for lot in context.facts.lots]
    small = [lot for lot in lots if lot.known("petit_lot") is True]
    values = [number(lot.known("valeur_besoin_ht")) for lot in small]
    if not total or not small or None in values:
        return None
    return (100 * sum((v for v in values if v is not None), Decimal(0)) / total).quantize(
        Decimal("0.01"), ROUND_CEILING
    )


def lot_within_reach(context: Context) -> bool | None:
    """Say whether one lot at least stays under the legal limit of small lots."""
    lots = [context.at(Scope("lot", lot)) for lot in context.facts.lots]
    if not lots:
        return None
    found = [_within_reach(lot) for lot in lots]
    if True in found:
        return True
    return None if None in found else False


def _within_reach(lot: Context) -> bool | None:
    value = number(lot.known("valeur_besoin_ht"))
    limits = [row.value for row in lot.rows("petits_lots.procedure_adaptee") if row.value is not None]
    return None if value is None else agreed(value < limit for limit in limits)
