"""The buyers file: what buyers declare of themselves and of a year, which no contract data tell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from achats_check.disk_words import why
from achats_check.errors import DescriptionError, UsageError
from achats_check.facts.json_trouble import json_fault
from achats_check.facts.values import declared_facts
from achats_check.model.fact import Fact
from achats_check.vocabulary import Vocabulary
from achats_check.yaml_source import SourceFault, load_text, without_marks

_MAX_BYTES = 50_000_000
_KEYS = ("siren", "siret", "annee")

Buyers = Mapping[tuple[str, int | None], tuple[Fact, ...]]
"""Facts by buyer (as ``reading.buyer`` names it) and year; the year None holds for every year."""


def read_buyers(path: Path, vocabulary: Vocabulary) -> Buyers:
    """Read a file of buyers: JSON, YAML or CSV, one record for each buyer, or for each buyer and year.

    Args:
        path: A list of records. ``siren`` or ``siret``, else ``nom``, names the buyer; ``annee`` the year. The other
            keys are facts of the vocabulary, "acheteur." or "portefeuille." left out or not, nested or dotted.
        vocabulary: The facts a record may state.

    Raises:
        DescriptionError: A file that cannot be read, or every fault of its records.
    """
    found: dict[tuple[str, int | None], tuple[Fact, ...]] = {}
    faults: list[str] = []
    for rank, record in enumerate(_records(path), start=1):
        try:
            key, facts = _buyer(record, path, vocabulary)
            if key in found:
                raise UsageError("cet acheteur est déjà décrit, pour la même année : n'en garder qu'un.")
            found[key] = facts
        except UsageError as error:
            faults.append(f"acheteur n° {rank} : {error}")
    if faults:
        raise DescriptionError(str(path), faults)
    return found


def of_line(buyers: Buyers, buyer: str, year: int) -> tuple[Fact, ...]:
    """Return what is declared of a buyer that year; what is said of the year outranks what is said of all."""
    facts = (*buyers.get((buyer, None), ()), *buyers.get((buyer, year), ()))
    return tuple({fact.name: fact for fact in facts}.values())


def declared_texts(buyers: Buyers, name: str) -> dict[str, str]:
    """Return what each buyer says of a fact that does not change with the year: its name, its category."""
    order = sorted(buyers, key=lambda key: (key[0], key[1] or 0))
    found = ((key, fact) for key, year in order for fact in buyers[key, year] if fact.name == name)
    return {key: str(fact.value) for key, fact in found}


def _records(path: Path) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DescriptionError(str(path), ["fichier des acheteurs trop long ; le couper en plusieurs audits."])
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DescriptionError(str(path), [f"fichier des acheteurs illisible ({why(error)})."]) from None
    data = _parsed(text, path)
    if isinstance(data, dict) and set(data) == {"acheteurs"}:
        data = data["acheteurs"]
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise DescriptionError(str(path), ["une liste d'acheteurs est attendue, chacun avec siren, siret ou nom."])
    return data


def _parsed(text: str, path: Path) -> Any:
    if path.suffix.lower() == ".csv":
        return list(_rows(text, path))
    try:
        if path.suffix.lower() == ".json":
            return json.loads(text)
        return without_marks(load_text(text))
    except json.JSONDecodeError as error:
        raise DescriptionError(str(path), [json_fault(text, error.pos, error.msg)]) from None
    except RecursionError:
        raise DescriptionError(str(path), ["des listes ou des objets s'emboîtent trop profondément."]) from None
    except SourceFault as fault:
        raise DescriptionError(str(path), [f"ligne {fault.line}, colonne {fault.column} : {fault.message}"]) from None


def _rows(text: str, path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV; an empty cell says nothing."""
    header = text.partition("\n")[0]
    separator = max(";,\t", key=header.count)
    rows = csv.DictReader(StringIO(text), delimiter=separator)
    try:
        for row in rows:
            if None in row:  # cells without a column: which of the others are shifted, no one can tell
                told = (
                    f"plus de cellules que de colonnes ; une valeur qui contient « {separator} » va entre guillemets."
                )
                raise DescriptionError(str(path), [f"ligne {rows.line_num} : {told}"])
            yield {
                name.strip(): value for name, value in row.items() if name and isinstance(value, str) and value.strip()
            }
    except csv.Error:
        told = "CSV illisible (guillemet jamais fermé, ou caractère de contrôle)."
        raise DescriptionError(str(path), [f"ligne {rows.line_num} : {told}"]) from None


def _buyer(
    record: Mapping[str, Any], path: Path, vocabulary: Vocabulary
) -> tuple[tuple[str, int | None], tuple[Fact, ...]]:
    stated = {_fact_name(name, vocabulary): value for name, value in _flat(record) if name not in _KEYS}
    facts = declared_facts(stated, vocabulary, path.name)
    for fact in facts:
        if not {"acheteur", "portefeuille"} & set(vocabulary[fact.name].scopes):
            raise UsageError(f"« {fact.name} » ne dit rien d'un acheteur ni d'une année de ses achats.")
        if vocabulary[fact.name].derived:
            raise UsageError(f"« {fact.name} » se calcule et ne se déclare pas.")
    return (_key(record), _year(record)), facts


def _key(record: Mapping[str, Any]) -> str:
    number = "".join(str(record.get("siren") or record.get("siret") or "").split())
    if number.isascii() and number.isdigit() and len(number) in {9, 14}:
        return number[:9]
    if number:
        raise UsageError(f"« {number} » n'est ni un SIREN de neuf chiffres ni un SIRET de quatorze.")
    name = " ".join(str(record.get("nom") or "").lower().split())
    if not name:
        raise UsageError("siren, siret ou nom manque.")
    return f"nom:{name}"


def _year(record: Mapping[str, Any]) -> int | None:
    raw = record.get("annee")
    if raw is None:
        return None
    text = str(raw).strip()
    if not (text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100):
        raise UsageError(f"annee : « {raw} » n'est pas une année.")
    return int(text)


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif value is not None:
            yield f"{prefix}{key}", value


def _fact_name(name: str, vocabulary: Vocabulary) -> str:
    """Return the fact a key names; an unknown key is returned as it is, to be refused with a suggestion."""
    candidates: Iterable[str] = (name, f"acheteur.{name}", f"portefeuille.{name}")
    return next((candidate for candidate in candidates if candidate in vocabulary), name)
