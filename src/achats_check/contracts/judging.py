"""One partition of the generic table → counts of verdicts, and a list of violations: the same task on any executor."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from achats_check.contracts.partitions import ROWS, part_name
from achats_check.law.rulebook import Rulebook
from achats_check.model.finding import A_VERIFIER, ALERTE, JUSTIFICATION, NON_CONFORME, OPPORTUNITE

if TYPE_CHECKING:
    from achats_check.columns.table_audit import TableAudit

_LISTED = (NON_CONFORME, OPPORTUNITE, f"{A_VERIFIER}/{JUSTIFICATION}", f"{A_VERIFIER}/{ALERTE}")
"""What a person can look at contract by contract; the other doubts are counted: each contract has a hundred."""


_SCOPES = ("marche", "lot")
_KEYS = ("rule", "verdict", "doubt", "count")


class PartitionTask(NamedTuple):
    """A partition to judge: picklable, and the same result wherever it is done."""

    partition: str
    target: str
    """The file of its violations."""
    today: date


class Count(NamedTuple):
    """Contracts that have one verdict of one rule."""

    rule: str
    verdict: str
    doubt: str
    contracts: int


def contract_rules(book: Rulebook) -> tuple[str, ...]:
    """Return the rules that are about a contract: those about a buyer are judged once for each, not for each contract.

    Rules that cannot be put in columns are left out by the columns themselves.
    """
    return tuple(rule.id for rule in book.rules if rule.scope in _SCOPES)


def partition_tasks(contracts: Path, target: Path, today: date) -> list[PartitionTask]:
    """Return the tasks of the partitions of a folder, their violations going to another."""
    target.mkdir(parents=True, exist_ok=True)
    files = sorted(contracts.glob("part-*.parquet"))
    return [PartitionTask(str(file), str(target / part_name(rank)), today) for rank, file in enumerate(files)]


def contract_audit(book: Rulebook, today: date) -> "TableAudit":
    """Return what judges partitions: kept from one to the next, it compiles the rules once for all of them."""
    from achats_check.columns.table_audit import TableAudit

    return TableAudit(book, today=today, rules=contract_rules(book))


def judge_partition(task: PartitionTask, audit: "TableAudit") -> tuple[Count, ...]:
    """Judge every contract of a partition by every columnar rule.

    The file of violations has the columns ``uid``, ``regle``, ``verdict``, ``doute``: what is not respected, levers
    that could have been used, and what only awaits a justification or a look. It is sorted, and appears once whole.

    Returns:
        The counts of the partition, which add up to its contracts for each rule.

    Raises:
        OSError: The violations cannot be written.
    """
    import polars as pl

    table = pl.scan_parquet(task.partition)
    counts = tuple(Count(*row) for row in audit.counts(table).rows())
    listed = audit.violations(table, "uid", _LISTED)
    target = Path(task.target)
    started = target.with_suffix(".encours")
    written = BytesIO()  # so that it is Python that meets a full disk: the error of Polars is none of the system
    listed.collect(engine="streaming").sort("uid", "regle").write_parquet(
        written, compression="zstd", row_group_size=ROWS
    )
    # Written here, and not by what would hold the view in the frames of its failure: neither could be freed.
    with started.open("wb") as stream, written.getbuffer() as view:
        stream.write(view)
    started.replace(target)
    return counts


def merged_counts(counts: Iterable[Sequence[Count]]) -> tuple[Count, ...]:
    """Add up the counts of partitions, in any order."""
    total: Counter[tuple[str, str, str]] = Counter()
    for part in counts:
        for rule, verdict, doubt, contracts in part:
            total[rule, verdict, doubt] += contracts
    return tuple(Count(*key, count) for key, count in sorted(total.items()))


def write_counts(counts: Sequence[Count], target: Path) -> None:
    """Write ``comptes.jsonl``: one line for each rule, verdict and doubt."""
    lines = (json.dumps(dict(zip(_KEYS, count, strict=True)), ensure_ascii=False) + "\n" for count in counts)
    target.write_text("".join(lines), encoding="utf-8")
