"""The tables of ``rules/avis``: every fault is told with its line, every row of the shipped ones can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notices_builders import facts

from achats_check.errors import RuleFileError
from achats_check.facts.notices.tables import load_tables, tables
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary

ROOT = rules_root()
SHIPPED = tables(load_tables(ROOT, load_vocabulary(ROOT)))
HEAD = "format: essai\nroles: {chemin: A, AAPC: [x], intitules: {x: avis}}\nchamps:\n"


def loaded(tmp_path: Path, rows: str) -> None:
    """Load a folder of rules whose only table has these rows."""
    folder = tmp_path / "avis"
    folder.mkdir()
    (folder / "essai.yaml").write_text(HEAD + rows, encoding="utf-8")
    load_tables(tmp_path, load_vocabulary(ROOT))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "- {rubrique: A, libelle: b, chemin: c, fait: procedure.typ, codes: {x: y}}",
            "Vouliez-vous dire « procedure.type »",
        ),
        (
            "- {rubrique: A, libelle: b, chemin: c, fait: procedure.type, codes: {x: libre}}",
            "« libre » n'est pas une valeur",
        ),
        ("- {rubrique: A, libelle: b, chemin: c, fait: urgence, codes: {x: oui}}", "« oui » n'est pas une valeur"),
        (
            "- {rubrique: A, libelle: b, chemin: c, fait: procedure.publicite, codes: {x: [radio]}}",
            "n'est pas une valeur",
        ),
        ("- {rubrique: A, libelle: b, chemin: c, fait: urgence}", "le champ ne dit rien"),
        ("- {rubrique: A, libelle: b, chemin: c, appel: oui}", "« appel » vaut true ou false"),
        ("- {rubrique: A, libelle: b, chemin: c, lecture: peser}", "lecture « peser » inconnue"),
        ("- {rubrique: A, libelle: b, chemin: c, mode: x}", "clé inconnue « mode »"),
        ("- {rubrique: A, chemin: c}", "la clé « libelle » manque"),
        ("- simple texte", "un champ est un objet"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, row: str, expected: str) -> None:
    """A jurist who extends a table sees file, line and what is allowed."""
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, row + "\n")
    assert expected in str(caught.value)
    assert re.search(r"essai\.yaml:4:\d+:", str(caught.value)) or "simple texte" in row


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """Two wrong rows, two faults."""
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, "- {rubrique: A, libelle: b, chemin: c, mode: x}\n- {rubrique: A, chemin: c}\n")
    assert str(caught.value).count("essai.yaml:") == 2


def test_the_four_formats_have_a_table() -> None:
    """Each with rows, and each row named."""
    assert set(SHIPPED) == {"eforms", "ted", "boamp", "decp"}
    for table in SHIPPED.values():
        assert all(row.section and row.label and row.path for row in table.rows)


@pytest.mark.parametrize("format", ["eforms", "ted", "boamp", "decp"])
def test_no_pattern_is_slow_on_a_long_text(format: str) -> None:
    """Patterns of the tables are plain: no nested repetition."""
    for row in SHIPPED[format].rows:
        if row.reading == "motif":
            assert not any(re.search(r"[*+][^)]*\)[*+]", pattern) for pattern, _ in row.codes)


def test_a_notice_needs_no_table_of_its_format() -> None:
    """Without tables, its sentences are read and nothing crashes."""
    assert len(facts("<ANNONCE><A>un texte de plusieurs mots</A></ANNONCE>")) > 0
