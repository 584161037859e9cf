"""Turns of insurance contracts and of the design of works: what is insured or to come is not what is asked."""

from __future__ import annotations

import pytest
from facts_builders import value
from template_builders import known, of_lot, read_whole

_RULES = "RÈGLEMENT DE LA CONSULTATION\n# 6 - Conditions\n"


def _read(name: str, told: str) -> object:
    """Return what rules of the consultation that hold a sentence say of a fact, None when they do not."""
    return known(read_whole(("RC", f"{_RULES}{told}\n"))).get(name)


@pytest.mark.parametrize(
    "aside",
    [
        "La procédure avec négociation ne sera pas utilisée pour cet achat.",
        "La régie se réserve la faculté de recourir, le cas échéant, à un marché passé sans publicité ni mise en"
        " concurrence.",
        "Elle se réserve le droit de relancer une procédure adaptée.",
    ],
)
def test_a_procedure_set_aside_or_to_come_is_not_that_of_the_purchase(aside: str) -> None:
    """The procedure that the contract follows stands alone."""
    rules = f"RÈGLEMENT DE LA CONSULTATION\n# 2 - Procédure\nLe marché est passé en appel d'offres ouvert.\n{aside}\n"
    assert value(rules, "procedure.type", "RC") == "appel_offres_ouvert"


def test_an_adapted_procedure_that_may_be_negotiated_is_followed() -> None:
    """To keep the right to negotiate sets nothing aside."""
    told = "La procédure adaptée est retenue ; l'acheteur se réserve la possibilité de recourir à la négociation."
    assert value(f"# 2 - Procédure\n{told}\n", "procedure.type", "RC") == "procedure_adaptee"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Le renouvellement de la flotte ne change rien aux garanties ; la liste est mise à jour une fois l'an.",
        "L'assureur peut se retirer quand la charge dépasse deux fois la prime.",
    ],
)
@pytest.mark.parametrize("never", ["Il ne se renouvelle pas.", "Il n'y a pas de reconduction.", ""])
def test_a_fleet_renewed_once_a_year_renews_no_contract(elsewhere: str, never: str) -> None:
    """Four years stay four, whatever else is renewed, or counted."""
    contract = f"CCAP\n# 3 - Durée\nLe marché est conclu pour une durée de quatre ans. {never}\n{elsewhere}\n"
    assert value(contract, "duree_mois", "CCAP") == 48


def test_a_contract_not_renewed_by_silence_may_be_renewed() -> None:
    """ "Ne se renouvelle pas tacitement" denies the silence, not the renewal."""
    contract = (
        "CCAP\n# 3 - Durée\nLe marché est conclu pour une durée d'un an, reconductible deux fois pour un an."
        " Il ne se renouvelle pas tacitement.\n"
    )
    assert value(contract, "duree_mois", "CCAP") == 36


@pytest.mark.parametrize(
    "sentence",
    [
        "Variantes : admises pour le lot 1, exclues pour le lot 2.",
        "Variantes : acceptées sur le lot 1 et refusées sur le lot 2.",
    ],
)
def test_a_sentence_that_turns_from_a_lot_to_another(sentence: str) -> None:
    """Each lot has the answer that names it."""
    facts = read_whole(
        ("RC", f"RÈGLEMENT DE LA CONSULTATION\nIl y a 2 lots.\nLot 1 : Toits\nLot 2 : Sols\n{sentence}\n")
    )
    assert [of_lot(facts, lot)["variantes"] for lot in "12"] == ["autorisees", "interdites"]


def test_the_form_of_a_grouping_is_justified_by_what_the_other_is_not() -> None:
    """A joint grouping, joint liability being foreign to the trade."""
    told = (
        "Le groupement attributaire devra prendre la forme conjointe, l'engagement solidaire n'étant pas conciliable"
        " avec les règles de la profession."
    )
    assert _read("groupement.forme_justifiee", told) is True


