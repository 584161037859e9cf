"""Usual phrases of tender documents, one by one: what each says of the procedure, the lots, the time, the money."""

from __future__ import annotations

from datetime import date

import pytest
from facts_builders import value

from achats_check.model.fact import ACHETEUR

PHRASES = [
    ("La convention est conclue pour une durée de quatre ans, neuf mois et dix jours.", "duree_mois", 57),
    ("La durée du contrat est d'1 an reconductible 3 fois soit 4 ans au total.", "duree_mois", 48),
    ("Le marché est conclu pour une durée de 24 mois fermes + 12 mois en option.", "duree_mois", 36),
    ("La durée de la tranche ferme est de 24 mois et la tranche optionnelle de 4 mois.", "duree_mois", "unknown"),
    ("La part à bons de commande est plafonnée à un montant maximum de 90 000 € HT.", "valeur_maximale_ht", "unknown"),
    (
        "Montant maximum annuel : 120 000 € HT puis 50 000 € HT les deux années suivantes.",
        "valeur_maximale_ht",
        "unknown",
    ),
    ("Le montant du lot est estimé entre 200 000 € et 500 000 €.", "valeur_estimee_ht", "unknown"),
    ("Critères de sélection des candidatures : capacités techniques 60 %, références 40 %.", "criteres", "unknown"),
    (
        "Pour les lots pour lesquels les variantes sont autorisées, la base est d'abord examinée.",
        "variantes",
        "unknown",
    ),
    ("Il n'est prévu ni tranche ni lot.", "alloti", False),
    ("Il n'est pas prévu de décomposition en tranches ni en lots.", "alloti", False),
    ("Il n'y a pas d'allotissement.", "alloti", False),
    ("Le marché est passé en lot unique.", "alloti", False),
    ("Le marché est constitué d'un lot unique.", "nombre_lots", 1),
    (
        "# 2.2 Décomposition en tranches et en lots\nLes travaux sont répartis en 5 lots désignés "
        "ci-dessous :\nLot 1 : Gros œuvre\nLot 2 : Charpente\nLot 3 : Plomberie\nLot 4 : "
        "Électricité\nLot 5 : Peinture",
        "nombre_lots",
        5,
    ),
    ("La consultation est décomposée en 4 lots séparés qui seront traités par marchés séparés.", "nombre_lots", 4),
    ("Le présent marché comporte 12 lots.", "nombre_lots", 12),
    ("L'opération est allotie comme suit :\nLot A : Voirie\nLot B : Espaces verts", "nombre_lots", 2),
    ("Nombre de lots : 3", "nombre_lots", 3),
    ("Les prestations font l'objet d'un allotissement en 6 lots géographiques.", "nombre_lots", 6),
    ("Les prestations sont divisées en deux (2) lots :", "nombre_lots", 2),
    ("Le nombre maximal de lots pouvant être attribués à un même candidat est de 2.", "nombre_lots", "unknown"),
    ("Les candidats peuvent répondre à 3 lots au plus.", "nombre_lots", "unknown"),
    ("Chaque candidat peut soumissionner à un ou plusieurs lots.", "nombre_lots", "unknown"),
    (
        "La durée du marché est fixée à 1 an à compter de sa notification. Il est renouvelable 3 fois "
        "par reconduction expresse.",
        "duree_mois",
        48,
    ),
    ("Le marché est conclu pour une durée d'un an, reconductible trois fois par période d'un an.", "duree_mois", 48),
    (
        "Le marché est conclu pour une durée de douze (12) mois. Il pourra être reconduit tacitement par "
        "périodes successives de 12 mois pour une durée maximale de reconduction de 36 mois.",
        "duree_mois",
        48,
    ),
    (
        "L'accord-cadre est conclu pour une période allant du 1er janvier 2027 au 31 décembre 2027. Il "
        "est reconductible 3 fois un an.",
        "duree_mois",
        48,
    ),
    ("L'accord-cadre est conclu à compter du 1er mars 2026 jusqu'au 28 février 2030.", "duree_mois", 48),
    ("La durée du marché est de 4 ans ferme.", "duree_mois", 48),
    ("Le marché prend effet à compter de sa notification pour une durée de 3 ans.", "duree_mois", 36),
    ("Le délai de validité des offres est de 180 jours.", "duree_mois", "unknown"),
    ("La durée de garantie est de 2 ans.", "duree_mois", "unknown"),
    ("Délai d'exécution : 6 mois", "delai_execution_mois", 6),
    ("Procédure : Marché à procédure adaptée ouvert (MAPA)", "procedure.type", "procedure_adaptee"),
    (
        "La présente consultation est passée selon la procédure adaptée ouverte soumise aux dispositions "
        "de l'article R. 2123-1 1° du Code de la commande publique.",
        "procedure.type",
        "procedure_adaptee",
    ),
    ("Le marché est passé selon la procédure de l'appel d'offres ouvert.", "procedure.type", "appel_offres_ouvert"),
    (
        "Appel d'offres restreint passé en application des articles L. 2124-2 et R. 2161-6 à R. 2161-11.",
        "procedure.type",
        "appel_offres_restreint",
    ),
    (
        "Marché passé sans publicité ni mise en concurrence préalables en application de l'article R. 2122-8.",
        "procedure.type",
        "sans_publicite_ni_mise_en_concurrence",
    ),
    (
        "Procédure avec négociation passée en application des articles R. 2161-12 à R. 2161-20.",
        "procedure.type",
        "procedure_avec_negociation",
    ),
    (
        "L'acheteur se réserve la possibilité de passer un marché de prestations similaires selon une "
        "procédure sans publicité ni mise en concurrence.",
        "procedure.type",
        "unknown",
    ),
    ("Le montant estimé du marché est de 1,2 M€ HT.", "valeur_estimee_ht", 1200000),
    ("L'estimation prévisionnelle est de 250 000 euros HT.", "valeur_estimee_ht", 250000),
    ("Montant estimatif : 95 000 € HT", "valeur_estimee_ht", 95000),
    ("La valeur estimée du besoin s'élève à 450 k€ HT, toutes périodes comprises.", "valeur_estimee_ht", 450000),
    (
        "L'accord-cadre est passé sans minimum et avec un maximum de 800 000 € HT par an.",
        "valeur_maximale_ht",
        "unknown",
    ),
    (
        "L'accord-cadre est conclu avec un montant maximum de 215 000 euros hors taxes sur sa durée totale.",
        "valeur_maximale_ht",
        215000,
    ),
    ("Le chiffre d'affaires annuel minimum exigé est de 500 000 € HT.", "valeur_estimee_ht", "unknown"),
    ("Le montant maximum des pénalités est de 10 000 € HT.", "valeur_maximale_ht", "unknown"),
    ("Les variantes ne sont pas admises.", "variantes", "interdites"),
    ("Variantes : les candidats sont autorisés à présenter une variante.", "variantes", "autorisees"),
    ("Sans variante", "variantes", "interdites"),
    ("# 3.4 Variantes\nNéant.", "variantes", "interdites"),
    ("# 3.4 Variantes\nSans objet.", "variantes", "interdites"),
    ("Les plis devront être transmis avant le 14 janvier 2027 à 12h00.", "date_limite_offres", date(2027, 1, 14)),
    ("Les offres sont remises au plus tard le 14 janvier 2027 à 12 heures.", "date_limite_offres", date(2027, 1, 14)),
    ("DATE LIMITE DE REMISE DES OFFRES\nLundi 11 janvier 2027 à 12 heures", "date_limite_offres", date(2027, 1, 11)),
    ("Avis envoyé à la publication le 2 décembre 2026.", "date_lancement", date(2026, 12, 2)),
    ("Marché public de travaux", "type", "travaux"),
    ("Accord-cadre à bons de commande", "forme", "accord_cadre"),
    ("Le présent contrat est un accord-cadre à marchés subséquents.", "forme", "accord_cadre"),
]
WEIGHTS = [
    (
        "# Jugement des offres\nCritères de jugement des offres :\n1) Prix : 40 %\n2) Valeur technique : "
        "60 %\na) Méthodologie : 30 %\nb) Moyens : 30 %",
        [40, 60],
    ),
    (
        "Les critères de jugement sont pondérés comme suit :\nPrix des prestations\t40 %\nValeur "
        "technique\t40 %\nDélai\t10 %\nDéveloppement durable\t10 %",
        [40, 40, 10, 10],
    ),
    ("Critères de sélection des offres : prix 50 points, valeur technique 30 points, délai 20 points.", [50, 30, 20]),
    (
        "Le jugement des offres est effectué selon les critères suivants :\n• Valeur technique (60 %) "
        ":\n- organisation du chantier : 20 points\n- moyens humains : 20 points\n- qualité des "
        "matériaux : 20 points\n• Prix (40 %)",
        [60, 40],
    ),
    (
        "Critères d'attribution\tPondération\nValeur technique de l'offre\t55\nPrix\t35\nValeur environnementale\t10",
        [55, 35, 10],
    ),
    (
        "Les offres sont jugées au regard des critères ci-après : le prix des prestations pondéré à 60% "
        "et la valeur technique pondérée à 40%.",
        [60, 40],
    ),
    ("Critères\tCoefficient\nPrix\t0,4\nTechnique\t0,6", [40, 60]),
]


