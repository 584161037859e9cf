"""The amendments of one contract, where each row of a table tells one of them: kept apart, then applied in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.contracts.amendments import Amended, Amendment, applied, ordered
from achats_check.contracts.holders import Holders
from achats_check.contracts.notes import Note

_AMOUNT, _MONTHS = "execution.montant_ht", "duree_mois"
_HOLDERS, _NAMES = "titulaires", "titulaires_noms"


def written_amendments(items: Sequence[Amendment], before: Holders) -> str:
    """Return the amendments of a row, and its holders before them, as text."""
    told = [
        {
            **item._asdict(),
            "day": item.day.isoformat() if item.day else None,
            "amount": None if item.amount is None else str(item.amount),
        }
        for item in items
    ]
    return json.dumps({"items": told, "before": before}, ensure_ascii=False)


def initial_row(row: Mapping[str, Any], written: str | None) -> dict[str, Any]:
    """Return a row as it was before its amendments.

    Args:
        row: The row.
        written: Its amendments, as ``written_amendments`` gives them; nothing when it tells none.
    """
    if not written:
        return dict(row)
    before = Holders(*json.loads(written)["before"])
    return {
        **row,
        _AMOUNT: row.get("montant_initial_ht"),
        _MONTHS: row.get("duree_initiale_mois"),
        _HOLDERS: list(before.identifiers) or None,
        _NAMES: list(before.names) or None,
        "avenants": 0,
    }


def amended_row(initial: Mapping[str, Any], written: Iterable[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a row after all amendments, and the columns on which these contradict each other: they are unknown.

    Args:
        initial: The row before them.
        written: The amendments of each row that tells some.
    """
    items = _distinct(_amendment(data) for text in written for data in json.loads(text)["items"])
    held = Holders(*(tuple(initial.get(name) or ()) for name in (_HOLDERS, _NAMES)))
    last = Amended(initial.get(_AMOUNT), initial.get(_MONTHS), held, len(items), len(items), ())
    notes: list[Note] = []
    for at_once in ordered(items):
        last = applied(last, at_once, notes)
    row = {
        **initial,
        _AMOUNT: last.amount,
        _MONTHS: last.months,
        _HOLDERS: list(last.holders.identifiers) or None,
        _NAMES: list(last.holders.names) or None,
        "avenants": last.applied,
    }
    lost = (name for name in (_AMOUNT, _MONTHS, _HOLDERS) if initial.get(name) is not None and row[name] is None)
    return row, tuple(lost) if notes else ()


def _amendment(data: Mapping[str, Any]) -> Amendment:
    return Amendment(
        data["number"],
        date.fromisoformat(data["day"]) if data["day"] else None,
        None if data["amount"] is None else Decimal(data["amount"]),
        data["months"],
        Holders(*map(tuple, data["holders"])),
        tuple(data["unread"]),
    )


def _distinct(items: Iterable[Amendment]) -> list[Amendment]:
    """Return each amendment once; one told for each of its holders has all of them."""
    by_content: dict[Any, list[Amendment]] = {}
    for item in items:
        by_content.setdefault(item._replace(holders=Holders((), ())), []).append(item)
    found = []
    for alone, same in by_content.items():
        identifiers, names = ({one for item in same for one in item.holders[rank]} for rank in (0, 1))
        found.append(alone._replace(holders=Holders(tuple(sorted(identifiers)), tuple(sorted(names)))))
    return found
