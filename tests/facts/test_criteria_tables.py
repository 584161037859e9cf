"""Tables of criteria: sub-criteria in rows of their own, and one table or one column for each lot."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import MARCHE, Scope

_PONDERED = "Les critères retenus pour le jugement des offres sont pondérés de la manière suivante :\n"


def _weights(text: str, scope: Scope = MARCHE) -> list[tuple[str, int]] | str:
    found = value(text, "criteres", scope=scope)
    return [(item["nom"], int(item["poids"])) for item in found] if isinstance(found, tuple) else str(found)


def _lot(text: str, number: str) -> list[tuple[str, int]] | str:
    return _weights(text, Scope("lot", number))


def test_rows_numbered_under_a_criterion_are_part_of_its_weight() -> None:
    """A criterion may have one sub-criterion only, of its own weight."""
    text = _PONDERED + (
        "Critères\tPondération\n1-Prix\t50.0 %\n2-Valeur technique\t35.0 %\n2.1-Équipe\t20.0 %\n2.2-Délais\t15.0 %\n"
        "3-Gestion des déchets\t15.0 %\n3.1-Tri à la source\t15.0 %"
    )
    assert _weights(text) == [("Prix", 50), ("Valeur technique", 35), ("Gestion des déchets", 15)]


def test_a_list_of_which_a_part_is_unread_proves_no_absence() -> None:
    """The line that was not understood may be the criterion that is looked for."""
    whole = _PONDERED + "- coût pondération 70\n- insertion des publics éloignés pondération 30"
    assert value(whole, "social.critere") is True
    part = _PONDERED + "- coût pondération 70\n- délai pondération 20\n- contribution 10"
    assert _weights(part) == [("coût", 70), ("délai", 20)]
    facts = read(piece(part, "RC"))
    for name in ("social.critere", "environnement.critere"):
        found = facts.get(name)
        assert found is None or found.status == "unknown"


def test_criteria_numbered_like_articles_stay_criteria() -> None:
    """Every line numbered at the same depth: none is part of another."""
    text = _PONDERED + "6.1- Prix : 60 %\n6.2- Valeur technique : 40 %"
    assert _weights(text) == [("Prix", 60), ("Valeur technique", 40)]


@pytest.mark.parametrize(
    "rows",
    [
        "Prix\t\t50\nQualité du service\tÉquipe\t20\n\tOutils\t10\nDéchets\tTri\t20",
        "Prix\tBordereau\t50\nQualité du service\tÉquipe\t20\nQualité du service\tOutils\t10\nDéchets\tTri\t20",
        "Prix\t\t50\nQualité du service\t\t30\n\tÉquipe\t20\n\tOutils\t10\nDéchets\t\t20",
    ],
)
def test_a_first_cell_that_goes_down_over_several_rows(rows: str) -> None:
    """The weight of a criterion is on its own row, or is the sum of its rows."""
    text = f"{_PONDERED}Critère\tSous-critère\tPoints\n{rows}"
    assert _weights(text) == [("Prix", 50), ("Qualité du service", 30), ("Déchets", 20)]


def test_a_table_for_each_lot_under_its_label() -> None:
    """The line above a table says whose it is; nothing is left for the whole market."""
    text = _PONDERED + (
        "Pour les lots n° 1 et 3 :\nCritères\tPondération\n1-Prix\t70 %\n2-Valeur technique\t30 %\n"
        "Pour le lot n° 2 : Abattage\nCritères\tPondération\n1-Prix\t40 %\n2-Valeur technique\t60 %\n"
        "2.1-Méthode\t35 %\n2.2-Matériel\t25 %"
    )
    assert _lot(text, "1") == _lot(text, "3") == [("Prix", 70), ("Valeur technique", 30)]
    assert _lot(text, "2") == [("Prix", 40), ("Valeur technique", 60)]
    assert _weights(text) == "unknown"


def test_lists_without_a_table_under_the_titles_of_lots() -> None:
    """A title for each lot, and lines below."""
    text = (
        _PONDERED
        + "# Lot 1 - Voirie\nPrix : 60 %\nValeur technique : 40 %\n# Lot 2 - Réseaux\nPrix : 55 %\nDélai : 45 %"
    )
    assert _lot(text, "1") == [("Prix", 60), ("Valeur technique", 40)]
    assert _lot(text, "2") == [("Prix", 55), ("Délai", 45)]


def test_labels_one_under_the_other_share_the_table_below() -> None:
    """A list of the lots, then one table."""
    text = _PONDERED + "Lot 1 : Voirie\nLot 2 : Réseaux\nCritères\tPondération\nPrix\t60 %\nValeur technique\t40 %"
    assert _lot(text, "1") == _lot(text, "2") == [("Prix", 60), ("Valeur technique", 40)]


@pytest.mark.parametrize(
    "line",
    [
        "Le lot n° 2 est réservé à des entreprises adaptées.",
        "Les candidats au lot 2 remettent un échantillon.",
        "Le lot 2 sera attribué en dernier.",
    ],
)
def test_a_sentence_about_a_lot_is_no_label(line: str) -> None:
    """The table below is that of the market."""
    text = f"{_PONDERED}{line}\nCritères\tPondération\nPrix\t60 %\nValeur technique\t40 %"
    assert _weights(text) == [("Prix", 60), ("Valeur technique", 40)]
    assert _lot_is_untold(text)


def _lot_is_untold(text: str) -> bool:
    return read(piece(text)).get("criteres", Scope("lot", "2")) is None


def test_columns_of_lots_with_sub_criteria_and_empty_cells() -> None:
    """ "Pondération lots 1 et 2" is a column of lots; "dont…" rows detail the one above; "-" weighs nothing."""
    text = _PONDERED + (
        "Critères et sous-critères\tPondération lots 1 et 2\tPondération lot 3\nPrix\t50 %\t60 %\n"
        "Valeur technique\t35 %\t40 %\n- dont encadrement\t20 %\t25 %\n- dont formation\t15 %\t15 %\n"
        "Démarche environnementale\t15 %\t-"
    )
    assert _lot(text, "2") == [("Prix", 50), ("Valeur technique", 35), ("Démarche environnementale", 15)]
    assert _lot(text, "3") == [("Prix", 60), ("Valeur technique", 40)]
    assert value(text, "environnement.critere_poids", scope=Scope("lot", "1")) == 15
    assert value(text, "environnement.critere") == "unknown"


def test_a_label_at_the_end_of_the_sentence_that_announces() -> None:
    """A PDF glues the label to the line above it."""
    text = (
        "Les critères retenus sont pondérés de la manière suivante : Lots n° 01 et 02\nCritères\tPondération\n"
        "Prix\t70 %\nValeur technique\t30 %\nLot n° 03\nCritères\tPondération\nPrix\t40 %\nValeur technique\t60 %"
    )
    assert _lot(text, "2") == [("Prix", 70), ("Valeur technique", 30)]
    assert _lot(text, "3") == [("Prix", 40), ("Valeur technique", 60)]
    assert _weights(text) == "unknown"


def test_numbered_criteria_that_add_up_leave_the_lines_between_them_to_be_details() -> None:
    """The first one weighs as much as the three that follow it: it does not hold them."""
    text = _PONDERED + (
        "1. Prix : 60 points\n2. Valeur technique : 30 points, dont :\nPrécision : 20 points\nLivraison : 10 points\n"
        "3. Recyclabilité : 10 points"
    )
    assert _weights(text) == [("Prix", 60), ("Valeur technique", 30), ("Recyclabilité", 10)]


def test_weights_in_the_column_before_the_names() -> None:
    """A table of two columns is read whichever comes first."""
    assert _weights(f"{_PONDERED}Pondération\tCritères\n40 %\tPrix\n60 %\tValeur technique") == [
        ("Prix", 40),
        ("Valeur technique", 60),
    ]


def test_each_lot_with_its_list_on_its_own_line() -> None:
    """A label that holds its list announces nothing below it."""
    text = "Critères d'attribution :\nLot 1 : prix 70 %, valeur technique 30 % ;\nLot 2 : prix 50 %, délai 50 %."
    assert _weights(text) == "unknown"
    assert _lot(text, "1") == [("prix", 70), ("valeur technique", 30)]
    assert _lot(text, "2") == [("prix", 50), ("délai", 50)]


def test_coefficients_out_of_ten() -> None:
    """They are weights when each is said to be a coefficient, and points when none is."""
    assert _weights("Critères d'attribution :\n- Prix (coefficient 6)\n- Valeur technique (coefficient 4)") == [
        ("Prix", 60),
        ("Valeur technique", 40),
    ]
    assert _weights("Critères d'attribution :\n- Prix (6 points)\n- Valeur technique (4 points)") == "unknown"


def test_what_details_one_criterion_is_no_list_of_criteria() -> None:
    """Points out of twenty announced as those of the technical criterion."""
    parts = "- Méthode : 8 points\n- Équipe : 6 points\n- Matériel : 4 points\n- Délais : 2 points"
    assert _weights(f"Pour le critère technique, les sous-critères pondérés suivants sont retenus :\n{parts}") == (
        "unknown"
    )


def test_sub_criteria_of_one_criterion_in_a_sentence() -> None:
    """Without a price, two shares that make a hundred are those of the criterion before them."""
    told = "Valeur technique : 2 sous-critères : qualité du matériel (80 %) et protection de l'environnement (20 %)."
    assert _weights(f"{_PONDERED}{told}") == "unknown"


def test_a_share_of_the_mark_that_is_taken_away_is_no_criterion() -> None:
    """A sentence on the notes stands between two criteria, and says nothing of them."""
    text = (
        "Critères pondérés :\nCritère 1 : Prix : 55 %\nUn écart de 20 % avec l'estimation appelle une justification ; "
        "10 % de la note sont retirés au-delà.\nCritère 2 : Valeur technique : 45 %"
    )
    names = [c.value for c in read(piece(text)) if c.name == "criteres"]
    assert len(names) == 1
    assert _weights(text) == [("Prix", 55), ("Valeur technique", 45)]


@pytest.mark.parametrize("part", ["de la note technique", "du critère", "de la valeur technique"])
def test_shares_of_a_criterion_are_no_criteria(part: str) -> None:
    """They add up to a hundred as criteria do, and are numbered as criteria are."""
    text = f"{_PONDERED}Prix : 40 %\nValeur technique : 60 %, soit :\n1. Équipe : 50 % {part}\n2. Qualité : 50 % {part}"
    assert _weights(text) == [("Prix", 40), ("Valeur technique", 60)]
    whole = f"{_PONDERED}1. Prix : 40 % de la note globale\n2. Valeur technique : 60 % de la note finale"
    assert _weights(whole) == [("Prix", 40), ("Valeur technique", 60)]


def test_points_and_percentages_of_one_paragraph_are_not_added() -> None:
    """The points detail one of the criteria, which are in percentages."""
    text = (
        "Sous-critères techniques : équipe 40 points, qualité 60 points. La valeur technique pour 70 % et le prix pour "
        "30 % sont les critères pondérés."
    )
    assert [weight for _, weight in _weights(text)] == [70, 30]


def test_weights_before_names_on_their_lines() -> None:
    """A bullet, a share, a name; a share of something is no criterion."""
    text = f"{_PONDERED}- 40 % Prix\n- 50 % Valeur technique\n- 10 % Performances environnementales (emballages)"
    assert _weights(text) == [
        ("Prix", 40),
        ("Valeur technique", 50),
        ("Performances environnementales (emballages)", 10),
    ]
    remise = f"{_PONDERED}- Prix : 60 %\n- Valeur technique : 40 %\n10 % de remise sur le prix sont attendus"
    assert _weights(remise) == [("Prix", 60), ("Valeur technique", 40)]


def test_marks_out_of_their_own_weight() -> None:
    """ "notée sur 60" and "noté sur 40" make a hundred; marks out of twenty each make nothing."""
    assert _weights(f"{_PONDERED}Critère 1 : valeur technique notée sur 60\nCritère 2 : prix noté sur 40") == [
        ("valeur technique", 60),
        ("prix", 40),
    ]
    assert _weights(f"{_PONDERED}Critère 1 : valeur technique notée sur 20\nCritère 2 : prix noté sur 20") == "unknown"


def test_a_lot_named_in_quotes_before_its_list() -> None:
    """The name of the lot stands between its number and the colon."""
    first, second = "prix (60 %), délai (40 %)", "prix (50 %), délai (50 %)"
    text = f"Critères d'attribution\nPour le lot 1 « Tonte » : {first}.\nPour le lot 2 « Taille » : {second}."
    assert _weights(text) == "unknown"
    assert [_lot(text, number) for number in "12"] == [[("prix", 60), ("délai", 40)], [("prix", 50), ("délai", 50)]]


def test_criteria_of_call_offs_below_a_table_in_points() -> None:
    """A sentence in percent after a table out of twenty tells the criteria of the contracts that will follow."""
    text = (
        "Critères de l'accord-cadre\nChaque offre est notée sur 20 :\nCritère\tPoints\nPrix du bordereau\t9\n"
        "Qualités techniques\t7\nDélai de livraison\t4\n"
        "Les marchés subséquents sont jugés sur le prix (70 %) et le délai (30 %)."
    )
    assert _weights(text) == [("Prix du bordereau", 9), ("Qualités techniques", 7), ("Délai de livraison", 4)]
    assert value(text, "criteres.echelle") == 20


def test_sub_criteria_beside_a_criterion_whose_cell_repeats_its_weight() -> None:
    """The first cell, name and weight, goes down its rows; the sentence that tells the whole is no criterion."""
    text = (
        "L'offre économiquement la plus avantageuse est désignée d'après les critères pondérés, sur 100 points "
        ":\nCritère\tSous-critère\tPoints\nPrix (55 points)\tForfait\t40\nPrix (55 points)\tBordereau\t15\n"
        "Valeur technique : 45 points\tÉquipe\t25\nValeur technique : 45 points\tPlanning\t20\nLe total est de 100."
    )
    assert _weights(text) == [("Prix", 55), ("Valeur technique", 45)]
    assert _weights("Les critères pondérés sont notés sur 100 points :\nVoir le cadre joint.") == "unknown"


def test_titles_that_end_with_the_lots_of_their_table() -> None:
    """A dash stands between the words of the title and the lots."""
    tables = [
        f"Critère\tPondération\tAppréciation\nPrix\t{n} %\tDPGF\nTechnique\t{100 - n} %\tMémoire\n" for n in (60, 45)
    ]
    text = f"7.1 – Critères de jugement – lots 1 et 2\n{tables[0]}\n7.2 – Critères de jugement – lot 3\n{tables[1]}"
    assert _weights(text) == "unknown"
    assert [_lot(text, number)[0] for number in "123"] == [("Prix", 60), ("Prix", 60), ("Prix", 45)]
