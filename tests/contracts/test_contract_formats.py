"""Which files hold contracts."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from contracts_builders import book, contract, document
from pyarrow import parquet

from achats_check.contracts.formats import table_format

NAMED = (
    "uid;objet;acheteur.nom;acheteur.siret;cpv;ccag;duree_mois;execution.montant_ht;procedure.type\n1;2;3;4;5;6;7;8;9\n"
)
"""Facts, of which seven bear the names of columns of the public consolidations."""
TABULAR = "uid,id,acheteur_id,acheteur_nom,objet,montant,codeCPV,dateNotification\n1,1,2,x,y,3,4,5\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (document(contract()), "decp-json"),
        (json.dumps({"marches": [contract()]}), "decp-json"),
        (json.dumps(contract()) + "\n" + json.dumps(contract()), "decp-json"),
        (json.dumps([contract()]), "decp-json"),
        ('{"ocid": "ocds-1", "awards": []}\n', "ocds"),
        ('{"version": "1.1", "releases": []}', "ocds"),
        ("<?xml version='1.0'?><!-- <x> --><marches><marche/></marches>", "decp-xml"),
        ("<contrat-concession/>", "decp-xml"),
        (TABULAR, "decp-csv"),
        (TABULAR.replace(",", ";"), "decp-csv"),
        ("uid;acheteur.siret;execution.montant_ht\n1;2;3\n", "table-csv"),
        (NAMED, "table-csv"),
        ("uid;objet;cpv;ccag;acheteur_nom;montant\n1;2;3;4;5;6\n", "decp-csv"),
        ("uid;objet;cpv;ccag;acheteur.nom;type;modification_id;donneesActuelles\n1;2;3;4;5;6;7;8\n", "decp-csv"),
        ("<ContractNotice/>", None),
        ('{"objet": "x", "acheteur": {"nom": "y"}}', None),
        ('{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"codeCPV": {}}}', None),
        ("Bordereau;Prix unitaire;Quantité\nTonte;3;4\n", None),
        ("Une lettre, écrite le 3 mai, sans rien de tel.\nElle suit.", None),
        ("objet: Tonte\ntype: services\n", None),
        ("", None),
    ],
)
def test_by_content(content: str, expected: str | None, tmp_path: Path) -> None:
    """Names tell nothing: a price schedule is a CSV too."""
    path = tmp_path / "fichier"
    path.write_text(content, encoding="utf-8")
    assert table_format(path, book().vocabulary) == expected


def test_parquet(tmp_path: Path) -> None:
    """By the names of the columns; a damaged one is no table."""
    for columns, expected in (
        (("uid", "id", "acheteur_id", "objet", "montant", "codeCPV"), "decp-parquet"),
        (("uid", "execution.montant_ht", "acheteur.siret"), "table-parquet"),
        (("a", "b"), None),
    ):
        parquet.write_table(pa.table({name: ["1"] for name in columns}), tmp_path / "t")
        assert table_format(tmp_path / "t", book().vocabulary) == expected
    (tmp_path / "t").write_bytes((tmp_path / "t").read_bytes()[:-20])
    assert table_format(tmp_path / "t", book().vocabulary) is None


def test_a_correspondence_makes_any_table_one(tmp_path: Path) -> None:
    """It says which columns matter."""
    (tmp_path / "t").write_text("Montant;Objet\n1;2\n")
    assert table_format(tmp_path / "t", book().vocabulary) is None
    assert table_format(tmp_path / "t", book().vocabulary, mapped=True) == "table-csv"
