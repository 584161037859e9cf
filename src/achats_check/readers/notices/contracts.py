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


def contract_leaves(path: Path) -> Iterator[Leaf]:
    """Yield the leaves of the only contract of a file.

    Raises:
        ReadError: The file is not readable, or holds several contracts, or none.
    """
    data = content(path)
    text = decoded(data)
    if text is not None and text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        yield from _values(_only(_json_records(_json(text))), ())
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
    try:
        return json.loads(text, parse_float=Decimal, parse_int=_whole)
    except (ValueError, ArithmeticError, RecursionError):
        raise ReadError("Ce fichier de données essentielles (DECP) n'est pas du JSON lisible.", unread) from None


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
