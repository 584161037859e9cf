"""A row of any table whose columns bear the names of facts, or are put in correspondence with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from achats_check.contracts.column_map import CONTROLS, ColumnMap, ColumnSource
from achats_check.contracts.considerations import DECLARED_ABSENT, state_of
from achats_check.contracts.contract_reader import Origin
from achats_check.contracts.holders import holders
from achats_check.contracts.notes import FLAGGED, REFUSED, REPAIRED, Note
from achats_check.contracts.settings import Settings
from achats_check.facts.codes import written_cpv
from achats_check.facts.notices.buyer import category_of_siret, siret_in
from achats_check.facts.notices.contracts import TOO_LONG, is_too_long
from achats_check.facts.notices.mapping import day, money
from achats_check.facts.structure.buyer_names import category_of
from achats_check.facts.terms import from_plain
from achats_check.facts.text import fold
from achats_check.law.rulebook import Rulebook
from achats_check.vocabulary import FactSpec

_TRUE, _FALSE = frozenset({"oui", "true", "vrai", "1", "o"}), frozenset({"non", "false", "faux", "0", "n"})
_UNLISTED = "valeur hors correspondance"
_NO_NUMBER, _NO_DAY, _NO_TRUTH = "ce n'est pas un nombre", "ce n'est pas une date", "ni oui ni non"
_FUTURE = "date postérieure au jour de l'audit"
_RANKED = "sans identifiant : nommé par son rang"
_UNSETTLED = "ni des considérations connues, ni leur absence déclarée"
_CATEGORY = "acheteur.categorie"
_MOST = {"pourcent": 100, "part": 1}
_DIGITS = 14
"""Before the point; a longer number measures nothing, and some would take hours to write out."""
Read = tuple[Any, str]
"""A value, or None and why; ("", None) for an empty cell."""


class GenericReader:
    """Rows in, rows of the generic table out."""

    def __init__(self, columns: ColumnMap, book: Rulebook, settings: Settings, today: date) -> None:
        self._map = columns
        self._vocabulary = vocabulary = book.vocabulary
        self._words = from_plain(book.terms)["acheteur"]
        self._settings = settings
        self._today = today
        found = [name for name in columns if name in vocabulary]
        derived = [_CATEGORY] if {"acheteur.siret", "acheteur.nom"} & set(found) else []
        self.facts = tuple(dict.fromkeys([*found, *derived]))
        """Every fact that a row may give."""

    def row(self, cells: Mapping[str, Any], rank: int, origin: Origin) -> tuple[dict[str, Any], list[Note]]:
        """Return the row of the generic table, and what was wrong."""
        row: dict[str, Any] = {}
        notes: list[Note] = []
        for name, source in self._map.items():
            raw = cells.get(source.column)
            value, reason = self._read(name, source, raw)
            if reason:
                notes.append(Note(name, REFUSED, reason, str(raw)))
            notes += _remarks(name, raw)
            row[name] = value
        self._complete(row, rank, origin, notes)
        row["repares"] = sorted({note.field for note in notes if note.kind == REPAIRED}) or None
        row["refuses"] = sorted({note.field for note in notes if note.kind == REFUSED}) or None
        return row, notes

    def _complete(self, row: dict[str, Any], rank: int, origin: Origin, notes: list[Note]) -> None:
        """Fill the control columns."""
        notified = row.get("execution.date_notification")
        if isinstance(notified, date) and notified > self._today:
            notes.append(Note("execution.date_notification", REFUSED, _FUTURE, notified.isoformat()))
            row["execution.date_notification"] = notified = None
        row["annee"] = notified.year if isinstance(notified, date) else None
        if is_too_long(row.get("duree_mois"), (row.get("contrat"), row.get("forme"))):
            notes.append(Note("duree_mois", REFUSED, TOO_LONG, str(row["duree_mois"])))
            row["duree_mois"] = None
        if not row.get("uid"):
            notes.append(Note("uid", REFUSED, _RANKED))
            row["uid"] = f"{origin.source}#{rank}"
        row["source"], row["rang"] = origin.source, rank
        self._name_holders(row, notes)
        self._name_buyer(row)
        for family, said in self._settings.considerations.items():
            written = row.pop(f"considerations_{family}", None)
            record = {} if written is None else {said.field: written}
            values, state, _ = state_of(record, said, has_field=f"considerations_{family}" in self._map)
            if written == []:
                values, state = (), DECLARED_ABSENT
            row[f"etat_{family}"] = state
            if values is None and written is not None:
                notes.append(Note(f"considerations_{family}", REFUSED, _UNSETTLED, " ; ".join(written)))
            row[f"considerations_{family}"] = None if values is None else list(values)
        row.setdefault("montant_initial_ht", row.get("execution.montant_ht"))
        row.setdefault("duree_initiale_mois", row.get("duree_mois"))
        row.setdefault("avenants", 0)

    def _name_holders(self, row: dict[str, Any], notes: list[Note]) -> None:
        written = row.get("titulaires") or ()
        parts = [one.rpartition(":") for one in written]
        listed = {"titulaires": [{"id": number, "typeIdentifiant": register} for register, _, number in parts]}
        found, about = holders(listed, self._settings.empty)
        notes += about
        row["titulaires"] = list(found.identifiers) or None
        row["titulaires_noms"] = sorted(set(row.get("titulaires_noms") or ())) or None

    def _name_buyer(self, row: dict[str, Any]) -> None:
        if _CATEGORY in self.facts and row.get(_CATEGORY) is None:
            siret, name = row.get("acheteur.siret"), row.get("acheteur.nom")
            told = category_of(fold(name), self._words) if name else None
            said = {category_of_siret(siret) if siret else None, told} - {None}
            row[_CATEGORY] = said.pop() if len(said) == 1 else None

    def _read(self, name: str, source: ColumnSource, raw: Any) -> Read:
        if raw is None or (isinstance(raw, str) and not raw.strip()) or raw != raw:  # NaN is unlike itself
            return None, ""
        if source.codes:
            code = fold(str(raw)).strip()
            return (source.codes[code], "") if code in source.codes else (None, _UNLISTED)
        spec = self._vocabulary.get(name)
        kind = CONTROLS[name] if spec is None else spec.type
        if kind == "liste":
            return _list(spec, source, raw)
        if name == "acheteur.siret":
            siret = siret_in(str(raw))
            return siret, "" if siret else "ce n'est pas un SIRET"
        return _one(kind, spec, source, raw)


def _one(kind: str, spec: FactSpec | None, source: ColumnSource, raw: Any) -> Read:
    if kind == "booleen":
        return _truth(raw)
    if kind == "date":
        return _day(raw, source.date_format)
    if kind in {"montant", "nombre", "entier", "pourcent", "part"}:
        return _number(kind, raw, source.comma)
    text = " ".join(str(raw).split())
    if kind == "enum" and spec is not None:
        known = {fold(value): value for value in spec.values}
        return (known[fold(text)], "") if fold(text) in known else (None, _UNLISTED)
    return text or None, ""


def _truth(raw: Any) -> Read:
    text = fold(str(raw)).strip()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE, ""
    return None, _NO_TRUTH


def _day(raw: Any, written: str) -> Read:
    if isinstance(raw, date):
        found: date | None = raw.date() if isinstance(raw, datetime) else raw
    elif written:
        try:
            found = datetime.strptime(str(raw).strip(), written).date()
        except ValueError:
            found = None
    else:
        found = day(str(raw))
    found = day(found.isoformat()) if found else None  # the same years for every way of writing a date
    return found, "" if found else _NO_DAY


def _number(kind: str, raw: Any, comma: bool) -> Read:
    text = "".join(str(raw).split()).rstrip("€%")
    text = text.replace(".", "").replace(",", ".") if comma else text
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None, _NO_NUMBER
    if kind == "montant":
        return money(text)
    if not value.is_finite() or value < 0 or value.adjusted() >= _DIGITS or value > _MOST.get(kind, value):
        return None, _NO_NUMBER
    if kind == "entier" and value != value.to_integral_value():
        return None, _NO_NUMBER
    return int(value) if kind == "entier" else value, ""


def _list(spec: FactSpec | None, source: ColumnSource, raw: Any) -> Read:
    parts: Sequence[Any] = raw if isinstance(raw, list) else str(raw).split(source.separator or ";")
    texts = [text for part in parts if part is not None and (text := str(part).strip())]
    if spec is not None and spec.item == "cpv":
        codes = [written_cpv(text)[0] for text in texts]
        return (codes, "") if codes and None not in codes else (None, "ce n'est pas un code CPV")
    if spec is not None and spec.values and not set(texts) <= set(spec.values):
        return None, _UNLISTED
    if spec is not None and spec.item == "montant":
        amounts = [_number("montant", text, source.comma)[0] for text in texts]
        return ([float(amount) for amount in amounts], "") if None not in amounts else (None, _NO_NUMBER)
    return (texts, "") if texts or isinstance(raw, list) else (None, "")


def _remarks(name: str, raw: Any) -> Iterator[Note]:
    if isinstance(raw, str) and "\ufffd" in raw:
        yield Note(name, FLAGGED, "caractères perdus (U+FFFD)", raw)
    if name == "cpv" and isinstance(raw, str) and (mended := written_cpv(raw)[1]):
        yield Note(name, REPAIRED, mended, raw)


def unknown_columns(path: Path, columns: ColumnMap, header: Sequence[str]) -> list[str]:
    """Return one French sentence for each column that a correspondence names and a file has not."""
    missing = sorted({source.column for source in columns.values()} - set(header))
    return [f"{path.name} : la table n'a pas de colonne « {column} »." for column in missing]
