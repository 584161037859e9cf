"""Labels read by eye: facts and places, kept without a word of the documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from achats_check.model.fact import Value

GOLD = Path(__file__).resolve().parent.parent / "gold"
Name = tuple[str, str]
"""Number of the lot, "" for the market and the buyer; then the name of the fact."""


FOLLOWS = frozenset({"contrat", "environnement.complement_ccag"})
"""Facts read together with another one ("forme", the environmental clause): counting both would count one twice."""
OF_THE_DOSSIER = "pieces."
"""Start of the names of facts that compare the pieces: no piece states them, they are counted by their findings."""


class Label(NamedTuple):
    """What a person reads of one fact in one piece."""

    value: Value | None = None
    """None for a text, of which only the place is kept."""
    pages: tuple[int, ...] = ()
    articles: tuple[str, ...] = ()


class Piece(NamedTuple):
    """One labelled piece."""

    fingerprint: str
    dossier: str
    role: str
    labels: Mapping[Name, Label]
    tolerated: frozenset[Name]
    """Facts whose reading is a matter of judgement: counted neither right nor wrong."""


def load_pieces(path: Path) -> list[Piece]:
    """Read a file of labelled pieces."""
    return [
        Piece(
            fingerprint=str(item["piece"]),
            dossier=str(item["dossier"]),
            role=item["role"],
            labels={split(name): label(raw) for name, raw in item.get("faits", {}).items()},
            tolerated=frozenset(split(name) for name in item.get("toleres", ())),
        )
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def split(name: str) -> Name:
    """Return the lot and the fact of a key: "20/cpv" is lot 20's."""
    lot, _, fact = name.rpartition("/")
    return lot, fact


def label(raw: Mapping[str, Any]) -> Label:
    """Return a label from its keys "valeur", "pages" and "articles"."""
    return Label(plain(raw.get("valeur")), tuple(raw.get("pages", ())), tuple(raw.get("articles", ())))


def plain(raw: Any) -> Value | None:
    """Return a value as facts hold it: money and rates are Decimal, lists tuples of texts."""
    if isinstance(raw, bool | date) or raw is None:
        return raw
    if isinstance(raw, int | float):
        return Decimal(str(raw))
    if isinstance(raw, list):
        return tuple(str(item) for item in raw)
    return str(raw)
