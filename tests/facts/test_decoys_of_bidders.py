"""What looks like a demand made to bidders, a reservation or a technical limit, and is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import KNOWN, MARCHE


def known(text: str, name: str, role: str) -> object:
    """The value of a fact that is known, else None."""
    fact = extract((piece(text, role),), vocabulary(), naming(), terms(), lexicon())[1].get(name, MARCHE)
    return fact.value if fact is not None and fact.status == KNOWN else None


GROUPS = [
    ("groupement.admis", "Les groupements ne sont pas autorisés.", False),
    ("groupement.admis", "Les groupements d'entreprises ne sont pas autorisés à modifier leur composition.", None),
    ("groupement.admis", "Le groupement n'est pas autorisé à sous-traiter la totalité.", None),
    ("groupement.admis", "Les candidatures en groupement ne sont pas admises pour le lot 3.", None),
    ("groupement.admis", "Le groupement n'est pas accepté si un membre est frappé d'exclusion.", None),
]
FORMS = [
    ("Les candidats doivent se présenter en groupement solidaire.", "solidaire"),
    ("Les candidats doivent se présenter en groupement conjoint avec mandataire solidaire.", "conjoint"),
    ("Dès la candidature, le groupement doit désigner un mandataire, qui sera solidaire.", None),
    ("Lors du dépôt de l'offre, le groupement doit préciser s'il est conjoint ou solidaire.", None),
    ("Au stade de la candidature, le groupement ne doit pas être obligatoirement solidaire.", None),
    ("Lors de la remise de l'offre, le groupement doit remettre un acte signé par le mandataire solidaire.", None),
]
DEMANDS = [
    ("chiffre_affaires_minimal_ht", "Chiffre d'affaires minimum exigé : 500 000 € HT.", Decimal(500000)),
    (
        "chiffre_affaires_minimal_ht",
        "Le chiffre d'affaires annuel ne peut être inférieur à 200 000 €, y compris pour les PME.",
        Decimal(200000),
    ),
    (
        "chiffre_affaires_minimal_ht",
        "Les PME, dont le chiffre d'affaires est inférieur à 50 000 000 €, ont une avance majorée.",
        None,
    ),
    ("chiffre_affaires_minimal_ht", "Chiffre d'affaires : au moins trois références de 100 000 € HT.", None),
    ("candidature.attestations_de_tous", "Le candidat doit produire l'attestation fiscale.", True),
    (
        "candidature.attestations_de_tous",
        "Le candidat doit produire un relevé ; attestations fiscales : non exigées dans sa candidature.",
        None,
    ),
    ("candidature.references_eliminatoires", "L'absence de références entraîne le rejet de la candidature.", True),
    (
        "candidature.references_eliminatoires",
        "Les références des produits sont indiquées sous peine de rejet de l'offre.",
        None,
    ),
    ("candidature.references_eliminatoires", "L'absence de références est sans effet sur un rejet.", None),
    ("candidature.implantation_exigee", "Le candidat doit disposer d'une agence dans le département.", True),
    ("candidature.implantation_exigee", "Toute préférence locale est exclue.", None),
    ("candidature.implantation_exigee", "Les candidats ne doivent pas être implantés dans le département.", None),
    (
        "candidature.implantation_exigee",
        "L'entreprise devra disposer d'un bureau sur le territoire pendant l'exécution.",
        None,
    ),
]


@pytest.mark.parametrize(("name", "text", "value"), [*GROUPS, *DEMANDS])
def test_a_limit_or_a_definition_is_no_demand(name: str, text: str, value: object) -> None:
    """Groups limited in what they do, small firms defined, references of products."""
    assert known(text, name, "RC") == value


@pytest.mark.parametrize(("text", "value"), FORMS)
def test_a_form_to_state_is_no_form_imposed(text: str, value: object) -> None:
    """That of the leader of a group is not that of the group."""
    assert known(text, "groupement.forme_imposee_candidature", "RC") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le groupement attributaire devra être solidaire.", "solidaire"),
        ("Le mandataire du groupement devra être solidaire de ses cotraitants.", None),
        ("Le groupement peut être conjoint ou solidaire. Le mandataire du groupement doit être solidaire.", "aucune"),
    ],
)
def test_the_liability_of_the_leader_is_no_form_imposed(text: str, value: object) -> None:
    """The leader of a joint group may have to answer for the others: the group stays joint."""
    assert known(text, "groupement.forme_imposee", "RC") == value


RESERVED = [
    ("Le marché est réservé aux entreprises adaptées.", "handicap"),
    ("Ce marché est-il réservé aux entreprises adaptées ? Oui", "handicap"),
    ("Ce marché est-il réservé aux entreprises adaptées ? Non", "aucune"),
    ("Le marché n'étant pas réservé aux ESAT, tous peuvent répondre.", "aucune"),
    ("Si le marché est réservé à des ESAT, le candidat joint son agrément.", None),
    ("Le candidat précise si le marché est réservé au titre de l'article L. 2113-12.", None),
    ("Le précédent marché était réservé aux structures d'insertion.", None),
    ("Seules les parties confiées à une entreprise adaptée peuvent être sous-traitées.", None),
    ("Une partie du marché (10 %) est réservée à des structures d'insertion par l'activité économique.", None),
    ("Marché destiné uniquement au transport des travailleurs handicapés.", None),
    ("L'accord-cadre est destiné exclusivement aux travailleurs handicapés accueillis par le service.", None),
]


@pytest.mark.parametrize(("text", "value"), RESERVED)
def test_a_part_a_past_or_a_public_reserves_no_market(text: str, value: object) -> None:
    """A question answered no, an hypothesis, the people served."""
    assert known(text, "reservation.categorie", "RC") == value


LIMITS = [
    ("labels.equivalence_refusee", "Label FSC : aucun équivalent ne sera accepté.", True),
    ("labels.equivalence_refusee", "Les labels non équivalents ne seront pas admis.", None),
    ("labels.equivalence_refusee", "Aucun équivalent n'est exclu.", None),
    ("labels.equivalence_refusee", "L'équivalence n'est pas admise de droit : le candidat la démontre.", None),
    ("specifications.provenance_imposee", "Les produits proviennent exclusivement du département.", True),
    ("specifications.provenance_imposee", "Les produits proviennent exclusivement du département informatique.", None),
    ("specifications.provenance_imposee", "La production d'énergie est située dans un rayon de 2 km.", None),
]


@pytest.mark.parametrize(("name", "text", "value"), LIMITS)
def test_a_service_or_a_proof_limits_nothing(name: str, text: str, value: object) -> None:
    """ "Non équivalent" admits what is equivalent; a "département" may be a service."""
    assert known(text, name, "CCTP") == value
