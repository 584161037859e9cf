"""What comes out of a table: counts that add up, lists, masks, Parquet in and out, the same from both engines."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import pytest
from tests.columns.strategies import drawn_row
from tests.columns.tables import TODAY, book, by_scalar, frame

from achats_check.columns import duckdb_engine, polars_engine, table_audit
from achats_check.columns.program import columnar_rules, compile_rules, rule_named
from achats_check.columns.table_audit import ParquetAudit, TableAudit
from achats_check.errors import UsageError
from achats_check.model.rule import Rule

CHOSEN = ("procedure-formalisee", "spaser-adoption", "clause-sociale-seuils-ue", "reservation-ess", "saucissonnage")
RULES = [rule_named(book(), rule) for rule in CHOSEN]
AUDIT = TableAudit(book(), today=TODAY, rules=CHOSEN)
FILES = ParquetAudit(book(), today=TODAY, rules=CHOSEN)
FAULTY = {
    "acheteur.categorie": "commune",
    "cpv": ["90910000"],
    "date_lancement": date(2025, 6, 2),
    "procedure.type": "procedure_adaptee",
    "type": "services",
    "objet": "nettoyage des locaux",
    "valeur_estimee_ht": 500_000.0,
}
"""A need above the European threshold, bought by an adapted procedure."""


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    """Draw a table with a key, a column that is no fact, and a contract that plainly breaks a rule."""
    random = Random(3)
    rows = [*(drawn_row(random) for _ in range(299)), FAULTY]
    return frame(rows).with_row_index("uid").with_columns(note=pl.lit("rien"))


@pytest.fixture(scope="module")
def parquet(table: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the table as Parquet."""
    path = tmp_path_factory.mktemp("table") / "contrats.parquet"
    table.write_parquet(path)
    return path


