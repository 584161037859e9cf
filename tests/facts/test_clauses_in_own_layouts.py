"""Clauses, refusals, derogations and candidacies in the words of buyers who write their own pieces."""

from __future__ import annotations

from decimal import Decimal

import pytest
from coherence_builders import dossier

from achats_check.model.fact import Scope


def _told(text: str, name: str, role: str = "CCAP") -> object:
    found = dossier(**{role: text}).get(name)
    return "inconnu" if found is None or found.status == "unknown" else found.value


_TITLE = "# 9 Dispositions du CCAG écartées\n"
_BOTH = ("social.insertion", "social.condition_execution", "environnement.condition_execution")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            f"{_TITLE}Il est dérogé à l'article 16 du CCAG : aucune clause n'est prise au titre des articles 16.1 "
            "(clause d'insertion sociale) et 16.2 (clause environnementale générale).",
            _BOTH,
        ),
        ("Les articles 16.1 et 16.2 du CCAG ne s'appliquent pas.", _BOTH),
        ("Aucune mesure n'est prévue en application de l'article 20.2 du CCAG-Travaux.", _BOTH[2:]),
    ],
)
def test_clauses_refused_by_their_article(text: str, denied: tuple[str, ...]) -> None:
    """The number of the article of the general clauses tells which clause is set aside."""
    assert [_told(text, name, "CCP") for name in denied] == [False] * len(denied)


def test_hours_that_do_not_count_yet_refuse_nothing() -> None:
    """ "N'est prise en compte" is a condition of the clause."""
    text = (
        "Aucune heure d'insertion n'est prise en compte avant validation. Le titulaire réalise 100 heures d'insertion."
    )
    assert _told(text, "social.condition_execution") is True


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("# 15 Dérogations au CCAG\nIl est dérogé aux articles 14.1 et 16 du CCAG.", True),
        ("# 15 Dispositions du CCAG non appliquées\nIl est dérogé à l'article 14.1 (pénalités).", True),
        ("# 15 Dérogations au CCAG\nIl n'est dérogé à aucun article du CCAG.", False),
        ("# 15 Dérogations au CCAG\nAucune dérogation n'est prévue.", False),
    ],
)
def test_a_list_of_derogations_refuses_the_clauses_and_not_itself(text: str, listed: bool) -> None:
    """ "Il est dérogé" sets the articles of others aside."""
    assert _told(text, "ccag.derogations_listees") is listed


@pytest.mark.parametrize(
    ("text", "name", "role", "expected"),
    [
        ("# 9 Pénalités\nDéfaut de tri des déchets\t150 €", "environnement.penalites", "CCAP", True),
        ("# 9 Pénalités\nDéfaut de tri des déchets\t1 500 €", "environnement.penalites", "CCAP", True),
        ("# 3 Lots\n4\tMétiers de l'environnement\t900 000 €", "environnement.penalites", "CCAP", None),
        ("# 3 Lots\n4\tMétiers de l'environnement\tMaximum 45 000 €", "environnement.penalites", "CCAP", None),
        (
            "Le cahier de prescriptions comprendra un chapitre sur les matériaux biosourcés.",
            "environnement.specification",
            "CCP",
            False,
        ),
        ("Les cloisons comprennent un isolant biosourcé.", "environnement.specification", "CCP", True),
        (
            "Tous les parcours des stagiaires comportent un module sur les éco-gestes.",
            "environnement.condition_execution",
            "CCP",
            None,
        ),
        ("Le titulaire forme ses agents aux éco-gestes.", "environnement.condition_execution", "CCP", True),
        (
            "Chaque titulaire occupe à l'exécution de son lot (atelier, magasin, bureau d'études, accueil du public et "
            "standard) une personne en contrat d'apprentissage ou de professionnalisation.",
            "social.apprentissage",
            "CCP",
            True,
        ),
        ("Le titulaire occupe un local en rez-de-chaussée.", "social.apprentissage", "CCP", None),
    ],
)
def test_clauses_and_what_looks_like_one(text: str, name: str, role: str, expected: object) -> None:
    """A row of lots is no penalty, a chapter to write is no requirement, what trainees learn is no clause."""
    told = _told(text, name, role)
    assert told is expected if expected is not None else told is not True