@pytest.mark.parametrize(("text", "name", "expected"), PHRASES)
def test_a_usual_phrase(text: str, name: str, expected: object) -> None:
    """One phrase of the rules, one fact."""
    assert value(text, name) == expected


@pytest.mark.parametrize(("text", "expected"), WEIGHTS)
def test_usual_lists_of_criteria(text: str, expected: list[int]) -> None:
    """Sub-criteria left aside, coefficients out of 100."""
    criteria = value(text, "criteres")
    assert isinstance(criteria, tuple)
    assert [int(item["poids"]) for item in criteria] == expected


BUYERS = [
    ("Département de la Haute-Rive\nCommune de Montfleury\nMairie de Montfleury", "commune"),
    ("Région Haute-Comté\nLycée des Métiers du Bois\nRéfection de la toiture", "region"),
    ("Mairie de Lurville\nMaître d'ouvrage : Communauté de communes du Rivage", "epci"),
    ("Monsieur le Préfet de la Haute-Rive", "etat"),
    ("Conseil départemental de la Haute-Rive", "departement"),
    ("Acheteur : Métropole du Grand Littoral", "metropole"),
    ("Syndicat intercommunal d'énergie du Plateau", "etablissement_public_local"),
    ("Service départemental d'incendie et de secours de la Haute-Rive", "etablissement_public_local"),
    ("Acheteur : Centre communal d'action sociale de Bellerive", "etablissement_public_local"),
    ("Pouvoir adjudicateur : CROUS de Valmont", "epa_etat"),
    ("Pouvoir adjudicateur : Agence régionale de santé du Littoral", "epa_etat"),
    ("Pouvoir adjudicateur : Office public de l'habitat du Rivage", "bailleur_social"),
    ("Pouvoir adjudicateur : Hospices civils de Beaurivage", "etablissement_sante"),
    ("Pouvoir adjudicateur : Conseil d'État", "etat"),
]


@pytest.mark.parametrize(("text", "expected"), BUYERS)
def test_who_buys(text: str, expected: str) -> None:
    """The category that the buyer's name says, on a cover or beside a label."""
    assert value(text, "acheteur.categorie", scope=ACHETEUR) == expected
