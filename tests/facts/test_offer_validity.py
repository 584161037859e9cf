"""How long an offer binds whoever hands it in, in days, a month being thirty."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

_FACT = "validite_offres_jours"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Le délai de validité des offres est fixé à 120 jours à compter de la date limite de réception.", 120),
        ("Délai de validité des offres\t6 mois", 180),
        ("Validité de l'offre : quatre (4) mois.", 120),
        ("# 3.6 Durée de validité des offres\n180 jours à compter de la date limite de remise.", 180),
        ("Les offres sont valables cent quatre-vingts (180) jours à compter de leur remise.", 180),
        ("Les candidats restent engagés par leur offre pendant une durée de 150 jours.", 150),
        ("Le présent engagement me lie pour une durée de 90 jours.", 90),
        ("L'offre ne lie le candidat que si elle est acceptée dans un délai de cent vingt (120) jours.", 120),
        ("Le délai de validité des offres est de CENT QUATRE VINGT JOURS (180) à compter de leur remise.", 180),
        ("L'offre m'engage pendant cinq mois.", 150),
        ("Date limite de remise des offres : 20 juin 2025 à 12 h. Validité : six mois.", 180),
    ],
)
def test_how_long_an_offer_binds(text: str, days: int) -> None:
    """In days or in months, in a sentence, a table, a title."""
    assert known(read_whole(("RC", text)))[_FACT] == days


@pytest.mark.parametrize(
    "text",
    [
        "Le marché est conclu pour une durée de 12 mois à compter de la notification de l'offre retenue.",
        "Les attestations d'assurance ont une validité de 6 mois.",
        "L'acheteur peut demander la prolongation du délai de validité des offres de 30 jours.",
    ],
)
def test_what_is_no_validity_of_an_offer(text: str) -> None:
    """Other lengths, and other things that are valid."""
    assert _FACT not in known(read_whole(("RC", text)))
