"""Hours of insertion given as a ratio to an amount: a number when the base is known, with how it was had."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from coherence_builders import WHOLE, dossier

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook

CLAUSE = "# 5 Clause sociale d'insertion\nLe titulaire réalise une action d'insertion.\n"


@pytest.mark.parametrize(
    ("sentence", "hours", "amount"),
    [
        ("Il réserve 6 heures d'insertion par tranche de 1 000 € HT de prestations.", 6, 1000),
        ("Le volume est d'une heure d'insertion pour 1 000 euros HT facturés.", 1, 1000),
        ("À raison de 60 heures d'insertion par tranche entamée de 50 000 € HT.", 60, 50000),
        ("Le titulaire consacre 2,5 heures de travail d'insertion pour chaque tranche de 500 € HT.", "2.5", 500),
    ],
)
def test_a_ratio_is_read(sentence: str, hours: object, amount: int) -> None:
    """The hours and the slice they are for."""
    facts = dossier(CCAP=CLAUSE + sentence)
    found = [facts.get("social.ratio_heures"), facts.get("social.ratio_montant_ht")]
    assert [fact.value for fact in found if fact is not None] == [Decimal(str(hours)), Decimal(amount)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Une pénalité de 45 € par heure d'insertion non réalisée est appliquée.",
        "Chaque heure d'insertion non réalisée pour un montant de 1 000 € HT donne lieu à pénalité.",
        "Il réserve 600 heures d'insertion pour un marché de 1 200 000 € HT.",
        "L'astreinte est de 2 heures par intervention, payée 150 € HT.",
    ],
)
def test_what_is_no_ratio(sentence: str) -> None:
    """A penalty, a whole contract, an on-call fee."""
    fact = dossier(CCAP=CLAUSE + sentence).get("social.ratio_heures")
    assert fact is None or fact.status != "known"


def _evaluated(rules_text: str, book: Rulebook) -> dict[str, object]:
    from achats_check.law.evaluate import evaluate

    ratio = CLAUSE + "Il réserve 6 heures d'insertion par tranche de 1 000 € HT."
    facts = dossier(**{**WHOLE, "RC": rules_text, "CCAP": ratio})
    known = evaluate(book, facts, date(2026, 10, 1))[1]
    return {f.name: f for f in known if f.name in ("social.heures_insertion", "social.heures_calcul")}


def test_the_number_follows_when_the_base_is_known(book: Rulebook) -> None:
    """320 000 € at 6 hours per 1 000 €: 1 920 hours, both passages quoted, the reckoning told."""
    found = _evaluated("# 1 Valeur\nLe montant estimé du marché est de 320 000 € HT.", book)
    hours = found["social.heures_insertion"]
    assert (hours.value, hours.origin) == (Decimal(1920), "derived")  # type: ignore[attr-defined]
    assert {e.role for e in hours.evidence} == {"RC", "CCAP"}  # type: ignore[attr-defined]
    told = found["social.heures_calcul"].value  # type: ignore[attr-defined]
    plain = told.replace("\xa0", " ").replace("\u202f", " ")
    assert plain == "6 heures par tranche de 1 000 € HT, sur 320 000 € HT estimés : 1 920 heures"


def test_without_a_base_the_number_stays_unknown(book: Rulebook) -> None:
    """A ratio is neither a number nor the absence of one."""
    found = _evaluated("# 1 Objet\nServices.", book)
    assert found["social.heures_insertion"].status == "unknown"  # type: ignore[attr-defined]
