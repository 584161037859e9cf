"""Which dated values may apply, by day, buyer category and contract type.

When the buyer or the nature of the contract is not settled, every value that could apply is a candidate:
a comparison is then settled only if all candidates agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from achats_check.law.conditions import truth
from achats_check.law.view import View
from achats_check.model.rule import Parameter, ParameterRow

BUYER_FACTS = ("acheteur.categorie", "acheteur.entite_adjudicatrice")
NATURE_FACTS = ("type", "services_sociaux_specifiques", "contrat", "regime")
_TYPES = ("travaux", "fournitures", "services")
_PRECEDENCE = {
    "entite_adjudicatrice": 4,
    "autorite_concedante": 4,
    "autorite_centrale": 3,
    "etablissement_sante": 3,
    "tous": 0,
}


def applicable_rows(parameter: Parameter, view: View) -> tuple[ParameterRow, ...]:
    """Return the rows that may apply, each once, in the order of the file.

    Returns:
        One row when everything is settled; several when the buyer, the nature or a condition is not;
        none when the parameter has no value that day for that buyer.
    """
    rows = [row for row in parameter.rows if row.in_force(view.day)]
    if len(rows) <= 1 and all(row.buyers == ("tous",) and not row.natures for row in rows):
        return tuple(rows)
    found: dict[int, ParameterRow] = {}
    for codes, nature in product(buyer_codes(view), natures(view)):
        for row in _most_specific(_of_nature(rows, nature), codes, view):
            found[id(row)] = row
    return tuple(row for row in rows if id(row) in found)


def buyer_codes(view: View) -> tuple[frozenset[str], ...]:
    """Return the sets of legal codes the buyer may have, one for each category it may be."""
    table = view.book.lists["codes_acheteurs"]
    categories = view.candidates("acheteur.categorie") or tuple(table)
    networks = view.candidates("acheteur.entite_adjudicatrice") or (True, False)
    found = []
    for category, network in product(categories, networks):
        if category == "entite_adjudicatrice" and not network:
            continue
        codes = frozenset(table.get(str(category), ())) | {"tous", "autorite_concedante"}
        found.append(codes | {"entite_adjudicatrice"} if network else codes)
    return tuple(dict.fromkeys(found))


def natures(view: View) -> tuple[str, ...]:
    """Return the legal natures the contract may have."""
    if view.known("contrat") == "concession":
        return ("concession",)
    kinds = [str(kind) for kind in view.candidates("type")] or list(_TYPES)
    if view.known("regime") == "defense_securite":
        return tuple(dict.fromkeys("defense_travaux" if kind == "travaux" else "defense" for kind in kinds))
    if "services" in kinds:
        social = view.candidates("services_sociaux_specifiques") or (True, False)
        kinds = [k for k in kinds if k != "services"]
        kinds += ["services_sociaux" if value else "services" for value in social]
    return tuple(dict.fromkeys(kinds))


def _of_nature(rows: Iterable[ParameterRow], nature: str) -> list[ParameterRow]:
    rows = list(rows)
    exact = [row for row in rows if nature in row.natures]
    if exact:
        return exact
    if nature == "services_sociaux":
        ordinary = [row for row in rows if "services" in row.natures]
        if ordinary:
            return ordinary
    return [row for row in rows if not row.natures]


def _most_specific(rows: list[ParameterRow], codes: frozenset[str], view: View) -> list[ParameterRow]:
    held = [
        (row, True if row.condition is None else truth(row.condition, view)) for row in rows if codes & set(row.buyers)
    ]
    certain = [row for row, holds in held if holds and row.condition is not None]
    if certain:
        return certain
    possible = [row for row, holds in held if holds is not False]
    best = max((_precedence(row, codes) for row in possible), default=0)
    return [row for row in possible if _precedence(row, codes) == best or row.condition is not None]


def _precedence(row: ParameterRow, codes: frozenset[str]) -> int:
    return max(_PRECEDENCE.get(code, 2) for code in row.buyers if code in codes)
