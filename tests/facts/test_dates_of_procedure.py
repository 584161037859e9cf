"""When a consultation is launched and until when offers are handed in, and how a buyer words them."""

from __future__ import annotations

from datetime import date

import pytest
from facts_builders import value
from template_builders import known, read_whole

_LAUNCH, _LIMIT, _SENT = "date_lancement", "date_limite_offres", "avis.date_envoi"


@pytest.mark.parametrize(
    "text",
    [
        "Publication de l'avis : mardi 9 mars 2027 (journal d'annonces légales et profil d'acheteur).",
        "L'annonce a paru dans L'Écho du Val et sur la plateforme le 9 mars 2027.",
        "L'avis a été adressé aux supports de publicité le 9 mars 2027.",
        "Mise en ligne du dossier\t9 mars 2027",
        "Date de lancement : 9 mars 2027",
        "Date de lancement de la consultation\t09/03/2027",
    ],
)
def test_the_launch_is_told_in_many_ways(text: str) -> None:
    """Sending, publishing, putting on line: each tells the day whose law applies."""
    assert value(text, _LAUNCH, "RC") == date(2027, 3, 9)


@pytest.mark.parametrize(
    "text",
    [
        "Date de lancement des travaux : 9 mars 2027",
        "Mise en ligne du nouveau site le 9 mars 2027",
        "L'avis rectificatif a été envoyé le 9 mars 2027.",
        "L'avis d'attribution est publié le 9 mars 2027 au plus tard.",
        "Les candidats adressent leurs demandes avant le 9 mars 2027.",
    ],
)
def test_another_day_is_no_launch(text: str) -> None:
    """Works, a site, another notice: none of them launches the consultation."""
    assert value(text, _LAUNCH, "RC") == "unknown"


def test_the_sending_outranks_the_publication() -> None:
    """What is sent on Friday is published on Tuesday: both are true, and the first is the launch."""
    text = """
    Date d'envoi de l'avis à la publication : 5 mars 2027
    Publication de l'avis : 9 mars 2027
    """
    assert known(read_whole(("RC", text)))[_LAUNCH] == date(2027, 3, 5)


def test_the_initial_offers_of_a_negotiation_have_a_deadline() -> None:
    """The final ones have another, later."""
    assert value("Remise des offres initiales\t9 mars 2027 à 12 h 00", _LIMIT, "RC") == date(2027, 3, 9)
    assert value("Remise des échantillons : 9 mars 2027", _LIMIT, "RC") == "unknown"


def test_a_first_word_without_a_date_hides_no_launch() -> None:
    """A notice in one paragraph says "avis" many times before the day it was sent."""
    text = (
        "Le présent avis donne l'adresse du profil d'acheteur. L'avis transmis aux candidats est gratuit. Autres "
        "renseignements : néant. Date d'envoi du présent avis au JOUE et au BOAMP : 30 décembre 2026"
    )
    assert value(text, _LAUNCH, "AAPC") == date(2026, 12, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Date d'envoi du présent avis à la publication : 9 mars 2027",
        "VI.5) Date d'envoi du présent avis au JOUE : 09/03/2027",
        "Date d'envoi de l'avis : 09/03/2027. Publication : BOAMP",
        "Date d'envoi\t09/03/2027",
        "Envoi le 09/03/27 à la publication",
    ],
)
def test_a_printed_notice_tells_the_day_it_is_sent(text: str) -> None:
    """The same day launches the consultation; no other piece dates the notice."""
    assert value(text, _SENT, "AAPC") == value(text, _LAUNCH, "AAPC") == date(2027, 3, 9)
    assert value(text, _SENT, "RC") == "unknown"


@pytest.mark.parametrize(
    "text", ["Date de publication de l'avis : 9 mars 2027", "Date de lancement de la consultation : 9 mars 2027"]
)
def test_what_is_published_was_sent_before(text: str) -> None:
    """The launch is told, and not the sending."""
    assert value(text, _LAUNCH, "AAPC") == date(2027, 3, 9)
    assert value(text, _SENT, "AAPC") == "unknown"


def test_a_notice_that_cites_another_was_not_sent_that_day() -> None:
    """A correction, or a contract run again, tells when the first notice left."""
    for told in ("Référence : annonce n° 26-4412, envoyée le 9 mars 2027", "Suite à l'annonce envoyée le 9 mars 2027"):
        assert value(told, _SENT, "AAPC") == "unknown"


@pytest.mark.parametrize(
    "other",
    [
        "Date limite de demande d'informations complémentaires : 2/03/2027 17:00:00 (UTC+01:00)",
        "Date limite pour les demandes de précisions : 2 mars 2027",
        "Date limite d'obtention du dossier : 2 mars 2027",
        "Date limite d'envoi de l'invitation à soumissionner : 2 mars 2027",
        "Date limite jusqu'à laquelle l'offre doit rester valable : 2 mars 2027",
    ],
)
def test_the_deadline_of_another_step_is_not_that_of_the_offers(other: str) -> None:
    """A printed notice dates each step with the same first words."""
    text = f"{other}\nDate limite de réception des offres : 9/03/2027 12:00:00 (UTC+01:00)"
    assert value(text, _LIMIT, "AAPC") == date(2027, 3, 9)
