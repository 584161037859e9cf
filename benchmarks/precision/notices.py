"""Notices whose codes are hidden: their free text is read as a document, their codes are what it is compared with.

A notice gives one document for its general part and one for each lot. Only what the text says is compared: it need not
repeat the codes, so that nothing is measured of what it leaves unsaid.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from achats_check.model.document import Document
from achats_check.readers.cleaning import clean
from achats_check.readers.outline import Draft, settle

Codes = dict[str, frozenset[object]]
"""Values the codes give for a fact; several when the schema allows them (an estimate, a ceiling).

The estimate is compared, not the ceiling, for which the older schemas have no code; nor is the adapted procedure, that
European forms have no code for.
"""

_TED_PROCEDURES = {
    "PT_OPEN": "appel_offres_ouvert",
    "PT_RESTRICTED": "appel_offres_restreint",
    "PT_COMPETITIVE_NEGOTIATION": "procedure_avec_negociation",
    "PT_NEGOTIATED_WITH_PRIOR_CALL": "procedure_avec_negociation",
    "PT_COMPETITIVE_DIALOGUE": "dialogue_competitif",
    "PT_INNOVATION_PARTNERSHIP": "partenariat_innovation",
}
_EFORMS_PROCEDURES = {
    "open": "appel_offres_ouvert",
    "restricted": "appel_offres_restreint",
    "neg-w-call": "procedure_avec_negociation",
    "comp-dial": "dialogue_competitif",
    "innovation": "partenariat_innovation",
}
_BOAMP_PROCEDURES = {
    "OUVERT": "appel_offres_ouvert",
    "RESTREINT": "appel_offres_restreint",
    "PROCEDURE_ADAPTE": "procedure_adaptee",
    "NEGOCIE": "procedure_avec_negociation",
    "DIALOGUE_COMPETITIF": "dialogue_competitif",
}
_KINDS = {"WORKS": "travaux", "SUPPLIES": "fournitures", "SERVICES": "services", "FOURNITURE": "fournitures"}
_KINDS |= {"TRAVAUX": "travaux", "SERVICE": "services"}
_ADDRESSES = ("ADDRESS", "ADRESSE", "REVIEW", "RECOURS", "Organizations", "AppealTerms", "IDENTITE")
_SHORTEST = 25
"""Code points from which the text of an element is prose."""


class Notice(NamedTuple):
    """The text of a notice, or of one of its lots, and what the codes beside it say."""

    name: str
    document: Document
    codes: Codes


def notices(corpus: Path) -> Iterator[Notice]:
    """Yield every notice of the corpus, part by part."""
    for path in sorted((corpus / "ted-r209").glob("*.xml")):
        yield from _ted(path)
    for path in sorted((corpus / "eforms").glob("*.xml")):
        yield from _eforms(path)
    for path in sorted((corpus / "boamp").glob("*.xml")):
        yield from _boamp(path)


def _parts(
    name: str, root: ElementTree.Element, lots: list[ElementTree.Element], general: Codes, own: list[Codes]
) -> Iterator[Notice]:
    """Yield the general part (with its lot when there is but one), then each lot."""
    if len(lots) == 1:
        yield Notice(name, _document(name, _prose(root, set())), {**own[0], **general})
        return
    yield Notice(name, _document(name, _prose(root, set(lots))), general)
    for rank, (lot, codes) in enumerate(zip(lots, own, strict=True), 1):
        yield Notice(f"{name}#{rank}", _document(name, _prose(lot, set())), codes)


def _document(name: str, texts: Iterator[str]) -> Document:
    drafts = [Draft("paragraph", text) for text in texts]
    return Document(name, "xml", settle(drafts), role="AAPC", unread_pages=(0,))


def _prose(element: ElementTree.Element, left_out: set[ElementTree.Element]) -> Iterator[str]:
    """Yield the texts under an element that are sentences, not codes, names nor addresses."""
    if element in left_out or _tag(element).startswith(_ADDRESSES) or _tag(element) in ("GESTION", "AC"):
        return
    text = clean(element.text or "")
    if len(text) >= _SHORTEST and " " in text:
        yield from (line for line in map(clean, text.split("\n")) if line)
    for child in element:
        yield from _prose(child, left_out)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if _tag(element) == tag]


def _number(text: str | None) -> Decimal | None:
    digits = (text or "").replace(" ", "").replace(",", ".")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def _amounts(elements: list[ElementTree.Element]) -> frozenset[object]:
    return frozenset(value for value in (_number(e.text) for e in elements) if value)


def _known(codes: dict[str, frozenset[object]]) -> Codes:
    return {name: values for name, values in codes.items() if values}


def _ted(path: Path) -> Iterator[Notice]:
    root = ElementTree.parse(path).getroot()
    form = next((e for e in _all(root, "FORM_SECTION")), None)
    if form is None or not len(form) or form[0].get("CATEGORY") != "ORIGINAL":
        return
    notice = form[0]
    lots = _all(notice, "OBJECT_DESCR")
    tags = {_tag(e) for e in notice.iter()}
    divided = "LOT_DIVISION" in tags
    general = _known(
        {
            "procedure.type": _ted_procedure(_tag(notice), tags),
            "type": frozenset(
                _KINDS[e.get("CTYPE", "")] for e in _all(notice, "TYPE_CONTRACT") if e.get("CTYPE") in _KINDS
            ),
            "alloti": frozenset([True] if divided else [False] if "NO_LOT_DIVISION" in tags else []),
            "nombre_lots": frozenset([len(lots)] if divided and len(lots) > 1 else []),
            "valeur_estimee_ht": _amounts(
                _all(notice, "VAL_ESTIMATED_TOTAL") + _all(notice, "VAL_OBJECT") + _all(notice, "VAL_TOTAL")
            ),
        }
    )
    yield from _parts(path.stem, notice, lots, general, [_ted_lot(lot) for lot in lots])


def _ted_procedure(form: str, tags: set[str]) -> frozenset[object]:
    """The forms of design contests (12 and 13) tell their procedure by being what they are."""
    if form.startswith(("F12", "F13")):
        return frozenset(["concours"])
    return frozenset(kind for tag, kind in _TED_PROCEDURES.items() if tag in tags)


def _ted_lot(lot: ElementTree.Element) -> Codes:
    tags = {_tag(e) for e in lot.iter()}
    months = [
        round(value * {"MONTH": 1, "DAY": Decimal(12) / 365, "YEAR": 12}.get(e.get("TYPE", "MONTH"), 1))
        for e in _all(lot, "DURATION")
        if (value := _number(e.text)) is not None
    ]
    variants = "interdites" if "NO_ACCEPTED_VARIANTS" in tags else "autorisees" if "ACCEPTED_VARIANTS" in tags else ""
    return _known(
        {
            "duree_mois": frozenset(months if "RENEWAL" not in tags else []),
            "valeur_estimee_ht": _amounts(_all(lot, "VAL_OBJECT")),
            "variantes": frozenset([variants] if variants else []),
        }
    )


def _eforms(path: Path) -> Iterator[Notice]:
    root = ElementTree.parse(path).getroot()
    lots = [
        lot
        for lot in root
        if _tag(lot) == "ProcurementProjectLot" and not (lot.findtext("{*}ID") or "").startswith(("GLO", "PAR"))
    ]
    procedures = {_EFORMS_PROCEDURES.get(e.text or "", "") for e in _all(root, "ProcedureCode")} - {""}
    contest = any(e.text in ("cn-desg", "can-desg") for e in _all(root, "NoticeTypeCode"))
    kinds = {"works": "travaux", "supplies": "fournitures", "services": "services"}
    project = root.find("{*}ProcurementProject")
    kind = project.findtext("{*}ProcurementTypeCode") if project is not None else None
    general = _known(
        {
            "procedure.type": frozenset(["concours"] if contest else procedures),
            "type": frozenset([kinds[kind]] if kind in kinds else []),
            "nombre_lots": frozenset([len(lots)]),
            "alloti": frozenset([True] if len(lots) > 1 else []),
            "valeur_estimee_ht": _eforms_values(root),
        }
    )
    yield from _parts(path.stem, root, lots, general, [_eforms_lot(lot) for lot in lots])


def _eforms_lot(lot: ElementTree.Element) -> Codes:
    renewed = [_number(e.text) for e in _all(lot, "MaximumNumberNumeric")]
    months = []
    for period in _all(lot, "PlannedPeriod"):
        for measure in _all(period, "DurationMeasure"):
            value = _number(measure.text)
            factor = {"MONTH": Decimal(1), "DAY": Decimal(12) / 365, "YEAR": Decimal(12)}.get(
                measure.get("unitCode", "")
            )
            months += [round(value * factor)] if value is not None and factor is not None else []
    return _known(
        {
            "duree_mois": frozenset(months if not any(renewed) else []),
            "valeur_estimee_ht": _eforms_values(lot),
        }
    )


def _eforms_values(element: ElementTree.Element) -> frozenset[object]:
    names = ("EstimatedOverallContractAmount", "FrameworkMaximumAmount", "MaximumValueAmount")
    return _amounts([e for name in names for e in _all(element, name)])


def _boamp(path: Path) -> Iterator[Notice]:
    root = ElementTree.parse(path).getroot()
    data = root.find("DONNEES")
    if data is None:
        return
    lots = _all(data, "LOT")
    types = {_tag(e) for parent in _all(data, "TYPE_PROCEDURE") for e in parent}
    kinds = {_tag(e) for parent in _all(data, "TYPE_MARCHE") for e in parent}
    general = _known(
        {
            "procedure.type": frozenset(_BOAMP_PROCEDURES[t] for t in types if t in _BOAMP_PROCEDURES),
            "type": frozenset(_KINDS[k] for k in kinds if k in _KINDS),
            "nombre_lots": frozenset([len(lots)] if len(lots) > 1 else []),
            "valeur_estimee_ht": _amounts(_all(data, "VALEUR") + _all(data, "VALEUR_TOTALE")),
        }
    )
    yield from _parts(path.stem, data, lots, general, [_boamp_lot(lot) for lot in lots])


def _boamp_lot(lot: ElementTree.Element) -> Codes:
    months = [value for e in _all(lot, "DUREE_MOIS") if (value := _number(e.text)) is not None]
    renewed = bool(_all(lot, "RENOUVELLEMENT_OUI"))
    return _known(
        {
            "duree_mois": frozenset([] if renewed else map(int, months)),
            "valeur_estimee_ht": _amounts(_all(lot, "VALEUR")),
        }
    )
