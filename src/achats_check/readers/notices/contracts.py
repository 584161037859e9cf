"""Essential data of public contracts (DECP): one contract of a file, as leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from achats_check.errors import ReadError
from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.encodings import decoded
from achats_check.readers.notices.parse import content, parsed
from achats_check.readers.notices.shapes import CONTRACT
from achats_check.readers.notices.walk import Leaf, leaves, local

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_RECORDS = ("marche", "contrat-concession", "concession")
_ALONE = (
    "Un dossier décrit une seule consultation : mettre le contrat voulu seul dans un fichier, ou donner celui-ci à"
    " la commande audit : achats-check audit FICHIER --sortie resultats/."
)
_MOST_DIGITS = 40
_WRAPPERS = ("results", "records", "data")
"""Keys under which portals put the records of an answer."""
_NESTED = ("acheteur", "autoriteConcedante", "titulaires", "concessionnaires", "modifications", "lieuExecution")
"""Objects and lists of a record, which a flat one has not."""


def contract_leaves(path: Path) -> Iterator[Leaf]:
    """Yield the leaves of the only contract of a file.

    Raises:
        ReadError: The file is not readable, or holds several contracts, or none.
    """
    try:
        data = content(path)
    except ReadError as error:
        raise ReadError(error.reason, _ALONE) from None
    text = decoded(data)
    if text is not None and text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        yield from _values(_shaped(_only(_json_records(_json(text)))), ())
    else:
        found = leaves(_only(_xml_records(parsed(path))), CONTRACT)
        yield from (leaf for leaf in found if not _is_empty(leaf))


def _is_empty(leaf: Leaf) -> bool:
    """An element of a record says nothing by being there: without text it is read under its own name."""
    return leaf.text == leaf.pointer.rpartition("/")[2].partition("[")[0]


def _only(records: Sequence[Any]) -> Any:
    if len(records) != 1:
        said = f"décrit {len(records)} contrats" if records else "ne décrit aucun contrat"
        raise ReadError(f"Ce fichier de données essentielles (DECP) {said}.", _ALONE)
    return records[0]


def _xml_records(root: Element) -> list[Element]:
    if local(root.tag) in _RECORDS:
        return [root]
    return [child for child in root if isinstance(child.tag, str) and local(child.tag) in _RECORDS]


def _json(text: str) -> Any:
    unread = "Vérifier le fichier, ou l'exporter de nouveau."
    lines = [line for line in text.split("\n") if line.strip()]
    for parts in ([text], lines):
        try:
            found = [json.loads(part, parse_float=Decimal, parse_int=_whole) for part in parts]
        except (ValueError, ArithmeticError, RecursionError):
            continue
        return found[0] if len(found) == 1 else found
    raise ReadError("Ce fichier de données essentielles (DECP) n'est pas du JSON lisible.", unread)


def _shaped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record as the schema writes it: a flat one has the names of the columns of a table.

    A version of a contract has the day of its own notification, not that of the contract.
    """
    from achats_check.readers.notices.flat import AMENDED, CURRENT, VERSION, TabularShape, flattened, load_columns

    columns = flattened(record)
    if any(isinstance(columns.get(name), list | dict) for name in _NESTED):
        return record
    shape = TabularShape(tuple(columns), load_columns())
    if not shape.fits:
        return record
    found, _ = shape.record(columns)
    if str(found.get(VERSION, 0)).removesuffix(".0") != "0":
        found.pop("dateNotification", None)
    return {name: value for name, value in found.items() if name not in (VERSION, CURRENT, AMENDED)}


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("number too long")
    return int(digits)


def _json_records(data: Any) -> list[Mapping[str, Any]]:
    if isinstance(data, Mapping) and "marches" in data:
        data = data["marches"]
    if isinstance(data, Mapping) and any(isinstance(data.get(kind), list | Mapping) for kind in _RECORDS):
        lists = [data[kind] if isinstance(data[kind], list) else [data[kind]] for kind in _RECORDS if kind in data]
        data = [record for records in lists for record in records]
    if isinstance(data, Mapping):
        held = [data[name] for name in _WRAPPERS if isinstance(data.get(name), list)]
        data = held[0] if len(held) == 1 else data
    records = data if isinstance(data, list) else [data]
    return [record for record in records if isinstance(record, Mapping) and record]


def _values(value: Any, steps: tuple[str, ...]) -> Iterator[Leaf]:
    if len(steps) > guards.MAX_XML_DEPTH:
        raise ReadError(f"Le fichier imbrique plus de {guards.MAX_XML_DEPTH} niveaux.", "Vérifier son origine.")
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield from _values(child, (*steps, clean(str(key)).replace("/", "-").replace("[", "(")[:80]))
    elif isinstance(value, list):
        for rank, child in enumerate(value, 1):
            numbered = (*steps[:-1], f"{steps[-1]}[{rank}]") if steps else (f"[{rank}]",)
            yield from _values(child, numbered)
    elif value is not None:
        text = ("oui" if value else "non") if isinstance(value, bool) else clean(str(value))
        if text:
            yield Leaf("/".join(steps), text)
