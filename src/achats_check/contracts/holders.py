"""Who holds a contract: identifiers that can be compared, and names."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from achats_check.contracts.notes import REFUSED, REPAIRED, Note
from achats_check.contracts.texts import first_at, items_of
from achats_check.facts.codes import is_siret
from achats_check.facts.text import fold

_LISTS = (("titulaires", "titulaire"), ("concessionnaires", "concessionnaire"))
_SIRET = ("siret", "")
_SIREN_LENGTH, _SIRET_LENGTH = 9, 14
_MOST_ZEROS = 2
"""Zeros at the head of a SIRET that a number loses: few companies have more."""
_FIELD = "titulaires"
_NO_SIRET = "ce n'est pas un SIRET"
_REPEATED = "un seul chiffre répété n'identifie personne"
_LOST_ZERO = "SIRET écrit comme un nombre : zéros initiaux perdus"


class Holders(NamedTuple):
    """The holders of a contract, sorted."""

    identifiers: tuple[str, ...]
    """SIRET of fourteen digits when valid; "TVA:FR…" for another register; nothing for what is no identifier."""
    names: tuple[str, ...]


def holders(record: Mapping[str, Any], empty: frozenset[str]) -> tuple[Holders, list[Note]]:
    """Return the holders that a record gives, and the identifiers mended or refused.

    Args:
        record: The contract, or one of its amendments.
        empty: Folded texts that stand for nothing.
    """
    identifiers: set[str] = set()
    names: set[str] = set()
    notes: list[Note] = []
    for item in _items(record):
        identifier, note = _identified(first_at(item, "id"), first_at(item, "typeIdentifiant"), empty)
        if identifier:
            identifiers.add(identifier)
        if note is not None:
            notes.append(note)
        name = " ".join(first_at(item, "denominationSociale", "nom").split())
        if name:
            names.add(name)
    return Holders(tuple(sorted(identifiers)), tuple(sorted(names))), notes


def _items(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for field, wrapper in _LISTS:
        if field in record:
            yield from items_of(record[field], wrapper)


@lru_cache(20_000)
def _identified(text: str, named: str, empty: frozenset[str]) -> tuple[str, Note | None]:
    """Return an identifier as results hold it, "" for none, and what was wrong with what is written."""
    written, register = text.replace(" ", ""), fold(named).strip()
    if not written or fold(written) in empty:
        return "", None
    if is_siret(written):
        return written, None
    if register not in _SIRET and register not in empty:
        told = len(set(written) - set("-.")) > 1
        return (f"{register.upper()}:{written.upper()}", None) if told else ("", Note(_FIELD, REFUSED, _REPEATED, text))
    if _is_siren(written):
        return f"SIREN:{written}", None
    whole = written.zfill(_SIRET_LENGTH)
    if 0 < len(whole) - len(written) <= _MOST_ZEROS and is_siret(whole) and _is_siren(whole[:_SIREN_LENGTH]):
        return whole, Note(_FIELD, REPAIRED, _LOST_ZERO, text)
    return "", Note(_FIELD, REFUSED, _NO_SIRET, text)


def _is_siren(digits: str) -> bool:
    return len(digits) == _SIREN_LENGTH and is_siret("0" * 5 + digits)  # the Luhn check counts from the right