@pytest.mark.parametrize(
    "told",
    [
        "Le remplacement du parc par des véhicules électriques reste sans incidence sur la cotisation.",
        "Sont garantis le choc de véhicules, les dommages électriques et la foudre.",
    ],
)
def test_vehicles_insured_are_not_asked_for(told: str) -> None:
    """What happens to the vehicles of the buyer requires none of the contractor."""
    facts = known(read_whole(("CCAP", f"CCAP\n# 9 - Garanties\n{told}\n")))
    assert facts.get("vehicules.faibles_emissions") is not True
    assert facts.get("environnement.condition_execution") is not True


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("L'opération n'est pas inscrite au NPNRU et ne reçoit aucune subvention de l'ANRU.", False),
        ("L'opération, hors périmètre ANRU, est financée par la commune.", False),
        ("L'opération est cofinancée par l'ANRU.", True),
    ],
)
def test_an_operation_without_the_agency(told: str, read: bool) -> None:
    """The agency is named to say that it pays nothing."""
    assert _read("anru", told) is read


def test_a_turnover_of_all_the_members_each_year() -> None:
    """Added over the members, and not over the years."""
    told = "Le chiffre d'affaires annuel moyen cumulé du groupement doit atteindre 350 000 € HT."
    assert _read("chiffre_affaires_minimal_ht", told) == 350_000
    years = "Le chiffre d'affaires des trois derniers exercices cumulés doit atteindre 900 000 € HT."
    assert _read("chiffre_affaires_minimal_ht", years) != 900_000


def test_hours_of_works_to_come_are_not_those_of_the_architect() -> None:
    """The architect writes the clause that the firms will perform."""
    contract = (
        "CCAP\n# 3 - Mission\nLa commune envisage d'inscrire une clause d'insertion dans les marchés de travaux, pour"
        " 900 heures d'insertion.\n"
    )
    facts = known(read_whole(("CCAP", contract)))
    assert facts.get("social.insertion") is not True
    assert facts.get("social.heures_insertion") is None


def test_a_programmer_kept_out_took_part_in_the_preparation() -> None:
    """An assistant who wrote the programme may not compete."""
    told = "Le cabinet Solène, programmiste ayant établi le programme, ne peut être candidat ni membre d'une équipe."
    assert _read("sourcing.operateur_associe", told) is True


def test_an_estimate_of_the_contract_after_the_budget_of_works() -> None:
    """The budget of works stands in the same paragraph."""
    rules = (
        "RÈGLEMENT DE LA CONSULTATION\nMarché de maîtrise d'œuvre\n# 2 - Enveloppe et estimation\n"
        "L'enveloppe affectée aux travaux est de 3 000 000 € HT. La valeur estimée du présent marché, primes"
        " comprises, est de 290 000 € HT.\n"
    )
    assert value(rules, "valeur_estimee_ht", "RC") == 290_000


def test_an_estimate_without_the_taxes_of_insurance() -> None:
    """ "Hors taxes d'assurance" says of which tax, not what is insured."""
    assert value("AVIS\nValeur estimée totale : 120 000 € hors taxes d'assurance.\n", "valeur_estimee_ht", "AAPC") == (
        120_000
    )


def test_no_joint_purchase_told_with_a_pronoun() -> None:
    """ "Il ne s'agit pas d'un groupement de commandes"."""
    told = "Il ne s'agit pas d'un groupement de commandes."
    assert _read("groupement_commandes", told) is False


def test_what_the_caterer_in_place_owes_is_not_asked_here() -> None:
    """The contract in force feeds the nursery, this one builds it."""
    told = "Les repas viennent de la cuisine centrale, dont le marché en cours prévoit 50 % de produits durables."
    facts = known(read_whole(("CCTP", f"PROGRAMME ABRÉGÉ\n# 1 - Contexte\n{told}\n")))
    assert "restauration.part_durable_ecrite" not in facts
