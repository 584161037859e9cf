"""A fact is absent when the pieces that would carry it were supplied, wholly read, and send nowhere else."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.contents import with_cut
from achats_check.facts.extract import extract
from achats_check.model.document import Document
from achats_check.model.fact import ABSENT, KNOWN, UNKNOWN, Fact, FactSet, Scope

RC = """
La procédure de passation est l'appel d'offres ouvert.
Critères pondérés :
Prix : 60 %
Valeur technique : 40 %
"""
PIECES = {"RC": RC, "CCAP": "# 1 Durée\nUn an.", "CCTP": "# 1 Objet\nLe titulaire lave les vitres.", "AE": "Signature"}
ORGANS = ("social.heures_insertion", "social.publics", "social.modalites", "social.facilitateur", "social.penalites")
CLAUSES = ("social.condition_execution", "social.insertion", *ORGANS)


def dossier(without: tuple[str, ...] = (), **texts: str) -> list[Document]:
    """A dossier of four pieces, some replaced, some missing."""
    return [piece(text, role) for role, text in {**PIECES, **texts}.items() if role not in without]


def read(documents: list[Document]) -> FactSet:
    """Its facts, clauses included."""
    return extract(documents, vocabulary(), naming(), terms(), lexicon())[1]


def fact(documents: list[Document], name: str) -> Fact:
    """One fact of the market."""
    found = read(documents).get(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name", [*CLAUSES, "environnement.condition_execution", "reservation.categorie", "social.critere"]
)
def test_a_whole_dossier_that_says_nothing_proves_the_absence(name: str) -> None:
    """With where it was looked for and the words that were tried."""
    found = fact(dossier(), name)
    assert found.status == ABSENT
    assert found.search is not None
    assert found.search.pieces
    assert found.search.sections
    assert found.search.vocabulary
    assert found.search.missing == ()


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        ("CCAP", "social.condition_execution"),
        ("CCTP", "social.condition_execution"),
        ("AE", "social.heures_insertion"),
        ("CCAP", "social.penalites"),
        ("CCTP", "environnement.specification"),
        ("RC", "social.critere"),
    ],
)
def test_a_missing_piece_is_asked_for(missing: str, name: str) -> None:
    """Silence of the others proves nothing."""
    found = fact(dossier(without=(missing,)), name)
    assert found.status == UNKNOWN
    assert found.search is not None
    assert missing in found.search.missing


def test_a_scanned_page_proves_nothing() -> None:
    """The clause may stand on it."""
    documents = [d._replace(unread_pages=(3,)) if d.role == "CCAP" else d for d in dossier()]
    found = fact(documents, "social.penalites")
    assert found.status == UNKNOWN
    assert found.search is not None
    assert found.search.missing == ("CCAP",)


def with_contents(entries: int, articles: int) -> Document:
    """A CCAP whose contents announce more articles than its text may hold."""
    text = "\n".join(f"# {rank} Article\nTexte." for rank in range(1, articles + 1))
    body = piece(text, "CCAP")
    contents = piece("\n".join(f"{rank} Article {rank}" for rank in range(1, entries + 1)), "CCAP")
    blocks = (*(block._replace(kind="toc") for block in contents.blocks), *body.blocks)
    return body._replace(blocks=tuple(block._replace(index=rank) for rank, block in enumerate(blocks)))


@pytest.mark.parametrize(
    ("entries", "articles", "status"),
    [(14, 14, ABSENT), (14, 13, ABSENT), (14, 11, ABSENT), (14, 6, UNKNOWN), (4, 1, UNKNOWN)],
)
def test_a_piece_cut_before_the_end_of_its_contents_proves_nothing(entries: int, articles: int, status: str) -> None:
    """The clause may stand in the articles that are not there; a title or two may escape the reading."""
    documents = [with_contents(entries, articles) if d.role == "CCAP" else d for d in dossier()]
    assert fact(documents, "social.penalites").status == status


def test_contents_without_numbered_articles_say_nothing() -> None:
    """A text whose titles have no number cannot be compared; one that has them can."""
    assert not with_cut(with_contents(14, 0)).partly_read
    cut = with_cut(with_contents(14, 6))
    assert cut.partly_read
    assert "14 articles" in cut.ends_early
    assert "l'article 6" in cut.ends_early


def test_an_empty_piece_proves_nothing() -> None:
    """A file of which no word was read."""
    documents = [d._replace(blocks=()) if d.role == "CCAP" else d for d in dossier()]
    assert fact(documents, "social.penalites").status == UNKNOWN


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("# Article 20 – Clause d'insertion\nVoir annexe n°3.", "annexe"),
        ("# 5\nLes modalités de la clause sociale d'insertion figurent en annexe 2 au présent CCAP.", "annexe"),
        ("# 5 Clauses sociales\nSe reporter à l'annexe de l'acte d'engagement sur l'action d'insertion.", "annexe"),
        ("# 8 Clause sociale\nÀ compléter", "compléter"),
        ("# 8 Clause sociale\nXXX", "compléter"),
        ("# 8 Clause sociale\nVolume : ............", "compléter"),
        ("Le titulaire met en œuvre, le cas échéant, l'action d'insertion qui lui est demandée.", "le cas échéant"),
        ("Clause sociale :\n☐ Oui\n☐ Non", "aucune case cochée"),
        ("Le marché comporte une clause sociale d'insertion : ☐ oui ☐ non", "aucune case cochée"),
    ],
)
@pytest.mark.parametrize("name", ORGANS)
def test_what_a_clause_sends_elsewhere_is_not_absent(clause: str, told: str, name: str) -> None:
    """An annex, a line to fill in, lost ticks: the finding quotes the passage and says what to supply."""
    found = fact(dossier(CCAP=clause), name)
    assert found.status == UNKNOWN
    assert found.search is not None
    assert found.search.nearest is not None
    assert told in found.search.nearest_reason


@pytest.mark.parametrize(
    "clause",
    [
        "# 8 Clause sociale\nÀ compléter",
        "Le titulaire met en œuvre, le cas échéant, l'action d'insertion qui lui est demandée.",
        "Clause sociale :\n☐ Oui\n☐ Non",
    ],
)
def test_such_a_clause_is_neither_there_nor_absent(clause: str) -> None:
    """Nothing says whether it binds."""
    assert fact(dossier(CCAP=clause), "social.condition_execution").status == UNKNOWN


def test_an_annex_announced_by_the_rules_of_the_tender_counts_too() -> None:
    """The referral may stand in another piece than the clause."""
    rules = RC + "\nLa consultation comporte des conditions d'exécution à caractère social détaillées en annexe 4."
    assert fact(dossier(RC=rules), "social.penalites").status == UNKNOWN


def test_a_passing_perhaps_in_a_real_clause_changes_nothing() -> None:
    """The clause binds; only what it does not say is missing."""
    clause = "Le titulaire réalise 300 heures d'insertion et informe, le cas échéant, son assureur."
    assert fact(dossier(CCAP=clause), "social.penalites").status == ABSENT


def test_a_passing_perhaps_in_what_the_buyer_says_of_itself_changes_nothing() -> None:
    """What a context tells asks nothing, in any case whatever."""
    told = (
        "# 1 Présentation de l'agence\nSa branche « Retour à l'emploi » conseille les demandeurs d'emploi et répond, "
        "le cas échéant, aux consultations.\n# 2 Durée\nUn an."
    )
    assert fact(dossier(CCAP=told), "social.penalites").status == ABSENT


def test_an_annex_of_something_else_changes_nothing() -> None:
    """Only the passage of the clause counts."""
    text = "# 1 Durée\nUn an.\n# 2 Prix\nLes prix sont ceux de l'annexe 1."
    assert fact(dossier(CCAP=text), "social.penalites").status == ABSENT


@pytest.mark.parametrize(("ticked", "value"), [("☒ Oui\n☐ Non", True), ("☐ Oui\n☒ Non", False)])
def test_a_tick_below_its_label_answers(ticked: str, value: bool) -> None:
    """Each box on its line. Without the CCTP, nothing tells that the clause announced is written nowhere."""
    found = fact(dossier(("CCTP",), CCAP=f"Clause sociale :\n{ticked}"), "social.condition_execution")
    assert (found.status, found.value) == (KNOWN, value)


def test_lost_ticks_of_a_reservation_leave_its_grounds_open() -> None:
    """Neither the category nor the articles it would rest on are absent."""
    rules = RC + "\n☐ Le marché n'est pas réservé\n☐ Le marché est réservé aux EA et ESAT"
    facts = read(dossier(RC=rules))
    for name in ("reservation.categorie", "reservation.fondement"):
        found = facts.get(name)
        assert found is not None
        assert found.status == UNKNOWN


def test_the_nearest_passage_is_quoted_with_why_it_does_not_count() -> None:
    """A person sees what looked like the clause."""
    text = "# 1 Projet\nLe projet soigne son insertion paysagère dans le site."
    found = fact(dossier(CCTP=text), "social.insertion")
    assert found.status == ABSENT
    assert found.search is not None
    assert found.search.nearest is not None
    assert "insertion paysagère" in found.search.nearest.quote
    assert "urbain" in found.search.nearest_reason


_TWO_LOTS = """La procédure de passation est l'appel d'offres ouvert.
La consultation est divisée en {count} lots.
# 4 Critères du lot 1
Les offres du lot 1 sont jugées sur :
Prix : 60 %
Performance environnementale : 40 %
# 5 Critères du lot 2
Les offres du lot 2 sont jugées sur :
Prix : 60 %
Délai de livraison : 40 %
"""


def _in(facts: FactSet, name: str, scope: Scope) -> Fact | None:
    return next((fact for fact in facts if fact.name == name and fact.scope == scope), None)


def test_what_the_criteria_of_a_lot_do_not_judge() -> None:
    """A lot whose criteria are read whole says what it does not judge, though another lot judges it."""
    facts = read(dossier(RC=_TWO_LOTS.format(count="deux")))
    green = {lot: _in(facts, "environnement.critere", Scope("lot", lot)) for lot in ("1", "2")}
    assert green["1"] is not None
    assert green["1"].value is True
    assert green["2"] is not None
    assert green["2"].status == ABSENT
    market = facts.get("environnement.critere")
    assert market is not None
    assert market.status == UNKNOWN
    social = facts.get("social.critere")
    assert social is not None
    assert social.status == ABSENT


def test_a_lot_whose_criteria_were_not_read_may_judge_anything() -> None:
    """Criteria of two lots out of three prove nothing of the market."""
    facts = read(dossier(RC=_TWO_LOTS.format(count="trois")))
    social = facts.get("social.critere")
    assert social is not None
    assert social.status == UNKNOWN
    assert _in(facts, "social.critere", Scope("lot", "3")) is None
    own = _in(facts, "social.critere", Scope("lot", "2"))
    assert own is not None
    assert own.status == ABSENT
