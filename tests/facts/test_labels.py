"""Real pieces, against what was read in them by eye; skipped where the shared corpus is absent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from facts_builders import naming, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.document import Document
from achats_check.model.fact import MARCHE, FactSet, Scope

_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "dce"
pytestmark = pytest.mark.skipif(not _CORPUS.is_dir(), reason="corpus partagé absent (../shared/corpus/dce)")

_UNKNOWN = ("unknown",)
_LABELS: tuple[tuple[str, str, object], ...] = (
    ("denrees-villeneuve-sur-lot/RC.pdf", "procedure.type", "appel_offres_ouvert"),
    ("denrees-villeneuve-sur-lot/RC.pdf", "type", "fournitures"),
    ("denrees-villeneuve-sur-lot/RC.pdf", "forme", "accord_cadre"),
    ("denrees-villeneuve-sur-lot/RC.pdf", "cpv", ("15890000",)),
    ("denrees-villeneuve-sur-lot/RC.pdf", "nombre_lots", 1),
    ("denrees-villeneuve-sur-lot/RC.pdf", "duree_mois", _UNKNOWN),
    ("denrees-villeneuve-sur-lot/RC.pdf", "valeur_estimee_ht", _UNKNOWN),
    ("denrees-villeneuve-sur-lot/RC.pdf", "valeur_maximale_ht", _UNKNOWN),
    ("denrees-villeneuve-sur-lot/RC.pdf", "environnement.critere_poids", 25),
    ("denrees-villeneuve-sur-lot/RC.pdf", "variantes", "interdites"),
    ("denrees-villeneuve-sur-lot/RC.pdf", "date_lancement", _UNKNOWN),
    ("denrees-villeneuve-sur-lot/CCAP.pdf", "duree_mois", 36),
    ("denrees-villeneuve-sur-lot/CCAP.pdf", "valeur_maximale_ht", _UNKNOWN),
    ("denrees-villeneuve-sur-lot/CCTP.pdf", "duree_mois", 36),
    ("denrees-villeneuve-sur-lot/CCTP.pdf", "environnement.critere_poids", 25),
    ("gardiennage-guyane/CCTP-surveillance-gardiennage.pdf", "procedure.type", "appel_offres_ouvert"),
    ("gardiennage-guyane/CCTP-surveillance-gardiennage.pdf", "cpv", ("79713000", "79714000")),
    ("gardiennage-guyane/CCTP-surveillance-gardiennage.pdf", "nombre_lots", _UNKNOWN),
    ("gardiennage-guyane/CCTP-surveillance-gardiennage.pdf", "duree_mois", _UNKNOWN),
    ("travaux-coupvray/COUPVRAY-CCTP-LOT-00-Generalites-Indice-B.pdf", "nombre_lots", 5),
    ("travaux-coupvray/COUPVRAY-CCTP-LOT-00-Generalites-Indice-B.pdf", "duree_mois", _UNKNOWN),
    ("travaux-coupvray/COUPVRAY-CCTP-LOT-00-Generalites-Indice-B.pdf", "variantes", _UNKNOWN),
    ("ae-conseil-etat-tma/AE.docx", "procedure.type", "appel_offres_ouvert"),
    ("ae-conseil-etat-tma/AE.docx", "cpv", ("72250000", "72267000")),
    ("ae-conseil-etat-tma/AE.docx", "alloti", False),
    ("ae-conseil-etat-tma/AE.docx", "duree_mois", 48),
    ("ae-conseil-etat-tma/AE.docx", "valeur_maximale_ht", _UNKNOWN),
)


@cache
def _facts(path: str) -> FactSet:
    from achats_check.readers import read

    document = read(_CORPUS / path)
    assert isinstance(document, Document)
    return extract([document], vocabulary(), naming(), terms(), None)[1]


@pytest.mark.parametrize(("path", "name", "expected"), _LABELS)
def test_a_fact_is_what_the_eye_read(path: str, name: str, expected: object) -> None:
    """Same value, or unknown where the piece does not say."""
    found = _facts(path).get(name)
    assert found is not None
    assert (_UNKNOWN if found.status == "unknown" else found.value) == expected


def test_the_criteria_of_the_rules_are_read_whole() -> None:
    """Four criteria, their order and their weights."""
    found = _facts("denrees-villeneuve-sur-lot/RC.pdf").get("criteres", MARCHE)
    assert found is not None
    assert isinstance(found.value, tuple)
    assert [int(item["poids"]) for item in found.value] == [30, 35, 25, 10]


def test_a_single_lot_numbered_20_is_one_lot() -> None:
    """The number of a lot of a new consultation is not a count."""
    facts = _facts("denrees-villeneuve-sur-lot/RC.pdf")
    assert facts.lots == ("20",)
    assert facts.get("cpv", Scope("lot", "20")) is not None
