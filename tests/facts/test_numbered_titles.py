"""Numbered titles that a full stop parts from their text, and the list of what departs from the general clauses."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

from achats_check.facts.clauses.numbered_titles import joined_to_its_text
from achats_check.model.fact import FactSet

_CCAG = "Le CCAG-FCS s'applique.\n"


def _status(facts: FactSet, name: str) -> str:
    found = facts.get(name)
    assert found is not None
    return found.status


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("F.2 Retenue de garantie. 4 % du montant initial, libérable à la réception.", "retenue_garantie_taux", 4),
        ("7.3 Avance. 15 % du montant TTC si le délai dépasse deux mois.", "avance_taux", 15),
        ("Article 9 Avance. 12 % du montant du marché, versés au démarrage.", "avance", True),
        ("G-4 Avance. 8 % du montant initial ; 25 % si le titulaire est une PME.", "avance_taux_pme", 25),
    ],
)
def test_a_numbered_title_tells_what_its_figure_is(text: str, name: str, value: object) -> None:
    """The figure that opens the text is the one of the title."""
    assert known(read_whole(("CCAP", text)))[name] == value


@pytest.mark.parametrize(
    "text",
    [
        "7.3 l'avance est refusée. 15 % du montant restent bloqués.",
        "le 3 mars l'avance. 15 % du montant",
        "avance. 15 % du montant",
        "3.5 avance : 15 %. le reste suit",
    ],
)
def test_what_is_no_numbered_title_keeps_its_stop(text: str) -> None:
    """A sentence, a date, a title without a number, or one that a colon already parts."""
    assert joined_to_its_text("paragraph", text) == text


def test_only_the_stop_changes() -> None:
    """Spans stay valid, and a row of a table is left alone."""
    text = "b.4 retenue de garantie. 5 % du montant. le reste suit"
    joined = joined_to_its_text("paragraph", text)
    assert (len(joined), joined.replace(":", ".")) == (len(text), text)
    assert joined.count(":") == 1
    assert joined_to_its_text("row", text) == text


@pytest.mark.parametrize(
    "text",
    [
        _CCAG + "# Article 19 - Dérogations\nArticle 7 : 12.4. Article 3 : 13.1.1. Article 11 : 27.",
        _CCAG + "# 19 Dérogations\nL'article du CCAP\tdéroge à l'article du CCAG\n4\t12.4\n6\t13.1",
        _CCAG + "F.6 Dérogations : B.1 (4.1), F.2 (12.3).",
    ],
)
def test_a_list_under_a_short_title(text: str) -> None:
    """ "Dérogations" alone heads the list as well as "Dérogations au CCAG"."""
    assert known(read_whole(("CCAP", text))).get("ccag.derogations_listees") is True


@pytest.mark.parametrize(
    "text",
    [
        _CCAG + "Par dérogation à l'article 14.1 du CCAG, les pénalités sont dues dès le premier jour de retard.",
        _CCAG + "# 12 Horaires\nDes dérogations aux horaires sont accordées par le gestionnaire du site.",
    ],
)
def test_one_departure_is_no_list(text: str) -> None:
    """A departure told in an article, or from something else, lists nothing."""
    assert _status(read_whole(("CCAP", text)), "ccag.derogations_listees") != "known"
