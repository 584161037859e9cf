"""Covers of landlords, companies and hospitals' groups: the town they name is where one builds, not who buys."""

from __future__ import annotations

import pytest
from facts_builders import fact

from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    "owner",
    [
        "SEMAVAL, société d'économie mixte",
        "SEM Val d'Orne Aménagement",
        "SPL Claire Rivières",
        "SA d'HLM Toits du Val",
        "OPH des Trois Vallées",
        "EPF de la Claire",
        "EPFL du Haut Val",
        "GHT Monts et Vallées",
        "ESH Le Foyer des Collines",
    ],
)
def test_the_town_of_a_cover_does_not_buy_beside_a_landlord(owner: str) -> None:
    """Nobody is told to be a commune."""
    text = f"{owner}\nConstruction de 24 logements\nCommune de Sauveterre\nCahier des clauses particulières"
    assert fact(text, "acheteur.categorie", "CCAP", ACHETEUR).value != "commune"
    assert fact(text, "acheteur.nom", "CCAP", ACHETEUR).value != "Commune de Sauveterre"


@pytest.mark.parametrize(
    "owner", ["Maître d'ouvrage : SEMAVAL", "Maître d'ouvrage : LOGIVAL", "Maître d'ouvrage : Logis de la Claire"]
)
def test_an_owner_by_its_brand_keeps_the_town_from_buying(owner: str) -> None:
    """An acronym says no category: still it is not the town of the cover."""
    text = f"{owner}\nConstruction de 24 logements\nCommune de Sauveterre\nCahier des clauses particulières"
    assert fact(text, "acheteur.categorie", "CCAP", ACHETEUR).status == "unknown"


@pytest.mark.parametrize(
    "owner",
    [
        "Maître d'ouvrage : SAUVETERRE",
        "Maître d'ouvrage : Monsieur le Maire",
        "Maître d'ouvrage : MAIRIE",
        "Maître d'ouvrage : Commune de Sauveterre",
        "Maître d'œuvre : ARKAVAL",
        "Assistant à maîtrise d'ouvrage : SEMAVAL",
    ],
)
def test_a_town_that_owns_what_it_builds_still_buys(owner: str) -> None:
    """The owner is the town itself under another form, or the line names somebody else."""
    text = f"{owner}\nConstruction d'une école\nCommune de Sauveterre\nCahier des clauses particulières"
    assert fact(text, "acheteur.categorie", "CCAP", ACHETEUR).value == "commune"
