"""Small makers of reports, all invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.model.fact import (
    ABSENT,
    ACHETEUR,
    KNOWN,
    MARCHE,
    Evidence,
    Fact,
    FactSet,
    Location,
    Scope,
    Search,
)
from achats_check.model.finding import Finding, ParameterUse, Reference, TraceNode
from achats_check.model.report import InputPiece, LawDay, Report, Resolution

LAW_DAY = date(2026, 10, 1)
RESERVE = "Textes parus depuis le 24/08/2026 non relus : un décret a pu changer la règle."


def evidence(quote: str, article: str = "6.2", role: str = "CCAP", page: int | None = 4) -> Evidence:
    """Make a passage of a piece."""
    return Evidence(f"dossier/{role}.pdf", role, quote, Location(page, article, "Avance", 41, 0, len(quote)))


def law(text: str = "CCP, art. L2112-2-1", article: str = "L2112-2-1") -> Reference:
    """Make a citation of the law."""
    return Reference("droit", text, article, date(2026, 8, 22), None, date(2026, 8, 23))


def kit() -> Reference:
    """Make a citation of the kit."""
    return Reference(
        "kit",
        "Kit RégionalESS, fiche n°11, p. 22, « Élaborer une clause sociale »",
        document="kit-regionaless",
        fiche="11",
        heading="Élaborer une clause sociale",
        page="22",
        entry="K11-clause-sociale",
    )


def finding(rule: str, verdict: str, **changes: Any) -> Finding:
    """Make a finding; a keyword changes a field."""
    nature = "levier" if verdict == "opportunite" else "obligation"
    base = Finding(
        rule,
        f"Titre de {rule}",
        "criteres",
        nature,
        verdict,
        "fort" if nature == "levier" else "majeure",
        MARCHE,
        "Avance de 5 % ; au moins 10 % pour cet acheteur.",
        why="Parce que la trésorerie manque aux petites entreprises.",
        remedy="Porter l'avance à 10 % au moins.",
        references=(law(),),
    )
    return base._replace(**changes)


def use(kit_text: str = "") -> ParameterUse:
    """Make a figure of the law."""
    return ParameterUse(
        "avance.taux_pme",
        "taux minimal de l'avance",
        Decimal("12.5"),
        "pourcent",
        date(2024, 1, 1),
        None,
        "CCP, art. R2191-7",
        "certaine",
        Decimal(5) if kit_text else None,
        kit_text,
    )


def absence() -> Search:
    """Make the ledger of a proven absence."""
    return Search(
        ("CCAP", "AE"),
        (),
        "art. 1 à 14, 212 paragraphes",
        ("insertion", "clause sociale", "heures d'insertion", "L. 2112-2"),
        evidence("Les travaux favorisent l'insertion du bâtiment dans le paysage.", "9", page=6),
        "insertion au sens urbain",
    )


def trace() -> tuple[TraceNode, ...]:
    """Make a trace of two levels."""
    leaf = TraceNode("au_moins", None, "avance_taux_pme", None, "unknown", "au moins 10 %", "avance.taux_pme", MARCHE)
    return (TraceNode("tous", None, children=(leaf, TraceNode("egal", True, "avance", True, "known"))),)


def facts() -> FactSet:
    """Make the facts of a purchase in four lots."""
    known: dict[str, Any] = {
        "objet": "entretien des espaces verts des lycées",
        "type": "services",
        "valeur_estimee_ht": Decimal(320000),
        "duree_mois": 48,
        "nombre_lots": 4,
        "procedure.type": "appel_offres_ouvert",
        "avance_taux": Decimal("5.0"),
        "cpv": ("77310000", "77314000"),
        "date_limite_offres": date(2026, 11, 6),
        "criteres": (
            {"nom": "Prix", "poids": Decimal(40), "nature": "prix"},
            {"nom": "Délai", "poids": Decimal("12.5")},
        ),
    }
    found = [Fact(name, MARCHE, value, KNOWN, "declared") for name, value in known.items()]
    found.append(Fact("acheteur.categorie", ACHETEUR, "region", KNOWN, "extracted", 0.9, (evidence("La Région", "1"),)))
    found.append(Fact("social.condition_execution", MARCHE, False, ABSENT, search=absence()))
    found.append(Fact("objet", Scope("lot", "10"), "Tonte", KNOWN))
    found.append(Fact("objet", Scope("lot", "2"), "Élagage", KNOWN))
    rival = evidence("trente (30) jours", "11")._replace(value=30)
    main = evidence("délai de 45 jours", "12")._replace(value=45)
    found.append(Fact("delai_paiement_jours", MARCHE, None, "conflict", "extracted", 0.9, (main,), (rival,)))
    return FactSet(found, ("2", "10"))


def report(*findings: Finding, **changes: Any) -> Report:
    """Make a report; a keyword changes a field."""
    base = Report(
        "0.1.0",
        "2026-11-21+3f9a1c",
        LawDay(LAW_DAY, "declared"),
        (InputPiece("dossier/CCAP.pdf", "pdf", "CCAP", 12, "read", "", "titre de la première page"),),
        facts(),
        findings or full_findings(),
    )
    return base._replace(**changes)


def full_findings() -> tuple[Finding, ...]:
    """Make findings of every verdict and doubt."""
    levers = [
        finding(
            f"levier-{n}",
            "opportunite",
            rank=n,
            title=f"Réserver la prestation n° {n} aux structures d'insertion ou du handicap",
            message="Le lot « Tonte » peut être réservé : des structures de ce métier existent.",
            references=(law("CCP, art. L2113-12", "L2113-12"), kit()),
            remedy="Indiquer la réservation dans l'avis.",
        )
        for n in range(12, 0, -1)
    ]
    return (
        finding(
            "avance-taux-pme",
            "non_conforme",
            title="Avance due aux petites entreprises inférieure au minimum",
            evidence=(evidence("Le titulaire reçoit une avance de 5 % du montant initial du marché."),),
            references=(law("CCP, art. R2191-7", "R2191-7"), kit()),
            parameters=(use("Kit RégionalESS, fiche n°11, p. 22 : 5 % ; au jour du droit appliqué : 10 %."),),
            trace=trace(),
        ),
        finding(
            "clause-sociale-seuils-ue",
            "a_verifier",
            doubt="justification",
            title="Clause sociale obligatoire aux seuils européens",
            message="Aucune condition d'exécution sociale ; 320 000 € HT, au-dessus de 216 000 € HT.",
            search=absence(),
            missing_facts=("social.derogation_motif",),
            references=(law(), kit()),
            remedy="Ajouter un article au CCAP (volume d'heures, publics, facilitateur, contrôle, pénalité).",
            reserve=RESERVE,
        ),
        finding(
            "marque-sans-equivalent",
            "a_verifier",
            doubt="alerte",
            title="Marque citée sans « ou équivalent »",
            message="Une marque est peut-être imposée.",
            evidence=(evidence("tondeuse de marque Exemple", "3.1", "CCTP", None),),
            remedy="Ajouter « ou équivalent ».",
        ),
        *levers,
        finding(
            "critere-environnemental",
            "a_verifier",
            doubt="respect",
            title="Au moins un critère environnemental",
            message="Le règlement de la consultation n'a pas été fourni.",
            missing_facts=("environnement.critere",),
            missing_pieces=("RC",),
            remedy="Ajouter un critère environnemental.",
            reserve=RESERVE,
        ),
        *(
            finding(f"acheteur-{n}", "a_verifier", doubt="applicabilite", missing_facts=("acheteur.population",))
            for n in range(14)
        ),
        *(finding(f"respectee-{n}", "conforme", message="Délai de paiement de 30 jours.") for n in range(3)),
        *(finding(f"hors-champ-{n}", "sans_objet", message="") for n in range(5)),
    )


def resolutions() -> tuple[Resolution, ...]:
    """Make eight things that would settle doubts."""
    first = Resolution(
        "fact",
        "acheteur.population",
        "Indiquer la population de l'acheteur (--set acheteur.population=…)",
        tuple(f"acheteur-{n}" for n in range(14)),
    )
    others = [
        Resolution("piece", role, f"Fournir {role}", ("acheteur-1",) * 1)
        for role in ("le RC", "le CCTP", "l'AE", "l'AAPC", "le rapport", "la DPGF", "le CCP")
    ]
    return (first, *others)
