"""Who holds a contract: identifiers that can be compared, and names."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from achats_check.contracts.notes import REFUSED, Note
from achats_check.contracts.texts import first_at, items_of
from achats_check.facts.codes import is_siret
from achats_check.facts.text import fold

_LISTS = (("titulaires", "titulaire"), ("concessionnaires", "concessionnaire"))
_SIRET = ("siret", "")
_SIREN_LENGTH = 9


class Holders(NamedTuple):
    """The holders of a contract, sorted."""

    identifiers: tuple[str, ...]
    """SIRET of fourteen digits when valid; "TVA:FR…" for another register; nothing for what is no identifier."""
    names: tuple[str, ...]


def holders(record: Mapping[str, Any]) -> tuple[Holders, list[Note]]:
    """Return the holders that a record gives, and the identifiers refused."""
    identifiers: set[str] = set()
    names: set[str] = set()
    notes: list[Note] = []
    for item in _items(record):
        written = first_at(item, "id").replace(" ", "")
        identifier = _identifier(written, first_at(item, "typeIdentifiant"))
        if identifier:
            identifiers.add(identifier)
        elif written:
            notes.append(Note("titulaires", REFUSED, "ce n'est pas un SIRET", written))
        name = " ".join(first_at(item, "denominationSociale", "nom").split())
        if name:
            names.add(name)
    return Holders(tuple(sorted(identifiers)), tuple(sorted(names))), notes


def _items(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for field, wrapper in _LISTS:
        if field in record:
            yield from items_of(record[field], wrapper)


@lru_cache(20_000)
def _identifier(written: str, named: str) -> str:
    """Return an identifier as results hold it, from what is written and the name of its register; "" for none."""
    register = fold(named).strip()
    if is_siret(written):
        return written
    if register not in _SIRET:
        return f"{register.upper()}:{written.upper()}" if written.strip("0-.") else ""
    is_siren = len(written) == _SIREN_LENGTH and is_siret("0" * 5 + written)  # the Luhn check counts from the right
    return f"SIREN:{written}" if is_siren else ""
