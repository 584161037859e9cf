"""Tables of contracts given as pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from achats_check.model.document import Unread
from achats_check.readers import read

FLAT = "id;acheteur.id;objet;montant;dateNotification;codeCPV\n1;21690123100011;Tonte;50000;2024-05-02;77310000\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("decp.csv", FLAT.encode()),
        ("decp.csv", b"\xef\xbb\xbf" + FLAT.replace(";", ",").encode()),
        ("decp.tsv", FLAT.replace(";", "\t").encode()),
        ("marches.csv", b'"uid","valeur_estimee_ht","acheteur.categorie","procedure.type"\n1,2,commune,x\n'),
        ("decp.parquet", b"PAR1" + bytes(200) + b"PAR1"),
        ("ocds.json", b'{"uri": "x", "releases": [{"ocid": "ocds-1", "tender": {}}]}'),
    ],
)
def test_a_table_of_contracts_is_sent_to_the_audit(name: str, content: bytes, tmp_path: Path) -> None:
    """Read as a text, it would give a report that says nothing of its contracts."""
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path / name)
    assert isinstance(found, Unread)
    assert found.reason.startswith("C'est une table de contrats")
    assert "achats-check audit FICHIER --sortie" in found.advice


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("BPU.csv", "N°;Désignation;Unité;Prix unitaire HT\n1;Tonte;m²;0,12\n"),
        ("notes.txt", FLAT),
        ("criteres.csv", "critère,poids\nprix,60\nvaleur technique,40\n"),
        ("adresses.csv", "nom;site\nCommune;www.exemple.fr\n"),
    ],
)
def test_another_table_is_a_piece(name: str, content: str, tmp_path: Path) -> None:
    """A price schedule exported as CSV is read as a text."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert not isinstance(read(tmp_path / name), Unread)
