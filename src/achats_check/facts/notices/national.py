"""What notices under national law say otherwise than European ones: the names of their procedures, reservations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.found import Doubt, Found

_FORMAL = {"appel_offres_ouvert", "appel_offres_restreint", "procedure_avec_negociation"}
_FAMILY, _NATIONAL = "GESTION/REFERENCE/TYPE_AVIS/FAMILLE/*", ("FNS", "MAPA")
_SIMPLIFIED = "DONNEES/PROCEDURE/CATEGORIE_ACHETEUR"
"""A field that only the simplified national form has, where "open" is also said of adapted procedures."""
_UNSURE = "l'avis est de droit national : sa procédure « ouverte » ou « restreinte » peut être une procédure adaptée"
_ABOUT, _ANSWERS = "reserv", ("oui", "non")
_RESERVED = "l'avis dit la consultation réservée, sans dire à qui"


def unsure_of_procedures(fields: Fields, found: Sequence[Found | Doubt]) -> Iterator[Found | Doubt]:
    """Yield what was found, where a notice under national law leaves open whether the procedure is a formal one."""
    unsure = {"eforms": _european, "boamp": _simplified}.get(fields.document.format)
    national = unsure is not None and unsure(fields, found)
    for item in found:
        if national and isinstance(item, Found) and item.name == "procedure.type" and item.value in _FORMAL:
            yield Doubt(item.name, item.field, _UNSURE)
        else:
            yield item


def _european(fields: Fields, found: Sequence[Found | Doubt]) -> bool:
    """Whether a European form serves national law: E1 to E6 do; "other" law is at times ticked for the directive."""
    if any(field.text.startswith("E") for field in fields.at("NoticeSubType/SubTypeCode")):
        return True
    adapted = any(isinstance(item, Found) and item.value == "procedure_adaptee" for item in found)
    return adapted and any(field.text == "other" for field in fields.at("RegulatoryDomain"))


def _simplified(fields: Fields, found: Sequence[Found | Doubt]) -> bool:
    family = any(field.text in _NATIONAL for field in fields.at(_FAMILY))
    return family and next(fields.under(_SIMPLIFIED), None) is not None


def reservations(fields: Fields) -> Iterator[Found | Doubt]:
    """Yield whether a national notice of the BOAMP says that the contract, or a lot, is reserved."""
    for field in fields.under("AVIS_NATIONAL"):
        answer = _answer(field)
        if answer is None:
            continue
        yield Found("reservation.mention_avis", answer, field, 0.9, field.lot)
        if answer:
            yield Doubt("reservation.categorie", field, _RESERVED)
        else:
            yield Found("reservation.categorie", "aucune", field, 0.9, field.lot)


def _answer(field: Field) -> bool | None:
    """Return what an element about a reservation answers ("…/reservation/non"), None for any other."""
    steps = [step.partition("[")[0].lower() for step in field.place.split("/")]
    told = next((answer for about, answer in pairwise(steps) if _ABOUT in about and answer in _ANSWERS), None)
    if told is None and _ABOUT in steps[-1]:
        told = next((answer for answer in _ANSWERS if steps[-1].endswith(answer)), None)
    return None if told is None else told == _ANSWERS[0]
