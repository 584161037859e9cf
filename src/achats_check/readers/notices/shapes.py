"""What tells sentences from codes in each XML format of notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from achats_check.readers.notices.walk import Shape, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATTRIBUTES = frozenset(
    (
        *("listName", "currencyID", "unitCode", "languageID", "schemeName"),
        *("CODE", "CTYPE", "TYPE", "CURRENCY", "VALUE", "FORM", "CATEGORY", "ITEM"),
        *("POIDS", "DEVISE"),
    )
)

_EFORMS_PROSE = {
    "Name",
    "Description",
    "Note",
    "DocumentDescription",
    "Justification",
    "OptionsDescription",
    "CompanyLegalForm",
    "ProcessReason",
    "ChangeDescription",
    "ReasonDescription",
}
_EFORMS_ASIDE = {
    "Organizations",
    "AwardingCriterion",
    "AppealTerms",
    "RealizedLocation",
    "FieldsPrivacy",
    "TenderResult",
    "NoticeResult",
    "CallForTendersDocumentReference",
    "ContractingParty",
}
"""Parts of a notice whose texts are names, addresses, remedies, or criteria that are read by their fields."""


def _eforms_prose(names: Sequence[str], element: Element) -> bool:
    return names[-1] in _EFORMS_PROSE and _EFORMS_ASIDE.isdisjoint(names) and _is_french(element)


def _is_french(element: Element) -> bool:
    language = element.attrib.get("languageID", "FRA")
    return language in ("FRA", "fra", "FR", "fr", "")


def _lot_id(element: Element) -> str:
    if local(element.tag) != "ProcurementProjectLot":
        return ""
    found = next((child for child in element if isinstance(child.tag, str) and local(child.tag) == "ID"), None)
    return re.sub(r"[^\w.-]+", "-", (found.text or "").strip())[:40] if found is not None else ""


EFORMS = Shape(_ATTRIBUTES, (), frozenset({"ProcurementProjectLot"}), _eforms_prose, _lot_id)

_TED_ASIDE = (
    "ADDRESS_",
    "CONTACT_DATA",
    "CONTRACTOR",
    "REVIEW_PROCEDURE",
    "PROCEDURES_FOR_APPEAL",
    "AWARD_CONTRACT",
    "ESTIMATED_TIMING",
)


def _ted_prose(names: Sequence[str], element: Element) -> bool:
    return names[-1] == "P" and not any(name.startswith(_TED_ASIDE) for name in names)


def _unnamed(element: Element) -> str:
    return ""


TED = Shape(
    _ATTRIBUTES,
    ("CODE", "VALUE", "CTYPE", "TYPE"),
    frozenset({"OBJECT_DESCR"}),
    _ted_prose,
    _unnamed,
    frozenset({"FT"}),
)


def without_translations(root: Element) -> Element:
    """Drop what repeats the notice: forms and titles in other languages than French, or than the original's."""
    for section in list(root):
        name = local(str(section.tag))
        if name == "FORM_SECTION":
            _keep_one_form(section)
        elif name == "TRANSLATION_SECTION":
            root.remove(section)
    return root


def _keep_one_form(section: Element) -> None:
    forms = [child for child in section if "CATEGORY" in child.attrib or "LG" in child.attrib]
    if len(forms) < 2:
        return
    kept = next((form for form in forms if form.attrib.get("LG") == "FR"), None)
    kept = kept if kept is not None else next((f for f in forms if f.attrib.get("CATEGORY") == "ORIGINAL"), forms[0])
    for form in forms:
        if form is not kept:
            section.remove(form)


_BOAMP_ASIDE = {
    "GESTION",
    "IDENTITE",
    "TITULAIRE",
    "ADRESSES_COMPLEMENTAIRES",
    "CRITERE",
    "LIEU_EXEC_LIVR",
    "PROCEDURES_RECOURS",
    "PROCEDURES_RECOURS_PRECISIONS",
    "LIEU_PRINCIPAL",
    *("organisme", "communication", "adressesComplt", "criterePondere", "lieuExecution", "lieuExecutionLivraison"),
    *("attributionMarche", "titulaire", "TITULAIRES", "HTML", "HTMLSYNTHESE"),
}
_WORDS = re.compile(r"\w\S{0,60} +\S{0,60}\w\S{0,60} +\S{0,60}\w")


def _boamp_prose(names: Sequence[str], element: Element) -> bool:
    return _BOAMP_ASIDE.isdisjoint(names) and _WORDS.search("".join(element.itertext())) is not None


BOAMP = Shape(_ATTRIBUTES, (), frozenset({"LOT", "lot"}), _boamp_prose, _unnamed)
CONTRACT = Shape(_ATTRIBUTES, (), frozenset(), lambda names, element: False, _unnamed)
