"""French words and figures shared by the messages of the law and by every report.

Pure functions: no clock, no locale, no terminal. The typography is the French one: U+202F between thousands,
U+00A0 before a unit, so that no figure is ever cut in two at the end of a line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.model.fact import Evidence
from achats_check.model.rule import KitCitation
from achats_check.patterns import compiled
from achats_check.vocabulary import FactSpec

NBSP, THIN = "\u00a0", "\u202f"

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_BLANKS = compiled(r"[ \t\n\r\f\v]\s*|\s{2,}")
_CONTROLS = compiled(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")

_UNITS = {
    "eur": ("€", "€"),
    "eur_ht": (f"€{NBSP}HT", f"€{NBSP}HT"),
    "eur_ht_par_an": (f"€{NBSP}HT par an", f"€{NBSP}HT par an"),
    "pourcent": ("%", "%"),
    "mois": ("mois", "mois"),
    "jours": ("jour", "jours"),
    "heures": ("heure", "heures"),
    "annees": ("an", "ans"),
    "fois": ("fois", "fois"),
}
"""Singular and plural of each unit; a unit that is not here is written as it is, underscores as spaces."""

_ENUM_LABELS = {
    "a_verifier": "à vérifier",
    "non_conforme": "non conforme",
    "opportunite": "opportunité",
    "sans_objet": "sans objet",
    "accord_cadre": "accord-cadre",
    "controle": "contrôle",
    "defense": "défense ou sécurité",
    "defense_travaux": "travaux de défense ou de sécurité",
    "acheteur_statut_loi": "acheteur au statut fixé par la loi",
    "adaptee": "procédure adaptée",
    "ami": "appel à manifestation d'intérêt",
    "appel_offres_ouvert": "appel d'offres ouvert",
    "appel_offres_restreint": "appel d'offres restreint",
    "appel_projets": "appel à projets",
    "autorisees": "autorisées",
    "autorite_centrale": "autorité publique centrale",
    "autorite_concedante": "autorité concédante",
    "autre_pa": "autre pouvoir adjudicateur",
    "boamp_jal": "BOAMP ou journal d'annonces légales",
    "collectivite": "collectivité",
    "co_traitance": "cotraitance",
    "cout": "coût",
    "cpo": "convention pluriannuelle d'objectifs",
    "concurrence_ou_difficulte": "restriction de la concurrence ou exécution rendue plus difficile",
    "defense_securite": "défense ou sécurité",
    "delai": "délai",
    "departement": "département",
    "dialogue_competitif": "dialogue compétitif",
    "dispense": "dispense de publicité et de mise en concurrence",
    "dsp": "délégation de service public",
    "embauche_directe": "embauche directe",
    "entite_adjudicatrice": "entité adjudicatrice",
    "epa_etat": "établissement public administratif de l'État",
    "epci": "intercommunalité (EPCI)",
    "epic_etat": "établissement public industriel et commercial de l'État",
    "ess": "économie sociale et solidaire",
    "etablissement_public_local": "établissement public local",
    "etablissement_sante": "établissement public de santé",
    "etat": "État",
    "exigees": "exigées",
    "fcs": "fournitures courantes et services",
    "formalisee": "procédure formalisée",
    "handicap_et_insertion": "handicap et insertion",
    "innovation_sociale": "innovation sociale",
    "insertion": "insertion par l'activité économique",
    "joue": "Journal officiel de l'Union européenne",
    "lien_insuffisant": "lien insuffisant avec l'objet du marché",
    "livre_v": "autres marchés (livre V)",
    "hors_code": "droit local, hors du code",
    "marche": "marché",
    "mesure": "mesure chiffrée",
    "metropole": "métropole",
    "mi": "marchés industriels",
    "mise_a_disposition": "mise à disposition de personnel",
    "modalites": "modalités de réalisation",
    "moe": "maîtrise d'œuvre",
    "non_precise": "non précisé",
    "nouvelle_caledonie": "Nouvelle-Calédonie",
    "partenariat_innovation": "partenariat d'innovation",
    "penalite": "pénalité",
    "penitentiaire": "établissements pénitentiaires",
    "personne_morale_droit_public": "personne morale de droit public",
    "pi": "prestations intellectuelles",
    "polynesie_francaise": "Polynésie française",
    "preuves": "preuves à fournir",
    "procede": "procédé",
    "procedure_adaptee": "procédure adaptée",
    "procedure_avec_negociation": "procédure avec négociation",
    "profil_acheteur": "profil d'acheteur",
    "publics": "publics éligibles",
    "region": "région",
    "saint_barthelemy": "Saint-Barthélemy",
    "saint_pierre_et_miquelon": "Saint-Pierre-et-Miquelon",
    "sans_publicite_ni_mise_en_concurrence": "sans publicité ni mise en concurrence préalables",
    "services_sociaux": "services sociaux et spécifiques",
    "sieg": "service d'intérêt économique général",
    "solution_immediatement_disponible": "solution immédiatement disponible",
    "sous_traitance": "sous-traitance",
    "terres_australes": "Terres australes et antarctiques françaises",
    "tic": "techniques de l'information et de la communication",
    "tous": "tous les acheteurs",
    "travaux_moins_six_mois": "travaux de moins de six mois",
    "wallis_et_futuna": "Wallis-et-Futuna",
}
"""French of the values that are not already it once their underscores are spaces."""


def format_value(spec: FactSpec | None, value: Any) -> str:
    """Write the value of a fact as a buyer reads it.

    Args:
        spec: What the vocabulary says of the fact; None to go by the type of the value alone.
        value: A ``Value`` of the model, or None for a value that is not given.

    Returns:
        "320 000 € HT", "oui", "1er octobre 2026", "procédure adaptée", "prix (40) et délai (60)" …
    """
    if spec is None:
        return _plain(value)
    if value == ():
        return "aucun"
    if isinstance(value, tuple) and spec.fields:
        return join_french(_item(spec, item) for item in value)
    if isinstance(value, tuple):
        return join_french(_scalar(spec.item, "EUR_HT" if spec.item == "montant" else "", v) for v in value)
    return _scalar(spec.type, spec.unit, value)


def format_amount(amount: Decimal, unit: str = "EUR_HT") -> str:
    """Write a figure with its unit, thousands apart and a decimal comma.

    Args:
        amount: Decimal or int, in the unit given (a "part" is 0 to 1 and is written as a percentage).
        unit: A unit of the vocabulary in any case ("EUR_HT", "mois", "pourcent" …), or "".
    """
    name = unit.lower()
    if name == "part":
        return f"{format_number(amount * 100)}{NBSP}%"
    if name == "annee":
        return str(amount)
    if not name:
        return format_number(amount)
    one, many = _UNITS.get(name, (name.replace("_", " "),) * 2)
    word = one if abs(amount) < 2 else many
    return f"{format_number(amount, money=name.startswith('eur'))}{NBSP}{word}"


def format_number(number: Decimal | int, *, money: bool = False) -> str:
    """Write a number the French way; money shows cents only when there are some."""
    exact = Decimal(number)
    if exact == exact.to_integral_value():
        return f"{int(exact):,}".replace(",", THIN)
    if money:
        exact = exact.quantize(Decimal("0.01"))
        return f"{exact:,f}".replace(",", THIN).replace(".", ",")
    return f"{exact.normalize():,f}".replace(",", THIN).replace(".", ",")


def format_date(day: date) -> str:
    """Write a day in full: "1er octobre 2026"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{_MONTHS[day.month - 1]} {day.year}"


