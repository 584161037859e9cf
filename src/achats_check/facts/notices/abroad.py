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
_ABOVE_STATES = frozenset(("eu-ins-bod-ag", "int-org", "EU_INSTITUTION"))
_FRENCH_LAW = "commande publique"


def not_french(document: Document) -> str:
    """Say in French why a notice is outside French law, "" when it is not, or does not tell.

    A French body abroad, an embassy say, follows French law: a SIRET, or the name of the code, tells it.
    """
    if document.format not in ("eforms", "ted"):
        return ""
    fields = Fields(document)
    countries, kinds, identifiers = _eforms(fields) if document.format == "eforms" else _ted(fields)
    if any(siret_in(field.text) for field in identifiers):
        return ""
    if any(field.text in _ABOVE_STATES for field in kinds):
        return "L'acheteur est une institution européenne ou une organisation internationale"
    codes = {field.text.upper() for field in countries}
    if not codes or codes & _FRANCE or any(_FRENCH_LAW in fold(block.text) for block in document.blocks):
        return ""
    return f"L'acheteur est établi hors de France ({', '.join(sorted(codes))})"


_Told = tuple[list[Field], list[Field], list[Field]]
"""Fields of the countries, of the kinds and of the identifiers of the buyers."""


def _eforms(fields: Fields) -> _Told:
    own = [field for buyer in eforms_buyers(fields) for field in buyer]
    countries = [f for f in own if f.place.endswith("Company/PostalAddress/Country/IdentificationCode")]
    kinds = list(fields.at("ContractingParty/ContractingPartyType/PartyTypeCode[buyer-legal-type]"))
    return countries, kinds, [field for field in own if "Company/PartyLegalEntity" in field.place]


def _ted(fields: Fields) -> _Told:
    def ending(*names: str) -> Iterator[Field]:
        return (f for f in fields.all if "ADDRESS_CONTRACTING_BODY" in f.place and f.place.endswith(names))

    return list(ending("/COUNTRY")), list(fields.at("CONTRACTING_BODY/CA_TYPE")), list(ending("/NATIONALID"))
