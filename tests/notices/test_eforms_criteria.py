"""Award criteria of eForms notices: weights in every code, in names, or nowhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from notices_builders import criterion, eforms, fact, facts, lot, value, weights

from achats_check.model.fact import SURE_ENOUGH, Scope

LOT_1, LOT_2 = Scope("lot", "1"), Scope("lot", "2")


def test_a_weight_beside_the_criterion_is_read() -> None:
    """Some tools write the weight in the element of UBL."""
    plain = "".join(
        f"<cac:SubordinateAwardingCriterion><cbc:Name>{name}</cbc:Name><cbc:Weight>{weight}</cbc:Weight>"
        "</cac:SubordinateAwardingCriterion>"
        for name, weight in (("Technique", "60"), ("Prix", "40"))
    )
    assert weights(eforms(lot(criteria=plain))) == ["60", "40"]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (criterion("Technique", weight="60") + criterion("Prix", kind="price", weight="40"), ["60", "40"]),
        (
            criterion("Technique", weight="60", code="poi-exa") + criterion("Prix", weight="40", code="poi-exa"),
            ["60", "40"],
        ),
        (
            criterion("Technique", weight="0.6", code="dec-exa") + criterion("Prix", weight="0.4", code="dec-exa"),
            ["60.0", "40.0"],
        ),
        (
            criterion("Technique 60", weight="1.00", code="poi-exa")
            + criterion("Prix 40", weight="1.00", code="poi-exa"),
            ["60", "40"],
        ),
        (criterion("Technique (60 %)") + criterion("Prix (40 %)", kind="price"), ["60", "40"]),
        (criterion("", "Technique 60.0 %") + criterion("", "Prix des prestations 40.0 %", "price"), ["60.0", "40.0"]),
        (criterion("Technique") + criterion("Prix", kind="price"), ["None", "None"]),
        (criterion("Technique 60") + criterion("Prix 30"), ["None", "None"]),
        (
            criterion("Technique", weight="2", code="ord-imp") + criterion("Prix", weight="1", code="ord-imp"),
            ["None", "None"],
        ),
        (criterion("Prix", kind="price", weight="100"), ["100"]),
        (criterion("Prix", kind="price"), "unknown"),
        (criterion("", "Voir le règlement de la consultation", weight="100"), "unknown"),
    ],
)
def test_weights_of_criteria(criteria: str, expected: object) -> None:
    """Weights in every code, or hidden in the names; none when nothing sure is written."""
    assert weights(eforms(lot(criteria=criteria))) == expected


def test_ranks_are_an_order() -> None:
    """Criteria in decreasing order of importance: the order is a fact, weights are not."""
    criteria = criterion("Prix", kind="price", weight="2", code="ord-imp") + criterion(
        "Délai", weight="1", code="ord-imp"
    )
    found = facts(eforms(lot(criteria=criteria)))
    assert value(found, "criteres.hierarchises") is True
    assert [item["nom"] for item in value(found, "criteres")] == ["Délai", "Prix"]  # type: ignore[attr-defined]


def test_social_and_environmental_criteria() -> None:
    """A criterion of its own gives its weight; one inside another criterion counts without a weight."""
    criteria = criterion("Technique", "dont performance environnementale (20 %)", weight="50") + criterion(
        "Insertion professionnelle", weight="10"
    )
    found = facts(eforms(lot(criteria=criteria + criterion("Prix", kind="price", weight="40"))))
    assert value(found, "social.critere") is True
    assert value(found, "social.critere_poids") == Decimal(10)
    assert value(found, "environnement.critere") is True
    assert value(found, "environnement.critere_poids") == "unknown"


def test_sub_criteria_typed_as_criteria_are_left_out() -> None:
    """70 = 45 + 25 and 30: two criteria, not four."""
    names = (("Technique", "70"), ("Méthode", "45"), ("Moyens", "25"), ("Prix", "30"))
    criteria = "".join(criterion(name, weight=weight) for name, weight in names)
    assert weights(eforms(lot(criteria=criteria))) == ["70", "30"]


def test_criteria_that_differ_are_those_of_each_lot() -> None:
    """Criteria of one lot only say nothing of the other."""
    own = criterion("Technique", weight="60") + criterion("Prix", kind="price", weight="40")
    found = facts(eforms(lot("LOT-0001", "1", "Tonte"), lot("LOT-0002", "2", "Élagage", criteria=own)))
    assert weights(found, LOT_2) == ["60", "40"]
    assert weights(found) == "unknown"
    assert weights(found, LOT_1) == "unknown"


def test_criteria_of_every_lot_are_the_market_s() -> None:
    """What each lot repeats is said once."""
    own = criterion("Technique", weight="60") + criterion("Prix", kind="price", weight="40")
    found = facts(eforms(*[lot(f"LOT-000{n}", str(n), f"Secteur {n}", criteria=own) for n in (1, 2, 3)]))
    assert weights(found) == ["60", "40"]
    assert found.get("criteres", LOT_1) is None


def test_points_of_sub_criteria_are_no_other_total() -> None:
    """60 and 40 by the fields; the points that detail the 60 in a text do not make a scale of 60."""
    text = "Critères de la valeur technique : moyens (20 points), méthodologie (20 points), délais (20 points)."
    criteria = criterion("Technique", weight="60") + criterion("Prix", kind="price", weight="40")
    found = facts(eforms(lot(description=text, criteria=criteria)))
    assert weights(found) == ["60", "40"]
    assert value(found, "criteres.echelle") == "unknown"


def named(notice: str) -> list[object]:
    """The names of the criteria."""
    found = value(notice, "criteres")
    return [item["nom"] for item in found] if isinstance(found, tuple) else [found]


def test_a_criterion_known_by_its_rank_has_its_description_for_name() -> None:
    """Software numbers criteria: "Critère 1" says nothing, and its number is no weight."""
    ranked = criterion("Critère 1", "Prix des prestations", "price", "60") + criterion("2", "Délai", weight="40")
    assert named(eforms(lot(criteria=ranked))) == ["Prix des prestations", "Délai"]
    assert (
        named(eforms(lot(criteria=criterion("Prix 40", "Bordereau", "price", "40") + criterion("Délai", weight="60"))))[
            0
        ]
        == "Prix"
    )


def test_criteria_in_several_languages_are_read_in_french() -> None:
    """The French name, whatever its place."""
    english = '<cbc:Name languageID="ENG">Price</cbc:Name>'
    both = criterion("Prix", kind="price", weight="60").replace("<cbc:Name", f"{english}<cbc:Name", 1)
    assert named(eforms(lot(criteria=both + criterion("Délai", weight="40")))) == ["Prix", "Délai"]


def test_points_have_the_total_they_make() -> None:
    """Percentages that make 80 miss something; points may be out of 80."""
    for code, scale in (("poi-exa", Decimal(80)), ("per-exa", "unknown")):
        two = criterion("Prix", kind="price", weight="45", code=code) + criterion("Délai", weight="35", code=code)
        assert value(eforms(lot(criteria=two)), "criteres.echelle") == scale


def test_an_award_that_misses_a_criterion_accuses_nobody() -> None:
    """It repeats the criteria, at times not all; a call binds the buyer by them."""
    two = criterion("Prix", kind="price", weight="50") + criterion("Délai", weight="30")
    assert fact(eforms(lot(criteria=two)), "criteres").confidence > SURE_ENOUGH
    award = eforms(lot(criteria=two), kind="can-standard", list_name="result", root="ContractAwardNotice")
    assert fact(award, "criteres").confidence < SURE_ENOUGH
    whole = two.replace(">30<", ">50<")
    sound = eforms(lot(criteria=whole), kind="can-standard", list_name="result", root="ContractAwardNotice")
    assert fact(sound, "criteres").confidence > SURE_ENOUGH
