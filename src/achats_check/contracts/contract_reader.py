"""One record of the DECP, or shaped like one, to one row of the generic table."""

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from achats_check.contracts.amendments import Amended, amended
from achats_check.contracts.considerations import State, state_of
from achats_check.contracts.field_reader import REMEMBERED, FieldReader
from achats_check.contracts.holders import holders
from achats_check.contracts.notes import REFUSED, REPAIRED, Note
from achats_check.contracts.separate_amendments import written_amendments
from achats_check.contracts.settings import Settings
from achats_check.contracts.texts import first_at, items_of, spelling
from achats_check.law.rulebook import Rulebook

_WRAPPERS = ("marche", "contrat-concession", "concession")
_FUTURE = "date postérieure au jour de l'audit"
_NO_BUYER_ID = "ni identifiant unique, ni identifiant et acheteur : nommé par son rang"
_VERSIONED = re.compile(r"(\d{14}20[12]\d.+)(\d\d)")
"""SIRET, year, number, and number of amendments."""
SILENT = "sans_modifications"
"""Column of a row whose table has no column for amendments, so that versions of a contract are rows like any other."""
AMENDMENTS = "modifications_dites"
"""Column of a row that tells its own amendments, other rows telling others, before all are put together."""


class Origin(NamedTuple):
    """Where records come from."""

    source: str
    """The file, as shown."""
    has_considerations: bool | None = None
    """Whether the table has columns for the considerations; None when each record tells by its schema."""
    tells_in_turn: bool = False
    """Whether each row may tell one amendment of its contract, other rows the others."""


class ContractReader:
    """Records in, rows out."""

    def __init__(self, book: Rulebook, settings: Settings, today: date) -> None:
        self._reader = FieldReader(book, settings)
        self._settings = settings
        self._today = today
        self._states: dict[tuple[str, bool, Hashable], State] = {}
        self.facts = self._reader.facts

    def row(self, record: Mapping[str, Any], rank: int, origin: Origin) -> tuple[dict[str, Any], list[Note]]:
        """Return the row of a record: facts and control columns; and what was wrong in it."""
        facts, notes = self._reader.read(record)
        self._refuse_future(facts, notes)
        held, about = holders(record, self._settings.empty)
        notes += about
        last, about = amended(record, facts, held, self._reader)
        notes += about
        row: dict[str, Any] = dict(facts)
        row["execution.montant_ht"], row["duree_mois"] = last.amount, last.months
        row["montant_initial_ht"], row["duree_initiale_mois"] = (
            facts.get("execution.montant_ht"),
            facts.get("duree_mois"),
        )
        row["avenants"] = last.applied
        if origin.tells_in_turn:
            row[AMENDMENTS] = written_amendments(last.items, held) if last.applied else ""
        row["titulaires"] = list(last.holders.identifiers) or None
        row["titulaires_noms"] = list(last.holders.names) or None
        row["date_publication"] = max(self._publications(record, last), default=None)
        modern = self._is_modern(record, origin)
        uid = self._identity(record, rank, origin, notes)
        row["uid"] = uid if modern else first_publication(uid, last.listed)
        row["source"], row["rang"] = origin.source, rank
        self._considerations(record, row, notes, modern=modern)
        notified = facts.get("execution.date_notification")
        row["annee"] = notified.year if isinstance(notified, date) else None
        row["repares"] = sorted({note.field for note in notes if note.kind == REPAIRED}) or None
        row["refuses"] = sorted({note.field for note in notes if note.kind == REFUSED}) or None
        return row, notes

    def _refuse_future(self, facts: dict[str, Any], notes: list[Note]) -> None:
        day = facts.get("execution.date_notification")
        if isinstance(day, date) and day > self._today:
            del facts["execution.date_notification"]
            notes.append(Note("dateNotification", REFUSED, _FUTURE, day.isoformat()))

    def _publications(self, record: Mapping[str, Any], last: Amended) -> list[date]:
        days = (self._reader.day(record, "datePublicationDonnees"), *last.published)
        return [day for day in days if isinstance(day, date) and day <= self._today]

    def _identity(self, record: Mapping[str, Any], rank: int, origin: Origin, notes: list[Note]) -> str:
        written = first_at(record, "uid")
        own, buyer = first_at(record, "id"), first_at(record, "acheteur/id", "autoriteConcedante/id")
        if written:
            return written
        if own and buyer:
            return f"{buyer}{own}"
        notes.append(Note("uid", REFUSED, _NO_BUYER_ID, own))
        return f"{origin.source}#{rank}"

    def _is_modern(self, record: Mapping[str, Any], origin: Origin) -> bool:
        if origin.has_considerations is not None:
            return origin.has_considerations
        return not self._settings.modern_fields.isdisjoint(record)

    def _considerations(
        self, record: Mapping[str, Any], row: dict[str, Any], notes: list[Note], *, modern: bool
    ) -> None:
        for family, said in self._settings.considerations.items():
            values, state, ambiguous = self._state(family, record, has_field=modern)
            notes += [Note(said.field, REFUSED, reason, text) for text, reason in ambiguous]
            row[f"considerations_{family}"] = None if values is None else list(values)
            row[f"etat_{family}"] = state

    def _state(self, family: str, record: Mapping[str, Any], *, has_field: bool) -> State:
        said = self._settings.considerations[family]
        key = (family, has_field, spelling(record[said.field]) if said.field in record else None)
        found = self._states.get(key)
        if found is None:
            if len(self._states) > REMEMBERED:
                self._states.clear()
            found = self._states[key] = state_of(record, said, has_field=has_field)
        return found


def first_publication(uid: str, amendments: int) -> str:
    """Return the identity under which a contract of 2019 was first published.

    Its identifier is a year, a number, and how many amendments it had: each publication bears another one.
    """
    match = _VERSIONED.fullmatch(uid) if amendments else None
    return f"{match[1]}00" if match is not None and int(match[2]) == amendments else uid


def contracts_in(record: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the contracts of a record that only wraps them (``{"marche": {…}}``), else the record itself."""
    wrapped = [items_of(value, name) for name, value in record.items() if name in _WRAPPERS]
    return [item for items in wrapped for item in items] if len(wrapped) == len(record) else [record]
