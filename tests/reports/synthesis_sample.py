"""A synthesis such as an audit gives, with invented buyers and figures, to look at and to test the drawings with.

``python tests/reports/synthesis_sample.py FOLDER`` writes its page and its spreadsheet.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from achats_check.model.finding import A_VERIFIER, CONFORME, NON_CONFORME, OPPORTUNITE, SANS_OBJET
from achats_check.model.synthesis import (
    AMOUNT,
    BARS,
    COUNT,
    DAY,
    LINES,
    SHARE,
    VERDICT,
    Card,
    Chart,
    Column,
    Figure,
    Note,
    Section,
    Series,
    Synthesis,
    Table,
    Target,
)

YEARS = ("2019", "2020", "2021", "2022", "2023", "2024", "2025")
RULES = (
    "Clause sociale obligatoire aux seuils européens",
    "Avance due aux petites entreprises inférieure au minimum",
    "Délai minimal de réception des offres, appel d'offres ouvert",
    "Critère environnemental obligatoire dans les marchés dont l'avis est envoyé depuis le 22 août 2026",
    "Somme des poids des critères différente de 100",
    "Chiffre d'affaires minimal exigé au-delà du plafond",
)
SECTORS = (
    ("Nettoyage de locaux", 212, 0.412, 0.36, 0.47),
    ("Entretien d'espaces verts et travaux paysagers", 158, 0.387, 0.33, 0.44),
    ("Travaux de bâtiment", 431, 0.296, 0.28, 0.31),
    ("Restauration collective et services de traiteur", 97, 0.145, None, None),
    ("Prestations intellectuelles, études et assistance à maîtrise d'ouvrage", 304, 0.031, 0.02, 0.09),
    ("Fournitures informatiques", 188, 0.0, 0.0, 0.05),
    ("Assurances", 42, None, None, None),
)


def _cards() -> tuple[Card, ...]:
    return (
        Card(
            "Délai de réception des offres trop court",
            NON_CONFORME,
            "Rénovation du gymnase Colette-Besson — Ville de Saint-Aubrac",
            "21 jours entre l'envoi de l'avis et la date limite ; 35 exigés, ou 30 par voie électronique.",
            "bloquante",
            "AAPC, IV.2.2 : « Date limite de réception des offres : 24 mars 2025 à 12 h »",
            "CCP, art. R2161-2 et R2161-3, en vigueur depuis le 01/04/2019",
            "Reporter la date limite, ou viser dans l'avis le cas d'urgence invoqué.",
            "ao-ouvert-reception-offres",
            "Ville de Saint-Aubrac",
        ),
        Card(
            "Avance due aux petites entreprises inférieure au minimum",
            NON_CONFORME,
            "Nettoyage des écoles — Communauté d'agglomération du Val-Clair",
            "Avance de 5 % ; au moins 10 % pour cet acheteur.",
            "majeure",
            "CCAP, art. 6.2, p. 4 : « Une avance de 5 % est accordée au titulaire »",
            "CCP, art. R2191-7",
            "Porter l'avance à 10 % au moins.",
            "avance-taux-pme",
        ),
        Card(
            "Réserver le lot 3 « Tonte » aux structures d'insertion ou du handicap",
            OPPORTUNITE,
            "Entretien des espaces verts des lycées — Région Centre-Océan",
            "Quatre lots, aucun réservé ; la tonte et le désherbage manuel s'y prêtent.",
            "fort",
            "",
            "Kit RégionalESS, fiche n°7, p. 14",
            "Réserver un lot au titre de l'article L2113-13 après un échange avec les structures du territoire.",
            "reservation-lot",
        ),
        Card(
            "Clause sociale : motif d'absence à retrouver",
            A_VERIFIER,
            "Extension du réseau de chaleur — Métropole de Hautmont",
            "Aucune condition d'exécution sociale dans le CCAP ; un motif doit être conservé au dossier.",
            "majeure",
            "Au plus près, CCAP, art. 9, p. 6 : « Le titulaire veille au respect du droit du travail »",
            "CCP, art. L2112-2-1, en vigueur depuis le 22/08/2026",
            "Retrouver le motif, ou le dire au rapport de présentation.",
            "clause-sociale-seuils-ue",
        ),
        *_repeated(),
    )


def _repeated() -> tuple[Card, ...]:
    return tuple(
        Card(
            RULES[index % len(RULES)],
            (NON_CONFORME, A_VERIFIER, OPPORTUNITE)[index % 3],
            f"Dossier 2024-{index:03d} — Syndicat mixte des eaux de la Brenne",
            "Les pièces ne permettent pas de retrouver la valeur estimée du besoin.",
            ("majeure", "mineure", "moyen")[index % 3],
            rule="valeur-estimee",
        )
        for index in range(1, 15)
    )


def _overview() -> Section:
    return Section(
        "essentiel",
        "L'essentiel",
        (
            Figure("dossiers jugés", 1_204, COUNT, "dont 37 lus en partie"),
            Figure("dossiers mis de côté", 9, COUNT, "illisibles ou sans pièce connue"),
            Figure("dossiers avec au moins une non-conformité", 0.318, SHARE),
            Figure("montant des contrats examinés", 1_284_356_912.35, AMOUNT, "hors taxes, montants connus"),
            Figure("période", "2019 à 2025", "texte"),
            Note(
                "Un dossier sur trois porte au moins une non-conformité. Les plus fréquentes tiennent à deux articles "
                "des CCAP types, repris d'année en année : les corriger une fois corrigerait 214 dossiers."
            ),
            Chart(
                "Ce que disent les règles les plus parlantes",
                BARS,
                COUNT,
                RULES,
                (
                    Series("Non conforme", (124, 90, 38, 12, 7, 0), meaning=NON_CONFORME),
                    Series("À vérifier", (310, 40, None, 96, 2, 3), meaning=A_VERIFIER),
                    Series("Conforme", (402, 611, 512, 33, 940, 288), meaning=CONFORME),
                ),
                note="Dossiers où la règle s'applique ; les « sans objet » ne sont pas comptés.",
            ),
        ),
    )


def _acts() -> Section:
    return Section("agir", "À traiter d'abord", (Note("Les plus graves d'abord, puis les plus récents."), *_cards()))


def _buyers() -> Section:
    names = ("Région Centre-Océan", "Métropole de Hautmont", "Ville de Saint-Aubrac", "OPH du Val-Clair")
    rows = tuple(
        (
            f"{names[index % 4]}{'' if index < 4 else f' — antenne {index}'}",
            2025 - index % 5,
            41_250_000.0 + index * 12_345_678.9,
            None if index == 2 else 0.1 + index / 40,
            "oui" if index % 3 else "non",
            date(2021, 3, 1 + index),
            (NON_CONFORME, CONFORME, A_VERIFIER, SANS_OBJET)[index % 4],
            "Schéma adopté, indicateurs sociaux non chiffrés" if index % 2 else "",
        )
        for index in range(12)
    )
    columns = (
        Column("Acheteur"),
        Column("Année"),
        Column("Achats de l'année (HT)", AMOUNT),
        Column("Part avec clause sociale", SHARE),
        Column("SPASER adopté"),
        Column("Dernière délibération", DAY),
        Column("Verdict", VERDICT),
        Column("Remarque"),
    )
    trend = (
        Series("Avec une clause sociale", (0.08, 0.09, 0.12, None, 0.19, 0.24, 0.287)),
        Series("Avec un critère social", (0.02, 0.03, 0.03, None, 0.05, 0.055, 0.06)),
        Series(
            "Avec une considération environnementale",
            (0.21, 0.26, 0.31, None, 0.47, 0.58, 0.66),
            (0.18, 0.22, 0.27, None, 0.41, 0.52, 0.61),
            (0.31, 0.35, 0.4, None, 0.6, 0.7, 0.74),
        ),
        Series("Réservés", (0.011, 0.012, 0.016, 0.018, 0.022, 0.021, 0.026)),
    )
    return Section(
        "portefeuilles",
        "Acheteurs et années",
        (
            Chart(
                "Part des contrats, par année de notification",
                LINES,
                SHARE,
                YEARS,
                trend,
                (Target("Objectif social : 30 %", 0.3), Target("Objectif environnemental : 100 %", 1.0)),
                "La bande va de « aucun des contrats inconnus » à « tous ». 2022 : schéma de données sans ces champs.",
            ),
            Chart(
                "Achats annuels de la Région Centre-Océan",
                LINES,
                AMOUNT,
                YEARS,
                (Series("Achats (HT)", (38e6, 41e6, 44.5e6, 52e6, 61e6, 97e6, 112e6)),),
                (Target("Seuil du SPASER : 50 M€", 50e6),),
            ),
            Chart(
                "Contrats avec une clause sociale, par secteur",
                BARS,
                SHARE,
                tuple(sector[0] for sector in SECTORS),
                (
                    Series(
                        "Part",
                        tuple(sector[2] for sector in SECTORS),
                        tuple(sector[3] for sector in SECTORS),
                        tuple(sector[4] for sector in SECTORS),
                    ),
                ),
                (Target("Objectif national : 30 %", 0.3), Target("Objectif de la métropole : 25 %", 0.25)),
            ),
            Chart(
                "Montants par secteur",
                BARS,
                AMOUNT,
                tuple(sector[0] for sector in SECTORS),
                (Series("Montant", tuple(sector[1] * 187_500.0 for sector in SECTORS)),),
            ),
            Table("acheteurs", "Acheteurs suivis", columns, rows, "Tous dans portefeuilles.parquet.", 1_388),
        ),
    )


def _quality() -> Section:
    columns = (Column("Source"), Column("Champ"), Column("Réparés", COUNT), Column("Refusés", COUNT))
    rows = (
        ("decp-2022.json", "codeCPV", 1_204, 38),
        ("decp-2022.json", "montant (valeurs convenues : 0, 1, 999 999 999)", None, 4_912),
        ("notices/2024.xml", "date de notification", 3, 0),
    )
    return Section(
        "qualite",
        "Qualité des données",
        (
            Note("Rien n'est deviné : une valeur refusée devient inconnue."),
            Table("reparations", "Ce qui a été réparé ou refusé", columns, rows),
            Chart("Avis sans montant", BARS, COUNT, (), ()),
        ),
    )


SAMPLE = Synthesis(
    "Achats de douze acheteurs, 2019 à 2025",
    ("archives/2019-2023.zip", "archives/2024/", "decp-2022.json"),
    date(2026, 11, 21),
    "1.0.0",
    "2026.11",
    (_overview(), _acts(), _buyers(), _quality()),
)


def main(folder: Path) -> None:
    """Write the page and the spreadsheet of the sample."""
    from achats_check.reports.synthesis.html import render_html
    from achats_check.reports.synthesis.workbook import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "synthese.html").write_text(render_html(SAMPLE), encoding="utf-8")
    write_workbook(SAMPLE, folder / "synthese.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
