"""Whether a notice says that a contract is reserved: its silence is a fault, when it is silence."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

from achats_check.model.fact import KNOWN, MARCHE


def mention(said: str) -> str:
    """What is known of the mention in a notice that holds a line, when the rules reserve the contract."""
    notice = f"Avis de concession\nObjet : exploitation d'un camping\n{said}\n"
    found = read_whole(("RC", "La concession est réservée aux entreprises adaptées."), ("AAPC", notice))
    fact = found.get("reservation.mention_avis", MARCHE)
    return fact.status if fact is not None else ""


@pytest.mark.parametrize(
    "said",
    [
        "Concession réservée à des opérateurs dont l'objectif est l'intégration sociale des personnes handicapées.",
        "La participation est réservée à des ateliers protégés et à des opérateurs visant à l'intégration.",
        "Concession réservée en application de l'article L. 3113-1 du code de la commande publique.",
        "Lot réservé à des établissements et services d'aide par le travail.",
        "Lot réservé : oui",
        "Concession réservée : ☒ oui ☐ non",
        "Marché réservé aux personnes en situation de handicap.",
    ],
)
def test_the_forms_of_notices_have_words_of_their_own(said: str) -> None:
    """Those of concessions too, with their own articles of the code."""
    assert mention(said) == KNOWN


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Le bénéfice de cette consultation est réservé par l'autorité à certains publics.", "unknown"),
        ("Seuls peuvent répondre les ateliers protégés du département.", "unknown"),
        ("Conditions propres à la réservation : voir le règlement.", "unknown"),
        ("Concession réservée : non", "absent"),
        ("Concession réservée : ☐ oui ☒ non", "absent"),
        ("L'acheteur se réserve le droit de négocier, sous réserve du règlement.", "absent"),
        ("La participation est réservée à une profession particulière : non", "absent"),
    ],
)
def test_a_notice_is_silent_only_when_no_word_speaks_of_a_reservation(said: str, status: str) -> None:
    """Its silence accuses: other words than those foreseen leave the question open."""
    assert mention(said) == status


@pytest.mark.parametrize(("answer", "reserved"), [("oui", True), ("non", False), ("oui / non", None)])
def test_the_question_on_sheltered_programmes_in_every_turn(answer: str, reserved: bool | None) -> None:
    """The notice asks it with a noun, with a verb, with both."""
    for asked in (
        "Le marché doit être exécuté dans le cadre de programmes d'emplois protégés",
        "L'exécution du contrat doit avoir lieu dans le cadre de programmes d'emplois protégés",
    ):
        facts = read_whole(("AAPC", f"Avis de marché\nObjet : entretien de haies\n{asked} : {answer}\n"))
        assert known(facts).get("avis.execution_reservee") == reserved


def test_no_participation_reserved_is_no_reservation() -> None:
    """The rubric names whom the law would let it be reserved to, and denies it."""
    said = "Marché réservé : aucune participation réservée à des ateliers protégés ou à des structures d'insertion"
    facts = read_whole(("AAPC", f"Avis de marché\nObjet : entretien de haies\n{said}\n"))
    assert known(facts)["reservation.categorie"] == "aucune"
