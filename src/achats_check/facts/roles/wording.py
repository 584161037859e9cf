"""How the pieces of a tender are named: on their first page, in their file name, by what they speak of."""

from __future__ import annotations


def _letters(abbreviation: str) -> str:
    """Return the pattern of an abbreviation, with or without dots and spaces: CCAP, C.C.A.P., C C A P."""
    last = abbreviation[-1]
    return r"\b" + r"\.? ?".join(abbreviation) + rf"\b(?:(?<=\.{last})\.)?"


def _any_letters(*abbreviations: str) -> str:
    return "|".join(map(_letters, abbreviations))


TITLES = (
    (
        "RC",
        r"reglement (?:particulier |commun |general )?(?:(?:de|pour) (?:la )?(?:presente )?"
        r"(?:consultation|mise en concurrence)"
        r"|d[ue] (?:present )?concours|d'appel (?:d'offres|a candidatures?)|de (?:l')?appel d'offres|de selection)"
        r"|\br\.c\b|(?:^|- )rc\b"
        r"|lettre (?:de consultation|d'invitation|d'appel a concurrence)|invitation a (?:soumissionner|concourir)"
        r"|(?<=valant )reglement\b",
    ),
    (
        "CCAP",
        r"cahier des (?:clauses|conditions) administratives(?! generales)"
        r"(?! (?:et|,|-|/|&) ?(?:des clauses )?techniques?)(?: particulieres)?|" + _letters("ccap"),
    ),
    (
        "CCTP",
        r"cahier des (?:clauses|conditions|prescriptions|specifications) techniques(?: particulieres)?(?! generales)|"
        + _letters("cctp")
        + r"|cahier des charges (?:techniques?|fonctionnel\w*)|programme (?:fonctionnel|technique)(?: detaille)?"
        r"|^programme de (?:l')?operation"
        r"|^(?:cahier des )?specifications techniques|^(?:notice|descriptif) (?:technique|descriptive)\b",
    ),
    (
        "CCP",
        r"cahier des (?:clauses|conditions) particulieres|\bc\.? ?c\.? ?p\b|"
        + _any_letters("ccatp", "cctap")
        + r"|cahier des clauses administratives (?:et|,|-|/|&) ?(?:des clauses )?techniques?(?: particulieres)?\b"
        r"|(?:^|(?<=valant )|(?<=valant reglement et ))cahier des charges\b(?! (?:techniques?|fonctionnel))",
    ),
    ("AE", r"acte d'engagement|^a\.e\b|^attri ?1\b|^dc ?3\b|\bae(?= ?(?:[-/]|valant|et) ?c\.?c)"),
    (
        "PRIX",
        r"bordereau (?:unitaire )?(?:des|de|du) prix"
        r"|(?:detail|devis|cadre) (?:quantitatif|estimatif)|decomposition (?:du|de|des) prix"
        r"|annexe financiere|etat des prix|"
        + _any_letters("bpu", "bpf", "dpgf", "cdpgf", "dqe")
        + r"|(?:cadre|fiche|offre|grille|proposition) (?:financiere|tarifaire)"
        r"|simulation (?:de commande|financiere)|bordereau financier",
    ),
    ("RAPPORT", r"rapport de presentation"),
    (
        "AAPC",
        r"avis d'appel (?:public )?a (?:la )?concurrence"
        r"|avis d'appel a candidatures?|avis (?:de marche|de concession|de publicite|de consultation|rectificatif)\b"
        "|" + _letters("aapc"),
    ),
    (
        "CRT",
        r"cadre (?:de |du |d'|pour )?(?:le )?(?:la )?(?:reponse|memoire)|(?:trame|modele) (?:de |du )memoire"
        r"|^memoire (?:technique|justificatif|methodologique)|questionnaire technique",
    ),
    (
        "CANDIDATURE",
        r"^dc ?[124]\b|^lettre de candidature|^declaration du candidat|^declaration de sous[- ]traitance"
        r"|document unique de marche europeen|^dume\b|^(?:cadre|fiche|formulaire) (?:de |du )(?:candidat|candidature)",
    ),
    (
        "QR",
        r"^(?:(?:liste|tableau|registre) des )?questions?(?:\(s\))? ?(?:/|-|et|&)? ?reponses?"
        r"|^reponses? aux (?:questions|demandes)|^foire aux questions|^(?:faq|q ?/ ?r)\b"
        r"|^(?:note|lettre|information|avis) aux (?:candidats|soumissionnaires)",
    ),
    ("CCAG", r"^(?:arrete[^.]{0,90})?cahier des clauses administratives generales|^c\.? ?c\.? ?a\.? ?g\b"),
)
"""What names a piece on its first page, on folded text; the first piece named there is the one."""

