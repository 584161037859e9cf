"""Rows of every source → one row for each contract: versions, holders and publications put together.

Rows that share an identifier with no other go straight through DuckDB, which sorts on disk what memory cannot hold;
only the others are looked at one by one. Nothing depends on the order of the sources, nor of their rows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from achats_check.contracts.considerations import MISSING, OUT_OF_SCOPE
from achats_check.contracts.contract_reader import AMENDMENTS, SILENT
from achats_check.contracts.separate_amendments import amended_row, initial_row
from achats_check.contracts.successive import dated
from achats_check.readers.notices.flat import CURRENT, VERSION

_KEPT_APART = "~"
"""Before the rank of contracts that bear one identifier."""
_PLACE = ("uid", "source", "rang", "repares", "refuses")
"""Columns that say nothing of the contract itself."""
_UNIONS = ("titulaires", "titulaires_noms")
_AMENDED = ("execution.montant_ht", "duree_mois", *_UNIONS)
"""What amendments change: said by the rows that have the most of them."""
_STATES = (("etat_sociales", "considerations_sociales"), ("etat_environnementales", "considerations_environnementales"))
_STATE_COLUMNS = tuple(name for pair in _STATES for name in pair)
_TECHNICAL = (VERSION, CURRENT, AMENDMENTS, SILENT)
_NEVER = date.min
Row = dict[str, Any]


class Tally(NamedTuple):
    """What happened to the rows of one identifier."""

    rows: list[Row]
    """The contracts they are."""
    events: Counter[str]
    """"identical", "superseded", "versions": rows; "shared_names", "undated", "revalued": contracts."""
    disputed: tuple[str, ...]
    """Columns on which rows of the same day disagree."""


def merged(rows: Sequence[Row]) -> Tally:
    """Put together the rows of one identifier, whatever their order."""
    events: Counter[str] = Counter()
    disputed: list[str] = []
    groups = _contracts(sorted(rows, key=_order))
    found = []
    for group in groups:
        row = _one(group, events, disputed)
        found.append(row)
    found.sort(key=_order)
    if len(found) > 1:
        events["shared_names"] += len(found)
        found = [{**row, "uid": f"{row['uid']}{_KEPT_APART}{rank}"} for rank, row in enumerate(found, 1)]
    return Tally(found, events, tuple(dict.fromkeys(disputed)))


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what rows are sorted by: what they say first, so that equal ones keep together."""
    said = (repr(value) for name, value in sorted(row.items()) if name not in _PLACE)
    return (*said, str(row.get("source")), f"{row.get('rang') or 0:012d}")


def _contracts(rows: Sequence[Row]) -> list[list[Row]]:
    """Tell apart the contracts that bear one identifier: other holders and another amount make another contract.

    Rows are of one contract when a holder or an amount links them; a row without holders, or without an amount, is of
    the first, unless its holder is that of another. Versions of a table of versions are always of one contract.
    """
    if all(row.get(VERSION) is not None for row in rows):
        return [list(rows)]
    leaders: dict[Any, int] = {}
    parent = list(range(len(rows)))

    def root(rank: int) -> int:
        while parent[rank] != rank:
            parent[rank] = parent[parent[rank]]
            rank = parent[rank]
        return rank

    for rank, row in enumerate(rows):
        for link in _links(row):
            first = leaders.setdefault(link, rank)
            parent[root(rank)] = root(first)
    told = [rank for rank, row in enumerate(rows) if not _is_vague(row)]
    linked = {root(rank) for rank in told}
    for rank in range(len(rows)):
        if root(rank) not in linked:
            parent[root(rank)] = root(told[0] if told else 0)
    groups: dict[int, list[Row]] = {}
    for rank, row in enumerate(rows):
        groups.setdefault(root(rank), []).append(row)
    return list(groups.values())


def _is_vague(row: Mapping[str, Any]) -> bool:
    """Whether a row does not say enough to be told from other contracts."""
    return not row.get("titulaires") or _initial_amount(row) is None or row.get(VERSION) is not None


def _initial_amount(row: Mapping[str, Any]) -> Any:
    return row.get("montant_initial_ht") or row.get("execution.montant_ht")


def _links(row: Mapping[str, Any]) -> list[Any]:
    holders = row.get("titulaires") or ()
    return [*holders] if _is_vague(row) else [*holders, _initial_amount(row)]


def _one(rows: Sequence[Row], events: Counter[str], disputed: list[str]) -> Row:
    """Return the row of one contract."""
    in_turn = [row for row in rows if _tells_in_turn(row)]
    if len(in_turn) > 1 and any(row[AMENDMENTS] for row in in_turn):  # from one file or several: each tells its own
        events["versions"] += len(in_turn) - 1
        whole, others = [_of_amendments(in_turn, disputed)], [row for row in rows if not _tells_in_turn(row)]
    else:
        whole, others = [], list(rows)
    by_source: dict[str, list[Row]] = {}
    for row in others:
        by_source.setdefault(row["source"], []).append(row)
    whole += [one for source in sorted(by_source) for one in _of_source(by_source[source], events, disputed)]
    return _latest(whole, events, disputed)


def _tells_in_turn(row: Mapping[str, Any]) -> bool:
    """Whether a row is of a table where each tells one amendment at most."""
    return row.get(AMENDMENTS) is not None and row.get(VERSION) is None


