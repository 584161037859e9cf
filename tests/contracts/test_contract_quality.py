"""The report of quality: what is counted, what is shown of it, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest
from contracts_builders import book, contract, document, source, table

from achats_check.contracts.notes import FLAGGED, REFUSED, REPAIRED, Note
from achats_check.contracts.quality import Defect, Ledger, Merge, Quality, SourceQuality
from achats_check.contracts.quality_sections import quality_sections
from achats_check.contracts.records import SAMPLE, Refusal
from achats_check.model import synthesis as s

ZERO = Note("montant", REFUSED, "nulle", "0")
MENDED = Note("codeCPV", REPAIRED, "zéro initial perdu", "x" * 500)


def test_the_ledger_counts_contracts() -> None:
    """A defect written twice in a contract is one; the most frequent come first, with the first three of each."""
    ledger = Ledger("a.json")
    ledger.add([MENDED], "z", 1)
    for rank in range(2, 7):
        ledger.add([ZERO, ZERO], f"u{rank}", rank)
    ledger.refuse(Refusal(9, "illisible", "{oups", "octet 12"))
    found = ledger.defects()
    assert [(one.field, one.contracts) for one in found] == [("montant", 5), ("", 1), ("codeCPV", 1)]
    assert found[0].examples == (("u2", 2, "0"), ("u3", 3, "0"), ("u4", 4, "0"))
    assert found[1][1:] == ("", REFUSED, "illisible", 1, (("octet 12", 9, "{oups"),))
    assert found[2].examples == (("z", 1, "x" * SAMPLE),)


def test_records_that_are_not_read(tmp_path: Path) -> None:
    """Those refused are counted; the end of a file that is cut is told, and is no record."""
    text = document(contract(), contract(id="2")).replace('"id": "2"', '"id": deux')
    _, report = source(tmp_path, text)
    assert (report.records, report.refused, report.cut) == (1, 1, "")
    _, report = source(tmp_path, document(contract(), contract(id="2"))[:-40], "coupe.json")
    assert (report.records, report.refused) == (1, 0)
    assert "enregistrements lus : 1)" in report.cut


def blocks(quality: Quality) -> tuple[s.Block, ...]:
    """What the synthesis shows of a report."""
    (section,) = quality_sections(quality, book().vocabulary)
    return section.blocks


def tables(quality: Quality) -> dict[str, s.Table]:
    """The tables of a report, by name."""
    return {block.name: block for block in blocks(quality) if isinstance(block, s.Table)}


def test_what_the_synthesis_shows(tmp_path: Path) -> None:
    """Records that were not read, files that were cut, what each source gave, what was put together."""
    late = document(contract(montant=85000, datePublicationDonnees="2024-07-01"))
    cut = document(contract(id="2"), contract(id="3"))[:-40]
    broken = document(contract(id="4"), contract(id="5")).replace('"id": "5"', '"id": cinq')
    _, quality = table(
        tmp_path, ("a.json", document(contract())), ("b.json", late), ("c.json", cut), ("d.json", broken)
    )
    figures = {block.label: block.value for block in blocks(quality) if isinstance(block, s.Figure)}
    assert figures == {"Contrats": 3, "Enregistrements illisibles": 1}
    (note,) = (block.text for block in blocks(quality) if isinstance(block, s.Note))
    assert note.startswith("c.json n'a pas été lu jusqu'au bout")
    found = tables(quality)
    assert [(row[0], *row[2:]) for row in found["qualite-sources"].rows] == [
        ("a.json", 1, 0, 0),
        ("b.json", 1, 0, 1),
        ("c.json", 1, 0, 1),
        ("d.json", 1, 1, 1),
    ]
    assert found["qualite-doublons"].rows == (("Lignes remplacées par une publication plus récente", 1),)
    (chart,) = (block for block in blocks(quality) if isinstance(block, s.Chart))
    known, unknown = (dict(zip(chart.labels, series.values, strict=True)) for series in chart.series)
    assert (known["titulaires identifiés"], unknown["titulaires identifiés"]) == (3, 0)
    assert known.keys() == unknown.keys()


@pytest.mark.parametrize(("count", "left"), [(60, 0), (61, 1)])
def test_defects_are_shown_the_most_frequent_first(count: int, left: int) -> None:
    """With what was written in one contract; those that are not shown are counted."""
    defects = [Defect("a", "", FLAGGED, "rare", 1, (("u0", 7, "écrit"),))]
    defects += [Defect("a", f"champ{rank}", REFUSED, "r", rank + 2, (("u1", 1, "0"),)) for rank in range(count - 1)]
    quality = Quality((SourceQuality("a", "decp-json", 1, 0, "", tuple(defects)),), {}, Merge(1, 1))
    shown = tables(quality)["qualite-defauts"]
    assert [row[4] for row in shown.rows] == sorted((defect.contracts for defect in defects), reverse=True)[:60]
    assert shown.more == left
    if not left:
        assert shown.rows[-1] == ("a", "enregistrement", "gardé et signalé", "rare", 1, "u0", "écrit")
    assert "qualite-doublons" not in tables(quality)


def test_disputed_fields_are_named() -> None:
    """Each with its number of contracts."""
    merge = Merge(4, 2, disputed={"execution.montant_ht": 2})
    shown = tables(Quality((SourceQuality("a", "decp-json", 4, 0),), {}, merge))["qualite-doublons"]
    ((label, number),) = shown.rows
    assert "execution.montant_ht" in str(label)
    assert number == 2
