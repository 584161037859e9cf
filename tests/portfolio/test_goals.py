"""The levels that rules ask: whose they are, and when they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.goals import NATIONAL, OWN, goals
from achats_check.resources import rules_root

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "objectifs" / "metropole.yaml"
SHARE = "portefeuille.part_clause_sociale"


def with_pack(folder: Path, asked: str = "0.25") -> Rulebook:
    """The rules, with the goals of a buyer, of which one is asked otherwise."""
    pack = folder / "paquet.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    assert "au_moins: 0.25" in text
    pack.write_text(text.replace("au_moins: 0.25", f"au_moins: {asked}"), encoding="utf-8")
    return load_sources(rules_root(), [pack])[0]


def test_the_national_plan_has_its_goals_and_no_other(book: Rulebook) -> None:
    """The shares of the plan, in its years; the years between two awards are no goal of a plan."""
    plan = (date(2022, 3, 15), date(2025, 12, 31))
    assert {name: tuple(found) for name, found in goals(book).items()} == {
        "portefeuille.part_environnementale": ((NATIONAL, 1.0, *plan),),
        "portefeuille.part_sociale": ((NATIONAL, 0.3, *plan),),
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("0.25", (OWN, 0.25, date(2021, 1, 1), None)),
        ("{parametre: pnad.social, facteur: 0.02}", (OWN, 0.6, date(2022, 3, 15), date(2025, 12, 31))),
    ],
)
def test_the_goals_of_a_pack_are_the_buyers(asked: str, expected: tuple[Any, ...], tmp_path: Path) -> None:
    """However they are written: twice the national goal is not the national goal."""
    assert [tuple(goal) for goal in goals(with_pack(tmp_path, asked))[SHARE]] == [expected]
