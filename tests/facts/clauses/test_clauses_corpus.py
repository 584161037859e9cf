"""Real pieces, when they are there: what was read in them by eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from clauses_builders import values

from achats_check.facts.clauses import find_clauses
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.text import Reading
from achats_check.model.document import Document
from achats_check.readers import read

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "dce"
SOCIAL, GREEN = "social.condition_execution", "environnement.condition_execution"

READ = [
    ("denrees-villeneuve-sur-lot/RC.pdf", "RC", {SOCIAL: {"": False}, GREEN: {"": True}, "reservation.categorie": {}}),
    ("denrees-villeneuve-sur-lot/CCAP.pdf", "CCAP", {SOCIAL: {"": False}, GREEN: {"": True}}),
    ("denrees-villeneuve-sur-lot/CCTP.pdf", "CCTP", {SOCIAL: {}, GREEN: {"": True}, "labels": {}}),
    ("gardiennage-guyane/CCTP-surveillance-gardiennage.pdf", "CCTP", {SOCIAL: {}, GREEN: {}, "labels": {}}),
    (
        "travaux-coupvray/COUPVRAY-CCTP-LOT-00-Generalites-Indice-B.pdf",
        "CCTP",
        {SOCIAL: {}, GREEN: {"": True}, "labels": {}},
    ),
    ("ae-conseil-etat-tma/AE.docx", "AE", {SOCIAL: {}, GREEN: {}, "groupement.forme_imposee": {}}),
    ("modele-ccap-afpa/CCAP_modele.docx", "CCAP", {"social.insertion": {}, "reservation.categorie": {}}),
]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="corpus réel absent (../shared/corpus)")
@pytest.mark.parametrize(("path", "role", "expected"), READ)
def test_real_piece(lexicon: Lexicon, path: str, role: str, expected: dict[str, dict[str, object]]) -> None:
    """The clauses of a real piece are those a reader finds in it."""
    piece = read(CORPUS / path)
    assert isinstance(piece, Document)
    results = list(find_clauses(Reading(piece._replace(role=role)), lexicon))
    assert {fact: values(results, fact) for fact in expected} == expected