@pytest.mark.parametrize("batch", [100_000, 7])
def test_counts_are_those_of_the_scalar_engine(
    table: pl.DataFrame, parquet: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rule counts every contract once, and both engines as the scalar one, however the rows are cut."""
    monkeypatch.setattr(polars_engine, "BATCH", batch)
    monkeypatch.setattr(duckdb_engine, "BATCH", batch)
    wanted = counted_by_scalar(table, RULES)
    assert {row[:3]: row[3] for row in AUDIT.counts(table).iter_rows()} == wanted
    assert {row[:3]: row[3] for row in FILES.counts(parquet)} == wanted


def test_counts_of_every_rule_are_those_of_the_scalar_engine(parquet: Path) -> None:
    """All columnar rules at once, decided together on sets of rows, count as each row judged by itself."""
    table = pl.read_parquet(parquet).head(70)
    table.write_parquet(parquet.with_name("debut.parquet"))
    reasons = columnar_rules(book(), TODAY)
    rules = [rule for rule in book().rules if not reasons[rule.id]]
    wanted = counted_by_scalar(table, rules)
    polars = TableAudit(book(), today=TODAY).counts(table)
    assert {row[:3]: row[3] for row in polars.iter_rows()} == wanted
    duckdb = ParquetAudit(book(), today=TODAY).counts(parquet.with_name("debut.parquet"))
    assert {row[:3]: row[3] for row in duckdb} == wanted


def counted_by_scalar(table: pl.DataFrame, rules: list[Rule]) -> Counter[tuple[str, str, str]]:
    """Count the verdicts that the scalar engine gives."""
    rows = by_scalar(table.drop("uid", "note"), rules)
    return Counter((rule, *outcome) for row in rows for rule, outcome in row.items())


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
    assert listed["uid"].is_sorted()
    assert listed.drop("doute").schema == {"uid": pl.UInt32, "regle": pl.String, "verdict": pl.String}


def test_a_contract_may_be_named_by_a_column_that_rules_read(table: pl.DataFrame, tmp_path: Path) -> None:
    """The key comes out as the table has it, though the rules read the same column."""
    named = table.with_columns(objet=pl.format("  Marché n° {} ", "uid"))
    named.write_parquet(tmp_path / "t.parquet")
    listed = AUDIT.violations(named, "objet").collect()
    by_number = AUDIT.violations(named, "uid").collect()
    assert listed["objet"].to_list() == [f"  Marché n° {uid} " for uid in by_number["uid"]] != []
    FILES.write_violations(tmp_path / "t.parquet", "objet", tmp_path / "liste.parquet")
    assert pl.read_parquet(tmp_path / "liste.parquet").rows() == listed.rows()


def test_a_list_can_be_written_as_it_is_read(parquet: Path, tmp_path: Path) -> None:
    """The violations of a Parquet file go to another without the whole being held."""
    AUDIT.violations(pl.scan_parquet(parquet), "uid").sink_parquet(tmp_path / "v.parquet")
    assert pl.read_parquet_schema(tmp_path / "v.parquet").names() == ["uid", "regle", "verdict", "doute"]


def test_a_file_is_read_part_after_part(parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file holds is judged a few rows at a time, in order; what a plan computes is computed once."""
    whole, scan = AUDIT.violations(pl.read_parquet(parquet), "uid").collect(), pl.scan_parquet(parquet)
    counts = AUDIT.counts(scan)
    monkeypatch.setattr(polars_engine, "BATCH", 7)
    assert AUDIT.violations(scan, "uid").collect().rows() == whole.rows() != []
    assert AUDIT.counts(scan).rows() == counts.rows()
    unchanged = AUDIT.violations(scan, "uid").explain(optimized=False)
    assert unchanged.count("SLICE") == -(-pl.read_parquet(parquet).height // 7)
    assert "SLICE" not in AUDIT.violations(scan.filter(alloti=True), "uid").explain(optimized=False)
    pl.read_parquet(parquet).clear().write_parquet(empty := parquet.with_name("vide.parquet"))
    assert AUDIT.counts(pl.scan_parquet(empty)).rows() == []
    assert AUDIT.violations(pl.scan_parquet(empty), "uid").collect().rows() == []


def test_rules_are_compiled_once_for_tables_of_the_same_columns(
    table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program serves every output and every partition; other columns, or other types, get their own."""
    compiled = []
    monkeypatch.setattr(table_audit, "program_of", lambda *given: compiled.append(given) or compile_rules(*given))
    first = table.select("uid", "valeur_estimee_ht", "type")
    whole = first.with_columns(pl.col("valeur_estimee_ht").cast(pl.Int64, strict=False))
    tables = (first, first.head(3), whole, first.drop("type"), first)
    audit = TableAudit(book(), today=TODAY, rules=["procedure-formalisee"])
    kept = [(audit.counts(held).rows(), audit.violations(held, "uid").collect().rows()) for held in tables]
    assert len(compiled) == 4
    others = [TableAudit(book(), today=TODAY, rules=["procedure-formalisee"]) for _ in tables]
    assert [counts for counts, _ in kept] == [
        other.counts(held).rows() for other, held in zip(others, tables, strict=True)
    ]


def test_refused_values_are_counted(tmp_path: Path) -> None:
    """What a description would refuse is told by column, apart from what is missing; both engines count alike."""
    table = pl.DataFrame(
        {
            "valeur_estimee_ht": [1.0, -1.0, float("nan"), None, 1e15, float("inf")],
            "avance_taux": [10, 101, -3, None, 0, 100],
            "type": ["travaux", "Travaux", "", " ", None, "services"],
            "alloti": [True, False, None, True, True, True],
            "objet": [" ", "a", None, "\t", "b", "c"],
            "cpv": ["45; 33", " ; ", "", None, "x", "y"],
            "innovation.indices": [["produit"], [None], [], None, ["autre chose"], []],
            "famille_achats.commandes_12_mois": [[1.0], [-1.0], [], None, [None], [2.0, 3.0]],
            "note": ["hors vocabulaire"] * 6,
        }
    )
    table.write_parquet(tmp_path / "t.parquet")
    found = AUDIT.refused_values(table)
    assert found.columns == ["colonne", "lues", "refusees", "vides"]
    assert found.rows() == FILES.refused_values(tmp_path / "t.parquet")
    assert found.rows() == [
        ("valeur_estimee_ht", 1, 3, 2),
        ("avance_taux", 3, 2, 1),
        ("type", 2, 1, 3),
        ("alloti", 5, 0, 1),
        ("objet", 3, 0, 3),
        ("cpv", 3, 0, 3),
        ("innovation.indices", 3, 2, 1),
        ("famille_achats.commandes_12_mois", 3, 2, 1),
    ]


def test_a_table_without_any_fact_still_counts_its_contracts(tmp_path: Path) -> None:
    """Where nothing is known, what a rule says depends on no column, and is said of every contract."""
    table = pl.DataFrame({"note": ["a", "b", "c"]})
    table.write_parquet(tmp_path / "t.parquet")
    wanted = Counter((rule, *told) for row in by_scalar(table, RULES) for rule, told in row.items())
    assert {row[:3]: row[3] for row in AUDIT.counts(table).iter_rows()} == wanted
    assert {row[:3]: row[3] for row in FILES.counts(tmp_path / "t.parquet")} == wanted
    assert AUDIT.verdicts(table).collect().height == 3


def test_one_doubt_is_listed_without_the_others(table: pl.DataFrame) -> None:
    """ "a_verifier/respect" gives the rows that the whole list has under that doubt, and no other."""
    whole = AUDIT.violations(table, "uid", ["a_verifier"]).collect()
    doubts = set(whole["doute"])
    assert len(doubts) > 1
    for doubt in doubts:
        some = AUDIT.violations(table, "uid", [f"a_verifier/{doubt}"]).collect()
        assert some.rows() == whole.filter(doute=doubt).rows()


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
