"""Turns of ordinary dossiers: standards alone admitted, shares to subcontract, variants lot by lot, who buys."""

from __future__ import annotations

import pytest
from template_builders import of_lot, read_whole

from achats_check.model.fact import ACHETEUR, MARCHE, Fact, Scope

_STANDARD = "Les herses sont conformes à la norme NF EN 13118"
_LOTS = "# Article 1 - Lots\nLot\tIntitulé\n1\tTonte\n2\tTaille\n3\tPlantation\n# Article 2 - Variantes\n"


def _fact(text: str, name: str, role: str, scope: Scope = MARCHE) -> Fact:
    found = read_whole((role, text)).get(name, scope)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "refusal",
    [
        ", à l'exclusion de tout autre référentiel. Les socs répondent à la norme EN 280 ou à une norme équivalente.",
        " ; aucun autre référentiel n'est admis.",
        ", aucune norme équivalente n'étant acceptée.",
    ],
)
def test_a_standard_alone_admitted_is_no_label(refusal: str) -> None:
    """A standard whose equivalents are refused says nothing of labels, whatever the next sentence admits."""
    assert _fact(f"{_STANDARD}{refusal}", "specifications.normes_sans_equivalent", "CCTP").value is True
    assert _fact(f"{_STANDARD}{refusal}", "labels.equivalence_refusee", "CCTP").status != "known"


def test_a_label_alone_admitted() -> None:
    """A label is one even when the sentence cites the standard that defines it."""
    text = "Les papiers portent l'Écolabel nordique, conforme à la norme ISO 14024, à l'exclusion de tout autre label."
    assert _fact(text, "labels.equivalence_refusee", "CCTP").value is True


def test_equivalents_admitted_for_all_standards() -> None:
    """A sentence of its own admits the equivalents of what the others cite."""
    text = (
        "Les garde-corps sont conformes à la norme NF P 01-012. Pour toutes les normes citées, un équivalent convient."
    )
    assert _fact(text, "specifications.normes_sans_equivalent", "CCTP").status != "known"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Les candidats indiquent la part qu'ils pensent sous-traiter, notamment à des artisans.", "known"),
        ("Le candidat précise dans son offre la part des prestations qu'il entend sous-traiter.", "known"),
        ("Le candidat indique la part de son chiffre d'affaires sous-traitée l'an passé.", "unknown"),
        ("Le candidat mentionne la part des heures d'insertion sous-traitée à une structure.", "unknown"),
    ],
)
def test_share_to_subcontract(text: str, status: str) -> None:
    """The share of the contract, in the present tense as in the infinitive, and no share of something else."""
    assert _fact(text, "candidature.part_sous_traitee_demandee", "RC").status == status


@pytest.mark.parametrize(
    ("variants", "read"),
    [
        ("Les variantes ne sont pas admises, sauf pour le lot 3.", ["interdites", "interdites", "autorisees"]),
        ("Variantes\tLot 1 : oui, sous conditions. Lots 2 et 3 : non", ["autorisees", "interdites", "interdites"]),
        ("Variantes\tLot 1 : oui – Lots 2 et 3 : non", ["autorisees", "interdites", "interdites"]),
        (
            "Lot\tVariantes à l'initiative du candidat\tConditions\n1\tInterdites\t-\n2\tAutorisées\tUne au plus",
            ["interdites", "autorisees", None],
        ),
        (
            "Rubrique\tLot 1\tLot 2\nDurée\t24 mois\t36 mois\nVariantes\tNon autorisées\tAutorisées",
            ["interdites", "autorisees"],
        ),
        ("Options : lot 1 : oui. Lots 2 et 3 : non.", [None, None, None]),
    ],
)
def test_variants_lot_by_lot(variants: str, read: list[str | None]) -> None:
    """What is not excepted keeps the rule, and a table may have a row or a column for each lot."""
    facts = read_whole(("RC", f"{_LOTS}{variants}\n"))
    assert [of_lot(facts, str(lot)).get("variantes") for lot in range(1, len(read) + 1)] == read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("La régie n'exerce aucune activité de réseau et n'agit donc pas en qualité d'entité adjudicatrice.", False),
        ("Elle agit en qualité de pouvoir adjudicateur, et non d'entité adjudicatrice.", False),
        ("La régie agit ici en tant qu'entité adjudicatrice.", True),
        ("Lorsque l'acheteur agit en tant qu'entité adjudicatrice, le délai est autre.", None),
    ],
)
def test_who_is_a_contracting_entity(text: str, value: bool | None) -> None:
    """A buyer that says it is none is none, and the condition of a rule says nothing."""
    assert _fact(text, "acheteur.entite_adjudicatrice", "RC", ACHETEUR).value is value


