"""``portefeuilles.jsonl`` and ``portefeuilles.parquet``: one line for each buyer and year, with everything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from achats_check.portfolio.records import DIMENSIONS, STATES, Judged, Listed, Portfolio
from achats_check.portfolio.shares import Share, share_of_amounts, share_of_contracts

_DIMENSIONS = ("social", "social_clause", "social_criterion", "reserved", "environmental")
_STATES = ("yes", "no", "missing", "not_in_schema")
_BATCH = 2_000
"""Lines of a row group: the findings of all of them are never held at once."""


def line(portfolio: Portfolio) -> dict[str, Any]:
    """Return a line: English keys, French texts, euros, shares from 0 to 1, None where unknown."""
    measure = portfolio.measure
    siren = "" if portfolio.buyer.startswith("nom:") else portfolio.buyer
    return {
        "buyer": portfolio.buyer,
        "siren": siren or None,
        "buyer_name": portfolio.name or None,
        "buyer_category": portfolio.category or None,
        "year": portfolio.year,
        "contracts": measure.contracts,
        "awarded_excl_tax": _euros(measure.cents),
        "unknown_amounts": measure.unknown_amounts,
        "concessions": measure.concessions,
        "concessions_excl_tax": _euros(measure.concession_cents),
        "concessions_unknown_amounts": measure.concession_unknown_amounts,
        "spending_estimate_low": _euros(portfolio.spending.low),
        "spending_estimate_high": _euros(portfolio.spending.high),
        "spaser": portfolio.spaser,
        "declared": {fact.name: _plain(fact.value) for fact in sorted(portfolio.declared, key=lambda f: f.name)},
        **_shares(portfolio),
        "findings": [_finding(judged) for judged in portfolio.findings],
    }


def _shares(portfolio: Portfolio) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, dimension in zip(_DIMENSIONS, DIMENSIONS, strict=True):
        tally = portfolio.measure.tally(dimension)
        for state, english in zip(STATES, _STATES, strict=True):
            rank = STATES.index(state)
            found[f"{name}_{english}"] = tally.contracts[rank]
            found[f"{name}_{english}_excl_tax"] = _euros(tally.cents[rank])
        found |= _share(f"{name}_share", share_of_contracts(tally))
        found |= _share(f"{name}_amount_share", share_of_amounts(tally))
    return found


def _share(name: str, share: Share | None) -> dict[str, Any]:
    wilson = (share and share.wilson) or (None, None)
    found: dict[str, Any] = {
        f"{name}_min": None if share is None else float(share.low),
        f"{name}_max": None if share is None else float(share.high),
        f"{name}_declared": share and share.declared,
    }
    if not name.endswith("_amount_share"):
        found |= {f"{name}_wilson_low": wilson[0], f"{name}_wilson_high": wilson[1]}
    return found


def _finding(judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "doubt": finding.doubt,
        "scope": finding.scope.id,
        "message": finding.message,
        "references": [reference.text for reference in finding.references],
        "missing_facts": list(finding.missing_facts),
        "contracts": [_contract(contract) for contract in judged.contracts],
        "contract_count": judged.size,
    }


def _contract(contract: Listed) -> dict[str, Any]:
    amount = None if contract.cents is None else _euros(contract.cents)
    return {"uid": contract.uid, "date": contract.day.isoformat(), "amount_excl_tax": amount}


def _euros(cents: int) -> float:
    return float(Decimal(cents) / 100)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, bool | int | str) or value is None else str(value)


def write_portfolios(portfolios: Iterable[Portfolio], folder: Path) -> None:
    """Write ``portefeuilles.jsonl`` and ``portefeuilles.parquet``, the same bytes for the same portfolios.

    In the Parquet file, what buyers declare is a text of JSON: each declares other facts.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema()
    with (
        (folder / "portefeuilles.jsonl").open("w", encoding="utf-8", newline="\n") as text,
        pq.ParquetWriter(folder / "portefeuilles.parquet", schema, compression="zstd") as table,
    ):
        for batch in _batches(line(portfolio) for portfolio in portfolios):
            text.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in batch)
            rows = [{**row, "declared": json.dumps(row["declared"], ensure_ascii=False)} for row in batch]
            table.write_table(pa.Table.from_pylist(rows, schema=schema))


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _schema() -> Any:
    """Return the columns of the Parquet file, from the line of an empty portfolio."""
    import pyarrow as pa

    from achats_check.portfolio.records import Measure, Spending

    texts = pa.list_(pa.string())
    contract = pa.struct([("uid", pa.string()), ("date", pa.string()), ("amount_excl_tax", pa.float64())])
    names = ("rule", "verdict", "doubt", "scope", "message")
    finding = [(name, pa.string()) for name in names] + [("references", texts), ("missing_facts", texts)]
    finding += [("contracts", pa.list_(contract)), ("contract_count", pa.int64())]
    special = {name: pa.string() for name in ("siren", "buyer_name", "buyer_category", "declared")}
    special["findings"] = pa.list_(pa.struct(finding))
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), type(None): pa.float64()}
    empty = line(Portfolio("", "", "", 0, Measure(), Spending()))
    return pa.schema([(name, special.get(name) or kinds[type(value)]) for name, value in empty.items()])
