"""Clauses that go too far: local preference, reservations to others, society as a way to choose candidates."""

from __future__ import annotations

import pytest
from coherence_builders import dossier, verdict

LOCAL, CHOICE = "candidature.implantation_exigee", "candidature.clause_sociale_exigee"
OTHERS, POLICY = "reservation.hors_beneficiaires", "criteres.politique_generale"


@pytest.mark.parametrize(
    "sentence",
    [
        "Les candidats devront obligatoirement être implantés dans le département.",
        "Le candidat doit disposer d'une agence dans un rayon de 50 km autour de la mairie.",
        "Les soumissionnaires doivent avoir leur siège sur le territoire de la commune.",
        "La consultation est ouverte exclusivement aux entreprises du département.",
        "Les entreprises locales seront privilégiées.",
        "À offre équivalente, la préférence sera donnée aux entreprises du territoire.",
        "Seules les entreprises dont le siège est situé dans le département peuvent candidater.",
    ],
)
def test_a_local_preference(sentence: str) -> None:
    """Being from here as a condition to bid."""
    assert verdict(dossier(RC=f"# 3 Candidatures\n{sentence}"), LOCAL) is True


@pytest.mark.parametrize(
    ("criterion", "local"),
    [
        ("proximité géographique du candidat (10 points)", True),
        ("localisation du siège de l'entreprise (10 %)", True),
        ("distance entre l'agence et le site (10 points)", True),
        ("recours à la main-d'œuvre locale (10 points)", True),
        ("délai d'intervention (20 %)", False),
        ("développement des approvisionnements directs (10 %)", False),
        ("insertion locale du projet dans le paysage (10 %)", False),
    ],
)
def test_a_criterion_that_scores_the_address(criterion: str, local: bool) -> None:
    """Where the company is, not what it will do; a delay, a supply or a landscape is something else."""
    found = verdict(dossier(RC=f"# 5 Jugement des offres\nCritère 4 : {criterion}"), "criteres.implantation_locale")
    assert (found is True) is local


@pytest.mark.parametrize(
    "sentence",
    [
        "Le titulaire devra disposer d'une agence à moins de 50 km pendant l'exécution du marché.",
        "Les candidats établis dans un autre État membre de l'Union européenne doivent produire un certificat.",
        "Les sites à entretenir sont implantés dans le département.",
        "Les candidats doivent prendre connaissance des sites situés sur le territoire de la commune.",
        "Le titulaire intervient dans un délai de deux heures.",
        "Les candidats n'ont pas à être implantés dans le département.",
        "Seules les entreprises titulaires d'un agrément peuvent intervenir sur les sites du département.",
    ],
)
def test_what_is_no_local_preference(sentence: str) -> None:
    """Where the work is done, how fast, and what foreign candidates supply."""
    assert verdict(dossier(RC=f"# 3 Candidatures\n{sentence}"), LOCAL) is not True


@pytest.mark.parametrize(
    "sentence",
    [
        "Le lot 3 est réservé aux associations locales.",
        "Le présent marché est exclusivement réservé aux PME.",
        "La consultation est réservée aux entreprises du département.",
        "Les lots 1 et 2 sont réservés à des artisans.",
    ],
)
def test_a_reservation_outside_the_law(sentence: str) -> None:
    """Operators that no article lets a buyer reserve a contract to."""
    assert verdict(dossier(RC=f"# 2 Lots\n{sentence}"), OTHERS) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "Le lot 3 est réservé aux entreprises adaptées et aux ESAT (article L. 2113-12).",
        "Le lot 3 est réservé aux associations intermédiaires et aux entreprises d'insertion.",
        "Le lot 3 est réservé aux associations conventionnées au titre de l'insertion par l'activité économique.",
        "Le lot 3 est réservé aux jeunes entreprises innovantes.",
        "Une part minimale du marché est réservée aux PME.",
        "La participation est réservée à une profession déterminée.",
        "L'acheteur se réserve le droit de négocier avec les PME.",
        "Le stationnement du marché est réservé aux artisans.",
        "Le marché n'est pas réservé aux PME.",
    ],
)
def test_reservations_that_the_law_knows(sentence: str) -> None:
    """Eligible structures, shares of a contract, places, and words that only look like it."""
    assert verdict(dossier(RC=f"# 2 Lots\n{sentence}"), OTHERS) is not True


@pytest.mark.parametrize(
    "sentence",
    [
        "Les candidats devront justifier d'actions d'insertion menées au cours des trois dernières années.",
        "Les candidatures seront rejetées en l'absence d'engagement social et de démarche d'insertion.",
        "La sélection des candidatures tient compte de la politique d'insertion.",
        "Le candidat doit employer au moins deux salariés en insertion.",
        "Les candidatures sont sélectionnées au regard de l'engagement du candidat à réaliser des heures d'insertion.",
        "Le candidat présente, à peine de rejet, ses références en matière d'insertion par l'activité économique.",
    ],
)
def test_a_clause_that_chooses_candidates(sentence: str) -> None:
    """A clause to be performed, used to select those who may bid."""
    assert verdict(dossier(RC=f"# 3 Candidatures\n{sentence}"), CHOICE) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "Le candidat doit justifier de son agrément d'entreprise d'insertion, le lot 2 étant réservé.",
        "Les candidats déclarent respecter l'obligation d'emploi des travailleurs handicapés (L. 5212-1).",
        "Le candidat s'engage à réaliser les heures d'insertion prévues au CCAP.",
        "Toute offre ne respectant pas la clause sociale sera déclarée irrégulière.",
        "Les candidats présentent leurs références.",
    ],
)
def test_a_clause_that_is_only_accepted(sentence: str) -> None:
    """Proof for a reserved lot, a legal declaration, an undertaking in the offer."""
    assert verdict(dossier(RC=f"# 3 Candidatures\n{sentence}"), CHOICE) is not True


def test_an_insertion_criterion_about_the_whole_company() -> None:
    """Counting the people the company employs is not what it will do for this contract."""
    about_company = "Critère 3 : nombre de salariés en insertion dans l'entreprise (10 %)"
    about_contract = "Critère 3 : nombre d'heures d'insertion proposées pour l'exécution du marché (10 %)"
    assert verdict(dossier(RC=f"# 5 Jugement\n{about_company}"), POLICY) is True
    assert verdict(dossier(RC=f"# 5 Jugement\n{about_contract}"), POLICY) is not True


@pytest.mark.parametrize(
    ("fact", "role", "sentence"),
    [
        (LOCAL, "RC", "Les candidats devront être implantés dans le département."),
        (OTHERS, "RC", "Le lot 3 est réservé aux associations locales."),
        (CHOICE, "RC", "Le candidat doit employer au moins deux salariés en insertion."),
        ("social.preuves", "CCAP", "Le titulaire remet les justificatifs des heures d'insertion."),
        ("environnement.preuves", "CCTP", "Le titulaire remet les bordereaux de suivi des déchets."),
        ("environnement.mesure", "CCTP", "Les sacs contiennent 80 % de matière recyclée."),
    ],
)
def test_a_box_without_its_tick_says_nothing(fact: str, role: str, sentence: str) -> None:
    """A form that lost its ticks is undecided, a ticked box speaks."""
    assert verdict(dossier(**{role: f"# 3 Options\n☐ {sentence}\n☐ Sans objet."}), fact) == "unknown"
    assert verdict(dossier(**{role: f"# 3 Options\n☒ {sentence}\n☐ Sans objet."}), fact) is True
