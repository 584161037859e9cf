"""What the names of folders and files tell of how an archive is cut, by the words of ``rules/archives.yaml``."""

import re
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

from achats_check.facts.roles import expected
from achats_check.facts.roles.naming import Naming, load_naming
from achats_check.facts.text import fold
from achats_check.resources import rules_root
from achats_check.yaml_source import load_file

RULING = frozenset({"RC", "AAPC"})
"""Roles that a consultation has once, lots or not."""
SINGLE = RULING | {"CCAP", "CCP"}
"""Roles that a consultation usually has once: two folders that both hold one are two consultations."""
_LEADING = SINGLE | {"AE"}
"""Roles any two of which make a folder look like a whole dossier."""
STRONG = SINGLE | {"AE", "CCTP", "PRIX"}
"""Roles that make a file the piece of a consultation by its name alone."""


class _Words(NamedTuple):
    starts: frozenset[str]
    parts: frozenset[str]
    links: frozenset[str]
    manuals: frozenset[str]


@cache
def _words() -> _Words:
    data = load_file(rules_root() / "archives.yaml")
    parts = frozenset(word for line in data["mots_de_partie"] for word in line)
    return _Words(
        frozenset(data["debuts_de_partie"]),
        parts,
        frozenset(data["mots_de_liaison"]),
        frozenset(data["modes_d_emploi"]),
    )


@cache
def _naming() -> Naming:
    return load_naming(rules_root())


def _spoken(name: str) -> list[str]:
    """Return the words of a name, numbers left out: « 01_Pièces-adm V2 » is pieces, adm, v."""
    return re.findall(r"[a-z]+", fold(name))


def is_part(name: str) -> bool:
    """Say whether a folder of this name is a part of a consultation rather than a consultation."""
    words = _spoken(PurePath(name).stem if name.lower().endswith(".zip") else name)
    known = _words()
    telling = [word for word in words if word not in known.links]
    return bool(telling) and (words[0] in known.starts or known.parts.issuperset(telling))


def is_lot(name: str) -> bool:
    """Say whether a folder of this name holds the pieces of a lot, which may have its own CCAP."""
    return _spoken(name)[:1] in (["lot"], ["lots"])


def is_about_the_archive(name: str) -> bool:
    """Say whether a file of this name describes the archive: a README, an index, a licence."""
    return " ".join(_spoken(PurePath(name).stem)) in _words().manuals


def role_of(name: str) -> str:
    """Return the role that the name of a file announces, "AUTRE" when it announces none."""
    return expected(name, _naming()).role


def is_whole(roles: frozenset[str]) -> bool:
    """Say whether pieces of these roles make a consultation by themselves."""
    return "RC" in roles or len(roles & _LEADING) > 1
