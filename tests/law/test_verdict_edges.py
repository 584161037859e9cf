"""The edges of a verdict: each test stands where a small slip in the engine would accuse, absolve or keep silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.law.builders import DAY, context, facts, rule_text
from tests.law.test_evaluate import BUYER, book_of, judge

from achats_check.law.context import Context
from achats_check.law.doubts import resolutions
from achats_check.law.evaluate import evaluate, judge_rule
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ABSENT, CONFLICT, EXTRACTED, KNOWN, MARCHE, Evidence, Fact, FactSet, Scope, Search
from achats_check.model.finding import Finding
from achats_check.model.rule import Condition, Operand
from achats_check.rules import load_rules


def judge_facts(book: Rulebook, *found: Fact) -> Finding:
    """Judge facts as they are, none derived, by the only rule of a book."""
    return judge_rule(book.rules[0], Context(book, FactSet(found), DAY))


@pytest.mark.parametrize(("confidence", "verdict"), [(0.6, "non_conforme"), (0.59, "a_verifier")])
def test_a_reading_just_sure_enough_accuses(tmp_path: Path, confidence: float, verdict: str) -> None:
    """A fact accuses from 0.6 on."""
    read = Fact("alloti", MARCHE, False, KNOWN, EXTRACTED, confidence)
    assert judge_facts(book_of(tmp_path, rule_text()), read).verdict == verdict


@pytest.mark.parametrize(("confidence", "verdict"), [(0.9, "non_conforme"), (0.5, "a_verifier")])
def test_what_makes_the_rule_apply_must_be_sure_too(tmp_path: Path, confidence: float, verdict: str) -> None:
    """A duty declared unmet accuses nobody when the kind of purchase it holds for was barely read."""
    book = book_of(tmp_path, rule_text(when="[{fait: type, egal: travaux}]"))
    kind = Fact("type", MARCHE, "travaux", KNOWN, EXTRACTED, confidence)
    assert judge_facts(book, kind, Fact("alloti", MARCHE, False, KNOWN)).verdict == verdict


def test_a_rule_that_applies_by_an_uncertain_figure_is_in_doubt(tmp_path: Path) -> None:
    """When the only figure that makes the rule apply is uncertain, neither respect nor breach is settled."""
    book = book_of(tmp_path, rule_text(when="[{fait: valeur_estimee_ht, au_moins: {parametre: dispense.montant}}]"))
    parameter = book.parameters["dispense.montant"]
    unsure = tuple(row._replace(confidence="incertaine", check="Lire le décret.") for row in parameter.rows)
    book = book._replace(parameters={**book.parameters, parameter.name: parameter._replace(rows=unsure)})
    for divided in (True, False):
        found = judge(book, {"type": "services", "valeur_estimee_ht": 900000, "innovant": False, "alloti": divided})
        assert (found.verdict, found.doubt) == ("a_verifier", "droit")


UNSETTLED = "{fait: valeur_besoin_ht, au_moins: {parametre: dispense.montant}}"
"""At 120 000 € of works in February 2027, one text says yes and the other no."""


@pytest.mark.parametrize(
    ("known", "doubt", "missing"),
    [({}, "applicabilite", ("procedure.type",)), ({"procedure.type": "procedure_adaptee"}, "droit", ())],
)
def test_unsettled_law_does_not_hide_a_missing_fact(
    tmp_path: Path, known: dict[str, str], doubt: str, missing: tuple[str, ...]
) -> None:
    """The law is to blame only when nothing else is unknown: else the fact to provide is named."""
    book = book_of(tmp_path, rule_text(when=f"[{UNSETTLED}, {{fait: procedure.type, egal: procedure_adaptee}}]"))
    works = {"type": "travaux", "valeur_estimee_ht": 120000, "alloti": False}
    found = judge(book, works | known, date(2027, 2, 1))
    assert (found.verdict, found.doubt) == ("a_verifier", doubt)
    assert set(missing) <= set(found.missing_facts)
    assert bool(found.missing_facts) == bool(missing)


def test_the_figure_that_makes_a_rule_apply_is_cited(tmp_path: Path) -> None:
    """A requirement without a figure cites those of its conditions; with one, only its own."""
    by_value = "[{fait: valeur_estimee_ht, au_moins: {parametre: dispense.montant}}]"
    by_rate = "[{fait: retenue_garantie_taux, au_plus: {parametre: retenue.taux_maximal}}]"
    tender = BUYER | {"valeur_estimee_ht": 900000, "alloti": False, "retenue_garantie_taux": 50}
    found = judge(book_of(tmp_path / "a", rule_text(when=by_value)), tender)
    assert {use.name for use in found.parameters} == {"dispense.montant"}
    found = judge(book_of(tmp_path / "b", rule_text(when=by_value, requires=by_rate)), tender)
    assert {use.name for use in found.parameters} == {"retenue.taux_maximal"}


def test_a_lot_of_which_nothing_is_known_follows_the_market(tmp_path: Path) -> None:
    """A fact searched in vain for a lot leaves it what the market says; one of its own replaces that."""
    book = book_of(tmp_path, rule_text())
    first, second = Scope("lot", "1"), Scope("lot", "2")
    known = [
        Fact("social.condition_execution", MARCHE, True, KNOWN),
        Fact("social.condition_execution", first, search=Search(("CCAP",))),
        Fact("social.condition_execution", second, False, KNOWN),
    ]
    seen = Context(book, FactSet(known), DAY)
    assert seen.at(first).known("social.condition_execution") is True
    assert seen.at(second).known("social.condition_execution") is False


@pytest.mark.parametrize(("value", "present"), [((), False), ("", False), (("77310000",), True), ("Tonte", True)])
def test_nothing_written_is_not_present(tmp_path: Path, value: str | tuple[str, ...], present: bool) -> None:
    """An empty text or an empty list says nothing: it is no more present than a fact that is absent."""
    name = "cpv" if isinstance(value, tuple) else "objet"
    book = book_of(tmp_path, rule_text(requires=f"[{{fait: {name}, present: true}}]"))
    found = judge_facts(book, Fact(name, MARCHE, value, KNOWN))
    assert found.verdict == ("conforme" if present else "non_conforme")


def test_a_general_row_that_may_apply_stays_beside_a_particular_one(tmp_path: Path) -> None:
    """A row for all buyers under a condition nobody settled competes with the row of this very buyer."""
    book = book_of(tmp_path, rule_text())
    parameter = book.parameters["retenue.taux_maximal"]
    own = parameter.rows[0]._replace(since=date(2020, 1, 1), until=None, buyers=("collectivite",), natures=())
    divided = Condition("egal", "alloti", Operand((True,)))
    general = own._replace(buyers=("tous",), value=Decimal(7), condition=divided)
    both = parameter._replace(rows=(own._replace(value=Decimal(5)), general))
    book = book._replace(parameters={**book.parameters, parameter.name: both})
    values = {}
    for said in ({}, {"alloti": True}, {"alloti": False}):
        values[str(said)] = [row.value for row in context(book, BUYER | said).rows(parameter.name)]
    assert list(values.values()) == [[5, 7], [7], [5]]


def test_a_market_whose_lots_are_not_described_counts_as_one(tmp_path: Path) -> None:
    """A requirement on each lot is not met for want of lots: it is asked of the market."""
    for verb in ("pour_chaque_lot", "un_lot"):
        book = book_of(tmp_path / verb, rule_text(requires=f"[{{{verb}: [{{fait: type, egal: travaux}}]}}]"))
        assert judge(book, {"type": "services"}).verdict == "non_conforme"
        assert judge(book, {"type": "travaux"}).verdict == "conforme"


def test_a_disputed_fact_is_the_one_to_settle(tmp_path: Path) -> None:
    """Pieces that disagree leave the rule in doubt, and the fact in dispute is named as missing."""
    said = tuple(Evidence("RC.pdf", "RC", text, value=text == "oui") for text in ("oui", "non"))
    found = judge_facts(
        book_of(tmp_path, rule_text()),
        Fact("alloti", MARCHE, True, CONFLICT, EXTRACTED, evidence=said[:1], rivals=said[1:]),
    )
    assert (found.verdict, found.missing_facts) == ("a_verifier", ("alloti",))


def test_a_proven_absence_is_shown_before_a_vain_search(tmp_path: Path) -> None:
    """Of two facts looked for, the ledger shown is that of the one proven absent."""
    both = "[{un_des: [{fait: social.facilitateur, egal: true}, {fait: social.controle, egal: true}]}]"
    book = book_of(tmp_path, rule_text(requires=both))
    proof, vain = Search(("CCAP",), sections="art. 1 à 14"), Search(("RC",), sections="art. 2")
    for first, second in (("social.facilitateur", "social.controle"), ("social.controle", "social.facilitateur")):
        found = judge_facts(
            book, Fact(first, MARCHE, False, ABSENT, search=proof), Fact(second, MARCHE, False, KNOWN, search=vain)
        )
        assert found.search == proof


def test_what_is_derived_shows_where_its_source_was_sought() -> None:
    """Whether criteria are told is derived from the criteria: a doubt tells where these were looked for."""
    book = load_rules()
    searched = Search(("RC",), ("AAPC",), "art. 1 à 9", ("critères",))
    unread = FactSet(
        [*facts(book, {"procedure.type": "appel_offres_ouvert"}), Fact("criteres", MARCHE, None, search=searched)]
    )
    found, _ = evaluate(book, unread, DAY, read_roles=["RC"])
    (finding,) = (item for item in found if item.rule == "criteres-annonces")
    assert (finding.verdict, finding.missing_facts, finding.search) == ("a_verifier", ("criteres",), searched)


def doubt(rule: str, *missing: str, reason: str = "respect") -> Finding:
    """Return a doubt that waits for facts."""
    bare = Finding(rule, "Titre", "criteres", "obligation", "a_verifier", "majeure", MARCHE, "Il manque.")
    return bare._replace(doubt=reason, missing_facts=missing)


@pytest.mark.parametrize(("framework", "shown"), [(True, ["Accord-cadre"]), (False, ["Marché ordinaire"])])
def test_what_goes_without_saying_is_no_ground(tmp_path: Path, framework: bool, shown: list[str]) -> None:
    """That a market is a market is quoted only when nothing else made the rule apply."""
    others = ", {fait: forme, egal: accord_cadre}" if framework else ""
    book = book_of(tmp_path, rule_text(when=f"[{{fait: contrat, egal: marche}}{others}]"))
    found = judge_facts(
        book,
        Fact("contrat", MARCHE, "marche", KNOWN, EXTRACTED, evidence=(Evidence("RC.pdf", "RC", "Marché ordinaire"),)),
        Fact("forme", MARCHE, "accord_cadre", KNOWN, EXTRACTED, evidence=(Evidence("RC.pdf", "RC", "Accord-cadre"),)),
    )
    assert found.verdict == "a_verifier"
    assert [passage.quote for passage in found.evidence] == shown


def test_what_settles_the_most_rules_alone_comes_first(tmp_path: Path) -> None:
    """A fact that settles two rules by itself comes before one that three rules wait for with others."""
    book = book_of(tmp_path, rule_text())
    found = resolutions(
        [doubt("a", "type"), doubt("b", "type"), *(doubt(rule, "alloti", "objet") for rule in ("c", "d", "e"))],
        book.vocabulary,
        frozenset(),
    )
    assert [(resolution.name, resolution.settled) for resolution in found] == [("type", 2), ("alloti", 0), ("objet", 0)]


def test_a_piece_that_tells_all_a_rule_waits_for_settles_it(tmp_path: Path) -> None:
    """Two facts of the same missing piece are one thing to supply; a third, of another, is one more."""
    book = book_of(tmp_path, rule_text())
    same = doubt("a", "procedure.type", "date_limite_offres")
    other = doubt("b", "procedure.type", "social.penalites")
    found = resolutions([same, other], book.vocabulary, frozenset({"AE"}))
    assert {(one.kind, one.name): one.settled for one in found}[found[0].kind, found[0].name] == 1
    assert sum(one.settled for one in found) == 1


def test_unsettled_law_is_settled_by_no_fact(tmp_path: Path) -> None:
    """A doubt on the law asks the buyer for nothing."""
    book = book_of(tmp_path, rule_text())
    assert resolutions([doubt("a", "type", reason="droit")], book.vocabulary, frozenset()) == ()


@pytest.mark.parametrize(
    ("read", "partly", "kind"),
    [((), (), "fact"), (("DESCRIPTION",), (), "fact"), (("CCAP",), (), "piece"), ((), ("RC",), "piece")],
)
def test_a_piece_is_asked_for_only_when_pieces_were_given(
    tmp_path: Path, read: tuple[str, ...], partly: tuple[str, ...], kind: str
) -> None:
    """A description is completed by facts; a dossier, even read in part, by its missing pieces."""
    book = book_of(tmp_path, rule_text())
    (found,) = resolutions(
        [doubt("a", "procedure.type")], book.vocabulary, frozenset(read), dict.fromkeys(partly, "en entier")
    )
    assert found.kind == kind


def test_a_fact_compared_with_an_absent_one_stays_unknown(tmp_path: Path) -> None:
    """Nothing is equal to, or different from, what no piece gives."""
    for verb in ("egal", "different"):
        text = rule_text(requires=f"[{{fait: lots.nombre_decrits, {verb}: {{fait: nombre_lots}}}}]")
        described, stated = Fact("lots.nombre_decrits", MARCHE, 3, KNOWN), Fact("nombre_lots", MARCHE, None, ABSENT)
        found = judge_facts(book_of(tmp_path / verb, text), described, stated)
        assert found.verdict == "a_verifier"


def test_levers_of_the_purchase_come_before_those_of_the_organisation(tmp_path: Path) -> None:
    """What this purchase can change is offered first, that of its sector before the others."""
    text = rule_text(requires="[{fait: sourcing, egal: true}]").replace("nature: obligation", "nature: levier")
    text = text.replace("gravite: majeure\naccuse: pieces", "interet: fort")
    sector = text.replace("loi: []", "loi: []\nsecteurs: ['773']")
    of_the_buyer = text.replace("portee: marche", "portee: acheteur")
    ranks = []
    for rank, rule in enumerate((sector, text, of_the_buyer)):
        book = book_of(tmp_path / str(rank), rule)
        found, _ = evaluate(book, facts(book, {"sourcing": False, "cpv": ["77310000"]}), DAY)
        assert found[0].verdict == "opportunite"
        ranks.append(found[0].rank)
    assert ranks == sorted(set(ranks))


def test_the_words_of_a_doubt_are_for_rules_that_apply(tmp_path: Path) -> None:
    """A rule that may not apply asks what would tell; its own sentence is for when its respect is unknown."""
    text = rule_text(when="[{fait: type, egal: travaux}]")
    text = text.replace('    message: "', '    doute: "Lire le rapport."\n    message: "')
    book = book_of(tmp_path, text)
    assert judge(book, {}).message.startswith("On ne sait pas si la règle s'applique")
    assert judge(book, {"type": "travaux"}).message == "Lire le rapport."
