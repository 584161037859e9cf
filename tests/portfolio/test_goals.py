"""The levels that rules ask: whose they are, when they hold, and how the curves name them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.portfolio.tables import contract, written

from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.assembly import portfolios
from achats_check.portfolio.charts import trends
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


def labels(folder: Path, book: Rulebook, *years: int) -> list[str]:
    """What the lines of the curves say, ten contracts a year being declared."""
    rows = [
        contract(
            f"{year}-{rank}",
            social__condition_execution=True,
            environnement__condition_execution=True,
            execution__date_notification=date(year, 3, 1),
        )
        for year in years
        for rank in range(10)
    ]
    found = portfolios(written(rows, folder / "contrats"), book, today=date(2027, 6, 1))
    return [target.label.replace("\u202f", " ").replace("\xa0", " ") for c in trends(found) for target in c.targets]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2023, 2024), ["national, considération sociale : 30 %", "national, considération environnementale : 100 %"]),
        ((2020, 2022), ["national (2022), considération sociale : 30 %"]),
        ((2021, 2026), ["national (2022-2025), considération sociale : 30 %"]),
        ((2019, 2021), ["de l'acheteur (2021), clause sociale : 25 %"]),
        ((2021, 2023), ["de l'acheteur, clause sociale : 25 %"]),
    ],
)
def test_a_line_says_whose_it_is_and_when(years: tuple[int, ...], expected: list[str], tmp_path: Path) -> None:
    """A line crosses all the years of a picture: one that does not hold for all of them says for which."""
    found = labels(tmp_path, with_pack(tmp_path), *years)
    assert {f"objectif {label}" for label in expected} <= set(found)


def test_no_line_for_years_without_a_goal(tmp_path: Path, book: Rulebook) -> None:
    """Before the plan, and after it, nothing is drawn."""
    assert labels(tmp_path / "a", book, 2020, 2021) == labels(tmp_path / "b", book, 2026) == []
