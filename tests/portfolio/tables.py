"""Tables of contracts made by hand, as partitions of the generic table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

SCHEMA: dict[str, Any] = {
    "uid": pl.String,
    "annee": pl.Int32,
    "acheteur.siret": pl.String,
    "acheteur.nom": pl.String,
    "acheteur.categorie": pl.String,
    "objet": pl.String,
    "type": pl.String,
    "cpv": pl.List(pl.String),
    "contrat": pl.String,
    "forme": pl.String,
    "regime": pl.String,
    "marche_subsequent": pl.Boolean,
    "innovant": pl.Boolean,
    "procedure.type": pl.String,
    "procedure.fondement": pl.List(pl.String),
    "duree_mois": pl.Int64,
    "date_lancement": pl.Date,
    "execution.date_notification": pl.Date,
    "execution.montant_ht": pl.Float64,
    "titulaires": pl.List(pl.String),
    "titulaires_noms": pl.List(pl.String),
    "social.condition_execution": pl.Boolean,
    "social.critere": pl.Boolean,
    "reservation.categorie": pl.String,
    "environnement.condition_execution": pl.Boolean,
    "environnement.critere": pl.Boolean,
    "considerations_sociales": pl.List(pl.String),
    "considerations_environnementales": pl.List(pl.String),
    "etat_sociales": pl.String,
    "etat_environnementales": pl.String,
}
TOWN, REGION = "21000001200011", "23000002000019"
"""SIRET of two buyers."""


def contract(uid: str = "a", **values: Any) -> dict[str, Any]:
    """A contract of the town, notified on 1 March 2024; "__" in a name stands for its dot."""
    row = dict.fromkeys(SCHEMA)
    row |= {"uid": uid, "acheteur.siret": TOWN, "execution.date_notification": date(2024, 3, 1)}
    row |= {"execution.montant_ht": 100_000.0, "cpv": ["90910000"]}
    row |= {name.replace("__", "."): value for name, value in values.items()}
    day = row["execution.date_notification"]
    return row | ({"annee": day.year} if row["annee"] is None and day else {})


def direct(uid: str, day: date, amount: float, **values: Any) -> dict[str, Any]:
    """A purchase without publicity, of cleaning services."""
    stated = {
        "procedure__type": "sans_publicite_ni_mise_en_concurrence",
        "execution__date_notification": day,
        "execution__montant_ht": amount,
        "titulaires": ["11122233300011"],
    }
    return contract(uid, **(stated | values))


def frame(rows: Iterable[Mapping[str, Any]]) -> pl.LazyFrame:
    """Return contracts as a lazy table."""
    return pl.LazyFrame(list(rows), schema=SCHEMA)


def written(rows: Iterable[Mapping[str, Any]], folder: Path, parts: int = 1) -> list[Path]:
    """Write contracts as partitions."""
    folder.mkdir(parents=True, exist_ok=True)
    held = list(rows)
    paths = [folder / f"part-{rank:05}.parquet" for rank in range(parts)]
    for rank, path in enumerate(paths):
        pl.DataFrame(held[rank::parts], schema=SCHEMA).write_parquet(path)
    return paths
