"""The facts of one record, by the same table as the record of one contract in a dossier, at the speed of millions.

What a text says is asked once of ``facts.notices`` and remembered: fields hold few different texts.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from achats_check.contracts.notes import FLAGGED, REFUSED, REPAIRED, Note
from achats_check.contracts.settings import Settings
from achats_check.contracts.texts import spelling, texts_at
from achats_check.facts.codes import written_cpv
from achats_check.facts.notices.buyer import category_of_siret, siret_in, written_name
from achats_check.facts.notices.contracts import (
    AMOUNTS,
    CONTRADICTED,
    TOO_LONG,
    amounts_told,
    is_absence,
    is_too_long,
)
from achats_check.facts.notices.mapping import money, said_by
from achats_check.facts.notices.tables import SURE, Row, tables
from achats_check.facts.reconcile import CLEAR_LEAD
from achats_check.facts.structure.buyer_names import category_of
from achats_check.facts.terms import Subject, from_plain
from achats_check.facts.text import fold
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import Value

REMEMBERED = 20_000
"""Different texts of a field that are remembered; forgotten all at once beyond."""
_UNLISTED = "valeur hors nomenclature"
_DAMAGED = "caractères perdus (U+FFFD)"
_RIVALS = "valeurs contradictoires"
Candidate = tuple[str, Value, float]
"""A fact, a value of it, and how sure it is."""


class Said(NamedTuple):
    """What the texts of one field say."""

    candidates: tuple[Candidate, ...]
    notes: tuple[Note, ...]


class FieldReader:
    """Records in, facts out."""

    def __init__(self, book: Rulebook, settings: Settings) -> None:
        self._table = tables(book.notices)["decp"]
        self._lists = {spec.name for spec in book.vocabulary.values() if spec.type == "liste"}
        self._loose = {spec.name for spec in book.vocabulary.values() if spec.type == "texte"}
        self._silent = settings.silent
        self.empty = settings.empty
        """Folded texts that stand for an empty field."""
        self._rows: dict[str, list[Row]] = {}
        for row in self._table.rows:
            if row.fact:
                self._rows.setdefault(row.path, []).append(row)
        self._heads = tuple((path.partition("/")[0], path) for path in self._rows)
        self._known: dict[str, dict[Hashable, Said]] = {path: {} for path in self._rows}
        self._buyers: dict[tuple[str, str], Said] = {}
        self._words = from_plain(book.terms)["acheteur"]
        self.facts = tuple(dict.fromkeys([*(row.fact for row in self._table.rows if row.fact), *_TOGETHER]))
        """Every fact that a record may give."""

    def read(self, record: Mapping[str, Any]) -> tuple[dict[str, Value], list[Note]]:
        """Return the facts that a record gives, by name, and what was wrong in it."""
        candidates: list[Candidate] = []
        notes: list[Note] = []
        for head, path in self._heads:
            if head in record:
                found = self._said(path, head, record)
                candidates += found.candidates
                notes += found.notes
        for found in (self._amount(record), self._buyer(record)):
            candidates += found.candidates
            notes += found.notes
        return self._settled(candidates, notes), notes

    def amount(self, record: Mapping[str, Any]) -> tuple[Value | None, list[Note]]:
        """Return the amount that a record, or one of its amendments, gives."""
        found = self._amount(record)
        return next((value for _, value, _ in found.candidates), None), list(found.notes)

    def duration(self, record: Mapping[str, Any], contract: Value | None) -> tuple[Value | None, list[Note]]:
        """Return the duration that an amendment gives."""
        found = self._said("dureeMois", "dureeMois", record)
        value = next((value for _, value, _ in found.candidates), None)
        if is_too_long(value, (contract,)):
            return None, [Note("dureeMois", REFUSED, TOO_LONG, str(value))]
        return value, list(found.notes)

    def day(self, record: Mapping[str, Any], *paths: str) -> Value | None:
        """Return the first day that some fields give."""
        said = (self._said("dateNotification", path, record) for path in paths)
        return next((value for found in said for _, value, _ in found.candidates), None)

    def _said(self, path: str, field: str, record: Mapping[str, Any]) -> Said:
        """Return what a field of a record says, read as what is under a path."""
        known, written = self._known[path], spelling(record.get(field))
        found = known.get(written)
        if found is None:
            if len(known) > REMEMBERED:
                known.clear()
            _, deep, rest = path.partition("/")
            found = known[written] = self._read_field(path, texts_at(record, field + deep + rest))
        return found

    def _read_field(self, path: str, texts: tuple[str, ...]) -> Said:
        field = path.partition("/")[0]
        texts = tuple(text for text in texts if fold(text).strip() not in self.empty)
        candidates: list[Candidate] = []
        open_facts: set[str] = set()
        notes: list[Note] = []
        for row in self._rows[path]:
            for text in texts:
                value, reason, undecided = said_by(row, text, "decp")
                if value is not None:
                    candidates.append((row.fact, value, row.confidence))
                elif undecided and reason:
                    open_facts.add(row.fact)
                elif reason:
                    notes.append(Note(field, REFUSED, reason, text))
        notes += self._remarks(path, field, texts)
        return _without_false_absence(field, texts, candidates, open_facts, notes)

    def _remarks(self, path: str, field: str, texts: tuple[str, ...]) -> Iterator[Note]:
        rows = self._rows[path]
        for text in texts:
            if "\ufffd" in text:
                yield Note(field, FLAGGED, _DAMAGED, text)
            if rows[0].reading == "cpv" and (mended := written_cpv(text)[1]):
                yield Note(field, REPAIRED, mended, text)
            if rows[0].reading == "codes" and not self._is_listed(field, rows, fold(text).strip()):
                yield Note(field, REFUSED, _UNLISTED, text)

    def _is_listed(self, field: str, rows: Iterable[Row], code: str) -> bool:
        listed = any(code in dict(row.codes) or code in dict(row.doubts) for row in rows)
        return listed or code in self._silent.get(field, ())

    def _amount(self, record: Mapping[str, Any]) -> Said:
        candidates, notes = [], []
        written = {field: texts_at(record, field) for field in AMOUNTS if field in record}
        for field in amounts_told(written):
            for text in written[field]:
                value, reason = money(text)
                if value is None:
                    notes.append(Note(field, REFUSED, reason, text))
                else:
                    candidates.append(("execution.montant_ht", value, SURE))
        return Said(tuple(candidates), tuple(notes))

    def _buyer(self, record: Mapping[str, Any]) -> Said:
        held = [
            (*texts_at(record, f"acheteur/{part}"), *texts_at(record, f"autoriteConcedante/{part}"), "")
            for part in _PARTS
        ]
        name, identifier = (texts[0] for texts in held)
        found = self._buyers.get((name, identifier))
        if found is None:
            if len(self._buyers) > REMEMBERED:
                self._buyers.clear()
            found = self._buyers[name, identifier] = _buyer(name, identifier, self._words)
        return found

    def _settled(self, candidates: list[Candidate], notes: list[Note]) -> dict[str, Value]:
        by_fact: dict[str, list[tuple[Value, float]]] = {}
        for fact, value, sure in candidates:
            if fact in by_fact:
                by_fact[fact].append((value, sure))
            else:
                by_fact[fact] = [(value, sure)]
        if "duree_mois" in by_fact:
            contracts = [value for value, _ in by_fact.get("contrat", ())]
            by_fact["duree_mois"] = self._believed(by_fact["duree_mois"], contracts, notes)
        facts = {}
        for fact, held in by_fact.items():
            settled = held[0][0] if len(held) == 1 else self._agreed(fact, held) if held else None
            if settled is not None:
                facts[fact] = settled
            elif held:
                notes.append(Note(fact, REFUSED, _RIVALS, " ; ".join(sorted({str(value) for value, _ in held}))))
        return facts

    def _believed(
        self, durations: list[tuple[Value, float]], contracts: Sequence[Value], notes: list[Note]
    ) -> list[tuple[Value, float]]:
        believed = []
        for value, sure in durations:
            if is_too_long(value, contracts):
                notes.append(Note("dureeMois", REFUSED, TOO_LONG, str(value)))
            else:
                believed.append((value, sure))
        return believed

    def _agreed(self, fact: str, held: list[tuple[Value, float]]) -> Value | None:
        """Return what several candidates of a fact agree on, as ``facts.reconcile`` settles them; None for rivals."""
        if fact in self._lists:
            ranked = sorted(held, key=lambda item: -item[1])
            return tuple(
                dict.fromkeys(i for value, _ in ranked for i in (value if isinstance(value, tuple) else (value,)))
            )
        if fact in self._loose and fact != "acheteur.siret":
            return max(held, key=lambda item: round(item[1], 1))[0]
        best: dict[Value, float] = {}
        for value, sure in held:
            best[value] = max(sure, best.get(value, 0.0))
        first, *others = sorted(best.items(), key=lambda item: -item[1])
        return first[0] if all(first[1] - sure >= CLEAR_LEAD for _, sure in others) else None


_TOGETHER = ("execution.montant_ht", "acheteur.nom", "acheteur.siret", "acheteur.categorie")
_PARTS = ("nom", "id")


def _without_false_absence(
    field: str, texts: tuple[str, ...], candidates: list[Candidate], open_facts: set[str], notes: list[Note]
) -> Said:
    """Drop "none" where the same field leaves the question open, or says that there is some of another kind."""
    absent = {fact for fact, value, _ in candidates if is_absence(value)}
    present = {fact for fact, value, _ in candidates if not is_absence(value)}
    if absent and (present or open_facts):
        notes.append(Note(field, REFUSED, CONTRADICTED, " ; ".join(texts)))
        dropped = (absent - present) | open_facts
        candidates = [c for c in candidates if not (is_absence(c[1]) and c[0] in dropped)]
    return Said(tuple(candidates), tuple(notes))


def _buyer(name: str, identifier: str, words: Subject) -> Said:
    candidates: list[Candidate] = []
    notes = [Note("acheteur", FLAGGED, _DAMAGED, name)] if "\ufffd" in name else []
    known = written_name(name)
    if known is not None:
        candidates.append(("acheteur.nom", known, 0.95))
        category = category_of(fold(known), words)
        candidates += [("acheteur.categorie", category, 0.9)] if category else []
    siret = siret_in(identifier)
    if siret is not None:
        candidates.append(("acheteur.siret", siret, 0.95))
        category = category_of_siret(siret)
        candidates += [("acheteur.categorie", category, 0.9)] if category else []
    elif identifier:
        notes.append(Note("acheteur", REFUSED, "ce n'est pas un SIRET", identifier))
    return Said(tuple(candidates), tuple(notes))
