"""What pieces cite to set it aside, and what letters and tables of lots say in their own way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from template_builders import disputed, known, of_buyer, of_lot, read_whole

from achats_check.model.fact import FactSet

_SOCIAL = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n# 9 - Clause sociale d'insertion\n"
_ADVANCE = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n# 6 - Avance\n"
_RULES = "RÈGLEMENT DE LA CONSULTATION\n"
_RATIO = ("social.ratio_heures", "social.ratio_montant_ht")
_TURNOVER = "chiffre_affaires_minimal_ht"


def _contract(text: str) -> FactSet:
    return read_whole(("CCAP", text))


def _rules(text: str) -> FactSet:
    return read_whole(("RC", _RULES + text))


def test_a_rate_of_small_firms_after_a_semicolon() -> None:
    """The rate goes on with the advance of the same sentence."""
    told = (
        "Une avance de 7 % est versée au titulaire, sauf refus ; ce taux est de 15 % pour un titulaire qui est une PME."
    )
    assert known(_contract(_ADVANCE + told))["avance_taux_pme"] == 15


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Ne font pas partie du contrat les repas des élèves de l'école voisine.", False),
        ("Les repas des enfants de la crèche n'entrent pas dans l'accord-cadre.", False),
        ("L'accord-cadre porte sur les repas des élèves de trois écoles.", True),
    ],
)
def test_school_meals_left_to_others(told: str, read: bool) -> None:
    """Meals that a contract leaves out make it no school catering."""
    facts = read_whole(("CCTP", f"CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 1 - Objet\n{told}\n"))
    assert (known(facts).get("restauration.scolaire") is True) is read


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Un chiffre d'affaires minimal de 90 000 € n'est pas exigé.", None),
        ("Un chiffre d'affaires minimal, 90 000 € la fois précédente, n'est plus demandé.", None),
        ("Le chiffre d'affaires annuel minimal exigé est de 90 000 €.", Decimal(90_000)),
    ],
)
def test_a_turnover_told_not_to_be_asked(told: str, read: Decimal | None) -> None:
    """A level that is cited and not asked is no level."""
    assert known(_rules(f"# 5 - Candidatures\n{told}\n")).get(_TURNOVER) == read


def test_penalties_that_no_exemption_reaches_are_due() -> None:
    """What an exemption does not cover is no absence of a penalty."""
    told = (
        "Une pénalité de 35 € est appliquée par heure d'insertion non réalisée. "
        "Ces pénalités ne sont pas visées par l'exonération de l'article 3.\n"
    )
    facts = _contract(_SOCIAL + told)
    assert known(facts)["social.penalites"] is True
    assert "social.penalites" not in disputed(facts)


@pytest.mark.parametrize(
    "told",
    [
        "La règle d'une heure d'insertion par tranche de 300 € HT n'est pas retenue ici.",
        "Certaines collectivités comptent une heure d'insertion par tranche de 300 € HT.",
    ],
)
def test_a_ratio_of_others(told: str) -> None:
    """A ratio that a contract says not to count by is not its own."""
    facts = known(_contract(f"{_SOCIAL}Le titulaire réserve 1 200 heures d'insertion. {told}\n"))
    assert not facts.keys() & set(_RATIO)
    assert facts["social.heures_insertion"] == 1200


def test_what_a_working_time_is_worth() -> None:
    """Hours that make an example understood are not those that are due."""
    told = (
        "Le titulaire réserve 1 200 heures d'insertion sur la durée du marché.\n"
        "Pour exemple, un salarié à mi-temps pendant un an représente environ 780 heures.\n"
    )
    assert known(_contract(_SOCIAL + told))["social.heures_insertion"] == 1200


def test_hours_that_a_hired_person_makes_are_due() -> None:
    """A person to hire is a commitment, and her hours its volume."""
    told = "Le titulaire recrute une personne éloignée de l'emploi, ce qui représente 1 200 heures.\n"
    assert known(_contract(_SOCIAL + told)).get("social.heures_insertion") == 1200


def test_a_reservation_of_a_contract_of_others() -> None:
    """What another holder does under a reserved contract reserves nothing here."""
    told = (
        "La buanderie est confiée à un autre titulaire, par un marché réservé aux structures d'insertion "
        "en application de l'article L. 2113-13 du code de la commande publique.\n"
    )
    facts = known(_rules(f"# 1 - Objet\n{told}"))
    assert "reservation.fondement" not in facts
    assert facts.get("reservation.categorie") in (None, "aucune")


def test_ceilings_in_euros_by_the_line_above() -> None:
    """The line that announces a table tells its unit, and two pieces that give a lot two ceilings disagree."""
    head = "Les montants, en euros hors taxes, sont les suivants :\nLot\tMaximum annuel\tMaximum sur la durée totale\n"
    rules = f"# 2 - Forme\n{head}1\t50 000\t200 000\n2\t30 000\t120 000\n"
    deed = "ACTE D'ENGAGEMENT\n# 4 - Montants\nLot\tMaximum total € HT (4 ans)\n1\t200 000\n2\t160 000\n"
    facts = read_whole(("RC", _RULES + rules), ("AE", deed))
    assert of_lot(facts, "1")["valeur_maximale_ht"] == 200_000
    assert "valeur_maximale_ht" not in of_lot(facts, "2")
    assert "valeur_maximale_ht" not in known(facts)


def test_the_kind_of_each_lot() -> None:
    """A column of a table of lots tells the kind of each; a cell that says two tells none."""
    rows = "1\tCantine\tServices\n2\tPain\tFournitures\n3\tLinge\tFournitures et services\n"
    facts = _rules(f"# 2 - Lots\nLot\tIntitulé\tNature\n{rows}")
    assert [of_lot(facts, lot).get("type") for lot in "123"] == ["services", "fournitures", None]


def test_criteria_under_the_name_of_each_lot() -> None:
    """A table that opens with the name of a lot is of that lot, and the scale of all lots is no criterion."""
    text = (
        "# 8 - Jugement des offres\nChaque lot est noté sur 100 points.\n"
        "Lot 1 - Reliure\tPoints\nPrix\t55\nQualité de la reliure\t45\n\n"
        "Lot 2 - Buffets\tPoints\nPrix\t40\nQualité des menus\t60\n"
    )
    facts = _rules(text)
    weights = [[item["poids"] for item in of_lot(facts, lot)["criteres"]] for lot in "12"]  # type: ignore[index,union-attr]
    assert weights == [[55, 45], [40, 60]]
    assert "criteres" not in known(facts)


def test_a_place_of_the_bidder_is_no_town_that_buys() -> None:
    """ "Ville de l'atelier" asks the candidate where he works."""
    facts = read_whole(("PRIX", "BORDEREAU DES PRIX\nVille de l'atelier où les cadres sont faits\nPrix\n"))
    assert "acheteur.categorie" not in of_buyer(facts)


def test_a_body_that_an_authority_made() -> None:
    """What its rules say it is tells its category, whatever its name."""
    told = "# 1 - Acheteur\nL'office est un établissement public industriel et commercial, rattaché à la commune.\n"
    assert of_buyer(_rules(told))["acheteur.categorie"] == "etablissement_public_local"


def test_other_labels_refused_in_the_next_sentence() -> None:
    """A refusal of all other proofs is one of equivalents, for every mention of the label."""
    text = (
        "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 3 - Produits\n"
        "L'atelier a la marque Imprim'Vert. L'attestation est jointe à l'offre ; "
        "aucune autre marque ni aucun autre label ne sera admis.\n# 4 - Pièces\nAttestation Imprim'Vert.\n"
    )
    facts = known(read_whole(("CCTP", text)))
    assert facts["labels"] == ({"nom": "Imprim'Vert", "equivalent_accepte": False},)
    assert facts["labels.equivalence_refusee"] is True


def test_no_other_attestation_asked_refuses_nothing() -> None:
    """Asking for nothing more is no refusal of another label."""
    text = (
        "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 3 - Produits\n"
        "Le papier est certifié PEFC ou équivalent. Aucune autre attestation n'est exigée.\n"
    )
    assert known(read_whole(("CCTP", text)))["labels"] == ({"nom": "PEFC", "equivalent_accepte": True},)


@pytest.mark.parametrize(
    ("told", "fact", "value"),
    [
        ("Le lieu d'implantation du candidat n'est pas pris en compte.", "criteres.implantation_locale", False),
        ("Il n'est tenu aucun compte de l'implantation du dépôt.", "criteres.implantation_locale", False),
        ("Proximité du candidat (distance de son dépôt)\t20", "criteres.implantation_locale", True),
        ("Vous pouvez répondre seul ou à plusieurs.", "groupement.admis", True),
        ("Il y a deux lots, et vous pouvez répondre à l'un, à l'autre ou aux deux.", "lots_candidature_precisee", True),
        (
            "Une variante est possible. Elle doit présenter au moins le même grain.",
            "variantes_exigences_minimales",
            True,
        ),
        ("La ville estime le besoin, options comprises, à 90 000 € HT.", "valeur_estimee_ht", Decimal(90_000)),
        (
            "Une entreprise jeune n'est pas écartée parce qu'elle n'a aucune référence.",
            "candidature.references_eliminatoires",
            False,
        ),
        (
            "L'offre est retenue à titre provisoire en attendant que le candidat produise les certificats.",
            "candidature.attestations_de_tous",
            False,
        ),
        (
            "Les attestations fiscales et sociales ne sont réclamées qu'à l'entreprise que nous aurons choisie.",
            "candidature.attestations_de_tous",
            False,
        ),
    ],
)
def test_plain_words_of_letters(told: str, fact: str, value: bool | Decimal) -> None:
    """A letter says in everyday words what a printed set of rules says in its own."""
    assert known(_rules(f"# 6 - Réponses et jugement des offres\n{told}\n"))[fact] == value


def test_a_duration_under_an_everyday_title() -> None:
    """A title asks how long, or names the duration with its article."""
    renewed = "Un an à partir de la notification, reconductible une fois un an."
    for title in ("4 - Pour combien de temps ?", "4 - La durée"):
        assert known(_rules(f"# {title}\n{renewed}\n"))["duree_mois"] == 24


def test_no_origin_is_imposed() -> None:
    """A wish for local goods that says it asks for none denies the requirement."""
    told = "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 3 - Denrées\nNous n'imposons aucune provenance.\n"
    assert known(read_whole(("CCTP", told)))["specifications.provenance_imposee"] is False
