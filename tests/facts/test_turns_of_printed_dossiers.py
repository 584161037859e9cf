"""Turns of dossiers whose notice is printed: lots under their headings, forms, referrals, the buyer's number."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, value, vocabulary

from achats_check.facts.clauses.lots import scopes
from achats_check.facts.extract import extract
from achats_check.facts.roles import recognise
from achats_check.model.fact import ACHETEUR, MARCHE, Scope

LOT_2 = Scope("lot", "2")


def told(text: str, name: str, role: str, scope: Scope = MARCHE) -> object:
    """The value of a fact of a clause, or its status when it is not known."""
    found = extract([piece(text, role)], vocabulary(), naming(), terms(), lexicon())[1].get(name, scope)
    return "nothing" if found is None else found.value if found.status == "known" else found.status


def test_the_number_of_an_article_is_not_that_of_a_lot() -> None:
    """A title that ends with "lots" stands above the number of the article that holds it."""
    assert scopes("aucun herbicide", "7.1 - obligations communes aux deux lots\n7 - environnement") == (MARCHE,)
    assert scopes("aucun herbicide", "7.1 - lots 2 et 3\n7 - environnement") == (LOT_2, Scope("lot", "3"))


def test_the_reservation_of_a_lot_may_stand_below_its_codes_and_amounts() -> None:
    """The form of a platform writes the code, the place and the amounts of the lot before its reservation."""
    form = (
        "\nCPV : 77310000\nLieu : berges\nCode NUTS : FRK23\nCoût : 40 000\nMinimum : néant\nMaximum : 50 000 euros\n"
    )
    text = f"Lot N° 1 - Fauche{form}Lot non réservé.\nLot N° 2 - Tri{form}Lot réservé, article L. 2113-12 du code."
    assert told(text, "reservation.fondement", "AAPC", LOT_2) == ("L2113-12",)
    assert told(text, "reservation.fondement", "AAPC") != ("L2113-12",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("La gestion des déchets est régie par l'article 36 du CCAG-Travaux.", False),
        ("Les stipulations de l'article 36 du CCAG-Travaux sont applicables.", False),
        ("Le titulaire trie les déchets par nature, selon l'article 36 du CCAG-Travaux.", True),
    ],
)
def test_a_bare_reference_to_the_ccag_is_no_clause(body: str, *, expected: bool) -> None:
    """An article that only refers to the general clauses asks nothing of its own."""
    text = f"Cahier des clauses administratives particulières\n# 9.3 Gestion des déchets de chantier\n{body}"
    assert (told(text, "environnement.condition_execution", "CCAP") is True) is expected


@pytest.mark.parametrize(
    ("cover", "role"),
    [
        ("Ville d'Orsonne\nProjet de contrat de concession du port\nAnnexé au dossier de consultation", "CCP"),
        ("Ville d'Orsonne\nProjet de convention de délégation de service public", "CCP"),
        ("Annexe 3 au projet de contrat de concession\nInventaire des biens", "ANNEXE"),
        ("Ville d'Orsonne\nProjet de convention d'occupation du domaine", "AUTRE"),
    ],
)
def test_a_draft_concession_is_the_contract(cover: str, role: str) -> None:
    """The draft that is joined to the dossier is the contract to be signed."""
    assert recognise(piece(cover, "AUTRE", "piece4.pdf"), naming())[0] == role


def test_the_form_of_a_contract_without_any_technique() -> None:
    """The rubric of a notice is left to what the other pieces say more surely."""
    notice = "Avis de marché\nTechnique d'achat : Sans objet"
    assert value(notice, "forme", "AAPC") == "marche"
    both = [piece(notice, "AAPC"), piece("Le présent accord-cadre est conclu pour un an.", "CCAP")]
    found = extract(both, vocabulary(), naming(), terms(), None)[1].get("forme", MARCHE)
    assert found is not None
    assert found.value != "marche"


def test_the_national_number_of_the_buyer() -> None:
    """The forms of notices call it so."""
    text = "Avis de concession\nNom officiel : Régie des eaux d'Orsonne\nNuméro national d'identification : {}"
    assert value(text.format("21790987800019"), "acheteur.siret", "AAPC", ACHETEUR) == "21790987800019"
    assert value(text.format("21790987800018"), "acheteur.siret", "AAPC", ACHETEUR) != "21790987800018"


@pytest.mark.parametrize(
    ("text", "name", "role", "expected"),
    [
        ("Les candidats répondent à l'un des lots ou aux deux.", "lots_candidature_precisee", "RC", True),
        ("Elle n'est pas réservée à une catégorie d'entreprises.", "reservation.categorie", "RC", "aucune"),
        ("Il n'est pas lié à la politique générale du candidat.", "criteres.politique_generale", "RC", False),
        ("Le sous-critère ne juge pas la politique RSE.", "criteres.politique_generale", "RC", False),
        ("La politique sociale de l'entreprise n'est pas notée.", "criteres.politique_generale", "RC", False),
        ("Critère 3 : politique RSE de l'entreprise, 10 points", "criteres.politique_generale", "RC", True),
        ("La concession n'est pas réservée.", "reservation.categorie", "RC", "aucune"),
        (
            "# 7 Pénalités\nManquement à la charte « chantier propre »\t250 € par constat",
            "environnement.penalites",
            "CCAP",
            True,
        ),
        (
            "# 7 Pénalités\nManquement à la charte graphique\t250 € par constat",
            "environnement.penalites",
            "CCAP",
            "not true",
        ),
        (
            "# 8 Clause d'insertion\nLe titulaire réserve 90 heures aux jeunes suivis par une mission locale.",
            "social.facilitateur",
            "CCAP",
            "not true",
        ),
        (
            "# 8 Clause d'insertion\nLe titulaire réserve 90 heures. La mission locale accompagne l'entreprise.",
            "social.facilitateur",
            "CCAP",
            True,
        ),
    ],
)
def test_turns(text: str, name: str, role: str, expected: object) -> None:
    """One turn, and what it says or does not say."""
    found = told(text, name, role)
    assert found is not True if expected == "not true" else found == expected


def test_what_every_lot_has_the_market_has() -> None:
    """A criterion that each lot has is one of the market; one that a lot lacks is not."""
    table = "# 6.{0} Critères du lot {0}\nCritère\tPondération\nPrix\t60 %\nValeur technique\t{1} %\n{2}\t{3} %\n"
    lots = "Le marché est divisé en deux lots :\nLot 1 : Fauche\nLot 2 : Tri\n"
    lots += "# 2 Durée\nUn an.\n# 3 Prix\nIls sont fermes.\n"
    green, other = "Performance environnementale", "Délai d'exécution"
    both = lots + table.format(1, 25, green, 15) + table.format(2, 30, green, 10)
    one = lots + table.format(1, 25, green, 15) + table.format(2, 30, other, 10)
    assert told(both, "environnement.critere", "RC") is True
    assert told(one, "environnement.critere", "RC") is not True
