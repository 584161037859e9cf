"""Which piece of a dossier a document is: by its title, else its file name, else what it speaks of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from achats_check.facts.text import fold
from achats_check.model.document import ROLES, Document
from achats_check.patterns import compiled

_TITLES = (
    (
        "CCP",
        r"reglement (?:de (?:la )?consultation )?(?:valant|et) (?:cahier des clauses|c\.?c\.?(?:a\.?)?p\b)"
        r"|\brc ?(?:[-/]|valant) ?c\.?c\.?(?:a\.?)?p\b",
    ),
    ("CCP", r"acte d'engagement (?:valant|et|-|/) ?(?:cahier des clauses particulieres|ccp|c\.c\.p)|\bae ?[-/] ?ccp\b"),
    (
        "CCP",
        r"cahier des clauses administratives (?:et|,) ?(?:des clauses )?techniques? particulieres"
        r"|\bc\.?c\.?a\.?t\.?p\b",
    ),
    (
        "RC",
        r"reglement (?:particulier )?(?:de (?:la )?consultation|du concours|de (?:l')?appel d'offres)|\br\.c\.|^rc\b",
    ),
    ("CCAP", r"cahier des clauses administratives particulieres|\bc\.?c\.?a\.?p\b"),
    ("CCTP", r"cahier des clauses techniques particulieres|\bc\.?c\.?t\.?p\b|programme fonctionnel detaille"),
    ("CCP", r"cahier des clauses particulieres|\bc\.?c\.?p\b|^cahier des charges\b"),
    ("AE", r"acte d'engagement|^attri ?1\b|^dc ?3\b"),
    (
        "PRIX",
        r"bordereau (?:des|de) prix|detail quantitatif|detail estimatif|decomposition du prix global"
        r"|\b(?:bpu|dpgf|cdpgf|dqe)\b",
    ),
    ("RAPPORT", r"rapport de presentation"),
    ("AAPC", r"avis d'appel (?:public )?a (?:la )?concurrence|avis de (?:marche|concession|publicite)\b|\baapc\b"),
)
_NAMES = (
    ("CCP", r"ae ?ccp|ccatp|\bccp\b|clauses particul"),
    ("RC", r"\brc\b|reglement|\brdc\b"),
    ("CCAP", r"ccap|clauses administratives"),
    ("CCTP", r"cctp|clauses techniques"),
    ("AE", r"\bae\b|acte d.?engagement|attri ?1|\batt?ri\b"),
    ("PRIX", r"\bbpu\b|\bdpgf\b|\bdqe\b|bordereau|cdpgf|\bde\b"),
    ("RAPPORT", r"rapport de presentation|\brapport\b"),
    ("AAPC", r"aapc|\bavis\b"),
)
_SUBJECTS = {
    "RC": (
        "jugement des offres",
        "criteres",
        "presentation des candidatures",
        "remise des plis",
        "signature electronique",
        "delai de validite des offres",
        "dossier de consultation",
        "selection des candidatures",
    ),
    "CCAP": (
        "penalites",
        "resiliation",
        "delai global de paiement",
        "nantissement",
        "retenue de garantie",
        "revision des prix",
        "interets moratoires",
        "pieces contractuelles",
        "admission",
    ),
    "AE": (
        "m'engage",
        "s'engage",
        "compte a ouvrir",
        "iban",
        "le signataire",
        "montant de l'offre",
        "a remplir par",
        "mandataire",
    ),
    "RAPPORT": (
        "offre retenue",
        "classement des offres",
        "analyse des offres",
        "motifs du choix",
        "candidatures recues",
    ),
    "AAPC": ("section ii", "code nuts", "date d'envoi du present avis", "avis initial", "boamp"),
}
_COVER = 25
_SHORT = 160


@cache
def _patterns(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((role, compiled(pattern)) for role, pattern in table)


def recognise(document: Document) -> tuple[str, str]:
    """Return the role of a document (a key of ROLES) and why, in French.

    The first title that names a piece wins, so that a CCAP that cites the RC stays a CCAP; the file name
    counts when no title speaks, and the subjects of the text when the name is silent too.
    """
    if document.role != "AUTRE":
        return document.role, document.role_ground
    return (
        _by_title(document)
        or _by_name(document)
        or _by_subjects(document)
        or ("AUTRE", "aucun indice de la nature de la pièce")
    )


def with_role(document: Document) -> Document:
    """Return the document with its role and ground set."""
    role, ground = recognise(document)
    return document._replace(role=role, role_ground=ground)


def _by_title(document: Document) -> tuple[str, str] | None:
    seen = 0
    for block in document.blocks:
        text = fold(block.text).strip()
        if not text or "...." in text:
            continue
        seen += 1
        if seen > _COVER or text.startswith(("sommaire", "table des matieres")):
            return None
        role = _title_role(text) if len(text) <= _SHORT else None
        if role is not None:
            return role, f"titre « {block.text.strip()[:80]} » ({ROLES[role]})"
    return None


def _title_role(text: str) -> str | None:
    for role, pattern in _patterns(_TITLES):
        match = pattern.search(text)
        if match is not None and _is_title(text, match):
            return role
    return None


def _is_title(text: str, match: re.Match[str]) -> bool:
    """A title names the piece first; a sentence or a list of pieces only cites it."""
    if re.match(r"article \d", text):
        return False
    before, after = text[: match.start()].rstrip(' -:.(«"'), text[match.end() :]
    if match.start() > 60 or re.search(
        r"\b(?:conforme|selon|voir|article|au|du|le|la|les|un|aux|dans|et|a)$|[ld]'$", before
    ):
        return False
    if re.match(r"\)?\. \w", after) or (text.endswith(".") and not re.search(r"\.[a-z]\.$", text)):
        return False
    return text[:1] not in "-•" and not re.search(
        r"\b(?:est|sont|sera|seront|comprend|comporte|doit|peut|fixe|figure)\b", text
    )


def _by_name(document: Document) -> tuple[str, str] | None:
    name = PurePath(document.path.replace("\\", "/")).name
    spaced = re.sub(r"[_\-.+]+", " ", fold(name))
    for role, pattern in _patterns(_NAMES):
        if pattern.search(spaced):
            return role, f"nom du fichier « {name} » ({ROLES[role]})"
    return None


def _by_subjects(document: Document) -> tuple[str, str] | None:
    text = fold("\n".join(block.text for block in document.blocks))
    scores = sorted(((sum(word in text for word in words), role) for role, words in _SUBJECTS.items()), reverse=True)
    (best, role), (second, _) = scores[0], scores[1]
    if best < 4 or best - second < 2:
        return None
    return role, f"rubriques habituelles d'une telle pièce ({ROLES[role]})"
