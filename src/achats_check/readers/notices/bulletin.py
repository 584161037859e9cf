"""Notices of the BOAMP, in the XML of its daily files or the JSON of its open data, to one tree.

Since 2024 the bulletin wraps each notice: what manages it (GESTION), then its data (DONNEES) in one of several forms,
the European one (EFORMS) or a national one (FNSimple, MAPA, DSP…). The open data give the same, the XML turned to
JSON inside the texts ``gestion`` and ``donnees`` of a record. Before 2024, the data were of one form only.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from achats_check.errors import ReadError
from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.encodings import decoded
from achats_check.readers.notices.parse import AGAIN, content
from achats_check.readers.notices.walk import local

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_RENDERED = re.compile(rb"<(?:\w+:)?(HTML(?:SYNTHESE)?)(?:\s[^<>]*)?(?<!/)>")
"""Copies of the notice as a page, beside its data: they may hold any HTML, document type included."""
_UNDERSTOOD = ("DONNEES", "EFORMS", "FNSimple", "MAPA", "DSP", "DIVERS")
"""Roots of a file that holds the data of a record, without the record."""
_LATE = r"T2[23]:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)$"
"""A time of the open data, in universal time, that may be of the next day in Paris."""
_ALONE = (
    "Un dossier décrit une seule consultation : garder l'enregistrement voulu seul dans le fichier, ou donner"
    " celui-ci à la commande audit : achats-check audit FICHIER --sortie resultats/."
)


def bulletin(path: Path) -> tuple[str, Element]:
    """Return the format of a notice of the BOAMP, and the tree that holds it.

    Returns:
        "eforms" and the root of the European notice, or "boamp" and the root of the national one.

    Raises:
        ReadError: The file is not readable, or holds several notices, or none.
    """
    data = content(path)
    text = decoded(data)
    if text is not None and text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        root = _recorded(text)
    else:
        root = _parsed(data, path.name)
    european = _find(root, "DONNEES", "EFORMS")
    inner = [child for child in european if isinstance(child.tag, str)] if european is not None else []
    return ("eforms", inner[0]) if inner else ("boamp", root)


def _parsed(data: bytes, name: str) -> Element:
    try:
        return guards.parse_xml(_without_pages(data), name)
    except ReadError as error:
        raise ReadError(error.reason, AGAIN) from None


def _without_pages(data: bytes) -> bytes:
    """Return the XML without its copies as a page; one that never ends is sought once, however often it begins."""
    kept, end = [], 0
    endless: set[bytes] = set()
    for opening in _RENDERED.finditer(data):
        name = opening[1]
        if opening.start() < end or name in endless:
            continue
        closing = re.compile(rb"</(?:\w+:)?" + name + rb"\s*>").search(data, opening.end())
        if closing is None:
            endless.add(name)
        else:
            kept.append(data[end : opening.start()])
            end = closing.end()
    return b"".join((*kept, data[end:]))


def _find(element: Element, *names: str) -> Element | None:
    found: Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((child for child in found if isinstance(child.tag, str) and local(child.tag) == name), None)
    return found


def _recorded(text: str) -> Element:
    """Return the tree of the only record of a JSON file of the open data."""
    record = _only(records_of(text))
    root = Element("ann")
    _add(root, "GESTION", _nested(record.get("gestion", record.get("GESTION"))))
    _complete(root, record)
    _add(root, "DONNEES", _nested(record.get("donnees", record.get("DONNEES"))))
    if _find(root, "DONNEES") is None:
        raise ReadError("Cet enregistrement du BOAMP ne contient pas les données de l'avis (« donnees »).", AGAIN)
    if _find(root, "DONNEES", "identite") is not None:
        raise ReadError(
            "Cet enregistrement du BOAMP nomme ses données en minuscules (« identite »), comme l'ancienne API.", AGAIN
        )
    return root


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise ReadError("Cet enregistrement du BOAMP n'est pas du JSON lisible.", AGAIN) from None


def records_of(text: str) -> list[dict[str, Any]]:
    """Return the records of a JSON file of the open data, or of lines of JSON, as they are written there.

    Raises:
        ReadError: It is not JSON.
    """
    data = _json_or_lines(text)
    if isinstance(data, dict):
        data = next((data[key] for key in ("results", "records") if isinstance(data.get(key), list)), [data])
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _json_or_lines(text: str) -> Any:
    try:
        return _json(text)
    except ReadError:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise
        return [_json(line) for line in lines]


def _only(records: list[dict[str, Any]]) -> Mapping[str, Any]:
    if len(records) != 1:
        said = f"contient {len(records)} avis" if records else "ne contient aucun avis"
        raise ReadError(f"Ce fichier du BOAMP {said}.", _ALONE)
    found = fields_of(records[0])
    if "donnees" not in found and any(key in found for key in _UNDERSTOOD[1:]):
        return {"donnees": found}
    return found


def fields_of(record: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record, which some versions of the open data put one or two levels down."""
    for key in ("record", "fields"):
        if isinstance(record.get(key), dict):
            record = record[key]
    return record


