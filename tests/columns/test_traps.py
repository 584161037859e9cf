"""Where engines part unless the compiler takes care: each trap by itself, on the three engines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from tests.columns.tables import TODAY, book, by_duckdb, by_polars, by_scalar, by_sql

from achats_check.columns.expression import NUMBER, Expressions
from achats_check.columns.polars_engine import columns_of
from achats_check.columns.program import compile_rules, rule_named
from achats_check.columns.reading import FLOAT, INTEGER, Reading, read_value
from achats_check.errors import UsageError

FORMAL = {
    "type": "services",
    "acheteur.categorie": "region",
    "procedure.type": "procedure_adaptee",
    "cpv": ["72000000"],
    "objet": "Logiciel",
    "date_lancement": date(2026, 3, 2),
    "acheteur.entite_adjudicatrice": False,
}


def told(rule: str, **columns: pl.Series) -> list[tuple[str, str]]:
    """Return the verdicts of a rule, which the three engines give alike, for an ordinary contract with some columns."""
    height = max(len(series) for series in columns.values())
    base = pl.DataFrame([FORMAL] * height)
    table = base.with_columns(**{name.replace("__", "."): series for name, series in columns.items()})
    rules = [rule_named(book(), rule)]
    found = [[row[rule] for row in engine(table, rules)] for engine in (by_scalar, by_polars, by_duckdb, by_sql)]
    assert all(other == found[0] for other in found)
    return found[0]


def amounts(*values: Any, dtype: Any = pl.Float64) -> pl.Series:
    """Return a column of amounts."""
    return pl.Series(values, dtype=dtype, strict=False)


def test_nan_is_unknown() -> None:
    """NaN is greater than everything in Polars and DuckDB: read as it is, it would pass every threshold."""
    found = told("procedure-formalisee", valeur_estimee_ht=amounts(float("nan"), None, 300_000.0, 100.0))
    assert found[0] == found[1]
    assert found[0][0] == "a_verifier"
    assert [verdict for verdict, _ in found[2:]] == ["non_conforme", "sans_objet"]


@pytest.mark.parametrize("value", [float("inf"), 1e17, -5.0, 1e14])
def test_what_is_no_amount_is_unknown(value: float) -> None:
    """An infinite, negative or absurd amount says nothing: a description would refuse it."""
    assert told("procedure-formalisee", valeur_estimee_ht=amounts(value))[0][0] == "a_verifier"


@pytest.mark.parametrize("dtype", [pl.Int32, pl.Int64, pl.UInt64, pl.Float32, pl.Decimal(18, 2)])
def test_the_type_of_a_number_changes_nothing(dtype: Any) -> None:
    """An amount near the limit of 32 bits is not wrapped when it is put on the scale of the columns."""
    found = told("procedure-formalisee", valeur_estimee_ht=amounts(2_000_000_000, 215_999, 216_000, dtype=dtype))
    assert [verdict for verdict, _ in found] == ["non_conforme", "sans_objet", "non_conforme"]


def test_large_sums_do_not_overflow() -> None:
    """Orders whose sum passes 63 bits stay above every threshold, where whole numbers would wrap silently."""
    orders = pl.Series([[9.9e13] * 200, [1000.0], [], [None], [float("nan")], None], dtype=pl.List(pl.Float64))
    found = told(
        "saucissonnage",
        famille_achats__commandes_12_mois=orders,
        valeur_estimee_ht=amounts(*[30_000.0] * 6),
        procedure__type=pl.Series(["sans_publicite_ni_mise_en_concurrence"] * 6),
    )
    assert found[0][0] not in {"conforme", "sans_objet"}
    assert len(set(found[3:])) == 1  # a list with an unknown order is unknown


def test_division_by_zero_is_unknown() -> None:
    """A turnover over a value of zero is no ratio: infinite in DuckDB, an error elsewhere."""
    found = told(
        "chiffre-affaires-plafonne",
        chiffre_affaires_minimal_ht=amounts(100.0, 150.01, 300.0),
        valeur_estimee_ht=amounts(0.0, 100.0, 100.0),
        forme=pl.Series(["marche"] * 3),
    )
    assert found[0][0] == "a_verifier"
    assert found[1] == found[2] != found[0]


def test_a_ratio_is_rounded_as_the_law_wing_does() -> None:
    """What passes a ten-thousandth goes up, in every engine."""
    need = Decimal("20000")
    ratios = [Decimal("1.50005"), Decimal("1.50015"), Decimal("1.5"), Decimal("1.50006")]
    told(
        "chiffre-affaires-plafonne",
        chiffre_affaires_minimal_ht=amounts(*[float(r * need) for r in ratios]),
        valeur_estimee_ht=amounts(*[float(need)] * 4),
        forme=pl.Series(["marche"] * 4),
    )


def test_a_set_holds_no_null() -> None:
    """``x in (…, null)`` is unknown in SQL and false in Polars: it cannot be built."""
    e = Expressions()
    with pytest.raises(ValueError, match="null"):
        e.is_in(e.null("text"), ["a", None])  # type: ignore[list-item]


def test_an_unknown_text_is_in_no_set_and_out_of_none() -> None:
    """A category that is unknown, or that the vocabulary does not have, leaves both ways open."""
    found = told("avance-due", acheteur__categorie=pl.Series([None, "mairie", "commune"]))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "series", "said"),
    [
        ("valeur_estimee_ht", pl.Series(["300000"]), "nombres .* attendus, textes trouvés"),
        ("alloti", pl.Series([1]), "booléens attendus, nombres entiers trouvés"),
        ("date_lancement", pl.Series(["2026-01-01"]), "dates"),
        ("type", pl.Series([3]), "textes attendus"),
        ("criteres", pl.Series([["prix"]]), "listes d'objets attendus"),
        ("acheteur.categori", pl.Series(["commune"]), "Vouliez-vous dire « acheteur.categorie »"),
    ],
)
def test_nothing_is_converted_silently(name: str, series: pl.Series, said: str) -> None:
    """A number written as text, or a name nearly right, is told before anything runs, with what to do."""
    with pytest.raises(UsageError, match=said):
        compile_rules(book(), columns_of({name: series.dtype}), TODAY)


def test_an_empty_text_says_nothing() -> None:
    """A blank reason is no reason: as in a description, an empty text is unknown."""
    texts = pl.Series(["", "  \t", None, "Néant", "Lots impossibles à distinguer"])
    found = told(
        "motif-non-allotissement-ecrit",
        non_allotissement__motif=texts,
        alloti=pl.Series([False] * 5),
        valeur_estimee_ht=amounts(*[300_000.0] * 5),
    )
    assert found[0] == found[1] == found[2]
    assert [verdict == "conforme" for verdict, _ in found[2:]] == [False, False, True]


def test_a_list_may_be_written_in_one_cell() -> None:
    """Codes separated by semicolons are a list, as in a CSV file; an empty cell is unknown, an empty list is not."""
    rule = "espaces-verts-nettoyage-insertion"
    amount = amounts(*[50_000.0] * 4)
    listed = told(
        rule, cpv=pl.Series([["77310000"], ["45000000", "90911000"], None, ["45000000"]]), valeur_estimee_ht=amount
    )
    packed = told(
        rule, cpv=pl.Series([" 77310000 ", "45000000;; 90911000", " ; ", "45000000"]), valeur_estimee_ht=amount
    )
    assert listed == packed
    assert len(set(listed)) > 1


def test_a_missing_column_is_a_column_of_nulls() -> None:
    """A fact that the table does not have is unknown everywhere, like one that is null everywhere."""
    with_nulls = told("procedure-formalisee", valeur_estimee_ht=amounts(None, None))
    assert with_nulls == told("procedure-formalisee", alloti=pl.Series([True, True]))


def test_numbers_are_read_to_the_ten_thousandth() -> None:
    """0.1 + 0.2 is 0.3; a count that is not whole is no count of lots."""
    assert read_value(Reading(FLOAT), 0.1 + 0.2) == Decimal("0.3")
    assert read_value(Reading(FLOAT, most=100), 100.5) is None
    assert read_value(Reading(FLOAT, whole=True), 2.5) is None
    assert read_value(Reading(INTEGER, whole=True), 48) == 48
    assert Expressions().literal(3000, NUMBER).data == 3000
