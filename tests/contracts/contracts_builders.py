"""Small files of contracts of fictional buyers, and what is read of them."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from achats_check.contracts.plans import SourceTask
from achats_check.contracts.quality import Quality, SourceQuality
from achats_check.contracts.reading import read_contracts
from achats_check.contracts.sources import read_source
from achats_check.facts.extract import extract
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import FactSet
from achats_check.readers import read
from achats_check.rules import load_rules

TODAY = date(2026, 11, 21)
SIRET = "21399999900005"
"""A commune that does not exist; the number passes the Luhn check."""
FIRM, OTHER_FIRM = "80000000100019", "80000000200017"
"""Companies that do not exist; both pass the Luhn check."""
CONTRACT: dict[str, Any] = {
    "id": "2024-11",
    "acheteur": {"id": SIRET, "nom": "Commune de Saint-Firmin"},
    "nature": "Marché",
    "objet": "Entretien des sentiers",
    "codeCPV": "77310000-6",
    "procedure": "Procédure adaptée",
    "dureeMois": 36,
    "dateNotification": "2024-05-15",
    "datePublicationDonnees": "2024-06-01",
    "montant": 80000,
    "formePrix": "Unitaire",
    "titulaires": [{"titulaire": {"id": FIRM, "typeIdentifiant": "SIRET"}}],
    "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
}


@cache
def book() -> Rulebook:
    """The shipped rules, loaded once."""
    return load_rules()


def contract(**changes: Any) -> dict[str, Any]:
    """A contract of 2022; a change to None drops the field."""
    return {name: value for name, value in {**CONTRACT, **changes}.items() if value is not None}


def document(*contracts: Any) -> str:
    """The file of some contracts."""
    return json.dumps({"marches": {"marche": list(contracts)}}, ensure_ascii=False)


def facts_of(path: Path) -> FactSet:
    """The facts that the reading of a dossier finds in a file, its clauses left unread."""
    naming, terms = Naming.from_plain(book().naming), from_plain(book().terms)
    return extract([read(path)], book().vocabulary, naming, terms, None, book().notices)[1]


def source(
    folder: Path, content: str | bytes, name: str = "decp.json", **how: Any
) -> tuple[list[dict[str, Any]], SourceQuality]:
    """The rows and the report of one file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    done = folder / f"{name}.lu"
    shutil.rmtree(done, ignore_errors=True)
    report = read_source(SourceTask(str(path), name, str(done), TODAY, **how), book())
    return rows(done), report


def rows(folder: Path) -> list[dict[str, Any]]:
    """The rows of the partitions of a folder."""
    from pyarrow import parquet

    return [row for part in sorted(folder.glob("part-*.parquet")) for row in parquet.read_table(part).to_pylist()]


def row(folder: Path, **changes: Any) -> dict[str, Any]:
    """The row of one contract."""
    (found,), _ = source(folder, document(contract(**changes)))
    return found


def defects(report: SourceQuality) -> dict[tuple[str, str], int]:
    """How many contracts have each defect, by field and kind."""
    found: dict[tuple[str, str], int] = {}
    for defect in report.defects:
        found[defect.field, defect.kind] = found.get((defect.field, defect.kind), 0) + defect.contracts
    return found


def table(
    folder: Path, *files: tuple[str, str | bytes], work: str = "travail", **how: Any
) -> tuple[list[dict[str, Any]], Quality]:
    """The generic table of several files, and its quality."""
    given = []
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        given.append((path, name))
    quality = read_contracts(given, folder / "contrats", book(), today=TODAY, work=folder / work, **how)
    return rows(folder / "contrats"), quality