def _of_source(rows: Sequence[Row], events: Counter[str], disputed: list[str]) -> list[Row]:
    """Return the publications of one contract in one source, its versions put together."""
    versions = [row for row in rows if row.get(VERSION) is not None]
    others = [row for row in rows if row.get(VERSION) is None]
    if not versions:
        others, doubt = dated(others)
        events["revalued"] += doubt
        versions = [row for row in others if row.get(VERSION) is not None]
        others = [] if versions else others
    elif all(row[VERSION] for row in versions):  # the others are what these amended
        versions, others = [*versions, *({**row, VERSION: 0} for row in others)], []
    if not versions:
        return others
    events["versions"] += len(versions) - 1
    return [_of_versions(versions, events, disputed), *others]


def _of_amendments(rows: Sequence[Row], disputed: list[str]) -> Row:
    """Put together the rows of one contract that each tell one of its amendments, or none."""
    initial = _agreed([initial_row(row, row.get(AMENDMENTS)) for row in rows], disputed)
    row, lost = amended_row(initial, [row[AMENDMENTS] for row in rows if row.get(AMENDMENTS)])
    disputed += lost
    return row


def _of_versions(rows: Sequence[Row], events: Counter[str], disputed: list[str]) -> Row:
    """Put together the versions and the holders of one contract, as one source gives them, a row for each.

    Where the first one is not given, neither is the notification of the contract: each version has its own.
    """
    by_version: dict[int, list[Row]] = {}
    for row in rows:
        by_version.setdefault(row[VERSION], []).append(row)
    told = {row[VERSION] for row in rows if row.get(CURRENT)}
    last = max(told) if told else max(by_version)
    current = [row for row in by_version[last] if row.get(CURRENT)]
    row = _agreed(current or by_version[last], disputed)
    first = _agreed(by_version[0], disputed) if 0 in by_version else {}
    row["montant_initial_ht"] = first.get("execution.montant_ht")
    row["duree_initiale_mois"] = first.get("duree_mois")
    given = (item.get("execution.date_notification") for item in by_version.get(0, ()))
    days = [day for day in given if isinstance(day, date)]
    events["undated"] += 0 not in by_version and row.get("execution.date_notification") is not None
    row["execution.date_notification"], row["annee"] = (min(days), min(days).year) if days else (None, None)
    row["avenants"] = max(by_version)
    row["rang"] = min(item["rang"] for item in rows)
    row[VERSION] = row[CURRENT] = None
    return row


def _latest(rows: Sequence[Row], events: Counter[str], disputed: list[str]) -> Row:
    """Return what the last publication says; those of one day are put together."""
    day = max(row.get("date_publication") or _NEVER for row in rows)
    last = [row for row in rows if (row.get("date_publication") or _NEVER) == day]
    undated = {_content(row) for row in last}
    for row in rows:
        if (row.get("date_publication") or _NEVER) != day:
            events["identical" if _content(row) in undated else "superseded"] += 1
    events["identical"] += len(last) - len(undated)
    events["versions"] += len(undated) - 1
    return _agreed(last, disputed)


def _content(row: Mapping[str, Any]) -> str:
    left_out = (*_PLACE, "date_publication", SILENT)
    return repr(sorted((name, value) for name, value in row.items() if name not in left_out and value is not None))


def _agreed(rows: Sequence[Row], disputed: list[str]) -> Row:
    """Return what rows that are worth the same agree on; what they disagree on is unknown."""
    first = min(rows, key=lambda row: (str(row.get("source")), row.get("rang") or 0))
    if len(rows) == 1:
        return dict(first)
    found: Row = {}
    most = max(row.get("avenants") or 0 for row in rows)
    amended = [row for row in rows if (row.get("avenants") or 0) == most]
    for name in sorted({name for row in rows for name in row}):
        told = amended if name in _AMENDED else rows
        values = [row[name] for row in told if row.get(name) is not None]
        if name in _PLACE:
            found[name] = first.get(name)
        elif name in _TECHNICAL or name in _STATE_COLUMNS:
            continue
        elif name in _UNIONS:
            found[name] = sorted({item for value in values for item in value}) or None
        else:
            found[name] = _common(name, values, disputed)
    for state, listed in _STATES:
        found[state], found[listed] = _state(rows, state, listed, disputed)
    found["refuses"] = sorted({item for row in rows for item in row.get("refuses") or ()}) or None
    found["repares"] = sorted({item for row in rows for item in row.get("repares") or ()}) or None
    return found


def _state(rows: Sequence[Row], state: str, listed: str, disputed: list[str]) -> tuple[str, Any]:
    """Return the considerations that rows agree on: a row that says nothing of them contradicts no other."""
    said = {row[state]: row[listed] for row in rows if row.get(listed) is not None}
    distinct = {repr(row[listed]) for row in rows if row.get(listed) is not None}
    if len(distinct) == 1:
        return next(iter(said.items()))
    if distinct:
        disputed.append(listed)
    return (MISSING if distinct or any(row.get(state) == MISSING for row in rows) else OUT_OF_SCOPE), None


def _common(name: str, values: Sequence[Any], disputed: list[str]) -> Any:
    distinct = {repr(value): value for value in values}
    if len(distinct) < 2:
        return values[0] if values else None
    if name in {"objet", "acheteur.nom"}:  # said in many ways: the longest, which was cut the least
        return max(values, key=lambda text: (len(text), text))
    if name in {"avenants", "date_publication"}:
        return max(values)
    disputed.append(name)
    return None


def grouped(rows: Iterable[Row], column: str) -> Iterator[list[Row]]:
    """Yield the rows that have the same text in a column, from rows sorted by it."""
    for _, same in groupby(rows, itemgetter(column)):
        yield list(same)
