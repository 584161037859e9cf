"""Award criteria of eForms notices: weights in every code, in names, or nowhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from notices_builders import criterion, eforms, facts, lot, value, weights

from achats_check.model.fact import Scope

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
