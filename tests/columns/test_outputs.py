"""What comes out of a table: counts that add up, lists, masks, Parquet in and out, the same from both engines."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl
import pytest
from tests.columns.strategies import drawn_row
from tests.columns.tables import TODAY, book, by_scalar, frame

from achats_check.columns.program import rule_named
from achats_check.columns.table_audit import ParquetAudit, TableAudit
from achats_check.errors import UsageError

CHOSEN = ("procedure-formalisee", "spaser-adoption", "clause-sociale-seuils-ue", "reservation-ess", "saucissonnage")
AUDIT = TableAudit(book(), today=TODAY, rules=CHOSEN)
FILES = ParquetAudit(book(), today=TODAY, rules=CHOSEN)


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    """Draw a table with a key, and a column that is no fact."""
    random = Random(3)
    return frame([drawn_row(random) for _ in range(300)]).with_row_index("uid").with_columns(note=pl.lit("rien"))


@pytest.fixture(scope="module")
def parquet(table: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the table as Parquet."""
    path = tmp_path_factory.mktemp("table") / "contrats.parquet"
    table.write_parquet(path)
    return path


def test_counts_are_those_of_the_scalar_engine(table: pl.DataFrame, parquet: Path) -> None:
    """Each rule counts every contract once, and both engines as the scalar one."""
    rules = [rule_named(book(), rule) for rule in CHOSEN]
    wanted: dict[tuple[str, str, str], int] = {}
    for row in by_scalar(table.drop("uid", "note"), rules):
        for rule, (verdict, doubt) in row.items():
            wanted[rule, verdict, doubt] = wanted.get((rule, verdict, doubt), 0) + 1
    assert {row[:3]: row[3] for row in AUDIT.counts(table).iter_rows()} == wanted
    assert {row[:3]: row[3] for row in FILES.counts(parquet)} == wanted


def test_violations_masks_and_verdicts_agree(table: pl.DataFrame, parquet: Path, tmp_path: Path) -> None:
    """The list, the masks and the columns of verdicts say the same, and DuckDB writes the same list."""
    listed = AUDIT.violations(table, "uid", ("non_conforme", "opportunite", "a_verifier")).collect()
    verdicts = AUDIT.verdicts(pl.scan_parquet(parquet), ["uid"]).collect()
    long = verdicts.unpivot(index="uid", variable_name="regle", value_name="verdict").with_columns(
        pl.col("verdict").cast(pl.String)
    )
    told = listed.with_columns(verdict=pl.concat_str("verdict", "doute", separator="/").str.strip_suffix("/"))
    kept = long.filter(~pl.col("verdict").is_in(["conforme", "sans_objet"]))
    order = ["uid", "regle"]
    assert told.drop("doute").sort(order).rows() == kept.sort(order).rows()
    FILES.write_violations(parquet, "uid", tmp_path / "liste.parquet", ("non_conforme", "opportunite", "a_verifier"))
    assert pl.read_parquet(tmp_path / "liste.parquet").sort(order).rows() == listed.sort(order).rows()
    masks = AUDIT.masks(table, verdict="non_conforme").collect()
    counts = {rule: masks[rule].sum() for rule in masks.columns}
    faults = listed.filter(verdict="non_conforme")["regle"].value_counts()
    assert {rule: count for rule, count in counts.items() if count} == dict(faults.iter_rows())


def test_a_list_can_be_written_as_it_is_read(parquet: Path, tmp_path: Path) -> None:
    """The violations of a Parquet file go to another without the whole being held."""
    AUDIT.violations(pl.scan_parquet(parquet), "uid").sink_parquet(tmp_path / "v.parquet")
    assert pl.read_parquet_schema(tmp_path / "v.parquet").names() == ["uid", "regle", "verdict", "doute"]


def test_an_empty_table_counts_nothing() -> None:
    """No contract, no count, and no error."""
    assert AUDIT.counts(pl.DataFrame(schema={"type": pl.String, "valeur_estimee_ht": pl.Float64})).rows() == []


def test_errors_say_what_to_do(table: pl.DataFrame, tmp_path: Path) -> None:
    """An unknown rule, key, verdict or file is told in French."""
    with pytest.raises(UsageError, match="Vouliez-vous dire"):
        TableAudit(book(), today=TODAY, rules=["procedure-formalise"])
    with pytest.raises(UsageError, match="pas de colonne « numero »"):
        AUDIT.violations(table, "numero")
    with pytest.raises(UsageError, match="on peut lister non_conforme"):
        AUDIT.violations(table, "uid", ["sans_objet"])
    (tmp_path / "faux.parquet").write_text("rien")
    with pytest.raises(UsageError, match="table illisible"):
        FILES.counts(tmp_path / "faux.parquet")
    assert AUDIT.refused(table) == {}


@pytest.mark.parametrize(("library", "use"), [("polars", TableAudit), ("duckdb", ParquetAudit)])
def test_a_missing_library_is_told_with_what_to_install(
    library: str, use: type[TableAudit | ParquetAudit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are in an extra, which a check does without."""
    monkeypatch.setattr("achats_check.columns.extra.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=rf"{library}.*achats-check\[audit\]"):
        use(book(), today=TODAY)
