"""A reservation whose beneficiaries are listed below it: whose lot it is, and what no list of papers reserves."""

from __future__ import annotations

import pytest
from template_builders import known, of_lot, read_whole

_OPENS = "RÈGLEMENT DE LA CONSULTATION\n# 3 Lots\n"


def _category(text: str, lot: str = "") -> object:
    facts = read_whole(("RC", _OPENS + text))
    return (of_lot(facts, lot) if lot else known(facts)).get("reservation.categorie")


def test_lines_below_a_reserved_lot_are_its_own() -> None:
    """Both categories and both articles are the lot's, what the next sentence denies is that of the others."""
    facts = read_whole(
        (
            "RC",
            f"{_OPENS}Le lot 3 est réservé conjointement :\n"
            "- aux EA et aux ESAT, au titre de l'article L. 2113-12 ;\n"
            "- aux SIAE, au titre de l'article L. 2113-13.\n"
            "Le lot 1 n'est pas réservé.",
        )
    )
    assert of_lot(facts, "3")["reservation.categorie"] == "handicap_et_insertion"
    assert of_lot(facts, "3")["reservation.fondement"] == ("L2113-12", "L2113-13")
    assert of_lot(facts, "1")["reservation.categorie"] == "aucune"
    assert "reservation.fondement" not in known(facts)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("L'accord-cadre est réservé aux opérateurs suivants :\n• entreprises adaptées ;\n• ESAT.", "handicap"),
        ("Le marché est réservé :\naux ateliers et chantiers d'insertion ;\naux entreprises d'insertion.", "insertion"),
        ("Seuls peuvent soumissionner :\na) les SIAE ;\nb) les structures équivalentes.", "insertion"),
        ("Le marché est réservé :\n☐ aux entreprises adaptées\n☒ aux SIAE", "insertion"),
        ("Le marché est réservé, au titre de l'article L. 2113-14, à deux familles.", "handicap_et_insertion"),
        ("Le marché est réservé :\n☐ aux entreprises adaptées\n☐ aux SIAE", None),
        ("Le marché est réservé aux structures suivantes :\n- EA ;\n- coopératives de l'ESS.", None),
        ("Si le marché est réservé, joindre :\n- agrément d'entreprise adaptée ;\n- convention de SIAE.", None),
        ("Le marché n'est pas réservé aux structures suivantes :\n- EA ;\n- SIAE.", "aucune"),
    ],
)
def test_the_lines_of_a_list_tell_the_category(text: str, category: str | None) -> None:
    """A list of beneficiaries reserves; a list of papers, of options or of a mix that no article allows does not."""
    assert _category(text) == category


def test_a_lot_said_reserved_leaves_open_for_whom() -> None:
    """That other lots are not reserved proves nothing of the one which is, whoever it is for."""
    facts = read_whole(("RC", f"{_OPENS}Le lot 2 est réservé. Le lot 1 n'est pas réservé."))
    assert next(f for f in facts if f.name == "reservation.categorie" and not f.scope.id).status == "unknown"
