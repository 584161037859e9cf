"""What a report says of the purchase: its name, its buyer, its worth, its lots."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from achats_check.model.fact import ABSENT, ACHETEUR, KNOWN, MARCHE, Scope
from achats_check.model.report import Report
from achats_check.reports.wording import count
from achats_check.wording import (
    NBSP,
    enum_label,
    format_amount,
    shorten,
)


def purchase_line(report: Report) -> str:
    """Name the purchase: "Entretien des espaces verts — services, 320 000 € HT, 48 mois, 4 lots"."""
    return " — ".join(part for part in (purchase_title(report), purchase_features(report)) if part)


def purchase_title(report: Report) -> str:
    """Return what is bought, as the documents name it, shortened for a title."""
    title = shorten(purchase_subject(report), 140) or "Objet du marché inconnu"
    return f"{title[0].upper()}{title[1:]}"


def purchase_subject(report: Report) -> str:
    """Return what is bought, in all the words of the documents; "" when none says it."""
    return str(_known(report, "objet") or "")


def purchase_features(report: Report) -> str:
    """Return what is known of the purchase: its nature, its worth, its duration, its lots, its procedure; or ""."""
    features = [text for text in (_kind(report), _worth(report), _duration(report), _lots(report)) if text]
    if (procedure := _known(report, "procedure.type")) is not None:
        features.append(enum_label(procedure))
    return ", ".join(features)


def buyer_name(report: Report) -> str:
    """Return the name of the buyer, as the documents write it; "" when none does."""
    return str(_known(report, "acheteur.nom", ACHETEUR) or "")


def _known(report: Report, name: str, scope: Scope = MARCHE) -> Any:
    fact = report.facts.get(name, scope)
    return fact.value if fact is not None and fact.status in (KNOWN, ABSENT) else None


def _kind(report: Report) -> str:
    """Say what is no ordinary contract, what is bought, and whether it is by orders to come."""
    named = (_known(report, "contrat"), _known(report, "type"), _known(report, "forme"))
    return ", ".join(enum_label(word) for word in dict.fromkeys(named) if word and word != "marche")


def _worth(report: Report) -> str:
    for name, prefix in (
        ("valeur_estimee_ht", ""),
        ("valeur_maximale_ht", "maximum "),
        ("valeur_besoin_ht", ""),
    ):
        if (amount := _known(report, name)) is not None:
            return prefix + format_amount(Decimal(amount))
    return ""


def _duration(report: Report) -> str:
    months = _known(report, "duree_mois")
    return "" if months is None else format_amount(Decimal(months), "mois")


def _lots(report: Report) -> str:
    lots = _known(report, "nombre_lots") or len(report.facts.lots)
    if lots == 1 and report.facts.lots not in ((), ("1",)) and _known(report, "nombre_lots") is None:
        return f"lot{NBSP}{report.facts.lots[0]}"  # the piece of one lot among others that were not supplied
    if lots:
        return count(int(lots), "lot")
    return "non alloti" if _known(report, "alloti") is False else ""