def _nested(value: Any) -> Any:
    """Return what a text of a record holds: the open data put JSON inside JSON."""
    return _json(value) if isinstance(value, str) and value.lstrip().startswith(("{", "[")) else value


def _add(parent: Element, name: str, value: Any, depth: int = 0) -> None:
    """Add what a key of the JSON holds: a list repeats the element, "@" begins an attribute."""
    if depth > guards.MAX_XML_DEPTH:
        raise ReadError(f"Le fichier imbrique plus de {guards.MAX_XML_DEPTH} niveaux.", AGAIN)
    if value is None:
        return
    if isinstance(value, list):
        for item in value:
            _add(parent, name, item, depth + 1)
        return
    element = SubElement(parent, name.rpartition(":")[2])
    if isinstance(value, dict):
        _fill(element, value, depth)
    else:
        element.text = _text(value)


def _fill(element: Element, value: dict[str, Any], depth: int) -> None:
    for key, held in value.items():
        if key == "#text":
            element.text = _text(held)
        elif key.startswith("@"):
            if not key.startswith("@xmlns") and isinstance(held, str):
                element.set(key[1:].rpartition(":")[2], _text(held))
        elif key and not key.startswith("#"):
            _add(element, key, held, depth + 1)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return unescape(unescape(str(value)))


_FLAT = (
    (("REFERENCE", "TYPE_AVIS", "NATURE"), "nature", True),
    (("REFERENCE", "TYPE_AVIS", "FAMILLE"), "famille", True),
    (("REFERENCE", "TYPE_AVIS", "STATUT"), "etat", True),
    (("INDEXATION", "DATE_PUBLICATION"), "dateparution", False),
    (("INDEXATION", "DATE_LIMITE_REPONSE"), "datelimitereponse", False),
    (("INDEXATION", "NOMORGANISME"), "nomacheteur", False),
    (("INDEXATION", "RESUME_OBJET"), "objet", False),
)
"""Where the XML holds what the open data repeat in fields of their own; the last tells an element named by a code."""


def _complete(root: Element, record: Mapping[str, Any]) -> None:
    """Add what only the record's own fields tell, when its ``gestion`` was not exported."""
    for path, field, coded in _FLAT:
        value = record.get(field)
        if not isinstance(value, str) or not value or compiled(_LATE).search(value):
            continue
        place = _place(root, ("GESTION", *path[: len(path) if coded else -1]))
        if coded and len(place) == 0 and compiled(r"[A-Z][A-Z_-]*").fullmatch(value):
            SubElement(place, value)
        elif not coded and _find(place, path[-1]) is None:
            SubElement(place, path[-1]).text = _text(value)


def _place(root: Element, path: tuple[str, ...]) -> Element:
    place = root
    for name in path:
        found = _find(place, name)
        place = SubElement(place, name) if found is None else found
    return place
