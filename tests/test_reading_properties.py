"""What holds of everything that is read: quotes, the order of files, figures written the French way, any input."""

from __future__ import annotations

import random
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achats_check.dossier import check
from achats_check.facts.extract import extract
from achats_check.facts.french import amounts, dates, percents
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.facts.text import fold
from achats_check.facts.values import parse_value
from achats_check.model.document import Block, Document
from achats_check.model.fact import Evidence, Fact, FactSet
from achats_check.readers import read
from achats_check.reports.json_report import report_data
from achats_check.vocabulary import FactSpec
from achats_check.wording import format_amount, format_date, format_number, format_short_date, format_value
from tender_strategies import book

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*") if path.suffix in {".docx", ".pdf"})
CORPUS = ROOT.parent / "shared" / "corpus" / "dce"
REAL = sorted(path for path in CORPUS.rglob("*") if path.suffix in {".docx", ".pdf"})
QUICK = settings(suppress_health_check=list(HealthCheck), database=None, derandomize=True)


# --- Quotes --------------------------------------------------------------------------------------------------------


def misquoted(documents: tuple[Document, ...], facts: FactSet) -> list[Evidence]:
    """Return the passages that are not the text at their location."""
    pieces = {document.path: document for document in documents}
    return [passage for fact in facts for passage in _passages(fact) if not _is_exact(passage, pieces)]


def _passages(fact: Fact) -> tuple[Evidence, ...]:
    nearest = fact.search.nearest if fact.search else None
    return (*fact.evidence, *fact.rivals, *([nearest] if nearest else []))


def _is_exact(passage: Evidence, pieces: dict[str, Document]) -> bool:
    where = passage.location
    if where.block is None:
        return False
    block = pieces[passage.document].blocks[where.block]
    same_place = (where.page, where.article) == (block.page, block.article)
    return same_place and bool(passage.quote) and block.text[where.start : where.end] == passage.quote


def extracted(paths: list[Path]) -> tuple[tuple[Document, ...], FactSet]:
    """Read pieces as one dossier."""
    pieces = [piece for path in paths if isinstance(piece := read(path), Document)]
    return extract(
        pieces,
        book().vocabulary,
        Naming.from_plain(book().naming),
        from_plain(book().terms),
        Lexicon.from_plain(book().lexicon),
    )


@pytest.mark.parametrize("folder", sorted({path.parent for path in SAMPLES}), ids=lambda path: path.name)
def test_quotes_of_the_samples_are_exact(folder: Path) -> None:
    """Every passage of every fact, near misses included, is the text at its location."""
    documents, facts = extracted([path for path in SAMPLES if path.parent == folder])
    assert len(documents) > 0
    assert misquoted(documents, facts) == []


@pytest.mark.skipif(not REAL, reason="corpus réel absent (../shared/corpus/dce)")
@pytest.mark.parametrize("folder", sorted({path.parent for path in REAL}), ids=lambda path: path.name)
def test_quotes_of_real_pieces_are_exact(folder: Path) -> None:
    """The same on real dossiers."""
    documents, facts = extracted([path for path in REAL if path.parent == folder])
    assert len(documents) > 0
    assert misquoted(documents, facts) == []


# --- Pieces made of sentences ----------------------------------------------------------------------------------------

TITLES = {
    "RC": "Règlement de la consultation",
    "CCAP": "Cahier des clauses administratives particulières",
    "CCTP": "Cahier des clauses techniques particulières",
    "AE": "Acte d'engagement",
}
SENTENCES = (
    "La consultation a pour objet l'entretien des espaces verts de la commune d'Exemple.",
    "Le présent marché a pour objet le nettoyage des locaux.",
    "La valeur estimée du besoin est de 250 000 € HT.",
    "Le montant maximum de l'accord-cadre est de 400 000 € HT sur toute sa durée.",
    "Le montant maximum de l'accord-cadre est de 380 000,50 € HT sur toute sa durée.",
    "Le marché est conclu pour une durée de 48 mois.",
    "La durée du marché est de trois (3) ans.",
    "Le marché est passé selon une procédure adaptée.",
    "La procédure est l'appel d'offres ouvert.",
    "Le marché n'est pas alloti.",
    "Les prestations sont réparties en 2 lots.",
    "Lot n° 1 : Tonte des pelouses",
    "Lot n° 2 : Taille des haies",
    "Le titulaire réserve 250 heures de travail à l'insertion de personnes éloignées de l'emploi.",
    "Aucune clause sociale d'insertion n'est prévue.",
    "Le titulaire évacue ses déchets vers une filière de réemploi.",
    "Les variantes ne sont pas autorisées.",
    "Les candidats peuvent présenter une offre en groupement.",
    "Le délai global de paiement est de 30 jours.",
    "Une retenue de garantie de 5 % est appliquée.",
    "La date limite de remise des offres est fixée au 12 octobre 2026 à 12 h 00.",
    "Codes CPV : 77310000-6",
    "Le prix compte pour 60 % et la valeur technique pour 40 %.",
)


def piece(role: str, sentences: list[str]) -> Document:
    """Make a document of a title and sentences."""
    texts = [TITLES[role], *sentences]
    blocks = [Block(i, "paragraph" if i else "title", text, None, "", TITLES[role]) for i, text in enumerate(texts)]
    return Document(f"{role}.docx", "docx", tuple(blocks))


def dossiers() -> st.SearchStrategy[list[Document]]:
    """Return dossiers of two to four pieces that agree or not."""
    said = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7, unique=True)
    return st.fixed_dictionaries({"RC": said, "CCAP": said}, optional={"CCTP": said, "AE": said}).map(
        lambda pieces: [piece(role, sentences) for role, sentences in pieces.items()]
    )