def format_short_date(day: date) -> str:
    """Write a day in figures: "22/08/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def common_root(paths: Iterable[str]) -> str:
    """Return the folder or the archive that all the paths are in, its mark included; "" when there is none.

    What is left of a path is the name of a piece: a report that is sent tells nothing of the machine it was made on.
    """
    told = sorted(paths)
    first, last = (told[0], told[-1]) if told else ("", "")
    shared = next((i for i, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[: max(first.rfind(mark, 0, shared) for mark in {"/", os.sep}) + 1]


def format_location(evidence: Evidence) -> str:
    """Say where a person finds a passage: "CCAP, art. 6.2, p. 4", "déclaré (--set)"."""
    place = evidence.location
    if evidence.document.startswith("--"):
        return f"déclaré ({evidence.document})"
    named = evidence.role not in ("AUTRE", "DESCRIPTION", "")
    parts = [evidence.piece or (evidence.role if named else evidence.document.rpartition("/")[2])]
    if place.article:
        parts.append(f"art.{NBSP}{place.article}")
    elif place.heading:
        parts.append(f"«{NBSP}{shorten(place.heading, 60)}{NBSP}»")
    if place.page is not None:
        parts.append(f"p.{NBSP}{place.page}")
    elif place.pointer:
        parts += [] if place.heading else [place.pointer]
    elif place.block is not None and not place.article:
        parts.append(f"§{NBSP}{place.block + 1}")
    return ", ".join(parts)


def kit_place(citation: KitCitation) -> str:
    """Say where a source document speaks: "fiche n°11, p. 22", "Champ d'action #6, p. 29"."""
    fiche = f"fiche n°{citation.fiche}" if citation.fiche.isdigit() else citation.fiche
    page = f"p. {citation.page}" if citation.page else ""
    return ", ".join(part for part in (fiche, page) if part)


def kit_passage(citation: KitCitation, documents: Mapping[str, str]) -> str:
    """Cite a passage of a source document: its title, where it stands, its heading.

    Args:
        citation: The passage.
        documents: Title of each source document, by key.
    """
    title = documents.get(citation.document, citation.document)
    return ", ".join(part for part in (title, kit_place(citation), f"« {citation.heading} »") if part)


def enum_label(value: str) -> str:
    """Return the readable French of a value of an enum, or of a code of the law's tables."""
    return _ENUM_LABELS.get(value) or value.replace("_", " ")


