"""Who buys, as a notice or a record says it: name, SIRET and category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.codes import is_siret
from achats_check.facts.notices.fields import FRENCH, Field, Fields, group
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.structure.buyer_names import category_of
from achats_check.facts.terms import Subject
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_SIREN_CATEGORIES = {"21": "commune", "22": "departement", "23": "region"}
"""First digits of the SIREN that the Insee keeps for one kind of public body."""
_DECP_BUYERS = ("acheteur", "autoriteConcedante")
"""Of a contract, of a concession; "acheteur.id" where a publisher flattens the object."""
_NAMES = (
    "DONNEES/IDENTITE/DENOMINATION",
    *(f"AVIS_NATIONAL/organisme/{name}" for name in ("nomOfficiel", "acheteurPublic", "denomination", "nom")),
    "GESTION/INDEXATION/NOMORGANISME",
)
_NUMBERS = (
    "DONNEES/IDENTITE/CODE_IDENT_NATIONAL",
    "DONNEES/IDENTITE/TYPE_IDENT_NATIONAL/SIRET",
    "AVIS_NATIONAL/organisme/codeIdentificationNational",
    "AVIS_NATIONAL/organisme/typeIdentificationNational/siret",
)
"""Where the BOAMP writes the name and the SIRET of the buyer, form after form."""
_COMPANY = "Organizations/Organization"
_BUYER = "ContractingParty/Party/PartyIdentification/ID"


def read_buyer(fields: Fields, words: Subject) -> Iterator[Found | Doubt]:
    """Yield ``acheteur.nom``, ``acheteur.siret`` and ``acheteur.categorie`` of the only, or the first, buyer."""
    read = {"eforms": _eforms, "ted": _ted, "boamp": _boamp, "decp": _decp}[fields.document.format]
    names, identifiers, several = read(fields)
    for field in names[:1]:
        name = written_name(field.text)
        if name is not None:
            yield Found("acheteur.nom", name, field, 0.95)
            category = category_of(fold(name), words)
            if category:
                yield Found("acheteur.categorie", category, field, 0.9)
    for field in identifiers[:1]:
        yield from _identified(field, several)
    if several and fields.document.format == "eforms":
        yield Found("groupement_commandes", True, names[1] if len(names) > 1 else names[0], 0.85)


def _identified(field: Field, several: bool) -> Iterator[Found | Doubt]:
    digits = siret_in(field.text)
    if digits is None:
        yield Doubt("acheteur.siret", field, "ce n'est pas un SIRET", undecided=False)
        return
    if several:
        yield Doubt("acheteur.siret", field, "un des acheteurs d'un groupement", undecided=False)
    else:
        yield Found("acheteur.siret", digits, field, 0.95)
    category = category_of_siret(digits)
    if category is not None:
        yield Found("acheteur.categorie", category, field, 0.9)


def written_name(text: str) -> str | None:
    """Return the name of a buyer on one line, None for what is too short to be one."""
    name = " ".join(text.split())
    return name if len(name) > 2 else None


def siret_in(text: str) -> str | None:
    """Return the fourteen digits of a text when they are a SIRET, else None."""
    digits = compiled(r"\D").sub("", text)
    return digits if is_siret(digits) else None


def category_of_siret(digits: str) -> str | None:
    """Return the category that the first digits of a SIRET are kept for, or None."""
    return _SIREN_CATEGORIES.get(digits[:2])


_Read = tuple[Sequence[Field], Sequence[Field], bool]
"""Fields of the names, fields of the identifiers, whether there are several buyers."""


def eforms_buyers(fields: Fields) -> list[list[Field]]:
    """Return the fields of each organisation that buys, in the order of the notice."""
    keys = list(dict.fromkeys(field.text for field in fields.at(_BUYER)))
    companies: dict[str, list[Field]] = {}
    for _, own in group(list(fields.under(_COMPANY)), "Organization"):
        key = next((f.text for f in own if f.place.endswith("Company/PartyIdentification/ID")), "")
        companies[key] = own
    return [companies[key] for key in keys if key in companies]


def _eforms(fields: Fields) -> _Read:
    buyers = eforms_buyers(fields)
    names = [field for own in buyers for field in own if "Company/PartyName" in field.place and _is_name(field)]
    first = buyers[0] if buyers else []
    identifiers = [field for field in first if "Company/PartyLegalEntity" in field.place]
    return _french_first(names), identifiers, len(buyers) > 1


def _is_name(field: Field) -> bool:
    return _leaf(field) == "Name"


def _french_first(names: Sequence[Field]) -> Sequence[Field]:
    return sorted(names, key=lambda field: field.attribute("languageID") not in FRENCH)


def _ted(fields: Fields) -> _Read:
    names = [
        f
        for f in fields.all
        if f.place.endswith(("ADDRESS_CONTRACTING_BODY/OFFICIALNAME", "ORGANISATION/OFFICIALNAME"))
    ]
    names = [f for f in names if "CONTRACTING" in f.place]
    identifiers = [f for f in fields.all if f.place.endswith("ADDRESS_CONTRACTING_BODY/NATIONALID")]
    others = any("ADDRESS_CONTRACTING_BODY_ADDITIONAL" in f.place for f in fields.all)
    return names, identifiers, others


def _boamp(fields: Fields) -> _Read:
    names, identifiers = ([field for path in paths for field in fields.at(path)] for paths in (_NAMES, _NUMBERS))
    told = [field for field in identifiers if field.text != _leaf(field)]  # an empty element only bears its name
    return names, sorted(told, key=lambda field: siret_in(field.text) is None), False


def _leaf(field: Field) -> str:
    return field.place.rpartition("/")[2].partition("[")[0]


def _decp(fields: Fields) -> _Read:
    names, identifiers = (
        [field for whom in _DECP_BUYERS for sign in "/." for field in fields.at(f"{whom}{sign}{part}")]
        for part in ("nom", "id")
    )
    return names, identifiers, False