CONTRACT = (
    r"^(?:projet de )?(?:contrat|marche) (?:public )?(?:de|d'|n|relatif|pour)[^.]{0,90}$|^(?:projet de )?contrat$"
)
"""The title of a contract in one piece; it holds the clauses and the commitment, when nothing else names it."""
WORTH_A_CONTRACT = r"(?:valant|tenant lieu d[e']|faisant office d[e']|vaut) ?(?:de |projet de )?(?:contrat|marche)\b"
"""A letter or a form that is signed as the contract."""
SPACED_TITLES = (
    ("reglementdelaconsultation", "RC"),
    ("reglementdeconsultation", "RC"),
    ("cahierdesclausesadministrativesparticulieres", "CCAP"),
    ("cahierdesclausestechniquesparticulieres", "CCTP"),
    ("cahierdesclausesparticulieres", "CCP"),
    ("acted'engagement", "AE"),
    ("bordereaudesprix", "PRIX"),
)
"""Titles typed with a space between letters, once the spaces are taken out."""

_PLACES = (
    r"(?:mairie|hotel de|prefecture|universite|hopital|centre hospitalier|ecole|college|lycee|tribunal|palais|poste"
    r"|gare|bibliotheque|mediatheque)\b"
)
ANNEX = (
    r"^(?:[\w.-]{1,6} )?annexe(?:\b(?! financiere)(?!s\b)(?! (?:de la |de l'|du |de )" + _PLACES + "))"
    r"|\bannexe (?:n ?[°o]? ?)?(?:\d{1,2}|[ivx]{1,4}|[a-h])\b"
)
"""A piece that completes another; « CCAP et ses annexes » is the CCAP."""
WITH_ANNEXES = r"\b(?:et|avec|y compris) (?:ses |leurs |les )?annexes?\b|annexes? (?:comprises?|incluses?)"
ADMINISTRATIVE_ANNEX = (
    r"\b(?:insertion|clauses? sociales?|rgpd|donnees (?:personnelles|a caractere)|penalit|sous-traitan)"
)
"""What an annex is about when it completes the administrative clauses."""

NAMES = (
    (
        "RC",
        r"\brc\d*\b(?! pro)|reglement(?! (?:interieur|sanitaire|general|de voirie))|\brdc\b"
        r"|lettre (?:de )?consultation|invitation",
    ),
    ("CCAP", r"ccap|clauses administratives(?! (?:et )?techniques)"),
    ("CCTP", r"cctp|clauses techniques|programme technique|cahier des charges techniques"),
    (
        "CCP",
        r"(?:(?<![a-z])|(?<=ae))ccp\b|ccatp|cctap|clauses particul"
        r"|clauses administratives (?:et )?techniques|cahier des charges\b(?! tech)",
    ),
    ("AE", r"\bae\d*\b|\bae(?=ccp|ccap)|acte d.?engagement|acte engagement|attri ?1|\batt?ri\b"),
    (
        "PRIX",
        r"\b(?:bpu|dpgf|dqe|cdpgf|bpf|dpf)\w?\d*\b|bpu ?dqe|bordereau|annexe financiere|decomposition"
        r"|detail (?:quantitatif|estimatif)"
        r"|(?:cadre|offre|grille) (?:financiere?|tarifaire)",
    ),
    ("RAPPORT", r"rapport de presentation"),
    (
        "AAPC",
        r"aapc|\bavis\b(?! (?:technique|d.?attribution|attribution|sps|abf|du|de la commission))|\bboamp\b|\bjoue\b",
    ),
    (
        "CRT",
        r"\b(?:crt|cmt)\b|cadre (?:de |du )?(?:reponse|memoire)"
        r"|memoire (?:technique|justificatif)|cadre reponse|cadre memoire",
    ),
    ("CANDIDATURE", r"\bdc ?[124]\b|\bdume\b|lettre de candidature|candidature|attestation sur l.?honneur"),
    (
        "QR",
        r"questions?\b.{0,4}\breponses?|\bq ?r\b|\bfaq\b|reponses? aux questions"
        r"|additif|modificatif|complements? d.?information",
    ),
    (
        "PLAN",
        r"\bplans?\b(?! (?:de prevention|d.?assurance|de gestion|general|d.?action"
        r"|de controle|de formation|de progres))"
        r"|\b(?:coupes?|facades?|elevations?|carnet de details?|plan masse)\b",
    ),
    ("CCAG", r"\bccag\b"),
)
"""What names a piece in its file name, folded, its separators turned into spaces."""

DRAWINGS = (".dwg", ".dxf", ".dwf", ".dgn", ".rvt", ".ifc", ".skp", ".plt")
"""Extensions of what only a drawing program opens."""

SUBJECTS: dict[str, tuple[str, ...]] = {
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
    "PRIX": ("prix unitaire", "quantite", "unite", "total ht", "total h.t", "designation", "montant ht", "p.u."),
    "RAPPORT": (
        "offre retenue",
        "classement des offres",
        "analyse des offres",
        "motifs du choix",
        "candidatures recues",
    ),
    "AAPC": (
        *("section ii", "code nuts", "date d'envoi du present avis", "avis initial", "boamp"),
        *("nom officiel", "forme juridique de l'acheteur", "identifiant de la procedure", "type de procedure"),
        *("activite du pouvoir adjudicateur", "la procedure est acceleree"),
    ),
    "QR": ("question 1", "question n", "reponse 1", "reponse n", "question :", "reponse :"),
}
"""What each piece speaks of: enough of them tell it when neither a title nor a name does."""