@settings(QUICK, max_examples=40)
@given(dossiers())
def test_quotes_of_made_pieces_are_exact(documents: list[Document]) -> None:
    """Whatever sentences stand together, quotes are the text at their location."""
    known, facts = extract(
        documents,
        book().vocabulary,
        Naming.from_plain(book().naming),
        from_plain(book().terms),
        Lexicon.from_plain(book().lexicon),
    )
    assert misquoted(known, facts) == []


@settings(QUICK, max_examples=12)
@given(dossiers(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(documents: list[Document], rank: random.Random) -> None:
    """Pieces that disagree, given in any order, give one report, to the letter."""
    from docx import Document as WordFile

    with TemporaryDirectory() as folder:
        paths = [Path(folder) / document.path for document in documents]
        for document, path in zip(documents, paths, strict=True):
            made = WordFile()
            for block in document.blocks:
                made.add_paragraph(block.text)
            made.save(str(path))
        shuffled = paths[:]
        rank.shuffle(shuffled)
        assert _report(shuffled) == _report(paths)


def test_the_order_of_descriptions_changes_nothing(tmp_path: Path) -> None:
    """Two descriptions that disagree give one report, whichever comes first."""
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    paths[0].write_text('{"objet": "Tonte", "type": "services"}', encoding="utf-8")
    paths[1].write_text('{"objet": "Travaux", "type": "travaux", "duree_mois": 12}', encoding="utf-8")
    assert _report(paths) == _report(paths[::-1])


def _report(paths: list[Path]) -> dict[str, Any]:
    return report_data(check(paths, today=date(2026, 11, 21), rules=book()), book().vocabulary)


# --- Figures, the French way -----------------------------------------------------------------------------------------

cents = st.decimals(0, 10**12, places=2)


@settings(QUICK, max_examples=200)
@given(cents)
def test_amounts_round_trip(amount: Decimal) -> None:
    """An amount written as reports do is read back as it was, alone and in a sentence."""
    written = format_amount(amount)
    assert parse_value(_spec("montant"), written) == amount
    assert [found.value for found in amounts(fold(f"Le montant est de {written}, hors révision."))] == [amount]


@settings(QUICK, max_examples=200)
@given(st.decimals(0, 100, places=2))
def test_percentages_round_trip(share: Decimal) -> None:
    """A percentage written as reports do is read back as it was."""
    written = format_amount(share, "pourcent")
    assert parse_value(_spec("pourcent"), written) == share
    assert [found.value for found in percents(fold(f"pondéré à {written} de la note"))] == [share]


@settings(QUICK, max_examples=200)
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    """A date written in full or in figures is read back, alone and in a sentence."""
    for written in (format_date(day), format_short_date(day), day.isoformat()):
        assert parse_value(_spec("date"), written) == day
        assert [found.value for found in dates(fold(f"Remise des plis le {written} à midi."))] == [day]


@settings(QUICK, max_examples=200)
@given(st.integers(0, 10**14), st.decimals(0, 10**9, places=4))
def test_numbers_round_trip(whole: int, exact: Decimal) -> None:
    """Whole numbers and decimals are read back as they were."""
    assert parse_value(_spec("entier"), format_number(whole)) == whole
    assert parse_value(_spec("nombre"), format_number(exact)) == exact


def _spec(kind: str) -> FactSpec:
    return FactSpec("essai", "essai", kind, {"montant": "EUR_HT", "pourcent": "pourcent"}.get(kind, ""))


# --- Anything typed --------------------------------------------------------------------------------------------------

typed = st.one_of(
    st.text(max_size=40),
    st.text("0123456789 .,€-/%MkKTHCeEuros\u00a0\u202f", max_size=20),
    st.from_regex(
        r"-?[0-9 ]{1,9}([.,][0-9]{1,3})? ?(€|M€|k€|%|mois|ans|/[0-9]{2}/[0-9]{4})?( HT| TTC)?", fullmatch=True
    ),
)
LISTS = ("criteres", "labels", "cpv", "procedure.fondement", "procedure.publicite", "social.publics")
EXTREMES = (
    float("nan"),
    float("inf"),
    -0.0,
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("-Infinity"),
    10**400,
    "1e999",
    "",
)
plain = st.recursive(
    st.one_of(
        st.sampled_from(EXTREMES),
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.dates(),
        st.datetimes(),
        typed,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=6,
)


@pytest.mark.parametrize(
    "kind", ["montant", "nombre", "pourcent", "part", "entier", "date", "booleen", "texte", "enum"]
)
@settings(QUICK, max_examples=60)
@given(raw=plain)
def test_nothing_typed_crashes_the_parser(kind: str, raw: Any) -> None:
    """A value is read, or refused with one French sentence; what is read can be written."""
    assert _read_or_refused(FactSpec("essai", "essai", kind, values=("aucun", "ess") if kind == "enum" else ()), raw)


@pytest.mark.parametrize(
    "name", ["criteres", "labels", "cpv", "procedure.fondement", "procedure.publicite", "social.publics"]
)
@settings(QUICK, max_examples=50)
@given(raw=plain)
def test_nothing_typed_crashes_the_parser_of_lists(name: str, raw: Any) -> None:
    """The same for lists and records."""
    assert _read_or_refused(book().vocabulary[name], raw)


def _read_or_refused(spec: FactSpec, raw: Any) -> bool:
    try:
        value = parse_value(spec, raw)
    except ValueError as refusal:
        return bool(str(refusal)) and "Traceback" not in str(refusal)
    assert not isinstance(value, float | datetime)
    return bool(format_value(spec, value)) or value in ("", ())
