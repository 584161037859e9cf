"""Usual clauses of tender documents, one by one, each beside the phrases that only look like it."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

CLAUSES = [
    (
        "CCAP",
        "# 9 Clause sociale\nLe titulaire affecte 5 % des heures de main-d'œuvre à des personnes en insertion.",
        "social.condition_execution",
        True,
    ),
    (
        "CCAP",
        "# 9 Clause sociale\nLe titulaire affecte 5 % des heures de main-d'œuvre à des personnes en insertion.",
        "social.insertion",
        True,
    ),
    ("CCAP", "# 9 Clauses sociales\nSans objet", "social.condition_execution", False),
    ("CCAP", "Le présent marché ne comporte pas de clause d'insertion.", "social.insertion", False),
    ("CCAP", "Il n'est pas prévu de clause d'insertion sociale dans le présent marché.", "social.insertion", False),
    (
        "CCAP",
        "Cette consultation ne comporte pas de condition d'exécution à caractère social.",
        "social.condition_execution",
        False,
    ),
    (
        "CCAP",
        "Cette consultation comporte des conditions d'exécution à caractère social dont le détail est "
        "indiqué dans le CCAP.",
        "social.condition_execution",
        True,
    ),
    ("CCAP", "Le titulaire respecte les huit conventions fondamentales de l'OIT.", "social.condition_execution", None),
    (
        "CCAP",
        "Le personnel du titulaire est soumis au contrôle social de l'entreprise.",
        "social.condition_execution",
        None,
    ),
    ("CCTP", "Insertion d'une bande podotactile et de mobilier urbain.", "social.insertion", None),
    ("CCTP", "Le logiciel permet l'insertion d'images et d'actions d'insertion de texte.", "social.insertion", None),
    (
        "CCTP",
        "Le titulaire assure des actions d'insertion pour les bénéficiaires du RSA du département.",
        "social.insertion",
        None,
    ),
    ("RC", "Le candidat indique s'il emploie des personnes en insertion.", "social.insertion", None),
    ("RC", "Sous-critère 3 : actions d'insertion professionnelle (5 points)", "social.insertion", None),
    ("AE", "Je m'engage à réaliser 350 heures d'insertion pendant l'exécution du marché.", "social.insertion", True),
    (
        "AE",
        "Nombre d'heures d'insertion sur lequel s'engage le candidat : ........ heures",
        "social.heures_insertion",
        None,
    ),
    (
        "CCAP",
        "Le facilitateur désigné pour accompagner la clause est la mission emploi du territoire.",
        "social.facilitateur",
        True,
    ),
    ("CCAP", "Une pénalité de 45 € est appliquée par heure d'insertion non effectuée.", "social.penalites", True),
    (
        "CCAP",
        "Une pénalité de 45 € est appliquée par heure d'insertion non effectuée.",
        "social.heures_insertion",
        None,
    ),
    (
        "CCAP",
        "Le volume minimal est de 2 100 heures d'insertion sur la durée du marché.",
        "social.heures_insertion",
        2100,
    ),
    ("CCAP", "Le nombre d'heures d'insertion est fixé à 2100.", "social.heures_insertion", 2100),
    (
        "CCAP",
        "Le titulaire recourt à l'apprentissage : au moins un apprenti participe à l'exécution.",
        "social.apprentissage",
        True,
    ),
    (
        "CCAP",
        "Le titulaire s'engage à prévenir toute discrimination et à promouvoir l'égalité entre les "
        "femmes et les hommes.",
        "social.egalite",
        True,
    ),
    (
        "RC",
        "Les candidats déclarent ne pas avoir fait l'objet d'une condamnation pour discrimination.",
        "social.egalite",
        None,
    ),
    (
        "CCAP",
        "# 12 Développement durable\nLe titulaire privilégie les emballages réutilisables et groupe les livraisons.",
        "environnement.condition_execution",
        True,
    ),
    (
        "CCAP",
        "# 12 Développement durable\nLe présent marché ne comporte pas de considération environnementale.",
        "environnement.condition_execution",
        False,
    ),
    ("CCTP", "Les travaux sont réalisés dans un environnement occupé.", "environnement.condition_execution", None),
    (
        "CCTP",
        "La prestation comprend la collecte et le traitement des déchets ménagers.",
        "environnement.condition_execution",
        None,
    ),
    (
        "CCAP",
        "Le prix comprend le transport, l'emballage et l'évacuation des déchets.",
        "environnement.condition_execution",
        None,
    ),
    ("RC", "Valeur environnementale de l'offre notée sur 20 points", "environnement.condition_execution", None),
    ("CCTP", "Le papier est issu à 100 % de fibres recyclées.", "environnement.specification", True),
    (
        "CCAP",
        "Le titulaire fournit un bilan annuel des émissions liées à ses livraisons.",
        "environnement.condition_execution",
        True,
    ),
    (
        "RC",
        "Le marché est réservé aux ESAT et aux entreprises adaptées conformément à l'article L2113-12.",
        "reservation.categorie",
        "handicap",
    ),
    (
        "RC",
        "Marché réservé au titre de l'article L. 2113-13 du code de la commande publique",
        "reservation.categorie",
        "insertion",
    ),
    (
        "RC",
        "Le présent marché est réservé à des structures de l'économie sociale et solidaire (L. 2113-15).",
        "reservation.categorie",
        "ess",
    ),
    (
        "RC",
        "Ce marché n'est pas un marché réservé au sens des articles L. 2113-12 à L. 2113-16.",
        "reservation.categorie",
        "aucune",
    ),
    ("RC", "Marché réservé : Non", "reservation.categorie", "aucune"),
    ("RC", "Marché réservé\tNon", "reservation.categorie", "aucune"),
    (
        "RC",
        "Le marché n'est réservé ni aux entreprises adaptées ni aux structures d'insertion.",
        "reservation.categorie",
        "aucune",
    ),
    ("RC", "Une partie des heures est réservée à des personnes en insertion.", "reservation.categorie", None),
    ("RC", "La participation est réservée à une profession particulière : architectes.", "reservation.categorie", None),
    ("RC", "Un local est réservé aux entreprises adaptées présentes sur le site.", "reservation.categorie", None),
    (
        "RC",
        "Les candidats peuvent bénéficier du droit de préférence réservé aux SCOP et aux entreprises "
        "adaptées (R. 2151-16).",
        "reservation.categorie",
        None,
    ),
    (
        "RC",
        "Il est rappelé que l'acheteur peut réserver des marchés aux entreprises adaptées (article L. 2113-12).",
        "reservation.categorie",
        None,
    ),
    ("CCAP", "Une avance de 30 % est accordée au titulaire.", "avance_taux", 30),
    ("CCAP", "Le taux de l'avance est fixé à 20 % lorsque le titulaire est une PME.", "avance_taux_pme", 20),
    ("CCAP", "Aucune retenue de garantie n'est prélevée.", "retenue_garantie_taux", 0),
    ("CCAP", "Il est prévu une retenue de garantie de 3 % du montant initial du marché.", "retenue_garantie_taux", 3),
    ("CCAP", "Les prix sont fermes et non révisables.", "prix.revisable", False),
    ("CCAP", "Les prix sont fermes, actualisables.", "prix.revisable", False),
    ("CCAP", "Les prix sont révisés annuellement par application de la formule suivante.", "prix.revisable", True),
    ("CCAP", "Le délai global de paiement est fixé à 30 jours.", "delai_paiement_jours", 30),
    (
        "RC",
        "Le groupement attributaire devra prendre la forme d'un groupement conjoint avec mandataire solidaire.",
        "groupement.forme_imposee",
        "conjoint",
    ),
    ("RC", "Les groupements sont interdits.", "groupement.admis", False),
    ("RC", "Le chiffre d'affaires annuel minimal exigé est de 400 000 € HT.", "chiffre_affaires_minimal_ht", 400000),
    ("RC", "Aucun niveau minimal de chiffre d'affaires n'est exigé.", "chiffre_affaires_minimal_ht", None),
    ("CCTP", "Peinture de marque Seigneurie", "specifications.marque_sans_equivalent", True),
    ("CCTP", "Le candidat précise la marque des produits proposés.", "specifications.marque_sans_equivalent", None),
    ("CCTP", "Les produits proviennent exclusivement du département.", "specifications.provenance_imposee", True),
    ("CCTP", "La provenance des produits est indiquée sur les factures.", "specifications.provenance_imposee", None),
]


@pytest.mark.parametrize(("role", "text", "name", "expected"), CLAUSES)
def test_a_usual_clause(role: str, text: str, name: str, expected: object) -> None:
    """One phrase of a piece, one fact, or None when nothing may be read in it."""
    assert known(read_whole((role, text))).get(name) == expected
