"""Award data that look like the real ones, dirt included: DECP of 2019 and 2022, JSON, XML and tables, by the million.

    python benchmarks/decp_rows.py 100000 decp.json        # or .jsonl, .xml, .csv, .parquet, .json.gz
    python benchmarks/decp_rows.py 100000 decp.json 2019   # the old schema

The share of each defect is that of five thousand published records. The same seed gives the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import IO, Any
from xml.sax.saxutils import escape

_NAMES = (
    "Commune de Saint-Firmin",
    "Ville de Montclair",
    "Communauté de communes du Lac",
    "Département des Deux-Rives",
)
_OBJECTS = (
    "Entretien des espaces verts",
    "Réfection de la toiture du gymnase",
    "Denrées alimentaires",
    "Transport scolaire",
)
_CPV = (
    "45000000-7",
    "33141000",
    "50112000-3",
    "15800000-6",
    "77310000-6",
    "71000000",
    "9310000",
    "12345678",
    "0",
    "79713000",
)
_PROCEDURES = (
    *("Procédure adaptée",) * 12,
    *("Appel d'offres ouvert",) * 8,
    "Marché passé sans publicité ni mise en concurrence préalable",
    "Procédure avec négociation",
    "PROCEDURE ADAPTEE",
    "MAPA",
)
_NATURES = (*("Marché",) * 10, *("Accord-cadre",) * 6, "Marché subséquent", "MARCHE")
_AMOUNTS = (0, None, -12, 999999999, 1e17, 1, "NC")
_SOCIAL = (
    *(("Pas de considération sociale",),) * 7,
    ("Clause sociale",),
    ("Clause sociale", "Critère social"),
    ("Marché réservé",),
    ("Clause sociale", "Pas de considération sociale"),
    (),
)
_GREEN = (("Pas de considération environnementale",), ("Clause environnementale",), ("Critère environnemental",), ())
COLUMNS = (
    *(
        "uid",
        "id",
        "nature",
        "acheteur_id",
        "acheteur_nom",
        "titulaire_id",
        "titulaire_typeIdentifiant",
        "titulaire_nom",
    ),
    *(
        "objet",
        "montant",
        "codeCPV",
        "procedure",
        "techniques",
        "dureeMois",
        "dateNotification",
        "datePublicationDonnees",
    ),
    *("formePrix", "typesPrix", "attributionAvance", "marcheInnovant", "considerationsSociales"),
    *("considerationsEnvironnementales", "ccag", "modification_id", "donneesActuelles"),
)
"""Columns of the public consolidation that are used here, in its order."""


def luhn(digits: str) -> str:
    """Return digits with the one that makes the Luhn check right."""
    doubled = [int(d) * (2 if rank % 2 else 1) for rank, d in enumerate(reversed(digits + "0"))]
    return digits + str(-sum(v - 9 if v > 9 else v for v in doubled) % 10)


def records(count: int, seed: int = 1, schema: str = "2022") -> Iterator[dict[str, Any]]:
    """Yield records of the DECP, each as its JSON."""
    random = Random(seed)
    for rank in range(count):
        yield _record(random, rank, schema)


def _record(random: Random, rank: int, schema: str) -> dict[str, Any]:
    number = random.randrange(2000)
    buyer = luhn(f"2{1 + number % 3}{number:07d}0001")
    year, month, day = random.randrange(2018, 2026), random.randrange(1, 13), random.randrange(1, 29)
    zone = "+01:00" if random.random() < 0.05 else ""
    amount: Any = random.choice(_AMOUNTS) if random.random() < 0.03 else round(10 ** random.uniform(3.2, 6.8), 2)
    record: dict[str, Any] = {
        "id": f"{year}-{rank if random.random() > 0.01 else rank // 2}",
        "acheteur": {"id": buyer if random.random() > 0.02 else "00000000000000"},
        "nature": random.choice(_NATURES),
        "objet": random.choice(_OBJECTS) + f" n\ufffd {rank}" * (random.random() < 0.2),
        "codeCPV": random.choice(_CPV),
        "procedure": random.choice(_PROCEDURES),
        "dureeMois": random.choice((12, 24, 36, 48, 48, 6, 365, 0)),
        "montant": amount,
        "formePrix": random.choice(("Ferme", "Révisable", "Forfaitaire")),
        "titulaires": [_holder(random, schema) for _ in range(1 + (random.random() < 0.1))],
    }
    if random.random() > 0.08:
        record["dateNotification"] = f"{year}-{month:02d}-{day:02d}{zone}"
        record["datePublicationDonnees"] = f"{year}-{month:02d}-{day:02d}"
    if random.random() < 0.05:
        record["modifications"] = [_amendment(random, year, rank) for rank in range(1 + (random.random() < 0.3))]
    return _of_2019(record, number) if schema == "2019" else _of_2022(record, random)


def _of_2019(record: dict[str, Any], number: int) -> dict[str, Any]:
    record["_type"] = "Marché"
    record["acheteur"]["nom"] = _NAMES[number % len(_NAMES)]
    return record


def _of_2022(record: dict[str, Any], random: Random) -> dict[str, Any]:
    record["considerationsSociales"] = {"considerationSociale": list(random.choice(_SOCIAL))}
    record["considerationsEnvironnementales"] = {"considerationEnvironnementale": list(random.choice(_GREEN))}
    record["techniques"] = {"technique": [random.choice(("Accord-cadre", "Sans objet"))]}
    record["marcheInnovant"] = random.random() < 0.02
    record["attributionAvance"] = random.random() < 0.4
    record["ccag"] = random.choice(("Travaux", "Fournitures courantes et services", "Pas de CCAG"))
    record["typesPrix"] = {"typePrix": [random.choice(("Définitif ferme", "Définitif révisable"))]}
    record["titulaires"] = [{"titulaire": item} for item in record["titulaires"]]
    if "modifications" in record:
        record["modifications"] = [{"modification": item} for item in record["modifications"]]
    return record


def _holder(random: Random, schema: str) -> dict[str, Any]:
    siret = luhn(f"8{random.randrange(5000):08d}0001")
    holder = {"id": siret if random.random() > 0.03 else "12345678901234", "typeIdentifiant": "SIRET"}
    return holder | ({"denominationSociale": f"Entreprise {siret[:5]}"} if schema == "2019" else {})


def _amendment(random: Random, year: int, rank: int) -> dict[str, Any]:
    said = {"montant": round(10 ** random.uniform(3.2, 6.8), 2)} if random.random() < 0.7 else {"dureeMois": 60}
    return {"id": rank + 1, "dateNotificationModification": f"{year + 1}-0{rank + 1}-15", **said}


def write(target: Path, count: int, seed: int = 1, schema: str = "2022") -> None:
    """Write records in the format that the name of a file tells."""
    found = records(count, seed, schema)
    if target.suffix == ".parquet":
        _write_parquet(target, found)
        return
    packed = target.suffix == ".gz"
    with gzip.open(target, "wt", encoding="utf-8") if packed else target.open("w", encoding="utf-8") as file:
        kind = target.name.removesuffix(".gz").rpartition(".")[2]
        {"json": _write_json, "jsonl": _write_lines, "xml": _write_xml, "csv": _write_csv}[kind](file, found)


def _write_json(file: IO[str], found: Iterator[dict[str, Any]]) -> None:
    file.write('{"marches": {"marche": [\n')
    for rank, record in enumerate(found):
        file.write((",\n" if rank else "") + json.dumps(record, ensure_ascii=False))
    file.write("\n]}}\n")


def _write_lines(file: IO[str], found: Iterator[dict[str, Any]]) -> None:
    file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in found)


def _write_xml(file: IO[str], found: Iterator[dict[str, Any]]) -> None:
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<marches>\n')
    file.writelines(f"<marche>{_elements(record)}</marche>\n" for record in found)
    file.write("</marches>\n")


def _elements(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_element(name, child) for name, child in value.items() if child is not None)
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else escape(str(value))


def _element(name: str, value: Any) -> str:
    if isinstance(value, list) and value and name in ("titulaires", "modifications"):
        return f"<{name}>{''.join(_elements(item) for item in value)}</{name}>"
    values = value if isinstance(value, list) else [value]
    return "".join(f"<{name}>{_elements(item)}</{name}>" for item in values)


def rows(found: Iterator[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the rows of a tabular consolidation: one for each holder and each version of a contract."""
    for record in found:
        base = _flat(record)
        amendments = [item.get("modification", item) for item in record.get("modifications", ())]
        versions = [base, *({**base, **_changed(item)} for item in amendments)]
        for number, version in enumerate(versions):
            for holder in record["titulaires"]:
                item = holder.get("titulaire", holder)
                yield {
                    **version,
                    "titulaire_id": item["id"],
                    "titulaire_typeIdentifiant": item["typeIdentifiant"],
                    "titulaire_nom": item.get("denominationSociale", ""),
                    "modification_id": str(number),
                    "donneesActuelles": "true" if number == len(versions) - 1 else "false",
                }


def _flat(record: dict[str, Any]) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    for name, value in record.items():
        if name in row:
            row[name] = ", ".join(map(str, next(iter(value.values())))) if isinstance(value, dict) else _cell(value)
    row["acheteur_id"] = record["acheteur"]["id"]
    row["acheteur_nom"] = record["acheteur"].get("nom", "")
    row["uid"] = row["acheteur_id"] + row["id"]
    return row


def _changed(amendment: dict[str, Any]) -> dict[str, str]:
    changed = {name: _cell(amendment[name]) for name in ("montant", "dureeMois") if name in amendment}
    return {**changed, "dateNotification": amendment["dateNotificationModification"]}


def _cell(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _write_csv(file: IO[str], found: Iterator[dict[str, Any]]) -> None:
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(found))


def _write_parquet(target: Path, found: Iterator[dict[str, Any]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        held: list[dict[str, str]] = []
        for row in rows(found):
            held.append(row)
            if len(held) == 50_000:
                writer.write_table(pa.Table.from_pylist(held, schema))
                held = []
        writer.write_table(pa.Table.from_pylist(held, schema))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), schema=sys.argv[3] if len(sys.argv) > 3 else "2022")
