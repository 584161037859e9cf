"""Whether a notice is that of a buyer whom French law does not bind."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.notices.buyer import eforms_buyers, siret_in
from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.text import fold
from achats_check.model.document import Document

_FRANCE = frozenset(
    (
        *("FRA", "GLP", "MTQ", "GUF", "REU", "MYT", "BLM", "MAF", "SPM", "WLF", "PYF", "NCL", "ATF"),
        *("FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM", "WF", "PF", "NC", "TF"),
    )
)
"""Codes of France and of its overseas territories, in three letters (eForms) and in two (TED)."""
_OF_THE_UNION = frozenset(("32012R0966", "32018R1046", "32024R2509"))
"""Financial regulations, under which the institutions of the Union buy. Their code as a buyer is no proof: national
buyers choose it by mistake."""
_BASES = ("RegulatoryDomain", "LEGAL_BASIS")
_FRENCH_LAW = "commande publique"


def not_french(document: Document) -> str:
    """Say in French why a notice is outside French law, "" when it is not, or does not tell.

    A French body abroad, an embassy say, follows French law: a SIRET, or the name of the code, tells it.
    """
    if document.format not in ("eforms", "ted"):
        return ""
    fields = Fields(document)
    countries, identifiers = _eforms(fields) if document.format == "eforms" else _ted(fields)
    if any(siret_in(field.text) for field in identifiers):
        return ""
    if any(field.text in _OF_THE_UNION for path in _BASES for field in fields.at(path)):
        return "L'acheteur est une institution de l'Union européenne"
    codes = {field.text.upper() for field in countries}
    if not codes or codes & _FRANCE or any(_FRENCH_LAW in fold(block.text) for block in document.blocks):
        return ""
    return f"L'acheteur est établi hors de France ({', '.join(sorted(codes))})"


_Told = tuple[list[Field], list[Field]]
"""Fields of the countries and of the identifiers of the buyers."""


def _eforms(fields: Fields) -> _Told:
    own = [field for buyer in eforms_buyers(fields) for field in buyer]
    countries = [f for f in own if f.place.endswith("Company/PostalAddress/Country/IdentificationCode")]
    return countries, [field for field in own if "Company/PartyLegalEntity" in field.place]


def _ted(fields: Fields) -> _Told:
    def ending(*names: str) -> Iterator[Field]:
        return (f for f in fields.all if "ADDRESS_CONTRACTING_BODY" in f.place and f.place.endswith(names))

    return list(ending("/COUNTRY")), list(ending("/NATIONALID"))