_CLAUSE = "# 10 Clause d'insertion\nLe titulaire réserve 200 heures à des personnes éloignées de l'emploi.\n"


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("Heures restant dues en fin d'année : 40 € chacune.", "social.penalites", True),
        ("Il tient un tableau mensuel, contrats et bulletins à l'appui.", "social.preuves", True),
        ("La personne est embauchée directement.", "social.modalites", ("embauche_directe",)),
        ("Mme Roy (roy@ville.example) renseigne les entreprises.", "social.contact", True),
        ("Par tranche de 20 000 € HT facturés, il réserve douze heures.", "social.ratio_heures", Decimal(12)),
        ("Chaque tranche de 50 000 € HT donne quarante-cinq heures d'insertion.", "social.ratio_heures", Decimal(45)),
        ("Par tranche de 20 000 € HT, la réunion dure deux heures.", "social.ratio_heures", "inconnu"),
        ("Par tranche de 500 € HT de pénalité, deux heures d'insertion sont dues.", "social.ratio_heures", "inconnu"),
    ],
)
def test_organs_of_a_clause(line: str, name: str, expected: object) -> None:
    """What stands in the article of the clause is its own, in whatever words; a meeting is none of it."""
    told = _told(_CLAUSE + line, name)
    assert ("inconnu" if told is None else told) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le candidat au lot 2 joint la preuve de son agrément ESUS.", "inconnu"),
        ("Les produits portent le label ESUS.", ({"nom": "Entreprise solidaire d'utilité sociale"},)),
    ],
)
def test_an_approval_of_the_state_is_no_label(text: str, expected: object) -> None:
    """What a reserved lot asks its candidates to be has no equivalent to admit."""
    told = _told(text, "labels", "RC")
    assert ("inconnu" if told is None else told) == expected


_VARIANTS = "# 6 Variantes\nLes variantes sont autorisées sur les matériaux. "


@pytest.mark.parametrize(
    ("text", "name", "role", "expected"),
    [
        (_VARIANTS + "Elles respectent les performances fixées.", "variantes_exigences_minimales", "RC", True),
        (_VARIANTS + "Elles sont jugées comme les autres.", "variantes_exigences_minimales", "RC", "inconnu"),
        ("# 5 Avance\nAvance de 5 %, ou de 20 % si le titulaire est une PME.", "avance_taux_pme", "CCAP", Decimal(20)),
        ("# 5 Avance\nAvance de 5 %, remboursée quand 80 % sont payés.", "avance_taux_pme", "CCAP", "inconnu"),
        ("Paiement à trente jours. Pas d'avance, pas de retenue de garantie.", "avance", "CCAP", False),
        ("Pas d'avance avant la constitution d'une garantie.", "avance", "CCAP", "inconnu"),
        ("Les réponses à plusieurs (groupement) sont possibles.", "groupement.admis", "RC", True),
        ("Les réponses groupées par lot sont classées.", "groupement.admis", "RC", "inconnu"),
        ("Les réponses communes de petits ateliers sont encouragées.", "groupement.encourage", "RC", True),
        ("Les réponses communes aux deux lots sont numérotées.", "groupement.encourage", "RC", "inconnu"),
        (
            "Le groupement retenu prend la forme solidaire : les travaux exigent un seul responsable.",
            "groupement.forme_justifiee",
            "RC",
            True,
        ),
        (
            "Le groupement retenu prend la forme solidaire : voir l'acte d'engagement.",
            "groupement.forme_justifiee",
            "RC",
            "inconnu",
        ),
    ],
)
def test_candidacies_and_money(text: str, name: str, role: str, expected: object) -> None:
    """Short stipulations, each beside one that only shares its words."""
    told = _told(text, name, role)
    assert ("inconnu" if told is None else told) == expected


def test_a_reservation_to_organisations_with_a_mission() -> None:
    """The words of the standard notice for services that only such organisations may have."""
    text = (
        "# Avis d'appel public à la concurrence\nPour le lot 2, la participation est réservée aux organisations ayant "
        "pour objectif l'accomplissement d'une mission de service public."
    )
    found = dossier(AAPC=text).get("reservation.mention_avis", Scope("lot", "2"))
    assert found is not None
    assert found.value is True
