"""``TableAudit``: rules over a table of contracts, as counts, as verdicts, as masks or as a list of violations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from achats_check.columns.expression import Node
from achats_check.columns.extra import need
from achats_check.columns.kept_program import program_of
from achats_check.columns.program import Program, rule_named
from achats_check.columns.refused_values import RefusedValues, Told
from achats_check.columns.verdicts import Outcome
from achats_check.errors import UsageError
from achats_check.model.finding import A_VERIFIER, DOUBTS, NON_CONFORME, SANS_OBJET, VERDICTS

if TYPE_CHECKING:
    import polars as pl

    from achats_check.law.rulebook import Rulebook

LISTED = (*(verdict for verdict in VERDICTS if verdict != SANS_OBJET), *(f"{A_VERIFIER}/{doubt}" for doubt in DOUBTS))
"""What may be listed contract by contract: a verdict, or one with its doubt."""


class TableAudit:
    """Rules compiled to columns, over tables of contracts whose columns bear the names of the vocabulary.

        audit = TableAudit(load_rules(), today=date(2026, 11, 21))
        audit.counts(pl.scan_parquet("marches.parquet"))

    A missing column and a null are unknown; ``False``, ``"aucune"`` and an empty list are known.
    """

    def __init__(self, book: Rulebook, *, today: date, rules: Sequence[str] = ()) -> None:
        """Choose the rules.

        Args:
            book: Rules, parameters and vocabulary.
            today: The day whose law is assumed for a contract whose launch is unknown and shows no past day.
            rules: Identifiers of the rules wanted; every columnar rule when empty.

        Raises:
            UsageError: An unknown rule, or Polars is not installed.
        """
        need("polars", "pyarrow")
        self.book = book
        self.today = today
        self.rules = tuple(rule_named(book, rule_id) for rule_id in rules)
        self._last: tuple[Hashable, Program] | None = None

    def counts(self, table: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
        """Count the contracts by rule, verdict and doubt.

        Returns:
            Columns ``regle``, ``verdict``, ``doute`` ("" for none) and ``nombre``; the counts of a rule add up
            to the number of contracts.
        """
        import polars as pl

        from achats_check.columns.judge import Judge
        from achats_check.columns.polars_engine import counted

        lazy = table.lazy()
        program = self._program(lazy)
        found = counted(lazy, Judge(mask_nodes(program).values()))
        return pl.DataFrame(count_rows(program, found), schema=COUNTS, orient="row")

    def verdicts(self, table: pl.LazyFrame | pl.DataFrame, keep: Iterable[str] = ()) -> pl.LazyFrame:
        """Return a column of verdicts for each rule, beside some columns of the table.

        A doubt follows its verdict: "a_verifier/respect".
        """
        from achats_check.columns.polars_engine import with_verdicts

        lazy = table.lazy()
        return with_verdicts(lazy, self._program(lazy).masks, tuple(keep))

    def masks(
        self, table: pl.LazyFrame | pl.DataFrame, keep: Iterable[str] = (), verdict: str = NON_CONFORME
    ) -> pl.LazyFrame:
        """Return a boolean column for each rule that may give a verdict, beside some columns of the table."""
        from achats_check.columns.polars_engine import with_truths

        lazy = table.lazy()
        return with_truths(lazy, verdict_masks(self._program(lazy), verdict), tuple(keep))

    def violations(
        self, table: pl.LazyFrame | pl.DataFrame, key: str, verdicts: Sequence[str] = (NON_CONFORME,)
    ) -> pl.LazyFrame:
        """Return one row for each contract and rule whose verdict is one of some.

        Args:
            table: The table of contracts.
            key: The column that names a contract.
            verdicts: The verdicts wanted; "a_verifier/alerte" for one doubt only.

        Returns:
            The key, ``regle``, ``verdict`` and ``doute``.

        Raises:
            UsageError: The table has no such key, or a verdict is unknown.
        """
        from achats_check.columns.polars_engine import listed

        lazy = table.lazy()
        names = lazy.collect_schema().names()
        if key not in names:
            raise UsageError(f"La table n'a pas de colonne « {key} » pour nommer un marché ({', '.join(names[:8])} …).")
        return listed(lazy, key, wanted_masks(self._program(lazy), verdicts))

    def refused(self, table: pl.LazyFrame | pl.DataFrame) -> dict[str, str]:
        """Say of each rule that cannot be put in columns why, in French."""
        return dict(self._program(table.lazy()).refused)

    def refused_values(self, table: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
        """Count, for each column that is a fact, the values read, those refused, and those missing.

        A value is refused when a description would refuse it: it is then unknown. What is refused inside a list of
        objects is unknown in its object, and not counted.

        Returns:
            Columns ``colonne``, ``lues``, ``refusees`` and ``vides``.
        """
        import polars as pl

        from achats_check.columns.judge import Judge
        from achats_check.columns.polars_engine import columns_of, counted

        lazy = table.lazy()
        values = RefusedValues(self.book.vocabulary, columns_of(lazy.collect_schema()))
        return pl.DataFrame(values.told(counted(lazy, Judge(values.truths))), schema=REFUSED_VALUES, orient="row")

    def _program(self, table: pl.LazyFrame) -> Program:
        """Compile the rules for the columns of a table; those of the last table serve again when they are the same."""
        from achats_check.columns.polars_engine import columns_of

        columns = columns_of(table.collect_schema())
        key = tuple(columns.items())
        last = self._last
        if last is None or last[0] != key:
            last = self._last = key, program_of(self.book, columns, self.today, self.rules)
        return last[1]


class ParquetAudit:
    """The same, by DuckDB, over Parquet files that may be larger than memory."""

    def __init__(self, book: Rulebook, *, today: date, rules: Sequence[str] = ()) -> None:
        """Choose the rules; see ``TableAudit``. It needs DuckDB."""
        need("duckdb", "pyarrow")
        self.book = book
        self.today = today
        self.rules = tuple(rule_named(book, rule_id) for rule_id in rules)

    def counts(self, files: str | Path) -> list[tuple[str, str, str, int]]:
        """Count the contracts of Parquet files (a path, or a pattern) by rule, verdict and doubt."""
        from achats_check.columns.duckdb_engine import counted, opened
        from achats_check.columns.judge import Judge

        with opened(str(files)) as (connection, columns):
            program = program_of(self.book, columns, self.today, self.rules)
            found = counted(connection, Judge(mask_nodes(program).values()))
        return count_rows(program, found)

    def refused_values(self, files: str | Path) -> list[Told]:
        """Count, for each column that is a fact, the values read, those refused, and those missing."""
        from achats_check.columns.duckdb_engine import counted, opened
        from achats_check.columns.judge import Judge

        with opened(str(files)) as (connection, columns):
            values = RefusedValues(self.book.vocabulary, columns)
            return values.told(counted(connection, Judge(values.truths)))

    def write_violations(
        self, files: str | Path, key: str, target: str | Path, verdicts: Sequence[str] = (NON_CONFORME,)
    ) -> None:
        """Write one row for each contract and rule whose verdict is one of some, as a Parquet file."""
        from achats_check.columns.duckdb_engine import opened, write_listed

        with opened(str(files)) as (connection, columns):
            if key not in columns:
                raise UsageError(f"Les fichiers n'ont pas de colonne « {key} » pour nommer un marché.")
            program = program_of(self.book, columns, self.today, self.rules)
            write_listed(connection, key, wanted_masks(program, verdicts), str(target))


COUNTS: dict[str, Any] = {"regle": str, "verdict": str, "doute": str, "nombre": int}
REFUSED_VALUES: dict[str, Any] = {"colonne": str, "lues": int, "refusees": int, "vides": int}


def mask_nodes(program: Program) -> dict[tuple[str, Outcome], Node]:
    """Return the masks of every rule, by rule and outcome."""
    return {(rule, outcome): node for rule, masks in program.masks.items() for outcome, node in masks.items()}


def count_rows(program: Program, counts: Iterable[int]) -> list[tuple[str, str, str, int]]:
    """Return the counts that are not zero, ``sans_objet`` included: it is what no mask counts.

    Args:
        program: The rules.
        counts: The number of contracts, then the number of those under each mask.
    """
    total, *found = counts
    under = iter(found)
    rows = []
    for rule, masks in program.masks.items():
        told = {outcome: next(under) for outcome in masks}
        told[SANS_OBJET, ""] = total - sum(told.values())
        rows += [(rule, verdict, doubt, count) for (verdict, doubt), count in told.items() if count]
    return rows


def verdict_masks(program: Program, verdict: str) -> dict[str, Node]:
    """Return, for each rule that may give a verdict, where it does."""
    e = program.expressions
    found = {
        rule: e.is_true(e.any_of(mask for (given, _), mask in masks.items() if given == verdict))
        for rule, masks in program.masks.items()
    }
    return {rule: node for rule, node in found.items() if node is not e.false}


def wanted_masks(program: Program, verdicts: Sequence[str]) -> dict[tuple[str, Outcome], Node]:
    """Return the masks of some verdicts ("a_verifier") or of some of their doubts ("a_verifier/alerte"), by rule.

    Raises:
        UsageError: An unknown verdict, or ``sans_objet``, which is no violation of anything.
    """
    for verdict in verdicts:
        if verdict not in LISTED:
            raise UsageError(f"Verdict « {verdict} » : on peut lister {', '.join(LISTED)}.")
    wanted = set(verdicts)
    return {key: node for key, node in mask_nodes(program).items() if wanted & {key[1][0], "/".join(key[1])}}
