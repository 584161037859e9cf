"""Where each format writes its award criteria: fields of a notice → lists of criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.notices.criteria import Criterion, number
from achats_check.facts.notices.fields import FRENCH, Field, Fields, group
from achats_check.facts.notices.lots import Lots
from achats_check.patterns import compiled

_EFORMS = "ProcurementProjectLot/TenderingTerms/AwardingTerms/AwardingCriterion"
_TED = "OBJECT_CONTRACT/OBJECT_DESCR"
_BOAMP = ("DONNEES/PROCEDURE/CRITERES_ATTRIBUTION", "DONNEES/OBJET/LOTS/LOT/CRITERES_ATTRIBUTION")
_NATIONAL = "AVIS_NATIONAL/criteres"
_FREE = (
    "AVIS_NATIONAL/procedure/criteresAttrib",
    "DONNEES/PROCEDURE/CRITERES_ATTRIBUTION/CRITERES_LIBRE",
    "AVIS_NATIONAL/criteres/critereLibre",
)
"""Criteria typed as a text: « Prix : 60 % ; délai : 40 % »."""
_FREE_ONE = r"([^\d%;\n]{3,160}?)[\s:=.(–-]{0,12}(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|points?\b|pts?\b|/ ?100\b)\s*\)?"
"""One of them: its name, its weight."""
_HUNDRED = 100
_SEARCHED = 4000
"""Code points of such a text: with a longer one, the weights that are read do not make a hundred."""
_HIDDEN = "unpublished"


def lists(fields: Fields, lots: Lots) -> Iterator[tuple[str, list[Criterion]]]:
    """Yield (key of the lot or "", criteria) for each list of criteria of a notice, in order."""
    read = {"eforms": _eforms, "ted": _ted, "boamp": _boamp}.get(fields.document.format)
    found: dict[str, list[Criterion]] = {}
    for field_lot, criterion in read(fields) if read else ():
        if lots.scope(field_lot) is not None:
            found.setdefault(field_lot, []).append(criterion)
    yield from found.items()


def _eforms(fields: Fields) -> Iterator[tuple[str, Criterion]]:
    for _, whole in group(list(fields.under(_EFORMS)), "AwardingCriterion"):
        parts = list(group(whole, "SubordinateAwardingCriterion"))
        for _, own in parts or [("", whole)]:
            criterion = _eforms_criterion(own)
            if criterion is not None:
                yield own[0].lot, criterion


def _eforms_criterion(own: Sequence[Field]) -> Criterion | None:
    by_name = {name: _last(own, name) for name in ("Name", "Description", "AwardingCriterionTypeCode", "Weight")}
    shown = by_name["Name"] or by_name["Description"] or by_name["AwardingCriterionTypeCode"]
    if shown is None or shown.text == _HIDDEN:
        return None
    kind = by_name["AwardingCriterionTypeCode"]
    detail = by_name["Description"] if by_name["Name"] else None
    weight, unit = _eforms_weight(own)
    name = shown.text if shown is not kind else {"price": "Prix", "cost": "Coût"}.get(shown.text, "")
    return Criterion(shown, name, detail.text if detail else "", kind.text if kind else "", weight, unit)


def _eforms_weight(own: Sequence[Field]) -> tuple[Decimal | None, str]:
    for _, parameter in group(own, "AwardCriterionParameter"):
        code = next((f for f in parameter if f.attribute("listName") == "number-weight"), None)
        value = _last(parameter, "ParameterNumeric")
        if code is not None and value is not None and code.text != _HIDDEN:
            return number(value.text), code.text
    weight = _last(own, "Weight")
    return (number(weight.text), "") if weight is not None else (None, "")


def _last(own: Sequence[Field], name: str) -> Field | None:
    """Return the first field of a name, the French one where there are several languages."""
    same = [field for field in own if field.place.rpartition("/")[2].partition("[")[0] == name]
    return next((field for field in same if field.attribute("languageID") in FRENCH), same[0] if same else None)


def _ted(fields: Fields) -> Iterator[tuple[str, Criterion]]:
    own = [field for field in fields.under(_TED) if "/AC_" in field.place]
    for tag, kind in (("AC_QUALITY", "quality"), ("AC_COST", "cost"), ("AC_PRICE", "price")):
        for _, parts in group(own, tag):
            named, weighted = _last(parts, "AC_CRITERION"), _last(parts, "AC_WEIGHTING")
            weight = number(weighted.text) if weighted else None
            shown = named or weighted or parts[0]
            yield shown.lot, Criterion(shown, named.text if named else "Prix", "", kind, weight)
    for field in own:
        if not any(tag in field.place for tag in ("AC_QUALITY", "AC_COST", "AC_PRICE", "AC_PROCUREMENT_DOC")):
            yield field.lot, Criterion(field, field.text)


def _free(fields: Fields) -> Iterator[tuple[str, Criterion]]:
    """Yield criteria typed as a text, when each has a weight and their sum is a hundred."""
    typed = [field for path in _FREE for field in fields.at(path)]
    found = [
        Criterion(field, match[1].strip(), "", "", number(match[2]), "per-exa")
        for field in typed
        for match in compiled(_FREE_ONE).finditer(field.text[:_SEARCHED])
    ]
    if len(found) > 1 and sum(item.weight or 0 for item in found) == _HUNDRED:
        yield from ((item.field.lot, item) for item in found)


def _boamp(fields: Fields) -> Iterator[tuple[str, Criterion]]:
    for path in _BOAMP:
        for field in fields.under(path):
            name = field.place.rpartition("/")[2].partition("[")[0]
            if name == "CRITERE":
                kind = "cost" if "CRITERES_COUT" in field.place else ""
                yield field.lot, Criterion(field, field.text, "", kind, number(field.attribute("POIDS")))
            elif name == "POIDS" and "CRITERES_PRIX" in field.place:
                yield field.lot, Criterion(field, "Prix", "", "price", number(field.text))
            elif name == "CRITERES_PRIX":
                yield field.lot, Criterion(field, "Prix", "", "price")
    for _, parts in group(list(fields.under(_NATIONAL)), "criterePondere"):
        named, weighted = _last(parts, "critere"), _last(parts, "criterePCT")
        if named is not None:
            weight = number(weighted.text) if weighted else None
            yield named.lot, Criterion(named, named.text, "", "", weight, "per-exa")
    yield from _free(fields)
