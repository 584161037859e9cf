"""Versions of one contract that no column tells: found by what is left, where it is sure; told where it is not.

The identifier of 2019 ends with the number of the amendment, so that versions bear several; other publishers keep one
identifier, and change the day of notification with the amount.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from achats_check.contracts.contract_reader import AMENDMENTS, SILENT
from achats_check.contracts.separate_amendments import initial_row
from achats_check.facts.text import fold
from achats_check.readers.notices.flat import CURRENT, VERSION

NUMBERED = r"\d{14}20[12]\d.+\d\d"
"""SIRET, year, number, and number of amendments."""
_NUMBERED = re.compile(r"(\d{14}20[12]\d.+)(\d\d)")
_AMOUNT, _MONTHS, _NOTIFIED, _PUBLISHED = (
    *("execution.montant_ht", "duree_mois", "execution.date_notification", "date_publication"),
)
Row = dict[str, Any]


def joined(rows: Sequence[Row]) -> tuple[list[list[Row]], int]:
    """Put together the rows of identifiers that differ only by the number of amendments.

    Args:
        rows: Rows whose identifiers have the same root.

    Returns:
        The rows of each contract, those of one contract under its first identifier; and how many identifiers of the
        same purpose may be versions of another, and are kept apart.
    """
    by_uid = {uid: list(same) for uid, same in groupby(sorted(rows, key=_uid), _uid)}
    if len(by_uid) == 1:
        return list(by_uid.values()), 0
    found: list[list[Row]] = []
    doubtful = 0
    purposes: set[Any] = set()
    first: list[Row] = []
    last: list[Row] = []
    """The rows of the first publication and of its versions; those of the last version found."""
    for uid, same in by_uid.items():
        number = _number(uid)
        if first and number and _follows(first, last, same):
            first += _as_version(first, same, number)
            last = same
            continue
        purpose = _only(_folded(same))
        doubtful += number > 0 and purpose is not None and purpose in purposes
        purposes.add(purpose)
        found.append(same)
        if not number and not any(row.get(VERSION) for row in same):  # else its own versions are told
            first = last = same
    return found, doubtful


def _uid(row: Mapping[str, Any]) -> str:
    return str(row["uid"])


def _number(uid: str) -> int:
    match = _NUMBERED.fullmatch(uid)
    return int(match[2]) if match else 0


def _as_version(first: Sequence[Row], following: Sequence[Row], number: int) -> list[Row]:
    """Return rows in the place of the first publication, whatever file they are from, as its version of that number."""
    place = {name: first[0][name] for name in ("uid", "source", "rang")}
    if any(row.get(AMENDMENTS) for row in following):
        return [{**row, **place} for row in following]
    return [{**row, **place, VERSION: number} for row in following]


def _follows(first: Sequence[Row], last: Sequence[Row], following: Sequence[Row]) -> bool:
    """Whether rows are surely those of a contract once amended: what amendments leave is the same, and it was amended.

    Args:
        first: The rows of the contract that are known.
        last: Those of its last version among them.
        following: Rows of a later number.
    """
    if _only(_folded((*first, *following))) is None:
        return False
    for name in ("cpv", "acheteur.siret"):
        if len({repr(row.get(name)) for row in (*first, *following)}) > 1:
            return False
    before, after = ([initial_row(row, row.get(AMENDMENTS)) for row in rows] for rows in (first, following))
    holders = [{one for row in rows for one in row.get("titulaires") or ()} for rows in (before, after)]
    if not holders[0] & holders[1]:
        return False
    if all(row.get(AMENDMENTS) for row in following):
        return all(_only(row.get(name) for row in (*before, *after)) is not None for name in (_AMOUNT, _NOTIFIED))
    if all(row.get(VERSION) for row in following):
        return True
    return holders[0] == holders[1] and _is_republished(last, following)


def _is_republished(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Whether a contract notified on the same day was published again, later, with another amount or duration."""
    both = (*before, *after)
    if not all(row.get(SILENT) for row in both) or _only(row.get(_NOTIFIED) for row in both) is None:
        return False
    published = [[day for row in rows if isinstance(day := row.get(_PUBLISHED), date)] for rows in (before, after)]
    if [len(days) for days in published] != [len(before), len(after)]:
        return False
    return max(published[0]) < min(published[1]) and _is_changed(before, after)


def _is_changed(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Whether an amount or a duration is known both before and after, and is another one."""
    pairs = ((_only(r.get(name) for r in before), _only(r.get(name) for r in after)) for name in (_AMOUNT, _MONTHS))
    return any(one is not None and other is not None and one != other for one, other in pairs)


def dated(rows: Sequence[Row]) -> tuple[list[Row], bool]:
    """Number the versions of a contract that its days of notification tell apart.

    Args:
        rows: Rows of one contract, as one source gives them, without versions nor amendments.

    Returns:
        The rows, those of a later notification as later versions where it is sure: same purpose, and the last one told
        as the current one, or same holders, another amount or duration, never published before the former ones. And
        whether there are such versions that are not sure: the last publication is then believed, as for a correction.
    """
    if not all(row.get(SILENT) for row in rows):
        return list(rows), False
    by_day: dict[date, list[Row]] = {}
    for row in rows:
        day = row.get(_NOTIFIED)
        if not isinstance(day, date):
            return list(rows), False
        by_day.setdefault(day, []).append(row)
    steps = [by_day[day] for day in sorted(by_day)]
    told = len(steps) > 1 and _tells_the_last(steps)
    if len(steps) < 2 or not (told or any(_is_changed(*pair) for pair in pairwise(steps))):
        return list(rows), False
    sure = _only(_folded(rows)) is not None and (told or all(_is_amended(*pair) for pair in pairwise(steps)))
    if not sure:
        return list(rows), True
    last = len(steps) - 1
    return [{**row, VERSION: rank, CURRENT: rank == last} for rank, step in enumerate(steps) for row in step], False


def _tells_the_last(steps: Sequence[Sequence[Row]]) -> bool:
    """Whether the table says which version is the current one, and it is the last."""
    last = len(steps) - 1
    return all(row.get(CURRENT) is (rank == last) for rank, step in enumerate(steps) for row in step)


def _is_amended(before: Sequence[Row], after: Sequence[Row]) -> bool:
    holders = [{one for row in rows for one in row.get("titulaires") or ()} for rows in (before, after)]
    published = [[row.get(_PUBLISHED) or date.min for row in rows] for rows in (before, after)]
    in_order = max(published[0]) <= min(published[1])
    return bool(holders[0]) and holders[0] == holders[1] and in_order and _is_changed(before, after)


def _folded(rows: Sequence[Row]) -> list[str | None]:
    return [fold(" ".join(str(row["objet"]).split())) if row.get("objet") else None for row in rows]


def _only(values: Any) -> Any:
    """Return the value that all are; None when they are several, or unknown."""
    found = {repr(value): value for value in values}
    return next(iter(found.values())) if len(found) == 1 else None
