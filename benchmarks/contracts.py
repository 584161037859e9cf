"""Rows that look like public contracts: what published data state, and how often they do not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from pyarrow.parquet import ParquetWriter

_CHUNK = 50_000
_CPV = (
    "45233140",
    "45112500",
    "71300000",
    "90910000",
    "77310000",
    "55523100",
    "85312320",
    "80500000",
    "30213000",
    "33600000",
    "15800000",
    "79710000",
    "48000000",
    "09310000",
    "60170000",
    "50700000",
    "98000000",
    "79800000",
)
_OBJECTS = (
    "Travaux de voirie",
    "Entretien des espaces verts",
    "Nettoyage des locaux",
    "Restauration scolaire",
    "Maîtrise d'œuvre pour la réhabilitation du groupe scolaire",
    "Fourniture d'électricité",
    "Accompagnement vers l'emploi",
    "Matériel informatique",
    "Transport scolaire",
    "Denrées alimentaires",
)
_BUYERS = (
    ("commune",) * 8
    + ("epci",) * 4
    + (
        "etat",
        "region",
        "departement",
        "etablissement_sante",
        "etablissement_public_local",
        "bailleur_social",
        "epa_etat",
        "entite_adjudicatrice",
        "metropole",
    )
)
_PROCEDURES = (
    ("procedure_adaptee",) * 6
    + ("appel_offres_ouvert",) * 5
    + ("sans_publicite_ni_mise_en_concurrence", "procedure_avec_negociation", "appel_offres_restreint")
)
FIRST, LAST = date(2018, 1, 1), date(2026, 10, 31)


def write_contracts(path: Path, rows: int, seed: int = 1) -> None:
    """Write a Parquet file of contracts: the same rows for the same seed, whatever the machine.

    Some fifty thousand different contracts are drawn, then repeated in another order with other amounts.
    """
    random = Random(seed)
    drawn = pl.DataFrame([_row(random) for _ in range(_CHUNK)], schema=_schema(), strict=False)

    def part(rank: int) -> pl.DataFrame:
        amount = pl.col("valeur_estimee_ht") * (1 + rank % 7 / 50)
        key = (pl.int_range(pl.len()) + rank * _CHUNK).cast(pl.String).alias("uid")
        return drawn.sample(fraction=1.0, shuffle=True, seed=rank).with_columns(amount.round(2), key)

    schema = part(0).to_arrow().schema
    with ParquetWriter(path, schema, compression="zstd") as file:  # part after part: ten million are never held
        for first in range(0, rows, 2 * _CHUNK):
            two = pl.concat([part(first // _CHUNK), part(first // _CHUNK + 1)]).head(rows - first)
            file.write_table(two.to_arrow().cast(schema), row_group_size=2 * _CHUNK)


def _schema() -> dict[str, Any]:
    named = {"type": pl.String, "cpv": pl.List(pl.String), "objet": pl.String, "forme": pl.String}
    days = dict.fromkeys(("date_lancement", "date_limite_offres", "execution.date_notification"), pl.Date)
    amounts = (
        "valeur_estimee_ht",
        "valeur_maximale_ht",
        "duree_mois",
        "acheteur.achats_annuels_ht",
        "social.critere_poids",
        "environnement.critere_poids",
        "avance_taux",
        "retenue_garantie_taux",
        "nombre_lots",
    )
    whole = {"duree_mois", "nombre_lots"}
    texts = ("procedure.type", "acheteur.categorie", "reservation.categorie", "acheteur.nom")
    truths = (
        "alloti",
        "social.condition_execution",
        "social.critere",
        "social.insertion",
        "environnement.condition_execution",
        "environnement.critere",
        "environnement.specification",
        "titulaire.pme",
        "innovant",
        "marche_subsequent",
        "groupement_commandes",
        "avance",
        "acheteur.spaser.adopte",
        "execution.donnees_publiees",
    )
    return {
        **named,
        **days,
        **{name: pl.Int64 if name in whole else pl.Float64 for name in amounts},
        **dict.fromkeys(texts, pl.String),
        **dict.fromkeys(truths, pl.Boolean),
    }


def _row(random: Random) -> dict[str, Any]:
    def sometimes(share: float, value: Any) -> Any:
        return value if random.random() < share else None

    launch = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    value = round(min(10 ** random.gauss(4.9, 0.8), 9e8), 2)
    return {
        "type": sometimes(0.97, random.choice(("travaux", "services", "services", "fournitures"))),
        "cpv": sometimes(0.95, random.sample(_CPV, random.choice((1, 1, 1, 2)))),
        "objet": sometimes(0.99, f"{random.choice(_OBJECTS)} — lot {random.randrange(20)}"),
        "forme": sometimes(0.9, random.choice(("marche", "marche", "accord_cadre"))),
        "date_lancement": sometimes(0.6, launch),
        "date_limite_offres": sometimes(0.5, launch + timedelta(days=35)),
        "execution.date_notification": sometimes(0.97, launch + timedelta(days=120)),
        "valeur_estimee_ht": sometimes(
            0.93, random.choice((value, value, value, 0.0 if random.random() < 0.05 else value))
        ),
        "valeur_maximale_ht": sometimes(0.2, value * 1.5),
        "duree_mois": sometimes(0.95, random.choice((6, 12, 24, 36, 48, 60, 999))),
        "acheteur.achats_annuels_ht": sometimes(0.4, 10 ** random.gauss(7.3, 0.7)),
        "social.critere_poids": sometimes(0.2, random.choice((0.0, 5.0, 10.0, 15.0))),
        "environnement.critere_poids": sometimes(0.25, random.choice((0.0, 5.0, 10.0, 20.0))),
        "avance_taux": sometimes(0.5, random.choice((0.0, 5.0, 10.0, 20.0, 30.0))),
        "retenue_garantie_taux": sometimes(0.4, random.choice((0.0, 3.0, 5.0))),
        "nombre_lots": sometimes(0.5, random.choice((1, 1, 2, 4, 10))),
        "procedure.type": sometimes(0.95, random.choice(_PROCEDURES)),
        "acheteur.categorie": sometimes(0.9, random.choice(_BUYERS)),
        "reservation.categorie": sometimes(0.6, random.choice(("aucune",) * 30 + ("handicap", "insertion", "ess"))),
        "acheteur.nom": f"Acheteur {random.randrange(30_000)}",
        **{name: sometimes(0.6, random.random() < 0.3) for name, kind in _schema().items() if kind == pl.Boolean},
    }