def join_french(words: Iterable[str], last: str = "et") -> str:
    """Join words as in a sentence: "a, b et c"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def flatten(text: str) -> str:
    """Put a text on one line, without control characters: a tender must not drive the reader's terminal.

    A no-break space that stands alone is kept; any other run of blanks becomes one space.
    """
    return _BLANKS.sub(" ", _CONTROLS.sub("", text)).strip(" ")


def shorten(text: str, length: int) -> str:
    """Flatten a text and cut it between two words, "…" included in ``length``."""
    flat = flatten(text)
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    whole = cut if flat[length - 1] == " " else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:.") + "…"


def _scalar(kind: str, unit: str, value: Any) -> str:
    if value is None:
        return "non renseigné"
    if kind == "enum" and isinstance(value, str):
        return enum_label(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_amount(Decimal(value), unit)
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return "non renseigné"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | Decimal):
        return format_number(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return join_french(_plain(v) for v in value)
    if isinstance(value, Mapping):
        return ", ".join(_plain(v) for v in value.values() if v is not None)
    return str(value)


def _item(spec: FactSpec, item: Any) -> str:
    """Write one record: its first field, then the others between brackets, booleans by their label."""
    if not isinstance(item, Mapping):
        return _plain(item)
    head, details = "", []
    for field in spec.fields:
        value = item.get(field.name)
        if value is None:
            continue
        if not head:
            head = _scalar(field.type, "", value)
        elif field.type == "booleen":
            details.append(f"{field.label}{NBSP}: {_plain(value)}")
        else:
            details.append(_scalar(field.type, "", value))
    return f"{head} ({', '.join(details)})" if details else head