@pytest.mark.parametrize(
    "text",
    [
        "L'avance est de 5 % du montant si la durée n'excède pas douze mois.",
        "Le délai maximal de livraison est fixé par l'offre, sans pouvoir dépasser cinq mois.",
        "Les bons émis avant l'échéance s'achèvent dans la limite de trois mois après celle-ci.",
    ],
)
def test_lengths_of_something_else_than_the_contract(text: str) -> None:
    """A condition, a delivery, and what goes on after the end."""
    assert _fact(text, "duree_mois", "CCAP").status != "known"


def test_renewals_counted_in_letters_in_a_table_of_lots() -> None:
    """ "Trois fois douze mois" beside the first period of its lot."""
    table = "Lot\tDurée ou délai\tReconduction\n1\t10 mois\tSans objet\n2\t12 mois\tTrois fois douze mois, tacite\n"
    facts = read_whole(("RC", f"# Article 2 - Durée\n{table}"))
    assert [of_lot(facts, lot).get("duree_mois") for lot in "12"] == [10, 48]


def test_times_of_two_lots_told_one_after_the_other() -> None:
    """ "Celui du lot 2" has its own."""
    text = "Le délai d'exécution du lot 1 est de neuf mois et celui du lot 2 de seize mois."
    facts = read_whole(("CCAP", text))
    assert [of_lot(facts, lot).get("delai_execution_mois") for lot in "12"] == [9, 16]


def test_kinds_of_lots_in_a_column() -> None:
    """A cell that tells two kinds tells none."""
    table = "Lot\tDésignation\tNature\n1\tPose\tTravaux\n2\tEntretien\tServices\n3\tMatériel\tFournitures ou services\n"
    facts = read_whole(("RC", f"# Article 2 - Lots\n{table}"))
    assert [of_lot(facts, lot).get("type") for lot in "123"] == ["travaux", "services", None]


def test_reservations_that_are_not_made_have_no_basis() -> None:
    """Every article of the sentence that denies them is denied."""
    text = "Aucun lot n'est réservé : il n'est pas fait usage des articles L. 2113-12 à L. 2113-16 du code."
    assert _fact(text, "reservation.fondement", "RC").status != "known"


def test_a_recall_of_all_modifications_is_no_review_clause() -> None:
    """The range of articles recalls the law."""
    text = "Il peut être modifié selon les articles R. 2194-1 à R. 2194-9. Il ne comporte aucune clause de réexamen."
    assert _fact(text, "clause_revoyure", "CCAP").value is False


def test_no_form_asked_of_bidders_and_one_of_the_winner() -> None:
    """What the presentation of offers leaves free, the award imposes."""
    text = (
        "# Groupements\nAucune forme n'est exigée pour la présentation de l'offre. La forme imposée après attribution "
        "est celle du groupement conjoint avec mandataire solidaire."
    )
    assert _fact(text, "groupement.forme_imposee", "RC").value == "conjoint"
    free = (
        "# Groupements\nL'acheteur n'entend imposer aucune forme de groupement pour la présentation des candidatures."
    )
    assert _fact(free, "groupement.forme_imposee", "RC").value == "aucune"


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("Valeur technique\tExistence d'un bureau sur le territoire de la commune\t5", True),
        ("Une antenne implantée dans le département vaut 3 points.", True),
        ("Un établissement situé dans la commune reçoit la visite du candidat.", False),
    ],
)
def test_where_a_bidder_is_established_is_marked(line: str, known: bool) -> None:
    """Marks for an address, and an address without a mark."""
    pieces = (("RC", f"# Critères\nPrix\t95\n{line}"), ("AAPC", "# Objet\nEntretien des haies"))
    found = read_whole(*pieces).get("criteres.implantation_locale", MARCHE)
    assert found is not None
    assert (found.status == "known") is known


def test_the_total_of_marks_is_no_criterion() -> None:
    """A sentence on the total leaves nothing open."""
    text = "# Critères\nLes critères sont pondérés :\nPrix : 60 %\nDélai : 40 %\nLe total est ramené sur 100 points."
    assert _fact(text, "criteres", "RC").status == "known"
    assert "total" not in str(_fact(text, "social.critere", "RC").search).lower()


def test_certificates_asked_of_the_winner_alone() -> None:
    """ "Ces pièces" are those of the sentence before."""
    text = "L'attributaire produit les attestations (R. 2143-7). Ces pièces ne sont exigées qu'au seul attributaire."
    assert _fact(text, "candidature.attestations_de_tous", "RC").value is False


@pytest.mark.parametrize("mark", ["(0 : non traité ; 4 : très bon)", "avec 0 : non renseigné, 4 : complet"])
def test_the_lowest_mark_denies_no_criterion(mark: str) -> None:
    """ "Non traité" opens the scale of marks."""
    text = f"La performance environnementale : chaque sous-critère est noté de 0 à 4 {mark}."
    assert _fact(text, "environnement.critere", "RC").value is not False
